"""Documents on their way between processes: the bytes of one in, its tables packed out."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from typing import TYPE_CHECKING, Protocol

from zhengce.record import Failure
from zhengce.write.columns import ORIGINS
from zhengce.write.jsonl import line
from zhengce.write.origin import origin_row
from zhengce.write.row import Row, rows

if TYPE_CHECKING:
    from zhengce.flow import Outcome

__all__ = ["Limits", "Process", "Task", "Work", "failed", "failure_in", "lines", "packed", "unpacked", "usual"]

TABLES, FAILURE = b"t", b"f"  # what follows
LEVEL = 1  # of compression: a document's tables are written and read faster than they are made smaller


class Process(Protocol):
    """What makes an outcome of the bytes of one file; it never raises."""

    def __call__(self, data: bytes, name: str, *, copies: tuple[str, ...] = ()) -> Outcome:
        """The outcome of the bytes called `name`, and by the names `copies` too."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One document to be read: which of a run's inputs it is, its bytes and its names."""

    number: int
    data: bytes
    name: str
    copies: tuple[str, ...] = ()


# what a process does with a document, `packed` with a flow or another: bytes, which say of themselves what they are
Work = Callable[[Task], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one document may cost: seconds, and megabytes of memory of the process that reads it."""

    seconds: float = 300
    megabytes: int = 4096


def usual(data: bytes, name: str, *, copies: tuple[str, ...] = ()) -> Outcome:
    """The usual flow, which is loaded where it is first called: who sends tasks to other processes needs it not."""
    from zhengce.flow import process

    return process(data, name, copies=copies)


def packed(task: Task, process: Process) -> bytes:
    """What `process` makes of a document, as bytes that can be kept and sent: its tables, or why there are none."""
    outcome = process(task.data, task.name, copies=task.copies)
    if outcome.document is None:
        assert outcome.failure is not None
        return failed(outcome.failure)
    tables = rows(outcome.document, outcome.records) | {ORIGINS: [origin_row(outcome.document)]}
    sizes = json.dumps({table: len(held) for table, held in tables.items()})
    return TABLES + _pack("".join([sizes, "\n", *(line(row) for held in tables.values() for row in held)]))


def failed(failure: Failure) -> bytes:
    """The same of a document that could not be read."""
    return FAILURE + _pack(json.dumps(asdict(failure), ensure_ascii=False))


def failure_in(data: bytes) -> Failure | None:
    """Why there is no document, where these bytes say so."""
    return Failure(**json.loads(_unpack(data))) if data.startswith(FAILURE) else None


def lines(data: bytes) -> dict[str, list[str]]:
    """The tables of a document as lines of JSON, each with its end: what is written as it is need not be parsed."""
    sizes, *held = _unpack(data).split("\n")
    rest = iter(held)
    return {table: [f"{one}\n" for one in islice(rest, size)] for table, size in json.loads(sizes).items()}


def unpacked(data: bytes) -> tuple[Mapping[str, Sequence[Row]], Failure | None]:
    """The tables of a document, or the failure to read it.

    >>> told = failed(Failure(source="a.pdf", sha256=None, error="UnreadableFile", message="broken"))
    >>> unpacked(told)[1].error
    'UnreadableFile'
    """
    if failure := failure_in(data):
        return {}, failure
    return {table: json.loads(f"[{','.join(held)}]") for table, held in lines(data).items()}, None


def _pack(text: str) -> bytes:
    # half of a surrogate pair has no UTF-8, and comes back as it was; escapes would be three times as long
    return zlib.compress(text.encode("utf-8", "surrogatepass"), LEVEL)


def _unpack(data: bytes) -> str:
    return zlib.decompress(data[1:]).decode("utf-8", "surrogatepass")
