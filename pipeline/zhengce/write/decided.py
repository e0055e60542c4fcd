"""Values that people decide, as the rows of a table hold them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from zhengce.write.columns import columns
from zhengce.write.own_column import UNDECIDED, OwnColumn, own_columns
from zhengce.write.row import plain

__all__ = ["decided"]

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
    own = own_columns(table)
    if unknown := sorted(set(values) - set(own)):
        raise ValueError(f"{table}.{unknown[0]} cannot be decided")
    told = {name: one.default for name, one in own.items()} if new else {}
    told |= values
    rows = {name: _value(table, own[name], value) for name, value in told.items()}
    return rows | {column.name: None for column in columns()[table] if new and column.name in UNDECIDED}


def _value(table: str, own: OwnColumn, value: object) -> object:
    column = own.column
    if isinstance(value, str):
        value = value.strip() or None
    if column.type == "list":
        value = value if value is not None else []
        if isinstance(value, list) and all(isinstance(one, str) and one.strip() for one in value):
            return value
    elif value is None and own.empty:
        return None
    elif value is not None:
        try:
            return _typed(own, value)
        except (InvalidOperation, TypeError, ValueError):
            pass
    raise ValueError(f"{table}.{column.name} cannot be {value!r}")


def _typed(own: OwnColumn, value: object) -> object:
    match own.column.type, value:
        case "decimal", str() | int() | float() if not isinstance(value, bool):
            number = Decimal(str(value))
            if number.is_finite() and -LARGEST < number.adjusted() < LARGEST:
                return plain(number)
        case "date", str():
            return datetime.date.fromisoformat(value).isoformat()
        case "text", str():
            if not own.choices or value in {choice.value for choice in own.choices}:
                return value
    raise TypeError(own.column.type)
