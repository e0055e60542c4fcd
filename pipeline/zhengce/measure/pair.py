"""Records of the gold paired with those that were found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from zhengce.measure.agree import agree, core
from zhengce.measure.mark import Mark
from zhengce.text import Span

__all__ = ["Pair", "Verdict", "fits", "pair"]

FITS = 0.3  # intersection over union from which a quote fits
SPARE = 40  # or so many characters more than the gold, where it holds all of that

Verdict = Literal["strict", "partly", "missed", "extra", "open"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pair:
    """A record of the gold, a record that was found, or both; `overlap` is intersection over union of their places.

    `wrong` names the columns of the core that differ, and `span` where the quote does not fit.
    """

    gold: Mark | None
    found: Mark | None
    overlap: float = 0.0
    wrong: tuple[str, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """Right in everything that counts, found but wrong, missed, found for nothing, or not held against anyone."""
        if self.gold is None:
            return "extra"
        if self.gold.open:
            return "open"
        if self.found is None:
            return "missed"
        return "partly" if self.wrong else "strict"


def pair(gold: Sequence[Mark], found: Sequence[Mark]) -> list[Pair]:
    """Each record of either side once, in a pair or alone; those of one document and kind.

    What overlaps may pair; those first that agree in most columns of the core, of these those that overlap most. Places
    are compared in the clean text, or in the raw file where the gold has only those.
    """
    options = []
    for i, wanted in enumerate(gold):
        for j, got in enumerate(found):
            if overlap := _overlap(wanted, got)[0]:
                right = sum(agree(column, wanted, got) for column in core(wanted))
                options.append((-(right + overlap), i, j, overlap))
    with_gold: dict[int, tuple[int, float]] = {}
    taken: set[int] = set()
    for _, i, j, overlap in sorted(options):
        if i not in with_gold and j not in taken:
            with_gold[i] = (j, overlap)
            taken.add(j)
    pairs = [_paired(mark, found, with_gold.get(i)) for i, mark in enumerate(gold)]
    return pairs + [Pair(gold=None, found=mark) for j, mark in enumerate(found) if j not in taken]


def _paired(gold: Mark, found: Sequence[Mark], place: tuple[int, float] | None) -> Pair:
    if place is None:
        return Pair(gold=gold, found=None)
    other, overlap = found[place[0]], place[1]
    wrong = [column for column in core(gold) if not agree(column, gold, other)]
    if not fits(gold, other):
        wrong.append("span")
    return Pair(gold=gold, found=other, overlap=overlap, wrong=tuple(wrong))


def fits(gold: Mark, found: Mark | None) -> bool:
    """Whether a record that was found stands where the one of the gold does: near enough, or little longer."""
    if found is None:
        return False
    overlap, shared, wanted, got = _overlap(gold, found)
    return overlap >= FITS or (bool(shared) and shared == wanted and got <= wanted + SPARE)


def _overlap(gold: Mark, found: Mark) -> tuple[float, int, int, int]:
    """Intersection over union; characters shared, of the gold, of the other."""
    ours, theirs = (gold.raw, found.raw) if gold.span is None else ((gold.span,), _clean(found))
    shared = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in ours for b in theirs)
    wanted, got = sum(map(len, ours)), sum(map(len, theirs))
    return (shared / (wanted + got - shared) if shared else 0.0), shared, wanted, got


def _clean(mark: Mark) -> tuple[Span, ...]:
    return () if mark.span is None else (mark.span,)
