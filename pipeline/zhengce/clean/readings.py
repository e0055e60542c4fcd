"""Readings of characters (pinyin with tone marks), and the GBK codes behind a reading."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

__all__ = ["NEUTRAL", "SYLLABLE", "TONED", "is_reading", "readings", "reads_toneless", "toneless", "trails"]

TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
SYLLABLE = rf"[a-zü{TONED}]{{1,6}}"
PLAIN = str.maketrans("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ", "aaaaeeeeiiiioooouuuuüüüünnnm")
# syllables that an annotator writes without tone
NEUTRAL = frozenset(
    ["de", "le", "zhe", "guo", "men", "ma", "ne", "ba", "a", "la", "zi", "tou", "me", "li", "shang", "xia"]
)


@cache
def readings(char: str) -> frozenset[str]:
    """The toned readings of a character, traditional or simplified; neutral ones only from a closed list.

    Source: pypinyin's table of single characters (MIT), after Unihan and 现代汉语词典.

    >>> sorted(readings("復")), "de" in readings("的")
    (['fù'], True)
    """
    from pypinyin.pinyin_dict import pinyin_dict

    every = pinyin_dict.get(ord(char), "").split(",")
    return frozenset(one for one in every if one and (any(mark in TONED for mark in one) or one in NEUTRAL))


def toneless(syllable: str) -> str:
    """A syllable without its tone mark.

    >>> toneless("nǚ"), toneless("xué")
    ('nü', 'xue')
    """
    return syllable.translate(PLAIN)


def reads_toneless(char: str, syllable: str) -> bool:
    """Whether a syllable without tone mark is one that reads a character.

    >>> reads_toneless("業", "ye"), reads_toneless("業", "men")
    (True, False)
    """
    return any(toneless(one) == syllable for one in readings(char))


def is_reading(char: str, syllable: str) -> bool:
    """Whether a syllable in a note reads the character before it.

    >>> is_reading("務", "wù"), is_reading("務", "men")
    (True, False)
    """
    return syllable in readings(char)


@cache
def _by_lead() -> dict[int, dict[str, list[int]]]:
    found: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for lead in range(0x81, 0xFF):
        for trail in (*range(0x40, 0x7F), *range(0x80, 0xFF)):
            try:
                char = bytes((lead, trail)).decode("gbk")
            except UnicodeDecodeError:
                continue
            every = readings(char)
            for syllable in every | {toneless(one) for one in every}:
                found[lead][syllable].append(trail)
    return found


def trails(lead: int, syllable: str) -> tuple[int, ...]:
    """The second bytes of the GBK characters that begin with a byte and have a reading.

    >>> "".join(bytes((0x8F, trail)).decode("gbk") for trail in trails(0x8F, "fù"))
    '復'
    """
    return tuple(_by_lead().get(lead, {}).get(syllable, ()))
