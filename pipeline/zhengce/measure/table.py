"""Tables that a run wrote or a person coded: JSON lines, CSV or an Excel workbook, as rows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from zhengce.errors import BadUsage
from zhengce.lexicon import table
from zhengce.sheet import read_sheets

__all__ = ["FORMATS", "Line", "read_tables"]

FORMATS = ("jsonl", "csv", "xlsx")

LOCK = "~$"  # what Excel lays beside a workbook that is open

Line = tuple[str, Mapping[str, Any]]


def read_tables(path: Path) -> dict[str, list[Line]]:
    """The tables in a folder, in a CSV file named for its table, or in a workbook with a sheet a table, by name.

    Of a folder the first of FORMATS that it has is taken. Each row comes with where it stands ("targets.csv row 3").
    Columns may be called by their names or by their labels in either language; rows without anything in them are left
    out. Empty where there is no table. Raises BadUsage for a file that cannot be read.
    """
    for suffix in FORMATS:
        files = [path] if path.is_file() else sorted(path.glob(f"*.{suffix}"))
        read: dict[str, list[Line]] = {}
        for file in files:
            if file.suffix.lower() == f".{suffix}" and not file.name.startswith(LOCK):
                for name, lines in _open(file):
                    read.setdefault(name, []).extend(lines)
        if read:
            return read
    return {}


def _open(file: Path) -> Iterator[tuple[str, list[Line]]]:
    names = {row["table"] for row in table("sheets")}
    try:
        match file.suffix.lower():
            case ".xlsx":
                yield from _workbook(file)
            case ".csv" if file.stem in names:
                yield from ((name, _named(name, rows, file.name)) for name, rows in read_sheets(file))
            case ".jsonl" if file.stem in names:
                yield file.stem, list(_json_lines(file))
    except OSError as error:
        raise BadUsage(f"{file} cannot be read: {error}") from error


def _json_lines(file: Path) -> Iterator[Line]:
    for number, line in enumerate(file.read_text(encoding="utf-8", errors="replace").split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise BadUsage(f"{file} line {number} is no JSON ({error}): write the table anew") from error
        if not isinstance(row, dict):
            raise BadUsage(f"{file} line {number} is no JSON object: one object a line, with the columns as keys")
        yield f"{file.name} line {number}", row


def _workbook(file: Path) -> Iterator[tuple[str, list[Line]]]:
    names = {name: row["table"] for row in table("sheets") for name in (row["table"], row["sheet"])}
    tables: dict[str, list[Line]] = {}
    for title, rows in read_sheets(file):
        kind = names.get(title.partition(" ")[0])  # a long table goes on in 目标 2
        if kind:
            tables.setdefault(kind, []).extend(_named(kind, rows, f"{file.name} {title}"))
    yield from tables.items()


def _named(kind: str, rows: Iterable[Sequence[object]], where: str) -> list[Line]:
    """The rows below the first, which names the columns."""
    known = {name: row["column"] for row in table("columns") if row["table"] == kind
             for name in (row["label_en"].lower(), row["label_zh"], row["column"])}  # fmt: skip
    numbered = [(number, row) for number, row in enumerate(rows, 1) if any(cell not in (None, "") for cell in row)]
    if not numbered:
        return []
    head = [str(cell or "").strip() for cell in numbered[0][1]]
    columns = [known.get(name, known.get(name.lower(), name)) for name in head]
    return [(f"{where} row {number}", dict(zip(columns, row, strict=False))) for number, row in numbered[1:]]
