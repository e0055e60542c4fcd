"""What the layout engine works on: the glyphs of a page, its rules, boxes, pictures and table cells, in points.

No engine's own types stand here, so that characters of pdfplumber, of pypdfium2 and boxes of OCR go the same way.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from zhengce.document import BlockKind

__all__ = ["Area", "Box", "Glyph", "Run", "Sheet", "common_size", "hull"]

Box = tuple[float, float, float, float]


class Glyph(NamedTuple):
    """A character, or what OCR read as one line, in its box (x from the left, top and bottom from the page's top).

    `size` is the type size in points; `vertical` says that the characters of `text` stand below each other.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    vertical: bool = False


class Area(NamedTuple):
    """A stretch of the page: a ruled line, a box, a picture, a cell."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One page as an engine found it; `tables` are rows of cells, None where a cell is part of the one before.

    `aside` is text that belongs to no line: watermarks and what is set sideways. `turn` says how most glyphs are
    turned on the page as it is shown, clockwise in degrees (0, 90, 180, 270); all places are those on the page.
    """

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    rules: tuple[Area, ...] = ()
    boxes: tuple[Area, ...] = ()
    pictures: tuple[Area, ...] = ()
    tables: tuple[tuple[tuple[Area | None, ...], ...], ...] = ()
    aside: str = ""
    turn: int = 0


@dataclass(slots=True, eq=False)
class Run:
    """Glyphs that stand close together on a line, and later a whole line of a column.

    `top_down` marks a line whose characters stand below each other, `spread` one with a wide
    blank in it, like a table's row without rules. `cells` are the parts of a row of a ruled table.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    page: int = 0
    kind: BlockKind = "paragraph"
    top_down: bool = False
    spread: bool = False
    cells: tuple[Run, ...] = field(default=())

    @property
    def middle(self) -> float:
        """The height of the line's middle."""
        return (self.top + self.bottom) / 2

    @property
    def width(self) -> float:
        """From the left edge to the right one."""
        return self.x1 - self.x0

    @property
    def box(self) -> Box:
        """The box, rounded to a hundredth of a point."""
        return (round(self.x0, 2), round(self.top, 2), round(self.x1, 2), round(self.bottom, 2))


def common_size(runs: Iterable[Run]) -> float:
    """The type size in which most characters are set; 0 where there are none."""
    counts: Counter[float] = Counter()
    for run in runs:
        counts[round(run.size * 2) / 2] += len(run.text)
    return max(counts, key=lambda size: (counts[size], -size), default=0.0)


def hull(runs: Iterable[Run]) -> Area:
    """The smallest area that holds the runs."""
    kept = list(runs)
    return Area(
        min(run.x0 for run in kept), min(run.top for run in kept),
        max(run.x1 for run in kept), max(run.bottom for run in kept),
    )  # fmt: skip
