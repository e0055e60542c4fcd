"""Pinyin notes that a site inserted after characters: `務(wù)工` → 務工."""

import re
from collections.abc import Iterator

from zhengce.text import Edit, Span

__all__ = ["strip_readings"]

TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹ"
INITIAL = r"(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
VOWELS = f"[aeiouüv{TONED}]"
SYLLABLE = rf"{INITIAL}{VOWELS}{{1,3}}(?:ng|n|r)?"
NOTE = re.compile(
    rf"(?P<char>[\u3400-\u9fff\uf900-\ufaff])(?P<notes>(?:\((?P<syllable>{SYLLABLE})\s?\))+)", re.IGNORECASE
)
# syllables that are read without tone often enough to be annotated so
NEUTRAL = frozenset(["de", "le", "zhe", "guo", "men", "ma", "ne", "ba", "a", "la", "zi", "tou", "me", "li", "shang"])
EVIDENCE = 3


def strip_readings(text: str) -> Iterator[Edit]:
    """Takes out toned pinyin notes in ASCII brackets, each with the character it follows as one edit.

    Nothing is touched unless at least three characters of the text carry such a note. Full-width brackets, bracketed
    abbreviations and words (`(CPU)`, `(A)`, `(一)`) are no notes. Source: the damage described as passes A and B
    (byte-wise annotators run over GBK pages).

    >>> list(strip_readings("務(wù)工人員(CPU)"))
    []
    >>> [edit.replacement for edit in strip_readings("勞(láo)務(wù)輸(shū)出(一)")]
    ['勞', '務', '輸']
    """
    found = [match for match in NOTE.finditer(text) if _is_reading(match["syllable"])]
    toned = sum(any(char in TONED for char in match["syllable"]) for match in found)
    if toned < EVIDENCE:
        return
    for match in found:
        yield Edit(span=Span(start=match.start(), end=match.end()), replacement=match["char"], rule="pinyin.annotation")


def _is_reading(syllable: str) -> bool:
    toned = sum(char in TONED for char in syllable.lower())
    return syllable.islower() and (toned == 1 or (toned == 0 and syllable in NEUTRAL))
