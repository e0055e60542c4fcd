"""White space: margins, runs, blank lines, and blanks that split numbers from their units."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhengce.clean.rare import rare
from zhengce.text import Edit, Span

__all__ = ["fold"]

BLANK = r"[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]"
INVISIBLE = r"[\u200b-\u200f\u2028-\u202e\u2060\ufeff\x00-\x08\x0b\x0c\x0e-\x1f]"
# The patterns begin with the blank and look back behind it, so that a search passes over all other characters at once.
NUMBER = (
    "space.number",
    re.compile(rf"{BLANK}(?:(?<=\d.){BLANK}*(?=[年月日号万亿元人个家名项%％度余多])|(?<=[年月].){BLANK}*(?=\d))"),
    "",
)
RULES = (
    ("space.line_end", re.compile(r"\r\n?"), "\n"),
    ("space.invisible", re.compile(rf"{INVISIBLE}{INVISIBLE}*"), ""),
    ("space.margin", re.compile(rf"(?m){BLANK}(?:(?<=^.){BLANK}*|(?<!{BLANK}.){BLANK}*+$)"), ""),
    NUMBER,
    # the tabs between the cells of a row stay, as many as there are
    ("space.cell", re.compile(r"(?<![^\S\n\t])[^\S\n\t]*(?:\t[^\S\n\t]*)+"), "\t"),
    ("space.run", re.compile(rf"{BLANK}(?:{BLANK}+|(?<=[\u00a0\u3000]))"), " "),
    ("space.blank_lines", re.compile(rf"(?:\n|\r\n)(?:{BLANK}*\r?\n)+"), "\n"),
)
# Without any of these, which are rare, without tabs and without blanks side by side or at an end of the text only one
# rule can find anything.
STRANGE = re.compile(rf"{BLANK[:-1]}\r{INVISIBLE[1:]}")
SIDE_BY_SIDE = re.compile(r"[ \n][ \n]")


def fold(text: str) -> Iterator[Edit]:
    """Proposes one kind of line end, no margins, single blanks, no blank lines; tabs between cells stay.

    >>> from zhengce.text import apply
    >>> page = "　　一、目标\\r\\n\\r\\n到 2025 年，培训 3 万 人。"
    >>> apply(page, fold(page))[0]
    '一、目标\\n到 2025年，培训 3万 人。'
    """
    found = [
        (match.start(), match.end(), "\t" * match[0].count("\t") if rule == "space.cell" else replacement, rule)
        for rule, pattern, replacement in (RULES if _is_strange(text) else (NUMBER,))
        for match in pattern.finditer(text)
        if match[0].strip("\t")
    ]
    taken = 0
    for start, end, replacement, rule in sorted(found, key=lambda edit: (edit[0], -edit[1])):
        if start >= taken:
            taken = end
            yield Edit(span=Span(start=start, end=end), replacement=replacement, rule=rule)


def _is_strange(text: str) -> bool:
    blank = "\t" in text or text.strip(" ") != text or SIDE_BY_SIDE.search(text)
    return bool(blank or STRANGE.search(rare(text)))
