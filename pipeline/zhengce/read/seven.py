"""7z archives."""

from __future__ import annotations

import lzma
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

from zhengce.errors import Encrypted, TooLarge, UnreadableFile
from zhengce.read.file import LIMIT, MEBIBYTE
from zhengce.read.member import Budget, Member, Skip, plain, too_large

__all__ = ["seven"]

MOST_ON_DISK = 4096 * MEBIBYTE
PASSWORD = "the archive needs a password: unpack it and read the files in it"


def seven(file: IO[bytes], name: str, skip: Skip) -> Iterator[Member]:
    """The files in a 7z archive, unpacked to a folder that goes away; raises Encrypted, TooLarge."""
    import py7zr
    from py7zr.exceptions import PasswordRequired

    budget = Budget(packed=file.seek(0, 2))
    file.seek(0)
    try:
        with py7zr.SevenZipFile(file) as archive, TemporaryDirectory() as folder:
            if archive.needs_password():
                raise Encrypted(name, PASSWORD)
            found = [info for info in archive.list() if not info.is_directory and not skip(plain(info.filename))]
            for info in found:
                budget.take(name, info.uncompressed)
            if budget.unpacked > MOST_ON_DISK:
                reason = f"unpacks to more than {MOST_ON_DISK // MEBIBYTE:,} MiB: unpack it and read its folders"
                raise TooLarge(name, reason)
            _unpack(archive, folder, [info.filename for info in found if info.uncompressed <= LIMIT])
            for info in found:
                yield _member(Path(folder), info.filename, info.uncompressed)
    except PasswordRequired as error:
        raise Encrypted(name, PASSWORD) from error


def _unpack(archive: Any, folder: str, names: Sequence[str]) -> None:
    """Unpack all, or, where one is broken, one after the other those that are sound."""
    from py7zr.exceptions import ArchiveError

    broken = (ArchiveError, lzma.LZMAError, zlib.error, EOFError, OSError, ValueError)
    try:
        archive.extract(path=folder, targets=list(names))
        return
    except broken:
        pass
    for name in names:
        archive.reset()
        try:
            archive.extract(path=folder, targets=[name])
        except broken:
            (Path(folder) / name).unlink(missing_ok=True)


def _member(folder: Path, filename: str, size: int) -> Member:
    name = plain(filename)
    if size > LIMIT:
        return too_large(name, size)
    try:
        return Member(name=name, data=(folder / filename).read_bytes())
    except OSError:
        return Member(name=name, error=UnreadableFile(name, "broken in its archive: pack or fetch the archive again"))
