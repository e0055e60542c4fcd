"""Where the articles of a newspaper page begin, by what the page shows: its headlines and its marks of continuation."""

from __future__ import annotations

import re

from zhengce.document import Block, Document, DocumentKind
from zhengce.text import Span

__all__ = ["articles"]

LABEL = re.compile(
    r"\s*(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d{1,2}[.．、]|第.{1,4}[章节条])"
)
RESUMED = re.compile(r"上接")
FEWEST = 2
# what a newspaper page is taken for before its articles are told apart
NEWSPAPER: frozenset[DocumentKind] = frozenset({"news", "other", "interpretation", "speech"})


def articles(document: Document) -> dict[int, str | None]:
    """Where articles begin in the clean text, and their headlines; None for one that began on another page.

    Headlines are the blocks of kind heading of a laid-out page (one with boxes), two or more, none of them numbered; an
    official document has a title and no articles.
    """
    found: dict[int, str | None] = {}
    if document.header.kind in NEWSPAPER and not document.header.number:
        groups = _headlines(document)
        if len(groups) >= FEWEST:
            found = {span.start: re.sub(r"(?<!\s)\s*\n\s*", " ", document[span]).strip() for span in groups}
    for note in document.notes:
        origins = note.raw_spans or ()
        mark = "".join(document.raw.text[span.start : span.end] for span in origins)
        if note.doubt == "furniture" and RESUMED.search(mark) and _alone(document.raw.text, origins):
            found.setdefault(note.span.start, None)
    return found


def _headlines(document: Document) -> list[Span]:
    """The headlines in the clean text, lines that follow each other joined."""
    groups: list[Span] = []
    before: Block | None = None
    for block in document.raw.blocks:
        if block.kind == "heading" and block.box is not None:
            span = document.alignment.locate(block.span)
            if len(span) and not LABEL.match(document[span]):
                together = before is not None and before.kind == "heading" and groups
                groups[-1:] = [Span(start=groups[-1].start, end=span.end)] if together else [*groups[-1:], span]
        before = block
    return groups


def _alone(text: str, origins: tuple[Span, ...]) -> bool:
    """Whether a mark stands on a line by itself: one inside a line says where the article goes on."""
    start, end = origins[0].start, origins[-1].end
    close = text.find("\n", end)
    return (
        not text[text.rfind("\n", 0, start) + 1 : start].strip()
        and not text[end : None if close < 0 else close].strip()
    )
