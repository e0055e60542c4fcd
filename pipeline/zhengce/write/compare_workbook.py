"""A comparison as an Excel workbook: the matrix to read and to print, and the tables behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from zhengce.version import VERSION
from zhengce.write.cell import cell
from zhengce.write.columns import COMPARISON, columns
from zhengce.write.compare_change import change
from zhengce.write.compare_desk import Desk, colours, height, shown
from zhengce.write.compare_matrix import matrix
from zhengce.write.compare_sheets import goal_sheet, matrix_sheet, overview_sheet
from zhengce.write.compare_terms import Language, terms
from zhengce.write.replacing import replacing
from zhengce.write.stored import stored
from zhengce.write.visible import visible
from zhengce.write.xlsx_cell import EPOCH, OFF, fitted, put, put_text

if TYPE_CHECKING:
    from xlsxwriter.format import Format

__all__ = ["write_workbook"]

Row = Mapping[str, object]
# what a reader wants, and what is printed; the other columns follow
LEADING = {
    "parallels": (
        "name", "base_label", "base_heading", "base_quote", "relation", "label", "heading", "quote", "copy_ratio",
    ),
    "differences": ("name", "kind", "indicator", "base_words", "words", "change", "base_value", "value", "unit"),
    "reproduction": (
        "name", "title", "number", "date", "lag_days", "provisions", "base_provisions", "copy_ratio", "answered",
        "copied", "paraphrased", "refined", "quantified", "strengthened", "weakened", "added", "omitted",
    ),
    "indicators": (
        "indicator_zh", "name", "value", "value_max", "bound", "unit", "deadline", "words", "chosen", "quote",
    ),
    "diffusion_panel": (
        "region", "month", "months_since", "adopted", "adopters_before", "provisions_adopted", "copy_ratio",
    ),
    "network_edges": ("source", "target", "kind", "weight"),
}  # fmt: skip
# columns of codes that are shown in words, and the group of the words
CODED = {
    ("parallels", "relation"): "relation", ("parallels", "relations"): "relation", ("parallels", "form"): "form",
    ("differences", "kind"): "kind", ("reproduction", "level"): "level", ("network_edges", "kind"): "edge",
}  # fmt: skip
WIDE = frozenset({"quote", "base_quote", "title", "upstream_quote", "run", "words", "base_words"})
WIDTHS = {"integer": 9, "decimal": 12, "date": 12, "boolean": 8, "list": 20, "text": 18}
NARROW = {"name": 12, "base_label": 8, "label": 8, "relation": 12, "unit": 8, "bound": 8}
MOST_POINTS = 130  # a row of a table stays one of many


def write_workbook(out: Path, *, lang: Language = "zh") -> None:
    """Write `compare.xlsx` from the JSON lines of the comparison in the folder `out`.

    Sheets: the matrix (provisions down, documents across, each cell with the relation in words, what differs and the
    quote), an overview of the relations, the pairs, the differences, the counts, indicators and diffusion where there
    are any, and what it all means. No cell is a formula or a link; what exceeds one is cut and says where the whole
    is. Sheet names and heads are in `lang`. Raises OSError where it cannot write.
    """
    from xlsxwriter.exceptions import FileCreateError
    from xlsxwriter.workbook import Workbook

    with replacing(out / "compare.xlsx") as path:
        book = Workbook(str(path), OFF)
        book.set_properties({"author": "zhengce", "created": EPOCH, "comments": f"zhengce {VERSION}"})

        @cache
        def style(**wanted: object) -> Format:
            usual = {"text_wrap": True, "valign": "top", "font_name": "Microsoft YaHei", "font_size": 10}
            return book.add_format(usual | wanted)

        desk = Desk(book=book, style=style, lang=lang)
        if _side_by_side(desk, out):
            _tables(desk, out, ("parallels", "differences", "reproduction"))
        if goals := [row for row in stored(out, "indicators") if row["chosen"]]:
            goal_sheet(desk, goals)
        _tables(desk, out, ("indicators", "diffusion_panel", "network_edges"))
        _notes(desk)
        try:
            book.close()
        except FileCreateError as error:
            raise OSError(f"{path}: {error}") from error


def _side_by_side(desk: Desk, out: Path) -> bool:
    """The matrix and its overview, if there is anything in them; they are let go before the tables are written."""
    found = matrix(out)
    if not found.lines and not found.additions:
        return False
    matrix_sheet(desk, found)
    overview_sheet(desk, found)
    return True


def _tables(desk: Desk, out: Path, tables: Iterable[str]) -> None:
    for table in tables:
        if any(stored(out, table)):
            _table(desk, table, stored(out, table))


def _table(desk: Desk, table: str, rows: Iterable[Row]) -> None:
    known = {column.name: column for column in columns(COMPARISON)[table]}
    order = [known.pop(name) for name in LEADING[table]] + list(known.values())
    widths = [NARROW.get(one.name, 44 if one.name in WIDE else WIDTHS[one.type]) for one in order]
    heads = [column.label_zh if desk.lang == "zh" else column.label_en for column in order]
    sheet = desk.sheet("indicators_all" if table == "indicators" else table, heads, widths)
    plain, whole = desk.style(), desk.style(num_format="0")  # else Excel shows 1200000000000 as 1.2E+12
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width, plain)  # of its empty cells too, which are not written
    at = 0
    for at, row in enumerate(rows, start=1):
        rest = desk.word("truncated").format(table=table, key=shown(next(iter(row.values())))[:200])
        texts = [fitted(_words(desk, table, column.name, row), rest) for column in order]
        sheet.set_row(at, height(texts, widths, MOST_POINTS))
        for place, (column, text) in enumerate(zip(order, texts, strict=True)):
            if not text:
                continue
            coloured = column.name in ("relation", "change")
            style = desk.style(**colours(column.name, str(row[column.name]))) if coloured else plain
            put(sheet, (at, place), column.type, text, whole, style)
    sheet.autofilter(0, 0, at, len(order) - 1)
    sheet.print_area(0, 0, at, len(LEADING[table]) - 1)


def _words(desk: Desk, table: str, column: str, row: Row) -> str:
    """The text of a cell, codes in words."""
    value = row[column]
    if column == "change":
        told = change(row, desk.lang)
        return f"{told.word} ({told.direction})" if told.direction else told.word
    if column == "relation":
        return desk.marked("relation", str(value))
    if value is None:
        return ""
    group = CODED.get((table, column))
    if group is None:
        return visible(cell(value))
    words = terms(group, desk.lang)
    return "; ".join(words.get(str(one), str(one)) for one in (value if isinstance(value, list) else [value]))


def _notes(desk: Desk) -> None:
    widths = [18, 22, 12, 24, 90]
    sheet = desk.sheet("codebook", [desk.word("legend"), "", "", "", ""], widths)
    at = 1
    for group, meanings in (("relation", "defined"), ("change", "means")):
        for key, meaning in terms(meanings, desk.lang).items():
            put_text(sheet, (at, 0), desk.marked(group, key), desk.style(bold=True, **colours(group, key)))
            sheet.merge_range(at, 1, at, 4, meaning, desk.style())
            sheet.set_row(at, height([desk.marked(group, key)], widths[:1]))
            at += 1
        at += 1
    for text in (desk.word("how"), desk.word("made_by").format(version=VERSION)):
        sheet.merge_range(at, 0, at, 4, text, desk.style())
        sheet.set_row(at, height([text], [sum(widths)]))
        at += 1
    for line in _codebook(desk):
        at += 1
        style = desk.style(bold=True, bottom=1) if line[1] == desk.word("column") else desk.style()
        sheet.set_row(at, height(line, widths))
        for place, text in enumerate(line):
            put_text(sheet, (at, place), text, style)


def _codebook(desk: Desk) -> Iterator[tuple[str, ...]]:
    yield tuple(desk.word(key) for key in ("table", "column", "type", "label", "meaning"))
    for table, held in columns(COMPARISON).items():
        name = desk.word("indicators_all" if table == "indicators" else table, "sheet")
        for column in held:
            label = column.label_zh if desk.lang == "zh" else column.label_en
            yield name, column.name, column.type, label, column.meaning
