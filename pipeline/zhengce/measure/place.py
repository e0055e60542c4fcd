"""Where the records of a coder stand in a clean text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from zhengce.measure.canonical import fold
from zhengce.measure.mark import Mark
from zhengce.text import Span

__all__ = ["place"]


def place(marks: Iterable[Mark], text: str, *, trusted: bool) -> list[Mark]:
    """The marks with their `span` in the clean text, None where their quote stands nowhere.

    Spans that were coded are taken as they are where they are `trusted` to count in this very text; else only where
    they hold the quote, which otherwise is looked for: the occurrence nearest to the span, or the first one (inside
    `within`, where that is given). White space, width and the style of quotes make no difference. Marks with places in
    the raw file and none in the text are left alone.

    >>> text = "到2025年， 培育 “川妹子”品牌。"
    >>> [mark.span for mark in place([Mark(kind="brands", quote='"川妹子"')], text, trusted=False)]
    [Span(start=11, end=16)]
    """
    folded = _Folded(text)
    return [mark if mark.raw and mark.span is None else _placed(mark, text, folded, trusted) for mark in marks]


def _placed(mark: Mark, text: str, folded: _Folded, trusted: bool) -> Mark:
    span = mark.span
    if span is not None:
        inside = bool(span) and span.end <= len(text)
        if inside and (trusted or not mark.quote or fold(text[span.start : span.end]) == fold(mark.quote)):
            return mark if mark.quote else replace(mark, quote=text[span.start : span.end])
    found = folded.find(mark.quote or "", mark.within, span.start if span else None)
    return replace(mark, span=found)


class _Folded:
    """A text folded on demand, and the way back to its offsets."""

    def __init__(self, text: str) -> None:
        self._whole = text
        self._text: str | None = None
        self._offsets: list[int] = []

    def find(self, quote: str, within: str | None, near: int | None) -> Span | None:
        if self._text is None:
            pieces = [(at, char) for at, whole in enumerate(self._whole) for char in fold(whole)]
            self._text = "".join(char for _, char in pieces)
            self._offsets = [at for at, _ in pieces]
        words = fold(quote)
        if not words:
            return None
        at = self._nearest(words, near) if near is not None else self._first(words, within)
        if at < 0:
            return None
        return Span(start=self._offsets[at], end=self._offsets[at + len(words) - 1] + 1)

    def _first(self, words: str, within: str | None) -> int:
        assert self._text is not None
        longer = fold(within or "")
        start = max(self._text.find(longer), 0) if longer != words else 0
        return self._text.find(words, start)

    def _nearest(self, words: str, near: int) -> int:
        assert self._text is not None
        places = []
        at = self._text.find(words)
        while at >= 0:
            places.append(at)
            at = self._text.find(words, at + 1)
        return min(places, key=lambda at: abs(self._offsets[at] - near), default=-1)
