"""The left and right margin that a line is held to, by which its paragraph's end and beginning are told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from zhengce.read.layout_sheet import Run
from zhengce.read.layout_stacks import Stack

__all__ = ["Frame", "frames_of"]

# how near to the margin, in type sizes, lines end, and how many of them make a margin
NEAR, LEAST, SHARE = 1.1, 2, 0.05
LEAST_LINES, LEAST_WIDTH = 4, 6
ALIKE = 0.13


class Frame(NamedTuple):
    """The margins of a column, in points, and whether its paragraphs begin with a first-line indent."""

    left: float
    right: float
    indented: bool


def frames_of(flows: Sequence[Sequence[Stack]], columned: Sequence[bool]) -> dict[int, Frame]:
    """The frame of every stack (by its identity) that has one; `flows` are the stacks of each page.

    On a page with columns a stack has its own, or that of a column of the width its neighbours have; elsewhere the
    page's lines of a size share one, or where they are few those of all pages.
    """
    frames: dict[int, Frame] = {}
    plain = [stack for flow, columns in zip(flows, columned, strict=True) if not columns for stack in flow]
    for flow, columns in zip(flows, columned, strict=True):
        prose = [stack for stack in flow if stack.lines[0].kind != "cell"]
        full = [(stack, own) for stack in prose if columns and (own := _margins(stack.lines, stack.size))]
        frames |= {id(stack): own for stack, own in full}
        for stack in prose:
            if id(stack) in frames:
                continue
            if columns:
                frame = _borrowed(stack, full)
            else:
                frame = _margins(_alike(stack, prose), stack.size) or _margins(_alike(stack, plain), stack.size)
            if frame:
                frames[id(stack)] = frame
    return frames


def _alike(stack: Stack, others: Iterable[Stack]) -> list[Run]:
    """The lines of the stacks that have the size of one."""
    return [line for other in others for line in other.lines if _is_alike(line.size, stack.size)]


def _is_alike(one: float, other: float) -> bool:
    return abs(one - other) <= ALIKE * max(one, other)


def _margins(lines: Sequence[Run], size: float) -> Frame | None:
    """The outermost margins that at least two lines (and one in twenty) keep; None where they are not to be told."""
    if len(lines) < LEAST_LINES:
        return None
    least = max(LEAST, SHARE * len(lines))
    rights = sorted((line.x1 for line in lines), reverse=True)
    right = next((x for at, x in enumerate(rights) if _count(rights, at, NEAR * size) >= least), None)
    lefts = sorted(line.x0 for line in lines)
    left = next((x for at, x in enumerate(lefts) if _count(lefts, at, 0.3 * size) >= least), None)
    wide = right is not None and left is not None and right - left >= LEAST_WIDTH * size
    if not wide or left is None or right is None:
        return None
    return Frame(left, right, sum(1.5 * size < line.x0 - left < 2.5 * size for line in lines) >= LEAST)


def _count(edges: Sequence[float], at: int, room: float) -> int:
    """How many edges lie within `room` of one, itself and those further in."""
    count = 0
    for edge in edges[at:]:
        if abs(edge - edges[at]) > room:
            break
        count += 1
    return count


def _borrowed(stack: Stack, full: Sequence[tuple[Stack, Frame]]) -> Frame | None:
    """The frame of a column of few lines: the narrowest one in which it fits, at its place if there is one."""
    known = [own for other, own in full if _is_alike(other.size, stack.size)]
    area, em = stack.area, stack.size
    at_place = [own for own in known if own.left - 0.5 * em <= area.x0 and area.x1 <= own.right + 0.5 * em]
    if at_place:
        return min(at_place, key=lambda own: (own.right - own.left, own))
    widths = [own.right - own.left for own in known if own.right - own.left >= area.x1 - area.x0 - 0.5 * em]
    if not widths:
        return None
    indented = any(own.indented for own in known)
    return Frame(area.x0, area.x0 + min(widths), indented) if len(stack.lines) > 1 else None
