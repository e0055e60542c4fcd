"""Where a text is out of phase, and which reading of each stretch its bytes, its page and the model leave."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from zhengce.clean.charlm import fluency, rarest
from zhengce.clean.choice import ranked, stands_out
from zhengce.clean.gbk import MARKS
from zhengce.clean.listed import Listed, listed
from zhengce.clean.phase import Solution, after_mark, after_note, may_cut
from zhengce.clean.readings import SYLLABLE, TONED, is_reading, reads_toneless, toneless
from zhengce.clean.shift import NOTE
from zhengce.clean.window import ANNOTATED, CONTEXT, NOTES, left_of, right_of
from zhengce.text import Certainty, Edit, Span

__all__ = ["Finding", "stretches"]

HAN = re.compile(r"[\u3400-\u9fff]")
# where a stretch may begin: a note whose bracket is gone or that does not read its character, or a mark that took half
# of a character with it
START = re.compile(
    rf"(?<=[\u3400-\u9fff)])\({SYLLABLE}\s?\)(?=[\u3400-\u9fff])|\?{SYLLABLE}\s?\)|"
    rf"\?[{''.join(map(re.escape, MARKS))}]|[！？；，!?;,](?=[\u2010-\uffff@-~!;]|"
    rf"\?(?!{SYLLABLE}\s?\)))"
)
# some sites set a comma before a mark that cut a character
COMMA_BEFORE = re.compile(r"\??[,，](?=[?？!！;；])")
OPENS = frozenset("，,。；;《“（(” \n")
EVIDENCE, KEPT, REACH = 3, 4, 40
# nats by which a reading behind a mark must beat the text as it stands, and how well that reads if it is sound
GAIN, SOUND, USUAL = 6.0, -6.6, -11.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A damaged stretch: repaired where `edit` is given, else flagged with up to four readings, the likeliest first.

    `reach` is where the longest reading ends; a further stretch may begin behind it.
    """

    span: Span
    edit: Edit | None
    suggestions: tuple[str, ...] = ()
    reach: int


def stretches(text: str) -> Iterator[Finding]:
    """Every stretch that looks out of phase, repaired or flagged; none without evidence of an annotator."""
    if START.search(text) and _annotated(text):
        yield from _findings(text)


def _findings(text: str) -> Iterator[Finding]:
    site = listed(text)
    last: Finding | None = None
    for match in START.finditer(text):
        at = match.start()
        noted = bool(NOTE.match(text, at))
        # in what is flagged, only a note says that a further stretch begins
        inside = last is not None and at < (max(last.reach, last.span.end) if not noted else last.reach)
        if last and inside and last.edit is None and noted:
            last = _together(last, _unread(text, at))
        finding = None if inside else _solve(text, site, at)
        if not finding:
            continue
        if last and at < last.span.end and not finding.edit:
            last = _together(last, finding)
            continue
        if last:
            yield replace(last, span=Span(start=last.span.start, end=min(last.span.end, at)))
        last = finding
    if last:
        yield last


def _together(first: Finding, second: Finding) -> Finding:
    span = Span(start=first.span.start, end=max(first.span.end, second.span.end))
    return replace(first, span=span)


def _annotated(text: str) -> bool:
    found = (
        m
        for m in ANNOTATED.finditer(text)
        if any(c in TONED for c in m["syllable"]) and is_reading(m["char"], m["syllable"])
    )
    return sum(1 for _, _ in zip(found, range(EVIDENCE), strict=False)) >= EVIDENCE


def _solve(text: str, site: Listed, at: int) -> Finding | None:
    if text[at] == "(":
        return _behind_stray(text, site, at)
    note = NOTE.match(text, at)
    if note:
        before = _before(text, at)
        return (_behind_note(text, site, at, before) if before else None) or _unread(text, at)
    comma = COMMA_BEFORE.match(text, at)
    if comma:
        behind = _solve(text, site, comma.end())
        if behind and behind.edit:
            sites = comma[0][0] == "?" or behind.edit.replacement[0] == "。" or text[at - 1 : at] in OPENS
            return _with_comma(behind.edit, at) if sites else behind
    cuts = [mark for mark in (at, at + 1)[: 1 + (text[at] == "?")] if may_cut(text, mark)]
    left = left_of(text, at)
    sound = not cuts or _sound(text, at + 1)
    solutions = [] if sound else [one for mark in cuts for one in after_mark(text, at, mark, left, site)]
    if not solutions:
        return None
    order = ranked(text, at, solutions)
    far = max(solution.end for solution, _ in order)
    stands = fluency(left_of(text, at) + NOTES.sub("", text[at:far]) + right_of(text, far, far))
    # a toned note that does not read its character shows damage by itself
    unread = any(
        any(c in TONED for c in m["syllable"]) and not is_reading(m["char"], m["syllable"])
        for m in ANNOTATED.finditer(text, at, far)
    )
    return _decided(text, at, order) if order[0][1] - stands >= (-GAIN if unread else GAIN) else None


def _unread(text: str, at: int) -> Finding:
    span = _flagged(text, at)
    return Finding(span=span, edit=None, reach=span.end)


def _behind_stray(text: str, site: Listed, at: int) -> Finding | None:
    """A whole note that reads a character whose first byte the decoder let vanish, not the character before it."""
    end = text.index(")", at) + 1
    syllable = text[at + 1 : end - 1].rstrip()
    before = _before(text, at) if text[at - 1] == ")" else text[at - 1]
    if not HAN.match(before) or is_reading(before, syllable) or reads_toneless(before, toneless(syllable)):
        return None
    return None if _sound(text, end) else _behind_note(text, site, at, before)


def _before(text: str, at: int) -> str:
    """The character before a place, its notes aside."""
    return NOTES.sub("", text[max(0, at - 24) : at])[-1:]


def _sound(text: str, start: int) -> bool:
    """Whether the text behind a mark reads well as it stands."""
    shown = re.split(r"[?\n，。、；：！,;:!]", NOTES.sub("", text[start : start + CONTEXT * 4])[: CONTEXT - 1])[0]
    return len(shown) >= 4 and fluency(shown) / len(shown) > SOUND and rarest(shown[:3]) > USUAL


def _with_comma(edit: Edit, at: int) -> Finding:
    """The edit begun earlier: a comma that stands before 。, or behind a lost byte, is the site's."""
    span = Span(start=at, end=edit.span.end)
    return Finding(span=span, edit=replace(edit, span=span), reach=span.end)


def _decided(text: str, at: int, order: list[tuple[Solution, float]]) -> Finding:
    """The reading that stands out, as an edit; else a flag with the likeliest ones."""
    best = stands_out(text, at, order)
    if best:
        edit = _edit(at, best, alone=len(order) == 1)
        return Finding(span=edit.span, edit=edit, reach=best.end)
    shown = tuple(dict.fromkeys(solution.chars for solution, _ in order))[:KEPT]
    span = Span(start=at, end=max(order[0][0].end, _flagged(text, at).end))
    return Finding(span=span, edit=None, suggestions=shown, reach=max(solution.end for solution, _ in order))


def _behind_note(text: str, site: Listed, at: int, before: str) -> Finding | None:
    """What is decided of the readings behind a note; pairs that the site may have stripped are supposed only if no
    reading without them stands out."""
    left = left_of(text, at)
    solutions = after_note(text, at, before, left, site)
    found = _decided(text, at, ranked(text, at, solutions)) if solutions else None
    if site.keeps or (found and found.edit):
        return found
    solutions = after_note(text, at, before, left, site, gap=True)
    return _decided(text, at, ranked(text, at, solutions)) if solutions else None


def _edit(at: int, best: Solution, *, alone: bool) -> Edit:
    certainty: Certainty = (
        "lost" if best.swallowed else "inferred" if best.unknown else "exact" if alone else "determined"
    )
    replacement = best.chars + "?" * best.swallowed
    return Edit(span=Span(start=at, end=best.end), replacement=replacement, rule="rephase.bytes", certainty=certainty)


def _flagged(text: str, at: int) -> Span:
    """Up to where the text is surely in phase again: a note that reads its character, a line end, or 40 characters."""
    note = NOTE.match(text, at)
    limit = min(at + REACH, len(text))
    line = text.find("\n", at, limit)
    limit = line if line >= 0 else limit
    sound = (
        m.start()
        for m in ANNOTATED.finditer(text, note.end() if note else at + 1, limit)
        if is_reading(m["char"], m["syllable"])
    )
    return Span(start=at, end=max(next(sound, limit), note.end() if note else at + 1))
