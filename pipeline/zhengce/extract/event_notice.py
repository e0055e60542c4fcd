"""What a notice announces by headings: the event in its title, the day under 活动时间, the place under 活动地点."""

from __future__ import annotations

import re
from typing import NamedTuple

from zhengce.document import Document
from zhengce.extract.day import days_in
from zhengce.text import Span
from zhengce.value.occasion import Occasion

__all__ = ["Announced", "announced"]

WHAT = r"(?:活动|会议|举办|比赛|竞赛|招聘会?|开班|培训|报到|开会|召开)?"
LABEL = r"(?m)^[ \u3000]*+(?:[一二三四五六七八九十\d]+[、.．]|[（(][一二三四五六七八九十\d]+[）)])?[ \u3000]*+"
TIME = re.compile(
    LABEL + WHAT + r"(?:时间|日期)(?:[与和及、]地点)?[ \u3000]*(?:[:：][ \u3000]*|[。]?\n\s*)(?P<told>[^\n]{2,80})"
)
PLACE = re.compile(LABEL + WHAT + r"地[点址](?:安排)?[ \u3000]*(?:[:：][ \u3000]*|[。]?\n\s*)(?P<told>[^\n。；]{2,60})")


class Announced(NamedTuple):
    """The day of an event and, where it is told, the place, both where the notice tells them."""

    day: Occasion
    place: Span | None


def announced(document: Document, part: Span) -> Announced | None:
    """What the headings of a notice in `part` say of when and where; None where no heading tells a day.

    >>> from zhengce.flow import process
    >>> text = "甲县春季招聘会公告\\n一、活动时间\\n2026年2月24日上午9:00。\\n二、活动地点\\n文化广场。\\n"
    >>> document = process(text.encode(), "a.txt").document
    >>> found = announced(document, document.parts[0].span)
    >>> str(found.day.first), document[found.place]
    ('2026-02-24', '文化广场')
    """
    time = TIME.search(document.text, part.start, part.end)
    if not time:
        return None
    day = next(days_in(document, Span(start=time.start("told"), end=time.end("told"))), None)
    if day is None or day.first is None:
        return None
    place = PLACE.search(document.text, part.start, part.end)
    return Announced(day, Span(start=place.start("told"), end=place.end("told")) if place else None)
