"""The body of an answer, read up to a limit, whatever the server pretends."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping

from zhengce.exchange import Unfetched

__all__ = ["read_body"]

STEP = 1 << 20  # bytes unpacked at a time, so that a bomb is stopped at the limit and not a thousand times beyond it


def read_body(
    pieces: Iterable[bytes], headers: Mapping[str, str], *, limit: int, cut: bool = False
) -> tuple[bytes, bytes]:
    """What was sent, and the document in it, neither longer than `limit` bytes.

    Raises Unfetched for more than that (with `cut` it ends there instead), for an encoding that was not asked for
    and is none of gzip and deflate, and for one that breaks off.

    >>> read_body([zlib.compress("关于稳就业".encode())], {"Content-Encoding": "deflate"}, limit=99)[1].decode()
    '关于稳就业'
    """
    encoding = headers.get("Content-Encoding", "").strip().lower()
    unpack, is_whole = _unpacker(encoding)
    length = headers.get("Content-Length", "")
    if length.isdecimal() and int(length[:20]) > limit and not cut:
        raise _too_large(limit)
    sent, document = bytearray(), bytearray()
    for piece in pieces:
        sent += piece
        try:
            for part in unpack(piece):
                document += part
                if max(len(sent), len(document)) > limit:
                    break
        except zlib.error as error:
            raise Unfetched("Encoding", f"the answer is not the {encoding} that it says it is") from error
        if max(len(sent), len(document)) > limit:
            if cut:
                return bytes(sent[:limit]), bytes(document[:limit])
            raise _too_large(limit)
    if not is_whole():
        raise Unfetched("Encoding", f"the answer breaks off within its {encoding}", again=True)
    return bytes(sent), bytes(document)


def _too_large(limit: int) -> Unfetched:
    return Unfetched("TooLarge", f"larger than {limit:,} bytes (--max-bytes)")


def _unpacker(encoding: str) -> tuple[Callable[[bytes], Iterator[bytes]], Callable[[], bool]]:
    """What unpacks a piece, and what tells whether all was there; one layer only, as those who read archives do."""
    if encoding in ("", "identity"):
        return lambda piece: iter((piece,)), lambda: True
    if encoding not in ("gzip", "deflate"):
        raise Unfetched("Encoding", f"sent as {encoding!r}, which was not asked for")
    unzip = zlib.decompressobj(zlib.MAX_WBITS | 16 if encoding == "gzip" else zlib.MAX_WBITS)
    fed = 0

    def unpack(piece: bytes) -> Iterator[bytes]:
        nonlocal unzip, fed
        while piece and not unzip.eof:
            try:
                part = unzip.decompress(piece, STEP)
            except zlib.error:
                if encoding == "gzip" or fed:
                    raise
                unzip = zlib.decompressobj(-zlib.MAX_WBITS)  # deflate without its header, as some send it
                part = unzip.decompress(piece, STEP)
            fed += len(piece)
            piece = unzip.unconsumed_tail
            yield part

    return unpack, lambda: unzip.eof or not fed
