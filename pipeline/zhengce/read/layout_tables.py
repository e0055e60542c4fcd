"""Tables to rows of cells: what stands in a cell becomes one text, whatever its lines."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from zhengce.read.layout_lines import lines_of
from zhengce.read.layout_runs import runs_of
from zhengce.read.layout_sheet import Area, Glyph, Run, Sheet, hull
from zhengce.read.layout_stacks import Stack

__all__ = ["tables_of"]


def tables_of(sheet: Sheet) -> tuple[list[Stack], list[Glyph]]:
    """The tables of a page as stacks of rows (kind cell), and the glyphs that stand in none.

    A cell that is part of one before it, or empty, is an empty text. A table without any text is left out.
    """
    rest = list(sheet.glyphs)
    found = []
    for table in sheet.tables:
        cells = [cell for row in table for cell in row if cell is not None]
        around = hull(Run("", *cell, size=0) for cell in cells)
        inside = sorted((glyph for glyph in rest if _holds(around, glyph)), key=_middle)
        heights = [_middle(glyph) for glyph in inside]
        taken: set[int] = set()
        rows = []
        for row in table:
            texts = tuple(
                _cell(
                    cell, inside[slice(*(bisect_left(heights, edge) for edge in (cell.top, cell.bottom)))], sheet, taken
                )
                if cell
                else Run("", 0, 0, 0, 0, 0, sheet.number, "cell")
                for cell in row
            )
            if any(text.text for text in texts):
                rows.append(_row(texts))
        if rows:
            found.append(Stack(rows))
            rest = [glyph for glyph in rest if id(glyph) not in taken]
    return found, rest


def _holds(area: Area, glyph: Glyph) -> bool:
    x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
    return area.x0 <= x < area.x1 and area.top <= y < area.bottom


def _middle(glyph: Glyph) -> float:
    return (glyph.top + glyph.bottom) / 2


def _cell(cell: Area, glyphs: Sequence[Glyph], sheet: Sheet, taken: set[int]) -> Run:
    own = [glyph for glyph in glyphs if _holds(cell, glyph) and id(glyph) not in taken]
    taken |= {id(glyph) for glyph in own}
    lines = sorted(lines_of(runs_of(own, sheet.number), (), ())[0], key=lambda line: (line.middle, line.x0))
    if not lines:
        return Run("", *cell, size=0, page=sheet.number, kind="cell")
    text = lines[0].text
    for line in lines[1:]:
        latin = text[-1].isascii() and text[-1].isalnum() and line.text[0].isascii() and line.text[0].isalnum()
        text += (" " if latin else "") + line.text
    return Run(text, *hull(lines), size=lines[0].size, page=sheet.number, kind="cell")


def _row(cells: tuple[Run, ...]) -> Run:
    written = [cell for cell in cells if cell.text]
    size = max(cell.size for cell in written)
    kept = cells[: max(at for at, cell in enumerate(cells) if cell.text) + 1]
    return Run(
        "\t".join(cell.text for cell in kept), *hull(written), size=size, page=written[0].page, kind="cell", cells=kept
    )
