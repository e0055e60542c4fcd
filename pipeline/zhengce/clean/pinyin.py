"""Pinyin notes that a site inserted after characters: `務(wù)工` → 務工."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from zhengce.clean.rare import rare
from zhengce.clean.readings import SYLLABLE, TONED, is_reading, reads_toneless
from zhengce.clean.script import to_simplified
from zhengce.text import Edit, Span

__all__ = ["strip_readings"]

NOTE = re.compile(rf"(?P<char>[\u3400-\u9fff\uf900-\ufaff])(?P<notes>(?:\((?P<syllable>{SYLLABLE})\s?\))+)")
TONES = frozenset(TONED)
EVIDENCE = 3


def strip_readings(text: str) -> Iterator[Edit]:
    """Takes out pinyin notes in ASCII brackets, each with the character that it reads, as one edit.

    Nothing is touched unless at least three characters of the text carry a toned note that reads them. Full-width
    brackets, bracketed abbreviations and words (`(CPU)`, `(A)`, `(一)`) are no notes; a syllable that does not read the
    character before it stays. Source: the damage of byte-wise annotators run over GBK pages.

    >>> list(strip_readings("務(wù)工人員(CPU)"))
    []
    >>> [edit.replacement for edit in strip_readings("勞(láo)務(wù)輸(shū)出(一)他們(CPU)")]
    ['勞', '務', '輸']
    """
    if "(" not in text or TONES.isdisjoint(rare(text)):
        return
    every = list(NOTE.finditer(text))
    found = [match for match in every if is_reading(match["char"], match["syllable"])]
    toned = sum(any(char in TONED for char in match["syllable"]) for match in found)
    if toned < EVIDENCE:
        return
    # where an annotator was at work, a syllable without tone that reads a traditional character is his too
    with_tone = {match["char"] for match in found}
    times = Counter((match["char"], match["syllable"]) for match in every)
    for match in every:
        char, syllable = match["char"], match["syllable"]
        # a character that is noted with its tone elsewhere, or mostly not noted, has a real bracket behind it where the
        # tone is missing
        noted = char not in with_tone and 2 * times[char, syllable] > text.count(char)
        bare = noted and to_simplified(char) != char and reads_toneless(char, syllable)
        if not bare and not is_reading(char, syllable):
            continue
        yield Edit(span=Span(start=match.start(), end=match.end()), replacement=match["char"], rule="pinyin.annotation")
