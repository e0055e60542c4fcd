"""Blocks of lines that a page shows a second time."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhengce.text import Span

__all__ = ["repeats"]

LINE = re.compile(r"[^\n]+\n?")
HAN = re.compile(r"[\u4e00-\u9fff]")
LABEL = re.compile(
    r"(?:[一二三四五六七八九十百]+、|[（(][一二三四五六七八九十百\d]+[）)]|\d+[.．、]|第[一二三四五六七八九十百]+[章节条])"
)
MIN_LENGTH = 40


def repeats(text: str) -> Iterator[Span]:
    """The second and later showings of a paragraph of 40 characters or more, with the equal lines round it.

    A numbered paragraph that is repeated by itself stays (two measures in one file may share an article), as do rows
    of tables.

    >>> line = "各县要建立劳务品牌培育台账，明确责任单位和完成时限，按季度向市级专班报送进展情况，确保年底前全部完成。"
    >>> page = f"{line}\\n会议要求抓好落实。\\n{line}\\n"
    >>> [(span.start, len(page)) for span in repeats(page)] == [(len(line) + 11, len(page))]
    True
    """
    long = [line for line in map(str.strip, text.split("\n")) if len(line) >= MIN_LENGTH]
    if len(set(long)) == len(long):
        return
    lines = list(LINE.finditer(text))
    words = [line[0].strip() for line in lines]
    seen: dict[str, int] = {}
    done = 0
    for at, line in enumerate(words):
        first = seen.setdefault(line, at) if len(line) >= MIN_LENGTH else at
        if first == at or at < done or "\t" in line or len(HAN.findall(line)) < len(line) / 2:
            continue
        start, end = _widened(words, first, at, done)
        if end - start > 1 or not LABEL.match(line):
            done = end
            yield Span(start=lines[start].start(), end=lines[end - 1].end())


def _widened(words: list[str], first: int, at: int, done: int) -> tuple[int, int]:
    """The run of lines round `at` that equals the one round `first`, without running into it or the run before."""
    before = 0
    while (
        at - before - 1 > first
        and at - before - 1 >= done
        and first > before
        and (words[first - before - 1] == words[at - before - 1])
    ):
        before += 1
    after = 1
    while at + after < len(words) and first + after < at - before and words[first + after] == words[at + after]:
        after += 1
    return at - before, at + after
