"""The clauses of a document, each with the deadline, start, recurrence and mood that hold in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from zhengce.document import Document
from zhengce.extract.section import section_at
from zhengce.extract.stem import Stem, stem_of
from zhengce.extract.tense import Mood, anchor_day, anchor_year, mood_of
from zhengce.sentence import clauses, sentences
from zhengce.text import Span
from zhengce.value.date import CUE, DateMention, dates

__all__ = ["Clause", "read_clauses"]

LABEL = re.compile(r"(?:\d{1,3}[.．、](?!\d)|[（(][\d一二三四五六七八九十]{1,3}[）)]|[①-⑳])\s*")
AFTERWARDS = re.compile(r"(?:今后|此后|之后|以后)(?!五年)")  # what was in force is over
HOPES = re.compile("力争|争取|计划|预计|确保")
NO_STEM = Stem()
DATE_ONLY = re.compile(r"^[—\-在于到至从自用以和及与、，,的“‘\"]*$")


@dataclass(eq=False, slots=True)
class _Moods:
    """The moods of the clauses of a sentence, up to the one that was asked for: most clauses are never asked."""

    document: Document
    sentence: Span
    asked: list[tuple[Span, DateMention | None]] = field(default_factory=list)
    told: list[Mood] = field(default_factory=list)
    modal: str | None = None

    def at(self, number: int) -> Mood:
        if number < len(self.told):
            return self.told[number]
        for span, deadline in self.asked[len(self.told) : number + 1]:
            mood = mood_of(self.document, span, self.sentence, deadline, self.modal)
            self.modal = mood.modal or self.modal
            self.told.append(mood)
        return self.told[number]


@dataclass(eq=False, slots=True, kw_only=True)  # not frozen, which takes three times as long to make
class Clause:
    """A clause with its dates and the times and mood in force; `lead` starts at a clause before that is only a date."""

    span: Span
    lead: int
    sentence: Span
    deadline: DateMention | None
    starts: DateMention | None
    recurring: DateMention | None
    own_time: bool
    moods: _Moods = field(repr=False)
    number: int
    dates: tuple[DateMention, ...]
    quota: bool

    @property
    def mood(self) -> Mood:
        """Whether the clause speaks of what is to come."""
        return self.moods.at(self.number)


@lru_cache(maxsize=2)
def read_clauses(document: Document) -> tuple[Clause, ...]:
    """Every clause of the document with the deadline, start, recurrence and mood in force.

    A date or a modal at the head of a sentence holds for all later clauses of that sentence, and no further.
    """
    return tuple(_clauses(document))


def _clauses(document: Document) -> Iterator[Clause]:
    """Sentence by sentence; what stands over a list (到2026年，实现以下目标：) holds for the items below it."""
    year = anchor_year(document)
    stems: list[Stem] = []  # the innermost last
    told: DateMention | None = None  # the deadline that the line has told last
    for sentence in sentences(document.text):
        stems = [stem for stem in stems if sentence.start < stem.until]
        if document.text[sentence.start - 1 : sentence.start] == "\n":
            told = None
        over = section_at(document, sentence.start, year) if document.header.kind == "report" else None
        ahead = over.year if over and over.tense == "future" else None
        found = list(_of_sentence(document, sentence, ahead or year, stems[-1] if stems else NO_STEM))
        yield from found
        deadline = found[-1].deadline if found else None
        stem = stem_of(document, sentence, deadline, told)
        stems += [stem] if stem else []
        told = deadline or told


def _of_sentence(document: Document, sentence: Span, year: int | None, stem: Stem) -> Iterator[Clause]:
    deadline, starts = stem.deadline, None
    moods = _Moods(document, sentence)
    lead: int | None = None
    told = year  # the year that the sentence has told last
    text, day = document.text, anchor_day(document)
    timed = CUE.search(text, sentence.start, sentence.end)
    for span in _unlabelled(text, sentence):
        words = text[span.start : span.end]
        read_in = told if timed and "全年" in words else year  # 2023年…，全年…
        mentions = dates(words, read_in, day) if timed else ()
        found = [mention.shift(span.start) for mention in mentions]
        own_deadline = own_start = recurring = None
        if found:
            told = next((m.day.year for m in reversed(found) if m.day and not m.inferred), told)
            own_deadline = _deadline(text, span, found)
            own_start = next((m for m in found if m.kind == "from"), None)
            recurring = next((m for m in found if m.kind == "recurring"), None)
            if own_deadline or any(m.kind == "period" for m in found):
                deadline, starts = own_deadline, None
            if own_start and not own_deadline:
                deadline, starts = None, own_start
        if deadline and AFTERWARDS.match(words):
            deadline = own_deadline
        moods.asked.append((span, deadline))
        if found and _only_dates(words, span, found):
            lead = span.start + len(words) - len(words.lstrip("—-")) if lead is None else lead
            continue
        start = span.start if lead is None else lead
        yield Clause(
            span=span, lead=start, sentence=sentence, deadline=deadline, starts=starts, recurring=recurring,
            own_time=bool(own_deadline or own_start or lead is not None), moods=moods, number=len(moods.asked) - 1,
            dates=tuple(found), quota=stem.quotas,
        )  # fmt: skip
        lead = None


def _unlabelled(text: str, sentence: Span) -> list[Span]:
    """The clauses of a sentence, the first one without the number at the head of its line (6.新建…, （三）对…)."""
    found = list(clauses(text, sentence))
    label = LABEL.match(text, sentence.start, found[0].end) if found and found[0].start == sentence.start else None
    if label and label.end() < found[0].end:
        found[0] = Span(start=label.end(), end=found[0].end)
    return found


def _deadline(text: str, clause: Span, found: list[DateMention]) -> DateMention | None:
    """The deadline that a clause tells; of years in a list (2025年、2026年分别) the last, up to which they reach."""
    last = next((mention for mention in found if _is_deadline(text, clause, mention)), None)
    for before, mention in pairwise(found):
        if before is last and text[before.span.end : mention.span.start] in ("、", "和", "及", "与"):
            last = mention
    return last


def _is_deadline(text: str, clause: Span, mention: DateMention) -> bool:
    """Whether a mention of time is a deadline: by its form, or as a stretch at the head of a clause or in a cell."""
    at_head = mention.span.start - clause.start <= 6 or text.endswith(("将于", "将在", "拟于"), 0, mention.span.start)
    return mention.kind == "by" or (
        mention.kind == "within" and (at_head or "季度" in mention.text or _is_cell(text, mention.span))
    )


def _is_cell(text: str, span: Span) -> bool:
    """Whether a date fills a cell of a table's row."""
    return text[span.start - 1 : span.start].isspace() and text[span.end : span.end + 1] in ("\t", " ", "\n", "")


def _only_dates(words: str, span: Span, found: list[DateMention]) -> bool:
    rest = words
    for mention in reversed(found):
        rest = rest[: mention.span.start - span.start] + rest[mention.span.end - span.start :]
    return bool(DATE_ONLY.match(HOPES.sub("", rest)))
