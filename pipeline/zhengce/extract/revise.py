"""Records as judges see them: those they refuse go, those they find are made, each with its confidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Literal

from zhengce.candidate import Candidate, Question, Verdict
from zhengce.document import Document
from zhengce.extract.brand import brand_at, repeats
from zhengce.extract.clause import read_clauses
from zhengce.extract.fact import stated
from zhengce.extract.record_evidence import question_of
from zhengce.extract.statement import Statement, statements
from zhengce.extract.target import quantified
from zhengce.extract.unquantified import goal_span, target_of
from zhengce.record import Brand, Fact, Record, Target
from zhengce.text import Cover, Span

__all__ = ["revised"]

Kind = Literal["labour_brand", "training_programme"]
KINDS: Mapping[str, Kind] = {"brand": "labour_brand", "programme": "training_programme"}
OF_RECORDS: tuple[Question, ...] = ("subsidy", "assignment", "reference")
Judged = Sequence[tuple[Candidate, Verdict]]


def revised(document: Document, records: Iterable[Record], judged: Judged) -> list[Record]:
    """The records after judgement, in no order: each of a kind that was judged bears the probability that it is one.

    A statement can become a target or a fact or cease to be one, a name a brand or a programme, a clause a goal; the
    rule of what a judge has made ends in `.judged`. Other records are kept, whatever their probability.
    """
    by_question: dict[Question, list[tuple[Candidate, Verdict]]] = {}
    for candidate, verdict in judged:
        by_question.setdefault(candidate.question, []).append((candidate, verdict))
    found = list(records)
    found = [*_statements(document, found, by_question.get("statement", ()))]
    found = [*_goals(document, found, by_question.get("goal", ()))]
    found = [*_names(document, found, by_question.get("name", ()))]
    sure = {(ask, candidate.span): verdict for ask in OF_RECORDS for candidate, verdict in by_question.get(ask, ())}
    return [_sure(record, sure) for record in found]


def _statements(document: Document, records: list[Record], judged: Judged) -> Iterator[Record]:
    at = {statement.quantity.span: statement for statement in statements(document)}
    judged_at = ((at.get(candidate.span), candidate, verdict) for candidate, verdict in judged)
    asked = {(one.span, one.quantity.value): (one, candidate, verdict) for one, candidate, verdict in judged_at if one}
    for record in records:
        key = (record.citation.span, record.value) if isinstance(record, Target | Fact) else None
        if key not in asked:
            yield record
    made = {
        (record.citation.span, record.value): record
        for record in records
        if isinstance(record, Target | Fact) and record.value is not None
    }
    for key, (statement, candidate, verdict) in asked.items():
        label = verdict.label
        ruled = made.get(key)
        kept = ruled if ruled and label == candidate.ruled else _stated(document, statement, label, candidate.ruled)
        if kept:
            yield replace(kept, confidence=verdict.probabilities.get(label))


def _stated(document: Document, statement: Statement, label: str, ruled: str) -> Record | None:
    if ruled == "standard":
        return None  # the subsidy that the rules have made of it stays one
    if label == "target":
        return replace(quantified(document, statement), rule="target.judged")
    return replace(stated(document, statement), rule="fact.judged") if label == "fact" else None


def _goals(document: Document, records: list[Record], judged: Judged) -> Iterator[Record]:
    asked = {candidate.span: verdict for candidate, verdict in judged}
    ends = {span.end for span in asked}
    clauses = {goal_span(clause): clause for clause in read_clauses(document) if clause.span.end in ends}
    for record in records:
        goal = isinstance(record, Target) and record.value is None
        if not goal or record.citation.span not in asked:
            yield record
            continue
        verdict = asked.pop(record.citation.span)
        if verdict.label == "yes":
            yield replace(record, confidence=verdict.probabilities.get("yes"))
    for span, verdict in asked.items():
        if span in clauses and verdict.label == "yes":
            made = target_of(document, clauses[span])
            yield replace(made, rule="target.judged", confidence=verdict.probabilities.get("yes"))


def _names(document: Document, records: list[Record], judged: Judged) -> Iterator[Record]:
    made = {record.citation.span: record for record in records if isinstance(record, Brand)}
    yield from (record for record in records if not isinstance(record, Brand))
    kinds: dict[Span, Kind] = {}
    sure: dict[str, float | None] = {}  # how sure the surest mention of a name is
    for candidate, verdict in judged:
        label = verdict.label
        ruled = made.pop(candidate.span, None)
        if label not in KINDS:
            continue
        kinds[candidate.span] = KINDS[label]
        likely = verdict.probabilities.get(label)
        kept = ruled if label == candidate.ruled else None
        brand = kept or replace(brand_at(document, candidate.span, KINDS[label]), rule="brand.judged")
        sure[brand.name] = max(sure.get(brand.name) or 0, likely or 0) or None
        yield replace(brand, confidence=likely)
    yield from made.values()
    kinds |= {span: record.kind for span, record in made.items()}
    refused = Cover(candidate.span for candidate, _ in judged if candidate.span not in kinds)
    for span, kind in repeats(document, kinds).items():
        if not refused.overlaps(span):
            again = brand_at(document, span, kind)
            yield replace(again, confidence=sure.get(again.name))


def _sure(record: Record, sure: Mapping[tuple[Question, Span], Verdict]) -> Record:
    question = question_of(record)
    verdict = sure.get((question, record.citation.span)) if question else None
    return replace(record, confidence=verdict.probabilities.get("yes")) if verdict else record
