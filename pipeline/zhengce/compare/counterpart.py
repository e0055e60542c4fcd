"""Which value of a unit is the baseline's changed: the same indicator, by the words round it and the unit."""

from __future__ import annotations

import math
from collections.abc import Sequence

from zhengce.compare.indicator import canonical
from zhengce.compare.learned import Learned, learned
from zhengce.compare.reuse import dice, pairs_of
from zhengce.compare.value import Value

__all__ = ["counterpart_evidence", "counterparts"]

HEAD = 2  # of these the last are mostly the noun: 率, 贷款
FEW = 36  # pairs of values in two units; in longer ones (work reports) chance finds a partner for every value
IMPOSSIBLE = -1e3
FAR_APART = 4.0  # beyond a factor of 50, or four years, further is no more telling


def counterparts(
    base: Sequence[Value], other: Sequence[Value], weights: Learned | None = None
) -> tuple[tuple[int, int, float], ...]:
    """Which values measure the same: their places in the two lists, each at most once, and how likely it is.

    The likeliest are put together by an assignment. Source of the weights: values that people marked as the same in
    `corpora/parallel` (models/parallel/card.md).
    """
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    held = weights or learned("values")
    threshold = held.thresholds["same"]
    scores = np.full((len(base), len(other)), IMPOSSIBLE)
    for at, one in enumerate(base):
        for place, two in enumerate(other):
            if one.measure == two.measure:
                score = held.score("same", counterpart_evidence(base, other, at, place))
                scores[at, place] = IMPOSSIBLE if score > threshold and _differ(one, two) else score
    found = zip(*linear_sum_assignment(np.maximum(scores - threshold, 0), maximize=True), strict=True)
    return tuple(
        (int(row), int(column), _likely(float(scores[row, column])))
        for row, column in found
        if scores[row, column] > threshold
    )


def _likely(score: float) -> float:
    """The probability that the log-odds tell."""
    return 1 / (1 + math.exp(-score))


def counterpart_evidence(base: Sequence[Value], other: Sequence[Value], at: int, place: int) -> dict[str, float]:
    """What speaks for two values measuring the same, as numbers."""
    one, two = base[at], other[place]
    return {
        "before": _alike(one.before, two.before),
        "head": float(one.before[-HEAD:] == two.before[-HEAD:] != ""),
        "after": _alike(one.after, two.after),
        "clause": _alike(one.clause, two.clause),
        "equal": float((one.number, one.upper, one.date) == (two.number, two.upper, two.date)),
        "apart": min(_apart(one, two), FAR_APART),
        "same_bound": float(one.bound == two.bound),
        "alone": float(len(base) * len(other) <= FEW and _alone(base, one) and _alone(other, two)),
    }


def _alone(among: Sequence[Value], value: Value) -> bool:
    """Whether no other value has its measure."""
    return sum(other.measure == value.measure for other in among) == 1


def _differ(one: Value, two: Value) -> bool:
    """Whether two values are known by different canonical indicators."""
    first, second = (canonical(value.before, value.unit, "") for value in (one, two))
    return first is not None and second is not None and first != second


def _alike(one: str, two: str) -> float:
    return dice(pairs_of(one), pairs_of(two))


def _apart(one: Value, two: Value) -> float:
    """How far two values are apart: in years, or as the logarithm of their ratio."""
    if one.date and two.date:
        return abs((one.date - two.date).days) / 365
    numbers = [max(float(value.number or 0), 1e-6) for value in (one, two)]
    return abs(math.log(numbers[0] / numbers[1]))
