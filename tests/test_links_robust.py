"""Linking of what is odd or much: empty and endless texts, characters beyond the BMP, the same text a thousand times.

Work is counted, never timed: pairs that are laid side by side, relations that are kept.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from made_reports import made, restored_from
from sound_links import corpus, sound, whole

from zhengce.link.alias import aliases
from zhengce.link.body import body
from zhengce.link.copy_pairs import COMMON, copy_pairs
from zhengce.link.dataset import linked
from zhengce.link.likeness import likeness
from zhengce.link.matter import matters
from zhengce.linked import Copy, Report

MANY = 3000  # of the same
EACH = 60  # pairs a report may cost
TEXT = "从江县47名瑶浴师傅启程前往广州，他们将在6家康养酒店上岗。出发前，县人社局为每人购买了意外保险。"


def same(count: int) -> list[Report]:
    day = datetime.date(2025, 1, 1)
    return [whole(f"r{at:04}", TEXT, day + datetime.timedelta(days=at % 50)) for at in range(count)]


def test_the_pairs_of_texts_that_are_the_same_grow_with_their_number() -> None:
    assert sum(1 for _ in copy_pairs(same(MANY))) <= EACH * MANY


def test_the_pairs_of_unlike_texts_that_share_numbers_grow_with_their_number() -> None:
    """A number that every report has tells nothing; without that bound the index would cost the square."""
    reports = [
        whole(
            f"r{at}",
            "".join(chr(0x4E00 + (at * 97 + step * 31) % 20000) for step in range(60)) + "，共1260人和“渠江绣娘”。",
        )
        for at in range(400)
    ]
    assert sum(1 for _ in copy_pairs(reports)) <= EACH * len(reports)
    few = list(copy_pairs(reports[:COMMON]))
    assert len(few) == COMMON * (COMMON - 1) // 2


def test_every_pair_is_told_once_the_lower_first() -> None:
    pairs = list(copy_pairs([*corpus(), *same(20)]))
    assert pairs == sorted(set(pairs))
    assert all(lower < upper for lower, upper in pairs)
    found = linked([*same(20)])
    assert len({copy.cluster for copy in found.copies.values()}) == 1


def test_what_is_kept_of_copies_grows_with_their_number() -> None:
    reports = same(MANY)
    copied = {one.id: Copy(report=one.id, cluster=1, representative="r0000", kind="identical") for one in reports}
    assert len(matters(reports, copied)) <= 2 * EACH * MANY


def alone(name: str, cluster: int) -> Copy:
    return Copy(report=name, cluster=cluster, representative=name, kind="original")


def test_a_number_that_many_reports_have_makes_no_matter_of_them() -> None:
    told = made(
        [
            {
                "name": f"n{at}",
                "title": f"第{at}份简报",
                "day": "2025年3月2日",
                "text": f"{chr(0x4E00 + at)}乡培训木工2400人，创收3.6亿元。",
            }
            for at in range(70)
        ]
    )
    reports = list(told.values())
    copied = {f"f{at}": alone(f"f{at}", 1000 + at) for at in range(5000)}  # beside which two numbers of 70 are rare
    copied |= {one.id: alone(one.id, at) for at, one in enumerate(reports)}
    assert not matters(reports, copied)
    assert len(matters(reports[:3], copied)) == 6


ODD = [
    "",
    "。",
    "一",
    "\n",
    "  \n\n",
    "𠮷",
    "𠮷𡈽𠀀。𠮷野家“𠮷𡈽”劳务品牌。",
    "“”",
    "劳务品牌",
    "9",
    "2025年2月9日",
    "，" * 50,
]


def test_odd_texts_are_linked_to_nothing() -> None:
    reports = [whole(f"o{at}", text) for at, text in enumerate(ODD)]
    found = linked(reports)
    sound(found)
    assert all(copy.kind == "original" and copy.cluster for copy in found.copies.values())
    assert not any((found.duplicates, found.events, found.brands, found.conflicts))
    assert linked([]).copies == {}
    for one in reports:
        assert likeness(one, reports[0]).jaccard == 0 or one is reports[0]


def test_odd_texts_pass_through_the_flow() -> None:
    told = [{"name": f"o{at}", "text": text} for at, text in enumerate(ODD) if text.strip()]
    reports = list(made(told).values())
    assert len(reports) == len(told)
    sound(linked(reports))


def test_reports_without_days_and_regions_are_linked() -> None:
    told = [
        replace(one, date=None, region=None, region_code=None, level=None, outlet=None, title=None) for one in corpus()
    ]
    found = linked(told)
    sound(found)
    assert any(copy.copied_from for copy in found.copies.values())
    assert found.duplicates
    assert all(one.first_seen is None for one in (*found.brands, *found.departments, *found.instruments))
    assert all(one.as_of is None or one.dated == "stated" for one in found.observations)


def test_characters_beyond_the_bmp_shift_no_place() -> None:
    lead = "𠮷𡈽𠀀" * 3 + "。"
    text = f"{lead}思南县“思南厨嫂”劳务品牌目前从业人员1.85万人。2025年5月16日，思南厨嫂技能大赛在县职业中学举行。"
    (report,) = restored_from((("a", text),))
    found = linked([report])
    sound(found)
    sizes = [one for one in found.observations if one.attribute == "workers"]
    assert [one.value for one in sizes] == ["18500"]
    assert text.index(sizes[0].quote) == sizes[0].span.start >= len(lead)
    assert [str(one.starts) for one in found.events] == ["2025-05-16"]


def test_a_text_of_200_000_characters_without_a_mark_is_linked() -> None:
    long = "".join(chr(0x4E00 + (at * at + 7 * at) % 15000) for at in range(200_000))
    reports = [whole("a", long), whole("b", long[:100_000]), whole("c", TEXT)]
    assert max(len(one.words) for one in body(reports[0]).told) <= 1200
    found = linked(reports)
    sound(found)
    assert found.copies["b"].copied_from == "a"
    assert found.copies["b"].kind == "excerpt"
    assert found.copies["c"].kind == "original"


def test_a_part_of_a_document_is_told_by_its_own_words() -> None:
    text = f"甲乙丙丁戊己庚辛壬癸。{TEXT}子丑寅卯辰巳午未。"
    start = text.index(TEXT)
    middle = replace(whole("m", text), span=replace(whole("m", text).span, start=start, end=start + len(TEXT)))
    assert body(middle).words == body(whole("t", TEXT)).words
    found = linked([middle, whole("t", TEXT)])
    sound(found)
    assert sorted(copy.kind for copy in found.copies.values()) == ["identical", "original"]


WORDS = ["“甲县护工”", "原名", "又称", "升级为", "“乙门护工”", "由", "将", "劳务品牌", "，", "。", "（", "𠮷", "\n"]
WORDS += ["2月9日", "招聘会", "举行", "1260人", "来源：", "记者"]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(st.sampled_from(WORDS), max_size=25).map("".join), max_size=6))
def test_no_set_of_texts_is_too_odd(texts: Sequence[str]) -> None:
    sound(linked([whole(f"t{at}", text) for at, text in enumerate(texts)]))
    for text in texts:
        for one in aliases(text):
            assert one.name != one.alias
            assert one.name in text[one.span.start : one.span.end]
            assert one.alias in text[one.span.start : one.span.end]
            assert re.fullmatch("[\u4e00-\u9fff]{2,10}", one.name)
