"""The text of a Word paragraph's runs, with all changes accepted, as Word shows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from zhengce.document import Doubt
from zhengce.read.docx_fields import Fields
from zhengce.read.docx_number import numbered
from zhengce.read.docx_package import WORD
from zhengce.read.docx_styles import OFF, Styles, is_on, value_of
from zhengce.read.docx_symbols import is_symbolic, symbol

__all__ = ["LEFT_OUT", "Runs", "chosen", "name_of"]

LEFT_OUT = frozenset({
    "del", "moveFrom", "pPr", "rPr", "sectPr", "tblPr", "trPr", "tcPr", "sdtPr", "sdtEndPr", "rt", "rubyPr", "delText",
    "delInstrText", "posOffset", "pctWidth", "pctHeight",
})  # fmt: skip
SIGNS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-"}
NOTES = {"footnoteReference": ("footnote", "decimal"), "endnoteReference": ("endnote", "lowerRoman")}
SYMBOLIC = range(0xF000, 0xF100)
WATERMARK = "watermark"


class Runs:
    """The text of paragraphs one after the other; keeps count of notes and of fields that are open.

    `notes` are the bodies of foot- and endnotes by kind and id; `referred` gets those that the text refers to, with
    their marks; `doubts` what the text does not show.
    """

    def __init__(self, *, styles: Styles, notes: Mapping[tuple[str, str], Element]) -> None:
        self._styles = styles
        self._notes = notes
        self._fields = Fields()
        self._marks = dict.fromkeys(NOTES, 0)
        self.referred: list[tuple[str, Element]] = []
        self.doubts: list[tuple[Doubt, str]] = []

    def text(self, paragraph: Element, boxes: list[Element | str]) -> str:
        """The paragraph's text; its text boxes, or their lettering, are added to `boxes`: lines of their own."""
        style = self._styles.name_of(paragraph.find(f"{WORD}pPr"))
        text = "".join(self._walk(paragraph, boxes, self._styles.hides(style)))
        self._fields.end_paragraph()
        return text

    def is_hidden(self, properties: Element | None, inherited: bool) -> bool:
        """Whether a run or the mark of a paragraph (`w:rPr`) is hidden, by itself or by its style."""
        if properties is None:
            return inherited
        own = is_on(properties.find(f"{WORD}vanish"))
        if is_on(properties.find(f"{WORD}specVanish")):
            return True
        return own if own is not None else inherited or self._styles.hides(value_of(properties.find(f"{WORD}rStyle")))

    def _walk(self, element: Element, boxes: list[Element | str], hidden: bool) -> Iterator[str]:
        for child in element:
            name = name_of(child)
            if name == "r":
                properties = child.find(f"{WORD}rPr")
                if not self.is_hidden(properties, hidden):
                    text = "".join(self._walk(child, boxes, hidden))
                    yield _drawn(text, properties)
            elif name == "txbxContent":
                boxes.append(child)
            elif name == "textpath":  # lettering of WordArt, in which offices set the head of a document
                boxes.append(child.get("string", ""))
            elif name == "shape" and WATERMARK in child.get("id", "").lower():
                continue
            elif name == "AlternateContent":
                yield from self._walk(chosen(child), boxes, hidden)
            elif name in NOTES:
                yield self._mark(child, name)
            elif name in ("fldChar", "instrText"):
                yield self._field(child, name)
            elif name not in LEFT_OUT:
                sign = _sign(child, name)
                if sign is None:
                    yield from self._walk(child, boxes, hidden)
                elif self._fields.is_shown():
                    yield sign

    def _field(self, element: Element, name: str) -> str:
        if name == "instrText":
            self._fields.instruct(element.text or "")
            return ""
        shown, lost = self._fields.mark(element.get(f"{WORD}fldCharType", ""))
        if lost:
            message = f"Word works out a number here ({lost}) that the file does not hold"
            self.doubts.append(("unreadable_part", message))
        return shown

    def _mark(self, reference: Element, name: str) -> str:
        """The mark of a foot- or endnote; square brackets keep it apart from the figures of the text."""
        kind, form = NOTES[name]
        note = self._notes.get((kind, reference.get(f"{WORD}id", "")))
        if note is None:
            return ""
        if reference.get(f"{WORD}customMarkFollows", "0").lower() not in OFF:  # text and note hold the mark themselves
            self.referred.append(("", note))
            return ""
        self._marks[name] += 1
        mark = f"[{numbered(self._marks[name], form)}]"
        self.referred.append((mark, note))
        return mark


def name_of(element: Element) -> str:
    """The tag without its namespace."""
    return element.tag.rpartition("}")[2]


def chosen(alternatives: Element) -> Element:
    """The one of several versions of the same content (`mc:AlternateContent`) that is read."""
    return next(iter(alternatives), alternatives)


def _sign(element: Element, name: str) -> str | None:
    """What an element of a run writes; None where it holds others."""
    if name == "t":
        return element.text or ""
    if name == "br":
        return "\n" if element.get(f"{WORD}type", "textWrapping") == "textWrapping" else ""
    if name == "sym":
        code = element.get(f"{WORD}char", "")
        return symbol(int(code, 16) if len(code) <= 6 else 0xF000, element.get(f"{WORD}font")) if code else ""
    return SIGNS.get(name)


def _drawn(text: str, properties: Element | None) -> str:
    """The text of a run whose font may be one of signs."""
    fonts = properties.find(f"{WORD}rFonts") if properties is not None else None
    font = fonts.get(f"{WORD}ascii") if fonts is not None else None
    if not is_symbolic(font):
        return text
    return "".join(symbol(ord(mark), font) if ord(mark) in SYMBOLIC else mark for mark in text)
