"""Paragraphs → the raw text and its blocks, one block for every printed line or cell."""

from __future__ import annotations

import re
from collections.abc import Iterable

from zhengce.document import Block
from zhengce.read.layout_paragraphs import Paragraph
from zhengce.text import Span

__all__ = ["text_of"]

# names of two bodies that issue a document together stand on lines of their own in its title
ISSUER = re.compile(
    r"[^，。关]{2,24}(?:厅|局|委|委员会|部|办公室|院|政府|联合会|总工会|法院|检察院|银行)(?=关于|印发|$)"
)
LATIN = re.compile(r"[A-Za-z0-9,.;:)%]$")


def text_of(paragraphs: Iterable[Paragraph]) -> tuple[str, tuple[Block, ...]]:
    """The paragraphs joined by newlines, the cells of a row by tabs, lines by nothing (Latin words by a blank).

    Spans of the blocks are code points of that text, boxes are points.
    """
    parts: list[str] = []
    blocks: list[Block] = []
    at = 0

    def add(part: str) -> None:
        nonlocal at
        parts.append(part)
        at += len(part)

    for ordinal, paragraph in enumerate(paragraphs):
        add("\n" if ordinal else "")
        row = paragraph.lines[0].cells
        for place, line in enumerate(row or paragraph.lines):
            if place:
                last = (row or paragraph.lines)[place - 1].text
                latin = LATIN.search(last) and re.match(r"[A-Za-z0-9(]", line.text)
                named = line.kind == "heading" and ISSUER.fullmatch(last) and ISSUER.match(line.text)
                add("\t" if row else " " if latin or named else "")
            if line.text.strip():
                span = Span(start=at, end=at + len(line.text))
                blocks.append(Block(span=span, kind=line.kind, page=line.page, box=line.box))
            add(line.text)
    return "".join(parts), tuple(blocks)
