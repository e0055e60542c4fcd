"""A corrections file (`edits.jsonl`): one decision a line, appended and never changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, get_args

from zhengce.errors import BadUsage

__all__ = ["EDITS", "Action", "Edit", "moment", "read_edits"]

Action = Literal["confirm", "reject", "edit", "add", "undo"]
NEEDED = ("action", "coder", "time", "document", "table")
TYPES: Mapping[str, type] = MappingProxyType({
    "edit": str, "record": str, "quote": str, "reason": str, "start": int, "end": int, "proposed": dict,
    "decided": dict, "undoes": list, "instead_of": str,
})  # fmt: skip
EDITS = "edits.jsonl"  # as it is called beside tables
ID = 12  # hexadecimal digits of the hash of a line


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A decision about a record: who, when, what was `proposed`, what was `decided`, why.

    `decided` are the columns that change, or those of a new record; values as the tables have them in JSON. `record` is
    None for a new one; `quote`, `start`, `end` find a record whose id has changed since. An undo takes back earlier
    decisions of its coder about its document, whose ids it `undoes`; a new record may stand there `instead_of` a
    rejected one that is of another kind. `told` is the line as it was.
    """

    id: str
    time: str
    coder: str
    action: Action
    document: str
    table: str
    record: str | None = None
    quote: str | None = None
    start: int | None = None
    end: int | None = None
    proposed: Mapping[str, object]
    decided: Mapping[str, object]
    reason: str | None = None
    undoes: tuple[str, ...] = ()
    instead_of: str | None = None
    told: Mapping[str, object]


def moment(time: str) -> datetime:
    """The moment that a time in ISO 8601 means, in UTC unless it says otherwise; raises ValueError for another text.

    >>> moment("2026-03-01T09:00:00+08:00") == moment("2026-03-01T01:00:00Z") == moment("2026-03-01T01:00")
    True
    """
    read = datetime.fromisoformat(time)
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def read_edits(path: Path) -> tuple[Edit, ...]:
    """The decisions in a file in the order of their times; those of one time in the order of their lines.

    One without an id of its own (`edit`) has the hash of its line for one, so that the same line is the same decision
    in whatever file. A line that was cut off when a program was killed is left out where it is the last one. Raises
    BadUsage, with file and line, for what is no decision.
    """
    try:
        # splitlines would end a line at U+2028 too
        lines = path.read_text(encoding="utf-8-sig", errors="surrogateescape").split("\n")
    except OSError as error:
        raise BadUsage(f"{path} cannot be read: {error}") from error
    found = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            line.encode()
            told = json.loads(line)
        except ValueError as error:
            if number == len(lines):  # no line break behind it: it was being written
                continue
            raise BadUsage(f"{path}, line {number}: no JSON ({error})") from error
        found.append(_edit(told, f"{path}, line {number}"))
    return tuple(sorted(found, key=lambda edit: moment(edit.time)))


def _edit(told: Any, where: str) -> Edit:
    if not isinstance(told, dict) or any(not isinstance(told.get(name), str) for name in NEEDED):
        raise BadUsage(f"{where}: a decision needs {', '.join(NEEDED)}")
    if told["action"] not in get_args(Action):
        raise BadUsage(f"{where}: action {told['action']!r} is none of {', '.join(get_args(Action))}")
    for name, kind in TYPES.items():
        if told.get(name) is not None and type(told[name]) is not kind:
            raise BadUsage(f"{where}: {name} must be {_named(kind)}")
    if told["action"] == "add" and (told.get("start") is None or told.get("end") is None):
        raise BadUsage(f"{where}: a new record needs start and end in the clean text")
    if told["action"] not in ("add", "undo") and not told.get("record"):
        raise BadUsage(f"{where}: {told['action']} needs the id of a record")
    undoes = told.get("undoes") or []
    if (told["action"] == "undo") != bool(undoes) or any(not isinstance(one, str) for one in undoes):
        raise BadUsage(f"{where}: undo, and nothing else, needs the ids of decisions in undoes")
    try:
        moment(told["time"])
    except ValueError as error:
        raise BadUsage(f"{where}: time {told['time']!r} is not ISO 8601, such as 2026-03-01T09:00:00+08:00") from error
    line = json.dumps(told, sort_keys=True).encode()
    return Edit(
        id=told.get("edit") or sha256(line).hexdigest()[:ID], time=told["time"], coder=told["coder"],
        action=told["action"], document=told["document"], table=told["table"], record=told.get("record"),
        quote=told.get("quote"), start=told.get("start"), end=told.get("end"), proposed=told.get("proposed") or {},
        decided=told.get("decided") or {}, reason=told.get("reason"), undoes=tuple(undoes),
        instead_of=told.get("instead_of"), told=told,
    )  # fmt: skip


def _named(kind: type) -> str:
    return {str: "text", int: "a whole number", dict: "an object of columns and values", list: "a list"}[kind]
