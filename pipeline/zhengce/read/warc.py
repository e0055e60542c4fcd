"""WARC files, in which crawlers keep web pages: those pages and documents that were answered with success."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import redirect_stderr
from io import StringIO
from pathlib import PurePosixPath
from typing import IO, Any
from urllib.parse import urlsplit

from zhengce.errors import UnreadableFile
from zhengce.read.file import LIMIT
from zhengce.read.member import Member, Skip, too_large
from zhengce.read.stream import decompressed

__all__ = ["warc"]

TYPES = ("text/html", "application/xhtml", "text/plain", "application/pdf", "application/msword", "application/wps",
         "application/vnd.ms-works", "application/kswps", "application/zip", "application/x-zip", "multipart/related",
         "application/vnd.openxmlformats-officedocument.wordprocessingml")  # fmt: skip
UNSAID = ("", "application/octet-stream", "application/x-download", "application/force-download", "binary/octet-stream")
SUFFIXES = (".html", ".htm", ".shtml", ".pdf", ".docx", ".doc", ".wps", ".txt", ".zip", ".7z")


# how documents begin whose address and type tell nothing (download.do?id=2, application/octet-stream)
DOCUMENTS = (b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"7z\xbc\xaf")


def warc(file: IO[bytes], name: str, skip: Skip) -> Iterator[Member]:
    """The pages and documents in a WARC file, compressed or not, called by their addresses; raises UnreadableFile."""
    from warcio.archiveiterator import ArchiveIterator

    records = iter(ArchiveIterator(decompressed(file) or file))
    while True:
        with redirect_stderr(StringIO()):  # the library's remarks on faulty records
            record = next(records, None)
            found = _member(record) if record is not None else None
        if record is None:
            return
        if found is not None:
            yield found


def _member(record: Any) -> Member | None:
    address = record.rec_headers.get_header("WARC-Target-URI") or "unnamed"
    if not _is_document(record, address):
        return None
    data = record.content_stream().read(LIMIT + 1)
    if len(data) > LIMIT:
        return too_large(address, len(data))
    if not _is_typed(record, address) and not data.startswith(DOCUMENTS):
        return None
    record.raw_stream.read()
    if getattr(record.raw_stream, "limit", 0) > 0:
        reason = "the WARC file is cut off in this page: fetch it again"
        return Member(name=address, error=UnreadableFile(address, reason))
    return Member(name=address, data=data)


def _is_document(record: Any, address: str) -> bool:
    """Whether a record may hold a document, by what is said of it."""
    if record.rec_type == "response":
        if record.http_headers is None:  # cut off before its content
            return address.startswith("http")
        if record.http_headers.get_statuscode() != "200":
            return False
    elif record.rec_type != "resource":
        return False
    return _type(record) in UNSAID or _is_typed(record, address)


def _is_typed(record: Any, address: str) -> bool:
    """Whether the type, or the suffix of the address where the type says nothing, is that of a document."""
    kind = _type(record)
    suffix = PurePosixPath(urlsplit(address).path).suffix.lower()
    return kind.startswith(TYPES) or (kind in UNSAID and suffix in SUFFIXES)


def _type(record: Any) -> str:
    headers = record.http_headers if record.rec_type == "response" else record.rec_headers
    kind = (headers.get_header("Content-Type") or "") if headers else ""
    return str(kind).partition(";")[0].strip().lower()
