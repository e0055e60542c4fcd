"""The lines of a binary Word document: what Word shows with all changes accepted.

Source of rules: [MS-DOC], 2.4.1 (text and its special characters), 2.8.
"""

from __future__ import annotations

from collections.abc import Iterator
from struct import error, unpack_from

from zhengce.document import BlockKind, Doubt
from zhengce.read.doc_file import WordFile
from zhengce.read.doc_lists import DocLists
from zhengce.read.doc_properties import IN_TABLE, LEVEL, LIST, ROW_END, Properties
from zhengce.read.doc_tables import Row, table_lines
from zhengce.read.docx_fields import Fields
from zhengce.read.docx_number import numbered
from zhengce.read.docx_symbols import symbol
from zhengce.read.lines import Line

__all__ = ["DocLines"]

PARAGRAPH, CELL, PAGE, ANCHOR = "\r", "\x07", "\x0c", "\x08"
FIELDS = {"\x13": "begin", "\x14": "separate", "\x15": "end"}
SIGNS = {"\t": "\t", "\x0b": "\n", "\x0e": "\n", "\x1e": "-", "\x1f": ""}
NOTES = {"footnote": ("footnotes", "decimal"), "endnote": ("endnotes", "lowerRoman")}


class DocLines:
    """A walk over the parts of one document, in the order in which Word counts its lists and notes.

    After `body` and `feet`, `remarks` holds what is in doubt, as the ordinal of a line, the doubt and a message.
    """

    def __init__(self, document: WordFile, properties: Properties) -> None:
        self._document = document
        self._properties = properties
        self._fields = Fields()
        self._boxes = dict(_boxes(document))
        self._anchors = {start: unpack_from("<i", about)[0] for start, _, about in document.positions("anchors", 26)}
        self._notes = {at: note for kind in NOTES for at, note in _notes(document, kind)}
        self._referred: list[tuple[str, range]] = []
        self._doubts: list[tuple[Doubt, str]] = []
        self._lists: DocLists | None = None
        try:
            self._lists = DocLists(document, properties.fonts)
        except (error, IndexError):  # the text is whole without them
            self._doubts.append(("unreadable_part", "the table of automatic numbers is broken: the text lacks them"))
        self._count = 0
        self.remarks: list[tuple[int, Doubt, str]] = []

    def body(self) -> Iterator[Line]:
        """The lines of the main text, text boxes after the paragraph that they are anchored in."""
        yield from map(self._counted, self.part(self._document.parts["main"]))
        for box in list(self._boxes.values()):  # those that are anchored nowhere
            yield from map(self._counted, self.part(box))

    def feet(self) -> Iterator[Line]:
        """The foot- and endnotes, each after its mark, as captions."""
        for mark, part in self._referred:
            before = f"{mark} " if mark else ""
            for line in self.part(part):
                yield self._counted(Line(cells=(before + line.cells[0].lstrip(), *line.cells[1:]), kind="caption"))
                before = ""
        self.remarks += [(max(self._count - 1, 0), doubt, message) for doubt, message in self._doubts]

    def part(self, part: range) -> Iterator[Line]:
        """The lines of a stretch of the text; the paragraphs of a cell, and of tables in it, come as one cell."""
        rows: list[Row] = []
        cells: list[list[Line]] = []
        cell: list[Line] = []
        for at, text, boxes in self._paragraphs(part):
            if self._properties.get(at, ROW_END):
                rows.append(Row(cells, self._properties.edges(at)))
                cells, cell = [], []
                continue
            cell += [*self._line(at, text), *(line for box in boxes for line in self.part(box))]
            if self._document.units[at] == CELL:
                cells, cell = [*cells, cell], []
            elif not self._properties.get(at, IN_TABLE):
                yield from [*table_lines([*rows, Row(cells, ())]), *cell]
                rows, cells, cell = [], [], []
        yield from [*table_lines([*rows, Row(cells, ())]), *cell]

    def _paragraphs(self, part: range) -> Iterator[tuple[int, str, list[range]]]:
        """The CP of every paragraph's end, its text, and the text boxes anchored in it."""
        text: list[str] = []
        boxes: list[range] = []
        for at in part:
            unit = self._document.units[at]
            unseen = at in self._properties.unseen
            if unit == CELL or (not unseen and self._ends(at, unit)):
                self._fields.end_paragraph()
                yield at, _whole(text), boxes
                text, boxes = [], []
            elif not unseen:
                text.append(self._shown(at, unit, boxes))
        if any(text) or boxes:
            yield part[-1], _whole(text), boxes

    def _ends(self, at: int, unit: str) -> bool:
        return unit == PARAGRAPH or (unit == PAGE and self._properties.ends(at))

    def _shown(self, at: int, unit: str, boxes: list[range]) -> str:
        """What a unit of the text shows; the text box that it anchors is added to `boxes`."""
        if unit in FIELDS:
            shown, lost = self._fields.mark(FIELDS[unit])
            if lost:
                message = f"Word works out a number here ({lost}) that the file does not hold"
                self._doubts.append(("unreadable_part", message))
            return shown
        if at in self._notes:
            mark, note = self._notes[at]
            self._referred.append((mark, note))
            return mark if mark else unit if unit >= " " else ""
        if unit == ANCHOR:
            box = self._boxes.pop(self._anchors.get(at, 0), None)
            boxes += [box] if box is not None else []
            return ""
        if self._fields.instruct(unit) or not self._fields.is_shown():
            return ""
        if at in self._properties.symbols:
            font, code = self._properties.symbols[at]
            return symbol(code, self._properties.fonts[font] if font < len(self._properties.fonts) else None)
        return SIGNS.get(unit, unit if unit >= " " else "")

    def _line(self, at: int, text: str) -> list[Line]:
        """The paragraph that ends at a CP, after its label; none where it is blank."""
        number = self._properties.get(at, LIST)
        label = self._lists.label(number, self._properties.get(at, LEVEL)) if number and self._lists else None
        if label is not None and (text.strip() or not label.bullet):
            text = label.before(text)
            if label.unknown:
                message = f"numbered in a format that is not known ({label.unknown}): decimals are shown instead"
                self._doubts.append(("inferred", message))
        kind: BlockKind = "heading" if self._properties.is_heading(at) else "paragraph"
        return [Line(cells=(text,), kind=kind)] if text else []

    def _counted(self, line: Line) -> Line:
        self.remarks += [(self._count, doubt, message) for doubt, message in self._doubts]
        self._doubts.clear()
        self._count += 1
        return line


def _whole(units: list[str]) -> str:
    """The text of UTF-16 units, with surrogate pairs as one character."""
    text = "".join(units)
    if not any("\ud800" <= unit <= "\udfff" for unit in text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _boxes(document: WordFile) -> Iterator[tuple[int, range]]:
    """The text boxes by the id of their shape."""
    part = document.parts["boxes"]
    for start, end, about in document.positions("boxes", 22):  # the last one reaches beyond the text and is none
        reusable, shape = unpack_from("<H4xi", about, 8)
        if not reusable and start < min(end, len(part)):
            yield shape, part[start:end]


def _notes(document: WordFile, kind: str) -> Iterator[tuple[int, tuple[str, range]]]:
    """The foot- or endnotes by the CP of their reference: mark (blank where the text writes its own) and part."""
    name, form = NOTES[kind]
    part, count = document.parts[name], 0
    notes = document.positions(name, 0)
    for (at, _, about), (start, end, _) in zip(document.positions(f"{kind}_marks", 2), notes, strict=False):
        automatic = any(about)
        count += automatic
        yield at, (f"[{numbered(count, form)}]" if automatic else "", part[start:end])
