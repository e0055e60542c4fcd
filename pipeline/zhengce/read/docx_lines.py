"""The lines of a Word document's body, from its XML: what Word shows with all changes accepted.

Source of rules: ECMA-376 part 1, WordprocessingML. The walk is ours because python-docx's `iter_inner_content` passes
over content controls, tracked insertions and text boxes.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from zhengce.document import Doubt
from zhengce.read.docx_lists import Lists
from zhengce.read.docx_package import WORD
from zhengce.read.docx_runs import LEFT_OUT, Runs, chosen, name_of
from zhengce.read.docx_styles import Styles, is_on, value_of
from zhengce.read.lines import Line
from zhengce.read.list_labels import Label

__all__ = ["Paragraphs"]

WIDEST = 64


class Paragraphs:
    """A walk over the parts of one document, in the order in which Word counts its lists and notes.

    After `lines`, `remarks` holds what is in doubt, as the ordinal of a line, the doubt and a message.
    """

    def __init__(self, *, styles: Styles, lists: Lists, runs: Runs) -> None:
        self._styles = styles
        self._lists = lists
        self._runs = runs
        self._count = 0
        self._carried = ""
        self.remarks: list[tuple[int, Doubt, str]] = []

    def lines(self, container: Element) -> Iterator[Line]:
        """The lines of an element's paragraphs and tables, in order; paragraphs without a character are left out."""
        for line in self._closed(container):
            yield self._counted(line)

    def feet(self) -> Iterator[Line]:
        """The foot- and endnotes that the text refers to, each after its mark, as captions."""
        for mark, note in self._runs.referred:  # a note may refer to another: the list grows meanwhile
            before = f"{mark} " if mark else ""
            for line in self._closed(note):
                yield self._counted(Line(cells=(before + line.cells[0].lstrip(), *line.cells[1:]), kind="caption"))
                before = ""
        self.remarks += [(max(self._count - 1, 0), doubt, message) for doubt, message in self._runs.doubts]

    def _closed(self, container: Element) -> Iterator[Line]:
        """The lines of a text that ends for itself: no paragraph goes on beyond a cell or a box."""
        yield from self._lines(container)
        yield from self._left()

    def _left(self) -> Iterator[Line]:
        if self._carried:
            line, self._carried = Line(cells=(self._carried,)), ""
            yield line

    def _lines(self, container: Element) -> Iterator[Line]:
        for child in container:
            name = name_of(child)
            if name == "p":
                yield from self._paragraph(child)
            elif name == "tbl":
                yield from self._left()
                yield from self._table(child)
            elif name == "AlternateContent":
                yield from self._lines(chosen(child))
            elif name == "altChunk":
                message = "Word shows another file here, which is not read: save the document anew in Word"
                self._runs.doubts.append(("unreadable_part", message))
            elif name not in LEFT_OUT:
                yield from self._lines(child)

    def _paragraph(self, paragraph: Element) -> Iterator[Line]:
        boxes: list[Element | str] = []
        properties = paragraph.find(f"{WORD}pPr")
        style = self._styles.name_of(properties)
        text = self._runs.text(paragraph, boxes)
        mark = properties.find(f"{WORD}rPr") if properties is not None else None
        if mark is not None and (mark.find(f"{WORD}del") is not None or mark.find(f"{WORD}moveFrom") is not None):
            self._carried += text  # the end of the paragraph is deleted: it goes on in the next
        elif self._runs.is_hidden(mark, self._styles.hides(style)):
            self._carried += self._labelled(text, properties) if text else ""
        else:
            text, self._carried = self._labelled(self._carried + text, properties), ""
            if text:
                yield Line(cells=(text,), kind="heading" if self._is_heading(properties, style) else "paragraph")
        for box in boxes:
            if not isinstance(box, str):
                yield from self._boxed(box)
            elif box.strip():
                yield Line(cells=(box,))

    def _boxed(self, box: Element) -> Iterator[Line]:
        outside, self._carried = self._carried, ""
        yield from self._closed(box)
        self._carried = outside

    def _labelled(self, text: str, properties: Element | None) -> str:
        """The text after its label; a paragraph without text shows its number and counts, a bullet alone is nothing."""
        label: Label | None = self._lists.label(properties)
        if label is None or (label.bullet and not text.strip()):
            return text
        if label.unknown:
            message = f"numbered in a format that is not known ({label.unknown}): decimals are shown instead"
            self._runs.doubts.append(("inferred", message))
        return label.before(text)

    def _table(self, table: Element) -> Iterator[Line]:
        for row in _within(table, "tr"):
            if any(
                child.tag == f"{WORD}del" or (child.tag == f"{WORD}hidden" and is_on(child)) for child in _about(row)
            ):
                continue
            cells = [cell for cell in _within(row, "tc") if cell.find(f"{WORD}tcPr/{WORD}cellDel") is None]
            if len(cells) == 1:
                if not _continues(cells[0]):
                    yield from (Line(cells=line.cells, kind="cell") for line in self._closed(cells[0]))
                continue
            texts = [""] * _value(row.find(f"{WORD}trPr/{WORD}gridBefore"), 0)
            for cell in cells:
                span = _value(cell.find(f"{WORD}tcPr/{WORD}gridSpan"), 1)
                texts += ["" if _continues(cell) else self._cell(cell), *[""] * (span - 1)]
            while texts and not texts[-1]:
                texts.pop()
            if texts:
                yield Line(cells=tuple(texts), kind="cell")

    def _cell(self, cell: Element) -> str:
        """The cell's paragraphs, and the rows of tables in it, on one line."""
        text = " ".join(" ".join(filter(None, line.cells)) for line in self._closed(cell))
        return text.replace("\n", " ").replace("\t", " ")

    def _counted(self, line: Line) -> Line:
        self.remarks += [(self._count, doubt, message) for doubt, message in self._runs.doubts]
        self._runs.doubts.clear()
        self._count += 1
        return line

    def _is_heading(self, properties: Element | None, style: str) -> bool:
        level = value_of(properties.find(f"{WORD}outlineLvl")) if properties is not None else None
        return level != "9" if level is not None else self._styles.is_heading(style)


def _about(row: Element) -> list[Element]:
    properties = row.find(f"{WORD}trPr")
    return list(properties) if properties is not None else []


def _continues(cell: Element) -> bool:
    """Whether a cell is the rest of one above or to the left of it, whose text stands there."""
    properties = cell.find(f"{WORD}tcPr")
    merged = [properties.find(f"{WORD}{name}") for name in ("vMerge", "hMerge")] if properties is not None else []
    return any(one is not None and (value_of(one) or "continue") == "continue" for one in merged)


def _within(element: Element, name: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, also those in content controls or tracked insertions."""
    for child in element:
        if name_of(child) == name:
            yield child
        elif name_of(child) not in LEFT_OUT and name_of(child) not in ("tc", "tr"):
            yield from _within(child, name)


def _value(element: Element | None, default: int) -> int:
    value = value_of(element) or ""
    return min(int(value), WIDEST) if value.isascii() and value.isdigit() and len(value) < 9 else default
