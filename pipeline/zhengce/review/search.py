"""Full-text search over the clean texts of a run, by the characters of Chinese words."""

from __future__ import annotations

import re
import sqlite3
from asyncio import wrap_future
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise
from pathlib import Path
from threading import Event, Lock
from typing import TYPE_CHECKING

from zhengce.review.fold import fold

if TYPE_CHECKING:
    from zhengce.reporting import Pages

__all__ = ["FILE", "Search"]

FILE = "zhengce-search.sqlite"  # beside the tables
PAGE = 50  # documents
ROUND = 40  # characters shown on either side of what was found
LONGEST, MOST = 200, 20  # characters and words of a query
# what the tokenizer `ascii` keeps together; whatever ends a run can stand in no token
RUN = re.compile("[0-9a-z\x80-\ud7ff\ue000-\U0010ffff]+")
TABLES = """
    BEGIN;
    DROP TABLE IF EXISTS texts;
    DROP TABLE IF EXISTS pairs;
    CREATE TABLE texts (number INTEGER PRIMARY KEY, document TEXT, stamp BLOB, folded BLOB);
    CREATE VIRTUAL TABLE pairs USING fts5(text, content='', columnsize=0, detail=none, tokenize='ascii');
"""
OURS = 0x7A687366  # "zhsf": the id of the application in the file's head
STAMP = 16  # bytes of the hash of a text
FOUND = "SELECT number, document, folded FROM texts"
AMONG = " WHERE number IN (SELECT rowid FROM pairs WHERE pairs MATCH ?)"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Hit:
    document: str
    count: int
    start: int
    length: int


class Search:
    """The texts of a run in an SQLite file, built in a thread of its own from the start.

    The file at `path` is kept and holds for as long as the texts are the same ones, and others are only added; without
    a path, or where it cannot be written or is somebody else's, it is a temporary one that ends with this.
    FTS5 holds the pairs of neighbouring characters of each text, a query is looked up by its pairs, and what they lead
    to is read: no hit is false, none is missing, and no sign in a query means anything but itself.
    """

    def __init__(self, pages: Pages, path: Path | None = None) -> None:
        self._pages, self._path = pages, path
        self._lock = Lock()
        self._over = Event()
        builder = ThreadPoolExecutor(1, thread_name_prefix="search")
        self._built = builder.submit(self._build)
        builder.shutdown(wait=False)

    async def ready(self) -> None:
        """Return when the texts have been read; raises what went wrong meanwhile."""
        await wrap_future(self._built)

    def find(self, query: str, offset: int = 0) -> dict[str, object]:
        """A page of the documents that hold all words of a query, most hits first, from the one at `offset` on.

        `{"total", "hits": [{"document", "title", "source", "start", "count", "before", "hit", "after"}]}`: `start` is
        where the first of `count` hits stands in the text, in code points. Waits until the texts are read.
        """
        words = list(dict.fromkeys(fold(query[:LONGEST]).split()))[:MOST]
        if not words:
            return {"total": 0, "hits": []}
        connection = self._built.result()
        with self._lock:
            found = sorted(_hits(connection, words), key=lambda hit: -hit.count)
        return {"total": len(found), "hits": [self._shown(hit) for hit in found[offset : offset + PAGE]]}

    def close(self) -> None:
        """End the building where it has not ended, and let the file go."""
        self._over.set()
        if self._built.exception() is None:
            with self._lock:
                self._built.result().close()

    def _build(self) -> sqlite3.Connection:
        if self._path:
            with suppress(sqlite3.Error):  # read only, somebody else's, or written to at this moment
                return self._filled(self._path)
        return self._filled("")  # a file without a name

    def _filled(self, path: Path | str) -> sqlite3.Connection:
        connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        with ExitStack() as undoing:
            undoing.callback(connection.close)
            self._fill(connection)
            undoing.pop_all()
        return connection

    def _fill(self, connection: sqlite3.Connection) -> None:
        """Let the file have all texts, and no others."""
        known = _known(connection)
        if self._over.is_set():
            return
        stamps = {one: blake2b(self._text(one).encode("utf-8", "surrogatepass")).digest()[:STAMP]
                  for one in self._pages.documents if not self._over.is_set()}  # fmt: skip
        if known.items() <= stamps.items() and known:
            connection.execute("BEGIN IMMEDIATE")
        else:  # a text that has gone or is another one cannot be taken out of the index
            known = {}
            connection.executescript(TABLES)
        for document, stamp in stamps.items():
            if self._over.is_set():
                break
            if document not in known:
                folded = fold(self._text(document))
                text = (document, stamp, folded.encode("utf-16-le", "surrogatepass"))
                put = connection.execute("INSERT INTO texts (document, stamp, folded) VALUES (?, ?, ?)", text)
                pairs = (put.lastrowid, " ".join(_tokens(folded)))
                connection.execute("INSERT INTO pairs (rowid, text) VALUES (?, ?)", pairs)
        connection.execute("ROLLBACK" if self._over.is_set() else "COMMIT")

    def _text(self, document: str) -> str:
        (row,) = self._pages.rows("documents", document)
        return str(row["text"])

    def _shown(self, hit: _Hit) -> dict[str, object]:
        (row,) = self._pages.rows("documents", hit.document)
        text, end = str(row["text"]), hit.start + hit.length
        return {
            "document": hit.document, "title": row["title"], "source": row["source"], "start": hit.start,
            "count": hit.count, "before": text[max(0, hit.start - ROUND) : hit.start], "hit": text[hit.start : end],
            "after": text[end : end + ROUND],
        }  # fmt: skip


def _known(connection: sqlite3.Connection) -> dict[str, bytes]:
    """The texts that a file holds, with their stamps; raises sqlite3.Error for a file of somebody else."""
    (ours,) = connection.execute("PRAGMA application_id").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    if (ours, tables) == (0, 0):
        connection.execute(f"PRAGMA application_id = {OURS}")
        return {}
    if ours != OURS:
        raise sqlite3.DatabaseError("not ours")
    return dict(connection.execute("SELECT document, stamp FROM texts")) if tables else {}


def _hits(connection: sqlite3.Connection, words: Sequence[str]) -> Iterator[_Hit]:
    asked = " AND ".join(dict.fromkeys(term for word in words for term in _terms(word)))
    rows = connection.execute(FOUND + AMONG, (asked,)) if asked else connection.execute(FOUND)
    for _, document, folded in rows:
        text = folded.decode("utf-16-le", "surrogatepass")
        counts = [text.count(word) for word in words]
        if all(counts):
            start, first = min((text.index(word), word) for word in words)
            yield _Hit(document=document, count=sum(counts), start=start, length=len(first))


def _tokens(text: str) -> set[str]:
    """The pairs of neighbours in each run of a text, and the last character of each, which begins no pair."""
    found: set[str] = set()
    for run in RUN.findall(text):
        found.update(map("".join, pairwise(run)))
        found.add(run[-1])
    return found


def _terms(word: str) -> Iterator[str]:
    """What FTS5 is asked for: the pairs of a word, or all that begin with its only character."""
    for run in RUN.findall(word):
        if len(run) == 1:
            yield f'"{run}"*'
        yield from (f'"{first}{second}"' for first, second in pairwise(run))
