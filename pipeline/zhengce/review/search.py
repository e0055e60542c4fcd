"""Full-text search over the clean texts of a run, by the characters of Chinese words."""

from __future__ import annotations

import re
import sqlite3
from asyncio import wrap_future
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from threading import Event, Lock
from typing import TYPE_CHECKING

from zhengce.review.fold import fold

if TYPE_CHECKING:
    from zhengce.reporting import Pages

__all__ = ["Search"]

PAGE = 50  # documents
ROUND = 40  # characters shown on either side of what was found
LONGEST, MOST = 200, 20  # characters and words of a query
# what the tokenizer `ascii` keeps together; whatever ends a run can stand in no token
RUN = re.compile("[0-9a-z\x80-\ud7ff\ue000-\U0010ffff]+")
TABLES = """
    CREATE TABLE texts (number INTEGER PRIMARY KEY, document TEXT, folded BLOB);
    CREATE VIRTUAL TABLE pairs USING fts5(text, content='', columnsize=0, detail=none, tokenize='ascii');
"""
FOUND = "SELECT number, document, folded FROM texts"
AMONG = " WHERE number IN (SELECT rowid FROM pairs WHERE pairs MATCH ?)"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Hit:
    document: str
    count: int
    start: int
    length: int


class Search:
    """The texts of a run in a temporary SQLite file that ends with this; built in a thread of its own from the start.

    FTS5 holds the pairs of neighbouring characters of each text, a query is looked up by its pairs, and what they lead
    to is read: no hit is false, none is missing, and no sign in a query means anything but itself.
    """

    def __init__(self, pages: Pages) -> None:
        self._pages = pages
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
        connection = sqlite3.connect("", check_same_thread=False)  # a file without a name
        connection.executescript(TABLES)
        for number, document in enumerate(self._pages.documents):
            if self._over.is_set():
                break
            folded = fold(self._text(document))
            texts = (number, document, folded.encode("utf-16-le", "surrogatepass"))
            connection.execute("INSERT INTO texts VALUES (?, ?, ?)", texts)
            connection.execute("INSERT INTO pairs (rowid, text) VALUES (?, ?)", (number, " ".join(_tokens(folded))))
        connection.commit()
        return connection

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
