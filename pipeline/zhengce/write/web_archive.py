"""A web archive that grows and can be ended at any moment: answers as a WARC file, and a log of what became of each."""

from __future__ import annotations

import contextlib
import gzip
import io
import json
import os
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, fields
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

from zhengce.errors import BadUsage
from zhengce.exchange import Exchange, Headers, Visit
from zhengce.version import VERSION
from zhengce.write.replacing import replacing

__all__ = ["LOG", "PAGES", "WebArchive", "open_archive"]

PAGES = "pages.warc.gz"
LOG = "fetched.jsonl"
FIELDS = frozenset(field.name for field in fields(Visit))
NEEDED = frozenset({"address", "fetched", "error", "offset", "length"})
CHUNKED = ("transfer-encoding", "X-Archive-Orig-Transfer-Encoding")


@contextmanager
def open_archive(folder: Path, *, agent: str) -> Iterator[WebArchive]:
    """The archive in `folder`, made where there is none, freed from what a run that was ended left half-written.

    Raises BadUsage for files of the same names that are none of it and while another run writes to it, OSError where
    it cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    pages, log = folder / PAGES, folder / LOG
    if pages.exists() and pages.stat().st_size and not log.exists():
        raise BadUsage(f"{pages} is there without {LOG}: zhengce fetch did not write it; give another folder")
    log.touch()  # first, so that pages without it are somebody else's
    with pages.open("ab") as file:
        _lock(file, folder)
        visits = _visits(log, pages)
        file.truncate(max(map(_end, visits), default=0))
        with log.open("ab") as lines:
            yield WebArchive(file, lines, visits, agent)


class WebArchive:
    """An archive that is open; `visits` are those of former runs, in order."""

    def __init__(self, pages: IO[bytes], log: IO[bytes], visits: list[Visit], agent: str) -> None:
        from warcio.warcwriter import WARCWriter

        self.visits = visits
        self._pages, self._log = pages, log
        self._writer = WARCWriter(pages, gzip=True, warc_version="1.1")
        if not pages.seek(0, os.SEEK_END):
            about = {"software": f"zhengce/{VERSION}", "format": "WARC File Format 1.1", "robots": "obey"}
            info = self._writer.create_warcinfo_record(PAGES, about | {"http-header-user-agent": agent})
            self._writer.write_record(info)

    def keep(self, exchange: Exchange) -> tuple[int, int]:
        """Write an answer and what was asked; where they stand in the file, in bytes: offset and length.

        They are on disk when it returns, but belong to the archive only once `log` has been told.
        """
        start = self._pages.seek(0, os.SEEK_END)
        stamp = {"WARC-Date": exchange.fetched} | ({"WARC-IP-Address": exchange.ip} if exchange.ip else {})
        first = f"{exchange.version} {exchange.status} {exchange.reason}".rstrip()
        answer = self._record("response", exchange.final, first, exchange.headers, exchange.payload, stamp)
        parts = urlsplit(exchange.final)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        asked = self._record("request", exchange.final, f"GET {target} HTTP/1.1", exchange.asked, b"", stamp)
        self._writer.write_request_response_pair(asked, answer)
        _settle(self._pages)
        return start, self._pages.tell() - start

    def log(self, visit: Visit) -> None:
        """Add a line to the log; on disk when it returns."""
        line = json.dumps(asdict(visit), ensure_ascii=False) + "\n"
        self._log.write(line.encode("utf-8", "replace"))
        _settle(self._log)

    def _record(self, kind: str, address: str, first: str, headers: Headers, body: bytes, stamp: dict[str, str]) -> Any:
        from warcio.statusandheaders import StatusAndHeaders

        # the chunks are gone from the body, and who reads the archive must not look for them
        told = [(CHUNKED[1] if name.lower() == CHUNKED[0] else name, value) for name, value in headers]
        protocol, _, rest = first.partition(" ")
        status = StatusAndHeaders(rest, told, protocol=protocol)
        return self._writer.create_warc_record(
            address, kind, payload=io.BytesIO(body), length=len(body), http_headers=status, warc_headers_dict=stamp
        )


def _settle(file: IO[bytes]) -> None:
    file.flush()
    os.fsync(file.fileno())


def _end(visit: Visit) -> int:
    return (visit.offset or 0) + (visit.length or 0)


def _visits(log: Path, pages: Path) -> list[Visit]:
    """The lines of the log; out of it are taken those that are none, or whose answer the file of pages has lost."""
    data = log.read_bytes()
    lines = data.splitlines(keepends=True)
    read = [_visit(line) for line in lines]
    if b"\n" in data and not any(read):
        raise BadUsage(f"{log} is there, and no log of zhengce fetch: give another folder")
    reach = _reach(pages, {(visit.offset, visit.length) for visit in read if visit and visit.length})
    sound = [(line, visit) for line, visit in zip(lines, read, strict=True) if visit and _end(visit) <= reach]
    if len(sound) < len(lines):
        with replacing(log) as partial:
            partial.write_bytes(b"".join(line for line, _ in sound))
    return [visit for _, visit in sound]


def _reach(pages: Path, places: Iterable[tuple[int | None, int | None]]) -> int:
    """How far the file of pages is sound: the end of the last answer that can be unpacked."""
    with pages.open("rb") as file:
        for offset, length in sorted(((at or 0, long or 0) for at, long in places), reverse=True):
            file.seek(offset)
            data = file.read(length)
            with contextlib.suppress(OSError, EOFError, zlib.error):
                if len(data) == length and gzip.decompress(data):
                    return offset + length
    return 0


def _visit(line: bytes) -> Visit | None:
    with contextlib.suppress(ValueError, TypeError, AttributeError):
        row = json.loads(line)
        whole = line.endswith(b"\n") and row.keys() >= NEEDED
        if whole and all(isinstance(row[name], int | None) for name in ("offset", "length")):
            known = {name: value for name, value in row.items() if name in FIELDS}
            return Visit(**(known | {"redirects": tuple(known.get("redirects") or ())}))
    return None


def _lock(file: IO[bytes], folder: Path) -> None:
    """Hold the file until it is closed; the system lets go of it however the program ends."""
    try:
        try:
            import fcntl
        except ImportError:  # Windows
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        else:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise BadUsage(f"another zhengce fetch is writing to {folder}") from error
