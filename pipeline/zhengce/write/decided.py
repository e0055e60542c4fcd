"""Values that people decide, as the rows of a table hold them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields
from decimal import Decimal, InvalidOperation
from functools import cache
from types import NoneType
from typing import Any, get_args, get_type_hints

from zhengce.record import TABLES, Record
from zhengce.write.columns import Column, columns
from zhengce.write.enumeration import enumeration
from zhengce.write.row import plain

__all__ = ["decided"]

UNDECIDED = frozenset({"target"})  # the id of a document that is held
LARGEST = 30  # digits before the point: more than all the money there is


def decided(table: str, values: Mapping[str, object], *, new: bool = False) -> dict[str, object]:
    """The values of columns of a table of records as its rows have them; for a `new` record all columns of its kind.

    What a record says can be decided, not where it stands, nor how it was found. Raises ValueError for a column that
    cannot be decided, for a value that is none of its type or its enumeration, and for nothing where there must be
    something.

    >>> decided("facts", {"value": 1500, "unit": " 人", "region": ""})
    {'value': '1500', 'unit': '人', 'region': None}
    >>> decided("brands", {"name": "榕江绣娘", "kind": "labour_brand"}, new=True)["status"]
    'named'
    >>> decided("facts", {"start": 5})
    Traceback (most recent call last):
    ValueError: facts.start cannot be decided
    """
    own = _own(table)
    if unknown := sorted(set(values) - set(own)):
        raise ValueError(f"{table}.{unknown[0]} cannot be decided")
    told = {name: _default(field) for name, (field, _, _) in own.items()} if new else {}
    told |= values
    return {name: _value(table, own[name][1], value, empty=own[name][2]) for name, value in told.items()}


@cache
def _own(table: str) -> dict[str, tuple[Field[Any], Column, bool]]:
    """The columns that only this kind of record has, each with its field and whether it may be empty."""
    kind = next(kind for kind, name in TABLES.items() if name == table)
    hints, held = get_type_hints(kind), {column.name: column for column in columns()[table]}
    shared = {field.name for field in fields(Record)} | UNDECIDED
    return {
        field.name: (field, held[field.name], NoneType in get_args(hints[field.name]))
        for field in fields(kind)
        if field.name not in shared
    }


def _default(field: Field[Any]) -> object:
    return None if field.default is MISSING else plain(field.default)


def _value(table: str, column: Column, value: object, *, empty: bool) -> object:
    if isinstance(value, str):
        value = value.strip() or None
    if column.type == "list":
        value = value if value is not None else []
        if isinstance(value, list) and all(isinstance(one, str) and one.strip() for one in value):
            return value
    elif value is None and empty:
        return None
    elif value is not None:
        try:
            return _typed(table, column, value)
        except (InvalidOperation, TypeError, ValueError):
            pass
    raise ValueError(f"{table}.{column.name} cannot be {value!r}")


def _typed(table: str, column: Column, value: object) -> object:
    match column.type, value:
        case "decimal", str() | int() | float() if not isinstance(value, bool):
            number = Decimal(str(value))
            if number.is_finite() and -LARGEST < number.adjusted() < LARGEST:
                return plain(number)
        case "date", str():
            return datetime.date.fromisoformat(value).isoformat()
        case "text", str():
            choices = enumeration(table, column.name)
            if not choices or value in {choice.value for choice in choices}:
                return value
    raise TypeError(column.type)
