"""The lists of a binary Word document: which label stands before each paragraph.

Source of rules: [MS-DOC], 2.9.131 (LFO), 2.9.147 (LSTF), 2.9.150 (LVLF); number formats: [MS-OSHARED] 2.2.1.3.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from struct import unpack_from

from zhengce.read.doc_file import WordFile
from zhengce.read.doc_properties import HIDDEN, modifiers
from zhengce.read.list_labels import Counter, Label, Level, List

__all__ = ["DocLists"]

FORMS = (
    "decimal", "upperRoman", "lowerRoman", "upperLetter", "lowerLetter", "ordinal", "cardinalText", "ordinalText",
    "hex", "chicago", "ideographDigital", "japaneseCounting", "aiueo", "iroha", "decimalFullWidth",
    "decimalHalfWidth",
    "japaneseLegal", "japaneseDigitalTenThousand", "decimalEnclosedCircle", "decimalFullWidth2", "aiueoFullWidth",
    "irohaFullWidth", "decimalZero", "bullet", "ganada", "chosung", "decimalEnclosedFullstop", "decimalEnclosedParen",
    "decimalEnclosedCircleChinese", "ideographEnclosedCircle", "ideographTraditional", "ideographZodiac",
    "ideographZodiacTraditional", "taiwaneseCounting", "ideographLegalTraditional", "taiwaneseCountingThousand",
    "taiwaneseDigital", "chineseCounting", "chineseLegalSimplified", "chineseCountingThousand",
)  # fmt: skip
NO_NUMBER = 0xFF
FONT = 0x4A4F
SUFFIXES = ("tab", "space", "nothing")
LEVELS = 9


class DocLists:
    """The lists of a document; `label` is asked once for each numbered paragraph, in order."""

    def __init__(self, document: WordFile, fonts: Sequence[str]) -> None:
        size, at = document.extent("lists")
        abstract = dict(_abstract(document.table, at, at + size, fonts)) if size else {}
        self._instances = list(_instances(document.structure("instances"), abstract, fonts))
        self._counter = Counter()

    def label(self, number: int, level: int) -> Label | None:
        """The label of the next paragraph on a level (from 0) of an instance (from 1); None where there is no such."""
        if not 1 <= number <= len(self._instances):
            return None
        found = self._instances[number - 1]
        return self._counter.label(str(number), found, level) if found is not None else None


def _abstract(table: bytes, at: int, levels: int, fonts: Sequence[str]) -> Iterator[tuple[int, dict[int, Level]]]:
    """The abstract lists by id; their levels stand one after the other behind the table of lists."""
    count: int = unpack_from("<H", table, at)[0]
    for number in range(count):
        about = at + 2 + 28 * number
        name: int = unpack_from("<i", table, about)[0]
        found = {}
        for level in range(1 if table[about + 26] & 1 else LEVELS):
            found[level], levels = _level(table, levels, fonts)
        yield name, found


def _level(table: bytes, at: int, fonts: Sequence[str]) -> tuple[Level, int]:
    """A level and where the next one begins."""
    start, form, flags = unpack_from("<iBB", table, at)
    suffix, characters, paragraphs, limit = table[at + 15], table[at + 24], table[at + 25], table[at + 26]
    text = at + 28 + paragraphs + characters
    length: int = unpack_from("<H", table, text)[0]
    units = unpack_from(f"<{length}H", table, text + 2)
    run = dict(modifiers(table[text - characters : text]))
    font = run.get(FONT, len(fonts))
    return Level(
        form="none" if form == NO_NUMBER else FORMS[form] if form < len(FORMS) else f"nfc {form}",
        text="".join(f"%{unit + 1}" if unit < LEVELS else chr(unit) for unit in units),
        suffix=SUFFIXES[suffix] if suffix < len(SUFFIXES) else "tab",
        start=start,
        restart=limit if flags & 8 else None,
        legal=bool(flags & 4),
        hidden=bool(run.get(HIDDEN, 0) & 1),
        font=fonts[font] if font < len(fonts) else None,
    ), text + 2 + 2 * length  # fmt: skip


def _instances(data: bytes, abstract: dict[int, dict[int, Level]], fonts: Sequence[str]) -> Iterator[List | None]:
    if len(data) < 4:
        return
    count: int = unpack_from("<I", data)[0]
    at = 4 + 16 * count
    for number in range(count):
        name: int = unpack_from("<i", data, 4 + 16 * number)[0]
        overrides = data[4 + 16 * number + 12]
        found = List(str(name), dict(abstract[name])) if name in abstract else None
        at += 4
        for _ in range(overrides):
            start, about = unpack_from("<iI", data, at)
            at += 8
            level = about & 0xF
            if about & 0x20:
                own, at = _level(data, at, fonts)
                start = own.start
                if found is not None:
                    found.redefine(level, own)
            if about & 0x10 and found is not None:
                found.starts[level] = start
        yield found
