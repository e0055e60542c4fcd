"""What is learned of documents beside their baselines: weights, and thresholds on families left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from beside import Beside, Pairs, cells, manner, marked, prf, values_of
from scipy.optimize import linear_sum_assignment
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import LeaveOneGroupOut

from zhengce.compare.answer import assigned
from zhengce.compare.counterpart import counterpart_evidence
from zhengce.compare.evidence import EVIDENCE

DECIMALS = 4
STEPS = [step / 4 for step in range(-8, 9)]
STRENGTH = 1.0
PRECISE = 0.5  # the beta of F: precision counts twice as much as recall
IMPOSSIBLE = -1e3
MANNERS = ("copy", "paraphrase", "refine")


def fitted(rows: Any, given: Sequence[str], names: Sequence[str], labels: Sequence[str]) -> dict[str, Any]:
    """The weights of a logistic regression, on evidence as it is, for each label (of two, for the second)."""
    mean, scale = rows.mean(axis=0), rows.std(axis=0)
    scale[scale == 0] = 1.0
    model = LogisticRegression(C=STRENGTH, max_iter=5000, tol=1e-10).fit((rows - mean) / scale, list(given))
    told = list(model.classes_) if len(model.classes_) > 2 else [model.classes_[1]]
    coefficients = model.coef_ / scale
    intercepts = model.intercept_ - coefficients @ mean
    at = {label: told.index(label) for label in labels if label in told}
    weights = {label: map(_rounded, coefficients[place]) for label, place in at.items()}
    return {
        "weights": {label: dict(zip(names, row, strict=True)) for label, row in weights.items()},
        "intercept": {label: _rounded(intercepts[place]) for label, place in at.items()},
        "thresholds": {},
    }  # fmt: skip


def _rounded(number: float) -> float:
    return round(float(number), DECIMALS)


def left_out(rows: Any, given: Any, groups: Any, names: Sequence[str], label: str) -> Any:
    """The scores of rows by weights that have not seen their family."""
    scores = np.zeros(len(rows))
    for train, test in LeaveOneGroupOut().split(rows, given, groups):
        told = fitted(rows[train], given[train], names, [label])
        weights = np.array([told["weights"][label][name] for name in names])
        scores[test] = rows[test] @ weights + told["intercept"][label]
    return scores


def unseen_scores(held: Sequence[Beside]) -> list[Any]:
    """For each document the scores of all pairs of units, by weights that have not seen its family."""
    rows, given, groups = answer_rows(held)
    # "apart" comes after "answers" in the alphabet: the second of two labels is the one that is scored
    scores = -left_out(rows, given, groups, EVIDENCE, "apart")
    ends = np.cumsum([one.layers.shape[0] * one.layers.shape[1] for one in held])
    return [part.reshape(one.layers.shape[:2]) for part, one in zip(np.split(scores, ends[:-1]), held, strict=True)]


def answer_rows(held: Sequence[Beside]) -> tuple[Any, Any, Any]:
    """The evidence of all pairs of units, whether they answer each other, and their families."""
    rows = np.concatenate([one.layers.reshape(-1, len(EVIDENCE)) for one in held])
    cell = ((one, at) for one in held for at in np.ndindex(one.layers.shape[:2]))
    given = np.array(["answers" if at in one.right else "apart" for one, at in cell])
    groups = np.array([one.family for one in held for _ in range(one.layers.shape[0] * one.layers.shape[1])])
    return rows, given, groups


def learn_answers(held: Sequence[Beside]) -> dict[str, Any]:
    """Weights of the evidence that two units answer each other; thresholds by F1 on families left out."""
    rows, given, _ = answer_rows(held)
    told = fitted(rows, given, EVIDENCE, ["apart"])
    turned: dict[str, Any] = {
        "weights": {"answers": {name: -value for name, value in told["weights"]["apart"].items()}},
        "intercept": {"answers": -told["intercept"]["apart"]},
    }
    grids = [(grid, one.right) for grid, one in zip(unseen_scores(held), held, strict=True)]

    def quality(thresholds: Mapping[str, float]) -> float:
        return prf((cells(assigned(grid, thresholds)), right) for grid, right in grids)["f1"]

    tried = [{"answers": first, "joins": second} for first in STEPS for second in STEPS if second >= first]
    return turned | {"thresholds": max(tried, key=quality)}


@dataclass(frozen=True, kw_only=True)
class ValuePair:
    """Two values of one measure in a pair of units: where, the evidence, whether they are the same."""

    family: str
    pair: tuple[int, int, int]
    at: int
    place: int
    evidence: dict[str, float]
    same: bool


def value_rows(held: Sequence[Beside]) -> Iterator[ValuePair]:
    """Every two values of one measure in units that answer each other, and in each with the one that it is most like of
    those that it does not answer: where a run pairs wrongly, values must not be taken for the same.
    """
    for one in held:
        for row, column in sorted(one.right | mistaken(one)):
            before, after = values_of(one, row, column)
            for at, first in enumerate(before):
                for place, second in enumerate(after):
                    if first.measure == second.measure:
                        yield ValuePair(
                            family=one.family, pair=(id(one), row, column), at=at, place=place,
                            evidence=counterpart_evidence(before, after, at, place),
                            same=marked(one.known, first, second) is not None,
                        )  # fmt: skip


def mistaken(one: Beside) -> Pairs:
    """Each unit with the one of the baseline that it does not answer and is most like."""
    likeness = one.layers[..., EVIDENCE.index("characters")] + one.layers[..., EVIDENCE.index("words")]
    for row, column in one.right:
        likeness[row, column] = -1
    return {(int(row), column) for column, row in enumerate(likeness.argmax(axis=0)) if likeness[row, column] > 0}


def learn_values(held: Sequence[Beside]) -> dict[str, Any]:
    """Weights of the evidence that two values measure the same; the threshold by F0.5 on families left out.

    A wrong row costs more than one that is missing, and real documents pair less clearly than these: mistaken pairs of
    units count as often as they are shown.
    """
    told = list(value_rows(held))
    names = tuple(told[0].evidence)
    rows = np.array([[one.evidence[name] for name in names] for one in told])
    given = np.array(["same" if one.same else "other" for one in told])
    groups = np.array([one.family for one in told])
    scores = left_out(rows, given, groups, names, "same")
    by_pair: dict[Any, list[int]] = defaultdict(list)
    for at, one in enumerate(told):
        by_pair[one.pair].append(at)
    grids = [_grid([told[at] for at in places], [scores[at] for at in places]) for places in by_pair.values()]

    def quality(threshold: float) -> float:
        right = found = both = 0
        for scored, same in grids:
            gain = np.maximum(scored - threshold, 0)
            chosen = {cell for cell in zip(*linear_sum_assignment(-gain), strict=True) if gain[cell] > 0}
            right, found, both = right + len(same), found + len(chosen), both + len(same & chosen)
        return both / max(found + PRECISE**2 * right, 1)

    return fitted(rows, given, names, ["same"]) | {"thresholds": {"same": max(STEPS, key=quality)}}


def _grid(told: Sequence[ValuePair], scores: Sequence[float]) -> tuple[Any, Pairs]:
    """The scores of the values of two units as a matrix, and which of its cells are the same indicator."""
    firsts, seconds = sorted({one.at for one in told}), sorted({one.place for one in told})
    cells = [(firsts.index(one.at), seconds.index(one.place)) for one in told]
    grid = np.full((len(firsts), len(seconds)), IMPOSSIBLE)
    for cell, score in zip(cells, scores, strict=True):
        grid[cell] = score
    return grid, {cell for cell, one in zip(cells, told, strict=True) if one.same}


def learn_relations(held: Sequence[Beside]) -> dict[str, Any]:
    """Weights that tell copied, reworded and refined apart, on pairs that are nothing more consequential."""
    rows, given = [], []
    for one in held:
        for (row, column), told in one.known.answers.items():
            if told[0] in MANNERS:
                rows.append(manner(one, row - 1, column - 1))
                given.append(told[0])
    names = tuple(rows[0])
    return fitted(np.array([[row[name] for name in names] for row in rows]), given, names, MANNERS)
