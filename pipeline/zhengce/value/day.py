"""Whole days as documents are dated: in figures, in characters, with the zeros that typists use."""

from __future__ import annotations

import re
from datetime import date

from zhengce.value.number import parse_number

__all__ = ["FULL_DAY", "parse_day"]

ZEROS = "Ｏ○零OoＯо0◯⚪О"  # what is typed for 〇 in the year of a date line
# a whole day in figures or in characters, as documents are dated; blanks may part what a typist set apart
FULL_DAY = (
    r"(?:19|20)\d\d ?年 ?\d{1,2} ?月 ?\d{1,2} ?日|"
    rf"[一二] ?(?:[〇一二三四五六七八九{ZEROS}] ?){{3}}年 ?(?:[元一二三四五六七八九十] ?){{1,2}}月 ?"
    r"(?:[一二三四五六七八九十廿卅] ?){1,3}日"
)
DAY_IN_FIGURES = re.compile(r"((?:19|20)\d\d)\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})(?!\d)")
DAY_IN_CHARACTERS = re.compile(
    rf"([一二]\s?(?:[〇一二三四五六七八九{ZEROS}]\s?){{3}})年\s?((?:[元一二三四五六七八九十]\s?){{1,2}})月\s?"
    r"((?:[一二三四五六七八九十廿卅]\s?){1,3})日"
)


def parse_day(text: str) -> date | None:
    """The day that a date line writes, in Arabic or Chinese numerals; None where there is none.

    >>> parse_day("二〇二二年十月八日"), parse_day("2018年11月09日"), parse_day("2024-03-05 10:00")
    (datetime.date(2022, 10, 8), datetime.date(2018, 11, 9), datetime.date(2024, 3, 5))
    """
    match = DAY_IN_FIGURES.search(text)
    if match:
        parts = list(match.groups())
    elif match := DAY_IN_CHARACTERS.search(text):
        parts = ["".join(part.split()).replace("元", "一") for part in match.groups()]
        parts[0] = re.sub(rf"[{ZEROS}]", "〇", parts[0])
    else:
        return None
    try:
        return date(*(int(parse_number(part)) for part in parts))
    except ValueError:
        return None
