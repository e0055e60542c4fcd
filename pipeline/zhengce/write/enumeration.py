"""The closed enumerations: which values a column may have, what they are called, which numbers stand for them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from zhengce.lexicon import table as entries

__all__ = ["Choice", "enumeration"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One value of an enumeration; `own` where it belongs to this table and means nothing elsewhere."""

    value: str
    code: int
    label_zh: str
    label_en: str
    own: bool


@cache
def enumeration(table: str, column: str) -> tuple[Choice, ...]:
    """The values of a column in the order of their codes, from 1; none for a column that is no enumeration.

    From `lexicons/enumerations.tsv`, where the table `*` stands for every table.

    >>> [(one.code, one.value, one.label_zh) for one in enumeration("subsidies", "kind")][:2]
    [(1, 'standard', '发放标准'), (2, 'budget', '预算安排')]
    >>> len(enumeration("facts", "bound")), enumeration("facts", "quote")
    (8, ())
    """
    rows = [row for row in entries("enumerations") if row["column"] == column]
    found = [row for row in rows if row["table"] == table] or [row for row in rows if row["table"] == "*"]
    return tuple(
        Choice(
            value=row["value"],
            code=int(row["code"]),
            label_zh=row["label_zh"],
            label_en=row["label_en"],
            own=row["table"] == table,
        )
        for row in found
    )
