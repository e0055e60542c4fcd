"""The days on which something is held, in the text of a document that anchors them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from zhengce.document import Document
from zhengce.extract.tense import anchor_year
from zhengce.text import Span
from zhengce.value.occasion import Occasion, occasions

__all__ = ["days_in"]


def days_in(document: Document, within: Span) -> Iterator[Occasion]:
    """The occasions in a stretch of a document, read by its day of publication, else of writing, else its year.

    >>> from zhengce.flow import process
    >>> document = process("2025年春季招聘会\\n2月9日举行。\\n".encode(), "a.txt").document
    >>> [(document[one.span], str(one.first)) for one in days_in(document, Span(start=0, end=len(document.text)))]
    [('2月9日', '2025-02-09')]
    """
    header = document.header
    for one in occasions(document[within], header.published or header.written, anchor_year(document)):
        yield replace(one, span=one.span.shift(within.start))
