"""PDF files with a text layer: their text in reading order, with the place of every line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from zhengce.document import Block, Note, Raw, Source
from zhengce.errors import NoTextLayer
from zhengce.read.layout import lay_out_pages
from zhengce.read.layout_sheet import Sheet
from zhengce.read.pdf_pdfium import pdfium_sheet
from zhengce.read.pdf_plumber import plumber_sheets
from zhengce.text import Span

__all__ = ["read_pdf"]

UNMAPPED = re.compile(r"\(cid:\d+\)|\ufffd")
POOR = 0.1
LOST = re.compile(r"\ufffd+|(?:\(cid:\d+\))+")


def read_pdf(data: bytes, source: Source) -> Raw:
    """The text of all pages in reading order; each printed line or cell is a block with its page (from 1) and box.

    A paragraph is one line of the text, a row of a table one line with tabs. Headlines are blocks of kind heading,
    captions of kind caption, page numbers and running heads of kind furniture. A page that pdfplumber finds blank or
    cannot decode is read with pypdfium2. Raises Encrypted where a password is needed, NoTextLayer where no page has
    text; a page of pictures among others gets a Note.
    """
    filled: list[bool] = []
    pictured: list[int] = []
    text, blocks = lay_out_pages(_watched(_sheets(data, source), filled, pictured))
    if not any(filled):
        reason = "no page has a text layer, the pages are pictures: run OCR on the file first"
        raise NoTextLayer(source.name, reason if pictured else "no page of the PDF has any text")
    notes = [_pictured(number, blocks, text) for number in pictured]
    for run in LOST.finditer(text):
        span = Span(start=run.start(), end=run.end())
        notes.append(Note(doubt="undecodable", span=span, message="the PDF does not say which characters these are"))
    return Raw(source=replace(source, encoding=None), text=text, blocks=blocks, notes=tuple(notes))


def _watched(sheets: Iterable[Sheet], filled: list[bool], pictured: list[int]) -> Iterator[Sheet]:
    """The sheets; whether each has text is added to `filled`, the numbers of those of pictures alone to `pictured`."""
    for sheet in sheets:
        filled.append(_has_text(sheet))
        if sheet.pictures and not filled[-1]:
            pictured.append(sheet.number)
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


def _pictured(number: int, blocks: Sequence[Block], text: str) -> Note:
    at = min((block.span.start for block in blocks if (block.page or 0) > number), default=len(text))
    message = f"page {number} is a picture without a text layer: run OCR on it"
    return Note(doubt="unreadable_part", span=Span(start=at, end=at), message=message)
