"""How much of a unit's words the other has too: the copy ratio and the longest stretch in common."""

from __future__ import annotations

from collections.abc import Set
from difflib import SequenceMatcher
from functools import lru_cache
from typing import TypeVar

from zhengce.compare.fold import Folded

__all__ = ["GRAM", "copy_ratio", "dice", "grams", "longest_run", "pairs_of"]

Gram = TypeVar("Gram", str, int)
GRAM = 5  # characters: the length at which reuse is counted (methods notes 5.4)


def grams(folded: Folded, size: int = GRAM) -> frozenset[str]:
    """The stretches of a length in folded words."""
    return _grams(folded.text, size)


@lru_cache(maxsize=4096)  # a baseline is compared with many documents
def _grams(text: str, size: int) -> frozenset[str]:
    return frozenset([text[at : at + size] for at in range(len(text) - size + 1)])


def pairs_of(text: str) -> frozenset[str]:
    """The pairs of characters in a text that is folded already."""
    return _grams(text, 2)


def dice(one: Set[str], two: Set[str]) -> float:
    """Dice's coefficient of two sets, 0 where one is empty."""
    return 2 * len(one & two) / (len(one) + len(two)) if one and two else 0.0


def copy_ratio(unit: Set[Gram], upstream: Set[Gram]) -> float | None:
    """The share of a unit's 5-grams that are upstream too (containment); None for a unit shorter than one.

    >>> from zhengce.compare.fold import fold
    >>> central, local = fold("支持建设劳务品牌实训基地。"), fold("我省支持建设劳务品牌产业园区。")
    >>> round(copy_ratio(grams(local), grams(central)), 2)
    0.5
    """
    return len(unit & upstream) / len(unit) if unit else None


def longest_run(unit: Folded, upstream: Folded) -> tuple[int, int]:
    """Where the longest stretch that both have begins in the unit's folded words, and its length in characters.

    >>> from zhengce.compare.fold import fold
    >>> longest_run(fold("我省大力支持建设劳务品牌实训基地。"), fold("支持建设劳务品牌产业园区"))
    (0, 8)
    """
    matcher = _matcher(upstream.text)
    matcher.set_seq1(unit.text)
    match = matcher.find_longest_match()
    return match.a, match.size


@lru_cache(maxsize=1024)  # a baseline is compared with many documents, and is what a matcher prepares
def _matcher(upstream: str) -> SequenceMatcher[str]:
    return SequenceMatcher(None, "", upstream, autojunk=False)
