"""Searches for the characters behind a stretch of GBK text that is read one byte out of phase.

A byte-wise annotator set `(pīn)` between the bytes of two characters: the second one's first byte was swallowed with
the bracket and shows as `?`, and from there on each shown character is the second byte of one true character and the
first byte of the next, until a byte below 0x80 turns up. The search goes back byte by byte with one byte pending.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from zhengce.clean.charlm import common, fluency, held, plain, words_after
from zhengce.clean.readings import SYLLABLE, is_reading, trails
from zhengce.clean.script import only_simplified

__all__ = ["MARKS", "Solution", "after_mark", "after_note"]

NOTE = re.compile(rf"\?(?P<syllable>{SYLLABLE})\s?\)(?:\((?P=syllable)\s?\))*")
# a comma that some sites set before a mark that cut a character
SITES_COMMA = re.compile("[,，](?=[。！？；!?;])")
WHOLE_NOTE = re.compile(rf"(?:\((?P<syllable>{SYLLABLE})\s?\))+")
# the marks at whose bytes some sites cut a text, full-width or folded to ASCII
MARKS = {
    "，": b"\xa3\xac",
    "！": b"\xa3\xa1",
    "？": b"\xa3\xbf",
    "；": b"\xa3\xbb",
    "。": b"\xa1\xa3",
    "、": b"\xa1\xa2",
}
MARKS |= {",": MARKS["，"], "!": MARKS["！"], "?": MARKS["？"], ";": MARKS["；"]}
# a stripped pair is not rare on a page that strips them: three nats
LONGEST, BEAM, LIKELY, MOST, STRIPPED = 48, 60, 6, 40, 3
# written by the simplified script only, yet left as they are by a one-to-one conversion
MERGED = frozenset("里后干于范采并占系制云余征筑伙游愿咨吃群床斗谷丑卷松舍辟郁表布升沖回才只复划杰几面了")


@dataclass(frozen=True, slots=True)
class Solution:
    """Characters for what is shown up to `end`: `unknown` of them the model chose, `swallowed` ASCII ones are lost."""

    end: int
    chars: str
    unknown: int = 0
    swallowed: int = 0


@dataclass(frozen=True, slots=True)
class _State:
    at: int
    pending: int | None
    chars: str
    unknown: int = 0
    swallowed: int = 0
    gap: bool = False


@cache
def _char(lead: int, trail: int) -> str | None:
    """The character of a GBK code if traditional prose may hold it."""
    try:
        char = bytes((lead, trail)).decode("gbk")
    except UnicodeDecodeError:
        return None
    if "\u4e00" <= char <= "\u9fff":
        return char if char in MERGED or not only_simplified(char) else None
    return char if char in "，。、；：！？“”‘’（）《》—…·％" else None


@cache
def _code(char: str) -> bytes | None:
    code = char.encode("gb18030", "ignore")  # GBK and its private-use pairs in two bytes, all else in four
    return code if len(code) == 2 else None


def after_note(text: str, at: int, before: str, *, gap: bool = False) -> list[Solution]:
    """What may stand behind `?pīn)` at `at`, where `before` is the character before it.

    With `gap`, one pair of bytes without a character may have been stripped on the way.
    """
    note, code = NOTE.match(text, at) or WHOLE_NOTE.match(text, at), MARKS.get(before) or _code(before)
    if not note or not code:
        return []
    leads = trails(code[1], note["syllable"])
    if not gap:
        return _search(text, [_State(note.end(), lead, "") for lead in leads], at)
    found = _readings(text, [_State(note.end(), lead, "", gap=True) for lead in leads], at)
    found = sorted((one for one in found if one.unknown), key=lambda one: -plain(one.chars) / len(one.chars))
    return sorted(found[: MOST * 8], key=lambda one: -fluency(before + one.chars) / len(one.chars))[:MOST]


def after_mark(text: str, at: int, mark: int, left: str) -> list[Solution]:
    """What may stand behind a mark at `mark` whose bytes are those of two characters; `at` is where the damage begins.

    The character before the cut lost its first byte, or is 。 itself (A1 | A3 xx); `left` is the text before it.
    """
    first, second = MARKS[text[mark]]
    behind = _search(text, [_State(mark + 1, second, "")], at)
    if not behind:
        return []
    follows = min(behind, key=lambda solution: solution.unknown).chars[:4]
    chars = [char for lead in range(0x81, 0xFF) if (char := _char(lead, first)) and char >= "\u4e00"]
    chars = sorted(chars, key=lambda char: -plain(char))[: LIKELY * 4]
    chars = sorted(chars, key=lambda char: -fluency(left[-3:] + char + follows[:3]))[:LIKELY]
    known = [("。", 0)] if first == 0xA3 else []
    return [
        Solution(one.end, char + one.chars, one.unknown + lost, one.swallowed)
        for char, lost in [*known, *((char, 1) for char in chars)]
        for one in behind
    ]


def _search(text: str, states: list[_State], start: int) -> list[Solution]:
    """Every reading that falls into step again; the most usual ones where there are many."""
    found = _readings(text, states, start)
    if len(found) > MOST:
        found = sorted(found, key=lambda one: one.unknown - plain(one.chars))[:MOST]
    return found


def _readings(text: str, states: list[_State], start: int) -> list[Solution]:
    found: list[Solution] = []
    while states:
        following: list[_State] = []
        for state in states:
            for further in _step(text, state):
                if further.pending is None:
                    found.append(Solution(further.at, further.chars, further.unknown, further.swallowed))
                elif further.at - start <= LONGEST:
                    following.append(further)
        if len(following) > BEAM:
            following = sorted(following, key=lambda state: -plain(state.chars))[
                : BEAM * 4 if following[0].gap or len(following) > 999 else BEAM
            ]
        states = following
    return found


def _step(text: str, state: _State) -> Iterator[_State]:
    """The states after one more piece of the shown text; in phase again where none is pending."""
    at, pending = state.at, state.pending
    if pending is None:
        return
    if at >= len(text) or text[at].isspace():  # older decoders let a lone first byte vanish here
        yield from _cut(text, state)
        return
    shown = text[at]
    if state.gap:
        yield from _stripped(text, state)
    note = NOTE.match(text, at)
    if note:  # a true character's note: its second byte was swallowed with the bracket
        for trail in trails(pending, note["syllable"]):
            yield from _joined(state, pending, trail, note.end(), None)
        return
    whole = WHOLE_NOTE.match(text, at)
    if whole:
        yield from _left_bracket(state, whole)
        return
    if shown == "?":
        yield from _lost(text, state)
    elif "@" <= shown <= "~":
        yield from _joined(state, pending, ord(shown), at + 1, None)
    elif shown in MARKS and text[at - 1 : at] != "?":
        yield from _cut(text, state)
    # a site that folds full-width ASCII folds what only looked like it: Ｘ A3 D8
    code = bytes((0xA3, ord(shown) | 0x80)) if "!" <= shown <= "~" else _code(shown)
    if code:
        end = at + 1
        whole = WHOLE_NOTE.match(text, end)
        if whole and is_reading(shown, whole["syllable"]):
            end = whole.end()
        yield from _joined(state, pending, code[0], end, code[1])


def _joined(
    state: _State, lead: int, trail: int, at: int, pending: int | None, unknown: int = 0, swallowed: int = 0
) -> Iterator[_State]:
    char = _char(lead, trail)
    if char:
        yield _State(at, pending, state.chars + char, state.unknown + unknown, state.swallowed + swallowed, state.gap)


@cache
def _private() -> dict[int, tuple[int, ...]]:
    """First byte → second bytes of the pairs of the GBK plane that have no character."""
    found: dict[int, tuple[int, ...]] = {}
    for lead in range(0x81, 0xFF):
        free = []
        for trail in (*range(0x40, 0x7F), *range(0x80, 0xFF)):
            try:
                bytes((lead, trail)).decode("gbk")
            except UnicodeDecodeError:
                free.append(trail)
        if free:
            found[lead] = tuple(free)
    return found


def _stripped(text: str, state: _State) -> Iterator[_State]:
    """One or two pairs without a character were stripped here: what their bytes may have spelt, by the words known."""
    shown = text[state.at]
    follows = _code(shown)
    if "@" <= shown <= "~":
        for chars, pairs, word in _gaps(state.pending or 0, ord(shown)):
            if pairs > 1 or word or held(state.chars[-1:] + chars[0]):
                yield replace(_gapped(state, chars, 0, pairs), pending=None)
    if not follows or "!" <= shown <= "~":
        return
    for chars, pairs, word in _gaps(state.pending or 0, follows[0]):
        if pairs > 1 or word or held(state.chars[-1:] + chars[0]):
            yield _gapped(state, chars, follows[1], pairs)


@cache
def _gaps(lead: int, last: int) -> tuple[tuple[str, int, bool], ...]:
    """What the bytes of one or two stripped pairs between two bytes spell, how many pairs, and whether it is words."""
    found: list[tuple[str, int, bool]] = []
    for first, seconds in _private().items():
        char = _char(lead, first)
        if not char or not common(char):
            continue
        for second in seconds:
            beyond = _char(second, last)
            if beyond and common(beyond):
                found.append((char + beyond, 1, held(char + beyond)))
        for between in words_after(char):
            code = _code(between)
            if code and code[0] in seconds:
                ends = (_char(second, last) for second in _private().get(code[1], ()))
                found += [(char + between + end, 2, True) for end in ends if end and common(end)]
    return tuple(found)


def _gapped(state: _State, chars: str, pending: int, pairs: int) -> _State:
    return _State(state.at + 1, pending, state.chars + chars, state.unknown + STRIPPED * pairs, state.swallowed)


def _left_bracket(state: _State, note: re.Match[str]) -> Iterator[_State]:
    """A whole note where a byte is pending: the decoder dropped the byte before the bracket (as iconv does), and with
    it perhaps a pair without a character."""
    pending = state.pending or 0
    for trail in trails(pending, note["syllable"]):
        yield from _joined(state, pending, trail, note.end(), None)
    for chars in _read_pairs(pending, note["syllable"]):
        yield _State(note.end(), None, state.chars + chars, state.unknown + 1, state.swallowed)


@cache
def _read_pairs(pending: int, syllable: str) -> tuple[str, ...]:
    """Two characters round a pair that was dropped, the second of which the note reads."""
    pairs = (
        (_char(pending, first), _char(second, trail))
        for first, seconds in _private().items()
        for second in seconds
        for trail in trails(second, syllable)
    )
    return tuple(char + last for char, last in pairs if char and last and common(char) and common(last))


def _lost(text: str, state: _State) -> Iterator[_State]:
    """A `?` without a reading: a second byte was lost, alone before a cut mark, else with an ASCII character."""
    cut = text[state.at + 1 : state.at + 2] in MARKS
    end = state.at + (2 if SITES_COMMA.match(text, state.at + 1) else 1)
    for trail in (*range(0x40, 0x7F), *range(0x80, 0xFF)):
        yield from _joined(state, state.pending or 0, trail, end, None, 1, 0 if cut else 1)


def _cut(text: str, state: _State) -> Iterator[_State]:
    """A cut mark: the first byte that dangled before it vanished with its second one."""
    end = state.at + (1 if SITES_COMMA.match(text, state.at) else 0)
    for trail in (*range(0x40, 0x7F), *range(0x80, 0xFF)):
        yield from _joined(state, state.pending or 0, trail, end, None, 1)
