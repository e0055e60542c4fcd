"""The characters of a text that everyday simplified writing does not hold: most damage shows in nothing else."""

from __future__ import annotations

import re
from functools import cache, lru_cache

__all__ = ["rare"]

# GB 2312's punctuation and signs, then the level of its everyday characters, as GBK has them
PUNCTUATION, EVERYDAY = range(0xA1, 0xA4), range(0xB0, 0xD8)
CELLS = range(0xA1, 0xFF)
WIDE = re.compile("[\u3000０-９Ａ-Ｚａ-ｚ％]")


@lru_cache(maxsize=4)  # the repairs ask one after the other
def rare(text: str) -> str:
    """The characters of a text that are neither ASCII nor everyday Chinese ones nor their punctuation, in order.

    Full-width letters, digits and blanks count among them, as do control characters but for tab and line feed.

    >>> rare("補贴５００元，\\u3000培训（浏阳）。\\n")
    '補５００\\u3000浏'
    """
    return "".join(_pattern().findall(text))


@cache
def _pattern() -> re.Pattern[str]:
    codes = (bytes((row, cell)) for row in (*PUNCTUATION, *EVERYDAY) for cell in CELLS)
    signs = WIDE.sub("", "".join(code.decode("gbk", "ignore") for code in codes))
    return re.compile(f"[^\t\n -~{re.escape(signs)}]")
