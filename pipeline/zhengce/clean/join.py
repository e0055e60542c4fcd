"""Paragraphs that a column break cut in two, joined again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from zhengce.text import Edit, Span

__all__ = ["rejoin"]

LINE = re.compile(r"[^\n]+")
MARKED = re.compile(r"[#□■◎●《（(]|[一二三四五六七八九十]+、|\d+[.．、]|第.{1,4}[章条]|[—-]")
CUES = ("# ", "□", "■", "◎", "●")
HEADED = re.compile(r"(?m)^(?:#{1,2} |[□■◎●])")
MIN_WIDTH = 30


def rejoin(text: str) -> Iterator[Edit]:
    """Proposes to take out a line end in mid-sentence between two lines of a page with headlines (`# …`) or bylines.

    Only long lines are joined: a short line without a full stop is a heading or a name.

    >>> from zhengce.text import apply
    >>> page = "# 甲\\n镇里引导种茶的农户成立合作社，请来农技人员到田间地头传授修剪采摘的技\\n术要领。\\n"
    >>> apply(page, rejoin(page))[0].count("\\n")
    2
    """
    if not any(cue in text for cue in CUES) or not HEADED.search(text):
        return
    for line, following in pairwise(LINE.finditer(text)):
        cut = len(line[0]) >= MIN_WIDTH and re.search(r"[\u4e00-\u9fff\w，、“]$", line[0]) and not MARKED.match(line[0])
        if cut and following.start() == line.end() + 1 and not MARKED.match(following[0]):
            span = Span(start=line.end(), end=following.start())
            yield Edit(span=span, replacement="", rule="join.column", certainty="inferred")
