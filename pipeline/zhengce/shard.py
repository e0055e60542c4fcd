"""Documents dealt out to a cluster of machines: in shards, of which those that a lost worker had are read again."""

from __future__ import annotations

import pickle
import platform
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cache, partial
from hashlib import sha256
from multiprocessing import current_process
from threading import Lock, Timer
from typing import Any, Protocol

from zhengce.errors import BadUsage
from zhengce.packing import Limits, Process, Task, failed, packed
from zhengce.pool import USUAL, Children
from zhengce.record import Failure
from zhengce.version import VERSION
from zhengce.write.manifest import differences, made_by

__all__ = ["Cluster", "Shard", "about", "check_workers", "read_shard", "sharded", "shards"]

DOCUMENTS, BYTES = 16, 2 << 20  # of a shard at most; a larger document is one of its own
AHEAD = 2  # shards a core that are sent before it is free
HELD = 256 << 20  # bytes that are sent and not come back, at most
TRIES = 3  # of a document alone
WAIT = 2.0  # seconds after which is asked whether the cluster is there still
IDLE = 60.0  # seconds for which a worker keeps the child that reads
FIRST = 300.0  # seconds for which a first worker is waited for: a batch system may have to start it

Results = list[tuple[int, bytes]]


class Cluster(Protocol):
    """Somebody's cluster, as far as it is needed here; its methods raise ConnectionError where it is gone."""

    address: str

    def cores(self) -> int:
        """How many shards can be read at once now."""
        ...

    def submit(self, function: Callable[..., Any], /, *args: object) -> Future[Any]:
        """Run a function of an installed module on a worker, once; a lost worker is an exception of the future."""
        ...

    def close(self) -> None:
        """Let go of it, and of all that runs there for us."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Shard:
    """Documents that are sent together, and how often they were lost."""

    tasks: Sequence[Task]
    lost: int = 0

    @property
    def size(self) -> int:
        """In bytes."""
        return sum(len(task.data) for task in self.tasks)

    def again(self) -> tuple[Shard, ...]:
        """What is sent when this was lost: its halves, so that a document that ends its worker comes to be alone."""
        middle = len(self.tasks) // 2
        halves = (self.tasks[:middle], self.tasks[middle:]) if middle else (self.tasks,)
        return tuple(Shard(tasks=half, lost=0 if middle else self.lost + 1) for half in halves)


def shards(tasks: Iterable[Task]) -> Iterator[Shard]:
    """The tasks in their order, so many together that sending them costs little and losing them too."""
    held: list[Task] = []
    size = 0
    for task in tasks:
        if held and (len(held) == DOCUMENTS or size + len(task.data) > BYTES):
            yield Shard(tasks=tuple(held))
            held, size = [], 0
        held.append(task)
        size += len(task.data)
    if held:
        yield Shard(tasks=tuple(held))


def sharded(
    tasks: Iterable[Task], process: Process, cluster: Cluster, *, limits: Limits = USUAL
) -> Iterator[tuple[int, bytes]]:
    """Each task's number with what came of it (`packing.packed`), in the order in which they are done.

    Shards that were lost with their worker or its node are sent again in halves, a document alone so often, then it is
    a failure. The cluster is let go of when the iterator is closed. Raises BadUsage where the cluster is gone, or a
    worker has another pipeline: what was read stays with whoever took it.
    """
    sending = _Sending(cluster=cluster, process=process, limits=limits, wanted=about())
    try:
        given = shards(tasks)
        while sending.fill(given):
            yield from sending.came()
    except ConnectionError as error:
        raise BadUsage(
            f"the cluster {cluster.address} is gone ({error}): what was read is kept, the same command goes on"
        ) from error
    finally:
        cluster.close()


@dataclass(slots=True, kw_only=True)
class _Sending:
    """What is on its way."""

    cluster: Cluster
    process: Process
    limits: Limits
    wanted: Mapping[str, object]
    sent: dict[Future[Results], Shard] = field(default_factory=dict)
    lost: deque[Shard] = field(default_factory=deque)
    size: int = 0
    cores: int = 1
    asked: float = -WAIT
    manned: float = field(default_factory=time.monotonic)

    def fill(self, given: Iterator[Shard]) -> bool:
        """Send as many shards as the cluster can take; whether any is on its way."""
        if (now := time.monotonic()) - self.asked > WAIT:
            self.cores, self.asked = self.cluster.cores(), now
            self.manned = now if self.cores else self.manned
            if now - self.manned > FIRST:
                raise ConnectionError(f"it has had no worker for {FIRST:.0f} seconds")
        while len(self.sent) < AHEAD * max(self.cores, 1) and (self.size < HELD or not self.sent):
            shard = self.lost.popleft() if self.lost else next(given, None)
            if shard is None:
                break
            future = self.cluster.submit(read_shard, shard.tasks, self.process, self.limits, self.wanted)
            self.sent[future] = shard
            self.size += shard.size
        return bool(self.sent)

    def came(self) -> Iterator[tuple[int, bytes]]:
        """What has come back, or nothing after a while."""
        for future in wait(self.sent, timeout=WAIT, return_when=FIRST_COMPLETED).done:
            shard = self.sent.pop(future)
            self.size -= shard.size
            error = _error(future)
            if error is None:
                yield from future.result()
            elif isinstance(error, BadUsage):
                raise error
            else:
                again = shard.again()
                if again[0].lost < TRIES:
                    self.lost.extend(again)
                else:
                    yield shard.tasks[0].number, failed(_failure(shard.tasks[0], error))


def _error(future: Future[Any]) -> BaseException | None:
    return CancelledError("cancelled by the cluster") if future.cancelled() else future.exception()


def _failure(task: Task, error: BaseException) -> Failure:
    reason = f"the cluster lost it {TRIES} times ({type(error).__name__}: {str(error).strip().partition(chr(10))[0]})"
    return Failure(source=task.name, sha256=sha256(task.data).hexdigest(), error="Crashed", message=reason)


@cache
def about() -> Mapping[str, object]:
    """What must be the same on all machines for the same bytes: Python and the whole pipeline."""
    return {"python": ".".join(platform.python_version_tuple()[:2]), **made_by()}


def check_workers(cluster: Cluster) -> None:
    """Wait for a worker, and raise BadUsage where there is none, none that has zhengce, or one of another pipeline.

    Workers that come later tell with their first shard.
    """
    future, end = cluster.submit(_check, about()), time.monotonic() + FIRST
    while not wait([future], timeout=WAIT).done:
        if time.monotonic() > end:
            raise BadUsage(f"no worker of {cluster.address} was free for {FIRST:.0f} seconds: start some, then again")
        cluster.cores()
    error = _error(future)
    if isinstance(error, BadUsage):
        raise error
    if error is not None:
        raise BadUsage(
            f"the workers of {cluster.address} cannot run zhengce ({type(error).__name__}: {error}): "
            f"pip install zhengce=={VERSION} on each"
        ) from error


def _check(wanted: Mapping[str, object]) -> None:
    if found := list(differences(about(), wanted)):
        other = "; ".join(found)
        raise BadUsage(f"a worker ({platform.node()}) has another pipeline than this machine, in {other}: install the "
                       f"same on each, zhengce {wanted['version']} on Python {wanted['python']}")  # fmt: skip


def read_shard(tasks: Sequence[Task], process: Process, limits: Limits, wanted: Mapping[str, object]) -> Results:
    """What a worker does: each task's number with what came of it, read in a child process of the worker.

    Raises BadUsage where the pipeline here is not the `wanted` one (`about`).
    """
    _check(wanted)
    # Dask's workers are daemons, which may have no children; ours end when the pipe of their parent does
    current_process()._config["daemon"] = False  # type: ignore[attr-defined]
    key = pickle.dumps((process, limits))
    children = _taken(key) or Children(partial(packed, process=process), limits=limits)
    with ExitStack() as failing:
        failing.callback(children.close)
        results = list(children.read(tasks))
        failing.pop_all()
    _keep(key, children)
    return results


Kept = tuple[bytes, Children, Timer]

_lock = Lock()
_kept: list[Kept] = []  # of a worker: starting a child takes longer than reading a shard


def _taken(key: bytes) -> Children | None:
    with _lock:
        for entry in _kept:
            if entry[0] == key:
                _kept.remove(entry)
                entry[2].cancel()
                return entry[1]
    return None


def _keep(key: bytes, children: Children) -> None:
    timer = Timer(IDLE, lambda: _end(entry))
    timer.daemon = True
    entry: Kept = (key, children, timer)
    with _lock:
        _kept.append(entry)
    timer.start()


def _end(entry: Kept) -> None:
    with _lock:
        if entry not in _kept:  # at work
            return
        _kept.remove(entry)
    entry[1].close()
