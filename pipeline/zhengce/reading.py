"""The order of reading many inputs: what the store has is taken from there, the rest goes to an engine."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from zhengce.inputs import Item, contents
from zhengce.packing import Process, Task, failed, failure_in, packed
from zhengce.record import Failure
from zhengce.store import Key, Store, key_of

__all__ = ["Engine", "Read", "read", "serial"]

# what reads tasks, in whatever order and number at once: each task's number with what came of it
Engine = Callable[[Iterable[Task]], Iterator[tuple[int, bytes]]]
Take = Callable[[Item, bytes], None]


def serial(process: Process) -> Engine:
    """The engine that reads one after the other in this process."""
    return lambda tasks: ((task.number, packed(task, process)) for task in tasks)


@dataclass(slots=True)
class Read:
    """What came of it: how many inputs were taken, which documents were held already, whether Ctrl-C ended it."""

    done: int = 0
    fresh: int = 0
    again: dict[str, list[str]] = field(default_factory=dict)
    interrupted: bool = False


def read(
    items: Sequence[Item], engine: Engine, store: Store, take: Take, *, held: Collection[str] = (),
    on_progress: Callable[[int, int, str], None] = lambda done, total, name: None,
) -> Read:  # fmt: skip
    """Read the items and let `take` have what came of each, in their order, as soon as all before it are there.

    What the store has is not read again, and what is read is in the store before it is taken; failures are not kept,
    since another try may go well. Documents in `held` are left out. After Ctrl-C what is done is taken, gaps or not.
    """
    order = _Order(items=items, store=store, take=take, held=held, on_progress=on_progress)
    on_progress(0, len(items), "")
    try:
        results = engine(order.tasks())
        try:
            for number, result in results:
                order.came(number, result)
        finally:
            if close := getattr(results, "close", None):  # a generator's: an engine ends its children
                close()
    except KeyboardInterrupt:
        order.read.interrupted = True
    order.rest()
    return order.read


@dataclass(slots=True, kw_only=True)
class _Order:
    """Which inputs are done and wait for those before them: the key in the store, the failure, or nothing to take."""

    items: Sequence[Item]
    store: Store
    take: Take
    held: Collection[str]
    on_progress: Callable[[int, int, str], None]
    read: Read = field(default_factory=Read)
    asked: dict[int, Key] = field(default_factory=dict)
    ready: dict[int, Key | bytes | None] = field(default_factory=dict)
    next: int = 0
    done: int = 0

    def tasks(self) -> Iterator[Task]:
        """What is not in the store, while the engine asks for it."""
        for number, (item, data) in enumerate(contents(self.items)):
            if isinstance(data, Failure):
                self._is_ready(number, failed(data))
                continue
            key = key_of(data, item.name)
            document = key[0].hex()[:16]
            if document in self.held:
                self.read.again.setdefault(document, []).extend((item.name, *item.copies))
                self._is_ready(number, None)
            elif key in self.store:
                self._is_ready(number, key)
            else:
                self.asked[number] = key
                yield Task(number=number, data=data, name=item.name, copies=item.copies)

    def came(self, number: int, result: bytes) -> None:
        """Keep what came of a task."""
        key = self.asked.pop(number)
        self.read.fresh += 1
        if failure_in(result):
            self._is_ready(number, result)
        else:
            self.store.put(key, result)
            self._is_ready(number, result if number == self.next else key)  # what has to wait waits in the store

    def rest(self) -> None:
        """Take what is left where the reading was ended."""
        for number in sorted(self.ready):
            self._take(number)

    def _is_ready(self, number: int, result: Key | bytes | None) -> None:
        self.ready[number] = result
        while self.next in self.ready:
            self.next += 1
            self._take(self.next - 1)
        self.done += 1
        self.on_progress(self.done, len(self.items), self.items[number].name)

    def _take(self, number: int) -> None:
        result = self.ready.pop(number)
        if result is not None:
            self.take(self.items[number], self.store[result] if isinstance(result, tuple) else result)
        self.read.done += 1
