"""Prints how well scans are read: `python tests/bench/scan.py [--blur 0.6 --degrees 0.8]`.

The newspaper fixtures are drawn at 150 dpi in whatever font pdfium finds, blurred, turned and read again. Printed:
the share of characters read (whatever their order), the share of neighbouring pairs of lines that stand in the order of
the text layer, and seconds a page.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections import Counter
from io import BytesIO
from itertools import pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from made_scan import worn
from newspapers import PAPERS
from PIL import Image

from zhengce.document import Raw
from zhengce.read import read_file
from zhengce.read.pdf_pdfium import pdfium_picture

DPI, LIKE = 150, 0.7


def lines(raw: Raw) -> list[str]:
    """The printed lines of the first page, in reading order."""
    return [re.sub(r"\s", "", raw.text[block.span.start : block.span.end]) for block in raw.blocks if block.page == 1]


def in_order(found: list[str], wanted: list[str]) -> float:
    """The share of neighbouring pairs of `wanted` whose lines follow each other in `found`, by their characters."""
    text = "".join(found)
    places = [_place(text, line) for line in wanted]
    pairs = [(one, two) for one, two in pairwise(places) if one is not None and two is not None]
    return sum(one < two <= one + 60 for one, two in pairs) / max(len(pairs), 1)


def _place(text: str, line: str) -> int | None:
    """Where a line stands, by the first six of its characters that stand together once."""
    for at in range(max(len(line) - 5, 0)):
        piece = line[at : at + 6]
        if text.count(piece) == 1:
            return text.index(piece) - at
    return None


def main() -> None:
    """Runs the bench."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--blur", type=float, default=0.6)
    parser.add_argument("--degrees", type=float, default=0.8)
    given = parser.parse_args()
    for make in PAPERS:
        data = make().pdf()
        drawn = worn(Image.fromarray(pdfium_picture(data, 1, DPI / 72)), degrees=given.degrees, blur=given.blur)
        out = BytesIO()
        drawn.save(out, "PNG", dpi=(DPI, DPI))
        begun = time.perf_counter()
        found = lines(read_file(out.getvalue(), "版面.png"))
        took = time.perf_counter() - begun
        wanted = lines(read_file(data, "版面.pdf"))
        want, got = Counter("".join(wanted)), Counter("".join(found))
        read = sum((want & got).values()) / want.total()
        print(f"{make.__name__:28} characters {read:.4f}  order {in_order(found, wanted):.4f}  {took:.0f} s")


if __name__ == "__main__":
    main()
