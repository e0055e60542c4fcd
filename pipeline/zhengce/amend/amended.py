"""Decisions applied to the rows of one document, each with what became of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from zhengce.amend.audit import Outcome, audit_row
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
    about the document.
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

    `rejected` are the audit rows that took it away, `buried` those that these made void.
    """

    table: str
    row: Row
    rejected: list[Row] = field(default_factory=list)
    buried: list[Row] = field(default_factory=list)
    by: dict[str, list[Row]] = field(default_factory=dict)


def amended(
    tables: Mapping[str, Sequence[Row]], edits: Sequence[Edit], kinds: Iterable[str], amending: Amending
) -> Amended:
    """The rows of one document after the decisions about it; what a later one sets otherwise is `overruled`.

    `kinds` are the tables that can be decided about. A record is found by its id where its quote is the same, else by
    its place. One that is changed repeats no other any more; of those that repeat one that is rejected, the first
    takes its place. No decision raises: what cannot be applied is told in the audit.
    """
    held = [table for table in kinds if table in tables]
    states = [_State(table, dict(row)) for table in held for row in tables[table]]
    _remember(states, amending.before)
    audit: list[Row] = []
    for edit in edits:
        try:
            if edit.table not in held:
                raise ValueError(edit.table)
            known = replace(edit, decided=amending.decide(edit))
        except ValueError:
            audit.append(audit_row(edit, "invalid"))
            continue
        audit += _added(known, states, amending) if edit.action == "add" else _decided(known, states)
    _reunite(states)
    kept: dict[str, list[Row]] = {table: list(rows) for table, rows in tables.items()} | {one: [] for one in held}
    for state in states:
        if not state.rejected:
            kept[state.table].append(state.row)
    for table in held:
        kept[table].sort(key=lambda row: (_number(row["start"]), _number(row["end"])))
    return Amended(tables=kept, audit=audit)


def _remember(states: Sequence[_State], before: Sequence[Row]) -> None:
    """What former decisions the rows rest on, so that they can be overruled."""
    found = {(state.table, state.row["record"]): state for state in states}
    for row in before:
        state = found.get((str(row["table"]), row["record"]))
        if state and row["outcome"] == "applied":
            state.by.setdefault(str(row["column"] or WHOLE), []).append(row)


def _decided(edit: Edit, states: Sequence[_State]) -> list[Row]:
    state, outcome = _found(edit, states)
    if state is None:
        return [audit_row(edit, outcome)]
    if edit.action == "reject":
        return [_rejected(edit, state)]
    for row in state.rejected:  # who confirms or edits what another one rejected takes it back
        row["outcome"] = "overruled"
    for row in state.buried:
        row["outcome"] = "applied"
    state.rejected, state.buried = [], []
    if edit.action == "confirm" or not edit.decided:
        state.by.setdefault(WHOLE, []).append(row := audit_row(edit, "applied", row=state.row))
        return [row]
    return [_set(edit, state, column, value) for column, value in edit.decided.items()]


def _rejected(edit: Edit, state: _State) -> Row:
    row = audit_row(edit, "applied", row=state.row)
    held = [one for rows in state.by.values() for one in rows if one["outcome"] == "applied"]
    if any(_later(one, edit) for one in held):
        row["outcome"] = "overruled"
        return row
    if not state.rejected:
        state.buried = held
        for one in held:
            one["outcome"] = "overruled"
    state.rejected.append(row)
    return row


def _set(edit: Edit, state: _State, column: str, value: object) -> Row:
    row = audit_row(edit, "applied", column=column, before=state.row.get(column), after=value, row=state.row)
    by = state.by.setdefault(column, [])
    if state.row.get(column) != value:
        if any(_later(one, edit) for one in by):
            row["outcome"] = "overruled"
            return row
        for one in by:
            one["outcome"] = "overruled"
        by.clear()
        state.row[column], state.row["duplicate_of"] = value, None
    by.append(row)
    return row


def _later(row: Row, edit: Edit) -> bool:
    """Whether a row of the audit, of a former run then, is of a later time than a decision that came in after it."""
    return moment(str(row["time"])) > moment(edit.time)


def _found(edit: Edit, states: Sequence[_State]) -> tuple[_State | None, Outcome]:
    held = [state for state in states if state.table == edit.table]
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
    states.append(_State(edit.table, row, by={WHOLE: [told]}))
    return [told]


def _reunite(states: Sequence[_State]) -> None:
    """No record repeats one that was rejected."""
    gone = {state.row["record"]: state.row for state in states if state.rejected}
    heirs: dict[object, object] = {}
    for state in sorted(states, key=lambda one: (_number(one.row["start"]), _number(one.row["end"]))):
        row = state.row
        if not state.rejected and row["duplicate_of"] in gone:
            first, seen = row["duplicate_of"], set[object]()
            while first in gone and first not in seen and gone[first]["duplicate_of"] is not None:
                seen.add(first)
                first = gone[first]["duplicate_of"]
            row["duplicate_of"] = heirs.get(first) if first in gone else first
            if first in gone:
                heirs.setdefault(first, row["record"])


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0
