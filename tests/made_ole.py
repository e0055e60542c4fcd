"""OLE compound files that the tests write themselves. Source of rules: [MS-CFB]."""

from __future__ import annotations

from collections.abc import Mapping
from struct import pack

SECTOR, SMALLEST = 512, 4096
END, FREE, TABLE, NONE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFF


def ole(streams: Mapping[str, bytes]) -> bytes:
    """A compound file of streams; each is filled up with zeros to 4,096 bytes, so that none lies in the mini stream."""
    entries = [_entry("Root Entry", 5, 1 if streams else NONE, END, 0)]
    sectors: list[bytes] = []
    chains: list[int] = []
    for number, (name, data) in enumerate(streams.items(), start=1):
        data = data.ljust(SMALLEST, b"\0")
        data += bytes(-len(data) % SECTOR)
        right = number + 1 if number < len(streams) else NONE
        entries.append(_entry(name, 2, NONE, len(sectors), len(data), right=right))
        chains += _chain(len(sectors), len(data) // SECTOR)
        sectors += [data[at : at + SECTOR] for at in range(0, len(data), SECTOR)]
    directory = b"".join(entries)
    directory += bytes(-len(directory) % SECTOR)
    first = len(sectors)
    chains += _chain(first, len(directory) // SECTOR)
    sectors += [directory[at : at + SECTOR] for at in range(0, len(directory), SECTOR)]
    tables = -(-(len(chains) + 1) // (SECTOR // 4 - 1))
    places = range(len(sectors), len(sectors) + tables)
    chains += [TABLE] * tables
    table = pack(f"<{len(chains)}I", *chains).ljust(tables * SECTOR, b"\xff")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += pack("<IIIIIIIIII", 0, tables, first, 0, SMALLEST, END, 0, END, 0, places[0])
    header += pack(f"<{tables - 1}I", *places[1:])
    return header.ljust(SECTOR, b"\xff") + b"".join(sectors) + table


def _chain(first: int, count: int) -> list[int]:
    return [*range(first + 1, first + count), END]


def _entry(name: str, kind: int, child: int, start: int, size: int, *, right: int = NONE) -> bytes:
    letters = name.encode("utf-16-le") + b"\0\0"
    about = pack("<HBBIII", len(letters), kind, 1, NONE, right, child)
    return letters.ljust(64, b"\0") + about + bytes(36) + pack("<IQ", start, size)
