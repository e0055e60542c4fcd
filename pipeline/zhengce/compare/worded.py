"""Goals that a passage sets in words, without a number: 居民收入增长与经济增长同步."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from zhengce.compare.measured import measured
from zhengce.pair import Indicator
from zhengce.sentence import clauses, sentences
from zhengce.text import Span

__all__ = ["Worded", "worded"]

# how a goal in words begins; 增长 alone would be half of a clause with a number
SAYS = re.compile(
    r"(?:增长|增速)?(?:[与和同跟][^，。]{0,8}经济(?:发展|增长)|[快高优低好]于|不[低高]于|保持|稳[中步定]?|持续|基本|进一步|全面|完成|达到|达标|超额|"
    r"控制在|实现|明显|继续|力争|合理|平稳|止跌|企稳|回升|逐步|有所|只[增减]不[增减]|不断|处于|促稳|正增长)"
)
SAME = re.compile("同步|增长|[快高]于|回升|企稳|稳[中提]")
LEAST = 2  # characters that say something
LONGEST = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Worded:
    """A goal in words: its clause, the indicator and its name as printed, and what is to become of it."""

    span: Span
    indicator: Indicator
    printed: str
    words: str


def worded(text: str, stretch: Span) -> Iterator[Worded]:
    """The goals in words in a stretch of a text, one a clause.

    >>> text = "预期目标是：居民收入增长与经济增长同步，粮食产量保持稳定，出口增长3%。"
    >>> [(goal.indicator.id, goal.words) for goal in worded(text, Span(start=0, end=len(text)))]
    [('household_income_growth', '与经济增长同步'), ('grain', '保持稳定')]
    """
    for sentence in sentences(text):
        if sentence.overlaps(stretch):
            for span in clauses(text, sentence):
                if span in stretch and (goal := _read(text, span)):
                    yield goal


def _read(text: str, span: Span) -> Worded | None:
    words = text[span.start : span.end]
    if re.search(r"\d", words) or not SAYS.search(words):
        return None
    name = measured(words, whole=False)
    if not name or not LEAST <= len(name.rest) <= LONGEST or not SAYS.match(name.rest):
        return None
    growing = replace(name, change="growth") if SAME.search(name.rest) and not name.change else name
    one = next((one for read in (growing, name) for one in read.indicators(None)), None)
    printed = words.removesuffix(name.rest)
    return Worded(span=span, indicator=one, printed=printed, words=name.rest) if one else None
