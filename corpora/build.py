"""Builds `corpora/samples/` from `corpora/sources/`: the same sources give the same bytes every time.

Prints the hashes that `manifest.tsv` lists.

    python corpora/build.py [TARGET_DIR]

Needs python-docx, opencc and, for the PDF, reportlab (extra `samples`).
"""

from __future__ import annotations

import datetime
import hashlib
import html
import re
import sys
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SOURCES, SAMPLES = HERE / "sources", HERE / "samples"
HEADING = re.compile(r"[一二三四五六七八九十]+、")
KEPT_STYLES = ("Normal Table", "Table Grid")
MOMENT = (2022, 1, 1, 0, 0, 0)

# Own small list of traditional characters that the polluted sample annotates, each with its usual toned reading.
READINGS = {
    "務": "wù", "業": "yè", "訓": "xùn", "動": "dòng", "開": "kāi", "點": "diǎn", "個": "gè", "農": "nóng",
    "發": "fā", "關": "guān", "實": "shí", "現": "xiàn", "級": "jí", "萬": "wàn", "進": "jìn", "項": "xiàng",
    "節": "jié", "場": "chǎng", "對": "duì", "機": "jī", "設": "shè", "產": "chǎn", "創": "chuàng", "鄉": "xiāng",
    "時": "shí", "會": "huì", "統": "tǒng", "網": "wǎng", "結": "jié", "質": "zhì", "補": "bǔ", "區": "qū",
    "達": "dá", "責": "zé", "標": "biāo", "書": "shū", "領": "lǐng", "擴": "kuò", "轉": "zhuǎn", "經": "jīng",
    "號": "hào", "遠": "yuǎn", "學": "xué", "負": "fù", "計": "jì", "認": "rèn", "報": "bào", "運": "yùn",
    "聯": "lián", "護": "hù", "費": "fèi", "爭": "zhēng", "財": "cái", "廳": "tīng", "縣": "xiàn", "體": "tǐ",
    "見": "jiàn", "協": "xié", "術": "shù", "屬": "shǔ",
}  # fmt: skip


def lines_of(stem: str) -> list[str]:
    return (SOURCES / f"{stem}.txt").read_text(encoding="utf-8").splitlines()


def pollute(text: str) -> str:
    """Traditional text with the reading in ASCII brackets after each listed character, as scraping mirrors leave it."""
    return "".join(f"{char}({READINGS[char]})" if char in READINGS else char for char in text)


def html_sample() -> bytes:
    """The gov.cn page: an index table above the body in one cell."""
    lines = lines_of("central_opinion")
    cut = lines.index("---")
    fields = [line.split("：", 1) for line in lines[:cut]]
    rows = "\n".join(f"<tr><td><b>{name}：</b></td><td>{html.escape(value)}</td></tr>" for name, value in fields)
    body = "\n".join(f"<p>{html.escape(line)}</p>" for line in lines[cut + 1 :])
    title = html.escape(dict(fields)["标题"])
    page = f"""<!DOCTYPE html>
<html lang="zh-CN">
<head><meta charset="utf-8"><title>{title}_政策文件库（示例）</title></head>
<body>
<div class="nav"><a href="#">首页</a> | <a href="#">政策</a> | <a href="#">互动</a></div>
<div class="wrap">
<table class="bd1" width="660"><tbody>
{rows}
</tbody></table>
<table width="650"><tbody><tr><td class="b12c" id="UCAP-CONTENT">
{body}
</td></tr></tbody></table>
</div>
<div class="footer"><a href="#">打印本页</a> <a href="#">关闭窗口</a></div>
</body>
</html>
"""
    return page.encode()


def docx_sample() -> bytes:
    """The Word file: labels typed, headings styled, rows of `|` as one table."""
    from docx import Document

    document = Document()
    document.core_properties.author = document.core_properties.last_modified_by = "zhengce"
    document.core_properties.created = document.core_properties.modified = datetime.datetime(*MOMENT)
    trim(document)
    table = None
    for line in lines_of("sichuan_opinion"):
        if line.startswith("|"):
            cells = line.strip("|").split("|")
            table = table or document.add_table(rows=0, cols=len(cells), style="Table Grid")
            for cell, text in zip(table.add_row().cells, cells, strict=True):
                cell.text = text
        else:
            document.add_paragraph(line, style="Heading 1" if HEADING.match(line) else None)
    buffer = BytesIO()
    document.save(buffer)
    return undated(buffer.getvalue())


def trim(document: Any) -> None:
    """Takes away the template's unused table styles and their second copy: nine tenths of the file."""
    for style in [style for style in document.styles if style.type == 3 and style.name not in KEPT_STYLES]:
        style.delete()
    for key, relation in list(document.part.rels.items()):
        if relation.reltype.endswith("/stylesWithEffects"):
            del document.part.rels[key]


def undated(data: bytes) -> bytes:
    """The same zip archive with a fixed time on every member."""
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for member in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            # stored, not deflated: compressed bytes differ between versions of zlib
            new.writestr(zipfile.ZipInfo(member, MOMENT), old.read(member))
    return buffer.getvalue()


def pdf_sample() -> bytes:
    """A4 pages in a built-in CID font, with page numbers as printed on official papers (— 1 —)."""
    from reportlab.lib.enums import TA_CENTER
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    registerFont(UnicodeCIDFont("STSong-Light"))
    body = ParagraphStyle("body", fontName="STSong-Light", fontSize=14, leading=24, wordWrap="CJK", firstLineIndent=28)
    flat = ParagraphStyle("flat", parent=body, firstLineIndent=0)
    centred = ParagraphStyle("centred", parent=flat, alignment=TA_CENTER)

    def number(canvas: Any, template: Any) -> None:
        canvas.setFont("STSong-Light", 12)
        canvas.drawCentredString(A4[0] / 2, 40, f"— {template.page} —")

    lines = lines_of("yunnan_opinion")
    story = [
        Paragraph(html.escape(line), centred if at < 3 else flat if at == 3 else body) for at, line in enumerate(lines)
    ]
    buffer = BytesIO()
    template = SimpleDocTemplate(
        buffer, pagesize=A4, invariant=1, pageCompression=0, title=lines[1], author="zhengce",
        leftMargin=80, rightMargin=80, topMargin=90, bottomMargin=80,
    )  # fmt: skip
    template.build(story, onFirstPage=number, onLaterPages=number)
    return buffer.getvalue()


def hant_sample() -> bytes:
    """The polluted mirror page, in traditional script."""
    from opencc import OpenCC

    text = OpenCC("s2t").convert((SOURCES / "hunan_opinion.txt").read_text(encoding="utf-8"))
    return pollute(text.replace("爲", "為")).encode()  # mirrors print the common form of 为


def news_sample() -> bytes:
    return (SOURCES / "news_report.txt").read_bytes()


BUILDERS = {
    "central_opinion.html": html_sample,
    "sichuan_opinion.docx": docx_sample,
    "yunnan_opinion.pdf": pdf_sample,
    "hunan_opinion.txt": hant_sample,
    "news_report.txt": news_sample,
}


def main(target: Path = SAMPLES) -> None:
    target.mkdir(parents=True, exist_ok=True)
    for name, make in BUILDERS.items():
        data = make()
        (target / name).write_bytes(data)
        print(hashlib.sha256(data).hexdigest(), name)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
