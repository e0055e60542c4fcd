"""What reviewed records teach: gold out of decisions in, labelled candidates out, as the training corpus gives them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from zhengce.candidate import Candidate
from zhengce.document import Document
from zhengce.errors import BadUsage
from zhengce.lessons import Example, in_place
from zhengce.measure.table import read_tables
from zhengce.record import TABLES
from zhengce.text import Span
from zhengce.value.quantity import quantities

__all__ = ["reviewed_examples"]

Row = Mapping[str, Any]
OF = {
    "subsidy": "subsidies",
    "assignment": "assignments",
    "reference": "references",
    "goal": "targets",
    "name": "brands",
}
STATEMENTS = {"targets": "target", "facts": "fact", "subsidies": "standard"}
NAMES = {"labour_brand": "brand", "training_programme": "programme"}
NUMBERS = ("value", "value_max", "amount", "amount_max", "rate", "cap")
ENOUGH = 0.5  # of the words of candidate and record together


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Judged:
    """A record that was decided about, or nobody's yet (`is_open`); `row` is None for one that was rejected."""

    table: str
    span: Span
    row: Row | None
    is_open: bool = False


def reviewed_examples(folder: Path) -> list[Example]:
    """The candidates that the rules find in the texts of gold (`write.gold`), each with the label that decisions give.

    A number in a kept target, fact or standard of a subsidy has that label where it is the record's own, or the only
    one there; one that was rejected has none, since a rejection does not say what it is instead. Of other questions,
    what was kept says yes, what was rejected no; a kept brand says of which kind it is, a rejected one that it is none.
    What nobody decided teaches nothing. Raises BadUsage for a folder without such gold, and where nothing is learned.
    """
    tables = read_tables(folder)
    documents = [row for _, row in tables.get("documents", ())]
    if not documents or any(not isinstance(row.get("text"), str) or "partial" not in row for row in documents):
        raise BadUsage(f"{folder} holds no reviewed records: give the folder gold that zhengce apply-edits wrote")
    found = [
        example
        for about in documents
        for example in _examples(about, {table: tables.get(table, []) for table in TABLES.values()})
    ]
    if not found:
        raise BadUsage(f"{folder}: nothing to learn: no decided record is what the rules find a candidate for")
    return found


def _examples(about: Row, tables: Mapping[str, Sequence[tuple[str, Row]]]) -> Iterator[Example]:
    from zhengce.flow import candidates, extracted, repaired

    document, _ = repaired(about["text"].encode("utf-8", "replace"), f"{about['document']}.txt")
    judged = list(_judged(about, tables, document))
    asked = candidates(document, extracted(document))
    numbers = [candidate.span for candidate in asked if candidate.question == "statement"]
    for candidate in asked:
        if candidate.question == "statement":
            label = _statement(document, candidate, judged, numbers)
        else:
            label = _answer(candidate, judged)
        if label:
            context = in_place(document, candidate)
            yield Example(candidate=candidate, label=label, document=about["document"], context=context)


def _judged(about: Row, tables: Mapping[str, Sequence[tuple[str, Row]]], document: Document) -> Iterator[_Judged]:
    def located(start: int, end: int) -> Span:
        return document.alignment.locate(Span(start=start, end=end))

    for table, lines in tables.items():
        for _, row in lines:
            if row["document"] == about["document"]:
                span = located(row["start"], row["end"])
                yield _Judged(table=table, span=span, row=row, is_open=bool(row.get("open")))
        for start, end in about["rejected"].get(table, ()):
            yield _Judged(table=table, span=located(start, end), row=None)


def _statement(
    document: Document, candidate: Candidate, judged: Iterable[_Judged], numbers: Iterable[Span]
) -> str | None:  # fmt: skip
    said = next(quantities(document[candidate.span]), None)
    labels: set[str | None] = set()
    for one in judged:
        if one.row is None or one.table not in STATEMENTS or candidate.span not in one.span:
            continue
        own = {Decimal(one.row[name]) for name in NUMBERS if one.row.get(name) is not None}
        alone = sum(span in one.span for span in numbers) == 1
        if own and (alone or (said and said.value in own)):
            priced = one.table == "subsidies" and one.row["kind"] != "standard"
            labels.add(None if one.is_open or priced else STATEMENTS[one.table])
    return labels.pop() if len(labels) == 1 else None


def _answer(candidate: Candidate, judged: Iterable[_Judged]) -> str | None:
    """What the record says that stands nearest to where the candidate does; nothing where two say otherwise."""
    near = [(_shared(one.span, candidate.span), one) for one in judged if one.table == OF[candidate.question]]
    most = max((share for share, _ in near), default=0.0)
    labels = {_said(candidate, one) for share, one in near if share == most}
    return labels.pop() if most >= ENOUGH and len(labels) == 1 else None


def _said(candidate: Candidate, one: _Judged) -> str | None:
    named = candidate.question == "name"
    if one.is_open or (one.row and candidate.question == "goal" and one.row["value"] is not None):
        return None
    if one.row is None:
        return "other" if named else "no"
    return NAMES[one.row["kind"]] if named else "yes"


def _shared(one: Span, other: Span) -> float:
    shared = max(0, min(one.end, other.end) - max(one.start, other.start))
    return shared / max(len(one) + len(other) - shared, 1)
