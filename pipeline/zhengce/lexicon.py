"""Loads the tables in `lexicons/`: tab-separated, one entry a row, the first row names the columns, # comments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

__all__ = ["alternation", "column", "table"]


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

    >>> alternation(["人", "人次"])
    '(?:人次|人)'
    """
    return "(?:" + "|".join(re.escape(term) for term in sorted(set(terms), key=lambda t: (-len(t), t))) + ")"
