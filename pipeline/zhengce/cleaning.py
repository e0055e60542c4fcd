"""Documents that are cleaned and no more, in child processes: none of them can take the others along."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from zhengce.document import Document
from zhengce.errors import UnreadableFile
from zhengce.inputs import Item, contents
from zhengce.packing import Limits, Task, failed, failure_in
from zhengce.pool import pooled
from zhengce.record import Failure

if TYPE_CHECKING:
    from zhengce.mending import Change

__all__ = ["Cleaned", "cleaned"]

CLEANED = b"c"  # what follows


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleaned:
    """A document with its text as it should be, and every edit that was made to it."""

    document: Document
    changes: tuple[Change, ...]


def cleaned(items: Sequence[Item], *, workers: int = 1, limits: Limits) -> Iterator[tuple[Item, Cleaned | Failure]]:
    """Each input in its order with what came of it; `workers` child processes read, within `limits` a document."""
    ready: dict[int, bytes] = {}
    done = 0
    for number, result in pooled(_tasks(items, ready), _cleaned, workers=workers, limits=limits):
        ready[number] = result
        while done in ready:
            yield items[done], _unpacked(ready.pop(done))
            done += 1
    for number in sorted(ready):  # what could not be sent to anybody
        yield items[number], _unpacked(ready[number])


def _tasks(items: Sequence[Item], ready: dict[int, bytes]) -> Iterator[Task]:
    for number, (item, data) in enumerate(contents(items)):
        if isinstance(data, Failure):
            ready[number] = failed(data)
        else:
            yield Task(number=number, data=data, name=item.name, copies=item.copies)


def _cleaned(task: Task) -> bytes:
    from zhengce.flow import repaired  # where it is read: who sends it needs it not

    try:
        document, changes = repaired(task.data, task.name)
    except UnreadableFile as error:
        told = sha256(task.data).hexdigest()
        return failed(Failure(source=task.name, sha256=told, error=type(error).__name__, message=error.reason))
    return CLEANED + pickle.dumps(Cleaned(document=document, changes=changes))


def _unpacked(data: bytes) -> Cleaned | Failure:
    if failure := failure_in(data):
        return failure
    made: Cleaned = pickle.loads(data[1:])  # a child of ours made it
    return made
