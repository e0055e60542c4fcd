"""What linking reads from words: other names, names of brands and their regions, names of events and places, bodies."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from sound_links import whole

from zhengce.link.alias import aliases
from zhengce.link.body import body
from zhengce.link.brand_name import brand_name, region_before, region_name
from zhengce.link.contradiction import contradict
from zhengce.link.copy import copies
from zhengce.link.copy_pairs import copy_pairs
from zhengce.link.event_name import event_name, same_name
from zhengce.link.place_name import same_place
from zhengce.record import Bound

ALIASES = [
    ("“甲县护工”原名“乙门护工”。", [("甲县护工", "乙门护工", "former")]),
    ("“甲县护工”（前身为“乙门护工”）", [("甲县护工", "乙门护工", "former")]),
    ("由“乙门护工”正式更名为“甲县护工”。", [("甲县护工", "乙门护工", "former")]),
    ("“甲县护工”是由昔日的“乙门护工”整合而来。", [("甲县护工", "乙门护工", "former")]),
    ("“甲县护工”，当地人又称“护嫂”。", [("甲县护工", "护嫂", "other")]),
    ("「甲县护工」简称「甲护」。", [("甲县护工", "甲护", "other")]),
    ("“甲县护工”原名“甲县护工”。", []),
    ("“甲县护工”和“乙门护工”同台比武。", []),
    ("“甲县护工”获奖。原名不详的“乙门护工”落选。", []),
    ("甲县护工原来叫什么，没人说得清。", []),
    ("“甲县护工”原名“乙门护工”，“乙门护工”如今更名为“甲县护工”。", [("甲县护工", "乙门护工", "former")]),
]


@pytest.mark.parametrize(("text", "want"), ALIASES)
def test_aliases(text: str, want: list[tuple[str, str, str]]) -> None:
    assert [(one.name, one.alias, one.kind) for one in aliases(text)] == want


BRANDS = [
    ("苍溪月嫂", None, "月嫂", "510824"),
    ("四川省苍溪县月嫂劳务品牌", None, "月嫂", "510824"),
    ("天府护工", None, "天府护工", None),
    ("劳务品牌", None, "劳务品牌", None),
    ("朝阳", "110105", "朝阳", None),  # nothing would be left behind the region
    ("朝阳月嫂", "110105", "月嫂", "110105"),
    ("朝阳月嫂", "220104", "月嫂", "220104"),
    ("朝阳月嫂", None, "朝阳月嫂", None),  # a district of the capital, a city of Liaoning
    ("长沙月嫂", None, "月嫂", "430100"),  # the city, not the county of that name in it
    ("承德月嫂", "130800", "月嫂", "130800"),
]


@pytest.mark.parametrize(("name", "context", "stem", "code"), BRANDS)
def test_brand_names(name: str, context: str | None, stem: str, code: str | None) -> None:
    found = brand_name(name, context)
    assert (found.stem, found.code) == (stem, code)


def test_the_region_before_a_name() -> None:
    for text, start, code in (
        ("旺苍“", 0, "510821"),
        ("来自从江县的“", 2, "522633"),
        ("四川省苍溪县“", 3, "510824"),
        ("师傅“", None, None),
        ("", None, None),
    ):
        found = region_before(text, text.find("“") if "“" in text else 0)
        assert found is None if start is None else found is not None and found[1] == code
    assert region_before("来自从江县的绣娘", 6) == (2, "522633")
    assert region_name("522633").endswith("从江县")
    assert region_name("510000") == "四川省"


EVENT_NAMES = [
    ("思南县2025年新春大型招聘会", "新春招聘会", True),
    ("思南县新春招聘会", "思南县2025年新春招聘会", True),
    ("2024年新春招聘会", "2025年新春招聘会", False),
    ("第三届月嫂大赛", "第四届月嫂大赛", False),
    ("第三届月嫂大赛", "月嫂大赛", True),
    ("全县就业工作会议", "返乡创业座谈会", False),
    ("建筑劳务品牌提质推进会", "固始县建筑劳务品牌提质推进会", True),
]


@pytest.mark.parametrize(("one", "other", "want"), EVENT_NAMES)
def test_names_of_events(one: str, other: str, want: bool) -> None:
    assert same_name(event_name(one), event_name(other)) is want


def test_what_is_left_of_the_name_of_an_event() -> None:
    found = event_name("广元市苍溪县2025年第三届全县大型“月嫂”技能大赛")
    assert (found.words, found.years, found.editions) == ("月嫂技能大赛", {"2025"}, {"第三届"})


PLACES = [
    ("剑阁县职业中学实训楼", "职业中学", True),
    ("剑阁县", "剑阁县职业中学", True),
    ("县职业中学", "体育馆", False),
    ("人民广场", "人民医院", False),
    ("成都市会展中心", "会展中心", True),
]


@pytest.mark.parametrize(("one", "other", "want"), PLACES)
def test_places(one: str, other: str, want: bool) -> None:
    assert same_place(one, other) is want


BOUNDS: list[tuple[str, Bound, str, Bound, bool]] = [
    ("200", ">", "216", "=", False),
    ("200", ">", "199", "=", True),
    ("200", ">", "330", "=", True),
    ("200", ">=", "9999", "=", False),
    ("200", ">=", "199", "=", True),
    ("1.8", "~", "1.85", "=", False),
    ("1.8", "~", "2.4", "=", True),
    ("100", "<", "95", "=", False),
    ("100", "<", "60", "=", True),
    ("100", "<=", "60", "=", False),
    ("100", "<=", "101", "=", True),
    ("216", "=", "261", "=", True),
    ("216", "=", "216.0", "=", False),
]


@pytest.mark.parametrize(("one", "bound", "other", "limit", "want"), BOUNDS)
def test_contradictions(one: str, bound: Bound, other: str, limit: Bound, want: bool) -> None:
    assert contradict((Decimal(one), None, bound), (Decimal(other), None, limit)) is want


def test_a_range_contradicts_what_lies_outside() -> None:
    told = (Decimal(200), Decimal(300), "range")
    assert not contradict(told, (Decimal(250), None, "="))
    assert not contradict(told, (Decimal(300), None, "="))
    assert contradict(told, (Decimal(301), None, "="))
    assert contradict((Decimal(200), None, "range"), (Decimal(201), None, "="))


PROSE = "从江县47名瑶浴师傅启程前往广州。"
REMARKS = [
    "责任编辑：李某某", "来源：某某日报", "（记者 张某某 通讯员 李某某）", "编辑：黎某某　二审：安某某　三审：田某某",
    "【责编：某某某某】", "上一篇：县里召开就业工作会议", "作者：某某某某某", "全媒体记者王某某李某某",
]  # fmt: skip


@pytest.mark.parametrize("remark", REMARKS)
def test_a_remark_is_no_word_of_a_report(remark: str) -> None:
    assert body(whole("a", f"{PROSE}\n{remark}")).words == body(whole("b", PROSE)).words


@pytest.mark.parametrize(
    "stamp",
    [
        "本报讯（记者 张某某）",
        "新华社北京2月9日电 ",
        "（记者 张某某）",
        "某某日报讯 ",
        "本网讯（通讯员 张某某 李某某）",
    ],
)
def test_who_wrote_it_is_no_word_of_a_report(stamp: str) -> None:
    assert body(whole("a", f"{stamp}{PROSE}")).words == body(whole("b", PROSE)).words


@pytest.mark.parametrize(
    "line",
    ["文化广场上人头攒动，一个上午就来了三千人！", "时间不等人，春招已经开始了！", "图书馆里座无虚席，学员们在听课！"],
)
def test_a_sentence_is_no_remark_by_its_first_character(line: str) -> None:
    assert body(whole("a", f"{line}{PROSE}")).words.startswith(line[:4])


def test_one_telling_word_in_common_makes_no_pair() -> None:
    lone = "东风吹来满眼春色，山里的茶园绿了一大片。“渠江绣娘”在坡上采茶。"
    other = "码头边停着几条旧船，船工们坐着补网，说起“渠江绣娘”来都竖起拇指。"
    assert list(copy_pairs([whole("a", lone), whole("b", other)])) == []
    both = [whole("a", f"{lone}来了1260人。"), whole("b", f"{other}一共1260人。")]
    assert list(copy_pairs(both)) == [(0, 1)]


TOLD = """5月19日，苍溪县第12期月嫂培训班在县职业高级中学结业，146名学员领到结业证书。
培训为期21天，课程包括新生儿护理、产妇营养和沟通礼仪，实操占总课时的65%。
县妇联负责人介绍，今年以来已经开班5期，培训683人，其中412人已到成都、重庆上岗。
学员赵某某说，结业后打算去成都应聘，月收入预计8600元。"""
ANEW = """“拿到结业证书，心里更有底了。”5月19日，在苍溪县第12期月嫂培训班的结业现场，146名学员喜笑颜开。
为期21天的学习里，学员们学了新生儿护理、产妇营养，实操课时达到65%。
今年以来，当地已开班5期、培训683人，412人已在成都、重庆上岗。
学员赵某某打算到成都去，月收入有望达到8600元。"""


@pytest.mark.parametrize(
    ("kind", "days", "want"), [("news", 1, "rewrite"), ("notice", 1, "original"), ("news", 45, "original")]
)
def test_what_tells_the_same_anew_is_a_rewrite_among_reports_of_these_days(kind: str, days: int, want: str) -> None:
    first = datetime.date(2025, 5, 20)
    told = [whole("a", TOLD, first, kind=kind), whole("b", ANEW, first + datetime.timedelta(days=days), kind="news")]
    assert copies(told)["b"].kind == want
