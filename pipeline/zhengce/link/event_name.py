"""Whether two names are of one event: without years, regions and marks, and not of two editions."""

from __future__ import annotations

import re
from dataclasses import dataclass

from zhengce.link.closeness import partly_close, ratio
from zhengce.name.place import places_in

__all__ = ["EventName", "event_name", "same_name"]

EDITION = re.compile(r"第[一二三四五六七八九十百\d]+(?:届|次|期|批|场)|首届|首场|首期")
YEAR = re.compile(r"(20\d\d)年度?")
NOISE = re.compile(r"[^\u4e00-\u9fffA-Za-z0-9]|全[省市县国]|[省市县区州]级|大型|隆重")
ALIKE, PARTLY = 70, 85  # of 100: of the whole names, of the shorter one in the longer
TELLING = 4  # characters that the shorter name needs beside the head


@dataclass(frozen=True, slots=True, kw_only=True)
class EventName:
    """What is left of a name, the years and the editions in it."""

    words: str
    years: frozenset[str]
    editions: frozenset[str]


def event_name(name: str) -> EventName:
    """The parts of an event's name.

    >>> event_name("甲市2025年第三届“乙嫂”技能大赛").words
    '甲市乙嫂技能大赛'
    """
    bare = name
    for start, end in reversed(places_in(name)):
        bare = bare[:start] + bare[end:]
    years, editions = frozenset(YEAR.findall(bare)), frozenset(EDITION.findall(bare))
    return EventName(words=NOISE.sub("", EDITION.sub("", YEAR.sub("", bare))), years=years, editions=editions)


def same_name(one: EventName, other: EventName) -> bool:
    """Whether two names can be of one event."""
    for mine, theirs in ((one.years, other.years), (one.editions, other.editions)):
        if mine and theirs and mine.isdisjoint(theirs):
            return False
    short = min(len(one.words), len(other.words))
    partly = short > TELLING and partly_close(one.words, other.words) >= PARTLY
    return partly or ratio(one.words, other.words) >= ALIKE
