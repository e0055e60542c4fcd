"""The evidence on every quoted phrase and named brand: is it a labour brand, a training programme or something else?"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import pairwise

from zhengce.candidate import Candidate
from zhengce.document import Document
from zhengce.extract.brand import MARKS, shape_of
from zhengce.extract.name_stretch import unquoted_names
from zhengce.extract.surroundings import surroundings, tail_and_head
from zhengce.record import Brand, Record
from zhengce.sentence import sentences
from zhengce.text import Span

__all__ = ["name_evidence"]

QUOTED = re.compile(r"《[^》\n]*》|(?P<name>[“「『‘\"][^“「『‘”」』’\"\n，。；！？]{1,16}[”」』’\"])")
WINDOW = 24
ABOUT = ("劳务品牌", "培训", "品牌", "就业", "党建", "农产品", "旅游")
LABELS = {"labour_brand": "brand", "training_programme": "programme"}


def name_evidence(document: Document, records: Iterable[Record]) -> tuple[Candidate, ...]:
    """A candidate for every name in `records`, quoted phrase of up to 16 characters and possible name, in text order.

    The features are characters and jieba's words of the name and around it, its shape (region, occupation), what the
    text is about, and what was decided by the rules (`ruled`).
    """
    made = {record.citation.span: LABELS[record.kind] for record in records if isinstance(record, Brand)}
    spans = _spans(document.text, sorted(made))
    about = tuple(f"about:{word}={min(document.text.count(word), 3)}" for word in ABOUT)
    over = iter(sentences(document.text)) if spans else iter(())
    sentence = next(over, None)
    found = []
    for span in spans:
        while sentence and sentence.end < span.end:
            sentence = next(over, None)
        around = sentence if sentence and sentence.start <= span.start else span
        said = made.get(span, "other")
        features = (*_features(document, span, around), *about, f"ruled={said}")
        found.append(Candidate(question="name", span=span, sentence=around, ruled=said, features=features))
    return tuple(found)


def _spans(text: str, made: list[Span]) -> list[Span]:
    """The names that were found, then what stands in quotes, then what may be a name without them; none overlaps."""
    quoted = [Span(start=match.start(), end=match.end()) for match in QUOTED.finditer(text) if match["name"]]
    taken: list[Span] = []
    for span in (*made, *quoted, *unquoted_names(text)):
        at = bisect_left(taken, span)
        if not any(span.overlaps(other) for other in taken[max(at - 1, 0) : at + 1]):
            taken.insert(at, span)
    return taken


def _features(document: Document, span: Span, sentence: Span) -> Iterator[str]:
    name = document[span].strip(MARKS)
    yield f"quoted={name != document[span]}"
    yield f"length={len(name)}"
    yield from (f"name:{one}{two}" for one, two in pairwise(f"^{name}$"))
    yield from (f"name_ends={name[-size:]}" for size in (1, 2, 3))
    yield f"name_opens={name[:1]}"
    region, occupation = shape_of(name)
    yield f"region={region}"
    yield f"occupation={occupation}"
    yield f"shape={region}+{occupation}"
    around = Span(start=max(sentence.start, span.start - WINDOW), end=min(sentence.end, span.end + WINDOW))
    yield from tail_and_head(document, span, around)
    listed = document.text[span.end : span.end + 1] in tuple("、“「") or document.text[
        span.start - 1 : span.start
    ] in tuple("、”」")
    yield f"listed={listed}"
    window = document.text[max(0, span.start - 40) : span.start], document.text[span.end : span.end + 40]
    for side, text in zip(("back", "ahead"), window, strict=True):
        yield from (
            f"{side}:{word}" for word in ("劳务品牌", "品牌", "培训", "技能", "就业", "打造", "党建") if word in text
        )
    yield from surroundings(document, span.start)
