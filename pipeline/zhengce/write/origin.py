"""The way back from a clean text to its page, kept beside the tables so that no later step needs the file again."""

from __future__ import annotations

from zhengce.document import Block, Document
from zhengce.text import Segment

__all__ = ["origin_row"]


def origin_row(document: Document) -> dict[str, object]:
    """The row of `origins.jsonl`: the raw text, its blocks, and the alignment, all in code points.

    A segment of `alignment` is [length, raw start] where it is a copy of the raw text, else [length, start, end, …]
    with the stretches that it stands for; a block is [start, end, kind] and, where they are known, page, x0, top, x1
    and bottom.
    """
    return {
        "document": document.id,
        "raw": document.raw.text,
        "blocks": [_block_row(block) for block in document.raw.blocks],
        "alignment": [_segment_row(segment) for segment in document.alignment.segments],
    }


def _block_row(block: Block) -> list[object]:
    place: list[object] = [] if block.page is None else [block.page, *(block.box or ())]
    return [block.span.start, block.span.end, block.kind, *place]


def _segment_row(segment: Segment) -> list[int]:
    if segment.verbatim:
        return [len(segment.span), segment.origins[0].start]
    return [len(segment.span), *(end for origin in segment.origins for end in (origin.start, origin.end))]
