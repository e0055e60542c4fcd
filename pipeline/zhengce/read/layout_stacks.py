"""Lines → stacks: lines of one size that stand below each other without a neighbour that could as well follow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from zhengce.read.layout_gutters import Shelf
from zhengce.read.layout_sheet import Area, Run, common_size, hull

__all__ = ["Stack", "stacks_of"]

# in type sizes: the blank between two lines of a stack, and how much their sizes differ
LEADING, ALIKE = 1.7, 0.13
ASIDE = 1.3  # the blank between two lines set top-down


@dataclass(eq=False)
class Stack:
    """Lines from the top downwards (for text set top-down: from the right to the left).

    `barred` says that a ruled line parts it from what stands above.
    """

    lines: list[Run]
    barred: bool = False

    @cached_property
    def area(self) -> Area:
        """The smallest area that holds the lines."""
        return hull(self.lines)

    @cached_property
    def size(self) -> float:
        """The common type size."""
        return common_size(self.lines)

    @property
    def text(self) -> str:
        """The lines' text, joined by nothing."""
        return "".join(line.text for line in self.lines)


def stacks_of(lines: Sequence[Run], rules: Sequence[Area], size: float) -> list[Stack]:
    """The stacks of a page's lines, in no order that counts."""
    across = [rule for rule in rules if rule.x1 - rule.x0 > max(3 * size, rule.bottom - rule.top)]
    shelf = Shelf(lines, size)
    barred = {id(line) for line in lines if any(_is_over(rule, line) for rule in across)}
    below = {id(line): _next_down(line, shelf) for line in lines}
    above: dict[int, list[Run]] = {}
    for line in lines:
        for other in below[id(line)]:
            above.setdefault(id(other), []).append(line)
    following: dict[int, Run] = {}
    for line in lines:
        down = below[id(line)]
        if len(down) == 1 and id(down[0]) not in barred and len(above[id(down[0])]) == 1 and _alike(line, down[0]):
            following[id(line)] = down[0]
    inner = {id(line) for line in following.values()}
    stacks = _top_down([line for line in lines if line.top_down])
    for line in lines:
        if id(line) not in inner and not line.top_down:
            chain = [line]
            while id(chain[-1]) in following:
                chain.append(following[id(chain[-1])])
            stacks.append(Stack(chain, id(line) in barred))
    return stacks


def _top_down(lines: Sequence[Run]) -> list[Stack]:
    """The stacks of lines set top-down: neighbours of one size at about one height, from the right."""
    groups: list[list[Run]] = []
    for line in sorted(lines, key=lambda line: (-line.x1, line.top, line.bottom, line.text)):
        for group in groups:
            last = group[-1]
            shared = min(last.bottom, line.bottom) - max(last.top, line.top)
            level = shared > 0.5 * min(last.bottom - last.top, line.bottom - line.top)
            alike = abs(last.size - line.size) <= ALIKE * line.size
            if level and alike and last.x0 - line.x1 < ASIDE * line.size:
                group.append(line)
                break
        else:
            groups.append([line])
    return [Stack(group) for group in groups]


def _alike(line: Run, other: Run) -> bool:
    if line.top_down or other.top_down or line.kind != other.kind:
        return False
    return abs(line.size - other.size) <= ALIKE * max(line.size, other.size)


def _is_over(rule: Area, line: Run) -> bool:
    """Whether a ruled line stands over a line of text: all over it, and not so close as to be an underline above."""
    near = -0.3 * line.size < line.top - rule.bottom < LEADING * line.size
    return near and min(line.x1, rule.x1) - max(line.x0, rule.x0) > 0.9 * line.width


def _next_down(line: Run, shelf: Shelf) -> list[Run]:
    """The lines of the next row below that stand under a line."""
    reach = line.bottom + LEADING * line.size
    under: dict[int, Run] = {}
    for other in shelf.between(line.middle, reach):
        if isinstance(other, Run) and other is not line and other.middle > line.middle and other.top <= reach:
            small = min(line.size, other.size)
            if min(line.x1, other.x1) - max(line.x0, other.x0) > 0.3 * small and other.top > line.middle - 0.1 * small:
                under[id(other)] = other
    if not under:
        return []
    first = min(under.values(), key=lambda other: other.middle)
    return [other for other in under.values() if other.top < first.middle]
