"""What a reviewer's page posts, as lines for the edits file: looked at in every part, or refused."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from zhengce.record import TABLES
from zhengce.review.ledger import Line
from zhengce.review.refusal import Refused
from zhengce.write.decided import decided
from zhengce.write.kind import kinds

if TYPE_CHECKING:
    from zhengce.reporting import Pages

__all__ = ["decisions"]

MOST = 500  # decisions in a request
NAME, REASON, ID = 60, 2000, 200  # characters
EDIT = re.compile(r"[0-9A-Za-z_-]{8,64}", re.ASCII)
PLACE = ("record", "quote", "start", "end", "undoes")
NEW_ID = 6  # bytes
Told = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What a decision is held against: the run, and all decisions by their ids, in their order."""

    pages: Pages
    lines: dict[str, Line]


def decisions(body: bytes, pages: Pages, lines: Sequence[Line]) -> list[Line]:
    """The lines that a body of JSON asks for, without times; one that is among `lines` already is given as it is there.

    `{"decisions": [{"action", "document", "table", "coder", …}]}`: `record` and, where they are given, `quote`, `start`
    and `end` are those of a record of the run, or of one that was added here; a new record has `start`, `end` and
    `quote` in the clean text. `decided` comes back as the tables have it, `proposed` as they say it. Raises Refused.
    """
    told = _read(body)
    asked = told.get("decisions") if isinstance(told, dict) else None
    if not isinstance(asked, list) or not 0 < len(asked) <= MOST or not all(isinstance(one, dict) for one in asked):
        raise Refused("no_decisions", most=MOST)
    known = _Known(pages=pages, lines={line["edit"]: line for line in lines})
    found = []
    for one in asked:
        line = _line(one, known)
        known.lines[line["edit"]] = line
        found.append(line)
    return found


def _read(body: bytes) -> object:
    """Strict JSON: no NaN, no name twice, no half of a character; everybody who reads the file reads the same."""
    try:
        told = json.loads(body.decode(), object_pairs_hook=_once, parse_constant=_never)
        json.dumps(told, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise Refused("not_json", reason=error) from error
    return told


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    told = dict(pairs)
    if len(told) != len(pairs):
        raise ValueError("a name stands twice in an object")
    return told


def _never(name: str) -> object:
    raise ValueError(name)


def _line(one: Told, known: _Known) -> Line:
    action = one.get("action")
    if not isinstance(action, str) or action not in MAKERS:
        raise Refused("unknown_action", action=action)
    said = _said(one, known)
    stored = known.lines.get(said["edit"])
    if stored is None:
        return said | MAKERS[action](said, one, known)
    said |= {name: one[name] for name in PLACE if one.get(name) is not None}
    if any(stored.get(name) != value for name, value in said.items()):
        raise Refused("taken", edit=said["edit"])
    return stored


def _said(one: Told, known: _Known) -> dict[str, Any]:
    """What a decision says by itself, whatever was decided before."""
    document, table = one.get("document"), one.get("table")
    if not isinstance(document, str) or document not in known.pages.documents:
        raise Refused("unknown_document", document=document)
    if not isinstance(table, str) or table not in TABLES.values():
        raise Refused("unknown_table", table=table)
    edit = secrets.token_hex(NEW_ID) if one.get("edit") is None else one["edit"]
    if not isinstance(edit, str) or not EDIT.fullmatch(edit):
        raise Refused("bad_edit")
    said = {
        "edit": edit, "action": one["action"], "coder": _coder(one.get("coder")), "document": document, "table": table
    }  # fmt: skip
    if one["action"] in ("edit", "add"):
        said["decided"] = _decided(one, table)
    for name, most in (("reason", REASON), ("instead_of", ID)):
        if value := one.get(name) if name == "reason" or one["action"] == "add" else None:
            if not isinstance(value, str) or len(value) > most:
                raise Refused("bad_text", name=name, most=most)
            said[name] = value
    return said


def _coder(name: object) -> str:
    """The name of a coder: it stands in tables, file names and on pages, and tells two coders apart."""
    if not isinstance(name, str) or not 0 < len(name.strip()) <= NAME or not name.isprintable():
        raise Refused("bad_coder", most=NAME)
    return name.strip()


def _decided(one: Told, table: str) -> dict[str, object]:
    values = one.get("decided")
    if not isinstance(values, dict) or not (values or one["action"] == "add"):
        raise Refused("bad_value", reason="decided")
    try:
        return decided(table, values, new=one["action"] == "add")
    except ValueError as error:
        raise Refused("bad_value", reason=error) from error


def _about(said: Told, one: Told, known: _Known) -> dict[str, object]:
    """A decision about a record that is there."""
    row = _row(said["document"], said["table"], one.get("record"), known)
    place = {name: row[name] for name in ("quote", "start", "end")}
    for name, value in place.items():
        if one.get(name) not in (None, value):
            raise Refused("changed", name=name)
    own = said.get("decided") or next(kind for kind in kinds() if kind.table == said["table"]).fields
    return {"record": row["record"], **place, "proposed": {name: row.get(name) for name in own}}


def _row(document: str, table: str, record: object, known: _Known) -> Told:
    for row in known.pages.rows(table, document):
        if row["record"] == record:
            return row
    undone = _undone(known.lines)
    for line in known.lines.values():
        added = line["action"] == "add" and (line["document"], line["table"]) == (document, table)
        # as amend.amended names it
        if added and f"{document}-{table.rstrip('s')}-{line['edit']}" == record and line["edit"] not in undone:
            place = {name: line.get(name) for name in ("quote", "start", "end")}
            return {"record": record, **place, **(line.get("decided") or {})}
    raise Refused("unknown_record", record=record)


def _undone(lines: Mapping[str, Line]) -> set[str]:
    """What does not count any more; what undid it may have been undone itself."""
    gone: set[str] = set()
    for line in reversed(list(lines.values())):
        if line["action"] == "undo" and line["edit"] not in gone:
            gone.update(line.get("undoes") or ())
    return gone


def _added(said: Told, one: Told, known: _Known) -> dict[str, object]:
    (row,) = known.pages.rows("documents", said["document"])
    text, start, end = str(row["text"]), one.get("start"), one.get("end")
    if type(start) is not int or type(end) is not int or not 0 <= start < end <= len(text):
        raise Refused("bad_span")
    if one.get("quote") != text[start:end]:
        raise Refused("bad_span")
    return {"quote": text[start:end], "start": start, "end": end, "proposed": {}}


def _undo(said: Told, one: Told, known: _Known) -> dict[str, object]:
    ids = one.get("undoes")
    if not isinstance(ids, list) or not 0 < len(ids) <= MOST or not all(isinstance(name, str) for name in ids):
        raise Refused("bad_undo")
    for name in ids:
        line = known.lines.get(name)
        if line is None or (line["coder"], line["document"]) != (said["coder"], said["document"]):
            raise Refused("bad_undo")
    return {"undoes": list(dict.fromkeys(ids))}


MAKERS: Mapping[str, Callable[[Told, Told, _Known], dict[str, object]]] = MappingProxyType(
    {"confirm": _about, "reject": _about, "edit": _about, "add": _added, "undo": _undo}
)
