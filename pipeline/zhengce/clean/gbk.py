"""GBK as the annotators of polluted pages met it: characters, their bytes, and the pairs that have no character."""

from __future__ import annotations

from functools import cache

from zhengce.clean.script import only_simplified

__all__ = ["MARKS", "TRAILS", "char_of", "code_of", "private_pairs"]

TRAILS = (*range(0x40, 0x7F), *range(0x80, 0xFF))
# the marks at whose bytes some sites cut a text, full-width or folded to ASCII
MARKS = {
    "，": b"\xa3\xac",
    "！": b"\xa3\xa1",
    "？": b"\xa3\xbf",
    "；": b"\xa3\xbb",
    "。": b"\xa1\xa3",
    "、": b"\xa1\xa2",
}
MARKS |= {",": MARKS["，"], "!": MARKS["！"], "?": MARKS["？"], ";": MARKS["；"]}
PUNCTUATION = frozenset("，。、；：！？“”‘’（）《》—…·％")
# written by the simplified script only, yet left as they are by a one-to-one conversion
MERGED = frozenset("里后干于范采并占系制云余征筑伙游愿咨吃群床斗谷丑卷松舍辟郁表布升沖回才只复划杰几面了")


@cache
def char_of(lead: int, trail: int) -> str | None:
    """The character of a GBK code if traditional prose may hold it."""
    try:
        char = bytes((lead, trail)).decode("gbk")
    except UnicodeDecodeError:
        return None
    if "\u4e00" <= char <= "\u9fff":
        return char if char in MERGED or not only_simplified(char) else None
    return char if char in PUNCTUATION else None


@cache
def code_of(char: str) -> bytes | None:
    """The two bytes of a character in GBK, private-use ones among them; None where it has no two."""
    code = char.encode("gb18030", "ignore")  # GBK and its private-use pairs in two bytes, all else in four
    return code if len(code) == 2 else None


@cache
def private_pairs() -> dict[int, tuple[int, ...]]:
    """First byte → second bytes of the pairs of the GBK plane that have no character."""
    found: dict[int, tuple[int, ...]] = {}
    for lead in range(0x81, 0xFF):
        free = []
        for trail in TRAILS:
            try:
                bytes((lead, trail)).decode("gbk")
            except UnicodeDecodeError:
                free.append(trail)
        if free:
            found[lead] = tuple(free)
    return found
