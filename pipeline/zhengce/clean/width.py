"""Full-width letters and digits → half-width; punctuation stays as printed (no NFKC)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhengce.clean.rare import rare
from zhengce.text import Edit, Span

__all__ = ["narrow"]

WIDE = re.compile(r"[０-９Ａ-Ｚａ-ｚ％]")
DIGIT = "[0-9０-９]"
POINT = re.compile(f"(?<={DIGIT})．(?={DIGIT})")
# 3．10种, 1．2025年 at the beginning of a line: the number of an item, and no decimal
ITEM = re.compile(rf"(?:^|\n)[ \t\u3000]*{DIGIT}{{1,2}}$")
BEFORE = 12  # characters before a point in which an item's number stands


def narrow(text: str) -> Iterator[Edit]:
    """Proposes the ASCII form of each full-width letter, digit and percent sign, and of a point between digits.

    Without the point ２．６万 would read as 6万; behind the number of an item it stays.

    >>> from zhengce.text import apply
    >>> apply("补贴５００元，占３０％。", narrow("补贴５００元，占３０％。"))[0]
    '补贴500元，占30%。'
    >>> text = "１．２０２５年共２．６万人"
    >>> apply(text, narrow(text))[0]
    '1．2025年共2.6万人'
    """
    for match in WIDE.finditer(text) if WIDE.search(rare(text)) else ():
        span = Span(start=match.start(), end=match.end())
        yield Edit(span=span, replacement=chr(ord(match[0]) - 0xFEE0), rule="width.narrow")
    for match in POINT.finditer(text) if "．" in text else ():
        if not ITEM.search(text[max(0, match.start() - BEFORE) : match.start()]):
            yield Edit(span=Span(start=match.start(), end=match.end()), replacement=".", rule="width.narrow")
