"""Stretches that a byte-wise annotator put out of phase, given back their characters where the evidence decides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from zhengce.clean.charlm import fluency, in_words, plain, rarest
from zhengce.clean.phase import MARKS, NOTE, STRIPPED, Solution, after_mark, after_note
from zhengce.clean.readings import SYLLABLE, TONED, is_reading, reads_toneless, toneless
from zhengce.text import Certainty, Edit, Span

__all__ = ["Finding", "findings", "rephase"]

HAN = re.compile(r"[\u3400-\u9fff]")
ANNOTATED = re.compile(rf"(?P<char>[\u3400-\u9fff])\((?P<syllable>{SYLLABLE})\s?\)")
NOTES = re.compile(rf"(?<=[\u3400-\u9fff])(?:\({SYLLABLE}\s?\))+")
# where a stretch may begin: a note whose bracket is gone or that does not read its character, or a mark that took half
# of a character with it
START = re.compile(
    rf"(?<=[\u3400-\u9fff)])\({SYLLABLE}\s?\)(?=[\u3400-\u9fff])|\?{SYLLABLE}\s?\)|"
    rf"\?[{''.join(map(re.escape, MARKS))}]|[！？；，!?;,](?=[\u2010-\uffff@-~!;]|"
    rf"\?(?!{SYLLABLE}\s?\)))"
)
# what stands before it is no neighbour of what stands behind
BREAK = re.compile(rf"\n|\?(?:{SYLLABLE}\s?\))?")
# some sites set a comma before a mark that cut a character
COMMA_BEFORE = re.compile(r"\??[,，](?=[?？!！;；])")
OPENS = frozenset("，,。；;《“（(” \n")
EVIDENCE, CONTEXT, KEPT, NEAR, REACH, MOST_RANKED = 3, 8, 4, 4, 40, 40
# nats by which the best reading must beat the next one, and the text as it stands (calibrated: models/charlm/card.md)
MARGIN, SURE_MARGIN, GAIN = 4.0, 5.0, 6.0
QUALITY, RAREST, WORDED, MARK_WORDED, SURELY, SOUND, USUAL = -7.7, -12.6, 0.6, 0.65, 0.8, -6.6, -11.0
LOST_COST = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A damaged stretch: repaired where `edit` is given, else flagged with up to four readings, the likeliest first."""

    span: Span
    edit: Edit | None
    suggestions: tuple[str, ...] = ()


def rephase(text: str) -> Iterator[Edit]:
    """Proposes the true characters of each stretch out of phase that one reading explains far better than any other.

    Nothing is touched unless three traditional characters of the text carry a note that reads them. An edit is exact
    where the bytes leave one reading, determined where the model chose among several, lost where ASCII was swallowed.

    >>> from zhengce.text import apply
    >>> page = "勞(láo)務(wù)輸(shū)出，穩(wěn)崗?fù)貚彺倬蜆I(yè)。"
    >>> apply(page, rephase(page))[0]
    '勞(láo)務(wù)輸(shū)出，穩(wěn)崗拓崗促就業(yè)。'
    """
    return (finding.edit for finding in findings(text) if finding.edit)


@lru_cache(maxsize=4)
def findings(text: str) -> tuple[Finding, ...]:
    """Every stretch that looks out of phase, repaired or flagged; none without evidence of an annotator."""
    return tuple(_findings(text)) if START.search(text) and _annotated(text) else ()


def _findings(text: str) -> Iterator[Finding]:
    done = 0
    for match in START.finditer(text):
        if match.start() < done:
            continue
        finding = _solve(text, match.start())
        if finding:
            done = finding.span.end
            yield finding


def _annotated(text: str) -> bool:
    found = (
        m
        for m in ANNOTATED.finditer(text)
        if any(c in TONED for c in m["syllable"]) and is_reading(m["char"], m["syllable"])
    )
    return sum(1 for _, _ in zip(found, range(EVIDENCE), strict=False)) >= EVIDENCE


def _solve(text: str, at: int) -> Finding | None:
    if text[at] == "(":
        return _behind_stray(text, at)
    note = NOTE.match(text, at)
    if note:
        before = _before(text, at)
        solutions = _behind_note(text, at, before) if before else []
        if not solutions:
            return Finding(span=_flagged(text, at), edit=None)
        return _decided(text, at, _ranked(text, at, _soonest(text, at, solutions)))
    comma = COMMA_BEFORE.match(text, at)
    if comma:
        behind = _solve(text, comma.end())
        if behind and behind.edit:
            sites = comma[0][0] == "?" or behind.edit.replacement[0] == "。" or text[at - 1 : at] in OPENS
            return _with_comma(behind.edit, at) if sites else behind
    solutions = _behind_mark(text, at)
    if not solutions or _sound(text, at + 1):
        return None
    ranked = _ranked(text, at, _soonest(text, at, solutions))
    far = max(solution.end for solution, _ in ranked)
    stands = fluency(_left(text, at) + NOTES.sub("", text[at:far]) + _right(text, far, far))
    # a toned note that does not read its character shows damage by itself
    unread = any(
        any(c in TONED for c in m["syllable"]) and not is_reading(m["char"], m["syllable"])
        for m in ANNOTATED.finditer(text, at, far)
    )
    return _decided(text, at, ranked) if ranked[0][1] - stands >= (-GAIN if unread else GAIN) else None


def _behind_stray(text: str, at: int) -> Finding | None:
    """A whole note that reads a character whose first byte the decoder let vanish, not the character before it."""
    end = text.index(")", at) + 1
    syllable = text[at + 1 : end - 1].rstrip()
    before = _before(text, at) if text[at - 1] == ")" else text[at - 1]
    if not HAN.match(before) or is_reading(before, syllable) or reads_toneless(before, toneless(syllable)):
        return None
    solutions = _behind_note(text, at, before)
    if not solutions or _sound(text, end):
        return None
    return _decided(text, at, _ranked(text, at, _soonest(text, at, solutions)))


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
    return Finding(span=span, edit=replace(edit, span=span))


def _decided(text: str, at: int, ranked: list[tuple[Solution, float]]) -> Finding:
    """The reading that stands out, as an edit; else a flag with the likeliest ones."""
    best, score = ranked[0]
    rival = next((other for solution, other in ranked[1:] if solution.chars != best.chars), None)
    margin = MARGIN if not best.unknown else SURE_MARGIN
    if _reads_well(text, at, best) and (rival is None or score - rival >= margin):
        return Finding(span=Span(start=at, end=best.end), edit=_edit(at, best, alone=rival is None))
    shown = tuple(dict.fromkeys(solution.chars for solution, _ in ranked))[:KEPT]
    return Finding(span=Span(start=at, end=max(best.end, _flagged(text, at).end)), edit=None, suggestions=shown)


def _soonest(text: str, at: int, solutions: list[Solution]) -> list[Solution]:
    """Without the readings that go on far behind a place where the text reads well already."""
    usual = sorted(solutions, key=lambda solution: solution.unknown - plain(solution.chars))
    for end in sorted({solution.end for solution in solutions}):
        if any(_reads_well(text, at, solution) for solution in [one for one in usual if one.end == end][:KEPT]):
            return [solution for solution in solutions if solution.end <= end + NEAR]
    return solutions


def _reads_well(text: str, at: int, solution: Solution) -> bool:
    if _quality(text, at, solution) < QUALITY or rarest(solution.chars) < RAREST:
        return False
    share = in_words(_left(text, at), solution.chars, _right(text, solution.end, solution.end))
    least = SURELY if solution.unknown >= STRIPPED else WORDED if NOTE.match(text, at) else MARK_WORDED
    return share >= least or len(solution.chars) < 3


def _quality(text: str, at: int, solution: Solution) -> float:
    """Nats a character of the repaired stretch with a few characters on both sides."""
    window = _left(text, at)[-3:] + solution.chars + _right(text, solution.end, solution.end)[:3]
    return fluency(window) / max(len(window), 1)


def _behind_note(text: str, at: int, before: str) -> list[Solution]:
    """Readings behind a note; with pairs that the site may have stripped only if no other one reads well."""
    solutions = after_note(text, at, before)
    if not any(_reads_well(text, at, one) for one in solutions):
        solutions += after_note(text, at, before, gap=True)
    return solutions


def _behind_mark(text: str, at: int) -> list[Solution]:
    """Readings behind the mark at `at` itself, whose lost half vanished, or behind the one that a `?` stands before."""
    left = _left(text, at)
    solutions = after_mark(text, at, at, left) if text[at] in MARKS else []
    if text[at] == "?" and text[at + 1 : at + 2] and text[at + 1] in MARKS:
        solutions += after_mark(text, at, at + 1, left)
    return solutions


def _ranked(text: str, at: int, solutions: list[Solution]) -> list[tuple[Solution, float]]:
    """The solutions, best first, each scored over the same stretch of the page."""
    left = _left(text, at)
    far = max(solution.end for solution in solutions)
    solutions = sorted(solutions, key=lambda solution: solution.unknown - plain(solution.chars))[:MOST_RANKED]

    def score(solution: Solution) -> float:
        # no mark but a full stop ends a line
        dangling = (
            6.0 if solution.chars[-1] in "、，·—…：；‘’“《（" and text[solution.end : solution.end + 1] in "\n" else 0.0
        )
        read = fluency(left + solution.chars + _right(text, solution.end, far))
        doubled = 12.0 if "。。" in solution.chars else 0.0
        return read - LOST_COST * solution.unknown - dangling - doubled

    return sorted(((solution, score(solution)) for solution in solutions), key=lambda pair: -pair[1])


def _left(text: str, at: int) -> str:
    return BREAK.split(NOTES.sub("", text[max(0, at - CONTEXT * 5) : at]))[-1][-CONTEXT:]


def _right(text: str, end: int, far: int) -> str:
    """What the page shows from `end` on to a few characters behind `far`, without notes."""
    shown = NOTES.sub("", "一" + text[end : far + CONTEXT * 8])[1:]  # a note may stand at once behind the stretch
    return re.split(r"[?\n]", shown[: CONTEXT + far - end])[0]


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
