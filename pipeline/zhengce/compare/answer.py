"""Which provision answers which: one to one by an assignment with a null option, then what was split or merged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from zhengce.compare.evidence import EVIDENCE, Views, evidence
from zhengce.compare.learned import Learned, learned

__all__ = ["Answer", "answers", "assigned"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A unit of the baseline and one that answers it, by their rows; a cosine and a probability."""

    base: int
    other: int
    likeness: float
    confidence: float


def answers(base: Views, other: Views, weights: Learned | None = None) -> tuple[tuple[Answer, ...], Any]:
    """The units that answer each other, in the order of the baseline, and the probability of every pair.

    Log-odds of the evidence are assigned one to one so that their sum over the threshold is highest, no partner being
    worth nothing; a unit left over joins one that is taken where it speaks for itself (split, merged). Probabilities
    are an array base × other. Source of weights and thresholds: `corpora/parallel` (models/parallel/card.md).
    """
    import numpy as np

    if not base.folded or not other.folded:
        return (), np.zeros((len(base.folded), len(other.folded)))
    held = weights or learned("answers")
    layers = evidence(base, other)
    scores = _scores(layers, held.weights["answers"], held.intercept["answers"])
    chosen = assigned(scores, held.thresholds)
    likely = 1 / (1 + np.exp(-scores))
    likeness = layers[..., :2].mean(axis=-1)
    found = tuple(
        Answer(
            base=int(row), other=int(column), likeness=float(likeness[row, column]),
            confidence=float(likely[row, column]),
        )
        for row, column in np.argwhere(chosen)
    )  # fmt: skip
    return found, likely


def _scores(layers: Any, held: Mapping[str, float], intercept: float) -> Any:
    import numpy as np

    return layers @ np.array([held[name] for name in EVIDENCE]) + intercept


def assigned(scores: Any, thresholds: Mapping[str, float]) -> Any:
    """Which pairs answer each other: an array of truths."""
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    gain = np.maximum(scores - thresholds["answers"], 0)
    rows, columns = linear_sum_assignment(gain, maximize=True)
    chosen = np.zeros(scores.shape, dtype=bool)
    chosen[rows, columns] = gain[rows, columns] > 0
    taken = np.ix_(chosen.any(axis=1), chosen.any(axis=0))
    joins = scores > thresholds["joins"]
    joins[taken] = False  # where both have a partner already
    joins[np.ix_(~chosen.any(axis=1), ~chosen.any(axis=0))] = False
    return chosen | joins
