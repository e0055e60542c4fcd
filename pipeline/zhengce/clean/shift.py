"""One step through a stretch out of phase: what the next piece that is shown may stand for, one byte pending."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from heapq import nlargest

from zhengce.clean.charlm import Path, common, extended, fluency, held, plain, words_after
from zhengce.clean.gbk import MARKS, TRAILS, char_of, code_of, private_pairs
from zhengce.clean.listed import Listed
from zhengce.clean.readings import SYLLABLE, is_reading, reads_toneless, toneless, trails

__all__ = ["NOTE", "STRIPPED", "WHOLE_NOTE", "State", "step"]

NOTE = re.compile(rf"\?(?P<syllable>{SYLLABLE})\s?\)(?:\((?P=syllable)\s?\))*")
WHOLE_NOTE = re.compile(rf"(?:\((?P<syllable>{SYLLABLE})\s?\))+")
# a comma that some sites set before a mark that cut a character
SITES_COMMA = re.compile("[,，](?=[。！？；!?;])")
# a pair that a site stripped is worth three characters that the model chose
STRIPPED = 3
STOPS = frozenset("，。、")
# how many spellings of a gap are worth a look: words, and characters behind one that goes on a word
WORDS, ENDS = 8, 3
# and how many characters where a second byte was lost
LOST = 40


@dataclass(frozen=True, slots=True)
class State:
    """A reading as far as `at`: a byte pending (None: in phase again), the characters, how they score with what stands
    before them, `unknown` chosen by the model, `swallowed` ASCII ones, how many gaps may still be supposed, and the
    code of the phantom whose note split the character that comes next."""

    at: int
    pending: int | None
    chars: str
    path: Path
    unknown: int = 0
    swallowed: int = 0
    gaps: int = 0
    split: bytes = b""


def step(text: str, state: State, site: Listed) -> Iterator[State]:
    """The states after one more piece of the shown text; in phase again where none is pending."""
    at, pending = state.at, state.pending
    if pending is None:
        return
    if at >= len(text) or text[at].isspace():  # older decoders let a lone first byte vanish here
        yield from _cut(text, state, site)
        return
    shown = text[at]
    if state.gaps:
        yield from _stripped(text, state, site)
    if shown == "?" and (note := NOTE.match(text, at)):  # its second byte was swallowed with the bracket
        yield from _noted(state, note, site)
        return
    if shown == "(" and (whole := WHOLE_NOTE.match(text, at)):
        yield from _left_bracket(state, whole, site)
        return
    if shown == "?":
        yield from _lost(text, state, site)
    elif "@" <= shown <= "~":
        if _bears(text, at + 1, char_of(pending, ord(shown)), state, site):
            yield from _joined(state, ord(shown), at + 1, None)
    elif shown in MARKS and text[at - 1 : at] != "?":
        yield from _cut(text, state, site)
    yield from _shifted(text, state, site)


def _shifted(text: str, state: State, site: Listed) -> Iterator[State]:
    """The shown character as the second byte of one character and the first of the next."""
    pending, end, shown = state.pending or 0, state.at + 1, text[state.at]
    # a site that folds full-width ASCII folds what only looked like it: Ｘ A3 D8
    code = bytes((0xA3, ord(shown) | 0x80)) if "!" <= shown <= "~" else code_of(shown)
    if not code or not _stands(char_of(pending, code[0]), state, site):
        return
    whole = WHOLE_NOTE.match(text, end) if text[end : end + 1] == "(" else None
    if whole and is_reading(shown, whole["syllable"]):
        for further in _joined(state, code[0], whole.end(), code[1]):
            yield replace(further, split=code)
    elif shown not in site.always and not (whole and shown <= "~"):  # a note behind a letter reads what ends with it
        yield from _joined(state, code[0], end, code[1])


def _stands(char: str | None, state: State, site: Listed) -> bool:
    """Whether a character may stand without a note: not if the site notes it always, unless a note had split it.

    The annotator goes through its list in the order of the codes.
    """
    if char is None or char not in site.always:
        return char is not None
    return bool(state.split) and (code_of(char) or b"") > state.split


def _bears(text: str, at: int, char: str | None, state: State, site: Listed) -> bool:
    """Whether what follows at `at` agrees with a character that is whole again: its own note, or none."""
    whole = WHOLE_NOTE.match(text, at) if text[at : at + 1] == "(" else None
    if char is None or not whole:
        return _stands(char, state, site)
    return is_reading(char, whole["syllable"]) or reads_toneless(char, toneless(whole["syllable"]))


def _joined(
    state: State, trail: int, at: int, pending: int | None, unknown: int = 0, swallowed: int = 0
) -> Iterator[State]:
    char = char_of(state.pending or 0, trail)
    if char:
        path = extended(state.path, char)
        yield State(
            at, pending, state.chars + char, path, state.unknown + unknown, state.swallowed + swallowed, state.gaps
        )


def _noted(state: State, note: re.Match[str], site: Listed) -> Iterator[State]:
    """A true character that its note reads."""
    for trail in trails(state.pending or 0, note["syllable"]):
        if char_of(state.pending or 0, trail) not in site.never:
            yield from _joined(state, trail, note.end(), None)


def _left_bracket(state: State, note: re.Match[str], site: Listed) -> Iterator[State]:
    """A whole note where a byte is pending: the decoder dropped the byte before the bracket (as iconv does), and with
    it perhaps a pair without a character."""
    yield from _noted(state, note, site)
    for chars in _read_pairs(state.pending or 0, note["syllable"]):
        if chars[0] not in site.always and chars[-1] not in site.never:
            path = extended(state.path, chars)
            yield State(note.end(), None, state.chars + chars, path, state.unknown + 1, state.swallowed)


@cache
def _read_pairs(pending: int, syllable: str) -> tuple[str, ...]:
    """Two characters round a pair that was dropped, the second of which the note reads."""
    pairs = (
        (char_of(pending, first), char_of(second, trail))
        for first, seconds in private_pairs().items()
        for second in seconds
        for trail in trails(second, syllable)
    )
    return tuple(char + last for char, last in pairs if char and last and common(char) and common(last))


def _lost(text: str, state: State, site: Listed) -> Iterator[State]:
    """A `?` without a reading: a second byte was lost, alone before a cut mark, else with an ASCII character."""
    cut = text[state.at + 1 : state.at + 2] in MARKS
    end = state.at + (2 if SITES_COMMA.match(text, state.at + 1) else 1)
    for trail in _usual_trails(state.pending or 0):
        if _stands(char_of(state.pending or 0, trail), state, site):
            yield from _joined(state, trail, end, None, 1, 0 if cut else 1)


@cache
def _usual_trails(lead: int) -> tuple[int, ...]:
    """The second bytes of the characters of a first byte, where any may have been lost: the most usual ones."""
    chars = {trail: char for trail in TRAILS if (char := char_of(lead, trail))}
    return tuple(nlargest(LOST, chars, key=lambda trail: plain(chars[trail])))


def _cut(text: str, state: State, site: Listed) -> Iterator[State]:
    """A cut mark: the first byte that dangled before it vanished with its second one."""
    end = state.at + (1 if SITES_COMMA.match(text, state.at) else 0)
    for trail in _usual_trails(state.pending or 0):
        if _stands(char_of(state.pending or 0, trail), state, site):
            yield from _joined(state, trail, end, None, 1)


def _stripped(text: str, state: State, site: Listed) -> Iterator[State]:
    """One or two pairs without a character were stripped here: what their bytes may have spelt, by the words known."""
    shown = text[state.at]
    follows = code_of(shown)
    if "@" <= shown <= "~":
        for chars, pairs in _spelt(state, ord(shown)):
            if site.always.isdisjoint(chars[:-1]) and _bears(text, state.at + 1, chars[-1], state, site):
                yield replace(_gapped(state, chars, 0, pairs), pending=None)
    if not follows or "!" <= shown <= "~" or shown in site.always:
        return
    for chars, pairs in _spelt(state, follows[0]):
        if site.always.isdisjoint(chars):
            yield _gapped(state, chars, follows[1], pairs)


def _spelt(state: State, last: int) -> Iterator[tuple[str, int]]:
    words, others = _gaps(state.pending or 0, last)
    yield from words
    for first, some in others.items():
        if held(state.chars[-1:] + first):
            yield from some


@cache
def _gaps(lead: int, last: int) -> tuple[list[tuple[str, int]], dict[str, list[tuple[str, int]]]]:
    """What the bytes of one or two stripped pairs between two bytes spell, and how many pairs: words, and characters
    by the first of them, the most usual ones."""
    words: list[tuple[str, int]] = []
    others: dict[str, list[tuple[str, int]]] = {}
    for first, seconds in private_pairs().items():
        char = char_of(lead, first)
        if not char or not (common(char) or char in STOPS):
            continue
        ends = [end for second in seconds if (end := char_of(second, last)) and (common(end) or end in STOPS)]
        words += [(char + end, 1) for end in ends if char in STOPS or end in STOPS or held(char + end)]
        others[char] = [(char + end, 1) for end in nlargest(ENDS, ends, key=plain)]
        for between in words_after(char):
            code = code_of(between)
            if code and code[0] in seconds:
                behind = (char_of(second, last) for second in private_pairs().get(code[1], ()))
                words += [(char + between + end, 2) for end in behind if end and common(end)]
    return nlargest(WORDS, words, key=lambda one: fluency(one[0]) / len(one[0])), others


def _gapped(state: State, chars: str, pending: int, pairs: int) -> State:
    path = extended(state.path, chars)
    unknown = state.unknown + STRIPPED * pairs
    return State(state.at + 1, pending, state.chars + chars, path, unknown, state.swallowed, state.gaps - 1)
