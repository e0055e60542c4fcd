"""What two texts do not have in common, word by word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from zhengce.lexicon import column
from zhengce.words import words

__all__ = ["differing"]

NUMBER = re.compile(r"[\d.,]+[%‰万亿]?")
SIZES = "百千万亿"
UNITS = frozenset(column("units", "unit")) | {""}
LEAST_SHARED = 2  # characters in common between two changes below which they are shown as one change


def differing(base: str, own: str) -> tuple[list[int], list[int]]:
    """Lengths of stretches of either text, in characters, by turns shared and its own; the first may be 0.

    Words are jieba's, so that a change is never half a word, and a number goes with its unit. What two changes have
    between them is part of the change where it is one character: a 的 that happens to stand in both tells nothing.

    >>> differing("全省培训60万人次以上", "全省培训120万人次以上")
    ([4, 5, 2], [4, 6, 2])
    >>> differing("培育品牌", "培育品牌")
    ([4], [4])
    """
    ours, theirs = _words(base), _words(own)
    steps = SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes()
    lengths = [(tag == "equal", _length(ours[i:k]), _length(theirs[j:m])) for tag, i, k, j, m in steps]
    inner = range(1, len(lengths) - 1)
    shared = [
        same and not (place in inner and ours_long < LEAST_SHARED) for place, (same, ours_long, _) in enumerate(lengths)
    ]
    return (
        _by_turns(shared, [length for _, length, _ in lengths]),
        _by_turns(shared, [length for _, _, length in lengths]),
    )


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[str, ...]:
    pieces: list[str] = []
    for piece in words(text):
        if pieces and NUMBER.fullmatch(pieces[-1]) and piece.lstrip(SIZES) in UNITS:
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return tuple(pieces)


def _length(pieces: Sequence[str]) -> int:
    return sum(map(len, pieces))


def _by_turns(shared: Sequence[bool], lengths: Sequence[int]) -> list[int]:
    turns = [0]
    is_shared = True
    for same, length in zip(shared, lengths, strict=True):
        if not length:
            continue
        if same != is_shared:
            turns.append(0)
            is_shared = same
        turns[-1] += length
    return turns
