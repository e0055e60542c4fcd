"""The numeric statements of a document: quantity, clause, and what the sentence says of time and mood.

Targets, facts and subsidies are made from these; they are read once a document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from zhengce.document import Document
from zhengce.extract.tense import Mood, anchor_year, mood_of
from zhengce.record import Quantity
from zhengce.sentence import clauses, sentences, trim
from zhengce.text import Span
from zhengce.value.date import DateMention, dates
from zhengce.value.quantity import quantities
from zhengce.value.unit import kind_of
from zhengce.words import tag

__all__ = ["Clause", "Statement", "read_clauses", "statements"]

TITLE_OR_NUMBER = re.compile(r"《[^》\n]{1,120}》|[〔［\[](?:19|20)\d{2}[〕］\]]\s?\d+\s?号")
SHORT_QUOTE = re.compile(r"[“\"「][^”\"」，,。\n]{0,14}[”\"」]")
MEASURES_TIME = re.compile(r"(?:周期|时长|课时|学时|工期|年限|期限|天数|寿命|年龄|时间)[^，,。；;]{0,10}$")
DATE_ONLY = re.compile(r"^[在于到至从自，,的]*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A clause with the times and the mood that hold in it; `lead` starts at a clause before that is only a date."""

    span: Span
    lead: int
    sentence: Span
    deadline: DateMention | None
    starts: DateMention | None
    recurring: DateMention | None
    own_time: bool
    mood: Mood


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A quantity in the shortest stretch of its clause that holds the claim."""

    quantity: Quantity
    span: Span
    clause: Clause
    rises_from: Quantity | None = None


@lru_cache(maxsize=2)
def read_clauses(document: Document) -> tuple[Clause, ...]:
    """Every clause of the document with the deadline, start, recurrence and mood in force.

    A date or a modal at the head of a sentence holds for all later clauses of that sentence, and no further.
    """
    return tuple(_clauses(document))


@lru_cache(maxsize=2)
def statements(document: Document) -> tuple[Statement, ...]:
    """Every statement with a number, in text order; damaged stretches, titles and document numbers are left out."""
    return tuple(_statements(document))


def _clauses(document: Document) -> Iterator[Clause]:
    year = anchor_year(document)
    for sentence in sentences(document.text):
        deadline = starts = None
        inherited: str | None = None
        lead: int | None = None
        for span in clauses(document.text, sentence):
            words = document[span]
            found = [_shift(mention, span.start) for mention in dates(words, year)]
            own_deadline = next(
                (m for m in found if m.kind == "by" or (m.kind == "within" and m.span.start - span.start <= 6)), None
            )
            own_start = next((m for m in found if m.kind == "from"), None)
            recurring = next((m for m in found if m.kind == "recurring"), None)
            if own_deadline or any(m.kind == "period" for m in found):
                deadline, starts = own_deadline, None
            if own_start:
                deadline, starts = None, own_start
            mood = mood_of(document, span, sentence, deadline, inherited)
            inherited = mood.modal or inherited
            if found and _only_dates(words, span, found):
                lead = span.start if lead is None else lead
                continue
            start = span.start if lead is None else lead
            yield Clause(
                span=span, lead=start, sentence=sentence, deadline=deadline, starts=starts, recurring=recurring,
                own_time=bool(own_deadline or own_start or lead is not None), mood=mood,
            )  # fmt: skip
            lead = None


def _only_dates(words: str, span: Span, found: list[DateMention]) -> bool:
    rest = words
    for mention in reversed(found):
        rest = rest[: mention.span.start - span.start] + rest[mention.span.end - span.start :]
    return bool(DATE_ONLY.match(re.sub(r"力争|争取|计划|预计|确保", "", rest)))


def _statements(document: Document) -> Iterator[Statement]:
    year = anchor_year(document)
    text = document.text
    barred = [Span(start=m.start(), end=m.end()) for m in TITLE_OR_NUMBER.finditer(text)]
    barred += [
        Span(start=m.start(), end=m.end())
        for m in SHORT_QUOTE.finditer(text)
        if re.search(r"[\d一二三四五六七八九十百千万]", m[0])
    ]
    barred += [note.span for note in document.notes if note.doubt in ("damaged", "undecodable")]
    for clause in read_clauses(document):
        words = document[clause.span]
        skip = [mention.span for mention in dates(words, year)]
        skip += [s.shift(0) for bar in barred if (s := _inside(bar, clause.span))]
        found = [replace(q, span=q.span.shift(clause.span.start)) for q in quantities(words, skip)]
        found = [q for q in found if _counts(q, text, clause.span)]
        for at, quantity in enumerate(found):
            span = _stretch(text, clause, found, at)
            before = found[at - 1] if at and _rises(text, found[at - 1], quantity) else None
            yield Statement(quantity=quantity, span=span, clause=clause, rises_from=before)


def _inside(bar: Span, clause: Span) -> Span | None:
    start, end = max(bar.start, clause.start), min(bar.end, clause.end)
    return Span(start=start - clause.start, end=end - clause.start) if start < end else None


def _shift(mention: DateMention, by: int) -> DateMention:
    return replace(mention, span=mention.span.shift(by))


def _counts(quantity: Quantity, text: str, clause: Span) -> bool:
    """Durations count only where the clause measures time; ages never."""
    if quantity.unit == "岁":
        return False
    if quantity.unit and kind_of(quantity.unit) == "time":
        return bool(MEASURES_TIME.search(text[clause.start : quantity.span.start]))
    return True


def _rises(text: str, before: Quantity, quantity: Quantity) -> bool:
    between = text[before.span.end : quantity.span.start]
    head = text[max(0, before.span.start - 2) : before.span.start]
    moved = re.fullmatch(
        r"[^，,。；;、]{0,8}?(?:提高|增加|增长|上升|扩大|扩展|拓展|降低|下降|减少|降|升|增|调整)?(?:到|至|为)", between
    )
    return bool(moved and re.search(r"[由从自]$", head) and before.unit == quantity.unit)


def _stretch(text: str, clause: Clause, found: list[Quantity], at: int) -> Span:
    """The part of the clause that belongs to one of its quantities."""
    first = at
    while first and _listed(text, found[first - 1], found[first]):
        first -= 1  # 分别增长3%、5%: both need the words before the list
    start = clause.lead if first == 0 else _cut(text, found[first - 1], found[first])
    if at + 1 < len(found) and _listed(text, found[at], found[at + 1]):
        end = found[at].span.end
    else:
        end = clause.span.end if at + 1 == len(found) else _cut(text, found[at], found[at + 1])
    end = max(end, found[at].span.end)
    start = min(start, found[at].span.start)
    return trim(text, Span(start=start, end=end))


def _listed(text: str, before: Quantity, after: Quantity) -> bool:
    return text[before.span.end : after.span.start] in ("、", "和", "及", "与")


def _cut(text: str, before: Quantity, after: Quantity) -> int:
    """Where one quantity's words end and the next one's begin."""
    between = text[before.span.end : after.span.start]
    marks = [match.end() for match in re.finditer(r"、|和|及|与|或|并|，|,", between)]
    if marks:
        return before.span.end + marks[0]
    if before.unit and kind_of(before.unit) in ("money", "person", "rate"):
        return before.span.end
    offset = 0
    for word, flag in _tagged(between):
        if flag.startswith(("v", "p", "d")):
            break
        offset += len(word)
    return before.span.end + (offset if offset < len(between) else 0)


@cache
def _tagged(words: str) -> tuple[tuple[str, str], ...]:
    return tuple(tag(words)) if words else ()
