"""Word documents: paragraphs with their numbers, tables, text boxes and notes in the order in which they stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element

from zhengce.document import Raw, Source
from zhengce.errors import NoTextLayer, UnreadableFile
from zhengce.read.docx_lines import Paragraphs
from zhengce.read.docx_lists import Lists
from zhengce.read.docx_package import WORD, Package, open_package
from zhengce.read.docx_runs import Runs, name_of
from zhengce.read.docx_styles import Styles
from zhengce.read.letterhead import margins
from zhengce.read.lines import Line, lay_out
from zhengce.read.word_notes import located, lost_symbols

__all__ = ["read_docx"]

PICTURES = ("blip", "imagedata")


def read_docx(data: bytes, source: Source) -> Raw:
    """The text of a Word document (.docx) as Word shows it: changes accepted, automatic numbers before paragraphs.

    Rows of tables are lines with tabs between cells; text boxes follow the paragraph that they are anchored in; `w:br`
    is a newline and `w:tab` a tab. Foot- and endnotes come after the text as captions, marked [1] and [i] there and in
    place, as do words of diagrams. Headers and footers of pages are in `fields` as 页眉 and 页脚; where only they
    hold the issuer's name or the document's number, also as 发文机关 and 发文字号. Comments, hidden text are out.
    Raises Encrypted, TooLarge, NoTextLayer (pictures only), UnreadableFile (blank).
    """
    package = open_package(data, source)
    root = package.body()
    styles = Styles.of(_first(package.related("styles")))
    runs = Runs(styles=styles, notes=_feet(package))
    walk = Paragraphs(styles=styles, lists=Lists(_first(package.related("numbering")), styles), runs=runs)
    lines = [*walk.lines(root), *walk.feet(), *_diagrams(package)]
    text, blocks = lay_out(lines)
    if not text.strip():
        if any(name_of(element) in PICTURES for element in root.iter()):
            raise NoTextLayer(source.name, "the document holds pictures and no text: run OCR on it first")
        raise UnreadableFile(source.name, "the document is blank: it holds no text")
    notes = (*located(walk.remarks, lines), *lost_symbols(text))
    fields = margins(_margin(package, styles, "header"), _margin(package, styles, "footer"), text)
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


def _diagrams(package: Package) -> Iterator[Line]:
    """The words of diagrams (SmartArt), which stand in parts of their own, as captions after the text."""
    for root in package.related("diagramData"):
        for point in root.iter():
            if name_of(point) == "pt":
                text = "".join(part.text or "" for part in point.iter() if name_of(part) == "t")
                if text.strip():
                    yield Line(cells=(text,), kind="caption")


def _margin(package: Package, styles: Styles, kind: str) -> list[str]:
    """The lines of the headers or footers of all pages."""
    found = []
    for root in package.related(kind):
        walk = Paragraphs(styles=styles, lists=Lists(None, styles), runs=Runs(styles=styles, notes={}))
        found += [" ".join(filter(None, line.cells)) for line in walk.lines(root)]
    return found
