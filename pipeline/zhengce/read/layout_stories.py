"""The stories (articles) of a page: which columns stand under which headline, in reading order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from zhengce.read.layout_heads import Head, captions_apart, heads_of
from zhengce.read.layout_order import in_order
from zhengce.read.layout_sheet import Area, hull
from zhengce.read.layout_stacks import Stack
from zhengce.read.layout_threads import rethread

__all__ = ["Story", "stories_of"]

# in type sizes: headlines that end so near to each other's height stand side by side
LEVEL = 5


@dataclass(eq=False)
class Story:
    """A headline, the stacks under it in reading order, and the captions of its pictures; any of them may be empty."""

    head: Head | None = None
    body: list[Stack] = field(default_factory=list)
    captions: list[Stack] = field(default_factory=list)

    @cached_property
    def area(self) -> Area:
        """The smallest area that holds the headline and the body."""
        stacks = [*(self.head.stacks if self.head else ()), *self.body]
        return hull(line for stack in stacks or self.captions for line in stack.lines)


def stories_of(
    stacks: Sequence[Stack], pictures: Sequence[Area], boxes: Sequence[Area], size: float, width: float
) -> list[Story]:
    """The stories of a page with columns, in reading order; `size` is the body's, `width` that of a usual column.

    What stands in a box with a headline of its own is kept to itself. A page without a headline is one story.
    """
    bodies, captions = captions_apart(stacks, pictures, size)
    heads, loose = heads_of(bodies, pictures, size, width)
    stories: list[Story] = []
    for inside, within in _rooms(heads, loose, boxes):
        stories += _assembled(inside, within)
    for caption in captions:
        _nearest(stories, caption).captions.append(caption)
    for story in stories:
        story.captions = in_order(story.captions)
    return in_order([story for story in stories if story.head or story.body or story.captions])


def _rooms(
    heads: Sequence[Head], loose: Sequence[Stack], boxes: Sequence[Area]
) -> list[tuple[list[Head], list[Stack]]]:
    """Headlines and stacks by the smallest box that holds both; what is in no such box comes last."""
    left, rest = list(heads), list(loose)
    rooms = []
    for box in sorted(boxes, key=lambda box: ((box.x1 - box.x0) * (box.bottom - box.top), box)):
        inside = [head for head in left if _is_inside(head.area, box)]
        within = [stack for stack in rest if _is_inside(stack.area, box)]
        if inside and within and (len(inside) < len(left) or len(within) < len(rest)):
            rooms.append((inside, within))
            left = [head for head in left if head not in inside]
            rest = [stack for stack in rest if stack not in within]
    return [*rooms, (left, rest)]


def _is_inside(area: Area, box: Area) -> bool:
    return area.x0 > box.x0 - 2 and area.x1 < box.x1 + 2 and area.top > box.top - 2 and area.bottom < box.bottom + 2


def _assembled(heads: Sequence[Head], stacks: Sequence[Stack]) -> list[Story]:
    stories = {id(head): Story(head=head) for head in heads}
    homeless: list[Stack] = []
    homes: dict[int, Story] = {}
    for stack in sorted(stacks, key=lambda stack: stack.area):
        head = _head_over(stack, heads, stacks)
        if head is None:
            homeless.append(stack)
        else:
            homes[id(stack)] = stories[id(head)]
    first = Story()
    for stack in sorted(homeless, key=lambda stack: stack.area):
        home = _beside(stack, homes, stacks)
        homes[id(stack)] = home or first
    for stack in stacks:
        homes[id(stack)].body.append(stack)
    made = [*([first] if first.body else []), *stories.values()]
    for story in made:
        story.body = in_order(story.body)
    rethread([story.body for story in made])
    return made


def _head_over(stack: Stack, heads: Sequence[Head], stacks: Sequence[Stack]) -> Head | None:
    """The headline that a stack stands under: the nearest above it, or one set top-down at its side."""
    area = stack.area
    above = [
        head
        for head in heads
        if not head.top_down
        and head.area.bottom < area.top + 0.5 * stack.size
        and min(head.reach[1], area.x1) - max(head.reach[0], area.x0) >= 0.5 * (area.x1 - area.x0)
    ]
    lowest = max((head.area.bottom for head in above), default=0.0)
    level = [head for head in above if head.area.bottom > lowest - LEVEL * stack.size]
    over = max(
        level, key=lambda head: (_fit(head, stack, stacks), _shared(head.area, area), head.area), default=None
    )  # fmt: skip
    beside = _standing(stack, heads)
    if over is None or beside is None:
        return over or beside
    between = any(
        other.area.top > over.area.bottom - 1 and other.area.bottom < area.top + 1 and _shared(other.area, area) > 0
        for other in stacks
        if other is not stack
    )
    return beside if between or over.area.bottom < beside.area.top - 3 * stack.size else over


def _fit(head: Head, stack: Stack, stacks: Sequence[Stack]) -> int:
    """How well a headline stands over a column.

    3 right over it, 2 where a column on the far side balances it, 1 where it begins with a column further to the left.
    """
    own, area, room = head.area, stack.area, 0.6 * stack.size
    if _shared(own, area) > stack.size:
        return 3
    twice = own.x0 + own.x1
    right = area.x0 + area.x1 > twice
    balanced = any(
        abs(other.area.x0 + area.x1 - twice) < room if right else abs(other.area.x1 + area.x0 - twice) < room
        for other in stacks
        if other is not stack
        and other.area.bottom > own.bottom
        and head.reach[0] - stack.size < (other.area.x0 if right else other.area.x1) < head.reach[1] + stack.size
    )
    return 2 if balanced else int(right and head.flush)


def _standing(stack: Stack, heads: Sequence[Head]) -> Head | None:
    """The nearest headline set top-down whose height a stack shares, at its left or its right."""
    area = stack.area
    level = [
        head
        for head in heads
        if head.top_down
        and min(head.area.bottom, area.bottom) - max(head.area.top, area.top) > stack.size
        and area.top > head.area.top - 3 * stack.size
    ]
    return min(level, key=lambda head: (-_shared(head.area, area), head.area), default=None)


def _shared(one: Area, other: Area) -> float:
    """How far two areas lie one above the other; negative: how far apart they stand."""
    return min(one.x1, other.x1) - max(one.x0, other.x0)


def _beside(stack: Stack, homes: dict[int, Story], stacks: Sequence[Stack]) -> Story | None:
    """The story of the column beside a stack without a headline: the one at its left, else the one at its right."""
    area = stack.area
    level = [
        other
        for other in stacks
        if id(other) in homes
        and min(other.area.bottom, area.bottom) - max(other.area.top, area.top) > 0
        and -_shared(other.area, area) < 6 * stack.size
    ]
    left = [other for other in level if other.area.x0 < area.x0]
    near = max(left, key=lambda other: other.area.x1, default=None)
    near = near or min(level, key=lambda other: other.area.x0, default=None)
    return homes[id(near)] if near else None


def _nearest(stories: Sequence[Story], caption: Stack) -> Story:
    """The story that a picture with its caption stands in: the one that it lies in most deeply."""
    area = caption.area

    def depth(story: Story) -> tuple[float, float, Area]:
        own = story.area
        inside = min(own.bottom, area.bottom + 3) - max(own.top, area.top - 3)
        return min(_shared(own, area), 0) + min(inside, 0), -(own.bottom - own.top), own

    held = [story for story in stories if story.head or story.body]
    return max(held, key=depth) if held else stories[0]
