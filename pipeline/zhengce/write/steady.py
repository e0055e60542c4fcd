"""Text that has as many characters after a program has read it as before."""

from __future__ import annotations

import re

__all__ = ["steady"]

# what XML 1.0 and the databases behind annotation tools cannot hold, and what readers turn into line ends
UNSTEADY = re.compile("[\x00-\x08\x0b-\x1f\x85\u2028\u2029\ud800-\udfff\ufffe\uffff]")
MARK, JOINER = "\ufeff", "\u2060"


def steady(text: str) -> str:
    r"""The text, of which every character that a reader would drop, fold or refuse is another one.

    Offsets hold: CR LF becomes space and LF, a lone CR LF, line and paragraph separators LF; a byte order mark at the
    beginning, which readers take away, a word joiner; other controls and halves of surrogate pairs U+FFFD.

    >>> steady("\ufeff第一条\r\n补贴\x00元\u2028止")
    '\u2060第一条 \n补贴\ufffd元\n止'
    """
    if text.startswith(MARK):
        text = JOINER + text[1:]
    return UNSTEADY.sub(_instead, text)


def _instead(match: re.Match[str]) -> str:
    char, after = match[0], match.string[match.end() : match.end() + 1]
    if char == "\r" and after == "\n":
        return " "
    return "\n" if char in "\r\x85\u2028\u2029" else "\ufffd"
