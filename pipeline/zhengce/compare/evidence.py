"""What speaks for two units answering each other, as numbers: words, headings, order, and the names in both."""

from __future__ import annotations

import re
from array import array
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, count
from typing import Any

from zhengce.compare.fold import Folded, departments, fold
from zhengce.compare.reuse import GRAM
from zhengce.lexicon import alternation, column, table
from zhengce.pair import Member, Unit
from zhengce.words import words

__all__ = ["EVIDENCE", "Views", "evidence", "views"]

# the columns of `evidence`, in their order
EVIDENCE = (
    "characters", "words", "sentence", "heading", "over", "held", "holding", "order", "names", "offices", "role",
    "best_of_row", "best_of_column", "lead_of_row", "lead_of_column",
)  # fmt: skip
LEAST = 1e-9
SENTENCES = re.compile("[。；;\n]")
SHORTEST = 6  # folded characters of a sentence that is looked at by itself
HEAD = 14  # folded characters that stand for the heading of a unit without one
TITLES = re.compile(r"《[^《》]{2,40}》|[“\"][^”\"“]{2,20}[”\"]")
Terms = Callable[[str], Collection[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentences:
    """A row a sentence; those of a unit are from its start to that of the next, or the end, which is the last start."""

    matrix: Any
    starts: tuple[int, ...]

    def __getitem__(self, units: slice) -> Sentences:
        starts = self.starts[units.start : units.stop + 1]
        return Sentences(
            matrix=self.matrix[starts[0] : starts[-1]], starts=tuple(start - starts[0] for start in starts)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Views:
    """Units seen in several ways, a row a unit: sparse matrices whose rows have length 1, or count what is there."""

    folded: tuple[Folded, ...]
    characters: Any
    words: Any
    sentences: Sentences
    heading: Any
    over: Any
    grams: Any
    names: Any
    offices: Any
    roles: tuple[str | None, ...]

    def of(self, rows: slice) -> Views:
        """The views of some of the units."""
        held = {name: getattr(self, name)[rows] for name in self.__slots__}
        return Views(**held)


def views(members: Sequence[Member]) -> dict[str, Views]:
    """The views of each document's units, weighed by how rare a word is among all units (TF-IDF), by document."""
    units = [unit for member in members for unit in member.units]
    folded = tuple(fold(unit.text) for unit in units)
    texts = [one.text for one in folded]
    every = Views(
        folded=folded,
        characters=_weighed(texts, _pairs),
        words=_weighed(texts, _words),
        sentences=_sentences(units),
        heading=_weighed([_heading(unit, text) for unit, text in zip(units, texts, strict=True)], _pairs),
        over=_weighed([fold(unit.headings[-1]).text if unit.headings else "" for unit in units], _pairs),
        grams=_counted(texts, lambda text: set(_grams(text, GRAM))),
        names=_weighed([unit.text for unit in units], _names),
        offices=_counted([unit.text for unit in units], departments),
        roles=tuple(_role(unit) for unit in units),
    )
    held: dict[str, Views] = {}
    at = 0
    for member in members:
        held[member.document] = every.of(slice(at, at + len(member.units)))
        at += len(member.units)
    return held


def evidence(base: Views, other: Views) -> Any:
    """The evidence for each unit of a baseline and each of another document: an array, base × other × `EVIDENCE`."""
    import numpy as np

    def cosine(name: str) -> Any:
        return (getattr(base, name) @ getattr(other, name).T).toarray()

    rows, columns = len(base.folded), len(other.folded)
    shared = (base.grams @ other.grams.T).toarray()
    characters, by_words = cosine("characters"), cosine("words")
    place = np.abs(_relative(rows)[:, None] - _relative(columns)[None, :])
    both = characters + by_words
    layers = [
        characters, by_words, _best_sentences(base.sentences, other.sentences), cosine("heading"), cosine("over"),
        shared / np.maximum(_sizes(other.grams)[None, :], 1), shared / np.maximum(_sizes(base.grams)[:, None], 1),
        place, cosine("names"), _jaccard(base.offices, other.offices), _same_role(base.roles, other.roles),
        both / np.maximum(both.max(axis=1, keepdims=True), LEAST),
        both / np.maximum(both.max(axis=0, keepdims=True), LEAST),
        both - _second(both, axis=1), both - _second(both, axis=0),
    ]  # fmt: skip
    return np.stack(layers, axis=-1)


def _grams(text: str, size: int) -> list[str]:
    return [text[at : at + size] for at in range(len(text) - size + 1)]


def _pairs(text: str) -> list[str]:
    return _grams(text, 2)


def _heading(unit: Unit, text: str) -> str:
    return fold(unit.heading).text if unit.heading else text[:HEAD]


def _words(text: str) -> list[str]:
    return [word for word in words(text) if len(word) > 1]


def _sentences(units: Sequence[Unit]) -> Sentences:
    pieces = [[fold(piece).text for piece in SENTENCES.split(unit.text)] for unit in units]
    kept = [[piece for piece in held if len(piece) >= SHORTEST] or [""] for held in pieces]
    matrix = _weighed([piece for held in kept for piece in held], _words)
    return Sentences(matrix=matrix, starts=(0, *accumulate(map(len, kept))))


def _best_sentences(base: Sentences, other: Sentences) -> Any:
    """For each two units the cosine of the two sentences, one of each, that are most alike."""
    import numpy as np

    cosines = (base.matrix @ other.matrix.T).toarray()
    by_row = np.maximum.reduceat(cosines, base.starts[:-1], axis=0)
    return np.maximum.reduceat(by_row, other.starts[:-1], axis=1)


def _role(unit: Unit) -> str | None:
    """What a unit is for in any policy."""
    words = unit.heading or fold(unit.text).text[: 2 * HEAD]
    return next((row["role"] for row in table("provision_roles") if row["word"] in words), None)


def _same_role(base: Sequence[str | None], other: Sequence[str | None]) -> Any:
    import numpy as np

    same = [[one is not None and one == two for two in other] for one in base]
    return np.array(same, dtype=float).reshape(len(base), len(other))


@cache
def _instruments() -> re.Pattern[str]:
    return re.compile(rf"[\u4e00-\u9fff]{{2,6}}?{alternation(column('instruments', 'word'))}")


def _names(text: str) -> list[str]:
    """What only few measures have: quoted names, titles, instruments."""
    return [*TITLES.findall(text), *_instruments().findall(text)]


def _weighed(texts: Sequence[str], terms: Terms) -> Any:
    """A TF-IDF matrix of the terms of some texts, rows of length 1; in the order of terms, on which sums depend."""
    from sklearn.feature_extraction.text import TfidfTransformer

    counts = _counted(texts, terms, in_order=True)
    return TfidfTransformer(sublinear_tf=True).fit_transform(counts) if counts.nnz else counts


def _counted(texts: Sequence[str], terms: Terms, *, in_order: bool = False) -> Any:
    """How often each text has each term, a column a term; without any term one column of zeros.

    Half the time of scikit-learn's CountVectorizer, which goes over its vocabulary four times more.
    """
    import numpy as np
    from scipy.sparse import csr_matrix

    seen: defaultdict[str, int] = defaultdict(count().__next__)
    columns, ends = array("i"), [0]
    for text in texts:
        columns.extend(map(seen.__getitem__, terms(text)))
        ends.append(len(columns))
    held = np.array(columns, dtype=np.int32)
    if in_order:
        order = np.empty(len(seen), dtype=np.int32)
        order[[seen[term] for term in sorted(seen)]] = np.arange(len(seen))
        held = order[held]
    matrix = csr_matrix((np.ones(len(held)), held, ends), shape=(len(texts), max(len(seen), 1)))
    matrix.sum_duplicates()
    return matrix


def _sizes(matrix: Any) -> Any:
    import numpy as np

    return np.asarray(matrix.sum(axis=1)).ravel()


def _jaccard(base: Any, other: Any) -> Any:
    import numpy as np

    shared = (base @ other.T).toarray()
    return shared / np.maximum(_sizes(base)[:, None] + _sizes(other)[None, :] - shared, 1)


def _relative(count: int) -> Any:
    """Places from 0 to 1."""
    import numpy as np

    return np.arange(count) / max(count - 1, 1)


def _second(scores: Any, axis: int) -> Any:
    """For each cell the best of the others in its row (axis 1) or column (axis 0)."""
    import numpy as np

    if scores.shape[axis] < 2:
        return np.zeros_like(scores)
    top = np.sort(scores, axis=axis)
    best, next_best = np.take(top, [-1], axis=axis), np.take(top, [-2], axis=axis)
    return np.where(scores >= best, next_best, best)
