"""Prints how long reading a PDF takes beside pdfplumber's own characters: `python tests/bench/pdf.py`.

The figure is the ratio of the whole of `read_pdf` to `page.chars` of every page, measured in turn in one run.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import pdfplumber
from newspapers import PAPERS

from zhengce.document import Source
from zhengce.read.layout import lay_out_pages
from zhengce.read.pdf import read_pdf
from zhengce.read.pdf_plumber import plumber_sheets

SAMPLES = Path(__file__).resolve().parents[2] / "corpora" / "samples"
SOURCE = Source(name="bench.pdf", sha256="", media_type="application/pdf")


def characters(data: bytes) -> int:
    """What pdfplumber does by itself to list the characters of all pages."""
    with pdfplumber.open(BytesIO(data)) as document:
        return sum(len(page.chars) for page in document.pages)


def seconds(function: Callable[[bytes], object], data: bytes) -> float:
    begun = time.process_time()
    function(data)
    return time.process_time() - begun


def main() -> None:
    """Runs the bench."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("files", nargs="*", type=Path)
    given = parser.parse_args()
    files = {make.__name__: make().pdf() for make in PAPERS}
    files |= {path.name: path.read_bytes() for path in [*SAMPLES.glob("*.pdf"), *given.files]}
    print("file".ljust(28) + "characters".rjust(12) + "chars, s".rjust(10) + "read_pdf".rjust(10) + "layout".rjust(10))
    for name, data in files.items():
        sheets = list(plumber_sheets(data, SOURCE))
        turns = [
            (
                seconds(characters, data),
                seconds(lambda data: read_pdf(data, SOURCE), data),
                seconds(lambda _, sheets=sheets: lay_out_pages(sheets), data),  # type: ignore[misc]
            )
            for _ in range(given.rounds)
        ]
        unit = median(turn[0] for turn in turns)
        ratios = [median(turn[at] / turn[0] for turn in turns) for at in (1, 2)]
        count = sum(len(sheet.glyphs) for sheet in sheets)
        print(f"{name:<28}{count:>12,}{unit:>10.3f}" + "".join(f"{ratio:.2f}×".rjust(10) for ratio in ratios))


if __name__ == "__main__":
    main()
