"""The rows of a table in a binary Word document, whose cells know their edges and not how many columns they span."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from zhengce.read.lines import Line

__all__ = ["Row", "table_lines"]

NEAR = 40  # twips (twentieths of a point) within which the edges of two rows are one


@dataclass(frozen=True, slots=True)
class Row:
    """A row: the lines of each of its cells, and the edges of the cells in twips, one more than there are cells."""

    cells: Sequence[Sequence[Line]]
    edges: Sequence[int]


def table_lines(rows: Sequence[Row]) -> Iterator[Line]:
    """A line for each row, with blanks where a cell spans columns that other rows divide.

    That is so where some row shows every column: edges that are all over the place say nothing. The paragraphs of a
    row of one cell, which only frames them, are lines of their own.
    """
    grid = _grid(edge for row in rows for edge in row.edges)
    aligned = any(len(row.edges) == len(grid) for row in rows)
    for row in rows:
        if len(row.cells) == 1:
            yield from (Line(cells=line.cells, kind="cell") for line in row.cells[0])
            continue
        texts: list[str] = []
        for number, cell in enumerate(row.cells):
            if aligned and number < len(row.edges):
                column = bisect_left(grid, row.edges[number] - NEAR)
                texts += [""] * (column - len(texts))
            text = " ".join(" ".join(filter(None, line.cells)) for line in cell)
            texts.append(text.replace("\n", " ").replace("\t", " "))
        while texts and not texts[-1]:
            texts.pop()
        if texts:
            yield Line(cells=tuple(texts), kind="cell")


def _grid(edges: Iterable[int]) -> list[int]:
    """The edges of all rows, those that are near each other as one."""
    grid: list[int] = []
    for edge in sorted(edges):
        if not grid or edge - grid[-1] > NEAR:
            grid.append(edge)
    return grid
