"""The evidence on clauses without a number: does one state a dated or qualitative target?"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from zhengce.candidate import Candidate
from zhengce.document import Document
from zhengce.extract.clause import Clause
from zhengce.extract.statement import statements
from zhengce.extract.surroundings import surroundings, tail_and_head
from zhengce.extract.tense import in_goal_passage
from zhengce.extract.unquantified import goal_span, is_dated, may_be_goals
from zhengce.record import Record, Target
from zhengce.text import Span
from zhengce.words import words

__all__ = ["goal_evidence"]

SHORTEST = 6


def goal_evidence(document: Document, records: Iterable[Record]) -> tuple[Candidate, ...]:
    """A candidate for every clause without a number that is dated or stands in a passage of goals, in text order.

    Those that the rules took for a target are among them, whatever they look like.
    """
    made = {record.citation.span for record in records if isinstance(record, Target) and record.value is None}
    numbered = {statement.clause.span.start for statement in statements(document)}
    ends = {span.end for span in made}
    found = []
    for clause in may_be_goals(document):
        ruled = clause.span.end in ends and goal_span(clause) in made
        if ruled or (clause.span.start not in numbered and _may_be(document, clause)):
            span = goal_span(clause)
            said = "yes" if ruled else "no"
            features = (*_features(document, clause), f"ruled={said}")
            found.append(Candidate(question="goal", span=span, sentence=clause.sentence, ruled=said, features=features))
    return tuple(found)


def _may_be(document: Document, clause: Clause) -> bool:
    start = clause.span.start
    if clause.span.end - start < SHORTEST:
        return False
    if not (clause.own_time and is_dated(clause)) and not in_goal_passage(document, start):
        return False
    provision = document.provision_at(start)
    return not (provision and start < provision.span.end) and clause.mood.evidence != "past"


def _features(document: Document, clause: Clause) -> list[str]:
    text = document[clause.span]
    start, end = clause.span.start, clause.span.end
    return [
        f"mood={clause.mood.tense}/{clause.mood.evidence}",
        f"modal={clause.mood.modal}",
        f"own_time={clause.own_time}",
        f"deadline={clause.deadline.kind if clause.deadline else None}",
        f"starts={clause.starts is not None}",
        f"recurring={clause.recurring is not None}",
        f"length={min(len(text) // 6, 6)}",
        *[f"word:{word}" for word in words(text)],
        *[f"pair:{one}{two}" for one, two in pairwise(text)],
        *[f"opens{size}={text[:size]}" for size in (1, 2, 3)],
        *[f"ends{size}={text[-size:]}" for size in (1, 2, 3)],
        f"closed_by={document.text[end : end + 1]}",
        *tail_and_head(document, Span(start=start, end=start), Span(start=clause.sentence.start, end=start)),
        *surroundings(document, start),
    ]
