"""The days on which something is held, as reports tell them: 2月9日, 2025年3月1日至3日, 昨日, 本月9日, 近日."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from zhengce.text import Span

__all__ = ["Occasion", "occasions"]

DAY = (
    r"(?:(?P<{0}year>(?:19|20)\d\d)年|(?P<{0}said>今年|去年|明年|当年))?"
    r"(?:(?P<{0}month>1[0-2]|0?[1-9])月|(?P<{0}this>本月|当月|上月|下月))?"
)
NUMBER = r"(?P<{0}day>3[01]|[12]\d|0?[1-9])"
TO = r"\s?(?:[—–\-~～]{1,2}|至|到)\s?"
DAYS = re.compile(
    rf"(?<![\d.月])(?:{DAY.format('a_')}{NUMBER.format('a_')}日?{TO}{DAY.format('b_')}{NUMBER.format('b_')}日"
    rf"|{DAY.format('c_')}{NUMBER.format('c_')}日)(?!均|起?[内前])"
)
NEAR = re.compile(
    r"(?P<shift>前[日天]|昨[日天晚]|今[日天晚](?!头条)|明[日天])|(?P<loose>近日|(?<!\d)日前|近期|近段时间|连日来|这几天)|"
    r"(?P<week>上上|上个?|本|这个?)(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天])"
)
WEEKS = {"上上": 2, "上": 1, "上个": 1, "本": 0, "这": 0, "这个": 0}  # back from the week of publication
SHIFTS = {"前": -2, "昨": -1, "今": 0, "明": 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """Words that say when something is held; without a first day where they are loose or nothing anchors them."""

    span: Span
    text: str
    first: date | None = None
    last: date | None = None


def occasions(text: str, published: date | None, year: int | None = None) -> Iterator[Occasion]:
    """The occasions that a text names, in its order; days without a year are read nearest to `published`.

    Where that is not known, months are read in `year`.

    >>> [(one.text, str(one.first), str(one.last)) for one in occasions("2月9日至11日，昨日", date(2025, 2, 10))]
    [('2月9日至11日', '2025-02-09', '2025-02-11'), ('昨日', '2025-02-09', 'None')]
    >>> [str(one.first) for one in occasions("上周三和本周日", date(2025, 2, 10))]  # a Monday
    ['2025-02-05', '2025-02-16']
    """
    found = [_dated(match, published, year) for match in DAYS.finditer(text)] if "日" in text else []
    found += [_near(match, published) for match in NEAR.finditer(text)]
    yield from sorted((one for one in found if one), key=lambda one: one.span)


def _near(match: re.Match[str], published: date | None) -> Occasion:
    shift = SHIFTS.get((match["shift"] or " ")[0])
    first = published + timedelta(days=shift) if published and shift is not None else None
    if published and match["week"]:
        monday = published - timedelta(days=published.weekday() + 7 * WEEKS[match["week"][:2]])
        first = monday + timedelta(days="一二三四五六日".index(match["weekday"].replace("天", "日")))
    return Occasion(span=Span(start=match.start(), end=match.end()), text=match[0], first=first)


def _dated(match: re.Match[str], published: date | None, year: int | None) -> Occasion | None:
    one = "a_" if match["a_day"] else "c_"
    first = _day(match, one, published, year)
    last = None
    if one == "a_" and first:
        last = _later(match, first)
        if last is None or last < first:
            return None
    return Occasion(span=Span(start=match.start(), end=match.end()), text=match[0], first=first, last=last)


def _later(match: re.Match[str], first: date) -> date | None:
    """The last day of several; where no year is printed, the first one of that name behind the first day."""
    month, day = int(match["b_month"] or first.month), int(match["b_day"])
    if match["b_year"]:
        return _valid(int(match["b_year"]), month, day)
    last = _valid(first.year, month, day)
    return last if last is None or last >= first or not match["b_month"] else _valid(first.year + 1, month, day)


def _day(match: re.Match[str], one: str, published: date | None, anchor: int | None) -> date | None:
    printed, said, month, this, day = (match[one + name] for name in ("year", "said", "month", "this", "day"))
    if printed and month:
        return _valid(int(printed), int(month), int(day))
    if published is None:
        return _valid(anchor, int(month), int(day)) if anchor and month and not said else None
    if said and month:
        shift = {"去年": -1, "明年": 1}.get(said, 0)
        return _valid(published.year + shift, int(month), int(day))
    if month:
        held = (_valid(published.year + by, int(month), int(day)) for by in (-1, 0, 1))
        return min((one for one in held if one), key=lambda one: abs((one - published).days), default=None)
    by = {"上月": -1, "下月": 1}.get(this or "", 0)
    held = (_in_month(published, by + more, int(day)) for more in ((0,) if this else (-1, 0, 1)))
    return min((one for one in held if one), key=lambda one: abs((one - published).days), default=None)


def _in_month(published: date, by: int, day: int) -> date | None:
    months = published.year * 12 + published.month - 1 + by
    return _valid(months // 12, months % 12 + 1, day)


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
