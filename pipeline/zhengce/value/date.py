"""Dates, deadlines, starts and recurrences as policy prose writes them, anchored on the document's own year."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from zhengce.text import Span
from zhengce.value.number import parse_number

__all__ = ["CUE", "DateMention", "dates"]

Kind = Literal["by", "within", "from", "point", "period", "recurring", "unanchored"]

CN = "〇零○Ｏ一二三四五六七八九"
# 今（114）年, 民国114年, 114年底: years of the Republic of China, 1911 behind the common era; 今（2025）年 is common
ROC = (
    r"[今明去][(（]1[0-3]\d[)）]|(?:中华)?民国1[0-3]\d|[(（]?1[01]\d[)）]?(?=年(?:度|底|\d{1,2}月|起))|"
    r"(?<=目标)1[01]\d(?=年)"
)
YEAR = (
    rf"(?:(?P<year>(?:19|20)\d\d|[一二][{CN}]{{3}})年|[今本][(（](?P<year_in>20\d\d)[)）]年|(?P<roc>{ROC})年|"
    rf"(?P<relative>今年|明年|本年|本年度|当年|去年|上年))度?"
)
# 三月三 is a feast
MONTH = r"(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月份?(?![一三六七九](?![日号十百千]))"
DAY = r"(?P<day>[12]\d|3[01]|0?[1-9]|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])日"
OPEN_END = (
    r"(?P<suffix>上旬前|中旬前|下旬前|底前|末前|年底前|年末前|底之前|底以前|年底|期末|底|末|之前|以前|前|内|上半年|下半年|初|"
    r"中旬|上旬|下旬|开始|以来|起|间|期间)?"
)
CALENDAR = re.compile(
    rf"(?P<prefix>截至|截止到|截止|从|自|到|至|于|在)?"
    rf"(?:{YEAR}(?:{MONTH}(?:{DAY})?)?|{MONTH.replace('month', 'month2')}(?:{DAY.replace('day', 'day2')})?){OPEN_END}"
)
SPAN_OF_DAYS = re.compile(
    rf"(?:{YEAR.replace('year', 'y').replace('roc', 'r').replace('relative', 'l')})?(?:\d{{1,2}}月)?"
    rf"\d{{1,2}}日?[—–\-~～至到](?:次年)?(?:\d{{1,2}}月)?\d{{1,2}}日|"
    rf"(?<!\d)\d{{1,2}}月[—–\-~～至到](?:次年)?\d{{1,2}}月"
)
YEARS = re.compile(r"(?P<first>(?:19|20)\d\d)年?\s*[—–\-~～至到]\s*(?P<last>(?:19|20)\d\d)年(?:度|期间)?")
PLAN = re.compile(
    r"(?P<prefix>到|至)?[“\"「‘『]?(?P<plan>十[一二三四五六]?|[七八九])五[”\"」’』](?P<suffix>时期末|期末|末期|末|期间|时期|以来|规划期内)?"
    r"|(?:(?P<prefix2>到)|(?<![第至一二三四五六七八九\d])(?=十[一二三四五六]五))(?P<plan2>十[一二三四五六]?)五(?P<suffix2>期末|末|期间|时期)"
)
YEAR_END = re.compile(
    r"(?<![半一两二三四五六七八九十几数\d])(?P<prefix>到)?(?:今年|本年|当年)?年(?P<suffix>底前|底|内|末前|末)"
)
WHOLE_YEAR = re.compile(r"(?<![去上成现])全年|今明后?[两二三]年")
QUARTER = re.compile(
    r"(?P<prefix>到|至)?(?:(?P<year>(?:19|20)\d\d)年|(?P<relative>[今明去]年))?第?(?P<quarter>[一二三四])季度(?P<suffix>末前|末|底前|底|前|内)?"
)
HOLIDAY = re.compile(
    r"(?:(?P<year>(?:19|20)\d\d)年|(?P<relative>[今明]年))?[“\"]?(?P<feast>五一|国庆|元旦)[”\"]?(?:节|劳动节|假期)?(?:之前|以前|前)"
)
RECURRING = re.compile(
    r"每(?:隔)?(?P<step>[一二两三四五\d]|半)?(?:个)?(?P<unit>年度|年|季度|季|月|周|学期|届|学年)|年均"
)
CUE = re.compile("[年月日季周届天期五庆旦]")  # no mention of time is without one of these
CN = "[一二两三四五六七八九十]"
TERM = rf"(?P<number>(?<!{CN}){CN}+|(?<!\d)\d+)(?P<unit>个月|年|个工作日|工作日|日|天|周)"
WITHIN = re.compile(rf"{TERM}(?:之内|以内|内)")
# counted from the day on which the document itself was issued; from when it takes effect would be another day
SINCE_ISSUE = re.compile(
    r"[自从]?(?:本|该|此)?(?:通知|意见|办法|方案|文件|规定|细则|公告|措施)?(?:印发|发布|公布|下发)(?:之日起|日起|后)的?"
    rf"{TERM}(?:之内|以内|内)"
)
AIMED_TERM = re.compile(
    rf"(?:(?<=力争)|(?<=争取)|(?<=力争在)|(?<=力争用)|(?<=用)){TERM}(?:左右)?(?:的?时间|之内|以内|内)"
)
PRICES = re.compile(r"不变价|可比价|价格")
# a year that is spoken of rather than one in which something is done: 今年是…, 今年政府工作的总体要求
SPOKEN_OF = re.compile(r"也?是|(?:的)?(?:政府|经济|各项)?工作(?:的|总体)")
TEN_DAYS = {"上": 10, "中": 20}

PLANS = ("七", "八", "九", "十", "十一", "十二", "十三", "十四", "十五", "十六")
PLAN_ORDER = {plan: number for number, plan in enumerate(PLANS, 7)}


@dataclass(slots=True, kw_only=True)
class DateMention:
    """A stretch that speaks of time.

    `day` is the last day meant (deadline, period) or the first (start); `inferred` says that the year was not printed;
    `shifted` that 2025年前 was read as the end of 2024. `recurring` holds the words of a recurrence.
    """

    span: Span
    text: str
    kind: Kind
    day: date | None = None
    inferred: bool = False
    shifted: bool = False
    recurring: str | None = None

    def shift(self, by: int) -> DateMention:
        """The same mention, `by` characters further on."""
        return DateMention(
            span=self.span.shift(by), text=self.text, kind=self.kind, day=self.day, inferred=self.inferred,
            shifted=self.shifted, recurring=self.recurring,
        )  # fmt: skip


@dataclass(slots=True)
class _Anchor:
    """What dates are read against: the document's year, and its day where that is known."""

    year: int | None
    day: date | None


def dates(text: str, year: int | None = None, written: date | None = None) -> list[DateMention]:
    """Every mention of time in the text in its order.

    `year` anchors months and 今年 (this year), `written` (the document's day) terms such as 自印发之日起30日内.

    Rules: DESIGN.md section 4 (到2022年 → the last day; 2025年前 → the day before it; “十四五” → 2025-12-31).

    >>> [(d.text, d.kind, str(d.day)) for d in dates("到2024年底建成，6月底前备案", 2024)]
    [('到2024年底', 'by', '2024-12-31'), ('6月底前', 'by', '2024-06-30')]
    """
    if not CUE.search(text):
        return []
    anchor = _Anchor(year, written)
    found: list[DateMention] = []
    for pattern, read in _readers(TELLING.intersection(text)):
        for match in pattern.finditer(text):
            start, end = match.span()
            if start < end and not any(start < one.span.end and one.span.start < end for one in found):
                mention = read(match, anchor)
                found += [mention] if mention else []
    return sorted(found, key=lambda mention: mention.span) if len(found) > 1 else found


def _mention(match: re.Match[str], kind: Kind, day: date | None, **more: object) -> DateMention:
    return DateMention(span=Span(start=match.start(), end=match.end()), text=match[0], kind=kind, day=day, **more)  # type: ignore[arg-type]


def _last_day(year: int, month: int = 12, day: int | None = None) -> date | None:
    try:
        return date(year, month, day or monthrange(year, month)[1])
    except ValueError:
        return None


def _calendar(match: re.Match[str], anchor: _Anchor) -> DateMention | None:
    parts = match.groupdict()
    year, inferred = _year(parts, anchor.year)
    month_text, day_text = parts["month"] or parts["month2"], parts["day"] or parts["day2"]
    prefix, suffix = parts["prefix"] or "", parts["suffix"] or ""
    before = match.string[max(0, match.start() - 3) : match.start()]
    every = inferred and not parts["relative"] and before.endswith(("每年", "每年度"))
    if year is None or every:  # 每年6月底前 is a day of no one year
        return _mention(match, "unanchored", None)
    month = int(parse_number(month_text)) if month_text else None
    day = int(parse_number(day_text)) if day_text else None
    last = _last_day(
        year, month or (6 if suffix == "上半年" else 12), day or (TEN_DAYS.get(suffix[:1]) if "旬" in suffix else None)
    )
    if last is None:
        return None
    past = parts["relative"] in ("去年", "上年", "当年") or (parts["roc"] or "").startswith("去")
    compared = before.endswith(("比", "较")) or (past and (prefix == "于" or before.endswith(("于", "同", "与"))))
    spoken_of = parts["relative"] and SPOKEN_OF.match(match.string, match.end())
    if compared or spoken_of or PRICES.match(match.string, match.end()):
        return _mention(match, "point", last, inferred=inferred)  # a base of comparison, not a time of doing
    if prefix.startswith("截") or suffix in ("以来", "初") or past:
        return _mention(match, "period", last, inferred=inferred)
    if suffix in ("起", "开始") or prefix in ("从", "自"):
        first = date(year, month or 1, day or 1)
        return _mention(match, "from", first, inferred=inferred)
    if suffix in ("前", "之前", "以前") and not day:
        eve = _last_day(year, month - 1) if month and month > 1 else _last_day(year - 1)
        return _mention(match, "by", eve, inferred=inferred, shifted=True)
    if prefix in ("到", "至") or suffix[:1] in ("底", "末", "年", "期", "内") or suffix.endswith("前"):
        return _mention(match, "by", last, inferred=inferred)
    return _mention(match, "point" if day else "within", last, inferred=inferred)


def _year(parts: dict[str, str | None], anchor: int | None) -> tuple[int | None, bool]:
    if parts["year"]:
        return int(parse_number(parts["year"].replace("Ｏ", "〇"))), False
    if parts["year_in"]:
        return int(parts["year_in"]), False
    if parts["roc"]:
        return int(re.sub(r"\D", "", parts["roc"])) + 1911, False
    if anchor is None:
        return None, True
    shift = {"明年": 1, "去年": -1, "上年": -1}.get(parts["relative"] or "", 0)
    return anchor + shift, True


def _years(match: re.Match[str], anchor: _Anchor) -> DateMention:
    return _mention(match, "within", _last_day(int(match["last"])))


def _days(match: re.Match[str], anchor: _Anchor) -> DateMention:
    return _mention(match, "point", None)


def _plan(match: re.Match[str], anchor: _Anchor) -> DateMention:
    plan, suffix = match["plan"] or match["plan2"], match["suffix"] or match["suffix2"] or ""
    last = _last_day(1955 + 5 * PLAN_ORDER[plan])
    if suffix == "以来" or not (suffix or match["prefix"]):
        return _mention(match, "period", last)
    by = suffix.endswith("末") or match["prefix"] or match["prefix2"]
    return _mention(match, "by" if by else "within", last)


def _year_end(match: re.Match[str], anchor: _Anchor) -> DateMention:
    return _mention(
        match, "by" if anchor.year else "unanchored", _last_day(anchor.year) if anchor.year else None, inferred=True
    )


def _whole_year(match: re.Match[str], anchor: _Anchor) -> DateMention:
    """全年 (the whole year), 今明两年 (this year and next), 今明后三年."""
    if anchor.year is None:
        return _mention(match, "unanchored", None, inferred=True)
    years = {"两": 1, "二": 1, "三": 2}.get(match[0][-2], 0)
    return _mention(match, "within", _last_day(anchor.year + years), inferred=True)


def _quarter(match: re.Match[str], anchor: _Anchor) -> DateMention:
    year, _ = _year({**match.groupdict(), "year_in": None, "roc": None}, anchor.year)
    if year is None:
        return _mention(match, "unanchored", None, inferred=True)
    quarter = int(parse_number(match["quarter"])) - (match["suffix"] == "前")
    last = _last_day(year, quarter * 3) if quarter else _last_day(year - 1)
    kind: Kind = "by" if match["suffix"] or match["prefix"] else "within"
    return _mention(match, kind, last, inferred=not match["year"], shifted=match["suffix"] == "前")


def _holiday(match: re.Match[str], anchor: _Anchor) -> DateMention:
    """Before a public holiday whose day is the same each year; New Year's ends the year before."""
    year, _ = _year({"year": match["year"], "relative": match["relative"], "year_in": None, "roc": None}, anchor.year)
    if year is None:
        return _mention(match, "unanchored", None, inferred=True)
    month = {"五一": 4, "国庆": 9, "元旦": 0}[match["feast"]]
    last = _last_day(year, month) if month else _last_day(year - 1)
    return _mention(match, "by", last, inferred=not match["year"], shifted=True)


def _recurring(match: re.Match[str], anchor: _Anchor) -> DateMention:
    return _mention(match, "recurring", None, recurring=match[0])


def _term(match: re.Match[str], anchor: _Anchor) -> DateMention:
    day = _later(anchor.day, int(parse_number(match["number"])), match["unit"]) if anchor.day else None
    return _mention(match, "by" if day else "unanchored", day, inferred=day is not None)


def _later(day: date, number: int, unit: str) -> date | None:
    """A day so much later; none for working days, which depend on the calendar of holidays."""
    if number > 1000:
        return None
    if unit in ("日", "天", "周"):
        return day + timedelta(days=number * (7 if unit == "周" else 1))
    if unit not in ("年", "个月"):
        return None
    months = day.month - 1 + number * (12 if unit == "年" else 1)
    year, month = day.year + months // 12, months % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _within(match: re.Match[str], anchor: _Anchor) -> DateMention:
    return _mention(match, "unanchored", None)


Reader = Callable[[re.Match[str], _Anchor], DateMention | None]
TO = "—–-~～至到"
# in the order of their weight; no pattern matches without a character of each string before it
READERS: tuple[tuple[tuple[str, ...], re.Pattern[str], Reader], ...] = (
    (("年", TO), YEARS, _years), (("月日", TO), SPAN_OF_DAYS, _days), (("五",), PLAN, _plan),
    (("季",), QUARTER, _quarter), (("前", "一庆旦"), HOLIDAY, _holiday), (("每均",), RECURRING, _recurring),
    (("内", "发布"), SINCE_ISSUE, _term), (("内间",), AIMED_TERM, _term), (("内",), WITHIN, _within),
    (("年月",), CALENDAR, _calendar), (("年", "底末内"), YEAR_END, _year_end),
    (("年", "全今"), WHOLE_YEAR, _whole_year),
)  # fmt: skip
TELLING = frozenset("".join(char for needed, _, _ in READERS for char in needed))


@lru_cache(maxsize=2048)  # few of the characters that tell stand in one text, and the same ones again and again
def _readers(shown: frozenset[str]) -> tuple[tuple[re.Pattern[str], Reader], ...]:
    """What may find a date where these characters stand."""
    return tuple((pattern, read) for needed, pattern, read in READERS if not any(map(shown.isdisjoint, needed)))
