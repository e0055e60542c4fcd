"""The lines of a PDF page, from the places of its characters."""

from __future__ import annotations

import re
from collections.abc import Iterable
from statistics import median
from typing import Any

from zhengce.document import BlockKind
from zhengce.read.lines import Line
from zhengce.read.pdf_columns import cut

__all__ = ["group"]

PAGE_NUMBER = re.compile(
    r"[-—–－―·•\s]*(?:第?\s*\d{1,4}\s*页?|\d{1,4}\s*/\s*\d{1,4}|第\s*\d+\s*页\s*[,，]?\s*共\s*\d+\s*页)[-—–－―·•\s]*"
)
MARGIN = 0.12
SAME_LINE = 0.5
GAP = 0.35


def group(chars: Iterable[Any], page: Any) -> list[Line]:
    """The characters of a page as lines from top to bottom, one column after the other where columns are clear.

    `chars` and `page` are pdfplumber's; a gap of more than about a third of a character becomes a space. Text that is
    set sideways (margins, watermarks) comes last, as furniture.
    """
    upright = [char for char in chars if char["upright"]]
    lines = [_line(row, page) for column in cut(upright, page) for row in _rows(column)]
    sideways = "".join(char["text"] for char in chars if not char["upright"])
    if sideways.strip():
        lines.append(Line(cells=(sideways,), kind="furniture", page=page.page_number))
    return [line for line in lines if line.cells[0].strip()]


def _rows(chars: list[Any]) -> list[list[Any]]:
    """The characters by line: those whose middles lie within half a character's height of each other."""
    rows: list[list[Any]] = []
    middle = 0.0
    for char in sorted(chars, key=_middle):
        if rows and _middle(char) - middle <= SAME_LINE * min(char["size"], rows[-1][0]["size"]):
            rows[-1].append(char)
        else:
            rows.append([char])
            middle = _middle(char)
    return [sorted(row, key=lambda char: float(char["x0"])) for row in rows]


def _middle(char: Any) -> float:
    return (float(char["top"]) + float(char["bottom"])) / 2


def _line(row: list[Any], page: Any) -> Line:
    parts: list[str] = []
    size = median(float(char["size"]) for char in row)
    for before, char in zip([None, *row], row, strict=False):
        spaced = before is not None and char["x0"] - before["x1"] > GAP * size
        if spaced and before["text"] != " " and char["text"] != " ":
            parts.append(" ")
        parts.append(char["text"])
    text = "".join(parts).strip(" ")
    box = (
        round(min(float(char["x0"]) for char in row), 2),
        round(min(float(char["top"]) for char in row), 2),
        round(max(float(char["x1"]) for char in row), 2),
        round(max(float(char["bottom"]) for char in row), 2),
    )
    outside = box[3] < MARGIN * page.height or box[1] > (1 - MARGIN) * page.height
    kind: BlockKind = "furniture" if outside and PAGE_NUMBER.fullmatch(text) else "paragraph"
    return Line(cells=(text,), kind=kind, page=page.page_number, box=box)
