"""Numbers that copying turns into others: digits in another order, a scale (万) that was dropped."""

from __future__ import annotations

from decimal import Decimal

__all__ = ["digits", "is_slip"]

FEWEST = 2  # digits of a number that are not zeros at its ends: 2 and 20 are two numbers, 26 and 62 may be a slip


def is_slip(one: Decimal, other: Decimal) -> bool:
    """Whether one number can be the other one miscopied.

    >>> [is_slip(Decimal(one), Decimal(two)) for one, two in (("216", "261"), ("126000", "12.6"), ("20", "200"))]
    [True, True, False]
    """
    here, there = digits(one), digits(other)
    if one == other or min(len(here), len(there)) < FEWEST:
        return False
    same_scale = one.adjusted() == other.adjusted()
    return here == there or (same_scale and sorted(here) == sorted(there))


def digits(number: Decimal) -> str:
    """The digits of a number without the point and the zeros round them.

    >>> digits(Decimal("-0.0520")), digits(Decimal(126000))
    ('52', '126')
    """
    return f"{number:f}".replace("-", "").replace(".", "").strip("0")
