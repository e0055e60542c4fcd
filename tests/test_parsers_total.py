"""Every parser of values and names takes any text: it never raises, and what it finds stands where it says."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

from hypothesis import example, given, settings
from hypothesis import strategies as st

from zhengce.name.central_body import central_body
from zhengce.name.department import is_listed, official_name
from zhengce.name.number import normal_number, numbers
from zhengce.name.place import find_place, last_place, places_in, province_by_sign
from zhengce.text import Span
from zhengce.value.bound import cue_before
from zhengce.value.date import dates
from zhengce.value.day import parse_day
from zhengce.value.listed import places
from zhengce.value.number import parse_number
from zhengce.value.numeral import numerals
from zhengce.value.occasion import occasions
from zhengce.value.per import per_of
from zhengce.value.quantity import quantities

PIECES = (
    "0 1 2025 99999999999999999999 １ ² ٣ 〇 零 一 十 百 千 万 亿 兆 廿 两 几 半 . , ， 、 。 — ～ - / "
    "% ‰ 百分之 分之 成 倍 翻番 年 月 日 季度 个工作日 底 前 内 起 至 到 近 约 以上 不少于 不超过 力争 "
    "元 人 人次 户 家 每 各 分别 由 提高 第 号 〔 〕 （ ） [ 《 》 “ ” 国办发 人社部 省 市 县 区 贵州 "
    "遵义市 鼓楼 财政 局 委 厅 部门 国务院 民国 今年 全年 十四五 期间 ￥ $ 万元 亿美元 \ud800 \ufffd "
    "\u202e "
)
TEXTS = st.one_of(
    st.lists(st.sampled_from([*PIECES.split(), *" \t\n\0"]), max_size=14).map("".join), st.text(max_size=40)
)
DAYS = st.none() | st.dates(date(1949, 1, 1), date(2100, 1, 1))
YEARS = st.none() | st.integers(1949, 2100)


def stands(text: str, span: Span) -> bool:
    return 0 <= span.start < span.end <= len(text)


@settings(max_examples=400, deadline=None)
@given(TEXTS)
@example("3" * 60 + "人")
@example("3" * 6000 + "亿元")
@example("0." + "0" * 60 + "1亿元")
@example("零分之三，0分之1，百分之" + "一" * 50)
def test_numbers_and_quantities_stand_in_any_text(text: str) -> None:
    assert all(stands(text, one.span) for one in numerals(text))
    found = list(quantities(text))
    for one in found:
        assert one.text == text[one.span.start : one.span.end]
        assert one.value.is_finite()
        assert one.upper is None or one.upper.is_finite()
        per_of(text, one, Span(start=0, end=len(text)))
    assert [one.span for one in found] == sorted(one.span for one in found)
    assert all(0 <= place < count for place, count in places(text, found))
    for end in range(len(text) + 1):
        said = cue_before(text, end)
        assert said is None or 0 <= said[0] <= end


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_a_numeral_is_a_number_or_none(text: str) -> None:
    with suppress(ValueError):
        assert parse_number(text).is_finite()


@settings(max_examples=400, deadline=None)
@given(TEXTS, YEARS, DAYS)
def test_days_stand_in_any_text(text: str, year: int | None, written: date | None) -> None:
    for mention in dates(text, year, written):
        assert mention.text == text[mention.span.start : mention.span.end]
        assert stands(text, mention.span)
    for occasion in occasions(text, written, year):
        assert stands(text, occasion.span)
    parse_day(text)


@settings(max_examples=400, deadline=None)
@given(TEXTS, YEARS)
def test_names_are_looked_for_in_any_text(text: str, year: int | None) -> None:
    assert all(0 <= start < end <= len(text) for start, end in places_in(text))
    place = find_place(text)
    assert place is None or place.name
    for level in ("province", "prefecture", "county"):
        last_place(text, level)
    province_by_sign(text)
    is_listed(text)
    central_body(text, None, year)
    assert official_name(text, place, None, year) == official_name(text, place, None, year)
    assert all(normal_number(match).endswith("号") for match in numbers(text))
