"""The public contract: which columns the tables have, in which order, and what they mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from types import MappingProxyType
from typing import Literal, cast

from zhengce.lexicon import table

__all__ = [
    "BOXES",
    "COMPARISON",
    "DATASET",
    "OBJECTS",
    "ORIGINS",
    "RECORDS",
    "Column",
    "ColumnType",
    "columns",
    "sheets",
]

# the books: tables that are written together
RECORDS, COMPARISON, DATASET = "columns", "compare_columns", "dataset_columns"
ORIGINS = "origins"  # the way back to the pages: JSON lines beside the records, made into no other format
BOXES, OBJECTS = "boxes", "parts"  # lists of something else than text

ColumnType = Literal["text", "integer", "decimal", "date", "boolean", "list", "spans"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its ASCII name, its type, its labels and a sentence on what it holds, in Chinese and English."""

    name: str
    type: ColumnType
    label_zh: str
    label_en: str
    meaning: str
    meaning_zh: str = ""

    @property
    def label(self) -> str:
        """Both labels, the Chinese one first."""
        return f"{self.label_zh} {self.label_en}"


@cache
def columns(book: str = RECORDS) -> Mapping[str, tuple[Column, ...]]:
    """The columns of each table of a book, in order: `columns` of a run, `compare_columns` of a comparison,
    `dataset_columns` of what links the reports of a dataset.

    From `lexicons/<book>.tsv`.

    >>> [column.name for column in columns()["failures"]]
    ['source', 'sha256', 'error', 'message']
    """
    tables = {
        name: tuple(map(_column, group)) for name, group in groupby(table(book), key=lambda entry: entry["table"])
    }
    return MappingProxyType(tables)


@cache
def sheets() -> Mapping[str, str]:
    """The Chinese name of each table, which its sheet in a workbook has.

    >>> sheets()["facts"]
    '数据'
    """
    return MappingProxyType({row["table"]: row["sheet"] for row in table("sheets")})


def _column(entry: Mapping[str, str]) -> Column:
    return Column(
        name=entry["column"],
        type=cast(ColumnType, entry["type"]),
        label_zh=entry["label_zh"],
        label_en=entry["label_en"],
        meaning=entry["meaning"],
        meaning_zh=entry.get("meaning_zh", ""),
    )
