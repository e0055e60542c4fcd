"""How close two strings are, by edits: the door of rapidfuzz in this room."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["closest", "edits_apart", "partly_close", "ratio"]


def ratio(one: str, other: str) -> float:
    """How alike two strings are, from 0 to 100 (normalised indel similarity)."""
    from rapidfuzz import fuzz

    return fuzz.ratio(one, other)


def partly_close(one: str, other: str) -> float:
    """How alike the shorter string is to the stretch of the longer one that it is likest to, from 0 to 100."""
    from rapidfuzz import fuzz

    return fuzz.partial_ratio(one, other)


def closest(one: str, others: Sequence[str], least: float) -> int | None:
    """The place of the string that is likest, the first of those alike; None where none reaches `least` of 100."""
    from rapidfuzz import fuzz, process

    found = process.extractOne(one, others, scorer=fuzz.ratio, score_cutoff=least)
    return found[2] if found else None


def edits_apart(one: str, other: str, most: int) -> bool:
    """Whether at most so many characters must be put in, taken out or changed (Levenshtein)."""
    from rapidfuzz.distance import Levenshtein

    return Levenshtein.distance(one, other, score_cutoff=most) <= most
