"""The day a text was written (成文日期) and the day it was published (发布日期)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from zhengce.document import DocumentKind
from zhengce.outline.signature import Signature
from zhengce.value.day import FULL_DAY, parse_day

__all__ = ["dated"]

WRITTEN = ("成文日期", "成文时间")
WRITTEN_PERHAPS = ("签发日期", "生成日期", "发文日期", "印发日期")
PUBLISHED = (
    "发布日期", "发布时间", "公开日期", "PubDate", "publishdate", "pubdate", "PublishDate", "firstpublishedtime",
    "发表时间", "发文日期",
)  # fmt: skip
DATELINE = re.compile(r"(?m)^[^\n。]{0,30}(?:来源|发布时间|时间)[^\n。]{0,60}$")
FULL = rf"(?:{FULL_DAY})"
DAY = rf"(?:{FULL_DAY}|(?:19|20)\d\d[-./]\d{{1,2}}[-./]\d{{1,2}})"
TOP = re.compile(rf"(?P<day>{DAY})(?P<time>\s*\d{{1,2}}:\d{{2}}(?::\d{{2}})?)?(?P<rest>[^。]{{0,40}})")
# a text that a meeting passed bears the day in brackets under its title; a speech or a report, that of its meeting
CAPTION = re.compile(rf"[（(](?P<inner>[^（）()。]*{FULL}[^（）()。]*)[）)]")
MEETING = re.compile(
    rf"[—\-–（(]*\s*[^。，：]{{0,12}}{FULL}[^。：]{{0,60}}(?:会议|大会|[会讲告]|报告|讲话)[^。：]{{0,12}}[）)。]?"
)
BESIDE = re.compile(rf"(?:[^。，：:\n]{{2,30}}\s)?(?P<day>{FULL})\s?(?:[（(]?(?:星期|周)[一二三四五六日天][）)]?)?")
BYLINE = re.compile(r"\s*(?:(?:本[报刊台网社]|记者|通讯员|特约|作者|来源|编辑)[^。，]{0,36})?")
FOOT = re.compile(rf"(?:印发|发文|签发)日期\s*[:：]\s*(?P<day>{FULL})")
REPUBLIC = re.compile(r"(?<!\d)(?P<year>1[01]\d)\s?年\s?(?P<month>\d{1,2})\s?月\s?(?P<day>\d{1,2})\s?日")
RELEASE = re.compile(r"新闻稿|发布日期|发稿|日期[:：]|民国|[新發发]布")
IN_FORCE = re.compile(rf"自?(?:{FULL_DAY})起")
SPOKEN: frozenset[DocumentKind] = frozenset({"report", "speech"})
UNDATED: frozenset[DocumentKind] = frozenset({"news", "interpretation", "other"})
FEW = 12
HEAD = 1200


def dated(
    fields: Mapping[str, str], page: str, text: str, kind: DocumentKind, signed: Signature
) -> tuple[date | None, date | None]:
    """The two days, each None where nothing says it; `page` is the raw text, whose line of date and source counts.

    Written: what the page states, the signature, the brackets under the title (the last day in them, without days of
    coming into force), less certain fields. A news report has no day of writing; a date above it is that of publishing.
    Source: 党政机关公文处理工作条例 article 9 (a text that a meeting passed is dated by that meeting).
    """
    lines = [line.strip() for line in text[:2500].split("\n") if line.strip()][:FEW]
    lines = lines[: next((at + 1 for at, line in enumerate(lines) if "。" in line and len(line) > 60), FEW)]
    published = (
        _first(fields, PUBLISHED) or _above(page) or _top(lines, kind) or _beside(lines, kind) or _republic(lines)
    )
    if kind == "news":
        return None, published
    written = _first(fields, WRITTEN) or signed.written or _captioned(lines, kind) or _first(fields, WRITTEN_PERHAPS)
    if written is None and kind not in UNDATED:
        written = next((parse_day(line) for line in lines if re.fullmatch(FULL_DAY, line)), None)
    if written is None and (foot := FOOT.search(text)):
        written = parse_day(foot["day"])
    return written, published


def _first(fields: Mapping[str, str], labels: Iterable[str]) -> date | None:
    return next((day for label in labels if (day := parse_day(fields.get(label, "")))), None)


def _above(page: str) -> date | None:
    """The day in the line over an article that names its source (2024-03-05 10:00 来源：…)."""
    return next((day for line in DATELINE.finditer(page[:HEAD]) if (day := parse_day(line[0]))), None)


def _top(lines: Iterable[str], kind: DocumentKind) -> date | None:
    """The day of a line that begins with it above a text; in an official one only with the hour or in figures."""
    for line in lines:
        match = TOP.fullmatch(line)
        if match and (
            match["time"] or "年" not in match["day"] or (kind in UNDATED and BYLINE.fullmatch(match["rest"]))
        ):
            return parse_day(match["day"])
    return None


def _beside(lines: Iterable[str], kind: DocumentKind) -> date | None:
    """The day in the line of a byline (本报记者 张三 2024年6月3日), or by itself with its weekday."""
    found = (BESIDE.fullmatch(line) for line in lines if kind in UNDATED)
    return next((parse_day(match["day"]) for match in found if match), None)


def _republic(lines: Iterable[str]) -> date | None:
    """The day of a release dated by the years of the Republic of China, which began with 1912."""
    for line in lines:
        match = REPUBLIC.search(line)
        if match and RELEASE.search(line):
            return parse_day(f"{int(match['year']) + 1911}年{match['month']}月{match['day']}日")
    return None


def _captioned(lines: Iterable[str], kind: DocumentKind) -> date | None:
    for line in lines:
        caption = CAPTION.fullmatch(line)
        if caption or (kind in SPOKEN and MEETING.fullmatch(line)):
            days = re.findall(FULL_DAY, IN_FORCE.sub("", line))
            if days:
                return parse_day(days[-1])
    return None
