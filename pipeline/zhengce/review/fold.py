"""Characters that a search takes for the same: full and half width, large and small, traditional and simplified."""

from __future__ import annotations

from functools import cache

from zhengce.clean.script import to_simplified

__all__ = ["fold"]

WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
SMALL = {code: code + 0x20 for code in range(0x41, 0x5B)}
HAN = ((0x3400, 0xA000), (0xF900, 0xFB00), (0x20000, 0x323B0))
SAME = {ord("著"): ord("着")}  # OpenCC leaves it; simplified prose writes 着力 and 显著


def fold(text: str) -> str:
    """The text with one character for each of its own, the same for all that a search takes for the same.

    >>> fold("著力打造「ＡＩ」勞務品牌（２０２６）")
    '着力打造「ai」劳务品牌(2026)'
    """
    return text.translate(_same())


@cache
def _same() -> dict[int, int]:
    han = [code for first, last in HAN for code in range(first, last)]
    simple = to_simplified("\n".join(map(chr, han))).split("\n")
    script = {code: ord(new) for code, new in zip(han, simple, strict=True) if new != chr(code) and len(new) == 1}
    wide = {code: SMALL.get(narrow, narrow) for code, narrow in WIDE.items()}
    return script | wide | SMALL | SAME
