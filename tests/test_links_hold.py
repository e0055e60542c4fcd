"""What must hold of every linking: order changes nothing, ids lead somewhere, quotes stand where they should."""

from __future__ import annotations

import datetime
import random
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from made_reports import made
from sound_links import corpus, pool, sound, whole

from zhengce.link.copy import copies
from zhengce.link.dataset import linked
from zhengce.linked import Linked, Report

DAYS = st.none() | st.dates(datetime.date(2024, 12, 1), datetime.date(2025, 3, 1))
REGIONS = st.sampled_from([None, "510000", "510800", "510824", "411525", "520624"])


@st.composite
def sets_of_reports(draw: st.DrawFn) -> list[Report]:
    """Reports of the cases, from several cases at once, on other days and of other regions than they are."""
    chosen = draw(st.lists(st.integers(0, len(pool()) - 1), min_size=1, max_size=9, unique=True))
    return [replace(pool()[at], date=draw(DAYS), region_code=draw(REGIONS)) for at in chosen]


def without_reports(found: Linked) -> Linked:
    return replace(found, reports=())


@settings(max_examples=60, deadline=None)
@given(sets_of_reports(), st.randoms(use_true_random=False))
def test_the_order_of_the_reports_changes_nothing(reports: list[Report], shuffler: random.Random) -> None:
    shuffled = list(reports)
    shuffler.shuffle(shuffled)
    one, other = linked(reports), linked(shuffled)
    assert without_reports(one) == without_reports(other)
    assert list(one.copies) == list(other.copies)
    assert list(one.duplicates) == list(other.duplicates)


def test_the_order_of_the_corpus_changes_nothing() -> None:
    reports = list(corpus())
    expected = without_reports(linked(reports))
    assert expected.events
    assert expected.brands
    for seed in (1, 2):
        random.Random(seed).shuffle(reports)
        assert without_reports(linked(reports)) == expected


@settings(max_examples=80, deadline=None)
@given(sets_of_reports())
def test_every_linking_is_sound(reports: list[Report]) -> None:
    sound(linked(reports))


def test_the_linking_of_the_corpus_and_of_all_cases_is_sound() -> None:
    everything = linked([*corpus(), *pool()])
    sound(everything)
    assert len(everything.duplicates) > 40
    assert len(everything.conflicts) > 5
    assert sum(copy.copied_from is not None for copy in everything.copies.values()) > 20
    assert any(one.duplicate_of for one in everything.observations)


def test_an_observation_repeats_one_of_the_same_brand_and_attribute() -> None:
    found = linked([*corpus(), *pool()])
    observed = {one.id: one for one in found.observations}
    for one in found.observations:
        if one.duplicate_of:
            first = observed[one.duplicate_of]
            assert (first.brand, first.attribute) == (one.brand, one.attribute)


def test_a_repeated_record_is_a_repeated_observation_on_the_same_day_too() -> None:
    lead = "思南县“思南厨嫂”劳务品牌目前从业人员1.85万人，2024年实现产值9.2亿元，足迹遍布贵阳、广州和宁波等地的厨房。"
    rest = "塘头镇选手田某某以一道豆腐鱼夺得第一名，她打算带着同村六个姐妹去宁波，应聘一家餐饮公司的后厨岗位。" * 2
    day = datetime.date(2025, 5, 17)
    for surname in range(0x4E00, 0x4E40):  # the id of the longer one has to come last
        told = made(
            [
                {"name": "short", "title": "厨嫂", "text": lead, "date": day},
                {
                    "name": "full",
                    "title": "厨嫂掌勺",
                    "text": f"{lead}{rest}\n责任编辑：{chr(surname)}某某",
                    "date": day,
                },
            ]
        )
        if told["full"].id > told["short"].id:
            break
    assert told["full"].id > told["short"].id
    found = linked(list(told.values()))
    repeated = [one for one in found.observations if one.record in found.duplicates]
    assert len(repeated) == 2
    assert all(one.duplicate_of for one in repeated)


def test_what_stands_in_another_part_of_the_same_document_is_no_other_report_s() -> None:
    told = [
        {"name": "a", "title": "简报", "text": "2023年，苍溪县向外输出农村劳动力12.8万人。"},
        {"name": "b", "title": "快讯", "text": "据统计，2023年，苍溪县共向外输出农村劳动力12.8万人。"},
    ]
    one, other = made(told, apart=True).values()
    assert len(linked([one, other]).duplicates) == 1
    assert not linked([one, replace(other, document=one.document)]).duplicates


SAME = "从江县47名瑶浴师傅启程前往广州，他们将在6家康养酒店上岗。出发前，县人社局为每人购买了意外保险。"


def test_of_texts_that_are_the_same_none_is_copied_from_a_later_one() -> None:
    days = {"m": 1, "z": 2, "a": 3}
    found = copies([whole(name, SAME, datetime.date(2025, 8, day)) for name, day in days.items()])
    assert found["m"].copied_from is None
    for name in ("a", "z"):
        assert days[found[name].copied_from or ""] < days[name]


def test_the_first_of_texts_that_are_the_same_represents_them() -> None:
    found = copies([whole(name, SAME, datetime.date(2025, 8, day)) for name, day in {"m": 2, "z": 1, "a": 3}.items()])
    assert {one.representative for one in found.values()} == {"z"}
    assert {one.kind for one in found.values() if one.report != "z"} == {"identical"}
