"""Precision, recall and F1 of pairs, and the columns that are right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from zhengce.measure.agree import agree, stated
from zhengce.measure.pair import Pair

__all__ = ["Counts", "columns_right", "count", "f1"]

HALF = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many records are owed and were found, and how many pairs overlap, overlap by half, exactly, are right."""

    gold: int = 0
    found: int = 0
    overlap: int = 0
    half: int = 0
    exact: int = 0
    strict: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            gold=self.gold + other.gold,
            found=self.found + other.found,
            overlap=self.overlap + other.overlap,
            half=self.half + other.half,
            exact=self.exact + other.exact,
            strict=self.strict + other.strict,
        )


def count(pairs: Iterable[Pair]) -> Counts:
    """The counts of pairs; what the gold leaves open counts on neither side, nor does what was paired with it."""
    owed = [pair for pair in pairs if pair.verdict != "open"]
    both = [pair for pair in owed if pair.gold and pair.found]
    return Counts(
        gold=sum(pair.gold is not None for pair in owed),
        found=sum(pair.found is not None for pair in owed),
        overlap=len(both),
        half=sum(pair.overlap >= HALF for pair in both),
        exact=sum(pair.overlap == 1 for pair in both),
        strict=sum(pair.verdict == "strict" for pair in both),
    )


def f1(right: int, gold: int, found: int) -> float | None:
    """The harmonic mean of `right / found` and `right / gold`; None where there is nothing on either side.

    >>> f1(8, 10, 10), f1(0, 3, 0), f1(0, 0, 0)
    (0.8, 0.0, None)
    """
    return 2 * right / (gold + found) if gold + found else None


def columns_right(pairs: Sequence[Pair]) -> dict[str, tuple[int, int]]:
    """For each column how many pairs are right in it, of how many where the gold states something there."""
    told: dict[str, tuple[int, int]] = {}
    for pair in pairs:
        if pair.gold is None or pair.found is None or pair.verdict == "open":
            continue
        for column in stated(pair.gold):
            right, of = told.get(column, (0, 0))
            told[column] = (right + agree(column, pair.gold, pair.found), of + 1)
    return told
