"""White space: margins, runs, blank lines, and blanks that split numbers from their units."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhengce.text import Edit, Span

__all__ = ["fold"]

BLANK = r"[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]"
INVISIBLE = r"[\u200b-\u200f\u2028-\u202e\u2060\ufeff\x00-\x08\x0b\x0c\x0e-\x1f]"
# a character that all that a rule finds has, where there is one: without it the rule is not tried. The patterns begin
# with the blank and look back behind it, so that a search passes over all other characters at once.
RULES = (
    ("space.line_end", "\r", re.compile(r"\r\n?"), "\n"),
    ("space.invisible", "", re.compile(rf"{INVISIBLE}{INVISIBLE}*"), ""),
    ("space.margin", "", re.compile(rf"(?m){BLANK}(?:(?<=^.){BLANK}*|(?<!{BLANK}.){BLANK}*+$)"), ""),
    (
        "space.number",
        "",
        re.compile(rf"{BLANK}(?:(?<=\d.){BLANK}*(?=[年月日号万亿元人个家名项%％度余多])|(?<=[年月].){BLANK}*(?=\d))"),
        "",
    ),
    # the tabs between the cells of a row stay, as many as there are
    ("space.cell", "\t", re.compile(r"(?<![^\S\n\t])[^\S\n\t]*(?:\t[^\S\n\t]*)+"), "\t"),
    ("space.run", "", re.compile(rf"{BLANK}(?:{BLANK}+|(?<=[\u00a0\u3000]))"), " "),
)
BLANK_LINES = re.compile(rf"(?:\n|\r\n)(?:{BLANK}*\r?\n)+")


def fold(text: str) -> Iterator[Edit]:
    """Proposes one kind of line end, no margins, single blanks, no blank lines; tabs between cells stay.

    >>> from zhengce.text import apply
    >>> page = "　　一、目标\\r\\n\\r\\n到 2025 年，培训 3 万 人。"
    >>> apply(page, fold(page))[0]
    '一、目标\\n到 2025年，培训 3万 人。'
    """
    taken = 0
    found: list[tuple[int, int, str, str]] = [
        (match.start(), match.end(), "\t" * match[0].count("\t") if rule == "space.cell" else replacement, rule)
        for rule, needed, pattern, replacement in RULES
        if needed in text
        for match in pattern.finditer(text)
        if match[0].strip("\t")
    ]
    found += [(match.start(), match.end(), "\n", "space.blank_lines") for match in BLANK_LINES.finditer(text)]
    for start, end, replacement, rule in sorted(found, key=lambda edit: (edit[0], -edit[1])):
        if start >= taken:
            taken = end
            yield Edit(span=Span(start=start, end=end), replacement=replacement, rule=rule)
