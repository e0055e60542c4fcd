"""The evidence on every statement with a number: is it a target, a fact, a standard or none?"""

from __future__ import annotations

import re
from collections.abc import Iterable
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
            features=(
                *_features(document, statement),
                f"ruled={said}",
                f"ruled:before={before}",
                f"ruled:after={after}",
            ),
        )
        for statement, said, before, after in zip(found, ruled, [None, *ruled], [*ruled[1:], None], strict=False)
    )


def _ruled(document: Document, statement: Statement, made: dict[tuple[Span, Decimal | None], str]) -> str:
    kind = made.get((statement.span, statement.quantity.value))
    return kind or ("standard" if in_standard(document, statement.span) else "none")


def _features(document: Document, statement: Statement) -> list[str]:
    quantity, clause = statement.quantity, statement.clause
    text, span, sentence = document.text, clause.span, clause.sentence
    return [
        f"unit={quantity.unit}",
        f"measure={kind_of(quantity.unit) if quantity.unit else None}",
        f"bound={quantity.bound}",
        *(("norm",) if NORM.search(quantity.text) else ()),
        f"digits={len(str(int(abs(quantity.value))))}",
        f"rises={statement.rises_from is not None}",
        f"first_of_list={statement.share}",
        *_mood(document, clause),
        *tail_and_head(document, quantity.span, span),
        f"opens={text[span.start : span.start + 1]}",
        f"opens2={text[span.start : span.start + 2]}",
        f"sentence_opens={text[sentence.start : sentence.start + 2]}",
        f"ends={text[span.end - 1 : span.end]}",
        f"closed_by={text[span.end : span.end + 1]}",
        *[f"head:{one}{two}" for one, two in pairwise(text[max(sentence.start, span.start - 16) : span.start])],
        *surroundings(document, statement.span.start),
    ]


def _mood(document: Document, clause: Clause) -> list[str]:
    mood, deadline = clause.mood, clause.deadline
    features = [f"mood={mood.tense}/{mood.evidence}", f"modal={mood.modal}", f"own_time={clause.own_time}"]
    if deadline:
        day, year = deadline.day, anchor_year(document)
        when = "?" if not (day and year) else "later" if day.year > year else "same" if day.year == year else "earlier"
        features.append(f"deadline={deadline.kind}/{when}")
    return [*features, f"starts={clause.starts is not None}", f"recurring={clause.recurring is not None}"]
