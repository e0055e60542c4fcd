"""What stands in the margins of pages, as the reader has told: running heads, page numbers, watermarks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from zhengce.document import Block
from zhengce.text import Edit, Span

__all__ = ["margins"]


def margins(text: str, blocks: Sequence[Block]) -> Iterator[Edit]:
    r"""Proposes to take out the blocks of kind furniture, each with its line end where it stands alone on its line.

    Blocks are those of `text`: no other repair may come before.

    >>> from zhengce.text import apply
    >>> block = Block(span=Span(start=11, end=16), kind="furniture")
    >>> apply("各县要抓好落实工作。\n— 3 —\n附件", list(margins("各县要抓好落实工作。\n— 3 —\n附件", [block])))[0]
    '各县要抓好落实工作。\n附件'
    """
    for block in blocks:
        if block.kind == "furniture":
            start, end = block.span.start, block.span.end
            opens, closes = start == 0 or text[start - 1] == "\n", end == len(text) or text[end] == "\n"
            if opens and closes and end < len(text):
                end += 1
            yield Edit(span=Span(start=start, end=end), replacement="", rule="furniture.margin")
