"""What became of a provision: copied, reworded, refined, quantified, strengthened or weakened."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import lru_cache

from zhengce.compare.fold import Folded, departments, fold
from zhengce.compare.learned import Learned, learned
from zhengce.compare.reuse import copy_ratio, grams, longest_run, pairs_of
from zhengce.name.place import places_in
from zhengce.pair import Difference, Relation, Unit
from zhengce.words import tag, words

__all__ = ["Reuse", "relation_evidence", "relations", "reuse"]

NEW_SENTENCE = 0.3  # share of a sentence's pairs of characters that the other unit has, below which it is new
MARKS = re.compile("[，。；]")
PIECES = re.compile("[。；;\n]")
QUOTED = re.compile('[“"][^”"“]{2,20}[”"]|《[^《》]{2,40}》')
FIGURE = re.compile(r"\d|[成倍半]")
MOST = 3.0  # of what is counted more than this tells no more


@dataclass(frozen=True, slots=True, kw_only=True)
class Reuse:
    """What two units share: the copy ratio of the unit, that of the baseline's, and the longest run in the unit."""

    ratio: float
    held: float
    start: int
    length: int


def reuse(base: Folded, other: Folded) -> Reuse:
    """How much of the words of a unit is the baseline's, and of the baseline's is kept."""
    first, second = grams(base), grams(other)
    start, length = longest_run(other, base)
    return Reuse(
        ratio=copy_ratio(second, first) or 0.0, held=copy_ratio(first, second) or 0.0, start=start, length=length
    )


def relations(
    evidence: dict[str, float], differences: Sequence[Difference], weights: Learned | None = None
) -> tuple[Relation, ...]:
    """The relations of a unit to the one that it answers, most consequential first.

    Strengthened or weakened is what has a stronger or weaker value or duty, quantified what has a value that the
    baseline lacks; refined is told from reworded by weights learned on `corpora/parallel`, and both from copied.
    """
    changes = {(one.kind, one.change) for one in differences}
    told: list[Relation] = []
    if any(change == "stronger" for _, change in changes):
        told.append("strengthen")
    if any(change == "weaker" for _, change in changes):
        told.append("weaken")
    if any(one.change == "added" and _is_figure(one) for one in differences):
        told.append("quantify")
    manner: Relation = (weights or learned("relations")).best(evidence)  # type: ignore[assignment]
    return (*told, manner) if not told or manner == "refine" else tuple(told)


def _is_figure(one: Difference) -> bool:
    """Whether a value or deadline that was added says more than 年内 or 三年: it has figures."""
    return one.kind in ("value", "deadline") and bool(FIGURE.search(one.words or ""))


def relation_evidence(base: Unit, other: Unit, folded: tuple[Folded, Folded], shared: Reuse) -> dict[str, float]:
    """What tells a copy, a paraphrase and a refinement apart, as numbers."""
    first, second = folded
    pairs = [grams(one, 2) for one in folded]
    kept = len(pairs[0] & pairs[1])
    theirs, own = _words(base.text), [word for word in words(other.text) if len(word) > 1]
    new = [_kind(word) for word in own if word not in theirs]
    fresh = len(new) / max(len(own), 1)
    return {
        "copied": shared.ratio,
        "held": shared.held,
        "run": shared.length / max(len(second.text), 1),
        "longer": math.log(max(len(second.text), 1) / max(len(first.text), 1)),
        "pairs": kept / max(len(pairs[1]), 1),
        "pairs_held": kept / max(len(pairs[0]), 1),
        "fresh": fresh,
        "fresh_words": math.log1p(len(new)),
        "nouns": math.log1p(new.count("n")) - math.log1p(new.count("v")),
        "clauses": math.log((len(MARKS.findall(other.text)) + 1) / (len(MARKS.findall(base.text)) + 1)),
        "new_sentences": _new_sentences(other.text, pairs[0]),
        "listed": max(min(other.text.count("、") - base.text.count("、"), MOST), -MOST),
        "places": min(len(places_in(other.text)), MOST),
        "quoted": min(len(set(QUOTED.findall(other.text)) - set(QUOTED.findall(base.text))), MOST),
        "departments": min(len(departments(other.text) - departments(base.text)), MOST),
    }


@lru_cache(maxsize=1024)  # a baseline is compared with many documents
def _words(text: str) -> frozenset[str]:
    return frozenset(words(text))


@lru_cache(maxsize=65536)  # a word by itself, for tagging a whole text costs five times as much
def _kind(word: str) -> str:
    """The first letter of a word's part of speech: n, v …"""
    return tag(word)[0][1][:1]


def _new_sentences(text: str, theirs: Set[str]) -> float:
    """The share of sentences of which the other unit has little."""
    held = [fold(piece).text for piece in PIECES.split(text)]
    pairs = [pairs_of(piece) for piece in held]
    long = [one for one in pairs if len(one) > 4]
    return sum(len(one & theirs) < NEW_SENTENCE * len(one) for one in long) / max(len(long), 1)
