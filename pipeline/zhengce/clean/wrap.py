"""Hard wraps undone: lines that a page's width broke are joined to paragraphs again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise

from zhengce.text import Edit, Span

__all__ = ["unwrap"]

LINE = re.compile(r"[^\n]+")
LABEL = re.compile(
    r"(?:[一二三四五六七八九十百]+、|[（(][一二三四五六七八九十百\d]+[）)]|\d+[.．、]|第[一二三四五六七八九十百]+[章节条]|[①-⑳]|——|附件|[-•·#])"
)
NARROW = re.compile(r"[^“”‘’—…\u2e80-\U0010ffff]")
ENDS = "。！？!?；;：:”’』」）)"
MIN_WIDTH, SHARE = 18, 0.6
SLACK, INDENT = 2, 2  # characters
BLANKS = 2  # in a line that lists (date, page, links) and is no prose


def unwrap(text: str) -> Iterator[Edit]:
    """Proposes to take out line ends that stand at the page's width in the middle of a sentence.

    A text is hard-wrapped where six in ten of its lines that end in mid-sentence are as wide as the widest common line
    (give or take two characters); nothing is joined before a numbered label. Width is counted in cells or in
    characters, whichever fits more lines: some programs break behind so many of either.

    >>> from zhengce.text import apply
    >>> page = "各县要立足本地产业基础和资源禀赋抓紧制\\n定本地区的劳务品牌建设方案并于六月底前\\n"
    >>> page += "报送省厅备案确保按期完成全年的目标任务\\n并做好总结。"
    >>> apply(page, unwrap(page))[0].count("\\n")
    0
    """
    lines = [line for line in text.split("\n") if line]
    # those that end in mid-sentence, as far as they are long: no line is wider than long
    long = [line for line in lines[:-1] if len(line) >= MIN_WIDTH and line[-1] not in ENDS]
    found = [(fit, measure) for measure in (_width, len) if (fit := _page_width(lines, long, measure))]
    if not found:
        return
    (_, width), measure = max(found, key=lambda one: one[0][0])
    begins = True
    for line, following in pairwise(LINE.finditer(text)):
        # the blanks that set a paragraph's first line in were taken away before
        missing = width - measure(line[0])
        wrapped = (abs(missing) <= SLACK or (begins and 0 < missing <= SLACK + INDENT)) and line[0][-1] not in "。！？"
        begins = not wrapped
        listed = max(line[0].count(" "), following[0].count(" ")) >= BLANKS
        if wrapped and not listed and following.start() == line.end() + 1 and not LABEL.match(following[0]):
            yield Edit(
                span=Span(start=line.end(), end=line.end() + 1), replacement="", rule="wrap.join", certainty="inferred"
            )


def _page_width(lines: list[str], long: list[str], measure: Callable[[str], int]) -> tuple[float, int] | None:
    """The share of the long lines that end at the page's width, and that width; None where too few do."""
    open_ended = [wide for line in long if (wide := measure(line)) >= MIN_WIDTH] if len(long) >= 3 else []
    if len(open_ended) < 3:
        return None
    width = Counter(open_ended).most_common(1)[0][0]
    width = max([width, *(w for w, n in Counter(open_ended).items() if n >= 2 and w <= width + 3)])
    at_width = sum(abs(w - width) <= SLACK for w in open_ended)
    if at_width < SHARE * len(open_ended) or max(map(measure, lines)) > width * 2:
        return None
    return at_width / len(open_ended), width


def _width(line: str) -> int:
    """The printed width in full-width cells: half-width characters count half."""
    return round(len(line) - len(NARROW.findall(line)) / 2)
