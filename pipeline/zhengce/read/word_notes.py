"""What a Word document leaves in doubt, as notes at their places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from zhengce.document import Doubt, Note
from zhengce.read.docx_symbols import LOST
from zhengce.read.lines import Line
from zhengce.text import Span

__all__ = ["located", "lost_symbols"]


def located(remarks: Iterable[tuple[int, Doubt, str]], lines: Iterable[Line]) -> Iterator[Note]:
    """A note for each remark (the ordinal of a line, the doubt, a message), over the line that it is about."""
    spans, at = [], 0
    for line in lines:
        length = sum(map(len, line.cells)) + len(line.cells) - 1
        spans.append(Span(start=at, end=at + length))
        at += length + 1
    for ordinal, doubt, message in remarks:
        yield Note(doubt=doubt, span=spans[ordinal], message=message)


def lost_symbols(text: str) -> Iterator[Note]:
    """A note for each sign of a symbol font that could not be shown (U+FFFD)."""
    for at, mark in enumerate(text):
        if mark == LOST:
            message = "a sign of a symbol font that has no code of its own"
            yield Note(doubt="undecodable", span=Span(start=at, end=at + 1), message=message)
