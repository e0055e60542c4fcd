"""PDF files with a text layer: their text in reading order, with the place of every line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from zhengce.document import Block, Note, Raw, Source
from zhengce.errors import NoTextLayer
from zhengce.read.layout import lay_out_pages
from zhengce.read.layout_sheet import Sheet
from zhengce.read.ocr import can_read
from zhengce.read.pdf_pdfium import pdfium_picture, pdfium_sheet
from zhengce.read.pdf_plumber import plumber_sheets
from zhengce.read.picture import ADVICE
from zhengce.read.scan import Scan, scan, with_confidence
from zhengce.text import Span

__all__ = ["read_pdf"]

UNMAPPED = re.compile(r"\(cid:\d+\)|\ufffd")
POOR = 0.1
SCALE = 200 / 72  # dots of a rendered page to a point
LOST = re.compile(r"\ufffd+|(?:\(cid:\d+\))+")


def read_pdf(data: bytes, source: Source) -> Raw:
    """The text of all pages in reading order; each printed line or cell is a block with its page (from 1) and box.

    A paragraph is one line of the text, a row of a table one line with tabs. Headlines are blocks of kind heading,
    captions of kind caption, page numbers and running heads of kind furniture. A page that pdfplumber finds blank or
    cannot decode is read with pypdfium2, a page of pictures by OCR where that is installed, with a Note; else it gets a
    Note that it was not read. Raises Encrypted where a password is needed, NoTextLayer where no page has text.
    """
    seen = _Seen()
    text, blocks = lay_out_pages(_watched(_sheets(data, source), data, seen))
    if not seen.filled:
        reason = f"no page has a text layer, the pages are pictures; {ADVICE}"
        reason = "no page has a text layer, and OCR finds no text on its pictures" if seen.scans else reason
        pictured = seen.unread or seen.scans
        raise NoTextLayer(source.name, reason if pictured else "no page of the PDF has any text")
    blocks, unsure = with_confidence(blocks, seen.scans)
    notes = [_pictured(number, blocks, text, f"a picture without a text layer; {ADVICE}") for number in seen.unread]
    for one in seen.scans:
        number = one.sheet.number
        read = _has_text(one.sheet)
        notes.append(_scanned(number, blocks) if read else _pictured(number, blocks, text, "a picture without text"))
    notes += unsure
    for run in LOST.finditer(text):
        span = Span(start=run.start(), end=run.end())
        notes.append(Note(doubt="undecodable", span=span, message="the PDF does not say which characters these are"))
    return Raw(source=replace(source, encoding=None), text=text, blocks=blocks, notes=tuple(notes))


@dataclass(slots=True)
class _Seen:
    """What came by: how many pages have text, which are pictures that were not read, and those that OCR read."""

    filled: int = 0
    unread: list[int] = field(default_factory=list)
    scans: list[Scan] = field(default_factory=list)


def _watched(sheets: Iterable[Sheet], data: bytes, seen: _Seen) -> Iterator[Sheet]:
    """The sheets, those of pictures alone as OCR reads them."""
    for sheet in sheets:
        if sheet.pictures and not _has_text(sheet):
            if can_read():
                read = scan(pdfium_picture(data, sheet.number, SCALE), sheet.number, 1 / SCALE)
                seen.scans.append(read)
                sheet = read.sheet
            else:
                seen.unread.append(sheet.number)
        seen.filled += _has_text(sheet)
        yield sheet


def _sheets(data: bytes, source: Source) -> Iterator[Sheet]:
    """The pages, each from the engine that reads it better."""
    for sheet in plumber_sheets(data, source):
        if _is_poor(sheet):
            other = pdfium_sheet(data, sheet.number)
            if _undecoded(other) < _undecoded(sheet) or (other.glyphs and not sheet.glyphs):
                yield replace(other, rules=sheet.rules, boxes=sheet.boxes, pictures=sheet.pictures, tables=sheet.tables)
                continue
        yield sheet


def _has_text(sheet: Sheet) -> bool:
    return bool(sheet.aside.strip()) or any(not glyph.text.isspace() for glyph in sheet.glyphs)


def _is_poor(sheet: Sheet) -> bool:
    """Whether a page has no characters, or many that could not be decoded."""
    return not sheet.glyphs or _undecoded(sheet) > POOR


def _undecoded(sheet: Sheet) -> float:
    lost = sum(bool(UNMAPPED.fullmatch(glyph.text)) for glyph in sheet.glyphs)
    return lost / max(len(sheet.glyphs), 1)


def _scanned(number: int, blocks: Sequence[Block]) -> Note:
    spans = [block.span for block in blocks if block.page == number] or [Span(start=0, end=0)]
    span = Span(start=min(span.start for span in spans), end=max(span.end for span in spans))
    return Note(
        doubt="inferred", span=span, message=f"page {number} was read from a picture by OCR: check what you cite"
    )


def _pictured(number: int, blocks: Sequence[Block], text: str, what: str) -> Note:
    at = min((block.span.start for block in blocks if (block.page or 0) > number), default=len(text))
    return Note(doubt="unreadable_part", span=Span(start=at, end=at), message=f"page {number} is {what}")
