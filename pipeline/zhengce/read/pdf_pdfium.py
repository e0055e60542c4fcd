"""pypdfium2's pages as sheets, for those that pdfplumber cannot read."""

from __future__ import annotations

from typing import Any

from zhengce.read.layout_sheet import Glyph, Sheet

__all__ = ["pdfium_sheet"]


def pdfium_sheet(data: bytes, number: int) -> Sheet:
    """One page (from 1) with its characters' boxes, in points on the page as it is shown; pictures are not looked for.

    The boxes are loose ones, as high as the type, so that lines are told apart as in pdfplumber's.
    """
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
    return Sheet(number=number, width=width, height=height, glyphs=glyphs)


def _glyphs(page: Any, words: Any, width: float, height: float) -> tuple[Glyph, ...]:
    from pypdfium2 import raw

    turn = page.get_rotation()
    left, foot, right, top = page.get_cropbox()
    found = []
    rect = raw.FS_RECTF()
    for at in range(words.count_chars()):
        text = chr(raw.FPDFText_GetUnicode(words, at) or 0xFFFD)
        if text in "\r\n\ufffe" or raw.FPDFText_IsGenerated(words, at) == 1:
            continue
        if not raw.FPDFText_GetLooseCharBox(words, at, rect):
            continue
        x0, y0, x1, y1 = rect.left - left, rect.bottom - foot, rect.right - left, rect.top - foot
        x0, y0, x1, y1 = _shown(turn, (x0, y0, x1, y1), right - left, top - foot)
        size = y1 - y0
        found.append(Glyph(text, x0, height - y1, x1, height - y0, size))
    return tuple(found)


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
