"""Training of a linear judge: logistic regression over binary features, calibrated on documents it did not see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from zhengce.model.linear import Linear

if TYPE_CHECKING:
    import numpy as np

__all__ = ["fit"]

STRENGTHS = (0.01, 0.03, 0.1, 0.3, 1.0)  # inverse regularisation strengths tried
FOLDS = 8
SEEN_IN = 2  # documents that a feature must occur in
ABSENT = 5.0  # how much less likely (log odds) than the rarest a label is that was not seen
DECIMALS = 3  # to which weights are kept, so that the last bits of a processor's sums do not show


def fit(
    features: Sequence[Sequence[str]],
    given: Sequence[str],
    documents: Sequence[str],
    labels: Sequence[str],
    *,
    generated: frozenset[str] = frozenset(),
) -> Linear:
    """A judge for `labels` from the features of examples, the labels given to them and the documents they stand in.

    Strength and calibration are chosen by the log loss on documents left out (grouped folds), never on the test part,
    and not on `generated` documents: what a grammar makes is too easy to tell how sure one may be.
    Same input, same judge: the solver runs until its solution is unique to more digits than are kept.
    """
    from sklearn.feature_extraction import DictVectorizer

    kept = _frequent(features, documents)
    rows = [dict.fromkeys(kept.intersection(row), 1.0) for row in features]
    vectorizer = DictVectorizer(sparse=True, sort=True)
    matrix = vectorizer.fit_transform(rows)
    trials = [(strength, _left_out(matrix, given, documents, labels, strength)) for strength in STRENGTHS]
    written = [at for at, document in enumerate(documents) if document not in generated]
    answers = [given[at] for at in written]
    scored = [(*_calibrated(scores[written], answers, labels), strength) for strength, scores in trials]
    _, slope, shift, strength = min(scored, key=lambda trial: trial[0])
    intercept, weights = _coefficients(_solver(strength).fit(matrix, list(given)), labels)
    table = {
        name: tuple(round(float(weight), DECIMALS) for weight in weights[:, at])
        for at, name in enumerate(vectorizer.get_feature_names_out())
    }
    return Linear(
        labels=tuple(labels),
        intercept=tuple(round(float(value), DECIMALS) for value in intercept),
        slope=round(slope, DECIMALS),
        shift=tuple(round(value, DECIMALS) for value in shift),
        weights={name: row for name, row in table.items() if any(row)},
    )


def _frequent(features: Sequence[Sequence[str]], documents: Sequence[str]) -> frozenset[str]:
    pairs = {(feature, document) for row, document in zip(features, documents, strict=True) for feature in row}
    counts = Counter(feature for feature, _ in pairs)
    return frozenset(feature for feature, count in counts.items() if count >= SEEN_IN)


def _solver(strength: float) -> Any:
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(C=strength, solver="newton-cg", tol=1e-8, max_iter=1000)


def _left_out(
    matrix: Any, given: Sequence[str], documents: Sequence[str], labels: Sequence[str], strength: float
) -> Any:
    """The scores of every example by a judge that has not seen its document, examples × labels."""
    import numpy as np
    from sklearn.model_selection import GroupKFold

    answers = np.asarray(given)
    scores = np.zeros((len(given), len(labels)))
    folds = GroupKFold(n_splits=min(FOLDS, len(set(documents))))
    for train, test in folds.split(matrix, answers, groups=list(documents)):
        intercept, weights = _coefficients(_solver(strength).fit(matrix[train], answers[train]), labels)
        scores[test] = matrix[test] @ weights.T + intercept
    return scores


def _coefficients(model: Any, labels: Sequence[str]) -> tuple[Any, Any]:
    """Intercepts and weights in the order of `labels`; of two labels each has half of the difference.

    A label that no document of a fold has is unlikely whatever the features say.
    """
    import numpy as np

    intercept, weights = model.intercept_, model.coef_
    if len(model.classes_) == 2:
        intercept, weights = np.concatenate([-intercept, intercept]) / 2, np.vstack([-weights, weights]) / 2
    at = {label: place for place, label in enumerate(model.classes_)}
    absent = intercept.min() - ABSENT, np.zeros(weights.shape[1])
    rows = [(intercept[at[label]], weights[at[label]]) if label in at else absent for label in labels]
    return np.asarray([one for one, _ in rows]), np.vstack([row for _, row in rows])


def _calibrated(scores: Any, given: Sequence[str], labels: Sequence[str]) -> tuple[float, float, list[float]]:
    """The log loss of scores after vector scaling, the slope, and the shift of each label (the first one's is 0)."""
    import numpy as np
    from scipy.optimize import minimize
    from scipy.special import log_softmax

    answers = np.asarray([list(labels).index(label) for label in given])

    def loss(point: np.ndarray) -> float:
        scaled = point[0] * scores + np.concatenate([[0.0], point[1:]])
        return float(-log_softmax(scaled, axis=1)[np.arange(len(answers)), answers].mean())

    best = minimize(loss, np.concatenate([[1.0], np.zeros(len(labels) - 1)]), method="BFGS")
    return float(best.fun), float(best.x[0]), [0.0, *map(float, best.x[1:])]
