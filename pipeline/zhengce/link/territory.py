"""Whether two regions can be meant by one report of the same thing: one holds the other."""

from __future__ import annotations

__all__ = ["compatible", "holds"]


def compatible(one: str | None, other: str | None) -> bool:
    """Whether one region holds the other by their codes (GB/T 2260); an unknown one is compatible with all.

    >>> compatible("520000", "522633"), compatible("510824", "411425"), compatible(None, "510824")
    (True, False, True)
    """
    return not one or not other or holds(one, other) or holds(other, one)


def holds(outer: str, inner: str) -> bool:
    """Whether a region is or holds another one.

    >>> holds("510800", "510823"), holds("510823", "510800")
    (True, False)
    """
    digits = 2 if outer.endswith("0000") else 4 if outer.endswith("00") else 6
    return inner[:digits] == outer[:digits]
