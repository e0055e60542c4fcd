"""The edits file while people write to it: lines are appended and never changed, and none is lost to a kill."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from threading import Lock
from time import sleep
from typing import Any

from zhengce.amend.edit import ID, NEEDED, moment, read_edits
from zhengce.errors import BadUsage

__all__ = ["Ledger", "Line"]

Line = Mapping[str, Any]  # a decision as the file has it, with its id

BEGIN = b'{"'  # how a line begins that was being written
MARK = b"\xef\xbb\xbf"
TICK = timedelta(microseconds=1)
PAUSE = 0.02  # seconds in which another process ends the line that it is writing
BINARY = getattr(os, "O_BINARY", 0)  # of Windows, where line feeds would become two characters


class Ledger:
    """A corrections file that is written to, by this process and maybe by others.

    `on_cut` is told how many bytes of a last line were cut off that somebody was killed in writing. Raises BadUsage,
    when it is made, for a file that is no corrections file, which is left as it is, and for one that cannot be written.
    """

    _last: datetime  # of all times in the file

    def __init__(self, path: Path, *, on_cut: Callable[[int], None] = lambda count: None) -> None:
        self.path = path
        self._on_cut = on_cut
        self._lock = Lock()
        self._forget()
        try:
            if path.exists() and not path.is_file():
                raise BadUsage(f"{path} is no file")
            self._read_on()
            if path.exists():
                read_edits(path)  # says which line is no decision, and why
                with _opened(path, os.O_RDWR) as descriptor:
                    self._mend(descriptor)
            elif not os.access(path.parent, os.W_OK):
                raise BadUsage(f"{path} cannot be written: no folder that can be written to")
        except OSError as error:
            raise BadUsage(f"{path} cannot be written: {error.strerror or error}") from error

    def lines(self) -> tuple[Line, ...]:
        """All decisions in the order of the file, each with its id as `edit`. Raises OSError."""
        with self._lock:
            self._read_on()
            return tuple(self._lines)

    def append(self, make: Callable[[Sequence[Line]], Sequence[Line]]) -> list[Line]:
        """Append the lines that `make` gives when it is shown all there are; on disk when this returns.

        Those that have no `time` yet are new and get one, later than any in the file; the others are there already. All
        go into the file by one write, and no other thread appends between the showing and the writing. What `make`
        raises is raised; so is OSError, with nothing appended.
        """
        with self._lock:
            self._read_on()
            asked = make(self._lines)
            new = {line["edit"]: line for line in asked if "time" not in line}  # one that is asked for twice is one
            new = {edit: self._stamped(line) for edit, line in new.items()}
            if new:
                told = (json.dumps(line, ensure_ascii=False, allow_nan=False) for line in new.values())
                self._write("".join(f"{line}\n" for line in told))
            return [new.get(line["edit"], line) for line in asked]

    def _stamped(self, line: Line) -> Line:
        now = datetime.now(UTC)
        try:
            time = max(now, self._last + TICK).astimezone()
        except (OSError, OverflowError, ValueError):  # somebody wrote the year 9999
            time = now.astimezone()
        self._last = max(time, self._last)
        return {**line, "time": time.isoformat(timespec="microseconds")}

    def _write(self, told: str) -> None:
        data = told.encode()
        with _opened(self.path, os.O_RDWR | os.O_APPEND | os.O_CREAT) as descriptor:
            self._mend(descriptor)
            size, written = os.fstat(descriptor).st_size, 0
            try:
                written = os.write(descriptor, data)
                if written != len(data):
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                os.fsync(descriptor)
            except OSError:
                if os.fstat(descriptor).st_size == size + written:  # nobody else has written meanwhile
                    os.ftruncate(descriptor, size)
                raise
        if not size:
            _keep_name(self.path)
        self._read_on()

    def _mend(self, descriptor: int) -> None:
        """End the last line, or take it away where it is not whole; what we would not have written stays."""
        rest = _from(descriptor, self._read)
        if not rest.strip():
            return
        if _told(rest) is not None:
            os.lseek(descriptor, 0, os.SEEK_END)
            os.write(descriptor, b"\n")
        elif not rest.strip(b"\0") or rest[: len(BEGIN)] == BEGIN[: len(rest)]:
            sleep(PAUSE)
            if _from(descriptor, self._read) == rest:
                os.ftruncate(descriptor, self._read)
                os.fsync(descriptor)
                self._on_cut(len(rest))
        else:
            raise BadUsage(f"{self.path}: its last line is no decision")
        self._read_on()

    def _forget(self) -> None:
        self._lines: list[Line] = []
        self._read = 0  # bytes
        self._inode, self._end = 0, b""  # which file, and its last line that was read
        self._last = datetime.min.replace(tzinfo=UTC)

    def _read_on(self) -> None:
        """Read the whole lines that are new; all of them where others have written the file anew."""
        try:
            file = self.path.open("rb")
        except FileNotFoundError:
            self._forget()
            return
        with file:
            inode = os.fstat(file.fileno()).st_ino
            file.seek(self._read - len(self._end))
            # the number of a file that is gone is given to a new one
            if file.read(len(self._end)) != self._end or inode != self._inode:
                self._forget()
                self._inode = inode
                file.seek(0)
            *lines, _ = file.read().split(b"\n")
        for line in lines:
            self._add(line.removeprefix(MARK) if self._read == 0 else line)
            self._end = line + b"\n"
            self._read += len(self._end)

    def _add(self, line: bytes) -> None:
        told = _told(line)
        if told is not None:
            self._lines.append(told)
            self._last = max(self._last, moment(told["time"]))


def _told(line: bytes) -> Line | None:
    """A line with its id; None for what is no decision."""
    try:
        told = json.loads(line.decode())
        if not isinstance(told, dict) or any(not isinstance(told.get(name), str) for name in NEEDED):
            return None
        moment(told["time"])
        named = told.get("edit") or sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:ID]
    except (ValueError, RecursionError):
        return None
    return {**told, "edit": named} if isinstance(named, str) else None


@contextmanager
def _opened(path: Path, flags: int) -> Iterator[int]:
    descriptor = os.open(path, flags | BINARY, 0o666)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _from(descriptor: int, start: int) -> bytes:
    """The bytes of a file from a place on."""
    os.lseek(descriptor, start, os.SEEK_SET)
    return b"".join(iter(lambda: os.read(descriptor, 1 << 20), b""))


def _keep_name(path: Path) -> None:
    """A new file's name is on disk where its folder is; Windows opens no folders, and does so by itself."""
    if os.name == "posix":
        with _opened(path.parent, os.O_RDONLY) as descriptor:
            os.fsync(descriptor)
