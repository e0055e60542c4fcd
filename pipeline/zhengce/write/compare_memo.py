"""A comparison as a Word document: the table that goes into a report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from zhengce.version import VERSION
from zhengce.write.amount import amount
from zhengce.write.compare_change import change
from zhengce.write.compare_desk import shown
from zhengce.write.compare_matrix import Addition, Cell, Matrix, matrix
from zhengce.write.compare_terms import Language, terms
from zhengce.write.docx_desk import Content, DocxDesk
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


def write_memo(out: Path, *, lang: Language = "zh") -> None:
    """Write `compare.docx` from the JSON lines of the comparison in the folder `out`.

    A4 across: the documents, a table of provisions for each chapter of the baseline, what the documents added, values
    and deadlines that differ, indicators, and what the relations mean. Up to four documents stand beside each other,
    more below each other. Fonts are 宋体 and 黑体 for Chinese and Times New Roman else. Raises OSError.
    """
    found = matrix(out)
    memo = DocxDesk(document=_opened(lang), width=PAGE_CM[0] - 2 * MARGIN_CM)
    memo.document.add_heading(terms("word", lang)["title" if found.lines else "title_indicators"], 0)
    _documents(memo, found, lang)
    if found.lines:
        _provisions(memo, found, lang)
    if found.additions:
        _additions(memo, found, lang)
    if found.lines:
        memo.document.add_heading(terms("word", lang)["values"], 1)
        _differences(memo, found, lang)
    _indicators(memo, [row for row in stored(out, "indicators") if row["chosen"]], lang)
    memo.document.add_heading(terms("word", lang)["legend"], 1)
    for key, meaning in terms("defined", lang).items():
        memo.document.add_paragraph(f"{_marked(key, lang)}  {meaning}")
    memo.document.add_paragraph(terms("word", lang)["how"])
    memo.document.add_paragraph(terms("word", lang)["made_by"].format(version=VERSION))
    with replacing(out / "compare.docx") as path:
        memo.save(path)


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


def _documents(memo: DocxDesk, found: Matrix, lang: Language) -> None:
    """What is compared, a line a document."""
    word = terms("word", lang)
    held = [("baseline", found.baseline)] if found.baseline else []
    for key, row in (*held, *(("document", row) for row in found.documents.values())):
        told = [shown(row[name]) for name in ("name", "title", "number", "date")]
        paragraph = memo.document.add_paragraph()
        paragraph.add_run(f"{word[key]}: {told[0]}").bold = True
        paragraph.add_run("  " + "  ".join(filter(None, told[1:])))


def _provisions(memo: DocxDesk, found: Matrix, lang: Language) -> None:
    """A table for each chapter of the baseline."""
    memo.document.add_heading(terms("sheet", lang)["parallels"], 1)
    chapters: dict[str, list[tuple[Content, Sequence[Cell | None]]]] = {}
    for line in found.lines:
        called = f"{shown(line.base['base_label'])} {shown(line.base['base_heading'])}".strip()
        provision = Content(called, shown(line.words))
        chapters.setdefault(line.chapter, []).append((provision, [line.cells.get(one) for one in found.documents]))
    for chapter, lines in chapters.items():
        if chapter:
            memo.document.add_heading(shown(chapter), 2)
        _beside(memo, found, lines, terms("word", lang)["provision"], lang)


def _additions(memo: DocxDesk, found: Matrix, lang: Language) -> None:
    memo.document.add_heading(terms("word", lang)["additions"], 1)
    word = terms("word", lang)
    rows = (
        [Content(shown(found.documents[document]["name"]), _in_common(line, lang)), _told(one, lang)]
        for line in found.additions
        for document, one in line.cells.items()
    )
    memo.table([word["document"], word["own_provision"]], rows, [2, 10])


def _in_common(line: Addition, lang: Language) -> str:
    return terms("word", lang)["shared_addition"].format(count=len(line.cells)) if line.shared else ""


def _beside(
    memo: DocxDesk, found: Matrix, lines: Iterable[tuple[Content, Sequence[Cell | None]]], head: str, lang: Language
) -> None:
    names = [shown(row["name"]) for row in found.documents.values()]
    if len(names) <= BESIDE:
        rows = ([provision, *(_told(one, lang) for one in cells)] for provision, cells in lines)
        memo.table([head, *names], rows, [1] * (len(names) + 1))
        return
    word = terms("word", lang)
    memo.table([head, word["document"], word["relation_and_quote"]], _below(names, lines, lang), [4, 1.4, 8])


def _below(
    names: Sequence[str], lines: Iterable[tuple[Content, Sequence[Cell | None]]], lang: Language
) -> Iterator[list[Content]]:
    """A row a document, the provision one cell beside them all."""
    for provision, cells in lines:
        beside = provision._replace(merge="restart")
        for name, one in zip(names, cells, strict=True):
            yield [beside, Content(name), _told(one, lang)]
            beside = Content(merge="continue")


def _differences(memo: DocxDesk, found: Matrix, lang: Language) -> None:
    word = terms("word", lang)
    if not any(_differing(one) for line in found.lines for one in line.cells.values()):
        memo.document.add_paragraph(word["no_values"])
        return
    heads = [word[key] for key in ("document", "provision", "kind", "indicator", "base_says", "own_says", "change")]
    memo.table(heads, _changes(found, lang), [1.4, 2.4, 1, 2, 2.2, 2.2, 2])


def _changes(found: Matrix, lang: Language) -> Iterator[list[Content]]:
    for line in found.lines:
        called = f"{shown(line.base['base_label'])} {shown(line.base['base_heading'])}".strip()
        for document, one in line.cells.items():
            name = shown(found.documents[document]["name"])
            for told in (change(row, lang) for row in _differing(one)):
                how = f"{told.word} ({told.direction})" if told.direction else told.word
                plain = (called, told.kind, shown(told.about), shown(told.base) or "—", shown(told.own) or "—")
                yield [Content(name), *(Content(text=text) for text in plain), Content(how)]


def _differing(one: Cell) -> list[Row]:
    return [row for row in one.changes if row["change"] != "equal"]


def _indicators(memo: DocxDesk, goals: Sequence[Row], lang: Language) -> None:
    if not goals:
        return
    memo.document.add_heading(terms("sheet", lang)["indicators"], 1)
    word = terms("word", lang)
    rows: list[list[Content]] = []
    places = {indicator: place for place, indicator in enumerate(dict.fromkeys(row["indicator"] for row in goals))}
    for goal in sorted(goals, key=lambda goal: places[goal["indicator"]]):
        told = amount(goal["value"], goal["value_max"], goal["bound"], goal["unit"], lang=lang) or shown(goal["words"])
        plain = (shown(goal["name"]), told, shown(goal["deadline"]), shown(goal["quote"]))
        rows.append([Content(shown(goal[f"indicator_{lang}"])), *(Content(text=text) for text in plain)])
    heads = [word[key] for key in ("indicator", "document", "value", "deadline", "quote")]
    memo.table(heads, rows, [2, 1.4, 2, 1.4, 6])


def _told(one: Cell | None, lang: Language) -> Content:
    """The relation in words and the quote."""
    if one is None:
        return Content()
    fill = terms("relation", "light")[one.relation].lstrip("#")
    return Content(_marked(one.relation, lang), "\n".join(map(shown, one.quotes)), fill)


def _marked(relation: str, lang: Language) -> str:
    return f"{terms('relation', 'mark')[relation]} {terms('relation', lang)[relation]}"
