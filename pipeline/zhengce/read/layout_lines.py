"""Runs → lines of columns: what one line holds is joined, what a gutter divides is kept apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from zhengce.read.layout_gutters import Gap, Gutter, Shelf, gaps_of, gutters_of
from zhengce.read.layout_runs import JUSTIFIED, LEVEL, SPACE
from zhengce.read.layout_sheet import Area, Run, common_size

__all__ = ["lines_of"]

# in type sizes: the widest blank in a line of a page that has columns; letters spaced out to a title; blanks
# that make a line look like a row
WIDE, SPACED, SPREAD = 2.6, 5.0, 1.8
SIGNER = re.compile(r"签发人[:：]")  # who signed stands at the right of the document number (GB/T 9704-2012, 7.2.6)


def lines_of(runs: Sequence[Run], rules: Sequence[Area], pictures: Sequence[Area]) -> tuple[list[Run], list[Gutter]]:
    """The lines of a page and its gutters; a blank of more than a third of a type size becomes a space.

    Rows of short cells without a gutter stay together; on a page with columns, what is far apart is kept apart.
    """
    size = common_size(runs)
    shelf = Shelf(runs, size)
    gaps = gaps_of(runs, shelf)
    gutters = gutters_of(gaps, shelf, rules, size)
    parted = {id(gap) for gutter in gutters for gap in gutter.gaps}
    following: dict[int, Run] = {}
    preceded: set[int] = set()
    for gap in sorted(gaps, key=lambda gap: (abs(gap.left.middle - gap.right.middle), gap.right.x0 - gap.left.x1)):
        if id(gap.right) in preceded or not _joins(gap, id(gap) in parted, bool(gutters)):
            continue
        if any(_is_between(area, gap) for area in (*pictures, *(rules if gutters else ()))):
            continue
        following[id(gap.left)] = gap.right
        preceded.add(id(gap.right))
    return [_line(run, following) for run in runs if id(run) not in preceded], gutters


def _joins(gap: Gap, parted: bool, columns: bool) -> bool:
    left, right = gap.left, gap.right
    small, large = sorted((left.size, right.size))
    blank = (right.x0 - left.x1) / small
    if left.top_down or right.top_down or abs(left.middle - right.middle) > LEVEL * small or large > 1.6 * small:
        return False
    if SIGNER.match(right.text) and blank > 1:
        return False
    spaced = max(len(left.text), len(right.text)) <= 2  # 通　知: a title whose letters are spaced out
    if parted:
        return spaced and small > 14 and blank < SPACED
    return not columns or blank < (SPACED if spaced else WIDE)


def _is_between(area: Area, gap: Gap) -> bool:
    """Whether a picture or a ruled line stands in a gap."""
    inside = gap.left.x1 - 1 < area.x0 and area.x1 < gap.right.x0 + 1
    return inside and area.top < gap.middle < area.bottom


def _line(run: Run, following: dict[int, Run]) -> Run:
    chain = [run]
    while id(chain[-1]) in following:
        chain.append(following[id(chain[-1])])
    if len(chain) == 1:
        return run
    # letters set wide apart are one word
    spaced = len(chain) > 2 and all(len(part.text) == 1 and part.text.isalpha() for part in chain)
    blanks = [(right.x0 - left.x1) / min(left.size, right.size) for left, right in pairwise(chain)]
    least = max(SPACE, JUSTIFIED * median(blanks)) if len(chain) > 4 else SPACE
    text = run.text
    for right, blank in zip(chain[1:], blanks, strict=True):
        text += (" " if blank > least and not spaced else "") + right.text
    return Run(
        text, run.x0, min(part.top for part in chain), max(part.x1 for part in chain),
        max(part.bottom for part in chain), max(chain, key=lambda part: len(part.text)).size, run.page,
        spread=max(blanks) > SPREAD and not spaced,
    )  # fmt: skip
