"""Lists of links to other pages, which a saved page carries behind its text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set

from zhengce.lexicon import alternation
from zhengce.text import Span

__all__ = ["HEADINGS", "link_lists"]

LINE = re.compile(r"[^\n]+\n?")
BULLET = re.compile(r"[-•·►▪◆○●]\s?")
STAMP = re.compile(
    r"[\[(（]?(?:20)\d\d(?:-\d{1,2}-\d{1,2}|/\d{1,2}/\d{1,2}|\.\d{1,2}\.\d{1,2})(?P<clock>\s?\d{1,2}:\d{2}(?::\d{2})?)?[\])）]?"
)
HEADINGS = (
    "相关新闻", "相关阅读", "相关链接", "相关文章", "相关报道", "相关推荐", "推荐阅读", "延伸阅读", "猜你喜欢",
    "热门推荐", "热门文章", "热门资讯", "热门新闻", "最新资讯", "最新文章", "最新新闻", "图片新闻", "更多新闻",
    "更多文章",
)  # fmt: skip
HEADING = re.compile(rf"[【\[◎■]?{alternation(HEADINGS)}[】\]]?[:：]?(?: ?更多[>»]*)?")
DATED = re.compile(r"20\d\d[-/.]\d")
# what the entries of an annex bear, and links do not
ENTRY = re.compile(r"[〔【\[]20\d\d[〕】\]]|\d号|\t|^(?:\d{1,3}[.．、]|[（(]?[一二三四五六七八九十]+[）)、])")
ANNEX = re.compile(r"附(?:件|表|录)|目录|清单|名单|安排|日程|计划表|一览表")
SHORT, LONG, MIN_LINES, MIN_HEADED, TAIL = 4, 60, 5, 2, 200


def link_lists(text: str, words: Set[str]) -> Iterator[Span]:
    """The lists of links: runs of five or more titles that bear clock times, or dates at the end of the page.

    Under a heading such as 相关新闻 two titles are enough, dates or none. Numbered entries, rows of a table, entries
    with document numbers, and lists under a line that calls them an annex, a list or a schedule are text. `words` are
    those of `HEADINGS` that stand in the text: no list is without a heading or a date.

    >>> page = "会议要求抓好落实。\\n相关新闻\\n某县举办春季专场招聘会\\n某县技能大赛圆满落幕\\n"
    >>> [page[span.start : span.end] for span in link_lists(page, {"相关新闻"})]
    ['相关新闻\\n某县举办春季专场招聘会\\n某县技能大赛圆满落幕\\n']
    """
    if words.isdisjoint(HEADINGS) and not DATED.search(text):
        return
    lines = list(LINE.finditer(text))
    at = 0
    while at < len(lines):
        headed = "。" not in lines[at][0] and bool(HEADING.fullmatch(lines[at][0].strip()))
        first = at + headed
        last = first
        while last < len(lines) and _is_title(lines[last][0]):
            last += 1
        if last > first and _is_list(text, lines, first, last, headed):
            yield Span(start=lines[at].start(), end=lines[last - 1].end())
        at = max(last, at + 1)


def _is_title(line: str) -> bool:
    if "。" in line:
        return False
    bare = STAMP.sub("", BULLET.sub("", line.strip(), count=1)).strip()
    return SHORT <= len(bare) <= LONG and bare[-1] not in "；;：:，、" and not ENTRY.search(bare)


def _is_list(text: str, lines: list[re.Match[str]], first: int, last: int, headed: bool) -> bool:
    run = [line[0].strip() for line in lines[first:last]]
    closing = len(text) - lines[last - 1].end() < TAIL
    stamps = [stamp for line in run if (stamp := STAMP.search(line))]
    if headed:
        return len(run) >= MIN_HEADED and (closing or len(stamps) > len(run) / 2)
    above = [line[0] for line in lines[max(0, first - 3) : first]] + [line for line in run if not STAMP.search(line)]
    if len(run) < MIN_LINES or any(ANNEX.search(line) for line in above):
        return False
    bulleted = all(BULLET.match(line) for line in run)
    clocks = sum(bool(stamp["clock"]) for stamp in stamps)
    if bulleted and clocks >= 2:
        return True
    wordy = sum(map(len, run)) / len(run) >= 20
    return closing and wordy and len(stamps) >= 0.8 * len(run)
