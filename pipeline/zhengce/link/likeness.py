"""How much of its words a report has from another one."""

from __future__ import annotations

from dataclasses import dataclass

from zhengce.link.body import Body, body
from zhengce.link.closeness import closest
from zhengce.linked import Report

__all__ = ["Likeness", "likeness"]

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
    shorter, longer = sorted((body(one), body(other)), key=lambda held: (len(held.words), held.words))
    common = len(shorter.shingles & longer.shingles)
    joined = len(shorter.shingles | longer.shingles)
    few = min(len(shorter.anchors), len(longer.anchors))
    return Likeness(
        jaccard=common / joined if joined else 0.0,
        contained=common / len(shorter.shingles) if shorter.shingles else 0.0,
        reworded=_reworded(shorter, longer),
        anchored=len(shorter.anchors & longer.anchors) / few if few else 0.0,
        anchors=few,
        length=len(shorter.words) / len(longer.words) if longer.words else 0.0,
    )


def _reworded(shorter: Body, longer: Body) -> float:
    if not shorter.told or not longer.told:
        return 0.0
    whole = sum(len(told.words) for told in shorter.told)
    choices = [told.words[:LONGEST] for told in longer.told]
    met = sum(len(told.words) for told in shorter.told if closest(told.words[:LONGEST], choices, REWORDED) is not None)
    return met / whole
