"""A duty in the place of an encouragement, and the reverse, in sentences that otherwise say the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from zhengce.compare.fold import fold
from zhengce.compare.reuse import dice, pairs_of
from zhengce.lexicon import alternation, column
from zhengce.pair import Difference, Unit
from zhengce.sentence import sentences
from zhengce.text import Span

__all__ = ["modality_differences"]

SAME_SENTENCE = 0.45  # Dice of the pairs of characters above which two sentences say the same
# words in which one of the lexicon only seems to stand: 适宜, 便宜, 必须的
SEEMING = r"(?<![适便事因不])宜(?![居业人传昌宾春])|(?<!必)须(?!知)"


def modality_differences(base: Unit, other: Unit) -> Iterator[Difference]:
    """Sentences that bind where the baseline's only encourages (stronger), or the other way round (weaker)."""
    for span, force, word in _forces(other.text):
        pairs = _pairs(other.text[span.start : span.end]) if force else frozenset()
        if not pairs:
            continue
        before = ((_pairs(base.text[one.start : one.end]), one, of, at) for one, of, at in _forces(base.text))
        alike = [(dice(pairs, theirs), place, of, at) for theirs, place, of, at in before if theirs]
        best = max(alike, default=None, key=lambda one: one[0])
        if best is None or best[0] < SAME_SENTENCE or best[2] in (None, force):
            continue
        yield Difference(
            kind="duty", change="stronger" if force == "duty" else "weaker",
            base_words=base.text[best[1].start + best[3].start : best[1].start + best[3].end],
            base_span=best[3].shift(best[1].start + base.span.start),
            words=other.text[span.start + word.start : span.start + word.end],
            span=word.shift(span.start + other.span.start),
        )  # fmt: skip


@cache
def _words() -> tuple[re.Pattern[str], frozenset[str]]:
    plain = [word for word in column("modality", "word") if len(word) > 1]
    return re.compile(f"{alternation(plain)}|{SEEMING}"), frozenset(column("modality", "word", force="duty"))


@lru_cache(maxsize=1024)  # a baseline is compared with many documents
def _forces(text: str) -> tuple[tuple[Span, str | None, Span], ...]:
    """The sentences of a unit, each with its force, None where it has none or both, and where in it the word stands."""
    pattern, duties = _words()
    held = []
    for span in sentences(text):
        found = list(pattern.finditer(text[span.start : span.end]))
        forces = {"duty" if match[0] in duties else "leave" for match in found}
        place = Span(start=found[0].start(), end=found[0].end()) if found else Span(start=0, end=0)
        held.append((span, next(iter(forces)) if len(forces) == 1 else None, place))
    return tuple(held)


@lru_cache(maxsize=4096)
def _pairs(sentence: str) -> frozenset[str]:
    """The pairs of characters of a sentence without its modal words."""
    return pairs_of(fold(_words()[0].sub("", sentence)).text)
