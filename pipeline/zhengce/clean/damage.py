"""Stretches of nonsense that a byte-wise annotator left: found and flagged, so that no value is read from them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhengce.document import Note
from zhengce.text import Span

__all__ = ["damage"]

TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹ"
# a lost byte shows as ? before a reading without its opening bracket, or at the head of a run with a stray reading
OPEN = re.compile(rf"[\u3400-\u9fff]?\?[\u3400-\u9fff]{{0,3}}[a-zü]{{0,3}}[{TONED}][a-zü{TONED}]{{0,4}}\)")
SHIFTED = re.compile(rf"\?\?[\u3400-\u9fff]|[\u3400-\u9fff][、，,.]?\?[\u3400-\u9fff]{{1,3}}\(?[a-z{TONED}]{{1,6}}\)")
RESYNC = re.compile(r"[A-Za-z@|~`^{}\[\]\\](?=[\u3400-\u9fff，。、；：“”(（]|\s|$)|[，。；！？、\n“”]")
REACH = 24


def damage(text: str) -> Iterator[Note]:
    """Flags the stretches that a byte out of phase has garbled, up to where the text falls into step again.

    >>> [text[n.span.start : n.span.end] for text in ["穩崗?fù)貚彺倬蜆I 貴州"] for n in damage(text)]
    ['崗?fù)貚彺倬蜆I']
    """
    if "?" not in text:  # what shows a lost byte
        return
    done = 0
    for match in sorted([*OPEN.finditer(text), *SHIFTED.finditer(text)], key=lambda match: match.start()):
        if match.start() < done:
            continue
        end = RESYNC.search(text, match.end(), match.end() + REACH)
        stop = end.end() if end and end[0] not in "，。；！？、\n“”" else end.start() if end else match.end()
        done = stop
        yield Note(
            doubt="damaged",
            span=Span(start=match.start(), end=stop),
            message="bytes out of phase: the characters shown are not the ones that were written",
        )
