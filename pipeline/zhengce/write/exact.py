"""Numbers that a format cannot hold digit by digit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from zhengce.write.columns import Column

__all__ = ["DECIMALS", "DIGITS", "LARGEST", "fits_decimal", "fits_double", "unfit"]

# what decimal128 holds, divided so that yuan of a nation and shares of six decimals both fit
DIGITS, DECIMALS = 38, 10
DOUBLE_DIGITS = 15  # that many come back from a double as they went in
LARGEST = 8e307  # what Stata takes for a number and not for a missing value


def unfit(
    rows: Iterable[Mapping[str, object]], table_columns: Sequence[Column], fits: Callable[[str], bool]
) -> set[str]:
    """The decimal columns in which a number does not fit."""
    names = [column.name for column in table_columns if column.type == "decimal"]
    found: set[str] = set()
    for row in rows:
        found |= {name for name in names if row[name] is not None and not fits(str(row[name]))}
    return found


def fits_decimal(digits: str) -> bool:
    """Whether decimal128(38, 10) holds the number.

    >>> fits_decimal("1200000000000.25"), fits_decimal("0.12345678901")
    (True, False)
    """
    whole, _, decimals = digits.lstrip("+-").partition(".")
    return len(whole) <= DIGITS - DECIMALS and len(decimals) <= DECIMALS


def fits_double(digits: str) -> bool:
    """Whether a double holds all digits of the number.

    >>> [fits_double(digits) for digits in ("1200000000000.25", "9" * 16, "45" + "0" * 20, "1" + "0" * 400)]
    [True, False, True, False]
    """
    return len(digits.lstrip("+-0.").replace(".", "").rstrip("0")) <= DOUBLE_DIGITS and abs(float(digits)) < LARGEST
