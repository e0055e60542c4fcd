"""How much a figure would vary with other documents of the same sort."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random

from zhengce.measure.figures import Counts, f1

__all__ = ["MEAN", "intervals"]

MEAN = "mean"
LEVEL = 0.95
FEWEST = 2  # documents, of which one may be drawn twice

Interval = tuple[float, float]


def intervals(documents: Sequence[Mapping[str, Counts]], times: int, seed: int) -> dict[str, Interval | None]:
    """95 % intervals of strict F1 by kind, and of the mean over the kinds (`MEAN`).

    The percentile bootstrap (Efron 1979) over whole documents, because the records of one document are alike: as many
    as there are are drawn with replacement, `times` over. None where there are too few documents or nothing to draw.
    """
    kinds = list(dict.fromkeys(kind for counts in documents for kind in counts))
    drawn: dict[str, list[float]] = {name: [] for name in (*kinds, MEAN)}
    random = Random(seed)
    for _ in range(times if len(documents) >= FEWEST else 0):
        sample = random.choices(documents, k=len(documents))
        scores = {kind: score for kind in kinds if (score := _strict(sample, kind)) is not None}
        for kind, score in scores.items():
            drawn[kind].append(score)
        if scores:
            drawn[MEAN].append(sum(scores.values()) / len(scores))
    return {name: _middle(sorted(scores)) for name, scores in drawn.items()}


def _strict(sample: Sequence[Mapping[str, Counts]], kind: str) -> float | None:
    of_kind = [counts[kind] for counts in sample if kind in counts]
    gold, found = sum(counts.gold for counts in of_kind), sum(counts.found for counts in of_kind)
    return f1(sum(counts.strict for counts in of_kind), gold, found) if gold else None


def _middle(scores: Sequence[float]) -> Interval | None:
    if not scores:
        return None
    last = len(scores) - 1
    return scores[round(last * (1 - LEVEL) / 2)], scores[round(last * (1 + LEVEL) / 2)]
