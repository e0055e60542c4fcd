"""What a page shows beside a stretch, pinyin notes aside."""

from __future__ import annotations

import re

from zhengce.clean.readings import SYLLABLE

__all__ = ["ANNOTATED", "CONTEXT", "NOTES", "bare", "left_of", "right_of"]

CONTEXT = 8
ANNOTATED = re.compile(rf"(?P<char>[\u3400-\u9fff])\((?P<syllable>{SYLLABLE})\s?\)")
NOTES = re.compile(rf"(?<=[\u3400-\u9fff])(?:\({SYLLABLE}\s?\))+")
# what stands before it is no neighbour of what stands behind
BREAK = re.compile(rf"\n|\?(?:{SYLLABLE}\s?\))?")


def left_of(text: str, at: int) -> str:
    """Up to eight characters before a place, back to where the text is broken.

    >>> left_of("轉移就業(yè)人員", 9)
    '轉移就業人'
    """
    return BREAK.split(NOTES.sub("", text[max(0, at - CONTEXT * 5) : at]))[-1][-CONTEXT:]


def right_of(text: str, end: int, far: int) -> str:
    """What the page shows from `end` on to a few characters behind `far`, without notes."""
    return re.split(r"[?\n]", bare(text[end:far]) + bare(text[far : far + CONTEXT * 8])[:CONTEXT])[0]


def bare(shown: str) -> str:
    """A stretch without the notes in it, one at its very beginning among them."""
    return NOTES.sub("", "一" + shown)[1:]  # a note may stand at once behind the stretch
