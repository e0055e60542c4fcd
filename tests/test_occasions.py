"""Days on which something is held, and the lines of outlet and day: cases, and what must hold of any text."""

from __future__ import annotations

import datetime
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhengce.extract.event_notice import announced
from zhengce.flow import annotate, process
from zhengce.outline.masthead import masthead
from zhengce.value.occasion import occasions

FEBRUARY, MARCH, SILVESTER, JANUARY = "2025-02-10", "2025-03-05", "2025-12-30", "2025-01-04"


CASES = [
    ("2025年2月9日上午", None, None, ["2025年2月9日 2025-02-09"]),
    ("2月9日", FEBRUARY, None, ["2月9日 2025-02-09"]),
    ("2月9日", None, 2024, ["2月9日 2024-02-09"]),
    ("2月9日", None, None, ["2月9日"]),
    ("9日", FEBRUARY, None, ["9日 2025-02-09"]),
    ("28日", "2025-03-01", None, ["28日 2025-02-28"]),
    ("本月12日", FEBRUARY, None, ["本月12日 2025-02-12"]),
    ("下月5日", SILVESTER, None, ["下月5日 2026-01-05"]),
    ("上月30日", JANUARY, None, ["上月30日 2024-12-30"]),
    ("上月29日", MARCH, None, ["上月29日"]),
    ("去年9月1日", FEBRUARY, None, ["去年9月1日 2024-09-01"]),
    ("明年1月5日", FEBRUARY, None, ["明年1月5日 2026-01-05"]),
    ("12月30日", JANUARY, None, ["12月30日 2024-12-30"]),
    ("1月4日", SILVESTER, None, ["1月4日 2026-01-04"]),
    ("3月1日—3日", FEBRUARY, None, ["3月1日—3日 2025-03-01 2025-03-03"]),
    ("3月1-3日", FEBRUARY, None, ["3月1-3日 2025-03-01 2025-03-03"]),
    ("今年3月30日至4月2日", FEBRUARY, None, ["今年3月30日至4月2日 2025-03-30 2025-04-02"]),
    ("昨日上午，前天，明天", FEBRUARY, None, ["昨日 2025-02-09", "前天 2025-02-08", "明天 2025-02-11"]),
    ("昨晚", "2025-03-01", None, ["昨晚 2025-02-28"]),
    ("昨日", None, 2025, ["昨日"]),
    ("近日", FEBRUARY, None, ["近日"]),
    ("日前", FEBRUARY, None, ["日前"]),
    ("2025年2月30日", FEBRUARY, None, ["2025年2月30日"]),
    ("2月9日，昨日", FEBRUARY, None, ["2月9日 2025-02-09", "昨日 2025-02-09"]),
    # no day on which something is held
    ("12月31日前完成", FEBRUARY, None, []),
    ("收到之日起30日内", FEBRUARY, None, []),
    ("日均到场800人", FEBRUARY, None, []),
    ("每人3日均可", FEBRUARY, None, []),
    ("增长1.9日", FEBRUARY, None, []),
    ("3月5日—3日", FEBRUARY, None, []),
    ("", FEBRUARY, None, []),
    # what is easily misread
    ("12月28日至1月3日", SILVESTER, None, ["12月28日至1月3日 2025-12-28 2026-01-03"]),
    ("2025年12月28日至1月3日", None, None, ["2025年12月28日至1月3日 2025-12-28 2026-01-03"]),
    ("去年12月30日至今年1月2日", FEBRUARY, None, ["去年12月30日至今年1月2日 2024-12-30 2025-01-02"]),
    ("12日", FEBRUARY, None, ["12日 2025-02-12"]),
    ("13月9日", FEBRUARY, None, []),
    ("据今日头条报道", FEBRUARY, None, []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "published", "year", "want"), CASES)
def test_occasions(text: str, published: str | None, year: int | None, want: list[str]) -> None:
    day = datetime.date.fromisoformat(published) if published else None
    found = [" ".join(str(one) for one in (o.text, o.first, o.last) if one) for o in occasions(text, day, year)]
    assert found == want


@pytest.mark.parametrize("last", [1, 28, 29, 30, 31])
@pytest.mark.parametrize("published", ["2024-02-29", "2025-02-28", "2025-01-01", "2025-12-31"])
def test_a_day_without_a_month_is_never_more_than_two_months_off(last: int, published: str) -> None:
    day = datetime.date.fromisoformat(published)
    for one in occasions(f"{last}日", day):
        assert one.first is None or (one.first.day == last and abs((one.first - day).days) <= 62)


PIECES = st.sampled_from(
    [
        *"昨今明前近日月年至到起内均12390，。—-",
        "2025年",
        "2月",
        "9日",
        "31日",
        "今年",
        "去年",
        "上月",
        "近日",
        "日前",
        "晚",
        "𠮷",
    ]
)


@settings(max_examples=400)
@given(st.lists(PIECES, max_size=25).map("".join), st.none() | st.dates(), st.none() | st.integers(1900, 2099))
def test_occasions_stand_in_the_text_and_apart(text: str, published: datetime.date | None, year: int | None) -> None:
    if published and not datetime.date(2, 1, 1) < published < datetime.date(9998, 1, 1):
        published = None
    found = list(occasions(text, published, year))
    for one in found:
        assert one.text == text[one.span.start : one.span.end]
        assert one.text
        assert one.last is None or (one.first is not None and one.first <= one.last)
    assert all(before.span.end <= after.span.start for before, after in pairwise(found))


EVENTS = [
    ("2025年12月28日至1月3日，冬季招聘会在县体育馆举行。", [("冬季招聘会", "2025-12-28", ())]),
    ("2025年3月8日，“美好明天”专场招聘会在县体育馆举行。", [("美好明天专场招聘会", "2025-03-08", ())]),
    ("2025年3月8日，青禾县第三场夜市招聘会在滨江路举行。", [("青禾县第三场夜市招聘会", "2025-03-08", ())]),
    ("2025年4月16日，青禾县人力资源和社会保障局在县职教中心举办2025年春季电焊工技能竞赛。", [("2025年春季电焊工技能竞赛", "2025-04-16", ("青禾县人力资源和社会保障局",))]),  # noqa: E501
    ("2025年11月5日晚，青禾市劳务品牌颁奖典礼在市大剧院举行。", [("青禾市劳务品牌颁奖典礼", "2025-11-05", ())]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "want"), EVENTS)
def test_events_that_are_easily_misread(text: str, want: list[tuple[str, str, tuple[str, ...]]]) -> None:
    found = annotate(text, judges=())["events"]
    assert [(one.name, str(one.starts), one.hosts) for one in found] == want  # type: ignore[attr-defined]


NOTICES = [
    ("一、活动时间\n2026年2月24日上午9:00。\n二、活动地点\n青禾县文化广场。", "2026-02-24", "青禾县文化广场"),
    ("活动时间：2026年2月24日—26日\n活动地点：青禾县文化广场", "2026-02-24", "青禾县文化广场"),
    ("（一）时间：2026年2月24日\n（二）地址：青禾县职教中心", "2026-02-24", "青禾县职教中心"),
    ("1.比赛时间：2026年2月24日\n参赛者自带工具。", "2026-02-24", None),
    ("三、会议时间与地点\n2026年2月24日，县会议中心。", "2026-02-24", None),
    ("报名时间：2026年2月1日至20日\n报名地点：县就业局", None, None),
    ("一、活动时间\n另行通知。\n二、活动地点\n青禾县文化广场。", None, None),
    ("活动时间：近日\n活动地点：青禾县文化广场", None, None),
    ("活动的时间定在2026年2月24日，地点在文化广场。", None, None),
]


@pytest.mark.parametrize(("body", "day", "place"), NOTICES)
def test_what_the_headings_of_a_notice_announce(body: str, day: str | None, place: str | None) -> None:
    text = f"青禾县2026年春季招聘会公告\n{body}\n"
    document = process(text.encode(), "a.txt", judges=()).document
    assert document
    found = announced(document, document.parts[0].span)
    assert (found and str(found.day.first)) == day
    if found:
        assert document[found.day.span] == found.day.text
        assert (found.place and document[found.place]) == place
    named = [one for one in annotate(text, judges=())["events"] if one.name == "青禾县2026年春季招聘会"]  # type: ignore[attr-defined]
    assert [(str(one.starts), one.place) for one in named] == ([(day, place)] if day else [])  # type: ignore[attr-defined]


MARCH_FIRST = "2025-03-01"
MASTHEADS = [
    ("标题\n甲县日报 2025-03-01\n正文。", "甲县日报", MARCH_FIRST),
    ("标题\n甲县日报2025年3月1日\n正文。", "甲县日报", MARCH_FIRST),
    ("标题\n\n来源：甲县日报 2025年3月1日\n正文。", "甲县日报", MARCH_FIRST),
    ("标题\n（来源：甲县日报　2025.3.1）", None, None),
    ("标题\n发布时间：2025-03-01 10:20\n正文。", None, MARCH_FIRST),
    ("标题\n【甲县日报 2025年3月1日】\n正文。", "甲县日报", MARCH_FIRST),
    ("标题\n《甲县日报》（数字版） 2025年3月1日 第2版\n正文。", "甲县日报", MARCH_FIRST),
    ("标题\n甲县政府网　日期：2025-03-01　来源：甲县住建局　浏览量：416\n正文。", "甲县政府网", MARCH_FIRST),
    ("标题\n2025-03-01 10:45　来源：甲县融媒体中心\n正文。", None, MARCH_FIRST),
    ("标题\n甲县日报 2025年13月41日\n正文。", "甲县日报", None),
    ("标题\n正文。\n（原载《甲县日报》2025年3月1日第3版）", "甲县日报", MARCH_FIRST),
    ("标题\n正文。\n摘自甲县日报 2025年3月1日", "甲县日报", MARCH_FIRST),
    # none of the kind
    ("标题\n2025年3月1日\n正文。", None, None),
    ("标题\n正文。\n甲县人民政府\n2025年3月1日", None, None),
    ("正文一句话。\n甲县日报 2025-03-01\n再一句。", None, None),
    ("标题\n甲县日报2025年3月1日讯，正文。", None, None),
    ("标题\n甲县人民政府办公室 2025年3月1日印发\n正文。", None, None),
    ("一\n二\n三\n四\n五\n六\n甲县日报 2025年3月1日", None, None),
    ("", None, None),
    ("\n \n", None, None),
    ("名单\n截至 2025年3月1日\n张三", None, None),
]


@pytest.mark.parametrize(("text", "outlet", "day"), MASTHEADS)
def test_mastheads(text: str, outlet: str | None, day: str | None) -> None:
    found = masthead(text)
    assert (found.outlet, found.day and found.day.isoformat()) == (outlet, day)


LINES = st.lists(
    st.sampled_from(
        [
            "甲县日报",
            "来源：",
            "2025年3月1日",
            "2025-03-01",
            " ",
            "　",
            "\n",
            "。",
            "（",
            "）",
            "原载",
            "时间：",
            "10:20",
            "𠮷",
        ]
    ),
    max_size=14,
).map("".join)


@settings(max_examples=300)
@given(LINES)
def test_a_masthead_is_words_of_the_text(text: str) -> None:
    found = masthead(text)
    assert found.outlet is None or (len(found.outlet) > 1 and set(found.outlet) <= set(text))
    assert found.day in (None, datetime.date(2025, 3, 1))
