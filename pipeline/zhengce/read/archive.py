"""Archives that the standard library opens: ZIP, tar, and single compressed files."""

from __future__ import annotations

import lzma
import tarfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO
from zipfile import BadZipFile, ZipFile, ZipInfo

from zhengce.errors import Encrypted, UnreadableFile
from zhengce.read.file import LIMIT
from zhengce.read.member import Member, Skip, plain, spelled, too_large
from zhengce.read.stream import decompressed

__all__ = ["single", "tape", "zipped"]

UTF_8, LOCKED = 0x800, 0x1
UNICODE_NAME = b"\x75\x70"
PASSWORD = "the archive needs a password: unpack it and read the files in it"
BROKEN = (BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)
SUFFIXES = (".gz", ".gzip", ".bz2", ".xz")


def zipped(file: IO[bytes], name: str, skip: Skip) -> Iterator[Member]:
    """The files in a ZIP archive; raises Encrypted where all are locked.

    Names without the UTF-8 flag are in the encoding of the machine that packed them, mostly GBK.
    """
    with ZipFile(file) as archive:
        infos = [info for info in archive.infolist() if not info.orig_filename.endswith(("/", "\\"))]
        named = [(path, info) for path, info in zip(_names(infos), infos, strict=True) if not skip(path)]
        if named and all(info.flag_bits & LOCKED for _, info in named):
            raise Encrypted(name, PASSWORD)
        for path, info in named:
            if info.flag_bits & LOCKED:
                yield Member(name=path, error=Encrypted(path, PASSWORD))
            elif info.file_size > LIMIT:
                yield too_large(path, info.file_size)
            else:
                yield _unpacked(archive, path, info)


def _unpacked(archive: ZipFile, path: str, info: ZipInfo) -> Member:
    try:
        return Member(name=path, data=archive.read(info))
    except BROKEN as error:
        reason = f"broken in its archive ({type(error).__name__}): pack or fetch the archive again"
        return Member(name=path, error=UnreadableFile(path, reason))


def _names(infos: list[ZipInfo]) -> list[str]:
    raw = [b"" if info.flag_bits & UTF_8 else info.orig_filename.encode("cp437", "replace") for info in infos]
    return [
        plain(_stated(info) or (name if old else info.orig_filename))
        for info, name, old in zip(infos, spelled(raw), raw, strict=True)
    ]


def _stated(info: ZipInfo) -> str:
    """The name in UTF-8 that some programs put beside the old one."""
    extra = info.extra
    while len(extra) >= 4:
        size = int.from_bytes(extra[2:4], "little")
        if extra[:2] == UNICODE_NAME and size > 5:
            return extra[9 : 4 + size].decode("utf-8", "ignore")
        extra = extra[4 + size :]
    return ""


def tape(file: IO[bytes], name: str, skip: Skip) -> Iterator[Member]:
    """The regular files in a tar archive, compressed or not."""
    with tarfile.open(fileobj=file, mode="r|*") as archive:
        for info in archive:
            path = plain(spelled([info.name.encode("utf-8", "surrogateescape")])[0])
            if not info.isreg() or skip(path):
                continue
            stream = archive.extractfile(info) if info.size <= LIMIT else None
            yield Member(name=path, data=stream.read()) if stream is not None else too_large(path, info.size)


def single(file: IO[bytes], name: str, skip: Skip) -> Iterator[Member]:
    """The one file that was compressed, called as the container is without its suffix."""
    own = PurePosixPath(name).name
    own = own[: -len(PurePosixPath(own).suffix)] if own.lower().endswith(SUFFIXES) else own
    data: bytes = decompressed(file).read(LIMIT + 1)
    yield Member(name=own, data=data) if len(data) <= LIMIT else too_large(own, len(data))
