"""Loads the tables in `lexicons/`: tab-separated, one entry a row, the first row names the columns, # comments."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib.resources import files

__all__ = ["alternation", "alternatives", "column", "finder", "present", "table"]


@cache
def table(name: str) -> tuple[Mapping[str, str], ...]:
    """The rows of `lexicons/<name>.tsv`, each a mapping of column names to cells."""
    text = (files("zhengce") / "lexicons" / f"{name}.tsv").read_text(encoding="utf-8")
    lines = [line.split("\t") for line in text.splitlines() if line.strip() and not line.startswith("#")]
    head, *rows = lines
    return tuple(dict(zip(head, row + [""] * (len(head) - len(row)), strict=True)) for row in rows)


def column(name: str, key: str, **where: str) -> tuple[str, ...]:
    """One column of a table, of the rows whose cells equal `where`, longest first."""
    cells = (row[key] for row in table(name) if all(row[at] == value for at, value in where.items()))
    return tuple(sorted(cells, key=len, reverse=True))


def alternation(terms: Iterable[str]) -> str:
    """A pattern for any of the terms, the longest first.

    >>> alternation(["人", "人次", "人天", "户"])
    '(?:人(?:天|次)?|户)'
    """
    return f"(?:{alternatives(terms)})"


def alternatives(terms: Iterable[str]) -> str:
    """The branches of an alternation, to be joined by more with a bar.

    Terms that begin alike share their beginning, so that a search does not try each of thousands at every character;
    where every branch begins with a character of its own, it does not even stop at others.

    >>> alternatives(["人次", "人", "户"])
    '人(?:次)?|户'
    """
    tails: dict[str, list[str]] = {}
    for term in sorted(set(terms)):
        tails.setdefault(term[:1], []).append(term[1:])
    return "|".join(re.escape(char) + _rest(rest) for char, rest in tails.items())


def _rest(tails: list[str]) -> str:
    """What follows a shared character; a single tail needs no group."""
    if len(tails) == 1:
        return re.escape(tails[0])
    return alternation(filter(None, tails)) + ("?" if "" in tails else "")


def finder(terms: Iterable[str]) -> Callable[[str], list[tuple[int, int]]]:
    """A function that finds where in a text terms stand, the first and longest first, none overlapping another.

    It finds what a search for their `alternation` finds, forty times as fast where there are thousands of terms.

    >>> finder(["北京", "北京市", "市"])("北京市和北京")
    [(0, 3), (4, 6)]
    """
    from ahocorasick_rs import AhoCorasick, MatchKind

    automaton = AhoCorasick(sorted(set(terms)), matchkind=MatchKind.LeftmostLongest)

    def find(text: str) -> list[tuple[int, int]]:
        try:
            found = automaton.find_matches_as_indexes(text)
        except UnicodeEncodeError:
            found = automaton.find_matches_as_indexes(_encodable(text))
        return [(start, end) for _, start, end in found]

    return find


def present(terms: Iterable[str]) -> Callable[[str], set[str]]:
    """A function that finds which of some dozens of terms stand in a text, by one scan.

    >>> sorted(present(["北京", "京市", "天津"])("北京市"))
    ['京市', '北京']
    """
    from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

    automaton = AhoCorasick(sorted(set(terms)), matchkind=MatchKind.Standard, implementation=Implementation.DFA)

    def find(text: str) -> set[str]:
        try:
            return set(automaton.find_matches_as_strings(text, overlapping=True))
        except UnicodeEncodeError:
            return set(automaton.find_matches_as_strings(_encodable(text), overlapping=True))

    return find


def _encodable(text: str) -> str:
    """The text with "?" for lone surrogates, which have no UTF-8; it is as long as it was."""
    return text.encode("utf-8", "replace").decode("utf-8")
