"""Whether two numbers for the same thing can both be true, with the words that bound them."""

from __future__ import annotations

from decimal import Decimal

from zhengce.record import Bound

__all__ = ["contradict"]

ABOUT = Decimal("0.1")  # 约: a tenth more or less
MORE = Decimal("1.5")  # 200多: not yet half as many again
ENDLESS = Decimal("Infinity")


def contradict(
    one: tuple[Decimal, Decimal | None, Bound | None], other: tuple[Decimal, Decimal | None, Bound | None]
) -> bool:
    """Whether two values (value, upper end of a range, bound) exclude one another.

    >>> contradict((Decimal(216), None, "="), (Decimal(261), None, "="))
    True
    >>> contradict((Decimal(216), None, "="), (Decimal(200), None, ">"))
    False
    """
    low, high = sorted(_interval(*one))
    floor, ceiling = sorted(_interval(*other))
    return max(low, floor) > min(high, ceiling)


def _interval(value: Decimal, upper: Decimal | None, bound: Bound | None) -> tuple[Decimal, Decimal]:
    match bound:
        case ">":
            return value, value * MORE
        case ">=" | "each>=":
            return value, ENDLESS
        case "<=" | "<":
            return (value * (1 - ABOUT), value) if bound == "<" else (-ENDLESS, value)
        case "~":
            return value * (1 - ABOUT), value * (1 + ABOUT)
        case "range":
            return value, upper if upper is not None else value
        case _:
            return value, value
