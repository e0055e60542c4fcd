"""Headlines and captions: which stacks of a page are not running text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from zhengce.read.layout_sheet import Area, Run, hull
from zhengce.read.layout_stacks import Stack

__all__ = ["Head", "captions_apart", "heads_of", "is_head", "set_marks_apart"]

# in sizes of the body: a headline, one over several columns, and what stands by it (引题 kicker, 副题 subhead)
LARGE, WIDE, NEAR = 1.45, 1.25, 1.08
CONTINUED = re.compile(r"[《（(■◆▶]?\s?(?:上接|紧接)第?\s?[\dA-Z一二三四五六七八九十]{1,3}\s?版.{0,30}")
CREDIT = re.compile(r"(?:摄影?|供图|图|资料图|制图|提供)[）)]?$")
PICTURED = re.compile(r"[▲▼◆■]?(?:[上下左右]?图[为：:]|图片|新华社[^。]{0,8}摄)")
CAPTION_LINES = 6


@dataclass(eq=False)
class Head:
    """A headline with what stands by it, from the top downwards; `reach` is how far its columns may go.

    `flush` says that it begins where a column begins.
    """

    stacks: list[Stack]
    reach: tuple[float, float] = (0.0, 0.0)
    flush: bool = False

    @cached_property
    def area(self) -> Area:
        """The smallest area that holds it."""
        return hull(line for stack in self.stacks for line in stack.lines)

    @property
    def top_down(self) -> bool:
        """Whether it is set top-down."""
        return self.stacks[0].lines[0].top_down


def is_head(stack: Stack, size: float, width: float) -> bool:
    """Whether a stack is a headline on a page with a body of `size` and columns of `width` points."""
    letters = sum("\u3400" <= char <= "\u9fff" or char.isalpha() for char in stack.text)
    if letters < 2 or len(stack.text) > 120 or stack.lines[0].kind == "cell":
        return False
    if CONTINUED.fullmatch(stack.lines[0].text) and len(stack.lines) == 1:
        return True
    wide = stack.area.x1 - stack.area.x0 > 1.15 * width
    return stack.size >= (WIDE if wide or stack.lines[0].top_down else LARGE) * size


def heads_of(
    stacks: Sequence[Stack], pictures: Sequence[Area], size: float, width: float
) -> tuple[list[Head], list[Stack]]:
    """The headlines of a page, each with its kicker and subheads, and the stacks that are left."""
    sure = [stack for stack in stacks if is_head(stack, size, width)]
    loose = [stack for stack in stacks if stack not in sure]
    groups: list[list[Stack]] = [[stack] for stack in sure]
    merged = True
    while merged:
        merged = False
        for at, group in enumerate(groups):
            other = next((other for other in groups[at + 1 :] if _belong(group, other)), None)
            if other is not None:
                group += other
                groups.remove(other)
                merged = True
                break
    for stack in list(loose):
        if len(stack.lines) <= 2 and stack.size >= NEAR * size:
            near = next((group for group in groups if _belong(group, [stack])), None)
            if near:
                near.append(stack)
                loose.remove(stack)
    heads = [Head(group) for group in groups]
    for head in heads:
        head.reach = _reach(head, [*loose, *(other for other in heads if other is not head)], pictures)
    for stack in list(loose):
        if len(stack.lines) <= 2 and stack.size >= NEAR * size:
            by = [head for head in heads if _stands_by(stack, head)]
            if by:
                nearest = min(by, key=lambda head: (_away(stack.area, head.area), head.area))
                nearest.stacks.append(stack)
                loose.remove(stack)
    return [_sorted(head) for head in heads], loose


def _stands_by(stack: Stack, head: Head) -> bool:
    """Whether a short line stands close over or under a headline, within the columns of its story."""
    area, own, room = stack.area, head.area, head.stacks[0].size
    within = head.reach[0] - room < area.x0 and area.x1 < head.reach[1] + room
    apart = max(own.top - area.bottom, area.top - own.bottom)
    return not head.top_down and within and -0.3 * stack.size < apart < room


def _away(one: Area, other: Area) -> float:
    """How far two areas stand apart from left to right; negative where one stands over the other."""
    return max(one.x0, other.x0) - min(one.x1, other.x1)


def _sorted(head: Head) -> Head:
    """The headline with its parts from the top downwards (set top-down: from the right)."""
    down = head.top_down
    parts = sorted(
        head.stacks, key=lambda part: (-part.area.x1, part.area.top) if down else (part.area.top, part.area.x0)
    )  # fmt: skip
    return Head(parts, head.reach, head.flush)


def _reach(head: Head, others: Sequence[Stack | Head], pictures: Sequence[Area]) -> tuple[float, float]:
    """From where to where a headline's story goes: as far as it has blank paper beside it, equally to either side.

    A headline that begins at the left edge of its columns goes to the right alone.
    """
    own = head.area
    level = [
        area
        for area in (*(other.area for other in others), *pictures)
        if min(area.bottom, own.bottom) - max(area.top, own.top) > 0.2 * (own.bottom - own.top)
    ]
    left = max((area.x1 for area in level if area.x1 <= own.x0 + 1), default=min(o.area.x0 for o in [head, *others]))
    right = min((area.x0 for area in level if area.x0 >= own.x1 - 1), default=max(o.area.x1 for o in [head, *others]))
    before, after = max(own.x0 - left, 0), max(right - own.x1, 0)
    side, size = min(before, after), head.stacks[0].size
    head.flush = before < 1.2 * size or any(
        isinstance(other, Stack)
        and abs(other.area.x0 - own.x0) < other.size
        and -1 < other.area.top - own.bottom < 3 * size
        for other in others
    )
    return own.x0 - side, own.x1 + (after if head.flush else side)


def _belong(group: Sequence[Stack], other: Sequence[Stack]) -> bool:
    return any(_is_close(one, two) for one in group for two in other)


def _is_close(one: Stack, two: Stack) -> bool:
    """Whether two stacks stand below each other (for text set top-down: beside each other) like parts of a headline."""
    first, second = one.area, two.area
    room = 1.0 * max(one.size, two.size)
    if one.lines[0].top_down or two.lines[0].top_down:
        beside = max(first.x0, second.x0) - min(first.x1, second.x1)
        return beside < room and min(first.bottom, second.bottom) - max(first.top, second.top) > one.size
    if any(CONTINUED.fullmatch(stack.lines[0].text) for stack in (one, two)):
        return False
    shared = min(first.x1, second.x1) - max(first.x0, second.x0)
    apart = max(first.top, second.top) - min(first.bottom, second.bottom)
    return apart < room and shared > 0.5 * min(first.x1 - first.x0, second.x1 - second.x0)


def captions_apart(stacks: Sequence[Stack], pictures: Sequence[Area], size: float) -> tuple[list[Stack], list[Stack]]:
    """The stacks without the captions that begin them, and the captions (their lines are of that kind now)."""
    bodies: list[Stack] = []
    captions: list[Stack] = []
    for stack in stacks:
        count = _caption_length(stack, pictures, size) if pictures else 0
        if count:
            captions.append(Stack(stack.lines[:count]))
        for line in stack.lines[:count]:
            line.kind = "caption"
        if count < len(stack.lines):
            bodies.append(Stack(stack.lines[count:], stack.barred and not count))
    return bodies, captions


def _caption_length(stack: Stack, pictures: Sequence[Area], size: float) -> int:
    """How many of a stack's first lines are the caption of a picture above them; 0 where none is."""
    first = stack.lines[0]
    over = [
        picture
        for picture in pictures
        if -0.5 * size < first.top - picture.bottom < 2.2 * size
        and first.x0 > picture.x0 - 2 * size
        and first.x1 < picture.x1 + 2 * size
    ]
    if not over:
        return 0
    for count, line in enumerate(stack.lines[:CAPTION_LINES], start=1):
        if CREDIT.search(line.text):
            return count
    told = stack.size < 0.94 * size or PICTURED.match(first.text)
    return len(stack.lines) if told and len(stack.lines) <= CAPTION_LINES else 0


def set_marks_apart(lines: Sequence[Run]) -> None:
    """Sets the kind of lines that say where an article began (上接第1版), so that they stand as headlines."""
    for line in lines:
        if CONTINUED.fullmatch(line.text):
            line.kind = "heading"
