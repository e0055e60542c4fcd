"""The kinds of record as coders see them: what they are called, what they mean, their colour, their columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache

from zhengce.record import TABLES, Record
from zhengce.write.cell import cell
from zhengce.write.columns import columns, sheets
from zhengce.write.enumeration import enumeration

__all__ = ["Kind", "kinds"]

# told apart by people who see few colours (Okabe and Ito 2008), dark enough for white letters to be read on them
COLOURS = ("#0072B2", "#B85000", "#007A5A", "#A8538A", "#8A6D00", "#2F6F95", "#7A3B3B", "#5A5A5A")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)  # compared by identity: there is one of each
class Kind:
    """A kind of record by the table that it fills; `fields` are the columns beside those that every kind has, with
    their Chinese labels.
    """

    table: str
    label_zh: str
    meaning: str
    colour: str
    fields: Mapping[str, str]

    def held(self, row: Mapping[str, object]) -> dict[str, object]:
        """What a record of the kind says in its own columns, empty ones left out."""
        return {name: row[name] for name in self.fields if row[name] not in (None, [])}

    def lines(self, row: Mapping[str, object]) -> list[str]:
        """The same as lines for people: 指标：新增就业, 性质：定量 quantified."""
        return [f"{self.fields[name]}：{_named(self.table, name, value)}" for name, value in self.held(row).items()]


def _named(table: str, column: str, value: object) -> str:
    names = {choice.value: f"{choice.label_zh} {choice.value}" for choice in enumeration(table, column)}
    return names.get(str(value)) or cell(value)


@cache
def kinds() -> tuple[Kind, ...]:
    """The kinds in the order of their tables.

    >>> [(kind.table, kind.label_zh, list(kind.fields)[:2]) for kind in kinds()][:2]
    [('targets', '目标', ['indicator', 'value']), ('facts', '数据', ['indicator', 'value'])]
    """
    shared = {field.name for field in fields(Record)}
    return tuple(
        Kind(
            table=table,
            label_zh=sheets()[table],
            meaning=(made.__doc__ or "").partition("\n")[0],
            colour=COLOURS[place % len(COLOURS)],
            fields={
                column.name: column.label_zh
                for column in columns()[table]
                if column.name in {field.name for field in fields(made)} - shared
            },
        )
        for place, (made, table) in enumerate(TABLES.items())
    )
