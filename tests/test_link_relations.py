"""The relations that linking rests on: which go both ways, which hold of a thing and itself."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sound_links import corpus, pool

from zhengce.lexicon import table
from zhengce.link.body import body
from zhengce.link.brand_name import brand_name, region_before
from zhengce.link.contradiction import contradict
from zhengce.link.event_name import event_name, same_name
from zhengce.link.likeness import likeness
from zhengce.link.place_name import same_place
from zhengce.link.territory import compatible, holds
from zhengce.link.union import united
from zhengce.record import Bound

CODES = sorted(row["code"] for row in table("regions"))
CODE = st.sampled_from(["510000", "510800", "510824", "510900", "411525", "410000", "110000", "110105"])


@given(st.none() | CODE, st.none() | CODE)
def test_compatible_is_symmetric(one: str | None, other: str | None) -> None:
    assert compatible(one, other) == compatible(other, one)
    assert compatible(one, one)
    assert compatible(None, one)


def test_what_holds_a_county_is_its_city_and_its_province() -> None:
    counties = ["510824", "510821", "510921", "411525"]
    held = {one: [county for county in counties if holds(one, county)] for one in ("510000", "510800", "510824")}
    assert held == {"510000": counties[:3], "510800": counties[:2], "510824": counties[:1]}
    assert not compatible("510900", "510824")


@given(CODE, CODE, CODE)
def test_holding_is_reflexive_and_transitive(one: str, other: str, third: str) -> None:
    assert holds(one, one)
    assert not (holds(one, other) and holds(other, third)) or holds(one, third)
    assert not (holds(one, other) and holds(other, one)) or one == other


AMOUNT = st.decimals(min_value=0, max_value=10**9, places=2)
BOUND: st.SearchStrategy[Bound | None] = st.sampled_from([None, "=", ">", ">=", "<", "<=", "~", "each>="])
SIZE = st.tuples(AMOUNT, st.none(), BOUND) | st.tuples(AMOUNT, AMOUNT, st.just("range")).map(
    lambda told: (min(told[:2]), max(told[:2]), told[2])
)


@given(SIZE, SIZE)
def test_contradiction_is_symmetric_and_none_contradicts_itself(one: tuple, other: tuple) -> None:  # type: ignore[type-arg]
    assert contradict(one, other) == contradict(other, one)
    assert not contradict(one, one)


@given(AMOUNT, AMOUNT)
def test_two_exact_numbers_contradict_one_another_where_they_differ(one: Decimal, other: Decimal) -> None:
    assert contradict((one, None, "="), (other, None, None)) == (one != other)


@pytest.mark.parametrize("bound", [">", "~", "<"])
def test_no_negative_value_contradicts_itself(bound: Bound) -> None:
    told = (Decimal("-3.2"), None, bound)
    assert not contradict(told, told)


@given(st.lists(st.integers(0, 30), unique=True), st.data())
def test_united_gives_a_partition(keys: list[int], data: st.DataObject) -> None:
    pair = st.tuples(st.sampled_from(keys), st.sampled_from(keys)) if keys else st.nothing()
    pairs = data.draw(st.lists(pair, max_size=30)) if keys else []
    groups = united(keys, pairs)
    assert sorted(key for group in groups for key in group) == sorted(keys)
    group_of = {key: at for at, group in enumerate(groups) for key in group}
    assert all(group_of[one] == group_of[other] for one, other in pairs)
    assert len(groups) >= len(keys) - len({frozenset(pair) for pair in pairs if pair[0] != pair[1]})
    order = {key: at for at, key in enumerate(keys)}
    assert all(group == sorted(group, key=order.__getitem__) for group in groups)
    assert [group[0] for group in groups] == sorted((group[0] for group in groups), key=order.__getitem__)


SHORT = [row["short"] for row in table("regions") if len(row["short"]) > 1][::17]
PIECE = st.sampled_from(
    ["苍溪", "苍溪县", "四川", "四川省", "固始", "朝阳", "月嫂", "建筑", "铁军", "人", "劳务", "品牌", *SHORT]
)
NAME = st.lists(PIECE, min_size=1, max_size=5).map("".join)


@settings(max_examples=400)
@given(NAME, st.none() | st.sampled_from(["510824", "510000", "210000", "411525"]))
def test_the_stem_of_a_brand_has_no_region_left(name: str, context: str | None) -> None:
    assume(not name.removesuffix("品牌").endswith("品牌"))
    parts = brand_name(name, context)
    assert parts.stem
    assert name.removesuffix("品牌").removesuffix("劳务").endswith(parts.stem) or parts.stem in name
    again = brand_name(parts.stem, parts.code or context)
    apart = parts.code and again.code and not compatible(parts.code, again.code)  # 苍溪乐业家政: the second is a word
    assert apart or (again.stem, again.code) == (parts.stem, None)
    assert parts.code is None or parts.code in CODES


@given(st.text(alphabet="苍溪县旺固始的“”月嫂", max_size=12), st.data())
def test_a_region_before_ends_where_the_name_begins(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text)))
    found = region_before(text, at)
    if found:
        start, code = found
        assert 0 <= start < at
        assert code in CODES
        assert brand_name(text[start:at].removesuffix("的") + "月嫂").code == code


NAMES = st.lists(
    st.sampled_from(
        [
            "思南县",
            "2025年",
            "第三届",
            "首届",
            "全县",
            "新春",
            "大型",
            "月嫂",
            "技能",
            "招聘会",
            "大赛",
            "动员会",
            "“",
            "”",
        ]
    ),
    max_size=6,
).map("".join)


@given(NAMES, NAMES)
def test_names_of_events_agree_both_ways(one: str, other: str) -> None:
    assert same_name(event_name(one), event_name(other)) == same_name(event_name(other), event_name(one))
    assert event_name(event_name(one).words).words in event_name(one).words


@given(NAMES)
def test_two_years_and_two_editions_are_never_one_event(name: str) -> None:
    assume("年" not in name and "届" not in name)
    assert not same_name(event_name(f"2024年{name}"), event_name(f"2025年{name}"))
    assert not same_name(event_name(f"第三届{name}"), event_name(f"第四届{name}"))


PLACES = st.lists(
    st.sampled_from(["剑阁县", "广元市", "县", "人民", "职业中学", "体育馆", "广场", "实训楼"]), max_size=4
).map("".join)


@given(PLACES, PLACES)
def test_places_agree_both_ways(one: str, other: str) -> None:
    assert same_place(one, other) == same_place(other, one)
    assert same_place(one, one)


def test_likeness_is_symmetric_and_full_of_itself() -> None:
    reports = [*corpus()][:12]
    for at, one in enumerate(reports):
        assert likeness(one, one).jaccard == likeness(one, one).contained == likeness(one, one).reworded == 1
        for other in reports[:at]:
            like = likeness(one, other)
            assert like == likeness(other, one)
            assert 0 <= like.jaccard <= like.contained <= 1
            assert 0 <= like.length <= 1


def test_a_body_is_of_sentences_of_the_report_in_their_order() -> None:
    for report in (*corpus(), *pool()):
        told = body(report).told
        assert all(one.span in report.span for one in told)
        assert all(before.span.end <= after.span.start for before, after in pairwise(told))
        assert body(report).words == "".join(one.words for one in told)
