"""Text that was decoded with the wrong table (mojibake), and letters of Founder fonts, given back their characters.

Sources of rules: the Unicode standard for UTF-8; GBK's layout for the pages read as Latin-1 and for Founder's fonts,
whose letters come out of a PDF as GBK A0 xx. A line is turned back where all that it would be read as is everyday
Chinese, and there is enough of it that no sound text could look so by chance.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, pairwise

from zhengce.clean.rare import rare
from zhengce.clean.readings import TONED
from zhengce.text import Certainty, Edit, Span

__all__ = ["mojibake"]

LINE = re.compile(r"[^\r\n]+")
LOST = "\ufffd"
GONE = b"\xff"  # no byte of UTF-8 or GBK: stands for the byte that U+FFFD stands for
FOREIGN = b"\0"  # for a character that the misreading cannot have given
PUNCTUATION = frozenset("，。、；：？！“”‘’（）《》〈〉【】〔〕「」『』—…·％　－")
# a lost byte takes the rest of its character with it; some decoders show ? and swallow the byte behind it too
UTF8 = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe2-\xef][\x80-\xbf]{2}|\xf0[\x90-\xbf][\x80-\xbf]{2}|"
    rb"(?:[\xe2-\xef][\x80-\xbf]?[\xff?]|\xff)[\x80-\xbf]{0,2}|[\t\x20-\x7e]"
)
GBK = re.compile(rb"[\x81-\xfe][\x40-\x7e\x80-\xfe]|[\x81-\xfe]\xff|\xff[\x40-\x7e\x80-\xff]|[\t\x20-\x7e]")
SHARE = 0.8
HOPELESS = 64  # pieces: in a run of so many that does not read well no other one begins


@dataclass(frozen=True, slots=True)
class _Kind:
    """A way to misread bytes: what a line must hold, its bytes, what they are, and how much of it is enough.

    `lead` is what a text must hold among its rare characters, where that is known.
    """

    rule: str
    lead: Callable[[], re.Pattern[str]] | None
    screen: Callable[[], re.Pattern[str]]
    code: Callable[[str], bytes]
    token: re.Pattern[bytes]
    encoding: str
    enough: int


@dataclass(frozen=True, slots=True)
class _Piece:
    """The shortest stretch of the line that whole characters of both readings fit; `lone` has an ASCII byte in it."""

    start: int
    end: int
    chars: str
    lone: bool


def mojibake(text: str) -> Iterator[Edit]:
    """Proposes the true characters of lines decoded with the wrong table, and Latin letters for Founder's.

    UTF-8 read as GBK, UTF-8 read as Latin-1 and GBK read as Latin-1 (or Windows-1252). An edit is exact where no byte
    was lost, else inferred, with U+FFFD for the lost character. Where most of a text is misread, its short lines and
    single characters are held to be so too.

    >>> from zhengce.text import apply
    >>> for page in ["鍏充簬鍗板彂", "¹ØÓÚÓ¡·¢", "å…³äºŽ", "犅狅犲犺犿 2009"]: print(apply(page, mojibake(page))[0])
    关于印发
    关于印发
    关于
    Boehm 2009
    """
    taken: set[int] = set()
    for kind in KINDS:
        for edit in _misread(text, kind) if _may_hold(text, kind) else ():
            at = range(edit.span.start, edit.span.end)
            if taken.isdisjoint(at):
                taken.update(at)
                yield edit
    for run in _founder().finditer(text) if (odd := rare(text)) and _founder_letter().search(odd) else ():
        if _letters(run[0]) and taken.isdisjoint(range(*run.span())):
            span = Span(start=run.start(), end=run.end())
            yield Edit(span=span, replacement=_latin(run[0]), rule="mojibake.founder")


def _may_hold(text: str, kind: _Kind) -> bool:
    led = kind.lead is None or ((odd := rare(text)) and kind.lead().search(odd))
    return bool(led and kind.screen().search(text))


def _misread(text: str, kind: _Kind) -> list[Edit]:
    strong = [
        edit for line in LINE.finditer(text) if kind.screen().search(line[0]) for edit in _line(line, kind, kind.enough)
    ]
    covered = sum(not char.isascii() for edit in strong for char in text[edit.span.start : edit.span.end])
    if 2 * covered < len(text) - len(text.encode("ascii", "ignore")):
        return strong
    return [edit for line in LINE.finditer(text) if not line[0].isascii() for edit in _line(line, kind, 1)]


def _line(line: re.Match[str], kind: _Kind, enough: int) -> Iterator[Edit]:
    """The edits of each run of a line that reads well as what it may have been."""
    codes = [kind.code(char) for char in line[0]]
    data = b"".join(codes)
    offsets = list(accumulate(map(len, codes), initial=0))
    borders = {offset: at for at, offset in enumerate(offsets)}
    at = 0
    while at < len(codes):
        # only UTF-8 shows where its characters begin
        within = kind.token is GBK and at and not line[0][at - 1].isascii() and codes[at - 1] != FOREIGN
        run = [] if within or line[0][at].isascii() else _run(data, offsets[at], borders, kind)
        if not run or not _reads_well(run, enough) or (enough > 1 and _signs_only(line[0], run)):
            at = run[-1].end if len(run) > HOPELESS else at + 1
            continue
        at = run[-1].end
        for piece in run:
            if piece.chars != line[0][piece.start : piece.end]:
                span = Span(start=line.start() + piece.start, end=line.start() + piece.end)
                certainty: Certainty = "inferred" if LOST in piece.chars else "exact"
                yield Edit(span=span, replacement=piece.chars, rule=kind.rule, certainty=certainty)


def _run(data: bytes, at: int, borders: Mapping[int, int], kind: _Kind) -> list[_Piece]:
    """The pieces from a byte on, as far as the bytes are of the encoding; `borders` are the offsets of characters."""
    pieces: list[_Piece] = []
    begun, chars = at, ""
    while token := kind.token.match(data, at):
        at = token.end()
        chars += _decoded(token[0], kind.encoding)
        if at in borders:
            lone = any(byte < 0x80 for byte in data[begun:at])
            pieces.append(_Piece(borders[begun], borders[at], chars, lone))
            begun, chars = at, ""
    while pieces and pieces[-1].chars.isascii():
        pieces.pop()
    return pieces


def _signs_only(line: str, run: list[_Piece]) -> bool:
    """Whether a run has no letter: the dots of a table of contents (········) read as 贩贩贩贩."""
    return not any(map(str.isalpha, line[run[0].start : run[-1].end]))


def _decoded(code: bytes, encoding: str) -> str:
    if GONE in code or (len(code) > 1 and b"?" in code):
        return LOST
    return code.decode(encoding, "replace")[:1]


def _reads_well(run: list[_Piece], enough: int) -> bool:
    """Whether the run is everyday Chinese; pieces with ASCII bytes in them are no proof, since French looks so."""
    # notes of pinyin say nothing of how well the text reads
    chars = [char for piece in run for char in piece.chars if not char.isascii() and char not in TONED]
    shown = [char for char in chars if char != LOST]
    proof = sum(_everyday(char) for piece in run if not piece.lone for char in piece.chars)
    good = sum(map(_everyday, shown))
    return proof >= enough and 2 * proof >= good and good >= SHARE * len(shown) and 2 * len(shown) >= len(chars)


@cache
def _everyday(char: str) -> bool:
    """Whether a character is of the first level of GB 2312 or Big5, or a mark of Chinese prose."""
    if char in PUNCTUATION or "\uff01" <= char <= "\uff5e":
        return True
    if not "\u4e00" <= char <= "\u9fff":
        return False
    simple, full = char.encode("gb2312", "ignore"), char.encode("big5", "ignore")
    return b"\xb0" <= simple < b"\xd8" or b"\xa4" <= full < b"\xc7"


@cache
def _gbk_code(char: str) -> bytes:
    """The bytes that a reader of GBK took for the character."""
    if char in (LOST, "€"):  # € is A2 E3 in GB 18030 and 80 in Windows: nobody can tell
        return GONE
    code = char.encode("gb18030", "replace")
    return code if len(code) < 3 else FOREIGN


@cache
def _latin_code(char: str) -> bytes:
    """The byte that a reader of Latin-1 or Windows-1252 took for the character."""
    if char == LOST:
        return GONE
    for encoding in ("latin-1", "cp1252"):
        code = char.encode(encoding, "ignore")
        if code and code != GONE:
            return code
    return FOREIGN


def _chars(first: range, second: range) -> str:
    found = (bytes((one, two)).decode("gb18030", "ignore") for one in first for two in second)
    return "".join(re.escape(char) for char in found if len(char) == 1)


@cache
def _gbk_screen() -> re.Pattern[str]:
    """Two characters of three bytes each, as three of two: their lead bytes stand first and fourth."""
    lead, follow = range(0xE2, 0xF0), range(0x80, 0xC0)
    return re.compile(f"{_gbk_lead().pattern}[{_chars(follow, lead)}][{_chars(follow, follow)}]")


@cache
def _gbk_lead() -> re.Pattern[str]:
    return re.compile(f"[{_chars(range(0xE2, 0xF0), range(0x80, 0xC0))}]")


def _high(first: int, last: int) -> str:
    chars = [
        bytes((code,)).decode(encoding, "ignore") for code in range(first, last) for encoding in ("latin-1", "cp1252")
    ]
    return "[" + "".join(re.escape(char) for char in sorted(set(chars))) + "]"


@cache
def _utf8_screen() -> re.Pattern[str]:
    return re.compile(_utf8_lead().pattern + _high(0x80, 0xC0) + "{2}")


@cache
def _utf8_lead() -> re.Pattern[str]:
    return re.compile(_high(0xE3, 0xEA))


@cache
def _latin_screen() -> re.Pattern[str]:
    high = _high(0x81, 0xFF)  # not a repeated class first: a search would stop at every character
    return re.compile(f"{high}{high}(?:{high}[@-~]){{0,3}}{high}{{2}}")


@cache
def _founder_letter() -> re.Pattern[str]:
    return re.compile(f"[{_chars(range(0xA0, 0xA1), range(0xA1, 0xFF))}]")


@cache
def _founder() -> re.Pattern[str]:
    letter = _founder_letter().pattern
    return re.compile(f"{letter}{letter}{{2,}}")


def _latin(run: str) -> str:
    return "".join(chr(char.encode("gbk")[1] - 0x80) for char in run)


def _letters(run: str) -> bool:
    """Whether a run may be a Latin word; in a table of characters the codes follow on from each other."""
    shown = _latin(run)
    steps = sum(ord(new) - ord(old) == 1 for old, new in pairwise(shown))
    return sum(map(str.isalpha, shown)) >= max(3, len(shown) / 2) and 2 * steps < len(shown) - 1


KINDS = (
    _Kind("mojibake.utf8_as_gbk", _gbk_lead, _gbk_screen, _gbk_code, UTF8, "utf-8", 4),
    _Kind("mojibake.utf8_as_latin1", _utf8_lead, _utf8_screen, _latin_code, UTF8, "utf-8", 2),
    _Kind("mojibake.gbk_as_latin1", None, _latin_screen, _latin_code, GBK, "gb18030", 4),
)
