"""Numbers as Word writes them in front of paragraphs: 一 ① iv 甲 01."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

__all__ = ["numbered"]

STEMS, BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"  # 天干, 地支: the ten stems and twelve branches
LEGAL_SIMPLIFIED, LEGAL_TRADITIONAL = "零壹贰叁肆伍陆柒捌玖", "零壹貳參肆伍陸柒捌玖"
DIGITS = "〇一二三四五六七八九"
ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
         (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


def numbered(value: int, form: str) -> str | None:
    """The number in a format of ST_NumberFormat (ECMA-376 part 1, 17.18.59); None for a format that is not known.

    Beyond the end of a set that has one (①–⑳, 甲–癸) Word goes on in decimals. From 100 on, chineseCounting writes
    digits (一〇〇) and chineseCountingThousand counts (一百), with 〇 for an empty place as Word does.

    >>> [numbered(21, form) for form in ("chineseCounting", "ideographDigital", "decimalZero", "lowerRoman")]
    ['二十一', '二一', '21', 'xxi']
    >>> numbered(101, "chineseCountingThousand"), numbered(3, "decimalEnclosedCircleChinese"), numbered(3, "hebrew1")
    ('一百〇一', '③', None)
    """
    if form == "none":
        return ""
    write = FORMS.get(form)
    if write is None:
        return None
    return write(value) if value > 0 or form.startswith("decimal") else ""  # no other format has a sign for 0


def _counted(value: int, digits: str = DIGITS, places: Sequence[str] = ("", "十", "百", "千")) -> str:
    """A number as it is counted: 十一, 一百〇一, 一万〇二十; formal digits keep the 壹 before 拾."""
    if value >= 10000:
        rest = value % 10000
        low = (digits[0] if 0 < rest < 1000 else "") + (_counted(rest, digits, places) if rest else "")
        return _counted(value // 10000, digits, places) + "万" + low
    written, pending = "", False
    for place in range(3, -1, -1):
        digit = value // 10**place % 10
        if digit:
            written += (digits[0] if pending and written else "") + digits[digit] + places[place]
        pending = not digit
    return written[1:] if written.startswith("一十") else written


def _to_99(value: int) -> str:
    return _counted(value) if value < 100 else _digits(value)


def _digits(value: int) -> str:
    return "".join(DIGITS[int(digit)] for digit in str(value))


def _japanese(value: int) -> str:
    written = ""
    for place, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // place % 10
        written += ("" if digit == 1 and name else DIGITS[digit] if digit else "") + (name if digit else "")
    return written if value < 10000 else str(value)


def _roman(value: int) -> str:
    written = ""
    for worth, letters in ROMAN:
        written += letters * (value // worth)
        value %= worth
    return written


def _letters(value: int) -> str:
    return chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)


def _from(first: str, last: str) -> Callable[[int], str]:
    """The characters of Unicode from one to another, and decimals after them."""
    return lambda value: chr(ord(first) + value - 1) if value <= ord(last) - ord(first) + 1 else str(value)


def _among(marks: str) -> Callable[[int], str]:
    return lambda value: marks[value - 1] if value <= len(marks) else str(value)


def _ordinal(value: int) -> str:
    ending = "th" if value % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return f"{value}{ending}"


def _wide(value: int) -> str:
    return "".join(chr(ord(digit) + 0xFEE0) for digit in str(value))


FORMS: Mapping[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalFullWidth": _wide,
    "decimalFullWidth2": _wide,
    "decimalZero": lambda value: f"{value:02}",
    "numberInDash": lambda value: f"- {value} -",
    "ordinal": _ordinal,
    "hex": lambda value: f"{value:X}",
    "upperRoman": lambda value: _roman(value).upper(),
    "lowerRoman": _roman,
    "upperLetter": lambda value: _letters(value).upper(),
    "lowerLetter": _letters,
    "decimalEnclosedCircle": _from("①", "⑳"),
    "decimalEnclosedCircleChinese": _from("①", "⑳"),
    "decimalEnclosedFullstop": _from("⒈", "⒛"),
    "decimalEnclosedParen": _from("⑴", "⒇"),
    "ideographEnclosedCircle": _from("㊀", "㊉"),
    "chineseCounting": _to_99,
    "taiwaneseCounting": _to_99,
    "chineseCountingThousand": _counted,
    "taiwaneseCountingThousand": _counted,
    "japaneseCounting": _japanese,
    "ideographDigital": _digits,
    "taiwaneseDigital": _digits,
    "japaneseDigitalTenThousand": _digits,
    "chineseLegalSimplified": lambda value: _counted(value, LEGAL_SIMPLIFIED, ("", "拾", "佰", "仟")),
    "ideographLegalTraditional": lambda value: _counted(value, LEGAL_TRADITIONAL, ("", "拾", "佰", "仟")),
    "japaneseLegal": lambda value: _counted(value, LEGAL_TRADITIONAL, ("", "拾", "佰", "仟")),
    "ideographTraditional": _among(STEMS),
    "ideographZodiac": _among(BRANCHES),
    "ideographZodiacTraditional": lambda value: STEMS[(value - 1) % 10] + BRANCHES[(value - 1) % 12],
}
