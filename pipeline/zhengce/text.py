"""Spans, edits and the alignment that leads from an edited text back to its source.

Coordinates are Unicode code points, half-open. A repair proposes `Edit`s; `apply` makes the new text and the
`Alignment`; alignments compose with `then`, and a text put together from pieces (columns, articles) is an alignment
too, made by `rearrange`. So a span of the cleaned text always leads back to the raw pieces that it rests on.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import Literal

__all__ = ["Alignment", "Certainty", "Cover", "Edit", "Repair", "Segment", "Span", "apply", "merge", "rearrange"]

Certainty = Literal["exact", "determined", "inferred", "lost"]


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Span:
    """A half-open stretch of code points."""

    start: int
    end: int

    def __init__(self, *, start: int, end: int) -> None:
        # what a dataclass would make takes half as long again, and a document has thousands of spans
        if not 0 <= start <= end:
            raise ValueError(f"no span runs from {start} to {end}")
        _set_start(self, start)
        _set_end(self, end)

    def __len__(self) -> int:
        return self.end - self.start

    def __contains__(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a character."""
        return max(self.start, other.start) < min(self.end, other.end)

    def shift(self, by: int) -> Span:
        """The same stretch, `by` characters further on."""
        return Span(start=self.start + by, end=self.end + by)


# the class with slots is made anew by the decorator, so its slots are known behind it
_set_start, _set_end = vars(Span)["start"].__set__, vars(Span)["end"].__set__


class Cover:
    """Stretches of a text that are taken, joined where they touch; asked in the time that their logarithm takes.

    >>> cover = Cover([Span(start=0, end=3), Span(start=8, end=9)])
    >>> cover.add(Span(start=2, end=5))
    >>> [cover.overlaps(Span(start=at, end=at + 1)) for at in (4, 5, 8)]
    [True, False, True]
    """

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for span in spans:
            self.add(span)

    def add(self, span: Span) -> None:
        """Take a stretch, which may overlap others."""
        if not len(span):
            return
        first, last = bisect_left(self._ends, span.start), bisect_right(self._starts, span.end)
        start = min([span.start, *self._starts[first : min(first + 1, last)]])
        end = max([span.end, *self._ends[max(last - 1, first) : last]])
        self._starts[first:last], self._ends[first:last] = [start], [end]

    def overlaps(self, span: Span) -> bool:
        """Whether any stretch that is taken shares a character with this one."""
        at = bisect_right(self._ends, span.start)
        return at < len(self._ends) and self._starts[at] < span.end and len(span) > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A proposal to write `replacement` instead of the text at `span`; `rule` names who proposes it."""

    span: Span
    replacement: str
    rule: str
    certainty: Certainty = "exact"


Repair = Callable[[str], Iterable[Edit]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A stretch of the new text and the old stretches it stands for; verbatim where it is a copy of one of them."""

    span: Span
    origins: tuple[Span, ...]
    verbatim: bool


@dataclass(frozen=True, kw_only=True)  # no slots: what `locate` looks up is kept
class Alignment:
    """The way back from a new text to an old one, as segments in the order of the new text, without gaps."""

    segments: tuple[Segment, ...]
    starts: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "starts", tuple(segment.span.start for segment in self.segments))

    @staticmethod
    def identity(length: int) -> Alignment:
        """The alignment of a text with itself."""
        whole = Span(start=0, end=length)
        return Alignment(segments=(Segment(span=whole, origins=(whole,), verbatim=True),) if length else ())

    def trace(self, span: Span) -> tuple[Span, ...]:
        """The old stretches that the new stretch `span` rests on, in the order in which they are shown.

        A span that shows any part of an edit rests on all that the edit replaced; text that was taken out is shown
        by nothing, so what stood on both sides of it comes back as two spans.
        """
        origin = self._copied(span)
        return (origin,) if origin else merge(origin for piece in self._pieces(span) for origin in piece.origins)

    def locate(self, old: Span) -> Span:
        """The new stretch that shows any of an old one; where all of it was taken out, the empty span at its place."""
        starts, reach, segments = self._by_origin
        shown: list[Span] = []
        at = bisect_left(starts, old.end) - 1
        while at >= 0 and reach[at] > old.start:
            piece = _shown(segments[at], old)
            shown += [piece] if piece is not None else []
            at -= 1
        if shown:
            return Span(start=min(piece.start for piece in shown), end=max(piece.end for piece in shown))
        ends, latest = self._by_end
        at = bisect_right(ends, old.start) - 1
        return Span(start=latest[at], end=latest[at]) if at >= 0 else Span(start=0, end=0)

    @cached_property
    def _by_origin(self) -> tuple[list[int], list[int], list[Segment]]:
        """Where origins start, in order, how far they and those before reach, and the segment of each."""
        pairs = [(origin, segment) for segment in self.segments for origin in segment.origins]
        pairs.sort(key=lambda pair: pair[0])
        reach = list(accumulate((origin.end for origin, _ in pairs), max))
        return [origin.start for origin, _ in pairs], reach, [segment for _, segment in pairs]

    @cached_property
    def _by_end(self) -> tuple[list[int], list[int]]:
        """Where the origins of segments end, in order, and how far those segments and the ones before reach."""
        pairs = sorted((segment.origins[-1].end, segment.span.end) for segment in self.segments)
        return [end for end, _ in pairs], list(accumulate((reached for _, reached in pairs), max))

    def then(self, later: Alignment) -> Alignment:
        """The alignment of two steps in one: `self` led from the old text to a middle one, `later` on from there."""
        segments: list[Segment] = []
        for segment in later.segments:
            if segment.verbatim:
                middle = segment.origins[0]
                origin = self._copied(middle)
                if origin:
                    same = origin.start == middle.start
                    segments.append(segment if same else Segment(span=segment.span, origins=(origin,), verbatim=True))
                    continue
                by = segment.span.start - middle.start
                segments += [
                    Segment(span=piece.span.shift(by), origins=piece.origins, verbatim=piece.verbatim)
                    for piece in self._pieces(middle)
                ]
            else:
                origins = merge(old for middle in segment.origins for old in self.trace(middle))
                segments.append(Segment(span=segment.span, origins=origins, verbatim=False))
        return Alignment(segments=tuple(segments))

    def _copied(self, span: Span) -> Span | None:
        """The old stretch of which `span` is a copy; None where it is empty or shows more than one segment."""
        at = bisect_right(self.starts, span.start) - 1
        if at < 0 or span.start == span.end:
            return None
        segment = self.segments[at]
        if not segment.verbatim or span.end > segment.span.end:
            return None
        return span.shift(segment.origins[0].start - segment.span.start)

    def _pieces(self, span: Span) -> Iterator[Segment]:
        """The segments under `span`, the first and the last cut to it."""
        at = max(bisect_right(self.starts, span.start) - 1, 0)
        for number in range(at, len(self.segments)):
            segment = self.segments[number]
            if segment.span.start >= span.end:
                return
            start, end = max(segment.span.start, span.start), min(segment.span.end, span.end)
            if start >= end:
                continue
            origins = segment.origins
            if segment.verbatim:
                first = origins[0].start - segment.span.start
                origins = (Span(start=start + first, end=end + first),)
            yield Segment(span=Span(start=start, end=end), origins=origins, verbatim=segment.verbatim)


def _shown(segment: Segment, old: Span) -> Span | None:
    if not any(origin.overlaps(old) for origin in segment.origins):
        return None
    if not segment.verbatim:
        return segment.span
    origin = segment.origins[0]
    by = segment.span.start - origin.start
    return Span(start=max(origin.start, old.start) + by, end=min(origin.end, old.end) + by)


def merge(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans in their order, neighbours that follow on from each other joined, empty ones left out."""
    merged: list[Span] = []
    for span in spans:
        if not len(span):
            continue
        if merged and merged[-1].start <= span.start <= merged[-1].end:
            merged[-1] = Span(start=merged[-1].start, end=max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)


def apply(text: str, edits: Iterable[Edit]) -> tuple[str, Alignment]:
    """The text with all edits made, and the way back.

    Raises ValueError where two edits overlap or one lies outside the text: a fault of the repair that proposed them.

    >>> text, alignment = apply("務(wù)工", [Edit(span=Span(start=0, end=5), replacement="務", rule="pinyin")])
    >>> text, alignment.trace(Span(start=0, end=1))
    ('務工', (Span(start=0, end=5),))
    """
    parts: list[str] = []
    segments: list[Segment] = []
    done = at = 0

    def add(part: str, origin: Span, verbatim: bool) -> None:
        nonlocal at
        if part:
            span = Span(start=at, end=at + len(part))
            segments.append(Segment(span=span, origins=(origin,), verbatim=verbatim))
            parts.append(part)
            at = span.end

    for edit in sorted(edits, key=lambda edit: (edit.span.start, edit.span.end)):
        if edit.span.start < done or edit.span.end > len(text):
            raise ValueError(f"{edit} overlaps the edit before it or lies outside the text")
        add(text[done : edit.span.start], Span(start=done, end=edit.span.start), True)
        add(edit.replacement, edit.span, False)
        done = edit.span.end
    add(text[done:], Span(start=done, end=len(text)), True)
    return "".join(parts), Alignment(segments=tuple(segments))


def rearrange(text: str, pieces: Sequence[Span]) -> tuple[str, Alignment]:
    """The text made of `pieces` of the old one in the order given (reading order of columns), and the way back."""
    segments, at = [], 0
    for piece in pieces:
        if len(piece):
            segments.append(Segment(span=Span(start=at, end=at + len(piece)), origins=(piece,), verbatim=True))
            at += len(piece)
    return "".join(text[piece.start : piece.end] for piece in pieces), Alignment(segments=tuple(segments))
