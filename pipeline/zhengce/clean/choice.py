"""Which of several readings of a stretch out of phase stands out, by how each reads in its place."""

from __future__ import annotations

from zhengce.clean.charlm import fluency, in_words, rarest
from zhengce.clean.phase import Solution
from zhengce.clean.shift import NOTE, STRIPPED
from zhengce.clean.window import left_of, right_of

__all__ = ["ranked", "stands_out"]

KEPT, NEAR, MOST_RANKED = 4, 4, 12
# nats by which the best reading must beat the next one (calibrated, like all here: models/charlm/card.md)
MARGIN, SURE_MARGIN = 4.0, 5.0
QUALITY, RAREST, WORDED, MARK_WORDED, SURELY = -7.7, -12.6, 0.6, 0.65, 0.8
# a reading that is words throughout may lie so far behind one that is not, if it has so many characters
WORDED_REACH, LEAST_WORDED = 4.0, 4
HALF_WIDTH = str.maketrans("()", "（）")


def stands_out(text: str, at: int, order: list[tuple[Solution, float]]) -> Solution | None:
    """The reading that beats every other one clearly and reads well; None where there is none.

    `order` is as `ranked` gives it. Where the likeliest does not read well, one that is words throughout may stand out
    among its like.
    """
    (best, score), *rest = order
    if not _reads_well(text, at, best):
        rest = [(one, other) for one, other in rest if other >= score - WORDED_REACH and _all_words(text, at, one)]
        if not rest:
            return None
        (best, score), *rest = rest
    rival = next((other for solution, other in rest if solution.chars != best.chars), None)
    margin = MARGIN if not best.unknown else SURE_MARGIN
    # a digit swallowed behind a cut may have taken a stripped pair with it
    whole = not best.swallowed or bool(NOTE.match(text, at)) or text[at] == "("
    clear = whole and (rival is None or score - rival >= margin) and _reads_well(text, at, best)
    return best if clear else None


def ranked(text: str, at: int, solutions: list[Solution]) -> list[tuple[Solution, float]]:
    """The likeliest readings, best first, each with its nats over the same stretch of the page."""
    solutions = _soonest(text, at, solutions)
    left = left_of(text, at)
    far = max(solution.end for solution in solutions)
    solutions = sorted(solutions, key=lambda solution: solution.unknown - solution.score)[:MOST_RANKED]

    def score(solution: Solution) -> float:
        read = fluency(left + solution.chars + right_of(text, solution.end, far))
        return read - _misplaced(text, at, solution)

    return sorted(((solution, score(solution)) for solution in solutions), key=lambda pair: -pair[1])


def _soonest(text: str, at: int, solutions: list[Solution]) -> list[Solution]:
    """Without the readings that go on far behind a place where the text reads well already, unless they
    suppose less."""
    usual = sorted(solutions, key=lambda solution: solution.unknown - solution.score)
    for end in sorted({solution.end for solution in solutions}):
        here = [one for one in usual if one.end == end][:KEPT]
        well = [one.unknown for one in here if _reads_well(text, at, one)]
        if well:
            return [one for one in solutions if one.end <= end + NEAR or one.unknown < min(well)]
    return solutions


def _reads_well(text: str, at: int, solution: Solution) -> bool:
    if _quality(text, at, solution) < QUALITY or rarest(solution.chars) < RAREST:
        return False
    share = in_words(left_of(text, at), solution.chars, right_of(text, solution.end, solution.end))
    least = SURELY if solution.unknown >= STRIPPED else WORDED if NOTE.match(text, at) else MARK_WORDED
    return share >= least or len(solution.chars) < 3


def _all_words(text: str, at: int, solution: Solution) -> bool:
    """Whether every character of a reading of three or more stands in a word of two or more."""
    held = in_words(left_of(text, at), solution.chars, right_of(text, solution.end, solution.end))
    return held == 1.0 and len(solution.chars) >= LEAST_WORDED


def _quality(text: str, at: int, solution: Solution) -> float:
    """Nats a character of the repaired stretch with a few characters on both sides."""
    window = left_of(text, at)[-3:] + solution.chars + right_of(text, solution.end, solution.end)[:3]
    return fluency(window) / max(len(window), 1)


def _misplaced(text: str, at: int, solution: Solution) -> float:
    """Nats that marks cost where they do not belong: no mark but a full stop ends a line, a bracket is closed only
    where one is open in the line before it, and no full stop follows another."""
    cost = 12.0 * ("。。" in solution.chars)
    if solution.chars[-1] in "、，·—…：；‘’“《（" and text[solution.end : solution.end + 1] in "\n":
        cost += 6.0
    closed = [pair for pair in ("“”", "《》", "（）") if pair[1] in solution.chars]
    line = text[text.rfind("\n", 0, at) + 1 : at] + solution.chars if closed else ""
    return cost + sum(6.0 for pair in closed if _closes(line, pair))


def _closes(text: str, pair: str) -> bool:
    """Whether a bracket is closed that was not open."""
    opened = text.translate(HALF_WIDTH).count(pair[0])
    return text.translate(HALF_WIDTH).count(pair[1]) > opened
