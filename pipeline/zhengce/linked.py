"""What a dataset is made of: reports, their copies, and what they tell of the same thing."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from zhengce.document import DocumentKind, Level
from zhengce.record import Bound, EventKind, Record
from zhengce.text import Span

__all__ = [
    "FIGURES", "Attribute", "BrandEntry", "Conflict", "ConflictKind", "Copy", "CopyKind", "DepartmentEntry",
    "EventEntry", "InstrumentEntry", "Linked", "Naming", "Observation", "Report", "Side", "Standard",
]  # fmt: skip

CopyKind = Literal["original", "identical", "repost", "excerpt", "rewrite"]
ConflictKind = Literal["date", "place", "value"]
Attribute = Literal["region", "industry", "workers", "output_yuan", "market_share", "status", "alias"]
FIGURES: tuple[Attribute, ...] = ("workers", "output_yuan", "market_share")  # the attributes that are numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One text of a document: a report, a notice, an article of a page; `id` is the document's and the part's.

    `text` is that of the whole document, `span` the report's place in it, so that all offsets are the document's.
    `date` is the day of publication, else that of writing. `records` have their ids beside them.
    """

    id: str
    document: str
    part: str
    source: str
    title: str | None = None
    number: str | None = None
    kind: DocumentKind = "other"
    outlet: str | None = None
    date: datetime.date | None = None
    region: str | None = None
    region_code: str | None = None
    level: Level | None = None
    text: str
    span: Span
    records: tuple[tuple[str, Record], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """What one report is among those that tell with the same words; `copied_from` is the likeliest one before it.

    `likeness` is the Jaccard index of their 4-grams of characters, `contained` the share of its own that the other has
    too, both None for a report from which none is known to be copied. `position` counts the steps from the first.
    """

    report: str
    cluster: int
    representative: str
    kind: CopyKind
    copied_from: str | None = None
    likeness: float | None = None
    contained: float | None = None
    position: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class EventEntry:
    """An event that reports tell of; first and last day are None where reports contradict one another."""

    id: str
    name: str
    kind: EventKind
    starts: datetime.date | None
    ends: datetime.date | None
    place: str | None
    region: str | None
    names: tuple[str, ...]
    dates: tuple[str, ...]
    places: tuple[str, ...]
    hosts: tuple[str, ...]
    reports: tuple[str, ...]
    records: tuple[str, ...]
    conflicting: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """What one report says of a brand as of a day, with its words; `duplicate_of` is the observation it repeats.

    `dated` says whether the day is stated or that of the report.
    """

    id: str
    brand: str
    attribute: Attribute
    value: str
    bound: Bound | None = None
    unit: str | None = None
    as_of: datetime.date | None = None
    dated: Literal["stated", "report"] | None = None
    report: str
    record: str | None
    document: str
    quote: str
    span: Span
    duplicate_of: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """A name of a brand where a report prints it; `record` is None where only another report or an alias tells it."""

    brand: str
    name: str
    report: str
    document: str
    record: str | None
    region_code: str | None
    quote: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class BrandEntry:
    """A brand (劳务品牌, labour brand) with, for each attribute, the observation that its cell rests on."""

    id: str
    name: str
    kind: str
    aliases: tuple[str, ...]
    region_code: str | None
    cells: Mapping[Attribute, Observation]
    first_seen: datetime.date | None
    last_seen: datetime.date | None
    reports: tuple[str, ...]
    records: tuple[str, ...]
    conflicting: tuple[Attribute, ...] = ()
    similar: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentEntry:
    """A department over all documents: how often it has each role, and the provisions that it leads."""

    id: str
    name: str
    level: Level | None
    region: str | None
    printed: tuple[str, ...]
    roles: Mapping[str, int]
    provisions_led: tuple[str, ...]
    first_seen: datetime.date | None
    last_seen: datetime.date | None
    documents: tuple[str, ...]
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standard:
    """What an instrument pays at a place from a day on, as one record states it."""

    instrument: str
    region: str | None
    region_code: str | None
    date: datetime.date | None
    report: str
    record: str
    duplicate_of: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class InstrumentEntry:
    """An instrument (补贴 and the like) over all documents, with its standards in the order of their days."""

    id: str
    name: str
    printed: tuple[str, ...]
    regions: tuple[str, ...]
    first_seen: datetime.date | None
    last_seen: datetime.date | None
    documents: tuple[str, ...]
    standards: tuple[Standard, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One side of a conflict: what a report says, and its words."""

    report: str
    document: str
    value: str
    quote: str
    span: Span
    record: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Sources that contradict one another about the same thing; nothing says which of them is right."""

    kind: ConflictKind
    about: str
    sides: tuple[Side, ...]
    found_in: Literal["copies", "event", "brand"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """All that is found over the reports of a dataset; `duplicates` are records by the earlier one they repeat."""

    reports: tuple[Report, ...]
    copies: Mapping[str, Copy]
    duplicates: Mapping[str, str]
    events: tuple[EventEntry, ...]
    brands: tuple[BrandEntry, ...]
    namings: tuple[Naming, ...]
    observations: tuple[Observation, ...]
    departments: tuple[DepartmentEntry, ...]
    instruments: tuple[InstrumentEntry, ...]
    conflicts: tuple[Conflict, ...]
