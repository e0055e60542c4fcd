"""The passages in which a text sets its headline goals: 主要预期目标是…, and what stands under 主要目标."""

from __future__ import annotations

import re
from functools import cache

from zhengce.lexicon import alternation, column
from zhengce.pair import Member
from zhengce.text import Span, merge

__all__ = ["goal_passages"]

# what is said of goals already reached or set by others (完成主要目标任务，) has no copula and no colon behind it
OPENING = re.compile(
    r"(?:预期|主要|总体|发展|工作|年度|行动|阶段|建设|奋斗|具体|量化)目标(?:任务)?(?:建议)?(?:[是为]|如下)?[:：]|"
    r"(?:预期|主要|总体|发展|工作|年度|奋斗)目标(?:建议)?[是为][:：]?"
)
LINE = re.compile(r"[^\n]*")
# how items of a list begin; a list has one kind of them, so that the next heading is none
MARKS = tuple(
    re.compile(rf"\s*{mark}")
    for mark in (
        r"\d{1,2}[、.．]", r"[（(]\d{1,2}[）)]", "[（(][一二三四五六七八九十]+[）)]", "[一二三四五六七八九十]+、",
        "[①-⑳]", "—", "[●○·•]", "[一二三四五六七八九十]是",
    )
)  # fmt: skip
# a heading that names goals beside the work itself governs all of a text
AND_WORK = re.compile("重点|措施|安排|主要任务|主要工作|保障")


@cache
def _headings() -> re.Pattern[str]:
    return re.compile(alternation(column("cues", "word", kind="goal_heading")))


def goal_passages(member: Member) -> tuple[Span, ...]:
    """The stretches of a member's text that hold its headline goals, in its order, none overlapping another.

    A sentence that opens goals governs the rest of its paragraph, and the items of a list below it; a text without one
    has its goals in the units under a heading of goals (annotation guideline T3).
    """
    opened = [_governed(member.text, match.end()) for match in OPENING.finditer(member.text)]
    under = [
        unit.span
        for unit in member.units
        for heading in (unit.heading or "", *unit.headings[-1:])
        if _headings().search(heading[:20]) and not AND_WORK.search(heading)
    ]
    return merge(sorted(opened or under))


def _governed(text: str, start: int) -> Span:
    end = LINE.match(text, start).end()  # type: ignore[union-attr]
    if text[start:end].strip(" ：:"):
        return Span(start=start, end=end)
    mark: re.Pattern[str] | None = None
    while end < len(text):
        line = LINE.match(text, end + 1)
        mark = mark or next((one for one in MARKS if line and one.match(line[0])), None)
        if not line or not mark or not mark.match(line[0]):
            break
        end = line.end()
    return Span(start=start, end=end)
