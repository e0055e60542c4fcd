"""pypdfium2's pages as sheets, for those that pdfplumber cannot read."""

from __future__ import annotations

from collections import Counter
from ctypes import c_double
from math import hypot
from typing import Any

from zhengce.read.layout_sheet import Glyph, Sheet
from zhengce.read.layout_turn import side_of

__all__ = ["pdfium_picture", "pdfium_sheet"]

DESCENT = 0.12  # how deep letters reach below their baseline, in type sizes


def pdfium_sheet(data: bytes, number: int) -> Sheet:
    """One page (from 1) with its characters' boxes in points on the page as it is shown; without pictures and rules."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        page = document[number - 1]
        width, height = page.get_size()
        words = page.get_textpage()
        try:
            glyphs = _glyphs(page, words, width, height)
        finally:
            words.close()
            page.close()
    finally:
        document.close()
    sides = Counter(side for side, _ in glyphs if side >= 0)
    turn = max(sides, key=lambda side: (sides[side], -side), default=0)
    aside = "".join(glyph.text for side, glyph in glyphs if side != turn)
    upright = tuple(glyph for side, glyph in glyphs if side == turn)
    return Sheet(number=number, width=width, height=height, glyphs=upright, aside=aside, turn=turn)


def pdfium_picture(data: bytes, number: int, scale: float) -> Any:
    """One page (from 1) drawn with `scale` dots to a point: an array of height × width × 3, red first."""
    import numpy as np
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        page = document[number - 1]
        try:
            return np.asarray(page.render(scale=scale).to_pil().convert("RGB"))
        finally:
            page.close()
    finally:
        document.close()


def _glyphs(page: Any, words: Any, width: float, height: float) -> list[tuple[int, Glyph]]:
    """The characters, each with how it is turned (clockwise in degrees, -1 at a slant).

    As high as the type from its baseline, for pdfium's own boxes are as high as each letter's ink.
    """
    from pypdfium2 import raw

    turn = page.get_rotation()
    left, foot, right, top = page.get_cropbox()
    found = []
    rect, matrix, x, y = raw.FS_RECTF(), raw.FS_MATRIX(), c_double(), c_double()
    for at in range(words.count_chars()):
        text = chr(raw.FPDFText_GetUnicode(words, at) or 0xFFFD)
        if text in "\r\n\ufffe" or raw.FPDFText_IsGenerated(words, at) == 1:
            continue
        if not (raw.FPDFText_GetLooseCharBox(words, at, rect) and raw.FPDFText_GetMatrix(words, at, matrix)):
            continue
        side = side_of((matrix.a, matrix.b, matrix.c, matrix.d))
        box = (rect.left, rect.bottom, rect.right, rect.top)
        size = raw.FPDFText_GetFontSize(words, at) * hypot(matrix.c, matrix.d)
        if side in (0, 180) and raw.FPDFText_GetCharOrigin(words, at, x, y):
            up = size if side == 0 else -size
            low, high = sorted((y.value - DESCENT * up, y.value + (1 - DESCENT) * up))
            box = (rect.left, low, rect.right, high)
        elif side in (90, 270) and raw.FPDFText_GetCharOrigin(words, at, x, y):
            up = size if side == 90 else -size
            low, high = sorted((x.value - DESCENT * up, x.value + (1 - DESCENT) * up))
            box = (low, rect.bottom, high, rect.top)
        x0, y0, x1, y1 = _shown(
            turn, (box[0] - left, box[1] - foot, box[2] - left, box[3] - foot), right - left, top - foot
        )
        shown = side if side < 0 else (side + turn) % 360
        found.append((shown, Glyph(text, x0, height - y1, x1, height - y0, size)))
    return found


def _shown(
    turn: int, box: tuple[float, float, float, float], width: float, height: float
) -> tuple[float, float, float, float]:
    """A box on a page of that width and height after the page is turned clockwise by `turn` degrees."""
    x0, y0, x1, y1 = box
    if turn == 90:
        return y0, width - x1, y1, width - x0
    if turn == 180:
        return width - x1, height - y1, width - x0, height - y0
    if turn == 270:
        return height - y1, x0, height - y0, x1
    return box
