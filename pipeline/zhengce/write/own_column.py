"""The columns that only one kind of record has: what people decide about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from functools import cache
from types import NoneType
from typing import get_args, get_type_hints

from zhengce.record import TABLES, Record
from zhengce.write.columns import Column, columns
from zhengce.write.enumeration import Choice, enumeration
from zhengce.write.row import plain

__all__ = ["UNDECIDED", "OwnColumn", "own_columns"]

UNDECIDED = frozenset({"target"})  # the id of a document that is held


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnColumn:
    """A column with its choices, where it is an enumeration, whether it may be empty, and what a new record has in it.

    One that may not be empty and has no default has to be said of a new record.
    """

    column: Column
    choices: tuple[Choice, ...]
    empty: bool
    default: object


@cache
def own_columns(table: str) -> Mapping[str, OwnColumn]:
    """The columns that can be decided in a table of records, by name, in their order.

    >>> [name for name, own in own_columns("brands").items() if not own.empty and own.default is None]
    ['name', 'kind']
    """
    kind = next(kind for kind, name in TABLES.items() if name == table)
    hints, held = get_type_hints(kind), {column.name: column for column in columns()[table]}
    shared = {field.name for field in fields(Record)} | UNDECIDED
    return {
        field.name: OwnColumn(
            column=held[field.name],
            choices=enumeration(table, field.name) if held[field.name].type == "text" else (),
            empty=NoneType in get_args(hints[field.name]) or held[field.name].type == "list",
            default=None if field.default is MISSING else plain(field.default),
        )
        for field in fields(kind)
        if field.name not in shared
    }
