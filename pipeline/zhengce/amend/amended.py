"""Decisions applied to the rows of one document, each with what became of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from zhengce.amend.audit import Outcome, as_text, audit_row
from zhengce.amend.edit import Edit, moment
from zhengce.text import Span

__all__ = ["Amended", "Amending", "amended"]

Row = dict[str, object]
WHOLE = ""  # stands for the record itself where others are columns


@dataclass(frozen=True, slots=True, kw_only=True)
class Amending:
    """What decisions about a document are measured against.

    `decide` gives the values of a decision as rows have them, for a new record all of its own columns, and raises
    ValueError for what cannot stand in its table; `cite` gives the citation of a span as a row has it, None where the
    text's way back is not known any more; `length` is the text's. `before` are the rows of the audit of a former run
    about the document, those of decisions that were taken back since with the outcome `undone`.
    """

    decide: Callable[[Edit], Mapping[str, object]]
    cite: Callable[[Span], Row] | None
    length: int
    before: Sequence[Row] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Amended:
    """The tables of a document after the decisions, and a row of the table `audit` for each thing decided."""

    tables: Mapping[str, list[Row]]
    audit: list[Row]


@dataclass(slots=True)
class _State:
    """A record while decisions are applied to it; `by` is which audit rows a column rests on, or the whole record.

    `rejected` are the audit rows that took it away, `buried` those that these made void; `gone` is one whose addition
    was undone.
    """

    table: str
    row: Row
    rejected: list[Row] = field(default_factory=list)
    buried: list[Row] = field(default_factory=list)
    by: dict[str, list[Row]] = field(default_factory=dict)
    gone: bool = False


def amended(
    tables: Mapping[str, Sequence[Row]], edits: Sequence[Edit], kinds: Iterable[str], amending: Amending
) -> Amended:
    """The rows of one document after the decisions about it; what a later one sets otherwise is `overruled`.

    `kinds` are the tables that can be decided about. A record is found by its id where its quote is the same, else by
    its place. One that is changed repeats no other any more; of those that repeat one that is rejected, the first
    takes its place; what two coders added at one place is told once, as the later one has it. What a former run applied
    is taken back in its records and applied anew among `edits`, in the order of times, less what is `undone` by now;
    its rows of the audit, which are changed, tell what then became of it. No decision raises: what cannot be applied
    is told in the audit.
    """
    held = [table for table in kinds if table in tables]
    states = [_State(table, dict(row)) for table in held for row in tables[table]]
    steps: list[tuple[_State, Row] | Edit] = [*_rewound(states, amending.before), *edits]
    audit: list[Row] = []
    for step in sorted(steps, key=_time):
        if not isinstance(step, Edit):
            _again(*step)
            continue
        try:
            if step.table not in held:
                raise ValueError(step.table)
            known = replace(step, decided=amending.decide(step))
        except ValueError:
            audit.append(audit_row(step, "invalid"))
            continue
        audit += _added(known, states, amending) if step.action == "add" else _decided(known, states)
    _reunite(states)
    kept: dict[str, list[Row]] = {table: list(rows) for table, rows in tables.items()} | {one: [] for one in held}
    for state in states:
        if not (state.rejected or state.gone):
            kept[state.table].append(state.row)
    for table in held:
        kept[table].sort(key=lambda row: (_number(row["start"]), _number(row["end"])))
    return Amended(tables=kept, audit=audit)


def _time(step: tuple[_State, Row] | Edit) -> datetime:
    return moment(step.time if isinstance(step, Edit) else str(step[1]["time"]))


def _rewound(states: Sequence[_State], before: Sequence[Row]) -> list[tuple[_State, Row]]:
    """What former decisions the rows rest on, which are as they were without them.

    A rejection whose record is no more cannot be undone.
    """
    found = {(state.table, state.row["record"]): state for state in states}
    first: set[tuple[int, str]] = set()
    steps = []
    for row in sorted(before, key=lambda row: moment(str(row["time"]))):
        state = found.get((str(row["table"]), row["record"]))
        if state is None:
            if row["outcome"] == "undone" and row["action"] == "reject" and not _rejected_by_others(row, before):
                row["outcome"] = "applied"
            continue
        if row["outcome"] not in ("applied", "overruled", "undone"):
            continue
        column = str(row["column"] or WHOLE)
        if column != WHOLE and (id(state), column) not in first:
            first.add((id(state), column))
            state.row[column] = _value(row["before"], state.row.get(column))
        if row["outcome"] != "undone":
            steps.append((state, row))
        elif row["action"] == "add":
            state.gone = True
    return steps


def _rejected_by_others(row: Row, before: Sequence[Row]) -> bool:
    about = ("reject", "applied", row["table"], row["record"])
    return any((one["action"], one["outcome"], one["table"], one["record"]) == about for one in before)


def _again(state: _State, row: Row) -> None:
    """Apply what the audit of a former run tells."""
    if state.gone:
        row["outcome"] = "not_found"
        return
    row["outcome"] = "applied"
    if row["action"] == "add":
        state.by.setdefault(WHOLE, []).append(row)
    else:
        _take(state, row, _value(row["after"], state.row.get(str(row["column"]))))


def _decided(edit: Edit, states: Sequence[_State]) -> list[Row]:
    state, outcome = _found(edit, states)
    if state is None:
        return [audit_row(edit, outcome)]
    changes = edit.decided if edit.action == "edit" else {}
    rows = []
    for column, value in changes.items() or [(None, None)]:
        rows.append(audit_row(edit, "applied", column=column, after=value, row=state.row))
        _take(state, rows[-1], value)
    return rows


def _take(state: _State, row: Row, value: object) -> None:
    """Let a decision act on a record, as its row of the audit tells it; `value` is what a column gets."""
    if row["action"] == "reject":
        if not state.rejected:
            state.buried = [one for rows in state.by.values() for one in rows if one["outcome"] == "applied"]
            for one in state.buried:
                one["outcome"] = "overruled"
        state.rejected.append(row)
        return
    for one in state.rejected:  # who confirms or edits what another one rejected takes it back
        one["outcome"] = "overruled"
    for one in state.buried:
        one["outcome"] = "applied"
    state.rejected, state.buried = [], []
    column = str(row["column"] or WHOLE)
    by = state.by.setdefault(column, [])
    if column != WHOLE:
        row["before"] = as_text(state.row.get(column))
        if state.row.get(column) != value:
            for one in by:
                one["outcome"] = "overruled"
            by.clear()
            state.row[column], state.row["duplicate_of"] = value, None
    by.append(row)


def _found(edit: Edit, states: Sequence[_State]) -> tuple[_State | None, Outcome]:
    held = [state for state in states if state.table == edit.table and not state.gone]
    same = next((state for state in held if state.row["record"] == edit.record), None)
    as_told = same if same and edit.quote in (None, same.row["quote"]) else None
    if as_told and edit.start in (None, as_told.row["start"]):
        return as_told, "applied"
    if edit.quote is not None:
        there = [state for state in held if state.row["quote"] == edit.quote]
        exact = [state for state in there if state.row["start"] == edit.start]
        if len(exact or there) == 1:
            return (exact or there)[0], "applied"
    if as_told:
        return as_told, "applied"
    return None, "changed" if same else "not_found"


def _added(edit: Edit, states: list[_State], amending: Amending) -> list[Row]:
    start, end = edit.start or 0, edit.end or 0
    name = f"{edit.document}-{edit.table.rstrip('s')}-{edit.id}"
    held = {state.row["record"]: state for state in states}
    there = held.get(name)
    # a run that was killed may have added it without telling in the audit
    if there and not there.by and [there.row[key] for key in ("start", "end", "rule")] == [start, end, "edit.add"]:
        return [audit_row(edit, "applied", row=there.row)]
    if amending.cite is None:
        return [audit_row(edit, "not_found")]
    if not 0 <= start < end <= amending.length:
        return [audit_row(edit, "invalid")]
    cited = amending.cite(Span(start=start, end=end))
    if edit.quote is not None and cited["quote"] != edit.quote:
        return [audit_row(edit, "changed")]
    free = next(one for at in range(1, len(held) + 2) if (one := name if at == 1 else f"{name}-{at}") not in held)
    row: Row = {"record": free, **cited, "rule": "edit.add", "confidence": None, "duplicate_of": None, **edit.decided}
    told = audit_row(edit, "applied", after=dict(edit.decided), row=row)
    if same := next((state for state in states if _is_same(edit, state)), None):
        same.row["duplicate_of"] = free
    states.append(_State(edit.table, row, by={WHOLE: [told]}))
    return [told]


def _is_same(edit: Edit, state: _State) -> bool:
    """Whether another coder has added what is added now: the later one holds."""
    row, others = state.row, {one["coder"] for one in state.by.get(WHOLE, ())[:1]} - {edit.coder}
    alone = state.table == edit.table and row["rule"] == "edit.add" and row["duplicate_of"] is None
    there = _number(row["start"]) < (edit.end or 0) and (edit.start or 0) < _number(row["end"])
    return alone and there and bool(others) and not (state.rejected or state.gone)


def _reunite(states: Sequence[_State]) -> None:
    """No record repeats one that was rejected."""
    gone = {state.row["record"]: state.row for state in states if state.rejected or state.gone}
    heirs: dict[object, object] = {}
    for state in sorted(states, key=lambda one: (_number(one.row["start"]), _number(one.row["end"]))):
        row = state.row
        if row["record"] not in gone and row["duplicate_of"] in gone:
            first, seen = row["duplicate_of"], set[object]()
            while first in gone and first not in seen and gone[first]["duplicate_of"] is not None:
                seen.add(first)
                first = gone[first]["duplicate_of"]
            row["duplicate_of"] = heirs.get(first) if first in gone else first
            if first in gone:
                heirs.setdefault(first, row["record"])


def _value(text: object, like: object) -> object:
    """The value of a column that the audit tells as text; one that is `like` it is a list or none."""
    return json.loads(text) if isinstance(text, str) and isinstance(like, list) else text


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0
