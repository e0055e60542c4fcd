"""The records: value objects with a citation each. What the words mean is in the codebook (`lexicons/columns.tsv`)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, SupportsIndex, overload

from zhengce.document import Citation, Level
from zhengce.showing import html
from zhengce.text import Span

__all__ = [
    "TABLES", "Assignment", "Bound", "Brand", "Event", "EventKind", "Fact", "Failure", "Quantity", "Record", "Records",
    "Reference", "Subsidy", "Target", "identified",
]  # fmt: skip

Bound = Literal["=", ">=", "<=", ">", "<", "~", "range", "each>="]
EventKind = Literal["meeting", "release", "fair", "contest", "ceremony", "training"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number as policy prose writes it: multiplied out, with its unit and bound, and the words it was read from."""

    value: Decimal
    upper: Decimal | None = None
    unit: str | None = None
    bound: Bound = "="
    text: str
    span: Span

    def shift(self, by: int) -> Quantity:
        """The same quantity, `by` characters further on."""
        return Quantity(
            value=self.value, upper=self.upper, unit=self.unit, bound=self.bound, text=self.text,
            span=self.span.shift(by),
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What every record has: the words it rests on, the rule that made it, how likely it is one of its kind."""

    citation: Citation
    rule: str
    confidence: float | None = None
    duplicate_of: str | None = None

    def _repr_html_(self) -> str | None:
        return html(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target(Record):
    """A forward-looking goal or commitment: quantified, dated, or qualitative in a passage labelled as goals."""

    indicator: str | None
    value: Decimal | None = None
    value_max: Decimal | None = None
    from_value: Decimal | None = None
    unit: str | None = None
    bound: Bound | None = None
    each: str | None = None
    deadline: datetime.date | None = None
    deadline_text: str | None = None
    starts: datetime.date | None = None
    recurring: str | None = None
    scope: str | None = None
    modality: str | None = None
    responsible: tuple[str, ...] = ()
    nature: Literal["quantified", "dated", "qualitative"] = "quantified"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact(Record):
    """A figure achieved or asserted."""

    indicator: str | None
    value: Decimal | None = None
    value_max: Decimal | None = None
    from_value: Decimal | None = None
    unit: str | None = None
    bound: Bound | None = None
    period: str | None = None
    subject: str | None = None
    region: str | None = None
    tier: Literal["core", "peripheral"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Subsidy(Record):
    """Public money, or relief from taxes and fees, under a named or describable instrument; amounts in yuan."""

    instrument: str | None
    kind: Literal["standard", "budget", "disbursed", "unpriced"]
    amount: Decimal | None = None
    amount_max: Decimal | None = None
    rate: Decimal | None = None
    base: str | None = None
    currency: str | None = None
    bound: Bound | None = None
    per: tuple[str, ...] = ()
    payee: str | None = None
    condition: str | None = None
    payer: str | None = None
    cap: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment(Record):
    """One department's role in one provision."""

    department_text: str
    department: str | None
    level: Level | None
    region: str | None
    role: Literal["lead", "joint", "cooperate", "all"]
    group: str
    mode: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Brand(Record):
    """A labour brand (劳务品牌) or a training programme of the same kind of name."""

    name: str
    kind: Literal["labour_brand", "training_programme"]
    region: str | None = None
    industry: str | None = None
    workers: Decimal | None = None
    output_yuan: Decimal | None = None
    status: Literal["named", "proposed"] = "named"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference(Record):
    """A document named in the text."""

    title: str | None
    number: str | None = None
    issuer: str | None = None
    date: datetime.date | None = None
    relation: Literal["basis", "cited", "relayed", "repealed", "self"] = "cited"
    target: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Record):
    """Something held on days of its own: a meeting, a release to the press, a fair; `hosts` are as printed.

    `starts` is None where the text says the day loosely (近日, the other day) in `date_text`.
    """

    name: str
    kind: EventKind
    starts: datetime.date | None = None
    ends: datetime.date | None = None
    date_text: str | None = None
    place: str | None = None
    region: str | None = None
    hosts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """An input that could not become a document: the error's class name and a reason that a person understands."""

    source: str
    sha256: str | None
    error: str
    message: str


class Records(tuple[Record, ...]):
    """Records, which a notebook shows with the words that they rest on."""

    __slots__ = ()

    @overload
    def __getitem__(self, place: SupportsIndex) -> Record: ...
    @overload
    def __getitem__(self, place: slice) -> Records: ...
    def __getitem__(self, place: SupportsIndex | slice) -> Record | Records:
        held = super().__getitem__(place)
        return Records(held) if isinstance(held, tuple) else held

    def _repr_html_(self) -> str | None:
        return html(self)


# the table that each kind of record fills
TABLES: Mapping[type[Record], str] = {
    Target: "targets",
    Fact: "facts",
    Subsidy: "subsidies",
    Assignment: "assignments",
    Brand: "brands",
    Reference: "references",
    Event: "events",
}


def identified(document: str, records: Iterable[Record]) -> Iterator[tuple[str, Record]]:
    """Each record with its id, which counts the records of its kind in the order of the text, from 1."""
    counts: dict[str, int] = {}
    for record in sorted(records, key=lambda record: record.citation.span):
        kind = type(record).__name__.lower()
        counts[kind] = counts.get(kind, 0) + 1
        yield f"{document}-{kind}-{counts[kind]}", record
