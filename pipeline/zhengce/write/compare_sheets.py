"""The sheets of a comparison's workbook that set documents side by side: the matrix, its overview, the indicators."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from zhengce.write.amount import amount
from zhengce.write.compare_change import change
from zhengce.write.compare_desk import A3, A4, Desk, colours, height, shown
from zhengce.write.compare_matrix import Addition, Cell, Line, Matrix
from zhengce.write.xlsx_cell import fitted, put_text

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

__all__ = ["goal_sheet", "matrix_sheet", "overview_sheet"]

Row = Mapping[str, object]
ON_A4, ON_A3 = 3, 5  # documents beside each other that can be read on a sheet of paper
PROVISION, DOCUMENT, GOAL = 44, 46, 30  # widths of columns


def matrix_sheet(desk: Desk, found: Matrix) -> None:
    """Provisions down, documents across; what the documents added side by side below."""
    documents = found.documents
    heads = [desk.word("provision"), *(_head(row) for row in documents.values())]
    widths = [PROVISION, *[DOCUMENT] * len(documents)]
    sheet = desk.sheet("matrix", heads, widths)
    sheet.set_paper(A4 if len(documents) <= ON_A4 else A3)
    sheet.fit_to_pages(-(-len(documents) // ON_A3), 0)
    sheet.repeat_columns(0)
    rows: list[tuple[str, Sequence[Cell | None]]] = [
        (_provision(desk, line), [line.cells.get(document) for document in documents]) for line in found.lines
    ]
    rows += [
        (_addition(desk, one, number), [one.cells.get(document) for document in documents])
        for number, one in enumerate(found.additions, start=1)
    ]
    for at, (provision, cells) in enumerate(rows, start=1):
        texts = [provision, *(_told(desk, one) if one else "" for one in cells)]
        sheet.set_row(at, height(texts, widths))
        _put(desk, sheet, (at, 0), provision)
        for place, (one, text) in enumerate(zip(cells, texts[1:], strict=True), start=1):
            _put(desk, sheet, (at, place), text, colours("relation", one.relation) if one else {})
    sheet.autofilter(0, 0, len(rows), len(documents))


def _addition(desk: Desk, one: Addition, number: int) -> str:
    """What stands before a line of additions: whether the documents have them in common."""
    if one.shared:
        return desk.word("shared_addition").format(count=len(one.cells))
    return f"{desk.word('addition')} {number}"


def overview_sheet(desk: Desk, found: Matrix) -> None:
    """Relations alone: the whole comparison at a glance."""
    widths = [PROVISION, *[12] * len(found.documents)]
    sheet = desk.sheet(
        "overview", [desk.word("provision"), *(shown(row["name"]) for row in found.documents.values())], widths
    )
    for at, line in enumerate(found.lines, start=1):
        put_text(sheet, (at, 0), _called(line.base) or shown(line.words)[:40], desk.style(border=1))
        for place, document in enumerate(found.documents, start=1):
            one = line.cells.get(document)
            style = desk.style(border=1, **(colours("relation", one.relation) if one else {}))
            put_text(sheet, (at, place), desk.marked("relation", one.relation) if one else "", style)
    sheet.autofilter(0, 0, len(found.lines), len(found.documents))


def goal_sheet(desk: Desk, goals: Sequence[Row]) -> None:
    """Indicators down, documents across: the chosen value with its deadline, and the quote."""
    names = {str(row["document"]): shown(row["name"]) for row in goals}
    titles = {str(row["indicator"]): shown(row[f"indicator_{desk.lang}"]) for row in goals}
    texts = {(str(row["indicator"]), str(row["document"])): _goal(desk, row) for row in goals}
    widths = [24, *[GOAL] * len(names)]
    sheet = desk.sheet("indicators", [desk.word("indicator"), *names.values()], widths)
    sheet.set_paper(A4 if len(names) <= ON_A4 else A3)
    sheet.fit_to_pages(-(-len(names) // (2 * ON_A3)), 0)
    sheet.repeat_columns(0)
    for at, (indicator, title) in enumerate(titles.items(), start=1):
        line = [title, *(texts.get((indicator, document), "") for document in names)]
        sheet.set_row(at, height(line, widths))
        for place, text in enumerate(line):
            _put(desk, sheet, (at, place), text)
    sheet.autofilter(0, 0, len(titles), len(names))


def _head(row: Row) -> str:
    return "\n".join(filter(None, (shown(row["name"]), shown(row["number"] or row["title"]))))


def _called(base: Row) -> str:
    return f"{shown(base['base_label'])} {shown(base['base_heading'])}".strip()


def _provision(desk: Desk, line: Line) -> str:
    rest = desk.word("truncated").format(table="parallels", key=shown(line.base["parallel"]))
    return fitted(f"{_called(line.base)}\n{shown(line.words)}".strip(), rest)


def _told(desk: Desk, one: Cell) -> str:
    """The relation in words, what differs, and the quote."""
    differing = [shown(change(row, desk.lang)) for row in one.changes if row["change"] != "equal"]
    rest = desk.word("truncated").format(table="parallels", key=shown(one.parallels[0]["parallel"]))
    return fitted("\n".join([desk.marked("relation", one.relation), *differing, *map(shown, one.quotes)]), rest)


def _goal(desk: Desk, row: Row) -> str:
    told = amount(row["value"], row["value_max"], row["bound"], row["unit"], lang=desk.lang) or shown(row["words"])
    due = f" ({desk.word('deadline')} {row['deadline']})" if row["deadline"] else ""
    rest = desk.word("truncated").format(table="indicators", key=shown(row["record"]))
    return fitted(f"{told}{due}\n{shown(row['quote'])}", rest)


def _put(
    desk: Desk, sheet: Worksheet, place: tuple[int, int], text: str, colour: Mapping[str, str] | None = None
) -> None:
    """A cell whose first line is bold, and in the ink of its relation if it has one."""
    colour = colour or {}
    ink = {"font_color": colour["font_color"]} if colour else {}
    fill = {"bg_color": colour["bg_color"]} if colour else {}
    first, _, others = text.partition("\n")
    if first and others:
        pieces = (desk.style(bold=True, **ink), first, desk.style(), f"\n{others}")
        sheet.write_rich_string(*place, *pieces, desk.style(border=1, **fill))
    else:
        put_text(sheet, place, text, desk.style(border=1, bold=True, **ink, **fill))
