"""Lines in reading order → paragraphs: hard wraps undone by geometry, also over columns and pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from zhengce.read.layout_frames import Frame
from zhengce.read.layout_sheet import Run
from zhengce.read.layout_stacks import Stack

__all__ = ["Paragraph", "paragraphs_of"]

LABEL = re.compile(
    r"(?:[一二三四五六七八九十百]+、|[（(][一二三四五六七八九十百\d]+[）)]|\d+[.．、](?!\d)|第[一二三四五六七八九十百]+[章节条]"
    r"|[①-⑳]|附件[:：\d]|[□■◎●◆▲]|（?(?:上接|下转))"
)
LEADER = re.compile(r"[.…·．]{3,}\s*[（(]?\d{1,4}[）)]?$")  # dots that lead to a page number in a table of contents
ENDS = re.compile(r"[。！？!?；;：:][”’』」）)]*$")
# what may not be parted: a word or a sign, the brackets that open before it, the marks that may begin no line
UNIT = re.compile(r"[（(《〈【「『“‘]*(?:[A-Za-z0-9.,%\-/:_@]+|.)[，。、；：！？,.;:!?）)》〉】」』”’…%％]*")
# in type sizes: a first-line indent; what a line leaves blank before a word that would not have fitted, after a full
# stop and in mid-sentence (figures of half a width upset the grid); the blank between paragraphs, in usual blanks
INDENT, SLACK, LOOSE, APART = 0.9, 0.45, 2.0, 1.45


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that make one line of the raw text: a paragraph, a headline, or a table's row with its cells."""

    lines: tuple[Run, ...]


def paragraphs_of(stacks: Sequence[Stack], frames: Mapping[int, Frame]) -> Iterator[Paragraph]:
    """The paragraphs of stacks in reading order.

    A line that leaves room for the word that begins the next one ends a paragraph, so does one before a first-line
    indent; the lines of a headline of one size are one. Furniture between two halves has been taken out before.
    """
    held: list[Run] = []
    before: Stack | None = None
    for stack in stacks:
        for at, line in enumerate(stack.lines):
            following = stack.lines[at + 1] if at + 1 < len(stack.lines) else None
            if held and not (before and _continues(held[-1], before, line, stack, following, frames)):
                yield Paragraph(tuple(held))
                held = []
            held.append(line)
            before = stack
    if held:
        yield Paragraph(tuple(held))


def _continues(
    last: Run, before: Stack, line: Run, stack: Stack, following: Run | None, frames: Mapping[int, Frame]
) -> bool:
    """Whether a line goes on with the paragraph of the last one."""
    if last.kind != line.kind or line.kind == "cell" or (last.spread and line.spread):
        return False
    if abs(last.size - line.size) > 0.13 * max(last.size, line.size) or LEADER.search(last.text):
        return False
    if line.kind in ("heading", "caption"):
        return before is stack or (last.top_down and line.top_down)
    if last.top_down or line.top_down:
        full = stack.area.bottom - last.bottom < LOOSE * line.size
        return before is stack and full and line.top - stack.area.top < INDENT * line.size
    frame, own = frames.get(id(before)), frames.get(id(stack))
    if frame is None or own is None:
        return False
    ended = bool(ENDS.search(last.text))
    if frame.right - last.x1 > (_first_width(line.text) + (SLACK if ended else LOOSE)) * line.size:
        return False
    if before is not stack and stack.barred and last.page == line.page and line.top > last.bottom:
        return False
    if before is stack and line.top - last.bottom > _leading(stack) * APART + 2:
        return False
    if line.x0 - own.left < INDENT * line.size:
        return own.indented or not (ended and LABEL.match(line.text))
    hanging = following is not None and abs(following.x0 - line.x0) < 0.3 * line.size
    return hanging and not ended and before is stack and last.x0 < line.x0 - INDENT * line.size


def _first_width(text: str) -> float:
    """The width, in type sizes, of what may not be parted at a line's beginning."""
    unit = UNIT.match(text)
    return sum(0.55 if ord(char) < 0x2E80 else 1.0 for char in unit[0]) if unit else 1.0


def _leading(stack: Stack) -> float:
    """The usual blank between two lines of a stack."""
    blanks = sorted(after.top - line.bottom for line, after in zip(stack.lines, stack.lines[1:], strict=False))
    return max(blanks[len(blanks) // 3], 0.0) if blanks else 0.0
