"""Text made harmless to spreadsheets."""

from __future__ import annotations

import re

__all__ = ["inert"]

# a number, or a sign by itself, such as the bound "="
HARMLESS = re.compile(r"[+-]?\d+(\.\d+)?|[=+@-]")


def inert(text: str) -> str:
    """The text, with an apostrophe before what a spreadsheet would run as a formula.

    >>> [inert(text) for text in ("=1+1", "=", "-5.2", "@某人", "-某地", "增长5%")]
    ["'=1+1", '=', '-5.2', "'@某人", "'-某地", '增长5%']
    """
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) and not HARMLESS.fullmatch(text) else text
