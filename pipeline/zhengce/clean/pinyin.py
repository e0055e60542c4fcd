"""Pinyin notes that a site inserted after characters: `務(wù)工` → 務工."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhengce.clean.readings import SYLLABLE, TONED, is_reading
from zhengce.text import Edit, Span

__all__ = ["strip_readings"]

NOTE = re.compile(rf"(?P<char>[\u3400-\u9fff\uf900-\ufaff])(?P<notes>(?:\((?P<syllable>{SYLLABLE})\s?\))+)")
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
    if "(" not in text:
        return
    found = [match for match in NOTE.finditer(text) if is_reading(match["char"], match["syllable"])]
    toned = sum(any(char in TONED for char in match["syllable"]) for match in found)
    if toned < EVIDENCE:
        return
    for match in found:
        yield Edit(span=Span(start=match.start(), end=match.end()), replacement=match["char"], rule="pinyin.annotation")
