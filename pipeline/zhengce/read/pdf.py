"""PDF files with a text layer: lines in their order on the page."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from typing import Any

from zhengce.document import Note, Raw, Source
from zhengce.errors import Encrypted, NoTextLayer
from zhengce.read.lines import Line, lay_out
from zhengce.read.pdf_lines import group
from zhengce.text import Span

__all__ = ["read_pdf"]

UNMAPPED = re.compile(r"\(cid:\d+\)")
POOR = 0.1
LOST = re.compile(r"\ufffd+|(?:\(cid:\d+\))+")


def read_pdf(data: bytes, source: Source) -> Raw:
    """The lines of all pages, joined by newlines, each a block with its page (from 1) and its box in points.

    Page numbers in the upper and lower margin are blocks of kind furniture. A page that pdfplumber finds blank or
    cannot decode is read with pypdfium2, then without boxes. Raises Encrypted where a password is needed, NoTextLayer
    where no page has text; a page of pictures among others gets a Note.
    """
    lines: list[Line] = []
    pictures: list[tuple[int, int]] = []
    for number, found, pictured in _pages(data, source):
        if not found and pictured:
            pictures.append((number, len(lines)))
        lines += found
    if not any(line.cells[0].strip() for line in lines):
        reason = "no page has a text layer, the pages are pictures: run OCR on the file first"
        raise NoTextLayer(source.name, reason if pictures else "no page of the PDF has any text")
    text, blocks = lay_out(lines)
    notes = [_pictured(number, lines[:before], text) for number, before in pictures]
    for run in LOST.finditer(text):
        span = Span(start=run.start(), end=run.end())
        notes.append(Note(doubt="undecodable", span=span, message="the PDF does not say which characters these are"))
    return Raw(source=replace(source, encoding=None), text=text, blocks=blocks, notes=tuple(notes))


def _pages(data: bytes, source: Source) -> Iterator[tuple[int, list[Line], bool]]:
    """Every page's number, its lines, and whether it holds pictures."""
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    with _silent():
        try:
            document = pdfplumber.open(BytesIO(data))
        except PdfminerException as error:
            if error.args and isinstance(error.args[0], PDFPasswordIncorrect):
                reason = "the PDF needs a password: save or print it to a PDF without one and read that copy"
                raise Encrypted(source.name, reason) from error
            raise
        with document:
            for number, page in enumerate(document.pages, start=1):
                chars = page.dedupe_chars().chars
                found = [] if _is_poor(chars) else group(chars, page)
                yield number, found or _with_pdfium(data, number) or group(chars, page), bool(page.images)
                page.close()


def _is_poor(chars: Sequence[Mapping[str, Any]]) -> bool:
    """Whether pdfplumber found nothing, or much that it could not decode or that stands upright on no line."""
    bad = sum(
        bool(UNMAPPED.fullmatch(char["text"])) or char["text"] == "\ufffd" or not char["upright"] for char in chars
    )
    return not chars or bad > POOR * len(chars)


def _with_pdfium(data: bytes, number: int) -> list[Line]:
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        page = document[number - 1]
        words = page.get_textpage()
        text = words.get_text_range()
        words.close()
        page.close()
    finally:
        document.close()
    return [Line(cells=(line,), page=number) for line in text.splitlines() if line.strip()]


def _pictured(number: int, before: list[Line], text: str) -> Note:
    at = min(sum(len(line.cells[0]) + 1 for line in before), len(text))
    message = f"page {number} is a picture without a text layer: run OCR on it"
    return Note(doubt="unreadable_part", span=Span(start=at, end=at), message=message)


@contextmanager
def _silent() -> Iterator[None]:
    """Keep pdfminer's running commentary on faulty files off the standard error stream."""
    logger = logging.getLogger("pdfminer")
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(level)
