"""A corrections file (`edits.jsonl`): one decision a line, appended and never changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from zhengce.errors import BadUsage

__all__ = ["Action", "Edit", "read_edits"]

Action = Literal["confirm", "reject", "edit", "add"]
NEEDED = ("action", "coder", "time", "document", "table")


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A decision about a record: who, when, what was `proposed`, what was `decided`, why.

    `decided` are the columns that change, or those of a new record; values as the tables have them in JSON. `record` is
    None for a new one; `quote`, `start`, `end` find a record whose id has changed since.
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


def read_edits(path: Path) -> tuple[Edit, ...]:
    """The decisions in a file in the order of their times; those of one time in the order of their lines.

    A line that was cut off when a program was killed is left out where it is the last one. Raises BadUsage, with file
    and line, for what is no decision.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise BadUsage(f"{path} cannot be read: {error}") from error
    found = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            told = json.loads(line)
        except ValueError as error:
            if number == len(lines):  # no line break behind it: it was being written
                continue
            raise BadUsage(f"{path}, line {number}: no JSON ({error})") from error
        found.append(_edit(told, f"{path}, line {number}", number))
    return tuple(sorted(found, key=lambda edit: edit.time))


def _edit(told: Any, where: str, number: int) -> Edit:
    if not isinstance(told, dict) or any(not isinstance(told.get(name), str) for name in NEEDED):
        raise BadUsage(f"{where}: a decision needs {', '.join(NEEDED)}")
    if told["action"] not in get_args(Action):
        raise BadUsage(f"{where}: action {told['action']!r} is none of {', '.join(get_args(Action))}")
    if told["action"] == "add" and not (isinstance(told.get("start"), int) and isinstance(told.get("end"), int)):
        raise BadUsage(f"{where}: a new record needs start and end in the clean text")
    if told["action"] != "add" and not told.get("record"):
        raise BadUsage(f"{where}: {told['action']} needs the id of a record")
    for name in ("proposed", "decided"):
        if not isinstance(told.get(name) or {}, dict):
            raise BadUsage(f"{where}: {name} must be an object of columns and values")
    return Edit(
        id=str(told.get("edit") or f"line-{number}"), time=told["time"], coder=told["coder"], action=told["action"],
        document=told["document"], table=told["table"], record=told.get("record"), quote=told.get("quote"),
        start=told.get("start"), end=told.get("end"), proposed=told.get("proposed") or {},
        decided=told.get("decided") or {}, reason=told.get("reason"),
    )  # fmt: skip
