"""Files that hold other files (archives, mails, web archives): which those are, and what is in them, one at a time."""

from __future__ import annotations

import lzma
import re
import tarfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from io import BytesIO
from pathlib import PurePosixPath
from typing import IO, Literal
from zipfile import BadZipFile, ZipFile

from zhengce.errors import TooLarge, UnreadableFile
from zhengce.read.archive import single, tape, zipped
from zhengce.read.file import parsing
from zhengce.read.format import is_office
from zhengce.read.mail import mail
from zhengce.read.member import Budget, Member, Skip
from zhengce.read.seven import seven
from zhengce.read.stream import decompressed
from zhengce.read.warc import warc

__all__ = ["is_container", "members"]

Kind = Literal["ZIP archive", "7z archive", "tar archive", "compressed file", "mail or web archive", "WARC file"]

DEEPEST = 3
HEAD = 8192
HEADERS = re.compile(rb"(?:[A-Za-z][A-Za-z0-9-]*:[ \t]?[^\r\n]*\r?\n(?:[ \t]+[^\r\n]*\r?\n)*)+")
HEADER = re.compile(rb"^([A-Za-z][A-Za-z0-9-]*):", re.MULTILINE)
MAIL_NAMES = (".eml", ".mht", ".mhtml")
MAIL_HEADERS = {b"from", b"to", b"subject", b"date", b"received", b"message-id", b"content-type", b"mime-version"}
OPENERS: Mapping[Kind, Callable[[IO[bytes], str, Skip], Iterator[Member]]] = {
    "ZIP archive": zipped,
    "7z archive": seven,
    "tar archive": tape,
    "compressed file": single,
    "mail or web archive": mail,
    "WARC file": warc,
}


def is_container(file: IO[bytes], name: str) -> bool:
    """Whether a file holds others, by its bytes (by its name for mails with few headers); it is left at its start."""
    return _kind(file, name) is not None


def members(file: IO[bytes], name: str, skip: Skip) -> Iterator[Member]:
    """What a container holds, also in containers in it: bytes, or the reason why there are none, never an exception.

    A member is called by the container's name, a slash, and its own. `skip` is asked with the own name before
    anything is unpacked. Not more is unpacked than `Budget` allows, nor from deeper than three containers.
    """
    size = file.seek(0, 2)
    found = 0
    for member in _expanded(file, name, skip, Budget(packed=size), 1):
        found += 1
        yield member
    if not found:
        reason = "the archive holds no file that could be a document"
        yield Member(name=name, error=UnreadableFile(name, reason))


def _expanded(file: IO[bytes], name: str, skip: Skip, budget: Budget, depth: int) -> Iterator[Member]:
    kind = _kind(file, name)
    if kind is None:
        return
    opened = OPENERS[kind](file, name, skip)
    while True:
        try:
            with parsing(name, kind):
                member = next(opened, None)
            if member is None:
                return
            budget.take(name, max(member.size, len(member.data)))
        except UnreadableFile as error:
            yield Member(name=name, error=error)
            return
        full = f"{name}/{member.name}"
        inner = BytesIO(member.data)
        if member.error is not None:
            yield replace(member, name=full, error=type(member.error)(full, member.error.reason))
        elif _kind(inner, full) is None:
            yield replace(member, name=full)
        elif depth < DEEPEST:
            yield from _expanded(inner, full, skip, budget, depth + 1)
        else:
            yield Member(name=full, error=TooLarge(full, f"packed more than {DEEPEST} deep: unpack it first"))


def _kind(file: IO[bytes], name: str) -> Kind | None:
    file.seek(0)
    head = file.read(HEAD)
    file.seek(0)
    found: Kind | None = None
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        found = None if _is_office(file) else "ZIP archive"
    elif head.startswith(b"7z\xbc\xaf\x27\x1c"):
        found = "7z archive"
    elif head.startswith(b"WARC/"):
        found = "WARC file"
    elif _is_tape(head):
        found = "tar archive"
    elif (stream := decompressed(file)) is not None:
        inner = _begin(stream)
        found = "WARC file" if inner.startswith(b"WARC/") else "tar archive" if _is_tape(inner) else "compressed file"
    elif _is_mail(head, name):
        found = "mail or web archive"
    file.seek(0)
    return found


def _is_office(file: IO[bytes]) -> bool:
    """Whether an archive is one document; a broken one is left to the reader, which says so."""
    try:
        with ZipFile(file) as archive:
            return is_office(archive.namelist())
    except (BadZipFile, OSError, ValueError, RuntimeError):
        return True


def _begin(stream: IO[bytes]) -> bytes:
    try:
        return stream.read(tarfile.BLOCKSIZE)
    except (OSError, EOFError, zlib.error, lzma.LZMAError):
        return b""


def _is_tape(head: bytes) -> bool:
    block = head[: tarfile.BLOCKSIZE]
    try:
        tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
    except tarfile.HeaderError:
        return False
    return True


def _is_mail(head: bytes, name: str) -> bool:
    headers = HEADERS.match(head.lstrip(b"\xef\xbb\xbf\r\n"))
    if headers is None:
        return False
    known = {header.lower() for header in HEADER.findall(headers[0])} & MAIL_HEADERS
    named = PurePosixPath(name).suffix.lower() in MAIL_NAMES
    return bool(known) if named else b"mime-version" in known or len(known) >= 3
