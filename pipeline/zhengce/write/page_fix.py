"""Every repair of a text, as it is marked in the clean text and in the raw one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

from zhengce.document import Document
from zhengce.text import Alignment, Span
from zhengce.write.enumeration import enumeration
from zhengce.write.page_text import Fix
from zhengce.write.visible import visible

if TYPE_CHECKING:
    from zhengce.mending import Change

__all__ = ["fixes"]

LONGEST = 60  # characters of a repaired stretch that its title repeats
CERTAINTIES = {"exact": "确切", "determined": "可判定", "inferred": "推断", "lost": "有丢失"}


def fixes(document: Document, changes: Sequence[Change]) -> tuple[list[Fix], list[Fix]]:
    """The repairs of a document in its clean text, with its doubts, and in its raw one, in the order of each text.

    What was taken out is an empty stretch of the clean text; what was put in is in the clean text only. `changes` are
    the edits that cleaning made, which say by which rules a stretch was repaired, and how surely.
    """
    rules = _Rules(changes)
    clean, raw = [], []
    for segment in document.alignment.segments:
        if not segment.verbatim:
            before = "".join(document.raw.text[one.start : one.end] for one in segment.origins)
            title = _title(before, document[segment.span], rules.over(segment.origins))
            clean.append(Fix(start=segment.span.start, end=segment.span.end, title=title))
            raw += [Fix(start=one.start, end=one.end, title=title) for one in segment.origins]
    for gone, at in _gone(document.alignment, len(document.raw.text)):
        title = _title(document.raw.text[gone.start : gone.end], "", rules.over((gone,)))
        clean.append(Fix(start=at, end=at, title=title))
        raw.append(Fix(start=gone.start, end=gone.end, title=title, style="fix out"))
    return [*clean, *_doubts(document)], raw


def _gone(alignment: Alignment, length: int) -> Iterator[tuple[Span, int]]:
    """The raw stretches that the clean text does not show, each with its place there: behind what stood before it."""
    shown = sorted(
        (origin.start, origin.end, segment.span.end) for segment in alignment.segments for origin in segment.origins
    )
    done = place = 0
    for start, end, at in (*shown, (length, length, 0)):
        if start > done:
            yield Span(start=done, end=start), place
        if end > done:
            done, place = end, at


def _doubts(document: Document) -> Iterator[Fix]:
    names = {choice.value: choice.label_zh for choice in enumeration("notes", "doubt")}
    for note in document.notes:
        if len(note.span) and note.doubt != "inferred":
            title = f"{names[note.doubt]} {note.doubt}: {note.message}"
            yield Fix(start=note.span.start, end=note.span.end, title=title, style="doubt")


def _title(before: str, after: str, told: str) -> str:
    return f"{_short(before)} → {_short(after)}{f' · {told}' if told else ''}"


def _short(text: str) -> str:
    # white space is shown as what it is, or nobody sees what was taken out
    seen = visible(text).replace("\n", "⏎").replace("\t", "⇥").replace(" ", "␣").replace("\u3000", "□")
    return f"「{seen if len(seen) <= LONGEST else seen[:LONGEST] + '…'}」"


class _Rules:
    """Which edits touched a stretch of the raw text."""

    def __init__(self, changes: Sequence[Change]) -> None:
        held = sorted(
            ((span.start, span.end, change) for change in changes for span in change.raw_spans),
            key=lambda one: one[:2],
        )  # fmt: skip
        self._held = held
        self._starts = [start for start, _, _ in held]
        self._reach = list(accumulate((end for _, end, _ in held), max))

    def over(self, spans: Sequence[Span]) -> str:
        """Their rules and how sure the least sure of them is, in words."""
        found: dict[str, str] = {}
        for span in spans:
            for place in range(bisect_right(self._starts, span.end - 1) - 1, -1, -1):
                if self._reach[place] <= span.start:
                    break
                start, end, change = self._held[place]
                if start < span.end and end > span.start:
                    found.setdefault(change.rule, change.certainty)
        if not found:
            return ""
        least = max(found.values(), key=list(CERTAINTIES).index)
        return f"{', '.join(reversed(found))} · {CERTAINTIES[least]} {least}"
