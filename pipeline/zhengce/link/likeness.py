"""How much of its words a report has from another one."""

from __future__ import annotations

from dataclasses import dataclass, replace

from zhengce.link.body import Body, body
from zhengce.link.closeness import closest
from zhengce.linked import Report

__all__ = ["Likeness", "anchored", "likeness", "likeness_at_most", "with_reworded"]

REWORDED = 55  # of 100: the likeness of two sentences that tell the same in other words
LONGEST = 400  # characters of a sentence that are compared


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """Shares from 0 to 1: `jaccard` of the shingles; `contained` of those of the shorter report; `reworded` of the
    words of the shorter that stand in sentences which the other one has too or words anew; `anchored` of the numbers
    and places of the one that names fewer. `length` is the shorter's as a share of the longer's.
    """

    jaccard: float
    contained: float
    reworded: float
    anchored: float
    anchors: int
    length: float


def likeness(one: Report, other: Report) -> Likeness:
    """The likeness of two reports; the order does not matter."""
    return with_reworded(likeness_at_most(one, other), one, other)


def with_reworded(like: Likeness, one: Report, other: Report) -> Likeness:
    """The likeness of two reports made of what `likeness_at_most` says of them."""
    return replace(like, reworded=_reworded(*_by_length(one, other)))


def anchored(one: Report, other: Report) -> float:
    """The share of the numbers and places of the one with fewer that the other has too; 1 where it has none."""
    few, more = sorted((body(one).anchors, body(other).anchors), key=len)
    return len(few & more) / len(few) if few else 1.0


def likeness_at_most(one: Report, other: Report) -> Likeness:
    """The likeness of two reports but for `reworded`, which is 1: it alone needs sentence beside sentence."""
    shorter, longer = _by_length(one, other)
    common = len(shorter.shingles & longer.shingles)
    joined = len(shorter.shingles) + len(longer.shingles) - common
    few = min(len(shorter.anchors), len(longer.anchors))
    shared = anchored(one, other) if few else 0.0
    return Likeness(
        jaccard=common / joined if joined else 0.0,
        contained=common / len(shorter.shingles) if shorter.shingles else 0.0,
        reworded=1.0,
        anchored=shared,
        anchors=few,
        length=len(shorter.words) / len(longer.words) if longer.words else 0.0,
    )


def _by_length(one: Report, other: Report) -> tuple[Body, Body]:
    shorter, longer = sorted((body(one), body(other)), key=lambda held: (len(held.words), held.words))
    return shorter, longer


def _reworded(shorter: Body, longer: Body) -> float:
    if not shorter.told or not longer.told:
        return 0.0
    whole = sum(len(told.words) for told in shorter.told)
    choices = [told.words[:LONGEST] for told in longer.told]
    met = sum(len(told.words) for told in shorter.told if closest(told.words[:LONGEST], choices, REWORDED) is not None)
    return met / whole
