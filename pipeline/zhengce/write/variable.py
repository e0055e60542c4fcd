"""The columns of a table as the variables of a statistics program: numbers, days, coded answers, text."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from zhengce.write.cell import cell
from zhengce.write.columns import Column
from zhengce.write.enumeration import enumeration
from zhengce.write.exact import LARGEST, fits_double, unfit

__all__ = ["Variable", "variables"]

Row = Mapping[str, object]
NAME_LENGTH = 32  # Stata's limit; SPSS has 64 bytes
LABELLED_LENGTH = 29  # the labels of a variable's codes are named after it, with a number of three digits at most
TRUTH: Mapping[int | float, str] = {0: "否", 1: "是"}
# names that Stata or SPSS keeps for itself, whatever their case
TAKEN = frozenset({
    "_all", "_b", "_coef", "_cons", "_n", "_pi", "_pred", "_rc", "_skip", "all", "and", "by", "byte", "double", "eq",
    "float", "ge", "gt", "if", "in", "int", "le", "long", "lt", "ne", "not", "or", "strl", "to", "using", "with",
})  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """One variable: `answers` are the labels of its codes; values are str, int, float or date as `kind` says.

    A missing value is None, of a text "".
    """

    column: str
    name: str
    label: str
    kind: Literal["text", "whole", "number", "day"]
    values: Sequence[object]
    answers: Mapping[int | float, str] = field(default_factory=dict)


def variables(table: str, table_columns: Sequence[Column], rows: Sequence[Row]) -> Iterator[Variable]:
    """The variables of a table, in the order of its columns.

    Enumerations are codes with Chinese labels (`lexicons/enumerations.tsv`), but text where a value is none of theirs
    or the name is longer than 29 characters; lists are joined by "; ". A decimal column of which a double cannot hold
    a number to all its digits has a text beside it, whose name ends in `_text`; a number too large for a double is
    missing. Names that the programs keep for themselves end in "_".

    >>> column = Column(name="value", type="decimal", label_zh="数值", label_en="Value", meaning="")
    >>> for made in variables("facts", [column], [{"value": "0.12345678901234567"}, {"value": None}]):
    ...     print(made.name, made.label, made.kind, list(made.values))
    value 数值 Value number [0.12345678901234566, None]
    value_text 数值 Value (all digits) text ['0.12345678901234567', '']
    """
    inexact = unfit(rows, table_columns, fits_double)
    used = {column.name for column in table_columns}
    for column in table_columns:
        yield _variable(table, column, rows)
        if column.name in inexact:
            name = f"{column.name[: NAME_LENGTH - 5]}_text"
            while name in used:
                name = f"{name[: NAME_LENGTH - 1]}_"
            used.add(name)
            values = [cell(row[column.name]) for row in rows]
            label = f"{column.label} (all digits)"
            yield Variable(column=column.name, name=name, label=label, kind="text", values=values)


def _variable(table: str, column: Column, rows: Sequence[Row]) -> Variable:
    name = f"{column.name}_" if column.name.lower() in TAKEN else column.name
    label = column.label
    values: list[object] = [row[column.name] for row in rows]
    short = len(name) <= LABELLED_LENGTH
    choices = enumeration(table, column.name) if column.type == "text" and short else ()
    codes = {choice.value: choice.code for choice in choices}
    if choices and all(value is None or value in codes for value in values):
        coded = [None if value is None else codes[str(value)] for value in values]
        answers: dict[int | float, str] = {choice.code: choice.label_zh for choice in choices}
        return Variable(column=column.name, name=name, label=label, kind="whole", values=coded, answers=answers)
    match column.type:
        case "integer":
            return Variable(column=column.name, name=name, label=label, kind="whole", values=values)
        case "boolean" if short:
            truths = [None if value is None else int(bool(value)) for value in values]
            return Variable(column=column.name, name=name, label=label, kind="whole", values=truths, answers=TRUTH)
        case "decimal":
            numbers = [_number(value) for value in values]
            return Variable(column=column.name, name=name, label=label, kind="number", values=numbers)
        case "date":
            days = [None if value is None else datetime.date.fromisoformat(str(value)) for value in values]
            return Variable(column=column.name, name=name, label=label, kind="day", values=days)
        case _:
            texts = [cell(value) for value in values]
            return Variable(column=column.name, name=name, label=label, kind="text", values=texts)


def _number(value: object) -> float | None:
    if value is None:
        return None
    number = float(str(value))
    return number if abs(number) < LARGEST else None
