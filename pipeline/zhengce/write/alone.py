"""One run at a time writes to a folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from zhengce.errors import BadUsage

__all__ = ["alone"]

LOCK = ".zhengce.lock"


@contextmanager
def alone(out: Path) -> Iterator[None]:
    """Keep other runs from writing to the folder `out`, which is made, until this one is done or dead.

    A folder that was made for nothing goes again.
    Raises BadUsage where another run writes to it, and for a folder that cannot be made or written to.
    """
    from filelock import FileLock, Timeout

    new = not out.exists()
    lock = FileLock(out / LOCK, timeout=0, is_singleton=True)  # a run may be part of another one
    try:
        out.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout as error:
        raise BadUsage(f"another run is writing to {out}: wait for it, or choose another folder") from error
    except OSError as error:
        raise BadUsage(f"{out} cannot hold the tables: {error.strerror or error}") from error
    try:
        yield
    finally:
        lock.release()
        if not lock.is_locked:
            with suppress(OSError):  # another run has it already
                (out / LOCK).unlink()
                if new and not any(out.iterdir()):
                    out.rmdir()
