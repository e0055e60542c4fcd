"""Decisions applied to the rows of one document, each with what became of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from zhengce.amend.edit import Edit
from zhengce.text import Span

__all__ = ["Amended", "amended"]

Row = dict[str, object]
Outcome = Literal["applied", "not_found", "changed", "overruled", "invalid"]
FIXED = frozenset({"record", "document", "part", "provision", "raw_spans", "raw_quote", "page", "boxes"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Amended:
    """The tables of a document after the decisions, and a row of the table `audit` for each thing decided."""

    tables: Mapping[str, list[Row]]
    audit: list[Row]


@dataclass(slots=True)
class _State:
    """A record while decisions are applied to it; `by` is which audit row set a column last, or rejected it."""

    table: str
    row: Row
    rejected: Row | None = None
    by: dict[str, Row] = field(default_factory=dict)


def amended(
    tables: Mapping[str, Sequence[Row]],
    edits: Sequence[Edit],
    columns: Mapping[str, Sequence[str]],
    cite: Callable[[Span], Row] | None,
    length: int,
) -> Amended:
    """The rows of one document after the decisions about it; what a later one sets otherwise is `overruled`.

    `columns` are those of each table that can be decided about; `cite` gives the citation of a span as a row has it,
    None where the text's way back is not known any more; `length` is the text's. A record is found by its id where its
    quote is the same, else by its place. No decision raises: what cannot be applied is told in the audit.
    """
    states = [_State(table, dict(row)) for table in columns for row in tables.get(table, ())]
    audit: list[Row] = []
    for edit in edits:
        if edit.table not in columns or set(edit.decided) - set(columns[edit.table]) or set(edit.decided) & FIXED:
            audit.append(_told(edit, "invalid"))
        elif edit.action == "add":
            audit += _added(edit, states, columns[edit.table], cite, length)
        else:
            audit += _decided(edit, states)
    kept: dict[str, list[Row]] = {table: list(held) for table, held in tables.items()}
    kept |= {table: [] for table in columns if table in tables}
    for state in states:
        if state.rejected is None:
            kept[state.table].append(state.row)
    for table in columns:
        if table in kept:
            kept[table].sort(key=lambda row: (_number(row["start"]), _number(row["end"])))
    return Amended(tables=kept, audit=audit)


def _decided(edit: Edit, states: Sequence[_State]) -> list[Row]:
    state, outcome = _found(edit, states)
    if state is None:
        return [_told(edit, outcome)]
    if edit.action == "reject":
        _overrule([*state.by.values(), state.rejected])
        state.rejected = _told(edit, "applied", row=state.row)
        return [state.rejected]
    if state.rejected is not None:  # who confirms or edits what another one rejected takes it back
        _overrule([state.rejected])
        state.rejected = None
    if edit.action == "confirm" or not edit.decided:
        return [_told(edit, "applied", row=state.row)]
    rows = []
    for column, value in edit.decided.items():
        row = _told(edit, "applied", column=column, before=state.row.get(column), after=value, row=state.row)
        if state.by.get(column) and state.row.get(column) != value:
            _overrule([state.by[column]])
        state.by[column] = row
        state.row[column] = value
        rows.append(row)
    return rows


def _found(edit: Edit, states: Sequence[_State]) -> tuple[_State | None, Outcome]:
    held = [state for state in states if state.table == edit.table]
    same = next((state for state in held if state.row["record"] == edit.record), None)
    if same and (edit.quote is None or same.row["quote"] == edit.quote):
        return same, "applied"
    if edit.quote is not None:
        there = [state for state in held if state.row["quote"] == edit.quote]
        exact = [state for state in there if state.row["start"] == edit.start]
        if len(exact or there) == 1:
            return (exact or there)[0], "applied"
    return None, "changed" if same else "not_found"


def _added(
    edit: Edit, states: list[_State], columns: Sequence[str], cite: Callable[[Span], Row] | None, length: int
) -> list[Row]:
    start, end = edit.start or 0, edit.end or 0
    if cite is None or not 0 <= start < end <= length:
        return [_told(edit, "not_found" if cite is None else "invalid")]
    cited = cite(Span(start=start, end=end))
    if edit.quote is not None and cited["quote"] != edit.quote:
        return [_told(edit, "changed")]
    name = f"{edit.document}-{edit.table.rstrip('s')}-{edit.id}"
    blank = dict.fromkeys(columns)
    blank |= {column: [] for column in ("responsible", "per", "hosts") if column in blank}
    row: Row = {**blank, "record": name, **cited, "rule": "edit.add", **edit.decided}
    states.append(_State(edit.table, {column: row[column] for column in columns}))
    return [_told(edit, "applied", after=dict(edit.decided), row=row)]


def _overrule(rows: Sequence[Row | None]) -> None:
    for row in rows:
        if row is not None:
            row["outcome"] = "overruled"


def _told(
    edit: Edit, outcome: Outcome, *, column: str | None = None, before: object = None, after: object = None,
    row: Row | None = None,
) -> Row:  # fmt: skip
    return {
        "edit": edit.id, "time": edit.time, "coder": edit.coder, "action": edit.action, "outcome": outcome,
        "document": edit.document, "table": edit.table, "record": str(row["record"]) if row else edit.record,
        "column": column, "before": _text(before), "after": _text(after),
        "quote": str(row["quote"]) if row else edit.quote, "reason": edit.reason,
    }  # fmt: skip


def _text(value: object) -> str | None:
    return value if value is None or isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0
