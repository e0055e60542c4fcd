"""How well probabilities are calibrated: the reliability curve and the expected calibration error."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["Bin", "calibration_error", "reliability"]

BINS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """The answers whose probability fell into one tenth: how many, how sure on average, what share was right."""

    count: int
    sure: float
    right: float


def reliability(answers: Iterable[tuple[float, bool]]) -> list[Bin]:
    """The reliability curve of answers given as (probability, was it right), in ten bins of equal width.

    Empty bins are left out.

    >>> reliability([(0.95, True), (0.91, False), (0.2, False)])
    [Bin(count=1, sure=0.2, right=0.0), Bin(count=2, sure=0.93, right=0.5)]
    """
    held: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for likely, right in answers:
        held[min(int(likely * BINS), BINS - 1)].append((likely, right))
    return [
        Bin(
            count=len(bin_),
            sure=round(sum(likely for likely, _ in bin_) / len(bin_), 4),
            right=round(sum(right for _, right in bin_) / len(bin_), 4),
        )
        for bin_ in held
        if bin_
    ]


def calibration_error(curve: Iterable[Bin]) -> float:
    """The expected calibration error (Naeini 2015): the mean distance of sure from right, weighted by count.

    >>> calibration_error([Bin(count=1, sure=0.2, right=0.0), Bin(count=3, sure=0.9, right=1.0)])
    0.125
    """
    bins = list(curve)
    total = sum(bin_.count for bin_ in bins)
    return round(sum(bin_.count * abs(bin_.sure - bin_.right) for bin_ in bins) / total, 4) if total else 0.0
