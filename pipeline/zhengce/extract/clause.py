"""The clauses of a document, each with the deadline, start, recurrence and mood that hold in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from zhengce.document import Document
from zhengce.extract.tense import Mood, anchor_day, anchor_year, mood_of
from zhengce.sentence import clauses, sentences
from zhengce.text import Span
from zhengce.value.date import DateMention, dates

__all__ = ["Clause", "read_clauses"]

# what is announced for each of those listed below
QUOTAS = re.compile(r"(?:任务|指标|目标|名额|计划|数量|分配|分解)[^，。；]{0,12}(?:如下|为|是|见下)?[：:]$")
DATE_ONLY = re.compile(r"^[在于到至从自用以和及与、，,的“‘\"]*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A clause with its dates and the times and mood in force; `lead` starts at a clause before that is only a date."""

    span: Span
    lead: int
    sentence: Span
    deadline: DateMention | None
    starts: DateMention | None
    recurring: DateMention | None
    own_time: bool
    mood: Mood
    dates: tuple[DateMention, ...]
    quota: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Stem:
    """What stands over a list and holds for its items: a deadline, and that the items are quotas (任务分解如下：)."""

    deadline: DateMention | None = None
    quotas: bool = False


@lru_cache(maxsize=2)
def read_clauses(document: Document) -> tuple[Clause, ...]:
    """Every clause of the document with the deadline, start, recurrence and mood in force.

    A date or a modal at the head of a sentence holds for all later clauses of that sentence, and no further.
    """
    return tuple(_clauses(document))


def _clauses(document: Document) -> Iterator[Clause]:
    """Sentence by sentence; what stands over a list (到2026年，实现以下目标：) holds for the items below it."""
    year = anchor_year(document)
    stem = Stem()
    until = 0
    told: DateMention | None = None  # the deadline in force at the end of the sentence before, in the same line
    for sentence in sentences(document.text):
        if sentence.start >= until:
            stem = Stem()
        if document.text[sentence.start - 1 : sentence.start] == "\n":
            told = None
        found = list(_of_sentence(document, sentence, year, stem))
        yield from found
        if found and document.text[sentence.end - 1] in "：:" and sentence.start >= until:
            provision, part = document.provision_at(sentence.start), document.part_at(sentence.start)
            quotas = bool(QUOTAS.search(document[sentence]))
            stem = Stem(deadline=found[-1].deadline or (told if quotas else None), quotas=quotas)
            until = provision.body.end if provision else part.span.end if part else 0
        told = found[-1].deadline if found and found[-1].deadline else told


def _of_sentence(document: Document, sentence: Span, year: int | None, stem: Stem) -> Iterator[Clause]:
    deadline, starts = stem.deadline, None
    inherited: str | None = None
    lead: int | None = None
    told = year  # the year that the sentence has told last
    for span in clauses(document.text, sentence):
        words = document[span]
        read_in = told if "全年" in words else year  # 2023年…，全年…
        found = [replace(m, span=m.span.shift(span.start)) for m in dates(words, read_in, anchor_day(document))]
        told = next((m.day.year for m in reversed(found) if m.day and not m.inferred), told)
        own_deadline = next(
            (
                m
                for m in found
                if m.kind == "by"
                or (m.kind == "within" and (m.span.start - span.start <= 6 or _is_cell(document.text, m.span)))
            ),
            None,
        )
        own_start = next((m for m in found if m.kind == "from"), None)
        recurring = next((m for m in found if m.kind == "recurring"), None)
        if own_deadline or any(m.kind == "period" for m in found):
            deadline, starts = own_deadline, None
        if own_start and not own_deadline:
            deadline, starts = None, own_start
        mood = mood_of(document, span, sentence, deadline, inherited)
        inherited = mood.modal or inherited
        if found and _only_dates(words, span, found):
            lead = span.start if lead is None else lead
            continue
        start = span.start if lead is None else lead
        yield Clause(
            span=span, lead=start, sentence=sentence, deadline=deadline, starts=starts, recurring=recurring,
            own_time=bool(own_deadline or own_start or lead is not None), mood=mood, dates=tuple(found), quota=stem.quotas,
        )  # fmt: skip
        lead = None


def _is_cell(text: str, span: Span) -> bool:
    """Whether a date fills a cell of a table's row."""
    return text[span.start - 1 : span.start] in ("\t", "\u3000") and text[span.end : span.end + 1] in (
        "\t",
        "\u3000",
        "\n",
        "",
    )


def _only_dates(words: str, span: Span, found: list[DateMention]) -> bool:
    rest = words
    for mention in reversed(found):
        rest = rest[: mention.span.start - span.start] + rest[mention.span.end - span.start :]
    return bool(DATE_ONLY.match(re.sub(r"力争|争取|计划|预计|确保", "", rest)))
