"""Documents read in child processes: several at once, and none of them able to take the run along."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import contextmanager
from hashlib import sha256
from importlib import import_module
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.context import BaseContext
from threading import current_thread, main_thread

from zhengce.packing import Limits, Task, Work, failed
from zhengce.record import Failure

__all__ = ["Children", "pooled"]

AHEAD = 3  # documents a worker that are read from disk before it is free
MEGABYTE = 1 << 20
USUAL = Limits()
# The system ends a child by its own clock, also where the parent is dead; pebble goes by that of the wall, which jumps
# when a laptop sleeps. Windows has no alarms.
ALARM = signal.SIGALRM if os.name == "posix" else None

START = "forkserver" if "forkserver" in get_all_start_methods() else "spawn"

PRELOAD = "zhengce.preload"

# of a child: what it was started with
_work: Work | None = None
_limits = USUAL


def pooled(
    tasks: Iterable[Task], work: Work, *, workers: int = 1, limits: Limits = USUAL
) -> Iterator[tuple[int, bytes]]:
    """Each task's number with what came of it, in the order in which they are done.

    Each is read in one of `workers` child processes (`Children`), which are ended when the iterator is closed.
    """
    children = Children(work, workers=workers, limits=limits)
    try:
        yield from children.read(tasks)
    finally:
        children.close()


class Children:
    """Child processes that do `work`, until they are closed.

    A document that takes more seconds or memory than `limits`, or ends its process, is a failure and costs nothing
    else: the process is ended and another one takes its place. Memory is limited where the system can (not on
    Windows).
    """

    def __init__(self, work: Work, *, workers: int = 1, limits: Limits = USUAL) -> None:
        from pebble import ProcessPool

        self._workers, self._limits, self._begun = workers, limits, False
        self._pool = ProcessPool(
            max_workers=workers, initializer=_begin, initargs=(work, limits), context=_context()
        )  # fmt: skip

    def read(self, tasks: Iterable[Task]) -> Iterator[tuple[int, bytes]]:
        """Each task's number with what came of it, in the order in which they are done."""
        waiting: dict[Future[bytes], Task] = {}
        seconds = None if ALARM else self._limits.seconds
        for task in tasks:
            if not self._begun:  # not before there is something to read
                self._start()
            waiting[self._pool.schedule(_read, args=(task,), timeout=seconds)] = task
            if len(waiting) >= AHEAD * self._workers:
                yield from _done(waiting, self._limits)
        while waiting:
            yield from _done(waiting, self._limits)

    def _start(self) -> None:
        with _undisturbed():
            self._begun = self._pool.active  # to ask starts them

    def close(self) -> None:
        """End the children, whatever they do."""
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Let Ctrl-C wait: a child that is half started is known to nobody who could end it."""
    if current_thread() is not main_thread():  # of a cluster's worker, which Ctrl-C does not reach
        yield
        return
    pressed: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, frame: pressed.append(number))
    if os.name == "posix":
        from multiprocessing.resource_tracker import ensure_running

        ensure_running()  # it would let the signal through again
        blocked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:  # what is started now has it blocked for ever
        yield
    finally:
        if os.name == "posix":
            signal.pthread_sigmask(signal.SIG_SETMASK, blocked)
        signal.signal(signal.SIGINT, before)
    if pressed:
        signal.raise_signal(signal.SIGINT)


def _done(waiting: dict[Future[bytes], Task], limits: Limits) -> Iterator[tuple[int, bytes]]:
    done, _ = wait(waiting, return_when=FIRST_COMPLETED)
    for future in sorted(done, key=lambda one: waiting[one].number):
        task = waiting.pop(future)
        error = future.exception()
        if isinstance(error, KeyboardInterrupt):
            raise error
        yield task.number, future.result() if error is None else failed(_failure(task, error, limits))


def _failure(task: Task, error: BaseException, limits: Limits) -> Failure:
    """Why there is no document, in the words of `failures`."""
    from pebble import ProcessExpired

    late = isinstance(error, TimeoutError) or (isinstance(error, ProcessExpired) and -error.exitcode == ALARM)
    match error:
        case _ if late:
            name, reason = "TimedOut", f"reading it took more than {limits.seconds:g} seconds (--timeout)"
        case MemoryError():
            name, reason = "OutOfMemory", f"reading it took more than {limits.megabytes} MB of memory (--memory)"
        case ProcessExpired():
            name, reason = "Crashed", f"the process that read it ended ({_ending(error.exitcode)})"
        case _:
            name, reason = "Fault", f"a fault of zhengce, please report it: {type(error).__name__}: {error}"
    return Failure(source=task.name, sha256=sha256(task.data).hexdigest(), error=name, message=reason)


def _ending(code: int) -> str:
    return signal.Signals(-code).name if code < 0 else f"exit code {code}"


def _context() -> BaseContext:
    # a fork of this process would take the locks of its threads along; one of a server that has none is as quick
    context = get_context(START)
    if START == "forkserver":
        context.set_forkserver_preload([PRELOAD])
    return context


def _begin(work: Work, limits: Limits) -> None:
    """What a child does first: Ctrl-C is for the parent, and memory has an end."""
    global _work, _limits
    _work, _limits = work, limits
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    import_module(PRELOAD)  # without a server each child loads for itself
    if os.name == "posix":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        wanted = limits.megabytes * MEGABYTE
        most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))


def _read(task: Task) -> bytes:
    assert _work is not None
    _end_after(_limits.seconds)
    try:
        return _work(task)
    finally:
        _end_after(0)


def _end_after(seconds: float) -> None:
    """Let the system end this process then; 0: never."""
    if ALARM:
        signal.setitimer(signal.ITIMER_REAL, seconds)
