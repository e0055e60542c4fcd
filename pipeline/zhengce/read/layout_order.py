"""The reading order of what stands on a page: columns from the left, each from the top; what is across divides."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Protocol, TypeVar

from zhengce.read.layout_sheet import Area

__all__ = ["in_order"]

TOUCH = 3.0


class Placed(Protocol):
    """Anything that has an area."""

    @property
    def area(self) -> Area:
        """Where it stands, in points."""


T = TypeVar("T", bound=Placed)


def in_order(things: Sequence[T]) -> list[T]:
    """The things in reading order, by recursive cuts: first between columns that stand side by side, then across.

    Where neither cut is possible (areas interlock), what has nothing above it is taken first, from the left.
    """
    rest = sorted(things, key=lambda thing: (thing.area.top, thing.area.x0, thing.area.x1, thing.area.bottom))
    done: list[T] = []
    while len(rest) > 1:
        columns = _columns(rest)
        if len(columns) > 1:
            return done + [thing for column in columns for thing in in_order(column)]
        bands = _groups(rest, 1, 3, 0.5)
        if len(bands) > 1:
            return done + [thing for band in bands for thing in in_order(band)]
        first = _first(rest)
        done.append(first)
        rest.remove(first)
    return done + rest


def _groups(things: Sequence[T], low: int, high: int, touch: float) -> list[list[T]]:
    """The things between blank strips; `low` and `high` are the sides of the area that count."""
    groups: list[list[T]] = []
    reach = float("-inf")
    for thing in sorted(things, key=lambda thing: (thing.area[low], thing.area[high], thing.area)):
        if groups and thing.area[low] < reach - touch:
            groups[-1].append(thing)
        else:
            groups.append([thing])
        reach = max(reach, thing.area[high])
    return groups


def _columns(things: Sequence[T]) -> list[list[T]]:
    """The columns between blank strips from top to bottom; what stands on no common height is no pair of columns."""
    columns: list[list[T]] = []
    for group in _groups(things, 0, 2, TOUCH):
        if columns and not _side_by_side(columns[-1], group):
            columns[-1] += group
        else:
            columns.append(group)
    return columns if all(_side_by_side(left, right) for left, right in pairwise(columns)) else [list(things)]


def _side_by_side(left: Sequence[T], right: Sequence[T]) -> bool:
    return any(
        min(one.area.bottom, other.area.bottom) - max(one.area.top, other.area.top) > TOUCH
        for one in left
        for other in right
    )


def _first(things: Sequence[T]) -> T:
    """What has nothing above it; of several the leftmost."""
    free = [thing for thing in things if not any(_is_above(other, thing) for other in things if other is not thing)]
    return min(free or things, key=lambda thing: (thing.area.x0, thing.area.top, thing.area))


def _is_above(upper: Placed, lower: Placed) -> bool:
    one, other = upper.area, lower.area
    shared = min(one.x1, other.x1) - max(one.x0, other.x0)
    return shared > TOUCH and (one.top, one.bottom) < (other.top, other.bottom)
