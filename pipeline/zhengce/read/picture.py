"""Pictures of pages (JPEG, PNG, TIFF, GIF) read by OCR."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any

from zhengce.document import Note, Raw, Source
from zhengce.errors import NoTextLayer, TooLarge
from zhengce.read.layout import lay_out_pages
from zhengce.read.ocr import can_read
from zhengce.read.scan import scan, with_confidence
from zhengce.text import Span

__all__ = ["ADVICE", "BY_OCR", "read_picture"]

ADVICE = "to read it, install OCR, which runs on this machine: pip install 'zhengce[ocr]'"
BY_OCR = Note(
    doubt="inferred", span=Span(start=0, end=0), message="the text was read from a picture by OCR: check what you cite"
)
POINTS, USUAL, COARSEST, FINEST = 72.0, 150.0, 90.0, 1200.0
MOST_PIXELS = 120_000_000


def read_picture(data: bytes, source: Source) -> Raw:
    """The text of a picture, a page a frame, in reading order; each line is a block with its page and box in points.

    Places are by the resolution that the picture states, else as of 150 dpi. A line of which OCR is unsure gets a Note.
    Raises NoTextLayer where OCR is not installed or finds no text, TooLarge for more than 120 million pixels.
    """
    if not can_read():
        raise NoTextLayer(source.name, f"a picture of {len(data):,} bytes, not a text; {ADVICE}")
    scans = [
        scan(frame, number, POINTS / resolution)
        for number, (frame, resolution) in enumerate(_frames(data, source), start=1)
    ]
    text, blocks = lay_out_pages([one.sheet for one in scans])
    if not text.strip():
        raise NoTextLayer(source.name, "OCR finds no text in the picture")
    blocks, notes = with_confidence(blocks, scans)
    source = replace(source, encoding=None, media_type=_media_type(data))
    return Raw(source=source, text=text, blocks=blocks, notes=(BY_OCR, *notes))


def _media_type(data: bytes) -> str:
    from PIL import Image

    with Image.open(BytesIO(data)) as picture:
        return Image.MIME.get(picture.format or "", "image/*")


def _frames(data: bytes, source: Source) -> Iterator[tuple[Any, float]]:
    """The frames as arrays of height × width × 3, red first, upright as the camera held it, with their dots an inch."""
    import numpy as np
    from PIL import Image, ImageOps, ImageSequence

    with Image.open(BytesIO(data)) as picture:
        for frame in ImageSequence.Iterator(picture):
            if frame.width * frame.height > MOST_PIXELS:
                size = f"{frame.width:,} × {frame.height:,}"
                raise TooLarge(source.name, f"the picture has {size} pixels: save it with at most {MOST_PIXELS:,}")
            stated = float(frame.info.get("dpi", (0,))[0] or 0)
            clear = ImageOps.exif_transpose(frame).convert("RGBA")
            paper = Image.new("RGBA", clear.size, "white")
            shown = Image.alpha_composite(paper, clear).convert("RGB")
            yield np.asarray(shown), stated if COARSEST <= stated <= FINEST else USUAL
