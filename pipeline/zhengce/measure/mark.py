"""Coded records as they are compared, and all that one coder or one run has coded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from zhengce.text import Span

__all__ = ["KINDS", "RECORDS", "Coding", "Mark", "Value"]

RECORDS = ("targets", "facts", "subsidies", "assignments", "brands", "references")
KINDS = (*RECORDS, "provisions")

Value = str | bool | Decimal | frozenset[str] | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Mark:
    """One coded record: where it stands and what it says.

    `span` is its place in the clean text, `raw` its places in the decoded file; a record may have either, both, or only
    a `quote` until `place` has found that. `within` is a longer quote that holds this one. `values` has the columns
    that were coded, None where the coder says that there is nothing; `also` other deadlines that are as right. What is
    `open` is neither owed nor punished.
    """

    kind: str
    quote: str | None = None
    within: str | None = None
    span: Span | None = None
    raw: tuple[Span, ...] = ()
    values: Mapping[str, Value] = field(default_factory=dict)
    also: frozenset[Value] = frozenset()
    open: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Coding:
    """What one coder or one run has coded, by document and kind; a kind that is not there was not looked for.

    `documents` holds what is known of each document, by its id or name: `source` always, `text` where it is known.
    """

    name: str
    documents: Mapping[str, Mapping[str, object]]
    marks: Mapping[str, Mapping[str, tuple[Mark, ...]]]
