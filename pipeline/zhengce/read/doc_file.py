"""The streams of a binary Word document (.doc, .wps): its header, and its text put together from pieces.

Source of rules: [MS-DOC], 2.4 and 2.5. A character position (CP) is a UTF-16 unit of the text in the order of reading;
a file position (FC) is a byte of the stream `WordDocument`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from struct import unpack_from

from zhengce.document import Source
from zhengce.errors import Encrypted, UnknownFormat, UnreadableFile

__all__ = ["Piece", "WordFile", "open_word"]

MAGIC, OLD_MAGIC = 0xA5EC, (0xA5DB, 0xA5DC, 0xA697, 0xA698, 0xA699)
WORD_97 = 0xC1
ENCRYPTED, TABLE_1 = 0x0100, 0x0200
COMPRESSED, ADDRESS = 0x40000000, 0x3FFFFFFF
PARTS = ("main", "footnotes", "headers", "macros", "comments", "endnotes", "boxes", "header_boxes")
TABLES = {
    "styles": 1, "footnote_marks": 2, "footnotes": 3, "headers": 11, "runs": 12, "paragraphs": 13, "fonts": 15,
    "pieces": 33, "anchors": 40, "endnote_marks": 46, "endnotes": 47, "boxes": 56, "lists": 73, "instances": 74,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text (CP from `start` to `end`) that lies in the file from `place`, one or two bytes a unit."""

    start: int
    end: int
    place: int
    width: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WordFile:
    """An open document: its streams, one character for each CP (`units`), and the CPs where its parts begin."""

    stream: bytes
    table: bytes
    data: bytes
    units: str
    pieces: tuple[Piece, ...]
    parts: dict[str, range]

    def structure(self, name: str) -> bytes:
        """The bytes of one of the tables in `TABLES`; empty where the document has none."""
        size, at = self.extent(name)
        return self.table[at : at + size]

    def extent(self, name: str) -> tuple[int, int]:
        """How long one of the tables is and where it begins in the table stream."""
        count: int = unpack_from("<H", self.stream, 0x98)[0]
        if TABLES[name] >= count:
            return 0, 0
        at, size = unpack_from("<II", self.stream, 0x9A + 8 * TABLES[name])
        return size, at

    def positions(self, name: str, size: int) -> list[tuple[int, int, bytes]]:
        """The entries of a table of positions (PLC): from, to, and `size` bytes about that stretch."""
        return list(_entries(self.structure(name), size))

    def places(self, start: int, end: int) -> Iterator[tuple[int, int, int]]:
        """The stretches of the text whose bytes lie in a stretch of the file: CPs from and to, and the FC."""
        for piece in self.pieces:
            last = piece.place + (piece.end - piece.start) * piece.width
            low, high = max(start, piece.place), min(end, last)
            if low < high:
                first = piece.start + (low - piece.place) // piece.width
                yield first, piece.start + (high - piece.place + piece.width - 1) // piece.width, low

    def place(self, position: int, *, after: bool = False) -> int:
        """The FC of a CP, or the one after it."""
        piece = self.pieces[max(bisect_right(self.pieces, position, key=lambda piece: piece.start) - 1, 0)]
        return piece.place + (position - piece.start + after) * piece.width


def open_word(data: bytes, source: Source) -> WordFile:
    """The streams of a binary Word document; raises Encrypted, UnknownFormat (another OLE file), UnreadableFile."""
    import olefile

    with olefile.OleFileIO(BytesIO(data)) as ole:
        if not ole.exists("WordDocument"):
            raise UnknownFormat(source.name, "an old Office file (OLE) without a Word text: save it as .docx or PDF")
        stream = ole.openstream("WordDocument").read()
        magic, version = unpack_from("<HH", stream, 0)
        flags: int = unpack_from("<H", stream, 0x0A)[0]
        if flags & ENCRYPTED:
            raise Encrypted(
                source.name, "the document needs a password: open it, save it without one and read that copy"
            )
        if magic in OLD_MAGIC or (magic == MAGIC and version < WORD_97):
            raise UnreadableFile(source.name, "a document of Word 6 or 95: open it in Word or WPS and save it as .docx")
        table = ole.openstream("1Table" if flags & TABLE_1 else "0Table").read()
        more = ole.openstream("Data").read() if ole.exists("Data") else b""
    return _assembled(stream, table, more)


def _assembled(stream: bytes, table: bytes, data: bytes) -> WordFile:
    counts = unpack_from("<8i", stream, 0x4C)
    parts, at = {}, 0
    for name, count in zip(PARTS, counts, strict=True):
        parts[name] = range(at, at + max(count, 0))
        at = parts[name].stop
    empty = WordFile(stream=stream, table=table, data=data, units="", pieces=(), parts=parts)
    pieces = tuple(_pieces(empty.structure("pieces")))
    units = "".join(_units(stream, piece) for piece in pieces)
    return WordFile(stream=stream, table=table, data=data, units=units, pieces=pieces, parts=parts)


def _pieces(clx: bytes) -> Iterator[Piece]:
    at = 0
    while at < len(clx) and clx[at] == 1:  # properties that pieces refer to
        at += 3 + int(unpack_from("<H", clx, at + 1)[0])
    size: int = unpack_from("<I", clx, at + 1)[0]
    if clx[at] != 2:
        raise ValueError("no table of pieces")
    for start, end, about in _entries(clx[at + 5 : at + 5 + size], 8):
        place: int = unpack_from("<I", about, 2)[0]
        if place & COMPRESSED:
            yield Piece(start, end, (place & ADDRESS) // 2, 1)
        else:
            yield Piece(start, end, place, 2)


def _entries(data: bytes, size: int) -> Iterator[tuple[int, int, bytes]]:
    count = (len(data) - 4) // (4 + size)
    if count < 1:
        return
    ends = unpack_from(f"<{count + 1}I", data, 0)
    for number in range(count):
        at = 4 * (count + 1) + size * number
        yield ends[number], ends[number + 1], data[at : at + size]


def _units(stream: bytes, piece: Piece) -> str:
    """The text of a piece, a character for each unit: halves of surrogate pairs stay apart until the text is whole."""
    data = stream[piece.place : piece.place + (piece.end - piece.start) * piece.width]
    if len(data) < (piece.end - piece.start) * piece.width:
        raise ValueError("a piece of the text lies outside of the file")
    if piece.width == 1:
        return data.decode("cp1252", "replace")
    return "".join(map(chr, unpack_from(f"<{len(data) // 2}H", data)))
