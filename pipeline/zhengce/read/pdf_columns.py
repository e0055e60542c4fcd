"""The columns of a page, where they are clear: blank gutters between two stretches of full lines."""

from __future__ import annotations

from itertools import chain, pairwise
from statistics import median
from typing import Any

__all__ = ["cut"]

GUTTER = 0.9
LEAST_LINES = 4
LEAST_CHARACTERS = 8


def cut(chars: list[Any], page: Any) -> list[list[Any]]:
    """The characters in stretches that are read one after the other: bands from the top, columns from the left.

    A gutter is a blank strip about a character wide, with at least four lines of eight characters or more on either
    side and no ruled line across it: rows of a table stay together. `chars` and `page` are pdfplumber's.
    """
    rules = [edge for edge in page.edges if edge["orientation"] == "h"]
    return _cut(chars, rules)


def _cut(chars: list[Any], rules: list[Any]) -> list[list[Any]]:
    if len(chars) < 2 * LEAST_LINES * LEAST_CHARACTERS:
        return [chars] if chars else []
    columns = _columns(chars, rules)
    if len(columns) > 1:
        return [part for column in columns for part in _cut(column, rules)]
    bands = _bands(chars)
    for at in range(1, len(bands)):  # a headline over columns, or a foot under them
        upper, lower = list(chain(*bands[:at])), list(chain(*bands[at:]))
        if len(_columns(lower, rules)) > 1 or len(_columns(upper, rules)) > 1:
            return _cut(upper, rules) + _cut(lower, rules)
    return [chars]


def _columns(chars: list[Any], rules: list[Any]) -> list[list[Any]]:
    """The characters on either side of the first gutter that counts."""
    size = _size(chars)
    for left, right in _blanks(chars, "x0", "x1", GUTTER * size):
        before = [char for char in chars if char["x1"] <= left + 0.01]
        after = [char for char in chars if char["x0"] >= right - 0.01]
        top = min(char["top"] for char in chars)
        bottom = max(char["bottom"] for char in chars)
        crossed = any(rule["x0"] < left and rule["x1"] > right and top <= rule["top"] <= bottom for rule in rules)
        if not crossed and _is_prose(before) and _is_prose(after):
            return [before, after]
    return [chars]


def _bands(chars: list[Any]) -> list[list[Any]]:
    """The characters between blank strips that run across the page."""
    edges = [0.0, *(low for _, low in _blanks(chars, "top", "bottom", 0.1 * _size(chars))), float("inf")]
    bands = [[char for char in chars if upper <= char["top"] < lower] for upper, lower in pairwise(edges)]
    return [band for band in bands if band]


def _blanks(chars: list[Any], start: str, end: str, least: float) -> list[tuple[float, float]]:
    blanks: list[tuple[float, float]] = []
    reached: float | None = None
    for low, high in sorted((float(char[start]), float(char[end])) for char in chars if char["text"].strip()):
        if reached is not None and low - reached >= least:
            blanks.append((reached, low))
        reached = high if reached is None else max(reached, high)
    return blanks


def _is_prose(chars: list[Any]) -> bool:
    """Whether the characters are at least four lines, most of them long."""
    rows: dict[int, int] = {}
    size = _size(chars)
    for char in chars:
        row = round((char["top"] + char["bottom"]) / 2 / max(size, 1))
        rows[row] = rows.get(row, 0) + 1
    return len(rows) >= LEAST_LINES and median(rows.values()) >= LEAST_CHARACTERS


def _size(chars: list[Any]) -> float:
    return float(median(char["size"] for char in chars)) if chars else 0.0
