"""Bounds on what pdfminer unpacks and draws, of which it has none itself."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from zhengce.document import Source
from zhengce.errors import TooLarge

__all__ = ["Bomb", "bounded"]

MEBIBYTE = 1 << 20
MOST_UNPACKED = 64 * MEBIBYTE
# forms and pictures that a page draws, and how deep they stand in one another; pdfminer leaves out what draws itself,
# but pdfium, which is asked next, would not end
MOST_DRAWN, DEEPEST = 100_000, 64


class Bomb(Exception):
    """A PDF that would not end, or fill the memory; the first argument says why."""


@contextmanager
def bounded(source: Source) -> Iterator[None]:
    """Let pdfminer unpack no stream to more than 64 MiB and draw no form that draws itself; raises TooLarge."""
    from pdfplumber.utils.exceptions import PdfminerException

    _bind()
    try:
        yield
    except (Bomb, PdfminerException) as error:
        bomb = error.args[0] if isinstance(error, PdfminerException) and error.args else error
        if not isinstance(bomb, Bomb):
            raise
        raise TooLarge(source.name, str(bomb)) from error


class _Unpacking:
    """What pdfminer asks of zlib."""

    error = zlib.error
    decompressobj = staticmethod(zlib.decompressobj)

    @staticmethod
    def decompress(data: bytes) -> bytes:
        stream = zlib.decompressobj()
        unpacked = stream.decompress(data, MOST_UNPACKED)
        if not stream.eof and len(unpacked) >= MOST_UNPACKED:
            raise Bomb(f"a part of the PDF unpacks to more than {MOST_UNPACKED // MEBIBYTE} MiB")
        if not stream.eof:
            raise zlib.error("incomplete or truncated stream")
        return unpacked


@cache
def _bind() -> None:
    """Put the bounds into pdfminer, once a process: a page's device counts what is drawn on it."""
    from pdfminer import pdfinterp, pdftypes
    from pdfminer.psparser import literal_name

    vars(pdftypes)["zlib"] = _Unpacking
    draw = pdfinterp.PDFPageInterpreter.do_Do

    def counted(self: Any, name: Any) -> None:
        form = getattr(self.xobjmap.get(literal_name(name)), "objid", None)
        device = self.device
        device.drawn = getattr(device, "drawn", 0) + 1
        device.open = getattr(device, "open", ())
        if device.drawn > MOST_DRAWN or len(device.open) >= DEEPEST or (form is not None and form in device.open):
            raise Bomb("a page of the PDF draws a form that draws itself, or too many: print it to a PDF anew")
        device.open += (form,)
        draw(self, name)
        device.open = device.open[:-1]

    vars(pdfinterp)["PDFPageInterpreter"].do_Do = counted
