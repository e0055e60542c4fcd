"""Binary Word documents that the tests write themselves. Source of rules: [MS-DOC]."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from struct import pack, pack_into

from made_ole import ole

PAGE = 512
MAIN, FOOTNOTES, HEADERS, ENDNOTES, BOXES = 0, 1, 2, 5, 6
TABLES = {
    "styles": 1, "footnote_marks": 2, "footnotes": 3, "headers": 11, "runs": 12, "paragraphs": 13, "fonts": 15,
    "pieces": 33, "anchors": 40, "endnote_marks": 46, "endnotes": 47, "boxes": 56, "lists": 73, "instances": 74,
}  # fmt: skip
IN_TABLE, ROW_END = pack("<HB", 0x2416, 1), pack("<HB", 0x2417, 1)
DELETED, HIDDEN = pack("<HB", 0x0800, 1), pack("<HB", 0x083C, 1)


@dataclass(frozen=True)
class Text:
    """A stretch of text with the modifiers of its run, and of its paragraph where it ends one; `style` is an index."""

    text: str
    run: bytes = b""
    paragraph: bytes = b""
    style: int = 0


@dataclass
class Made:
    """The parts of a document in their order (main, footnotes, headers …) and its other tables, ready-made."""

    parts: dict[int, Sequence[Text]]
    tables: dict[str, bytes] = field(default_factory=dict)
    levels: bytes = b""
    data: bytes = b""


def numbered(instance: int, level: int = 0) -> bytes:
    """The modifiers of a paragraph in a list."""
    return pack("<HBHH", 0x260A, level, 0x460B, instance)


def signed(font: int, code: int) -> bytes:
    """The modifiers of a sign of a symbol font."""
    return pack("<HHH", 0x6A09, font, code)


def row_end(*edges: int) -> bytes:
    """The modifiers of the end of a row whose cells have these edges."""
    about = pack(f"<B{len(edges)}h", len(edges) - 1, *edges) + bytes(20 * (len(edges) - 1))
    return IN_TABLE + ROW_END + pack("<HH", 0xD608, len(about) + 1) + about


def positions(ends: Sequence[int], about: Iterable[bytes] = ()) -> bytes:
    """A table of positions: the CPs, then what is said of each stretch."""
    return pack(f"<{len(ends)}I", *ends) + b"".join(about)


def doc(made: Made | Sequence[Text], *, flags: int = 0, version: int = 0xC1, magic: int = 0xA5EC) -> bytes:
    """A document; pieces of text in Latin letters are compressed to a byte a unit, as Word does."""
    made = made if isinstance(made, Made) else Made({MAIN: made})
    stream = bytearray(2048)
    pack_into("<HH", stream, 0, magic, version)
    pack_into("<H", stream, 0x0A, 0x0200 | flags)
    pack_into("<H", stream, 0x20, 14)
    pack_into("<H", stream, 0x3E, 22)
    pack_into("<H", stream, 0x98, 93)
    for part, texts in made.parts.items():
        pack_into("<i", stream, 0x4C + 4 * part, sum(len(_units(text.text)) // 2 for text in texts))
    tables, runs, paragraphs = dict(made.tables), [], []
    pieces, ends, at, began = [], [0], 0, len(stream)
    for text in (text for part in sorted(made.parts) for text in made.parts[part]):
        place, narrow = len(stream), text.text.isascii()
        stream += text.text.encode("cp1252") if narrow else _units(text.text)
        at += len(_units(text.text)) // 2
        ends.append(at)
        pieces.append(pack("<HIH", 0, (place * 2) | 0x40000000 if narrow else place, 0))
        runs.append((place, len(stream), text.run))
        if text.text[-1] in "\r\x07\x0c":
            paragraphs.append((began, len(stream), pack("<H", text.style) + text.paragraph))
            began = len(stream)
    tables["pieces"] = b"\x01\x02\0ab\x02" + pack("<I", len(positions(ends, pieces))) + positions(ends, pieces)
    tables["runs"] = _pages(stream, runs, 1)
    tables["paragraphs"] = _pages(stream, paragraphs, 13)
    streams = {"WordDocument": _with_tables(stream, tables, made), "1Table": _table(tables, made)}
    return ole(streams | ({"Data": made.data} if made.data else {}))


def _units(text: str) -> bytes:
    return text.encode("utf-16-le")


def _pages(stream: bytearray, entries: Sequence[tuple[int, int, bytes]], size: int) -> bytes:
    """Pages of formatting, a few entries on each, put at the end of the stream; their table."""
    numbers, firsts = [], []
    for start in range(0, len(entries), 6):
        few = entries[start : start + 6]
        stream += bytes(-len(stream) % PAGE)
        numbers.append(pack("<I", len(stream) // PAGE))
        firsts.append(few[0][0])
        page = bytearray(PAGE)
        pack_into(f"<{len(few) + 1}I", page, 0, *(entry[0] for entry in few), few[-1][1])
        free = PAGE - 2
        for number, (_, _, data) in enumerate(few):
            if not data:
                continue
            data = bytes([len(data)]) + data if size == 1 else _sized(data)
            free = (free - len(data)) & ~1
            page[free : free + len(data)] = data
            page[4 * (len(few) + 1) + size * number] = free // 2
        page[-1] = len(few)
        stream += page
    return positions([*firsts, entries[-1][1]], numbers) if entries else b""


def _sized(data: bytes) -> bytes:
    """The modifiers of a paragraph after their size in words, which is written in two ways."""
    return bytes([len(data) // 2 + 1]) + data if len(data) % 2 else bytes([0, len(data) // 2]) + data


def _table(tables: Mapping[str, bytes], made: Made) -> bytes:
    return b"".join(data + (made.levels if name == "lists" else b"") for name, data in tables.items())


def _with_tables(stream: bytearray, tables: Mapping[str, bytes], made: Made) -> bytes:
    at = 0
    for name, data in tables.items():
        pack_into("<II", stream, 0x9A + 8 * TABLES[name], at, len(data))
        at += len(data) + (len(made.levels) if name == "lists" else 0)
    return bytes(stream)


def level(form: int, text: str, *, start: int = 1, suffix: int = 0, legal: bool = False, keep: bool = False) -> bytes:
    """One level of a list: its format as a number of Windows, its text with %1 for the number of the first level."""
    units = [ord(mark) for mark in text]
    for number in range(1, 10):
        while f"%{number}" in (joined := "".join(map(chr, units))):
            at = joined.index(f"%{number}")
            units[at : at + 2] = [number - 1]
    about = pack("<iBB9sB8xBBBB", start, form, 4 * legal + 8 * keep, bytes(9), suffix, 3, 2, 0, 0)
    return about + b"pa" + b"chp" + pack(f"<H{len(units)}H", len(units), *units)


def lists(abstract: Mapping[int, Sequence[bytes]], instances: Sequence[tuple[int, Sequence[bytes]]]) -> Made:
    """The tables of lists: abstract ones by id with their levels, instances as the id and what they override."""
    filled = {
        name: [*levels, *[level(0, "")] * (9 - len(levels))] if len(levels) > 1 else levels
        for name, levels in abstract.items()
    }
    heads = b"".join(
        pack("<ii18sBB", name, 0, b"\xff\x0f" * 9, int(len(levels) == 1), 0) for name, levels in filled.items()
    )
    about = pack("<I", len(instances)) + b"".join(
        pack("<iIIBBBB", name, 0, 0, len(overrides), 0, 0, 0) for name, overrides in instances
    )
    about += b"".join(b"\xff" * 4 + b"".join(overrides) for _, overrides in instances)
    levels = b"".join(one for levels in filled.values() for one in levels)
    return Made({}, {"lists": pack("<H", len(abstract)) + heads, "instances": about}, levels)


def override(at: int, *, start: int | None = None, own: bytes | None = None) -> bytes:
    """What an instance overrides on a level: where it starts, or all of it."""
    flags = at | (0x10 if start is not None else 0) | (0x20 if own is not None else 0)
    return pack("<iI", start or 0, flags) + (own or b"")


def styles(*sheet: tuple[int, int, bytes] | None) -> bytes:
    """A style sheet: for each style its built-in number, the index of the one it is based on, its modifiers."""
    out = pack("<H", 18) + pack("<HH14x", len(sheet), 10)
    for style in sheet:
        if style is None:
            out += pack("<H", 0)
            continue
        number, based, modifiers = style
        body = pack("<HHHHH", number, 1 | based << 4, 1, 0, 0) + pack("<H", 2) + _units("样式") + bytes(2)
        body += pack("<HH", 2 + len(modifiers), 0) + modifiers
        body += bytes(len(body) % 2)
        out += pack("<H", len(body)) + body
    return out


def fonts(*names: str) -> bytes:
    """The table of fonts."""
    out = pack("<HH", len(names), 0)
    for name in names:
        body = bytes(39) + _units(name) + bytes(2)
        out += bytes([len(body)]) + body
    return out
