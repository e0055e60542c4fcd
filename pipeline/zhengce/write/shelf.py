"""The JSON lines of a run by document: any one of them at once, and none of the others in memory."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from zhengce.errors import BadUsage

__all__ = ["Shelf"]

DOCUMENT = re.compile(rb'"document": "([^"\\]*)"')
NEAR = 400  # bytes of a line in which zhengce writes the document


class Shelf:
    """Where the rows of each document stand in some tables of the run in the folder `out`.

    Tables are gone through once, when the shelf is made; a table that is not there has no rows. Raises OSError, and
    ValueError for a line that is no row of a table.
    """

    def __init__(self, out: Path, tables: Iterable[str]) -> None:
        self._out = out
        self._seen: dict[str, tuple[int, int]] = {}
        self._places: dict[str, dict[str, list[list[int]]]] = {table: {} for table in tables}
        for table, places in self._places.items():
            path = out / f"{table}.jsonl"
            if path.is_file():
                self._seen[table] = _state(path)
                _go_through(path, places)

    def documents(self, table: str = "documents") -> tuple[str, ...]:
        """The documents of which a table has rows, in its order."""
        return tuple(self._places[table])

    def rows(self, table: str, document: str) -> list[dict[str, Any]]:
        """The rows that a table has of a document, in their order; raises BadUsage where it was written anew since."""
        found = []
        if places := self._places[table].get(document):
            path = self._out / f"{table}.jsonl"
            if not path.is_file() or _state(path) != self._seen[table]:
                raise BadUsage(f"{path} was written anew meanwhile: start again")
            with path.open("rb") as file:
                for start, end in places:
                    file.seek(start)
                    found += [json.loads(line) for line in file.read(end - start).split(b"\n") if line]
        return found

    def loose(self, table: str) -> Iterator[dict[str, Any]]:
        """All rows of a table that may have none for a document, such as `failures`."""
        path = self._out / f"{table}.jsonl"
        if path.is_file():
            with path.open("rb") as file:
                yield from (json.loads(line) for line in file if line.strip())


def _state(path: Path) -> tuple[int, int]:
    told = path.stat()
    return told.st_size, told.st_mtime_ns


def _go_through(path: Path, places: dict[str, list[list[int]]]) -> None:
    at = 0
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            end = at + len(line)
            if line.strip():
                document = _document(line, f"{path}, line {number}")
                held = places.setdefault(document, [])
                if held and held[-1][1] == at:
                    held[-1][1] = end
                else:
                    held.append([at, end])
            at = end


def _document(line: bytes, where: str) -> str:
    found = DOCUMENT.search(line, 0, NEAR)
    if found:
        return found[1].decode("utf-8", "replace")
    try:
        return str(json.loads(line)["document"])
    except (ValueError, LookupError, TypeError) as error:
        # the line may be megabytes long, and an error of decoding repeats it
        raise ValueError(f"{where}: no row of a table ({type(error).__name__})") from error
