"""Values in a form that compares, whoever wrote them: a run, a person in Excel, a script."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from types import MappingProxyType

from zhengce.lexicon import table
from zhengce.measure.mark import Value

__all__ = ["canonical", "fold", "types"]

QUOTES = str.maketrans("“”‘’「」『』", '""\'\'""""')
NO_MEANING = re.compile(r"[\"'《》〈〉*]")
# 人力资源社会保障厅 and 人力资源和社会保障厅 are one body
JOINED = re.compile(r"和(?=社会保障|改革|信息化|城乡|旅游)")
BODIES = frozenset({"department", "department_text", "issuer", "responsible"})
UNITS = {"名": "人", "位(排名)": "位"}
DIGITS = 3  # behind the point: a third is 0.333 and 0.3333
NO = frozenset({"", "0", "false", "no", "n", "否"})


@cache
def types(kind: str) -> Mapping[str, str]:
    """The type of each column of a table, from `lexicons/columns.tsv`."""
    return MappingProxyType({row["column"]: row["type"] for row in table("columns") if row["table"] == kind})


def fold(text: str) -> str:
    """The text without white space, in one width and with one style of quotes.

    >>> fold("到２０２５年， 培育“川妹子” 3个")
    '到2025年,培育"川妹子"3个'
    """
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text.translate(QUOTES)))


def canonical(kind: str, column: str, value: object) -> Value:
    """The value of one column of a table, so that equal values say the same; None for an empty one.

    Raises ValueError where the column holds numbers and the value is none.

    >>> canonical("facts", "value", "15,000.0") == canonical("facts", "value", 15000)
    True
    >>> canonical("targets", "unit", " 名"), canonical("targets", "deadline", "2025-12-31 00:00:00")
    ('人', '2025-12-31')
    >>> sorted(canonical("subsidies", "per", "人; 月"))
    ['人', '月']
    """
    if value is None or value == "" or value == []:
        return None
    match types(kind)[column]:
        case "decimal" | "integer":
            return _number(value)
        case "boolean":
            return str(value).strip().lower() not in NO
        case "date":
            return (value.isoformat() if isinstance(value, date) else str(value).strip())[:10]
        case "list" | "spans":
            return _items(column, value)
        case _:
            return _words(column, str(value)) or None


def _number(value: object) -> Decimal:
    try:
        return round(Decimal(re.sub(r"[,，\s]", "", str(value))), DIGITS).normalize()
    except InvalidOperation:
        raise ValueError(f"{value!r} is no number: write it out in figures, 1.5万 as 15000") from None


def _items(column: str, value: object) -> frozenset[str] | None:
    items = value if isinstance(value, list | tuple) else re.split(r"[;；]", str(value))
    return frozenset(filter(None, (_words(column, str(item)) for item in items))) or None


def _words(column: str, text: str) -> str:
    words = NO_MEANING.sub("", fold(text))
    if column in BODIES:
        words = JOINED.sub("", words)
    return UNITS.get(words, words) if column == "unit" else words
