"""The evidence on records that are no statement with a number and no name: is the row one of its kind?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from zhengce.candidate import Candidate, Question
from zhengce.document import Document
from zhengce.extract.surroundings import surroundings, tail_and_head
from zhengce.record import Assignment, Record, Reference, Subsidy
from zhengce.sentence import sentences_over
from zhengce.text import Span

__all__ = ["question_of", "record_evidence"]


def question_of(record: Record) -> Question | None:
    """The question asked of a record itself; None where its number or its name is judged.

    >>> from zhengce.flow import annotate
    >>> [question_of(record) for record in annotate("各县要落实社会保险补贴。")["subsidies"]]
    ['subsidy']
    """
    match record:
        case Subsidy():
            return "subsidy"
        case Assignment():
            return "assignment"
        case Reference():
            return "reference"
        case _:
            return None


def record_evidence(document: Document, records: Iterable[Record]) -> tuple[Candidate, ...]:
    """A candidate for every record that has a question of its own, in the order of the records."""
    asked = [(record, question) for record in records if (question := question_of(record))]
    over = sentences_over(document.text, (record.citation.span for record, _ in asked))
    return tuple(
        Candidate(
            question=question,
            span=record.citation.span,
            sentence=over[record.citation.span],
            ruled="yes",
            features=tuple(_features(document, record, over[record.citation.span])),
        )
        for record, question in asked
    )


def _features(document: Document, record: Record, sentence: Span) -> Iterator[str]:
    span = record.citation.span
    yield f"rule={record.rule}"
    yield f"length={min(len(span) // 8, 8)}"
    match record:
        case Subsidy():
            yield f"subsidy={record.kind}"
            yield f"subsidy+payee={record.kind}/{record.payee is not None}"
            yield f"instrument={record.instrument}"
            yield f"per={record.per}"
            yield f"bound={record.bound}"
        case Assignment():
            yield f"role={record.role}"
            yield f"mode={record.mode}"
            yield f"level={record.level}"
            yield f"full={record.department is not None}"
        case Reference():
            yield f"relation={record.relation}"
            yield f"numbered={record.number is not None}"
            yield f"title_ends={(record.title or '')[-2:]}"
    words = document[span]
    yield f"opens2={words[:2]}"
    yield f"ends2={words[-2:]}"
    yield from tail_and_head(document, Span(start=span.start, end=span.start), Span(start=sentence.start, end=span.end))
    yield from (f"then:{mark}" for mark in document.text[span.end : span.end + 2][:1])
    yield from surroundings(document, span.start)
