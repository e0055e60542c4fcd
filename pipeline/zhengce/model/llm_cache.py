"""Answers of a language model on disk, by the hash of what was asked.

The standard library's sqlite3 serves: a table of two columns. What lies in it is plain text, read as warily as an
answer from the server; a cache that unpickles what it finds would run it.
"""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from pathlib import Path

from zhengce.errors import BadUsage

__all__ = ["Cache"]

SECONDS = 5.0  # to wait for another run that is writing


class Cache:
    """A file that remembers answers; it holds no words of a document but the names that were found in it."""

    def __init__(self, path: Path) -> None:
        """Open or make the file at `path`; raises BadUsage where that cannot be."""
        connection = None
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(path, timeout=SECONDS, isolation_level=None)
            connection.execute("CREATE TABLE IF NOT EXISTS answers (request TEXT PRIMARY KEY, answer TEXT NOT NULL)")
        except (OSError, sqlite3.Error) as error:
            if connection is not None:
                connection.close()
            raise BadUsage(f"{path} cannot hold the answers of the language model ({error})") from error
        self._connection = connection

    def get(self, request: str) -> str | None:
        """The answer to a request; None where there is none, or where the file has become unreadable."""
        try:
            found = self._connection.execute("SELECT answer FROM answers WHERE request = ?", (request,)).fetchone()
        except sqlite3.Error:
            return None
        return found[0] if found and isinstance(found[0], str) else None

    def put(self, request: str, answer: str) -> None:
        """Remember an answer; a disk that is full only means that it will be asked for again."""
        with suppress(sqlite3.Error, UnicodeEncodeError):  # half a surrogate pair has no UTF-8
            self._connection.execute("INSERT OR REPLACE INTO answers VALUES (?, ?)", (request, answer))

    def close(self) -> None:
        """Close the file."""
        self._connection.close()
