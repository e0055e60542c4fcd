"""A comparison as a Word document: the table that goes into a report."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from zhengce.version import VERSION
from zhengce.write.amount import amount
from zhengce.write.compare_change import change
from zhengce.write.compare_desk import shown
from zhengce.write.compare_matrix import Addition, Cell, Matrix, matrix
from zhengce.write.compare_terms import Language, terms
from zhengce.write.replacing import replacing
from zhengce.write.stored import stored

if TYPE_CHECKING:
    from docx.document import Document
    from docx.styles.style import ParagraphStyle

__all__ = ["write_memo"]

Row = Mapping[str, object]
BESIDE = 4  # documents that fit beside each other on a page; more stand below each other
WESTERN, BODY, HEAD = "Times New Roman", "宋体", "黑体"
SIZES = {"Normal": 10, "Title": 18, "Heading 1": 14, "Heading 2": 12}
PAGE_CM = (29.7, 21.0)
MARGIN_CM = 1.8
HEAD_FILL = "E3E8ED"
CONTROLS = {"\n": "<w:br/>", "\t": "<w:tab/>"}
CONTROL = re.compile("([\n\t])")


class Content(NamedTuple):
    """What a cell of a table holds: a line in bold, what follows, its fill, and whether cells below it join it."""

    bold: str = ""
    text: str = ""
    fill: str = ""
    merge: Literal["", "restart", "continue"] = ""


def write_memo(out: Path, *, lang: Language = "zh") -> None:
    """Write `compare.docx` from the JSON lines of the comparison in the folder `out`.

    A4 across: the documents, a table of provisions for each chapter of the baseline, what the documents added, values
    and deadlines that differ, indicators, and what the relations mean. Up to four documents stand beside each other,
    more below each other. Fonts are 宋体 and 黑体 for Chinese and Times New Roman else. Raises OSError.
    """
    found = matrix(out)
    memo = _opened(lang)
    memo.add_heading(terms("word", lang)["title" if found.lines else "title_indicators"], 0)
    _documents(memo, found, lang)
    if found.lines:
        _provisions(memo, found, lang)
    if found.additions:
        _additions(memo, found, lang)
    if found.lines:
        memo.add_heading(terms("word", lang)["values"], 1)
        _differences(memo, found, lang)
    _indicators(memo, [row for row in stored(out, "indicators") if row["chosen"]], lang)
    memo.add_heading(terms("word", lang)["legend"], 1)
    for key, meaning in terms("defined", lang).items():
        memo.add_paragraph(f"{_marked(key, lang)}  {meaning}")
    memo.add_paragraph(terms("word", lang)["how"])
    memo.add_paragraph(terms("word", lang)["made_by"].format(version=VERSION))
    with replacing(out / "compare.docx") as path:
        memo.save(str(path))


def _opened(lang: Language) -> Document:
    """A new document, its page turned and its styles in fonts for Chinese."""
    import docx
    from docx.enum.section import WD_ORIENT
    from docx.oxml.ns import qn
    from docx.shared import Cm

    memo = docx.Document()
    memo.core_properties.author = "zhengce"
    memo.core_properties.title = terms("word", lang)["title"]
    memo.core_properties.language = "zh-CN" if lang == "zh" else "en-US"
    section = memo.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = (Cm(side) for side in PAGE_CM)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(MARGIN_CM)
    for words in memo.styles.element.xpath("w:docDefaults/w:rPrDefault/w:rPr/w:lang"):
        words.set(qn("w:eastAsia"), "zh-CN")  # “ ” and … are set wide then, as Chinese has them
    for name, size in SIZES.items():
        _dress(memo.styles[name], BODY if name == "Normal" else HEAD, size)
    return memo


def _dress(style: ParagraphStyle, eastern: str, points: float) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    style.font.name, style.font.size = WESTERN, Pt(points)
    style.font.color.rgb = RGBColor(0, 0, 0)
    style.paragraph_format.space_after = Pt(2 if style.name == "Normal" else 6)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in (
        "w:asciiTheme",
        "w:hAnsiTheme",
        "w:eastAsiaTheme",
        "w:cstheme",
    ):  # a theme's font wins over a named one
        fonts.attrib.pop(qn(name), None)
    fonts.set(qn("w:eastAsia"), eastern)


def _documents(memo: Document, found: Matrix, lang: Language) -> None:
    """What is compared, a line a document."""
    word = terms("word", lang)
    held = [("baseline", found.baseline)] if found.baseline else []
    for key, row in (*held, *(("document", row) for row in found.documents.values())):
        told = [shown(row[name]) for name in ("name", "title", "number", "date")]
        paragraph = memo.add_paragraph()
        paragraph.add_run(f"{word[key]}: {told[0]}").bold = True
        paragraph.add_run("  " + "  ".join(filter(None, told[1:])))


def _provisions(memo: Document, found: Matrix, lang: Language) -> None:
    """A table for each chapter of the baseline."""
    memo.add_heading(terms("sheet", lang)["parallels"], 1)
    chapters: dict[str, list[tuple[Content, Sequence[Cell | None]]]] = {}
    for line in found.lines:
        called = f"{shown(line.base['base_label'])} {shown(line.base['base_heading'])}".strip()
        provision = Content(called, shown(line.words))
        chapters.setdefault(line.chapter, []).append((provision, [line.cells.get(one) for one in found.documents]))
    for chapter, lines in chapters.items():
        if chapter:
            memo.add_heading(shown(chapter), 2)
        _beside(memo, found, lines, terms("word", lang)["provision"], lang)


def _additions(memo: Document, found: Matrix, lang: Language) -> None:
    memo.add_heading(terms("word", lang)["additions"], 1)
    word = terms("word", lang)
    rows = [
        [Content(shown(found.documents[document]["name"]), _in_common(line, lang)), _told(one, lang)]
        for line in found.additions
        for document, one in line.cells.items()
    ]
    _table(memo, [word["document"], word["own_provision"]], rows, [2, 10])


def _in_common(line: Addition, lang: Language) -> str:
    return terms("word", lang)["shared_addition"].format(count=len(line.cells)) if line.shared else ""


def _beside(
    memo: Document, found: Matrix, lines: Iterable[tuple[Content, Sequence[Cell | None]]], head: str, lang: Language
) -> None:
    names = [shown(row["name"]) for row in found.documents.values()]
    if len(names) <= BESIDE:
        rows = [[provision, *(_told(one, lang) for one in cells)] for provision, cells in lines]
        _table(memo, [head, *names], rows, [1] * (len(names) + 1))
        return
    word = terms("word", lang)
    _table(memo, [head, word["document"], word["relation_and_quote"]], _below(names, lines, lang), [4, 1.4, 8])


def _below(
    names: Sequence[str], lines: Iterable[tuple[Content, Sequence[Cell | None]]], lang: Language
) -> Iterator[list[Content]]:
    """A row a document, the provision one cell beside them all."""
    for provision, cells in lines:
        beside = provision._replace(merge="restart")
        for name, one in zip(names, cells, strict=True):
            yield [beside, Content(name), _told(one, lang)]
            beside = Content(merge="continue")


def _differences(memo: Document, found: Matrix, lang: Language) -> None:
    word = terms("word", lang)
    rows: list[list[Content]] = []
    for line in found.lines:
        called = f"{shown(line.base['base_label'])} {shown(line.base['base_heading'])}".strip()
        for document, one in line.cells.items():
            for told in (change(row, lang) for row in one.changes if row["change"] != "equal"):
                how = f"{told.word} ({told.direction})" if told.direction else told.word
                name = shown(found.documents[document]["name"])
                plain = (called, told.kind, shown(told.about), shown(told.base) or "—", shown(told.own) or "—")
                rows.append([Content(name), *(Content(text=text) for text in plain), Content(how)])
    if not rows:
        memo.add_paragraph(word["no_values"])
        return
    heads = [word[key] for key in ("document", "provision", "kind", "indicator", "base_says", "own_says", "change")]
    _table(memo, heads, rows, [1.4, 2.4, 1, 2, 2.2, 2.2, 2])


def _indicators(memo: Document, goals: Sequence[Row], lang: Language) -> None:
    if not goals:
        return
    memo.add_heading(terms("sheet", lang)["indicators"], 1)
    word = terms("word", lang)
    rows: list[list[Content]] = []
    for goal in sorted(goals, key=lambda goal: [row["indicator"] for row in goals].index(goal["indicator"])):
        told = amount(goal["value"], goal["value_max"], goal["bound"], goal["unit"], lang=lang) or shown(goal["words"])
        plain = (shown(goal["name"]), told, shown(goal["deadline"]), shown(goal["quote"]))
        rows.append([Content(shown(goal[f"indicator_{lang}"])), *(Content(text=text) for text in plain)])
    heads = [word[key] for key in ("indicator", "document", "value", "deadline", "quote")]
    _table(memo, heads, rows, [2, 1.4, 2, 1.4, 6])


def _told(one: Cell | None, lang: Language) -> Content:
    """The relation in words and the quote."""
    if one is None:
        return Content()
    fill = terms("relation", "light")[one.relation].lstrip("#")
    return Content(_marked(one.relation, lang), "\n".join(map(shown, one.quotes)), fill)


def _marked(relation: str, lang: Language) -> str:
    return f"{terms('relation', 'mark')[relation]} {terms('relation', lang)[relation]}"


def _table(memo: Document, heads: Sequence[str], rows: Iterable[Sequence[Content]], shares: Sequence[float]) -> None:
    """A table with borders whose first row is repeated on every page; widths are shares of the page's.

    Rows are parsed from markup: python-docx walks the whole table for each cell that it is asked for.
    """
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls
    from docx.shared import Cm

    widths = [Cm((PAGE_CM[0] - 2 * MARGIN_CM) * share / sum(shares)) for share in shares]
    table = memo.add_table(rows=0, cols=len(heads), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):  # WPS goes by these, Word by the cells'
        column.width = width
    twips = [width.twips for width in widths]
    head = "<w:trPr><w:tblHeader/></w:trPr>" + _cells([Content(text, fill=HEAD_FILL) for text in heads], twips)
    for row in chain([head], (_cells(contents, twips) for contents in rows)):
        table._tbl.append(parse_xml(f"<w:tr {nsdecls('w')}>{row}</w:tr>"))
    memo.add_paragraph()


def _cells(contents: Sequence[Content], twips: Sequence[int]) -> str:
    """The markup of the cells of a row."""
    return "".join(_cell(content, width) for content, width in zip(contents, twips, strict=True))


def _cell(content: Content, twips: int) -> str:
    merge = f'<w:vMerge w:val="{content.merge}"/>' if content.merge else ""
    fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{content.fill}"/>' if content.fill else ""
    bold = _run(content.bold, "<w:rPr><w:b/></w:rPr>")
    between = "</w:p><w:p>" if content.bold and content.text else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:type="dxa" w:w="{twips}"/>{merge}{fill}</w:tcPr>'
        f"<w:p>{bold}{between}{_run(content.text)}</w:p></w:tc>"
    )


def _run(text: str, style: str = "") -> str:
    if not text:
        return ""
    pieces = CONTROL.split(escape(text, quote=False))
    return f"<w:r>{style}{''.join(CONTROLS.get(piece) or _words(piece) for piece in pieces if piece)}</w:r>"


def _words(text: str) -> str:
    return f"<w:t>{text}</w:t>" if text == text.strip() else f'<w:t xml:space="preserve">{text}</w:t>'
