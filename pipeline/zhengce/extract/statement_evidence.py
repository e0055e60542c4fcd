"""The evidence on every statement with a number: is it a target, a fact, a standard or none?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import pairwise

from zhengce.candidate import Candidate
from zhengce.document import Document
from zhengce.extract.clause import Clause
from zhengce.extract.statement import Statement, statements
from zhengce.extract.subsidy import in_standard
from zhengce.extract.surroundings import surroundings, tail_and_head
from zhengce.extract.tense import anchor_year
from zhengce.record import Fact, Record, Target
from zhengce.text import Span
from zhengce.value.unit import kind_of

__all__ = ["statement_evidence"]

NORM = re.compile(r"不(?:得?[少低高多小大]于|得?超过|超)|至少|控制在")


def statement_evidence(document: Document, records: Iterable[Record]) -> tuple[Candidate, ...]:
    """A candidate for every statement with a number, in text order, its span the number itself.

    `ruled` is what became of it in `records`.

    The features are characters, jieba's words, unit and bound, times, mood and section. Those that begin with `ruled`
    tell what the rules decided on the statement and its neighbours, so a judge can be trained with them or without.
    """
    found = list(statements(document))
    made: dict[tuple[Span, Decimal | None], str] = {
        (record.citation.span, record.value): "target" if isinstance(record, Target) else "fact"
        for record in records
        if isinstance(record, Target | Fact) and record.value is not None
    }
    ruled = [_ruled(document, statement, made) for statement in found]
    return tuple(
        Candidate(
            question="statement",
            span=statement.quantity.span,
            sentence=statement.clause.sentence,
            ruled=said,
            features=(*_features(document, statement), *_decided(said, before, after)),
        )
        for statement, said, before, after in zip(found, ruled, [None, *ruled], [*ruled[1:], None], strict=False)
    )


def _ruled(document: Document, statement: Statement, made: dict[tuple[Span, Decimal | None], str]) -> str:
    kind = made.get((statement.span, statement.quantity.value))
    return kind or ("standard" if in_standard(document, statement.span) else "none")


def _decided(said: str, before: str | None, after: str | None) -> Iterator[str]:
    yield f"ruled={said}"
    yield f"ruled:before={before}"
    yield f"ruled:after={after}"


def _features(document: Document, statement: Statement) -> Iterator[str]:
    quantity, clause = statement.quantity, statement.clause
    yield f"unit={quantity.unit}"
    yield f"measure={kind_of(quantity.unit) if quantity.unit else None}"
    yield f"bound={quantity.bound}"
    if NORM.search(quantity.text):
        yield "norm"
    yield f"digits={len(str(int(abs(quantity.value))))}"
    yield f"rises={statement.rises_from is not None}"
    yield f"first_of_list={statement.share}"
    yield from _mood(document, clause)
    yield from tail_and_head(document, quantity.span, clause.span)
    sentence = clause.sentence
    head = document.text[sentence.start : clause.span.start]
    yield f"opens={document.text[clause.span.start : clause.span.start + 1]}"
    yield f"opens2={document.text[clause.span.start : clause.span.start + 2]}"
    yield f"sentence_opens={document.text[sentence.start : sentence.start + 2]}"
    yield f"ends={document.text[clause.span.end - 1 : clause.span.end]}"
    yield f"closed_by={document.text[clause.span.end : clause.span.end + 1]}"
    yield from (f"head:{one}{two}" for one, two in pairwise(head[-16:]))
    yield from surroundings(document, statement.span.start)


def _mood(document: Document, clause: Clause) -> Iterator[str]:
    mood = clause.mood
    yield f"mood={mood.tense}/{mood.evidence}"
    yield f"modal={mood.modal}"
    yield f"own_time={clause.own_time}"
    year = anchor_year(document)
    if clause.deadline:
        day = clause.deadline.day
        when = "?" if not (day and year) else "later" if day.year > year else "same" if day.year == year else "earlier"
        yield f"deadline={clause.deadline.kind}/{when}"
    yield f"starts={clause.starts is not None}"
    yield f"recurring={clause.recurring is not None}"
