"""Lines of a page, table or paragraph, and the raw text that they make together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from zhengce.document import Block, BlockKind
from zhengce.text import Span

__all__ = ["Line", "lay_out"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What will be one line, or one paragraph, of the raw text: a single cell for prose, several for a table's row."""

    cells: tuple[str, ...]
    kind: BlockKind = "paragraph"
    page: int | None = None
    box: tuple[float, float, float, float] | None = None


def lay_out(lines: Iterable[Line]) -> tuple[str, tuple[Block, ...]]:
    r"""The lines joined by newlines, cells of a row by tabs, and one block for every cell that is not blank.

    Returns the text and its blocks; their spans are code points of that text.

    >>> text, blocks = lay_out([Line(cells=("附件",)), Line(cells=("补贴项目", "", "标准"), kind="cell")])
    >>> text, [text[block.span.start : block.span.end] for block in blocks]
    ('附件\n补贴项目\t\t标准', ['附件', '补贴项目', '标准'])
    """
    parts: list[str] = []
    blocks: list[Block] = []
    at = 0
    for line in lines:
        for cell in line.cells:
            if cell.strip():
                span = Span(start=at, end=at + len(cell))
                blocks.append(Block(span=span, kind=line.kind, page=line.page, box=line.box))
            at += len(cell) + 1
        parts.append("\t".join(line.cells))
    return "\n".join(parts), tuple(blocks)
