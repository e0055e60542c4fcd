"""Text of a document made fit to be shown: nothing in it turns the reading direction or breaks a file format."""

from __future__ import annotations

import re

__all__ = ["visible"]

# control characters but tab and line feed; marks, embeddings, overrides and isolates of direction; what XML cannot hold
UNSHOWN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def visible(text: str) -> str:
    r"""The text with each such character replaced by its code in brackets, line ends as line feeds.

    A right-to-left override would show 10万元 as 元万01; XML, and so Excel and Word, has no place for most controls.

    >>> visible("补贴\u202e10万元\r\n以内\x00")
    '补贴[U+202E]10万元\n以内[U+0000]'
    """
    if text.isprintable():  # most text is, and none of these characters
        return text
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return UNSHOWN.sub(lambda match: f"[U+{ord(match[0]):04X}]", lines)
