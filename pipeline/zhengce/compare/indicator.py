"""The canonical indicator of a record: what makes values of different texts comparable."""

from __future__ import annotations

import re
from functools import lru_cache

from zhengce.compare.measured import measured
from zhengce.pair import Indicator

__all__ = ["canonical"]

ASIDE = re.compile(r"[（(［\[][^（）()［］\[\]]*[）)］\]]|[“”‘’\"\s《》○●·]")
NUMBER = re.compile(r"\d")
# 、 joins names of a list, which share what follows: only these marks part one name from what stands before it
PARTING = re.compile(r"[，,；;：:]")


@lru_cache(maxsize=65536)  # the same name stands in every document
def canonical(indicator: str | None, unit: str | None, quote: str) -> Indicator | None:
    """The indicator that a record's words are about; None where it is unknown, or cannot have the unit.

    The words must be the name as a whole, with nothing but verbs, 全省 and the like before it: the growth of a
    district's industry is not that of the province's. Where a record's indicator is not known, the words before the
    number of its quote are tried.

    >>> canonical("地区生产总值增长", "%", "地区生产总值增长5%左右").id
    'gdp_growth'
    >>> canonical("地区生产总值", "元", "地区生产总值达到5万亿元").id
    'gdp'
    >>> canonical("单位地区生产总值能耗", "元", "单位地区生产总值能耗"), canonical("就业", "人", "就业12万人")
    (None, None)
    """
    if unit is None:
        return None
    before = ASIDE.sub("", quote)
    number = NUMBER.search(before)
    for words in (ASIDE.sub("", indicator or ""), before[: number.start()] if number else ""):
        for name in (words, PARTING.split(words)[-1]):
            found = measured(name) if name else None
            if found and (one := next(found.indicators(unit), None)):
                return one
    return None
