"""Measure words and units."""

from __future__ import annotations

import re
from functools import cache

from zhengce.lexicon import column, table

__all__ = ["canonical", "kind_of", "unit_pattern"]


@cache
def _units() -> dict[str, tuple[str, str]]:
    return {row["unit"]: (row["canonical"], row["kind"]) for row in table("units")}


@cache
def unit_pattern() -> str:
    """A pattern for any unit in the lexicon, the longest first, where no word of another sense begins (部门, 人均)."""
    unless = {row["unit"]: row["unless"] for row in table("units")}
    tails: dict[str, list[str]] = {}  # by the first character: hundreds of branches would be tried one after the other
    for unit in column("units", "unit"):
        end = f"(?![{unless[unit]}])" if unless[unit] else ""
        tails.setdefault(unit[0], []).append(re.escape(unit[1:]) + end)
    branches = (f"{re.escape(first)}(?:{'|'.join(ends)})" for first, ends in tails.items())
    return f"(?=[{re.escape(''.join(tails))}])(?:{'|'.join(branches)})"


def canonical(unit: str) -> str:
    """The unit's canonical form.

    >>> canonical("名"), canonical("个月")
    ('人', '月')
    """
    return _units()[unit][0]


def kind_of(unit: str) -> str:
    """The kind of a unit: money, person, rate, count, measure or time; count for what the lexicon does not hold.

    >>> kind_of("平方米"), kind_of("人次"), kind_of("元")
    ('measure', 'person', 'money')
    """
    return "time" if unit == "月" else _units().get(unit, (unit, "count"))[1]
