"""Lines set top-down (直排) among horizontal text: the vertical headlines of newspapers."""

from __future__ import annotations

from collections.abc import Sequence

from zhengce.read.layout_gutters import Shelf
from zhengce.read.layout_sheet import Run

__all__ = ["top_down_runs"]

# in type sizes: characters of a vertical line stand as close as TIGHT, those of a headline as close as LOOSE
TIGHT, LOOSE, LARGE = 0.3, 0.9, 1.5


def top_down_runs(runs: Sequence[Run], size: float) -> list[Run]:
    """The runs with single characters that stand below each other, closer than any neighbour beside, put together.

    Three make a vertical line; `size` is the type size of the page's body.
    """
    runs = [part for run in runs for part in _apart(run, runs, size)]
    single = sorted(
        (run for run in runs if len(run.text) == 1 and run.text >= "\u2000" and not run.top_down),
        key=lambda run: (run.top, run.x0, run.text),
    )
    if len(single) < 3:
        return list(runs)
    shelf, everything = Shelf(single, size), Shelf(runs, size)
    following: dict[int, Run] = {}
    for run in single:
        under = _next_down(run, shelf, size)
        if under is not None and not _is_beside(run, under.top - run.bottom, everything):
            following[id(run)] = under
    inner = {id(run) for run in following.values()}
    made: list[Run] = []
    used: set[int] = set()
    for run in single:
        chain = [run]
        while id(chain[-1]) in following:
            chain.append(following[id(chain[-1])])
        letters = sum(part.text.isalpha() for part in chain)
        if id(run) not in inner and len(chain) >= 3 and 2 * letters > len(chain):
            used |= {id(part) for part in chain}
            made.append(
                Run("".join(part.text for part in chain), min(part.x0 for part in chain), chain[0].top,
                    max(part.x1 for part in chain), chain[-1].bottom, run.size, run.page, top_down=True)
            )  # fmt: skip
    return [run for run in runs if id(run) not in used] + made


def _apart(run: Run, runs: Sequence[Run], size: float) -> list[Run]:
    """The letters of a short large run that are closer to those of the run below or above than to each other."""
    text = run.text.replace(" ", "")
    if run.size < LARGE * size or not 2 <= len(text) <= 4 or not text.isalpha():
        return [run]
    gap = (run.width - len(text) * run.size) / (len(text) - 1)
    if not any(0 <= _blank_between(run, other) < gap - 0.05 * run.size for other in runs if other is not run):
        return [run]
    step = run.size + gap
    return [
        Run(char, run.x0 + at * step, run.top, run.x0 + at * step + run.size, run.bottom, run.size, run.page)
        for at, char in enumerate(text)
    ]


def _blank_between(run: Run, other: Run) -> float:
    """The height of the blank between two runs that stand exactly below each other; negative for others."""
    alike = abs(run.x0 - other.x0) < 0.2 * run.size and abs(run.x1 - other.x1) < 0.2 * run.size
    return max(run.top, other.top) - min(run.bottom, other.bottom) if alike else -1.0


def _next_down(run: Run, shelf: Shelf, size: float) -> Run | None:
    room = (LOOSE if run.size >= LARGE * size else TIGHT) * run.size
    under = [
        other
        for other in shelf.between(run.bottom - 0.2 * run.size, run.bottom + room)
        if isinstance(other, Run)
        and other is not run
        and -0.2 * run.size <= other.top - run.bottom <= room
        and abs(other.x0 + other.x1 - run.x0 - run.x1) < 0.4 * run.size
        and abs(other.size - run.size) < 0.1 * run.size
    ]
    return min(under, key=lambda other: (other.top, other.x0), default=None)


def _is_beside(run: Run, blank: float, shelf: Shelf) -> bool:
    """Whether a neighbour of the size stands beside a character as close as the one below, so that it may be a line."""
    return any(
        isinstance(other, Run)
        and other is not run
        and abs(other.middle - run.middle) < 0.3 * run.size
        and other.size > 0.8 * run.size
        and max(other.x0 - run.x1, run.x0 - other.x1) <= max(blank, 0)
        for other in shelf.at(run.middle)
    )
