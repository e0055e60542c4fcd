"""The gutters of a page: blank corridors between columns of running text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median

from zhengce.read.layout_sheet import Area, Run

__all__ = ["Gap", "Gutter", "Shelf", "gaps_of", "gutters_of"]

LEAST_ROWS, LEAST_LETTERS = 4, 8
# in type sizes of the body: what a corridor keeps of its width, and how far it may run on without a row
NARROW, BLIND = 0.4, 60


@dataclass(frozen=True, slots=True)
class Gap:
    """A blank between a run and its neighbour on the right."""

    left: Run
    right: Run

    @property
    def middle(self) -> float:
        """The height at which the gap stands."""
        return (self.left.middle + self.right.middle) / 2


@dataclass(slots=True)
class Gutter:
    """A corridor from `top` to `bottom` that no run crosses, with the gaps that it is made of."""

    x0: float
    x1: float
    top: float
    bottom: float
    gaps: list[Gap] = field(default_factory=list)


class Shelf:
    """Areas by height, so that those at a height are found without looking at the others."""

    def __init__(self, areas: Iterable[Run | Area], step: float) -> None:
        self._step = max(step, 1.0)
        self._levels: dict[int, list[Run | Area]] = defaultdict(list)
        for area in areas:
            for level in range(self._level(area.top), self._level(area.bottom) + 1):
                self._levels[level].append(area)

    def _level(self, height: float) -> int:
        return int(min(max(height, -1e4), 1e5) // self._step)

    def at(self, height: float) -> list[Run | Area]:
        """The areas that may stand at a height."""
        return self._levels.get(self._level(height), [])

    def between(self, top: float, bottom: float) -> Iterator[Run | Area]:
        """The areas that may touch a stretch of heights; one may come twice."""
        for level in range(self._level(top), self._level(bottom) + 1):
            yield from self._levels.get(level, ())


def gaps_of(runs: Sequence[Run], shelf: Shelf) -> list[Gap]:
    """The gaps between every run and the nearest one to its right on its height, from the top downwards."""
    found = []
    for run in runs:
        nearest: Run | None = None
        for other in shelf.at(run.middle):
            if not isinstance(other, Run) or other is run or other.x0 < run.x1 - 0.3 * min(run.size, other.size):
                continue
            level = other.top <= run.middle <= other.bottom or run.top <= other.middle <= run.bottom
            if level and (nearest is None or (other.x0, other.top) < (nearest.x0, nearest.top)):
                nearest = other
        if nearest is not None:
            found.append(Gap(run, nearest))
    return sorted(found, key=lambda gap: (gap.middle, gap.left.x0, gap.left.top))


def gutters_of(gaps: Sequence[Gap], shelf: Shelf, rules: Sequence[Area], size: float) -> list[Gutter]:
    """The gutters among the corridors that gaps make below each other.

    One counts with four rows of eight characters or more on either side; where such gutters exist, a corridor with
    fewer rows at the same place does too, and so does a ruled line between columns. A ruled line across ends it.
    """
    across = [rule for rule in rules if rule.x1 - rule.x0 > rule.bottom - rule.top]
    down = [rule for rule in rules if rule.bottom - rule.top > max(4 * size, rule.x1 - rule.x0)]
    corridors = list(_corridors(gaps, shelf, across, size))
    sure = [corridor for corridor in corridors if _is_sure(corridor, down)]
    return [corridor for corridor in corridors if corridor in sure or any(_continues(corridor, one) for one in sure)]


def _corridors(gaps: Sequence[Gap], shelf: Shelf, across: Sequence[Area], size: float) -> Iterator[Gutter]:
    live: list[Gutter] = []
    for gap in gaps:
        x0, x1, middle = gap.left.x1, gap.right.x0, gap.middle
        taken = False
        for corridor in list(live):
            if middle - corridor.bottom > BLIND * size:
                live.remove(corridor)
                yield corridor
                continue
            low, high = max(x0, corridor.x0), min(x1, corridor.x1)
            if high - low < NARROW * size:
                continue
            if _is_blocked(low, high, corridor.bottom, middle, shelf, across):
                live.remove(corridor)
                yield corridor
                continue
            corridor.x0, corridor.x1, corridor.bottom = low, high, middle
            corridor.gaps.append(gap)
            taken = True
        if not taken and x1 - x0 >= NARROW * size:
            live.append(Gutter(x0, x1, middle, middle, [gap]))
    yield from live


def _is_blocked(x0: float, x1: float, top: float, bottom: float, shelf: Shelf, across: Sequence[Area]) -> bool:
    """Whether something crosses a stretch of a corridor."""
    if any(rule.x0 < x0 and rule.x1 > x1 and top < rule.top < bottom for rule in across):
        return True
    if bottom - top < 1:
        return False
    return any(
        isinstance(run, Run) and run.x0 < x1 - 0.1 and run.x1 > x0 + 0.1 and top < run.middle < bottom
        for run in shelf.between(top, bottom)
    )


def _is_sure(corridor: Gutter, down: Sequence[Area]) -> bool:
    ruled = any(
        corridor.x0 - 1 <= rule.x0 <= corridor.x1 + 1 and rule.top < corridor.bottom and rule.bottom > corridor.top
        for rule in down
    )
    rows = len({round(gap.middle) for gap in corridor.gaps})
    if rows < (2 if ruled else LEAST_ROWS):
        return False
    left = median(gap.left.width / gap.left.size for gap in corridor.gaps)
    right = median(gap.right.width / gap.right.size for gap in corridor.gaps)
    return min(left, right) >= (LEAST_LETTERS / 2 if ruled else LEAST_LETTERS - 1)


def _continues(corridor: Gutter, sure: Gutter) -> bool:
    """Whether a corridor stands where a gutter stands above or below it."""
    low, high = max(corridor.x0, sure.x0), min(corridor.x1, sure.x1)
    return high - low >= 0.7 * (sure.x1 - sure.x0)
