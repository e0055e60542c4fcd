"""Streams that are compressed as a whole: gzip, bzip2, xz."""

from __future__ import annotations

import bz2
import gzip
import lzma
from typing import IO, Any

__all__ = ["decompressed"]


def decompressed(file: IO[bytes]) -> Any:
    """The file from its start as it was before it was compressed; None where it is not compressed like that."""
    file.seek(0)
    head = file.read(6)
    file.seek(0)
    if head.startswith(b"\x1f\x8b"):
        return gzip.GzipFile(fileobj=file)
    if head.startswith(b"BZh"):
        return bz2.BZ2File(file)
    return lzma.LZMAFile(file) if head == b"\xfd7zXZ\0" else None
