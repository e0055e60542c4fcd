"""The units of a text that coders label, and the labels that their records give them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import pairwise

from zhengce.measure.mark import Mark
from zhengce.sentence import sentences
from zhengce.text import Span

__all__ = ["LEVELS", "SET", "labelled"]

LEVELS = ("character", "sentence", "provision")
SET = "set"

Labels = tuple[Hashable, ...]
Coded = Mapping[str, Sequence[Mark]]


def labelled(
    text: str, provisions: Iterable[Span], coders: Sequence[Coded | None], kinds: Sequence[str]
) -> dict[tuple[str, str], Counter[Labels]]:
    """Units of one text counted by their labels, for each of LEVELS and each of the kinds.

    A unit of a kind is labelled True where a record of that kind touches it, else False; under the name SET, with all
    the kinds that touch it. `provisions` are where labels of provisions stand: each reaches to the next. A coder who
    did not see the text is None and labels None, as for a kind that the coder did not look for; under SET as soon as
    there is one such kind.

    >>> from zhengce.text import Span
    >>> first = {"targets": [Mark(kind="targets", span=Span(start=8, end=13))]}
    >>> counts = labelled("一、总体目标。\\n培训2万人。", [Span(start=0, end=6)], [first, {"targets": []}], ["targets"])
    >>> sorted(counts["character", "targets"].items())
    [((False, False), 9), ((True, False), 5)]
    >>> dict(counts["provision", "targets"]), sorted(counts["sentence", "targets"].items())
    ({(True, False): 1}, [((False, False), 1), ((True, False), 1)])
    """
    starts = sorted({span.start for span in provisions})
    units = {
        "character": _pieces(text, coders),
        "sentence": [(span, 1) for span in sentences(text)],
        "provision": [(Span(start=start, end=end), 1) for start, end in pairwise([*starts, len(text)])],
    }
    counts: dict[tuple[str, str], Counter[Labels]] = {
        (level, kind): Counter() for level in LEVELS for kind in (*kinds, SET)
    }
    for level, spans in units.items():
        for span, times in spans:
            touched = [_touched(span, coder, kinds) for coder in coders]
            for kind in kinds:
                counts[level, kind][tuple(None if of is None else of.get(kind) for of in touched)] += times
            counts[level, SET][tuple(map(_set, touched))] += times
    return counts


def _pieces(text: str, coders: Iterable[Coded | None]) -> list[tuple[Span, int]]:
    """Stretches of characters that no record begins or ends within, with how many characters they are."""
    spans = [mark.span for coder in coders if coder for marks in coder.values() for mark in marks if mark.span]
    cuts = sorted({0, len(text)} | {at for span in spans for at in (span.start, span.end) if at < len(text)})
    return [(Span(start=start, end=end), end - start) for start, end in pairwise(cuts)]


def _touched(unit: Span, coder: Coded | None, kinds: Iterable[str]) -> dict[str, bool | None] | None:
    if coder is None:
        return None
    return {
        kind: any(mark.span is not None and mark.span.overlaps(unit) for mark in coder[kind]) if kind in coder else None
        for kind in kinds
    }


def _set(touched: Mapping[str, bool | None] | None) -> Hashable:
    if touched is None or None in touched.values():
        return None
    return frozenset(kind for kind, touches in touched.items() if touches)
