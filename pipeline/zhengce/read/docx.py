"""Word documents: paragraphs with their numbers, tables, text boxes and notes in the order in which they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element

from zhengce.document import Note, Raw, Source
from zhengce.errors import NoTextLayer, UnreadableFile
from zhengce.name.department import SUFFIXES
from zhengce.name.number import NUMBER, normal_number
from zhengce.read.docx_lines import Paragraphs
from zhengce.read.docx_lists import Lists
from zhengce.read.docx_package import WORD, Package, open_package
from zhengce.read.docx_runs import Runs, name_of
from zhengce.read.docx_styles import Styles
from zhengce.read.docx_symbols import LOST
from zhengce.read.lines import Line, lay_out
from zhengce.text import Span

__all__ = ["read_docx"]

# 发文机关标志 (the issuer's name over a document in red): GB/T 9704-2012, 7.2.4
LETTERHEAD = re.compile(rf"(?P<issuer>[\u4e00-\u9fff（） ]{{2,60}}?(?:{SUFFIXES}|国务院|中央))\s*文\s?件")
EDGES = {"header": "页眉", "footer": "页脚"}  # headers, footers of pages
PAGE_NUMBER = re.compile(r"[-—–－·第共页\d\s/]*")
BEGINNING = 600
PICTURES = ("blip", "imagedata")


def read_docx(data: bytes, source: Source) -> Raw:
    """The text of a Word document (.docx) as Word shows it: changes accepted, automatic numbers before paragraphs.

    Rows of tables are lines with tabs between cells; text boxes follow the paragraph that they are anchored in; `w:br`
    is a newline and `w:tab` a tab. Foot- and endnotes come after the text as captions, marked [1] and [i] there and in
    place. Headers and footers of pages are in `fields` as 页眉 and 页脚, and where only they hold the issuer's name
    or the document's number also as 发文机关 and 发文字号. Comments and hidden text are left out.
    Raises Encrypted, TooLarge, NoTextLayer (pictures only), UnreadableFile (blank).
    """
    package = open_package(data, source)
    root = package.body()
    styles = Styles.of(_first(package.related("styles")))
    runs = Runs(styles=styles, notes=_feet(package))
    walk = Paragraphs(styles=styles, lists=Lists(_first(package.related("numbering")), styles), runs=runs)
    lines = [*walk.lines(root), *walk.feet()]
    text, blocks = lay_out(lines)
    fields = _edges(package, styles)
    if not text.strip():
        if any(name_of(element) in PICTURES for element in root.iter()):
            raise NoTextLayer(source.name, "the document holds pictures and no text: run OCR on it first")
        raise UnreadableFile(source.name, "the document is blank: it holds no text")
    notes = (*_remarks(walk, lines), *_lost(text))
    fields |= _letterhead(fields.get(EDGES["header"], ""), text)
    return Raw(source=replace(source, encoding=None), text=text, blocks=blocks, fields=fields, notes=notes)


def _first(roots: list[Element]) -> Element | None:
    return roots[0] if roots else None


def _feet(package: Package) -> dict[tuple[str, str], Element]:
    """The foot- and endnotes by kind and id, without the lines that part them from the text."""
    return {
        (kind, note.get(f"{WORD}id", "")): note
        for kind in ("footnote", "endnote")
        for root in package.related(f"{kind}s")
        for note in root.findall(f"{WORD}{kind}")
        if note.get(f"{WORD}type", "normal") == "normal"
    }


def _edges(package: Package, styles: Styles) -> dict[str, str]:
    """The text of headers and footers, each line once, without page numbers."""
    fields = {}
    for kind, label in EDGES.items():
        found: dict[str, None] = {}
        for root in package.related(kind):
            walk = Paragraphs(styles=styles, lists=Lists(None, styles), runs=Runs(styles=styles, notes={}))
            shown = (" ".join(filter(None, line.cells)).strip() for line in walk.lines(root))
            found |= dict.fromkeys(line for line in shown if not PAGE_NUMBER.fullmatch(line))
        if found:
            fields[label] = "\n".join(found)
    return fields


def _letterhead(header: str, text: str) -> dict[str, str]:
    """The issuer and the document's number (文号) that only the header of a page states."""
    fields = {}
    number = NUMBER.search(header)
    if number and not NUMBER.search(text[:BEGINNING]):
        fields["发文字号"] = normal_number(number)
    for line in header.split("\n"):
        if issuer := LETTERHEAD.fullmatch(line.strip()):
            fields["发文机关"] = re.sub(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])", "", issuer["issuer"])
    return fields


def _remarks(walk: Paragraphs, lines: Iterable[Line]) -> Iterator[Note]:
    spans, at = [], 0
    for line in lines:
        length = sum(map(len, line.cells)) + len(line.cells) - 1
        spans.append(Span(start=at, end=at + length))
        at += length + 1
    for ordinal, doubt, message in walk.remarks:
        yield Note(doubt=doubt, span=spans[ordinal], message=message)


def _lost(text: str) -> Iterator[Note]:
    for at, mark in enumerate(text):
        if mark == LOST:
            message = "a sign of a symbol font that has no code of its own"
            yield Note(doubt="undecodable", span=Span(start=at, end=at + 1), message=message)
