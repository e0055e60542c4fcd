"""Searches for the characters behind a stretch of GBK text that is read one byte out of phase.

A byte-wise annotator set `(pīn)` between the bytes of two characters: the second one's first byte was swallowed with
the bracket and shows as `?`, and from there on each shown character is the second byte of one true character and the
first byte of the next, until a byte below 0x80 turns up. The search goes byte by byte with one byte pending, and keeps
the readings that the language model likes best so far.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from heapq import nlargest

from zhengce.clean.charlm import beginning, extended, fluency, plain
from zhengce.clean.gbk import MARKS, char_of, code_of
from zhengce.clean.listed import Listed
from zhengce.clean.readings import trails
from zhengce.clean.shift import NOTE, WHOLE_NOTE, State, step

__all__ = ["Solution", "after_mark", "after_note", "may_cut"]

LONGEST, BEAM, LIKELY, MOST, GAPS = 48, 6, 4, 16, 2


@dataclass(frozen=True, slots=True)
class Solution:
    """Characters for what is shown up to `end`: `unknown` of them the model chose, `swallowed` ASCII ones are lost.

    `score` is the log probability of the characters and of what stands before them.
    """

    end: int
    chars: str
    score: float
    unknown: int = 0
    swallowed: int = 0


def after_note(text: str, at: int, before: str, left: str, site: Listed, *, gap: bool = False) -> list[Solution]:
    """What may stand behind `?pīn)` at `at`: `before` is the character before it, `left` the text before it.

    With `gap`, pairs of bytes without a character may have been stripped on the way, in at most two places.
    """
    note, code = NOTE.match(text, at) or WHOLE_NOTE.match(text, at), MARKS.get(before) or code_of(before)
    if not note or not code:
        return []
    phantoms = [bytes((code[1], lead)) for lead in trails(code[1], note["syllable"])]
    start = beginning(left)
    return _search(
        text,
        [
            State(note.end(), phantom[1], "", start, gaps=GAPS * gap, split=phantom)
            for phantom in phantoms
            if phantom.decode("gbk") not in site.never
        ],
        at,
        site,
    )


def after_mark(text: str, at: int, mark: int, left: str, site: Listed) -> list[Solution]:
    """What may stand behind a mark at `mark` whose bytes are those of two characters; `at` is where the damage begins.

    The character before the cut lost its first byte, or is 。 itself (A1 | A3 xx); `left` is the text before it.
    """
    first, second = MARKS[text[mark]]
    behind = _search(text, [State(mark + 1, second, "", beginning(""))], at, site)
    if not behind:
        return []
    follows = min(behind, key=lambda solution: solution.unknown).chars[:4]
    chars = [char for char in _ending_in(first) if char not in site.always][: LIKELY * 4]
    chars = nlargest(LIKELY, chars, key=lambda char: fluency(left[-3:] + char + follows[:3]))
    known = [("。", 0)] if first == 0xA3 else []
    start = beginning(left)
    return [
        Solution(one.end, char + one.chars, extended(start, char + one.chars).score, one.unknown + lost, one.swallowed)
        for char, lost in [*known, *((char, 1) for char in chars)]
        for one in behind
    ]


@cache
def _ending_in(trail: int) -> tuple[str, ...]:
    """The characters with a second byte, the most usual ones first."""
    chars = [char for lead in range(0x81, 0xFF) if (char := char_of(lead, trail)) and char >= "\u4e00"]
    return tuple(sorted(chars, key=lambda char: -plain(char)))


def may_cut(text: str, mark: int) -> bool:
    """Whether what stands at `mark` is a mark at whose bytes a text may have been cut, by the character behind it."""
    if text[mark : mark + 1] not in MARKS:
        return False
    code = code_of(text[mark + 1 : mark + 2])
    return not code or char_of(MARKS[text[mark]][1], code[0]) is not None


def _search(text: str, states: list[State], start: int, site: Listed) -> list[Solution]:
    """Every reading that falls into step again; the likeliest ones where there are many."""
    found: list[State] = []
    while states:
        following: dict[int, list[State]] = defaultdict(list)
        for state in states:
            for further in step(text, state, site):
                if further.pending is None:
                    found.append(further)
                elif further.at - start <= LONGEST:
                    following[further.gaps].append(further)
        # a reading with gaps has more characters for the same place, so it competes with its like
        states = [one for some in following.values() for one in _likeliest(some, BEAM)]
    return [Solution(one.at, one.chars, one.path.score, one.unknown, one.swallowed) for one in _likeliest(found, MOST)]


def _likeliest(states: list[State], most: int) -> list[State]:
    return states if len(states) <= most else nlargest(most, states, key=lambda one: one.path.score - one.unknown)
