"""What a Word document with long tables is written with: their rows stay out of its tree."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple
from zipfile import ZipFile

from zhengce.write.visible import visible
from zhengce.write.zip_member import zip_member

if TYPE_CHECKING:
    from docx.document import Document

__all__ = ["Content", "DocxDesk"]

EMU_A_CM, EMU_A_TWIP = 360_000, 635
HEAD_FILL = "E3E8ED"
BODY = "word/document.xml"
GRID_END = b"</w:tblGrid>"  # rows of a table follow it
CONTROLS = {"\n": "<w:br/>", "\t": "<w:tab/>"}
CONTROL = re.compile("([\n\t])")


class Content(NamedTuple):
    """What a cell of a table holds: a line in bold, what follows, its fill, and whether cells below it join it."""

    bold: str = ""
    text: str = ""
    fill: str = ""
    merge: Literal["", "restart", "continue"] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocxDesk:
    """A Word document whose lines of text are `width` cm wide, and the markup of the rows of its tables in their order.

    python-docx walks a whole table for each cell that it is asked for, and its tree takes ten times the room of what
    is written: rows are made when the document is saved, one at a time.
    """

    document: Document
    width: float
    rows: list[Iterator[str]] = field(default_factory=list)

    def table(self, heads: Sequence[str], rows: Iterable[Sequence[Content]], shares: Sequence[float]) -> None:
        """Add a table with borders whose first row is repeated on every page; `shares` are of the page's width."""
        widths = [int(EMU_A_CM * self.width * share / sum(shares)) for share in shares]
        table = self.document.add_table(rows=0, cols=len(heads), style="Table Grid")
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):  # WPS goes by these, Word by the cells'
            column.width = width
        self.rows.append(_rows(heads, rows, [round(width / EMU_A_TWIP) for width in widths]))
        self.document.add_paragraph()

    def save(self, path: Path) -> None:
        """Write the document with the rows of its tables; once, since they are used up. Raises OSError."""
        without_rows = BytesIO()
        self.document.save(without_rows)
        with ZipFile(without_rows) as made, ZipFile(path, "w") as package:
            for name in made.namelist():
                member = zip_member(name)
                if name != BODY:
                    package.writestr(member, made.read(name))
                    continue
                start, *rest = made.read(name).split(GRID_END)
                with package.open(member, "w") as file:
                    file.write(start)
                    for rows, piece in zip(self.rows, rest, strict=True):
                        file.write(GRID_END)
                        file.writelines(row.encode() for row in rows)
                        file.write(piece)


def _rows(heads: Sequence[str], rows: Iterable[Sequence[Content]], twips: Sequence[int]) -> Iterator[str]:
    head = _cells([Content(text, fill=HEAD_FILL) for text in heads], twips)
    yield f"<w:tr><w:trPr><w:tblHeader/></w:trPr>{head}</w:tr>"
    for contents in rows:
        yield f"<w:tr>{_cells(contents, twips)}</w:tr>"


def _cells(contents: Sequence[Content], twips: Sequence[int]) -> str:
    return "".join(_cell(content, width) for content, width in zip(contents, twips, strict=True))


def _cell(content: Content, twips: int) -> str:
    merge = f'<w:vMerge w:val="{content.merge}"/>' if content.merge else ""
    fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{content.fill}"/>' if content.fill else ""
    bold = _run(content.bold, "<w:rPr><w:b/></w:rPr>")
    between = "</w:p><w:p>" if content.bold and content.text else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:type="dxa" w:w="{twips}"/>{merge}{fill}</w:tcPr>'
        f"<w:p>{bold}{between}{_run(content.text)}</w:p></w:tc>"
    )


def _run(text: str, style: str = "") -> str:
    if not text:
        return ""
    pieces = CONTROL.split(escape(visible(text), quote=False))
    return f"<w:r>{style}{''.join(CONTROLS.get(piece) or _words(piece) for piece in pieces if piece)}</w:r>"


def _words(text: str) -> str:
    return f"<w:t>{text}</w:t>" if text == text.strip() else f'<w:t xml:space="preserve">{text}</w:t>'
