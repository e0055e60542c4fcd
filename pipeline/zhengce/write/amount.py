"""A value with its bound and unit, as people write it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from zhengce.write.compare_terms import Language

__all__ = ["amount"]

LARGE = ((Decimal(10**8), "亿"), (Decimal(10**4), "万"))
MOST_DECIMALS = 4
FORMS = {
    "zh": {">=": "{}以上", "<=": "{}以内", ">": "超过{}", "<": "低于{}", "~": "{}左右"},
    "en": {">=": "≥ {}", "<=": "≤ {}", ">": "> {}", "<": "< {}", "~": "about {}"},
}
RATES = ("%", "‰")
EACH = {"zh": "不少于{}", "en": "at least {} each"}


def amount(
    value: object, value_max: object, bound: object, unit: object, per: Sequence[str] = (), *, lang: Language = "zh"
) -> str:
    """The value as prose has it, in 万 and 亿 or in thousands; empty for None. Numbers are decimal strings.

    >>> amount("600000", None, ">=", "人次"), amount("5", "6", "range", "%")
    ('60万人次以上', '5%—6%')
    >>> amount("500", None, "<=", "元", ["人", "月"])
    '500元/人/月以内'
    >>> amount("600000", None, ">=", "人次", lang="en"), amount("5.5", None, "~", "%", lang="en")
    ('≥ 600,000 人次', 'about 5.5%')
    """
    if value is None:
        return ""
    measure = "" if unit is None else str(unit)
    if value_max is not None:
        told = f"{_number(value, measure, lang)}—{_number(value_max, measure, lang)}"
    else:
        told = _number(value, measure, lang)
    form = EACH[lang] if bound == "each>=" else FORMS[lang].get(str(bound), "{}")
    return form.format(told + "".join(f"/{one}" for one in per))


def _number(value: object, unit: str, lang: Language) -> str:
    number = Decimal(str(value))
    if lang == "en":
        return f"{number:,f}{unit}" if unit in ("", *RATES) else f"{number:,f} {unit}"
    for size, word in LARGE:
        short = (number / size).normalize()
        if abs(number) >= size and -int(short.as_tuple().exponent) <= MOST_DECIMALS:
            return f"{short:f}{word}{unit}"
    return f"{number:f}{unit}"
