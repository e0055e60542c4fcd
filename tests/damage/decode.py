"""Decodes pieces of GBK as PHP and iconv do, and remembers the bytes of each character.

PHP's `mb_convert_encoding(…, "UTF-8", "GBK")`, checked pair by pair against PHP 8.2: an illegal trail byte is swallowed
with its lead byte in one `?`; pairs that GBK leaves undefined become private-use characters, first the three
user-defined areas, the rest from U+E766 on. PHP before 8.1 (`legacy`, from its source) differs: a lead byte at the end
of a piece, or before a control character or blank, vanishes alone; the bytes 80 and FF are `?`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

__all__ = ["Cell", "iconv", "pairs", "php", "private"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A character as decoded (empty where it vanished) from the bytes `start` to `end`; `cut` if a cut made it."""

    char: str
    start: int
    end: int
    cut: bool = False


def php(data: bytes, at: int, end: int, *, legacy: bool) -> Iterator[Cell]:
    """The characters that PHP makes of a piece.

    >>> [cell.char for cell in php("工作".encode("gbk")[1:], 0, 3, legacy=True)]
    ['ぷ', '']
    """
    while at < end:
        byte = data[at]
        if byte < 0x80:
            yield Cell(chr(byte), at, at + 1)
        elif byte in (0x80, 0xFF):
            yield Cell("?" if legacy else "€" if byte == 0x80 else "\uf8f5", at, at + 1)
        elif at + 1 == end:
            yield Cell("" if legacy else "?", at, at + 1, end < len(data))
        elif legacy and (data[at + 1] < 0x21 or data[at + 1] == 0x7F):
            yield Cell("", at, at + 1)
        else:
            yield Cell(pairs().get(data[at : at + 2], "?"), at, at + 2)
            at += 1
        at += 1


def iconv(data: bytes, at: int, end: int) -> Iterator[Cell]:
    """The characters that glibc's `iconv -c -f GBK` makes of a piece: what it cannot read vanishes.

    >>> "".join(cell.char for cell in iconv(bytes.fromhex("c9d1fbd588287129"), 0, 8))
    '裳(q)'
    """
    while at < end:
        pair = data[at : min(at + 2, end)]
        if pair[0] < 0x80:
            yield Cell(chr(pair[0]), at, at + 1)
        elif pair in pairs():
            yield Cell("" if private(pairs()[pair]) else pairs()[pair], at, at + 2)
            at += 1
        else:
            yield Cell("€" if pair[0] == 0x80 else "", at, at + 1, at + 1 == end < len(data))
        at += 1


@cache
def pairs() -> dict[bytes, str]:
    """What each legal pair of bytes decodes to in PHP."""
    table: dict[bytes, str] = {}
    spare = iter(range(0xE766, 0xF8FF))
    for lead in range(0x81, 0xFF):
        for trail in (*range(0x40, 0x7F), *range(0x80, 0xFF)):
            pair = bytes([lead, trail])
            try:
                table[pair] = pair.decode("gbk")
            except UnicodeDecodeError:
                table[pair] = _user_defined(lead, trail) or chr(next(spare))
    return table


def _user_defined(lead: int, trail: int) -> str | None:
    if trail >= 0xA1 and (0xAA <= lead <= 0xAF or lead >= 0xF8):
        return chr(0xE000 + 94 * (lead - (0xF2 if lead >= 0xF8 else 0xAA)) + trail - 0xA1)
    if trail < 0xA1 <= lead <= 0xA7:
        return chr(0xE4C6 + 96 * (lead - 0xA1) + trail - (0x41 if trail >= 0x80 else 0x40))
    return None


def private(char: str) -> bool:
    """Whether a character is of the private-use area, as undefined pairs become."""
    return "\ue000" <= char <= "\uf8ff"
