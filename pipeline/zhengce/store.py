"""The embedded database of a run: what was read is kept by content and pipeline, and never read twice.

SQLite with a write-ahead log: others read while a run writes, and whatever is killed, what was put stays.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path, PurePath
from types import TracebackType

from zhengce.errors import BadUsage

__all__ = ["NAME", "Key", "Store", "key_of"]

NAME = "zhengce.sqlite"
OURS = 0x7A68636B  # "zhck": the id of the application in the file's head
FORMAT = 1
TABLES = """
CREATE TABLE results (
    sha256 BLOB NOT NULL, suffix TEXT NOT NULL, pipeline TEXT NOT NULL, packed BLOB NOT NULL,
    PRIMARY KEY (sha256, suffix, pipeline)
);
CREATE TABLE inputs (given BLOB NOT NULL); -- as the file system has it, which need not be text
"""

Key = tuple[bytes, str]  # of a document: the hash of its bytes, and how its name ends, which reading looks at


def key_of(data: bytes, name: str) -> Key:
    """What a document is known by.

    >>> key_of(b"", "某县通知.TXT")[1]
    '.txt'
    """
    return sha256(data).digest(), PurePath(name).suffix.lower()


class Store:
    """What a pipeline made of documents, in the file at `path`; of no path, in one that ends with it.

    `pipeline` is what tells two pipelines apart: version, rules, models, libraries, options. Raises BadUsage for a file
    that zhengce did not make, OSError where it cannot be written.
    """

    def __init__(self, path: Path | None, pipeline: str) -> None:
        self._pipeline = pipeline
        try:
            self._held = sqlite3.connect(path or "", isolation_level=None)
            _prepare(self._held, path)
        except sqlite3.Error as error:
            raise _unusable(path, error) from error

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:  # fmt: skip
        self._held.close()

    def __contains__(self, key: Key) -> bool:
        found = self._held.execute(
            "SELECT 1 FROM results WHERE (sha256, suffix, pipeline) = (?, ?, ?)", (*key, self._pipeline)
        )
        return found.fetchone() is not None

    def __getitem__(self, key: Key) -> bytes:
        found = self._held.execute(
            "SELECT packed FROM results WHERE (sha256, suffix, pipeline) = (?, ?, ?)", (*key, self._pipeline)
        )
        if (row := found.fetchone()) is None:
            raise KeyError(key)
        packed: bytes = row[0]
        return packed

    def put(self, key: Key, packed: bytes) -> None:
        """Keep what was made of a document; it is there after a kill. Raises OSError where the disk is full."""
        try:
            self._held.execute("INSERT OR REPLACE INTO results VALUES (?, ?, ?, ?)", (*key, self._pipeline, packed))
        except sqlite3.Error as error:
            raise OSError(str(error)) from error

    def inputs(self) -> list[Path]:
        """What the last run was given."""
        return [Path(os.fsdecode(given)) for (given,) in self._held.execute("SELECT given FROM inputs ORDER BY rowid")]

    def begin(self, inputs: Iterable[Path]) -> None:
        """Keep what this run is given."""
        with self._held:
            self._held.execute("BEGIN IMMEDIATE")
            self._held.execute("DELETE FROM inputs")
            self._held.executemany(
                "INSERT INTO inputs VALUES (?)", ((os.fsencode(path.absolute()),) for path in inputs)
            )

    def forget(self) -> None:
        """Let go of what this pipeline made."""
        self._held.execute("DELETE FROM results WHERE pipeline = ?", (self._pipeline,))


def _prepare(held: sqlite3.Connection, path: Path | None) -> None:
    held.execute("PRAGMA busy_timeout = 10000")
    (ours,) = held.execute("PRAGMA application_id").fetchone()
    (tables,) = held.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    if (ours, tables) == (0, 0):
        held.execute("PRAGMA journal_mode = WAL")
        held.executescript(f"BEGIN; {TABLES} PRAGMA application_id = {OURS}; PRAGMA user_version = {FORMAT}; COMMIT;")
    elif ours != OURS:
        raise BadUsage(f"{path} is no store of zhengce, and is left alone; choose another folder")
    elif held.execute("PRAGMA user_version").fetchone() != (FORMAT,):
        raise BadUsage(f"{path} was made by another version of zhengce: remove it, and all is read anew")
    held.execute("PRAGMA synchronous = NORMAL")  # with a write-ahead log a kill loses nothing, a power cut the last few


def _unusable(path: Path | None, error: sqlite3.Error) -> Exception:
    if isinstance(error, sqlite3.OperationalError):  # no such folder, read only, disk full
        return OSError(f"{path}: {error}")
    return BadUsage(f"{path} is no store of zhengce, or damaged ({error}): remove it, and all is read anew")
