"""Glyphs → runs: what stands close together on one line, whatever the order in which it was drawn."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median

from zhengce.read.layout_sheet import Glyph, Run

__all__ = ["is_top_down", "runs_of"]

# in type sizes: runs end at a gap of SPLIT, a smaller one from SPACE on is a blank, a line's glyphs differ by LEVEL
SPLIT, SPACE, LEVEL = 0.5, 0.35, 0.5
MEANT = 1e6  # the gap where a blank glyph stands
JUSTIFIED = 1.5  # a blank is so much wider than the usual gap of its line
# 直排 (text set top-down): the blanks between neighbours on a line are this wide, those below each other narrower
OPEN = 0.25


def runs_of(glyphs: Sequence[Glyph], page: int) -> list[Run]:
    """The runs of a page's glyphs, sorted from the left; letters that were drawn twice come once.

    The order of `glyphs` plays no part.
    """
    rows: dict[float, list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        rows[round(glyph.top + glyph.bottom, 1)].append(glyph)
    found: list[Run] = []
    for row in rows.values():
        row.sort(key=_place)
        found += _split(row, page)
    found.sort(key=lambda run: (run.x0, run.top, run.text, run.x1))
    return _merged(found)


def _place(glyph: Glyph) -> tuple[float, float, str, float]:
    return glyph.x0, glyph.x1, glyph.text, glyph.top


def _split(row: list[Glyph], page: int) -> list[Run]:
    """The runs of glyphs at exactly one height. A blank glyph is a gap that was meant."""
    made: list[Run] = []
    part: list[Glyph] = []
    gaps: list[float] = []
    blank = False
    size = reach = 0.0
    for glyph in row:
        if glyph.text.isspace():
            blank = blank or glyph.x1 - glyph.x0 >= 0.1 * glyph.size
            continue
        if part:
            last, gap = part[-1], glyph.x0 - reach
            if glyph.text == last.text and glyph.x0 - last.x0 <= 0.2 * size and glyph.x1 - last.x1 <= 0.2 * size:
                continue
            if -size < gap < SPLIT * size and 0.67 * size < glyph.size < 1.5 * size and not glyph.vertical:
                gaps.append(MEANT if blank and gap > 0.1 * size else gap)
                part.append(glyph)
                reach, blank = max(reach, glyph.x1), False
                continue
            made.append(_run(part, gaps, reach, page))
        part, gaps, blank, reach, size = [glyph], [], False, glyph.x1, glyph.size
    if part:
        made.append(_run(part, gaps, reach, page))
    return made


def _run(part: list[Glyph], gaps: list[float], reach: float, page: int) -> Run:
    """The run of some glyphs; gaps that are wide because the whole line is spaced out (justified) are no blanks."""
    first = part[0]
    least = SPACE * first.size
    if gaps and max(gaps) > least:
        least = max(least, JUSTIFIED * median([0.0, *(gap for gap in gaps if gap < MEANT)]))
        text = first.text
        for glyph, gap in zip(part[1:], gaps, strict=True):
            text += (" " if gap > least else "") + glyph.text
    else:
        text = "".join([glyph.text for glyph in part])
    top, bottom = min([glyph.top for glyph in part]), max([glyph.bottom for glyph in part])
    return Run(text, first.x0, top, reach, bottom, first.size, page, top_down=first.vertical)


def _merged(runs: list[Run]) -> list[Run]:
    """Runs of one line at slightly different heights put together: other fonts, raised figures, crooked lines.

    `runs` come from the left to the right.
    """
    if not runs:
        return []
    step = max(median(run.size for run in runs), 1.0)
    ends: dict[int, list[Run]] = defaultdict(list)
    kept: list[Run] = []
    for run in runs:
        level = int(run.middle // step)
        best, nearest = None, LEVEL
        for at in (level - 1, level, level + 1):
            for left in ends.get(at, ()):
                off = abs(left.middle - run.middle) / min(left.size, run.size)
                if off <= nearest and _follows(left, run) and (best is None or off < nearest):
                    best, nearest = left, off
        if best is None:
            kept.append(run)
            ends[level].append(run)
        elif not _is_copy(best, run):
            gap = run.x0 - best.x1
            best.text += (" " if gap > SPACE * best.size else "") + run.text
            best.x1 = max(best.x1, run.x1)
            best.top, best.bottom = min(best.top, run.top), max(best.bottom, run.bottom)
            if len(run.text) > len(best.text) / 2:
                best.size = run.size
    return kept


def _follows(left: Run, run: Run) -> bool:
    if left.top_down or run.top_down:
        return False
    small, large = sorted((left.size, run.size))
    room = SPLIT if large < 1.15 * small else SPLIT / 2
    return (-0.3 * small <= run.x0 - left.x1 < room * small and large < 1.7 * small) or _is_copy(left, run)


def _is_copy(left: Run, run: Run) -> bool:
    """Whether a run is a shadow: the same letters again, a little further on."""
    near = abs(left.x0 - run.x0) < 0.2 * run.size and abs(left.top - run.top) < 0.2 * run.size
    return near and run.text == left.text


def is_top_down(glyphs: Iterable[Glyph]) -> bool:
    """Whether a page is set top-down: its glyphs stand closer to the one below than to the one beside.

    Latin letters and figures do not count; a page with fewer than twenty glyphs never is.
    """
    rows: dict[float, list[float]] = defaultdict(list)
    columns: dict[float, list[float]] = defaultdict(list)
    sizes = []
    for glyph in glyphs:
        if "\u3400" <= glyph.text[0] <= "\u9fff" and len(glyph.text) == 1:
            rows[round(glyph.top + glyph.bottom)].append(glyph.x0)
            columns[round(glyph.x0 + glyph.x1)].append(glyph.top)
            sizes.append(glyph.size)
    if len(sizes) < 20:
        return False
    size = median(sizes)
    beside = _pitch(rows.values())
    if beside - size <= OPEN * size:
        return False
    return _pitch(columns.values()) < min(beside, 1.3 * size)


def _pitch(lines: Iterable[list[float]]) -> float:
    """The usual distance from one glyph to the next on its line; infinite where there is hardly a neighbour."""
    steps = [after - before for line in lines for before, after in pairwise(sorted(line)) if after - before > 0.5]
    return median(steps) if len(steps) >= 10 else float("inf")
