"""Word documents: paragraphs, tables and text boxes in the order in which they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from zhengce.document import Note, Raw, Source
from zhengce.errors import Encrypted, NoTextLayer, TooLarge, UnreadableFile
from zhengce.read.docx_lines import Paragraphs
from zhengce.read.lines import Line, lay_out
from zhengce.text import Span

__all__ = ["read_docx"]

MEBIBYTE = 1 << 20
UNPACKED_LIMIT = 512 * MEBIBYTE


def read_docx(data: bytes, source: Source) -> Raw:
    """The text of a Word document (.docx), tracked changes accepted, rows of tables as lines with tabs between cells.

    Headers, footers, foot- and endnotes and comments are not in the text; text boxes follow the paragraph that they
    are anchored in; `w:br` is a newline and `w:tab` a tab. Word's automatic numbers are not in the text, which a Note
    says. Raises Encrypted, TooLarge, NoTextLayer (pictures only), UnreadableFile (blank).
    """
    import docx

    _check_archive(data, source)
    document = docx.Document(BytesIO(data))
    walk = Paragraphs(headings=_styles(document, _is_heading), numbered=_styles(document, _is_numbered))
    lines = list(walk.lines(document.element.body))
    text, blocks = lay_out(lines)
    if not text.strip():
        if next(document.element.body.iter("{*}blip", "{*}imagedata"), None) is not None:
            raise NoTextLayer(source.name, "the document holds pictures and no text: run OCR on it first")
        raise UnreadableFile(source.name, "the document is blank: it holds no text")
    return Raw(source=replace(source, encoding=None), text=text, blocks=blocks, notes=_notes(walk, lines, text))


def _check_archive(data: bytes, source: Source) -> None:
    with ZipFile(BytesIO(data)) as archive:
        members = archive.infolist()
    if any(member.flag_bits & 1 for member in members):
        raise Encrypted(source.name, "the document needs a password: open it, save it without one and read that copy")
    unpacked = sum(member.file_size for member in members)
    if unpacked > UNPACKED_LIMIT:
        size, most = unpacked // MEBIBYTE, UNPACKED_LIMIT // MEBIBYTE
        raise TooLarge(source.name, f"unpacked the document has {size:,} MiB, more than the limit of {most:,} MiB")


def _styles(document: Any, test: Callable[[Any], bool]) -> frozenset[str]:
    """The ids of the paragraph styles that pass a test, or that are based on one that does."""
    from docx.enum.style import WD_STYLE_TYPE

    found: set[str] = set()
    for style in document.styles:
        ancestor, seen = style, 0
        while style.type == WD_STYLE_TYPE.PARAGRAPH and ancestor is not None and seen < 20:
            if test(ancestor):
                found.add(style.style_id)
                break
            ancestor, seen = ancestor.base_style, seen + 1
    return frozenset(found)


def _is_heading(style: Any) -> bool:
    name = (style.name or "").lower()
    level = style.element.find("{*}pPr/{*}outlineLvl")
    return name.startswith(("heading", "title", "标题")) or level is not None


def _is_numbered(style: Any) -> bool:
    number = style.element.find("{*}pPr/{*}numPr/{*}numId")
    return number is not None and next(iter(number.values()), "0") != "0"


def _notes(walk: Paragraphs, lines: list[Line], text: str) -> tuple[Note, ...]:
    return (*_numbering_note(walk, lines), *(_symbol_notes(text) if walk.symbols else ()))


def _numbering_note(walk: Paragraphs, lines: list[Line]) -> Iterator[Note]:
    """One note for all paragraphs that Word numbers, at the first of them."""
    if not walk.numbered_lines:
        return
    first = walk.numbered_lines[0]
    start = sum(sum(map(len, line.cells)) + len(line.cells) for line in lines[:first])
    span = Span(start=start, end=start + sum(map(len, lines[first].cells)) + len(lines[first].cells) - 1)
    message = f"Word numbers {len(walk.numbered_lines)} paragraph(s), from here on: their labels are not in the text"
    yield Note(doubt="unreadable_part", span=span, message=message)


def _symbol_notes(text: str) -> Iterator[Note]:
    for at, mark in enumerate(text):
        if mark == "\ufffd":
            message = "a sign of a symbol font that has no code of its own"
            yield Note(doubt="undecodable", span=Span(start=at, end=at + 1), message=message)
