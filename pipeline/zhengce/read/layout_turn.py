"""Pages turned so that their text runs from left to right: set top-down (直排), scanned sideways, upside down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from zhengce.read.layout_sheet import Area, Run, Sheet

__all__ = ["side_of", "turned", "turned_back", "turned_on"]

SIDES = {(1, 0): 0, (0, -1): 90, (-1, 0): 180, (0, 1): 270}


def side_of(matrix: Sequence[float]) -> int:
    """How a character is turned, clockwise in degrees, by its text matrix; -1 where it stands at a slant or mirrored.

    >>> side_of((12, 0, 0, 12)), side_of((0, -12, 12, 0)), side_of((8, 8, -8, 8))
    (0, 90, -1)
    """
    a, b, c, d = matrix[:4]
    length = max(abs(a), abs(b)) or 1.0
    if min(abs(a), abs(b)) > 0.05 * length or a * d - b * c < 0:
        return -1
    return SIDES.get((round(a / length), round(b / length)), -1)


def turned(sheet: Sheet, turn: int) -> Sheet:
    """The page turned against the clock by `turn` degrees (90, 180, 270).

    Text that is set top-down, columns from the right, is read like text that is turned by 90.
    """
    width, height = (sheet.width, sheet.height) if turn == 180 else (sheet.height, sheet.width)

    def place(area: Area) -> Area:
        return _against(area, turn, sheet.width, sheet.height)

    return replace(
        sheet, width=width, height=height, turn=turn,
        glyphs=tuple(
            glyph._replace(x0=to.x0, top=to.top, x1=to.x1, bottom=to.bottom)
            for glyph in sheet.glyphs
            for to in (place(Area(glyph.x0, glyph.top, glyph.x1, glyph.bottom)),)
        ),
        rules=tuple(map(place, sheet.rules)), boxes=tuple(map(place, sheet.boxes)),
        pictures=tuple(map(place, sheet.pictures)),
        tables=tuple(
            tuple(tuple(cell and place(cell) for cell in row) for row in table) for table in _rows(sheet, turn)
        ),
    )  # fmt: skip


def _rows(sheet: Sheet, turn: int) -> tuple[tuple[tuple[Area | None, ...], ...], ...]:
    """The tables with their cells in the order of the turned page; a table turned to its side is read as text."""
    if turn == 180:
        return tuple(tuple(row[::-1] for row in table[::-1]) for table in sheet.tables)
    return ()


def _against(area: Area, turn: int, width: float, height: float) -> Area:
    if turn == 90:
        return Area(area.top, width - area.x1, area.bottom, width - area.x0)
    if turn == 270:
        return Area(height - area.bottom, area.x0, height - area.top, area.x1)
    return Area(width - area.x1, height - area.bottom, width - area.x0, height - area.top)


def turned_back(run: Run, sheet: Sheet) -> Run:
    """A line of a turned page where it stands on the page as it is shown; `sheet` is the turned one."""
    area = Area(run.x0, run.top, run.x1, run.bottom)
    place = _against(area, 360 - sheet.turn, sheet.width, sheet.height)
    return replace(run, x0=place.x0, top=place.top, x1=place.x1, bottom=place.bottom)


def turned_on(run: Run, sheet: Sheet) -> Run:
    """A line of the page as it is shown, where it stands on the turned page `sheet`."""
    width, height = (sheet.width, sheet.height) if sheet.turn == 180 else (sheet.height, sheet.width)
    place = _against(Area(run.x0, run.top, run.x1, run.bottom), sheet.turn, width, height)
    return replace(run, x0=place.x0, top=place.top, x1=place.x1, bottom=place.bottom)
