"""What a comparison is made of: texts in their units, which unit answers which, and what differs between the two."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from zhengce.document import DocumentKind, Level
from zhengce.record import Bound, Record
from zhengce.text import Span

__all__ = [
    "AtRisk", "Change", "Comparison", "Difference", "DifferenceKind", "Edge", "Form", "Goal", "Indicator", "Member",
    "Parallel", "Relation", "Reproduction", "Unit", "Upstream",
]  # fmt: skip

# in the order of consequence: where several hold, the first one is the relation
Relation = Literal["strengthen", "weaken", "quantify", "refine", "paraphrase", "copy", "add", "omit"]
Form = Literal["one", "split", "merged", "many", "none"]
DifferenceKind = Literal["value", "deadline", "duty", "department", "lead", "instrument"]
Change = Literal["stronger", "weaker", "equal", "scope", "differs", "added", "dropped"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A provision as compared; `headings` are those over it, outermost first, `text` is the member's at `span`."""

    document: str
    place: int
    provision: str | None
    label: str | None
    heading: str | None
    headings: tuple[str, ...] = ()
    span: Span
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A document as it is compared; `name` tells it from the others in few words, `cites` are (title, number) pairs.

    `date` is the day on which it was written, else published. `records` have their ids beside them.
    """

    document: str
    name: str
    source: str
    title: str | None = None
    number: str | None = None
    kind: DocumentKind = "other"
    issuers: tuple[str, ...] = ()
    region: str | None = None
    region_code: str | None = None
    level: Level | None = None
    date: datetime.date | None = None
    text: str
    units: tuple[Unit, ...] = ()
    records: tuple[tuple[str, Record], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Something that one of two parallel units says and the other does not, or says otherwise.

    `change` is seen from the document that carries out: stronger is more demanding or more generous, or earlier. A
    change of `scope` is none in strength: a province's total is part of the nation's. `confidence` is the probability
    that two values measure the same, None where only one side has one.
    """

    kind: DifferenceKind
    change: Change
    indicator: str | None = None
    unit: str | None = None
    per: tuple[str, ...] = ()
    base_words: str | None = None
    base_span: Span | None = None
    base_value: Decimal | None = None
    base_value_max: Decimal | None = None
    base_bound: Bound | None = None
    base_date: datetime.date | None = None
    words: str | None = None
    span: Span | None = None
    value: Decimal | None = None
    value_max: Decimal | None = None
    bound: Bound | None = None
    date: datetime.date | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Parallel:
    """A unit of the baseline and the unit that answers it; one of them is None where it was added or omitted.

    `likeness` is the cosine of the two folded texts, `confidence` the probability that they answer each other,
    `copy_ratio` the share of the 5-grams of the unit that the baseline's has too, `run` the longest stretch in common
    as the unit prints it, `longest_run` its length in folded characters. `shared_addition` is the number that
    added units of several documents have in common which answer each other.
    """

    base: Unit | None
    unit: Unit | None
    form: Form = "one"
    relations: tuple[Relation, ...]
    likeness: float | None = None
    confidence: float | None = None
    copy_ratio: float | None = None
    longest_run: int = 0
    run: str = ""
    differences: tuple[Difference, ...] = ()
    shared_addition: int | None = None

    @property
    def relation(self) -> Relation:
        """The most consequential of the relations."""
        return self.relations[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """What values of different texts measure alike, a row of `lexicons/indicators.tsv`; `units` are those it may have.

    `better` is the direction that is more demanding.
    """

    id: str
    zh: str
    en: str
    units: tuple[str, ...]
    better: Literal["higher", "lower", "none"]
    group: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """What a document sets or tells for an indicator: a number, or `words` (与经济增长同步) where it gives none.

    `printed` is the indicator as the document words it, `quote` the member's text at `span`, `record` the id of the
    record, None where the words of a passage of goals are none. `headline` says that it stands in such a passage,
    `chosen` that it is the one value to show for the document.
    """

    document: str
    indicator: Indicator
    printed: str
    kind: Literal["target", "fact"]
    value: Decimal | None = None
    value_max: Decimal | None = None
    bound: Bound | None = None
    unit: str | None = None
    deadline: datetime.date | None = None
    words: str | None = None
    headline: bool = False
    chosen: bool = False
    record: str | None = None
    quote: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Upstream:
    """The document that another one carries out, how that is known, and the words that say so."""

    member: Member
    by: Literal["cited", "level", "given"]
    quote: str | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reproduction:
    """Counts over the provisions of a document and its baseline; `lag` in days behind what it carries out."""

    upstream: Upstream | None
    lag: int | None
    copy_ratio: float | None
    answered: int
    relations: dict[Relation, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class AtRisk:
    """A region in a month in which it could still adopt; `adopted` in the month of its document."""

    member: Member
    month: datetime.date
    months_since: int
    adopted: bool
    adopters_before: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """Two departments that issued a document together (no direction), or of which one leads the other."""

    source: str
    target: str
    kind: Literal["joint_issue", "duty"]
    weight: int
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Documents compared with a baseline, what is found for each by its id; none where only goals are asked for."""

    baseline: Member | None
    members: tuple[Member, ...]
    parallels: Mapping[str, tuple[Parallel, ...]]
    reproductions: Mapping[str, Reproduction]
    at_risk: tuple[AtRisk, ...]
    edges: tuple[Edge, ...]
    goals: tuple[Goal, ...] = ()
