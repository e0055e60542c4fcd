"""Offsets as JavaScript, Java and .NET count them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable

__all__ = ["utf16"]

LAST_OF_ONE_UNIT = "\uffff"


def utf16(text: str) -> Callable[[int], int]:
    """What turns an offset in code points of the text into one in UTF-16 code units.

    >>> offset = utf16("𠮷林市补贴😀元")
    >>> [offset(at) for at in (0, 1, 5, 6, 7)]
    [0, 2, 6, 8, 9]
    """
    astral = [] if text.isascii() else [at for at, char in enumerate(text) if char > LAST_OF_ONE_UNIT]
    return lambda offset: offset + bisect_left(astral, offset)
