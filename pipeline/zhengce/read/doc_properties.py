"""Properties of paragraphs and runs in a binary Word document: what is deleted or hidden, tables, styles, lists.

Source of rules: [MS-DOC], 2.6 (single property modifiers) and 2.9.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from struct import error, unpack_from

from zhengce.read.doc_file import WordFile

__all__ = ["HIDDEN", "IN_TABLE", "LEVEL", "LIST", "ROW_END", "Properties", "Style", "modifiers"]

PAGE = 512
SIZES = (1, 1, 2, 4, 2, 2, 0, 3)
TABLE = 0xD608
HUGE = (0x6645, 0x6646)  # modifiers that do not fit on a page of formatting and stand in the stream `Data`
DELETED, HIDDEN, SYMBOL = 0x0800, 0x083C, 0x6A09
ROW_END, OUTLINE, LEVEL, LIST, IN_TABLE = 0x2417, 0x2640, 0x260A, 0x460B, 0x2416
HEADINGS = frozenset({*range(1, 10), 62})  # the built-in headings and the title
DEEPEST = 16


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style: whether it is a heading's, the style that it is based on, its modifiers."""

    heading: bool
    based: int
    modifiers: dict[int, int]


@dataclass(slots=True)
class Properties:
    """The properties of a document's paragraphs by CP, and the CPs of characters that are not shown.

    `unseen` holds deleted and hidden characters; `symbols` the CPs of signs of symbol fonts, with font and code.
    """

    document: WordFile
    unseen: set[int] = field(default_factory=set)
    symbols: dict[int, tuple[int, int]] = field(default_factory=dict)
    fonts: tuple[str, ...] = ()
    _starts: list[int] = field(default_factory=list)
    _ends: set[int] = field(default_factory=set)
    _rows: dict[int, tuple[int, ...]] = field(default_factory=dict)
    _paragraphs: list[tuple[int, dict[int, int]]] = field(default_factory=list)
    _styles: list[Style | None] = field(default_factory=list)

    @staticmethod
    def of(document: WordFile) -> Properties:
        """The properties of a document."""
        found = Properties(document)
        found._styles = list(_styles(document.structure("styles")))
        found.fonts = tuple(_fonts(document.structure("fonts")))
        for start, end, about in sorted(_paragraphs(document)):
            style = unpack_from("<H", about)[0] if len(about) >= 2 else 0
            own = dict(modifiers(about[2:]))
            if place := next((own[code] for code in HUGE if code in own), None):
                about += _huge(document.data, place)
                own |= dict(modifiers(about[2:]))
            if ROW_END in own:
                found._rows[start] = _edges(about[2:])
            found._starts.append(start)
            found._ends.add(end)
            found._paragraphs.append((style, own))
        for start, end, about in _runs(document):
            own = dict(modifiers(about))
            unseen = own.get(DELETED, 0) & 1 or own.get(HIDDEN, 0) & 1
            if unseen or SYMBOL in own:
                for first, last, _ in document.places(start, end):
                    if unseen:
                        found.unseen.update(range(first, last))
                    else:
                        code = own[SYMBOL]
                        found.symbols |= dict.fromkeys(range(first, last), (code & 0xFFFF, code >> 16))
        return found

    def get(self, position: int, modifier: int, default: int = 0) -> int:
        """A property of the paragraph that ends at a CP: its own, else its style's."""
        style, own = self._at(position)
        if modifier in own:
            return own[modifier]
        return next((one.modifiers[modifier] for one in self._chain(style) if modifier in one.modifiers), default)

    def edges(self, position: int) -> tuple[int, ...]:
        """The edges of the cells in the row of a table that ends at a CP, in twips; none where they are not known."""
        at = bisect_right(self._starts, self.document.place(position)) - 1
        return self._rows.get(self._starts[at], ()) if at >= 0 else ()

    def is_heading(self, position: int) -> bool:
        """Whether the paragraph that ends at a CP is a heading, by its outline level or its style."""
        level = self.get(position, OUTLINE, -1)
        return level < 9 if level >= 0 else any(style.heading for style in self._chain(self._at(position)[0]))

    def ends(self, position: int) -> bool:
        """Whether a paragraph ends with the character at a CP."""
        return self.document.place(position, after=True) in self._ends

    def _at(self, position: int) -> tuple[int, dict[int, int]]:
        at = bisect_right(self._starts, self.document.place(position)) - 1
        return self._paragraphs[at] if at >= 0 else (0, {})

    def _chain(self, number: int) -> Iterator[Style]:
        for _ in range(DEEPEST):
            style = self._styles[number] if number < len(self._styles) else None
            if style is None:
                return
            yield style
            number = style.based


def _paragraphs(document: WordFile) -> Iterator[tuple[int, int, bytes]]:
    """The FCs and the style and modifiers (PAPX) of every paragraph."""
    for page, places in _pages(document, "paragraphs"):
        for number in range(len(places) - 1):
            at = 2 * page[4 * len(places) + 13 * number]
            size = 2 * page[at] - 1 if page[at] else 2 * page[at + 1]
            first = at + 1 if page[at] else at + 2
            yield places[number], places[number + 1], page[first : first + size] if at else b""


def _runs(document: WordFile) -> Iterator[tuple[int, int, bytes]]:
    """The FCs and the modifiers (CHPX) of every run."""
    for page, places in _pages(document, "runs"):
        for number in range(len(places) - 1):
            at = 2 * page[4 * len(places) + number]
            if at:
                yield places[number], places[number + 1], page[at + 1 : at + 1 + page[at]]


def _pages(document: WordFile, name: str) -> Iterator[tuple[bytes, tuple[int, ...]]]:
    """The pages of formatting that a table refers to, each with the FCs that its entries reach between."""
    for _, _, about in document.positions(name, 4):
        start = (unpack_from("<I", about)[0] & 0x3FFFFF) * PAGE
        page = document.stream[start : start + PAGE]
        if len(page) == PAGE:
            yield page, unpack_from(f"<{page[-1] + 1}I", page)


def _huge(data: bytes, place: int) -> bytes:
    size = int.from_bytes(data[place : place + 2], "little")
    return data[place + 2 : place + 2 + size]


def _edges(data: bytes) -> tuple[int, ...]:
    """The edges that the last definition of a row among the modifiers gives."""
    found = [at for at, code in _places(data) if code == TABLE]
    if not found or found[-1] + 4 >= len(data):
        return ()
    count = data[found[-1] + 4] + 1
    edges = data[found[-1] + 5 : found[-1] + 5 + 2 * count]
    return unpack_from(f"<{count}h", edges) if len(edges) == 2 * count else ()


def modifiers(data: bytes) -> Iterator[tuple[int, int]]:
    """The modifiers with their operands as numbers; those of variable length as 0."""
    for at, code in _places(data):
        size = SIZES[code >> 13]
        yield code, int.from_bytes(data[at + 2 : at + 2 + size], "little")


def _places(data: bytes) -> Iterator[tuple[int, int]]:
    """Where each modifier begins, and its code."""
    at = 0
    while at + 2 < len(data):
        code: int = unpack_from("<H", data, at)[0]
        yield at, code
        if size := SIZES[code >> 13]:
            at += 2 + size
        elif code == TABLE:
            at += 3 + int.from_bytes(data[at + 2 : at + 4], "little")
        else:
            at += 3 + data[at + 2]


def _fonts(table: bytes) -> Iterator[str]:
    """The names of the fonts, in the order in which modifiers refer to them."""
    at = 4
    while at < len(table):
        name = table[at + 40 : at + 1 + table[at]].decode("utf-16-le", "replace")
        yield name.partition("\0")[0]
        at += 1 + table[at]


def _styles(sheet: bytes) -> Iterator[Style | None]:
    if len(sheet) < 6:
        return
    about, count, fixed = unpack_from("<HHH", sheet, 0)
    at = 2 + about
    for _ in range(count):
        size: int = unpack_from("<H", sheet, at)[0] if at + 2 <= len(sheet) else 0
        try:
            yield _style(sheet[at + 2 : at + 2 + size], fixed) if size else None
        except error:  # a style that is cut off says nothing
            yield None
        at += 2 + size


def _style(data: bytes, fixed: int) -> Style | None:
    name, kind, upxs = unpack_from("<HHH", data, 0)
    if kind & 0xF != 1:
        return None
    letters: int = unpack_from("<H", data, fixed)[0]
    at = fixed + 2 + 2 * letters + 2
    own: dict[int, int] = {}
    if upxs & 0xF and at + 2 <= len(data):
        size: int = unpack_from("<H", data, at)[0]
        own = dict(modifiers(data[at + 4 : at + 2 + size]))
    return Style(name & 0xFFF in HEADINGS, kind >> 4, own)
