"""Numerals, Arabic and Chinese, as exact decimals."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

__all__ = ["ARABIC", "CHINESE", "CHINESE_LONG", "SCALE", "parse_number"]

ARABIC = r"(?:\d{1,3}(?:[,\u2009\u202f]\d{3})+(?!\d)|\d+)(?:\.\d+)?"
UNDER_WAN = "[一二三四五六七八九两十廿卅百千]+"
CHINESE_LONG = rf"(?:{UNDER_WAN}亿零?)?{UNDER_WAN}[万亿]零?{UNDER_WAN}"
CHINESE = r"[零〇○一二三四五六七八九两十廿卅百千]+(?:点[零〇一二三四五六七八九]+)?"
SCALE = r"(?:万亿|百万|千万|十万|百亿|千亿|万|亿|兆(?=元))"

DIGITS = {
    char: value
    for value, chars in enumerate(("零〇○", "一", "二两", "三", "四", "五", "六", "七", "八", "九"))
    for char in chars
}
TENS = {"十": 10, "百": 100, "千": 1000}
SCALES = {
    "万": Decimal(10) ** 4,
    "亿": Decimal(10) ** 8,
    "兆": Decimal(10) ** 12,
    **{key: Decimal(n) for key, n in TENS.items()},
}


@lru_cache(maxsize=4096)  # the same few numerals come again and again
def parse_number(text: str) -> Decimal:
    """The value of a numeral, scales multiplied out; GB/T 15835-2011 writes both kinds.

    Takes Arabic digits with grouping, Chinese numerals positional or digit by digit, and mixtures with 万 and 亿.
    Raises ValueError where the text is no numeral.

    >>> parse_number("266.2万"), parse_number("四点八万"), parse_number("二〇二五"), parse_number("3万5千")
    (Decimal('2662000.0'), Decimal('48000.0'), Decimal('2025'), Decimal('35000'))
    """
    text = re.sub(r"[, \u2009\u202f]|个(?=亿)", "", text).replace("廿", "二十").replace("卅", "三十")
    total, rest = Decimal(0), text
    for scale in ("万亿", "兆", "亿", "万"):
        head, found, tail = rest.rpartition(scale)
        if found:
            factor = SCALES["万"] * SCALES["亿"] if scale == "万亿" else SCALES[scale]
            total += (parse_number(head) if head else Decimal(1)) * factor
            rest = tail
            if len(rest) == 1 and rest in DIGITS:  # 一万五 is 15,000, 一万零五 is 10,005
                return total + DIGITS[rest] * factor / 10
    return total + (_below_ten_thousand(rest) if rest else Decimal(0))


def _below_ten_thousand(text: str) -> Decimal:
    arabic = re.fullmatch(r"(\d+(?:\.\d+)?)([十百千]?)(\d*(?:\.\d+)?)", text)
    if arabic:
        head, unit, tail = arabic.groups()
        value = Decimal(head) * (TENS[unit] if unit else 1)
        return value + (Decimal(tail) if tail else 0)
    whole, _, part = text.partition("点")
    if not whole or any(char not in DIGITS and char not in TENS for char in whole):
        mixed = re.fullmatch(r"(\d+(?:\.\d+)?)千(?:(\d+)百)?", text)
        if mixed:
            return Decimal(mixed[1]) * 1000 + Decimal(mixed[2] or 0) * 100
        raise ValueError(f"{text!r} is no numeral")
    value = (
        _positional(whole) if any(char in TENS for char in whole) else Decimal("".join(str(DIGITS[c]) for c in whole))
    )
    if part:
        value += Decimal("0." + "".join(str(DIGITS[char]) for char in part))
    return value


def _positional(text: str) -> Decimal:
    total, digit, last = 0, None, 1
    for char in text:
        if char in TENS:
            last = TENS[char]
            total += (digit or 1) * last
            digit = None
        else:
            digit, last = DIGITS[char], 1 if digit == 0 or DIGITS[char] == 0 else last
    return Decimal(total + (digit or 0) * (last // 10 if last > 10 else 1))  # 两千三 is 2,300
