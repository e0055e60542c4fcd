"""The rows of the table that `speed.py` prints: what is run, on what, and what it should come to."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from compare import documents, read
from newspapers import PAPERS
from speed_peers import IN_TEXTS, OF_PAIRS, OVER_TEXTS, main_text, pdf_characters
from web import ours as page_read

from zhengce import comparing
from zhengce.document import Document, Raw, Source
from zhengce.flow import clean, process
from zhengce.read.pdf import read_pdf

__all__ = ["Row", "of_files", "of_pages", "of_pairs", "of_pdfs", "of_texts", "size_of"]

TESTS = Path(__file__).resolve().parents[1]
COMPARED = 6  # documents: a baseline and the others
PDF = Source(name="bench.pdf", sha256="", media_type="application/pdf")
Files = Sequence[tuple[str, bytes]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of the table: a function, made where it runs, and what it is timed on: `size` bytes of text.

    `aim` is the least MB a second or, where it is of another row (`than`), the least share of that one's speed.
    """

    name: str
    make: Callable[[], Callable[[Any], object]]
    given: Sequence[Any]
    size: int
    count: int
    aim: float | None = None
    than: str | None = None
    peer: bool = False

    def seconds(self) -> float:
        """CPU seconds for all that is given; raises ImportError where a library is missing."""
        function = self.make()
        for one in self.given[:8] if len(self.given) > 8 else ():  # few enough that nothing is kept of the others
            function(one)
        begun = time.process_time()
        for one in self.given:
            function(one)
        return time.process_time() - begun


def of_texts(held: Sequence[Document]) -> Iterator[Row]:
    """What goes over clean texts."""
    texts = [one.text for one in held]
    size = size_of(texts)
    row = partial(Row, count=len(texts))
    peer = partial(row, given=texts, size=size, peer=True)
    yield peer(name="UTF-8 decoding", make=lambda: bytes.decode, given=[text.encode() for text in texts])
    for name, make in [*OVER_TEXTS.items(), *IN_TEXTS.items()]:
        yield peer(name=name, make=make)
    clean_ones = [Raw(source=one.raw.source, text=one.text) for one in held]
    yield row(name="repairs, of clean text", make=lambda: clean, given=clean_ones, size=size, aim=30)
    raw = [one.raw for one in held]
    yield row(name="repairs, of text as read", make=lambda: clean, given=raw, size=size_of([one.text for one in raw]))


def of_files(files: Files, held: Sequence[Document]) -> Iterator[Row]:
    """The whole, from the bytes of files to records."""
    size = size_of([one.text for one in held])
    made = partial(Row, given=files, size=size, count=len(files))
    yield made(name="file → records", make=lambda: lambda file: process(file[1], file[0]))


def of_pages(files: Files) -> Iterator[Row]:
    """Web pages, those of the tests among them."""
    pages = [data for name, data in files if name.endswith("html")]
    pages += [path.read_bytes() for path in sorted((TESTS / "pages").glob("*.html"))]
    row = partial(Row, given=pages, size=size_of([page_read(data)[0] for data in pages]), count=len(pages))
    yield row(name="read, cleaned, header", make=lambda: page_read, aim=3, than="trafilatura")
    yield row(name="trafilatura", make=main_text, peer=True)


def of_pdfs(files: Files) -> Iterator[Row]:
    """PDFs, newspaper pages made for the tests among them."""
    pdfs = [make().pdf() for make in PAPERS] + [data for name, data in files if name.endswith("pdf")]
    row = partial(Row, given=pdfs, size=size_of([read_pdf(data, PDF).text for data in pdfs]), count=len(pdfs))
    yield row(name="read", make=lambda: lambda data: read_pdf(data, PDF), aim=1 / 1.3, than="pdfplumber, characters")
    yield row(name="pdfplumber, characters", make=pdf_characters, peer=True)


def of_pairs() -> Iterator[Row]:
    """Documents beside a baseline; they are read, and their records found, before the clock runs."""
    comparing.compare(read((name, text[:2000]) for name, text in documents(3)))
    made = list(documents(COMPARED))
    texts = [text for _, text in made]
    members = read(made)
    row = partial(Row, size=size_of(texts[1:]), count=COMPARED - 1)
    yield row(name="compare", make=lambda: comparing.compare, given=[members])
    for name, make in OF_PAIRS.items():
        yield row(name=name, make=make, given=[(texts[0], text) for text in texts[1:]], peer=True)


def size_of(texts: Sequence[str]) -> int:
    return sum(len(text.encode()) for text in texts)
