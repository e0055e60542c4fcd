"""Full-width letters and digits → half-width; punctuation stays as printed (no NFKC)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhengce.text import Edit, Span

__all__ = ["narrow"]

WIDE = re.compile(r"[０-９Ａ-Ｚａ-ｚ％]")


def narrow(text: str) -> Iterator[Edit]:
    """Proposes the ASCII form of each full-width letter, digit and percent sign.

    >>> from zhengce.text import apply
    >>> apply("补贴５００元，占３０％。", narrow("补贴５００元，占３０％。"))[0]
    '补贴500元，占30%。'
    """
    for match in WIDE.finditer(text):
        span = Span(start=match.start(), end=match.end())
        yield Edit(span=span, replacement=chr(ord(match[0]) - 0xFEE0), rule="width.narrow")
