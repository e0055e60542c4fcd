"""Decisions that their coders took back: which these are, and what the audit says of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from graphlib import CycleError, TopologicalSorter

from zhengce.amend.audit import audit_row
from zhengce.amend.edit import Edit
from zhengce.errors import BadUsage

__all__ = ["Name", "name_of", "undo_rows", "undone"]

Name = tuple[str, str, str]  # document, coder, id of a decision: coders may number alike


def name_of(edit: Edit) -> Name:
    """What an undo knows a decision by."""
    return edit.document, edit.coder, edit.id


def undone(edits: Iterable[Edit]) -> frozenset[Name]:
    """The decisions that are taken back, wherever they and their undos stand; an undo that is undone takes back none.

    Raises BadUsage for undos that take back one another.
    """
    by: dict[Name, set[Name]] = {}
    for edit in edits:
        for one in edit.undoes:
            by.setdefault((edit.document, edit.coder, one), set()).add(name_of(edit))
    gone: set[Name] = set()
    try:
        for name in TopologicalSorter(by).static_order():  # whatever undoes it comes before it
            if by.get(name, set()) - gone:
                gone.add(name)
    except CycleError as error:
        ids = ", ".join(one for *_, one in error.args[1])
        raise BadUsage(f"decisions that undo one another: {ids}") from error
    return frozenset(gone)


def undo_rows(edits: Sequence[Edit], gone: Collection[Name], lasting: Collection[Name]) -> list[dict[str, object]]:
    """The rows of the audit for all undos, one for each decision that they name, and for what is taken back.

    `before` names that decision. An undo of what is not there is not_found, as is one of a rejection that a former run
    applied (`lasting`): its record is no more; one of another coder's decision is invalid.
    """
    held: Mapping[Name, Edit] = {name_of(edit): edit for edit in edits}
    shared = {(edit.document, edit.id) for edit in edits}
    rows = []
    for edit in edits:
        if name_of(edit) in gone:
            if name_of(edit) not in lasting:
                rows.append(audit_row(edit, "undone"))
            continue
        for one in edit.undoes:
            name = (edit.document, edit.coder, one)
            if name in held:
                there = replace(edit, record=held[name].record, quote=held[name].quote)
                rows.append(audit_row(there, "not_found" if name in lasting else "applied", before=one))
            else:
                rows.append(audit_row(edit, "invalid" if (edit.document, one) in shared else "not_found", before=one))
    return rows
