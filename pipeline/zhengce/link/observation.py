"""What reports state of a brand: workers, output, share of a market, status, region, industry, with their words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Literal

from zhengce.link.brand_mention import Mention
from zhengce.link.brand_name import region_name
from zhengce.linked import FIGURES, Attribute, Observation, Report
from zhengce.record import Brand, Fact
from zhengce.sentence import sentences
from zhengce.text import Span
from zhengce.value.date import dates

__all__ = ["observations"]

WORKERS = re.compile(
    r"从业|就业|务工|带动|吸纳|输出|队伍|人员|从事|在外|(?:已|共|现|就|仅|如今|目前|约)有?[约近超]?[\d一二两三四五六七八九]"
)
NOT_WORKERS = re.compile(
    r"培训|参加|参赛|报名|选手|人次|新增|招聘|岗位|名额|达成|签约|表彰|吸引|每|新招|脱贫|跨省|海外|持证|取得|其中|带徒|学员|"
    r"今年(?:将|要|计划)|将(?:吸纳|新增|带动)|首批|第一批|再训|观众|手下|组织"
)
OUTPUT = re.compile(
    r"产值|劳务(?:总|净|经济)?收入|总收入|营收|营业收入|创收|挣回|创造.{0,4}(?:收入|价值|效益)|销售(?:收入|额)|经济效益|工资性收入|收益|总产|规模"
)
NOT_OUTPUT = re.compile(
    r"人均|户均|月[工收薪]|月均|年薪|每[人月户天]|补贴|奖|资金|投入|增收|单价|月入|工钱|签约|订单|贷款|工资(?!性)|平均"
)
SHARE = re.compile(r"占有率|份额|市场[^，。]{0,8}占|占[^，。]{0,24}市场|市占率|占[^，。]{0,12}用工")
NOW = re.compile(r"目前|现有|如今|眼下|现已|截至目前|现在|至今(?!年)|当前")
BRAND_SAID = re.compile(r"品牌|队伍|他们|她们|这支|该|从业人员")
LONGEST = 3  # sentences after a name in which a figure may still be about it


def observations(
    groups: Sequence[tuple[str, Sequence[Mention]]], reports: Sequence[Report], duplicates: Mapping[str, str]
) -> Iterator[Observation]:
    """What the reports state of each brand (its id and its mentions), in the order of the brands and the reports.

    A figure belongs to the brand named last before it in its paragraph; it is as of the time that its sentence states,
    else of the day of its report. One that repeats that of an earlier report has `duplicate_of`.
    """
    by_report: dict[str, list[tuple[Span, str, Mention]]] = {}
    for brand, mentions in groups:
        for mention in mentions:
            by_report.setdefault(mention.report, []).append((mention.span, brand, mention))
    counts: dict[str, int] = {}
    found: list[Observation] = []
    for report in sorted(reports, key=lambda one: (one.date or date.max, one.id)):
        named = sorted(by_report.get(report.id, ()), key=lambda one: one[0])
        for brand, told in [*_stated(report, named), *_figures(report, named)]:
            counts[brand] = counts.get(brand, 0) + 1
            found.append(replace(told, id=f"{brand}-{counts[brand]}", brand=brand))
    ids = {one.record: one.id for one in found if one.record and one.attribute in FIGURES}
    for one in found:
        first = ids.get(duplicates.get(one.record or "", "")) if one.attribute in FIGURES else None
        yield replace(one, duplicate_of=first)


def _stated(report: Report, named: Sequence[tuple[Span, str, Mention]]) -> Iterator[tuple[str, Observation]]:
    """Region, industry and status, as the first mention in the report that tells them does."""
    records = dict(report.records)
    seen: set[tuple[str, Attribute]] = set()
    for span, brand, mention in named:
        record = records.get(mention.record or "")
        told: list[tuple[Attribute, str | None, Span]] = []
        if mention.code and mention.region_span:
            told.append(("region", region_name(mention.code), mention.region_span))
        if isinstance(record, Brand):
            told += [("industry", record.industry, span), ("status", record.status, span)]
        for attribute, value, at in told:
            if value and (brand, attribute) not in seen:
                seen.add((brand, attribute))
                yield brand, _observed(report, attribute, value, at, mention.record)


def _figures(report: Report, named: Sequence[tuple[Span, str, Mention]]) -> Iterator[tuple[str, Observation]]:
    only = {brand for _, brand, _ in named}
    ends = [sentence.end for sentence in sentences(report.text)]
    for name, record in report.records:
        if not isinstance(record, Fact) or record.value is None or not (attribute := _attribute(record)):
            continue
        at = record.citation.span
        brand = _about(report.text, at, named, ends) or (
            next(iter(only)) if len(only) == 1 and BRAND_SAID.search(record.citation.quote) else None
        )
        if brand:
            as_of = _as_of(record, report)
            if as_of and report.date and as_of > report.date:
                continue  # what is to come is no observation
            told = _observed(report, attribute, f"{record.value.normalize():f}", at, name)
            dated: Literal["stated", "report"] | None = "stated" if as_of else told.dated
            yield brand, replace(told, bound=record.bound, unit=record.unit, as_of=as_of or told.as_of, dated=dated)


def _attribute(record: Fact) -> Attribute | None:
    quote = record.citation.quote
    if record.unit in ("人", "名", "位") and WORKERS.search(quote) and not NOT_WORKERS.search(quote):
        return "workers"
    if record.unit == "元" and OUTPUT.search(quote) and not NOT_OUTPUT.search(quote):
        return "output_yuan"
    if record.unit == "%" and SHARE.search(quote):
        return "market_share"
    return None


def _about(text: str, at: Span, named: Sequence[tuple[Span, str, Mention]], ends: Sequence[int]) -> str | None:
    """The brand that a figure is about: the only one in its clause, else the last before it in its paragraph."""
    paragraph = text.rfind("\n", 0, at.start) + 1
    inside = {brand for span, brand, _ in named if span in at}
    if len(inside) == 1:
        return next(iter(inside))
    before = [(span, brand) for span, brand, _ in named if paragraph <= span.start < at.start]
    if not before or len(inside) > 1:
        return None
    span, brand = before[-1]
    between = sum(span.end <= end <= at.start for end in ends)
    listed = {
        one for other, one in before if text[other.end : span.start].strip("、和与及“”「」") == "" or other == span
    }
    return brand if between <= LONGEST and len(listed) == 1 else None


def _as_of(record: Fact, report: Report) -> date | None:
    """The day as of which a figure holds where the text states it: the last one of a year or month that is over."""
    if not record.period or NOW.search(record.citation.quote):
        return None
    for told in dates(record.period, report.date.year if report.date else None, report.date):
        if told.day:
            running = report.date and told.day > report.date and re.fullmatch(r"(?:20\d\d|今)年", record.period)
            return None if running else told.day
    return None


def _observed(report: Report, attribute: Attribute, value: str, at: Span, record: str | None) -> Observation:
    return Observation(
        id="", brand="", attribute=attribute, value=value, as_of=report.date, dated="report" if report.date else None,
        report=report.id, record=record, document=report.document, quote=report.text[at.start : at.end], span=at,
    )  # fmt: skip
