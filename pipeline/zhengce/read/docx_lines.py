"""The lines of a Word document's body, from its XML.

Source of rules: ECMA-376 part 1, WordprocessingML. The walk is ours because python-docx's `iter_inner_content` passes
over content controls, tracked insertions and text boxes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from zhengce.read.lines import Line

__all__ = ["Paragraphs"]

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PUT_IN = frozenset({"t", "tab", "br", "cr", "noBreakHyphen", "sym", "ptab"})
LEFT_OUT = frozenset({
    "del", "moveFrom", "pPr", "rPr", "sectPr", "tblPr", "trPr", "tcPr", "sdtPr", "sdtEndPr", "rt", "instrText",
    "delText", "delInstrText", "Fallback", "proofErr", "bookmarkStart", "bookmarkEnd",
})  # fmt: skip
PRIVATE = range(0xE000, 0xF900)


class Paragraphs:
    """A walk over a body that keeps count of what Word would show and the XML does not say.

    After `lines`, `numbered_lines` holds the positions of lines that Word numbers by itself, and `symbols` counts the
    signs of symbol fonts that have no code of their own (U+FFFD in the text).
    """

    def __init__(self, *, headings: frozenset[str], numbered: frozenset[str]) -> None:
        self._headings = headings
        self._numbered = numbered
        self._count = 0
        self.numbered_lines: list[int] = []
        self.symbols = 0

    def lines(self, container: Any) -> Iterator[Line]:
        """The lines of an element's paragraphs and tables, in order; paragraphs without a character are left out."""
        for child in container:
            name = _name(child)
            if name == "p":
                yield from self._paragraph(child)
            elif name == "tbl":
                yield from self._table(child)
            elif name not in LEFT_OUT:
                yield from self.lines(child)

    def _paragraph(self, paragraph: Any) -> Iterator[Line]:
        boxes: list[Any] = []
        text = "".join(self._text(paragraph, boxes))
        if text:
            properties = paragraph.find(f"{WORD}pPr")
            if self._is_numbered(properties):
                self.numbered_lines.append(self._count)
            yield self._counted(Line(cells=(text,), kind="heading" if self._is_heading(properties) else "paragraph"))
        for box in boxes:
            yield from self.lines(box)

    def _text(self, element: Any, boxes: list[Any]) -> Iterator[str]:
        """The text under an element; the text boxes in it are put by, for their paragraphs are lines of their own."""
        for child in element:
            name = _name(child)
            if name == "txbxContent":
                boxes.append(child)
            elif name in PUT_IN:
                yield self._sign(child, name)
            elif name not in LEFT_OUT:
                yield from self._text(child, boxes)

    def _sign(self, element: Any, name: str) -> str:
        if name == "t":
            return element.text or ""
        if name == "br":
            return "\n" if element.get(f"{WORD}type", "textWrapping") == "textWrapping" else ""
        if name == "sym":
            code = int(element.get(f"{WORD}char", "F000"), 16)
            self.symbols += code in PRIVATE
            return "\ufffd" if code in PRIVATE else chr(code)
        return {"cr": "\n", "noBreakHyphen": "-"}.get(name, "\t")

    def _table(self, table: Any) -> Iterator[Line]:
        for row in _within(table, "tr"):
            cells = list(_within(row, "tc"))
            if len(cells) == 1:
                for line in self.lines(cells[0]):
                    yield Line(cells=line.cells, kind="cell")
                continue
            texts = self._skipped(row, "gridBefore")
            for cell in cells:
                texts += [self._cell(cell), *[""] * (_value(cell.find(f"{WORD}tcPr/{WORD}gridSpan"), 1) - 1)]
            while texts and not texts[-1]:
                texts.pop()
            if texts:
                yield self._counted(Line(cells=tuple(texts), kind="cell"))

    def _skipped(self, row: Any, name: str) -> list[str]:
        return [""] * _value(row.find(f"{WORD}trPr/{WORD}{name}"), 0)

    def _cell(self, cell: Any) -> str:
        """The cell's paragraphs, and the rows of tables in it, on one line; nothing where it continues one above."""
        merged = cell.find(f"{WORD}tcPr/{WORD}vMerge")
        if merged is not None and merged.get(f"{WORD}val", "continue") == "continue":
            return ""
        inner = Paragraphs(headings=self._headings, numbered=self._numbered)
        text = " ".join(" ".join(filter(None, line.cells)) for line in inner.lines(cell))
        self.symbols += inner.symbols
        self.numbered_lines += [self._count] * len(inner.numbered_lines)
        return text.replace("\n", " ").replace("\t", " ")

    def _counted(self, line: Line) -> Line:
        self._count += 1
        return line

    def _is_heading(self, properties: Any) -> bool:
        if properties is None:
            return False
        style, level = properties.find(f"{WORD}pStyle"), properties.find(f"{WORD}outlineLvl")
        own = level is not None and _value(level, 9) < 9
        return own or (style is not None and style.get(f"{WORD}val") in self._headings)

    def _is_numbered(self, properties: Any) -> bool:
        if properties is None:
            return False
        number = properties.find(f"{WORD}numPr/{WORD}numId")
        if number is not None:
            return _value(number, 0) != 0
        style = properties.find(f"{WORD}pStyle")
        return style is not None and style.get(f"{WORD}val") in self._numbered


def _name(element: Any) -> str:
    """The tag without its namespace; comments and processing instructions have a name that nothing matches."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else "proofErr"


def _within(element: Any, name: str) -> Iterator[Any]:
    """The rows of a table or the cells of a row, also those in content controls or tracked insertions."""
    for child in element:
        if _name(child) == name:
            yield child
        elif _name(child) not in LEFT_OUT and _name(child) not in ("tc", "tr"):
            yield from _within(child, name)


def _value(element: Any, default: int) -> int:
    value = element.get(f"{WORD}val", "") if element is not None else ""
    return min(int(value), 64) if value.isascii() and value.isdigit() else default
