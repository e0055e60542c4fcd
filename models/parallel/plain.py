"""What is done by hand, to be beaten: each provision with the nearest of the baseline by a plain likeness."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from typing import Any

import numpy as np
from beside import Beside, Pairs, prf
from sklearn.feature_extraction.text import TfidfVectorizer

Graded = tuple[str, Any, Pairs]


def plain_cosine(one: Beside) -> Any:
    """The cosine of TF-IDF vectors of single and double characters of the texts as printed."""
    base, member = one.known.base, one.known.member
    texts = [unit.text for unit in (*base.units, *member.units)]
    matrix = TfidfVectorizer(analyzer="char", ngram_range=(1, 2)).fit_transform(texts)
    return (matrix[: len(base.units)] @ matrix[len(base.units) :].T).toarray()


def plain_ratio(one: Beside) -> Any:
    """The ratio of difflib's SequenceMatcher of the texts as printed."""
    base, member = one.known.base, one.known.member
    ratios = [[SequenceMatcher(None, first.text, second.text, autojunk=False).ratio() for second in member.units]
              for first in base.units]  # fmt: skip
    return np.array(ratios)


PLAIN = {"plain_cosine": plain_cosine, "plain_difflib": plain_ratio}


def nearest(grid: Any, threshold: float) -> Pairs:
    """Each unit with the one of the baseline that is most alike, where it is alike enough: what is done by hand."""
    best = grid.argmax(axis=0)
    return {(int(row), column) for column, row in enumerate(best) if grid[row, column] >= threshold}


def graded(score: Callable[[Beside], Any], held: Sequence[Beside]) -> list[Graded]:
    """The likeness of all units of each document by a plain method, with the family and the pairs that are right."""
    return [(one.family, score(one), one.right) for one in held]


def plain(train: Sequence[Graded], test: Sequence[Graded]) -> dict[str, float]:
    """The figures of a plain method on the test part, its threshold the best one on the training part."""
    steps = [step / 100 for step in range(1, 80)]
    best = max(steps, key=lambda step: prf((nearest(grid, step), right) for _, grid, right in train)["f1"])
    return prf((nearest(grid, best), right) for _, grid, right in test) | {"threshold": best}
