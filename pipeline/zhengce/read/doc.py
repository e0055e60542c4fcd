"""Binary Word documents (.doc, and .wps of WPS Writer): paragraphs with their numbers, tables, text boxes and notes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from struct import unpack_from

from zhengce.document import Raw, Source
from zhengce.errors import NoTextLayer, UnreadableFile
from zhengce.read.doc_file import WordFile, open_word
from zhengce.read.doc_lines import DocLines
from zhengce.read.doc_properties import Properties
from zhengce.read.letterhead import margins
from zhengce.read.lines import Line, lay_out
from zhengce.read.word_notes import located, lost_symbols

__all__ = ["read_doc"]

PICTURES = "\x01\x08"
SEPARATORS, STORIES, HEADERS = 6, 6, (0, 1, 4)


def read_doc(data: bytes, source: Source) -> Raw:
    """The text of a binary Word document, laid out as a .docx would be: see `read_docx`.

    Raises Encrypted, NoTextLayer (pictures only), UnknownFormat (another OLE file), UnreadableFile (blank, Word 6/95).
    """
    document = open_word(data, source)
    properties = Properties.of(document)
    walk = DocLines(document, properties)
    lines = [*walk.body(), *walk.feet()]
    text, blocks = lay_out(lines)
    if not text.strip():
        main = document.parts["main"]
        if any(mark in document.units[main.start : main.stop] for mark in PICTURES):
            raise NoTextLayer(source.name, "the document holds pictures and no text: run OCR on it first")
        raise UnreadableFile(source.name, "the document is blank: it holds no text")
    notes = (*located(walk.remarks, lines), *lost_symbols(text))
    headers, footers = list(_margins(document, properties, True)), list(_margins(document, properties, False))
    headers += _shown(DocLines(document, properties).part(document.parts["header_boxes"]))
    fields = margins(headers, footers, text)
    return Raw(source=replace(source, encoding=None), text=text, blocks=blocks, fields=fields, notes=notes)


def _margins(document: WordFile, properties: Properties, headers: bool) -> Iterator[str]:
    """The lines of headers, or of footers, of all sections; before them stand the lines over notes."""
    table = document.structure("headers")
    ends = unpack_from(f"<{len(table) // 4}I", table)
    part = document.parts["headers"]
    for number in range(SEPARATORS, len(ends) - 2):
        if ((number - SEPARATORS) % STORIES in HEADERS) == headers:
            yield from _shown(DocLines(document, properties).part(part[ends[number] : ends[number + 1]]))


def _shown(lines: Iterator[Line]) -> Iterator[str]:
    return (" ".join(filter(None, line.cells)) for line in lines)
