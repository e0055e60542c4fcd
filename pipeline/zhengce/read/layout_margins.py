"""Running heads and page numbers: what stands in the margins of the pages and belongs to no text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from zhengce.read.layout_lines import lines_of
from zhengce.read.layout_runs import runs_of
from zhengce.read.layout_sheet import Glyph, Run, Sheet

__all__ = ["page_numbers", "set_margins_apart"]

PAGE_NUMBER = re.compile(
    r"[-—–－―·•\s]*(?:第?\s*\d{1,4}\s*[页版]?|\d{1,4}\s*/\s*\d{1,4}|第\s*\d+\s*页\s*[,，/]?\s*共\s*\d+\s*页|"
    r"第[一二三四五六七八九十百]{1,4}[页版]|[Pp]age\s*\d+(?:\s*of\s*\d+)?|[ivxlcIVXLC]{1,5}|[A-Z]\d{1,2}版?)[-—–－―·•\s]*"
)
# 报头、版头: the line over a newspaper's page with its date and weekday, or its page and section
MASTHEAD = re.compile(
    r"(?=.*(?:\d{4}年\d{1,2}月\d{1,2}日|\d{4}[./-]\d{1,2}[./-]\d{1,2}))(?=.*(?:星期[一二三四五六日天]|第?[A-Z]?\d{1,2}版|责任?编辑?|版式)).{8,90}"
)
MARGIN, OUTER, ALIKE = 0.12, 0.07, 4.0


def set_margins_apart(pages: Sequence[list[Run]], sheets: Sequence[Sheet]) -> None:
    """Makes the lines furniture that are a page number in the upper or lower margin, or stand there on many pages.

    Repetition counts with figures disregarded, at the same height, on half of the pages of one side (left and right
    pages may differ) and on two pages at least, where nothing but furniture stands further out.
    """
    repeated = _repeated(pages, sheets)
    for at, (lines, sheet) in enumerate(zip(pages, sheets, strict=True)):
        for edge in (True, False):
            inner = _outermost(lines, sheet, edge)
            for line in inner:
                if _is_number(line, sheet) or (at, id(line)) in repeated or _is_masthead(line, sheet):
                    line.kind = "furniture"
                elif not any(_level(line, other) for other in inner if other.kind == "furniture"):
                    break


def page_numbers(sheet: Sheet) -> tuple[list[Run], tuple[Glyph, ...]]:
    """The page numbers of a page set top-down, which themselves run from left to right, and the other glyphs."""
    high, low = MARGIN * sheet.height, (1 - MARGIN) * sheet.height
    outer = [glyph for glyph in sheet.glyphs if glyph.bottom < high or glyph.top > low]
    runs = lines_of(runs_of(outer, sheet.number), (), ())[0]
    found = [run for run in runs if PAGE_NUMBER.fullmatch(run.text) and _is_alone(run, sheet)]
    for run in found:
        run.kind = "furniture"
    return found, tuple(glyph for glyph in sheet.glyphs if not any(_holds(run, glyph) for run in found))


def _holds(run: Run, glyph: Glyph) -> bool:
    return run.x0 <= glyph.x0 <= run.x1 and run.top <= glyph.top <= run.bottom


def _is_alone(run: Run, sheet: Sheet) -> bool:
    """Whether no glyph stands close above or below a line, as one of a column set top-down would."""
    return not any(
        glyph.x0 < run.x1 and glyph.x1 > run.x0 and max(glyph.top - run.bottom, run.top - glyph.bottom) < run.size
        for glyph in sheet.glyphs
        if not _holds(run, glyph)
    )


def _is_number(line: Run, sheet: Sheet) -> bool:
    return bool(PAGE_NUMBER.fullmatch(line.text)) and (
        line.bottom < MARGIN * sheet.height or line.top > (1 - MARGIN) * sheet.height
    )


def _is_masthead(line: Run, sheet: Sheet) -> bool:
    return line.bottom < OUTER * sheet.height and bool(MASTHEAD.fullmatch(line.text))


def _outermost(lines: Sequence[Run], sheet: Sheet, upper: bool) -> list[Run]:
    """The lines in one margin, the outermost first."""
    if upper:
        return sorted(
            (line for line in lines if line.bottom < MARGIN * sheet.height), key=lambda line: (line.top, line.x0)
        )
    low = (line for line in lines if line.top > (1 - MARGIN) * sheet.height)
    return sorted(low, key=lambda line: (-line.bottom, line.x0))


def _level(line: Run, other: Run) -> bool:
    return abs(line.middle - other.middle) < line.size


def _repeated(pages: Sequence[list[Run]], sheets: Sequence[Sheet]) -> set[tuple[int, int]]:
    """The lines in the margins whose words stand at the same height on half of the pages of a side, by page and id."""
    if len(pages) < 2:
        return set()
    found: set[tuple[int, int]] = set()
    places: dict[tuple[str, int], list[tuple[int, Run]]] = {}
    for at, (lines, sheet) in enumerate(zip(pages, sheets, strict=True)):
        for line in (*_outermost(lines, sheet, True)[:4], *_outermost(lines, sheet, False)[:4]):
            words = re.sub(r"[\d一二三四五六七八九十]+", "0", line.text)
            from_edge = line.top if line.top < sheet.height / 2 else line.top - sheet.height
            places.setdefault((words, round(from_edge / ALIKE)), []).append((at, line))
    for (words, level), standing in places.items():
        near = standing + places.get((words, level + 1), []) + places.get((words, level - 1), [])
        sides = Counter(at % 2 for at in {at for at, _ in near})
        least = max(2, len(pages) / 4)
        if sum(sides.values()) >= least or (len(pages) == 3 and sides[0] == 2):
            found |= {(at, id(line)) for at, line in standing}
    return found
