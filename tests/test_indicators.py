"""Canonical indicators: names that mean the same, the goals of documents by indicator, and the one that is shown."""

from __future__ import annotations

import datetime
import tomllib
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhengce.compare.goal import by_indicator
from zhengce.compare.goal_passage import goal_passages
from zhengce.compare.indicator import canonical
from zhengce.compare.measured import indicators
from zhengce.compare.member import member_of
from zhengce.flow import process
from zhengce.lexicon import table
from zhengce.pair import Goal, Member

PROJECT = Path(__file__).parents[1]
REPORTS = PROJECT.parent / "shared" / "documents" / "reports"
GOLD: dict[str, dict[str, dict[str, str]]] = tomllib.loads(
    (PROJECT / "tests" / "reports_2025.toml").read_text(encoding="utf-8")
)
ASKED = (
    "gdp_growth", "urban_new_jobs", "urban_unemployment", "cpi", "grain", "household_income_growth",
    "urban_income_growth", "rural_income_growth",
)  # fmt: skip


def read(text: bytes | str, name: str = "text.txt") -> Member:
    outcome = process(text if isinstance(text, bytes) else text.encode(), name)
    document = outcome.document
    assert document is not None
    return member_of(document, outcome.records)


def goals(text: str) -> dict[str, Goal]:
    """The chosen goals of a text by indicator."""
    return {goal.indicator.id: goal for goal in by_indicator([read(text)]) if goal.chosen}


# --- the 21 reports ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def reports() -> dict[str, Member]:
    if not REPORTS.is_dir():
        pytest.skip("the reports (../shared/documents/reports) are not beside this checkout")
    return {path.name: read(path.read_bytes(), path.name) for path in sorted(REPORTS.glob("*.docx"))}


@pytest.mark.parametrize("name", GOLD)
def test_the_goals_of_the_reports_are_those_that_a_person_reads(name: str, reports: dict[str, Member]) -> None:
    found = {goal.indicator.id: told(goal) for goal in by_indicator([reports[name]]) if goal.chosen}
    assert {key: found[key] for key in ASKED if key in found} == GOLD[name]


def told(goal: Goal) -> dict[str, str]:
    """A goal as the gold writes it."""
    if goal.words:
        return {"words": goal.words}
    held: dict[str, Any] = {"value": goal.value, "value_max": goal.value_max, "bound": goal.bound, "unit": goal.unit}
    return {key: str(value) for key, value in held.items() if value is not None}


def test_every_report_has_gold_and_every_goal_its_words(reports: dict[str, Member]) -> None:
    assert set(reports) == set(GOLD)
    assert all(set(of) <= set(ASKED) for of in GOLD.values())
    by_document = {one.document: one for one in reports.values()}
    rows = by_indicator(list(reports.values()))
    assert all(goal.quote == by_document[goal.document].text[goal.span.start : goal.span.end] for goal in rows)
    assert not [goal for goal in rows if goal.kind == "fact" and goal.chosen]
    assert {goal.deadline for goal in rows if goal.headline and goal.chosen} == {datetime.date(2025, 12, 31)}
    assert max(Counter((goal.document, goal.indicator.id) for goal in rows if goal.chosen).values()) == 1


# --- names ------------------------------------------------------------------------------------------------------


def test_no_name_is_two_indicators() -> None:
    held = Counter(
        (form, measure, unit)
        for row in table("indicators")
        for form in row["forms"].split(";")
        for measure in row["measures"].split(";")
        for unit in row["units"].split(";")
    )
    assert not [key for key, count in held.items() if count > 1]
    assert len({one.id for one in indicators()}) == len(table("indicators"))


def test_units_and_directions_of_the_lexicon_are_closed() -> None:
    known = {row["canonical"] for row in table("units")} | {"%", ""}
    assert not {unit for row in table("indicators") for unit in row["units"].split(";")} - known
    assert {row["better"] for row in table("indicators")} == {"higher", "lower", "none"}


@pytest.mark.parametrize(
    ("indicator", "unit", "expected"),
    [
        ("城镇新增就业", "人", "urban_new_jobs"),
        ("就业", "人", None),
        ("全市新增城镇就业", "人", "urban_new_jobs"),
        ("新增农村劳动力转移就业", "人", "rural_transfer_jobs_added"),
        ("农村劳动力转移就业", "人", "rural_transfer_jobs"),
        ("地区生产总值", "元", "gdp"),
        ("地区生产总值增长", "%", "gdp_growth"),
        ("地区生产总值", "%", None),  # a share of it, or half a name
        ("海洋生产总值增长", "%", "marine_gdp_growth"),
        ("某园区生产总值增长", "%", None),
        ("一般公共预算收入同口径增长", "%", "budget_revenue_growth"),
        ("一般公共预算收入下降", "%", None),  # a fall is no growth of the same number
        ("居民消费价格下降", "%", None),
        ("常住人口城镇化率", "%", "urbanisation"),
        ("常住人口城镇化率提高", "个百分点", None),
        ("固定资产投资增长", "位", None),
        ("新建和改造提升高标准农田", "亩", "farmland_built"),
        ("高标准农田", "亩", "farmland_total"),
        ("高技能人才", "人", "high_skilled_workers"),
        ("培养高技能人才", "人", "high_skilled_workers_added"),
        ("农村生活污水治理（管控）率", "%", "rural_sewage"),
        ("新增国家级专精特新“小巨人”企业", "家", "little_giants_added"),
        ("脱贫地区农村居民人均可支配收入增长", "%", "poverty_lifted_income_growth"),
        ("劳务品牌", "个", "labour_brands"),
        ("省级劳务品牌", "个", "labour_brands_provincial"),
        ("劳务品牌产业园", "个", "brand_parks"),
        (None, "个", None),
        ("地区生产总值增长", None, None),
    ],
)
def test_the_most_specific_name_wins_and_no_part_of_one_counts(
    indicator: str | None, unit: str | None, expected: str | None
) -> None:
    found = canonical(indicator, unit, indicator or "")
    assert (found.id if found else None) == expected


def test_where_the_indicator_is_not_known_the_words_before_the_number_are_tried() -> None:
    found = canonical("推广新模式", "亩", "推广新模式，粮食播种面积稳定在300万亩")
    assert found is not None
    assert found.id == "grain_area"


# --- goals of a document ----------------------------------------------------------------------------------------

REPORT = (
    "某省人民政府2026年政府工作报告\n一、2025年工作回顾\n地区生产总值增长4.8%，城镇新增就业21万人，粮食产量85亿斤。\n"
    "二、2026年工作安排\n经济社会发展的主要预期目标是：{}\n三、2026年重点工作\n{}"
)


def test_a_work_reports_goals_are_chosen_and_its_last_year_is_told_as_figures() -> None:
    text = REPORT.format("地区生产总值增长5%左右，城镇新增就业20万人以上，粮食产量保持稳定。", "建设高标准农田30万亩。")
    rows = by_indicator([read(text)])
    chosen = {goal.indicator.id: goal for goal in rows if goal.chosen}
    assert {key: (goal.value, goal.words) for key, goal in chosen.items()} == {
        "gdp_growth": (Decimal(5), None),
        "urban_new_jobs": (Decimal(200000), None),
        "grain": (None, "保持稳定"),
        "farmland_built": (Decimal(300000), None),
    }
    assert [goal.kind for goal in rows if not goal.chosen] == ["fact"] * 3
    assert {goal.deadline for goal in chosen.values()} == {datetime.date(2026, 12, 31)}
    assert [key for key, goal in chosen.items() if not goal.headline] == ["farmland_built"]
    assert all(goal.quote == text[goal.span.start : goal.span.end] for goal in rows)


def test_last_years_figure_is_no_goal_where_the_report_sets_none() -> None:
    assert "urban_new_jobs" not in goals(REPORT.format("地区生产总值增长5%左右。", "继续做好各项工作。"))


def test_a_headline_goal_is_shown_rather_than_one_elsewhere() -> None:
    found = goals(REPORT.format("城镇新增就业18万人。", "城镇新增就业20万人以上。"))
    assert found["urban_new_jobs"].value == 180000
    assert found["urban_new_jobs"].headline


def test_the_whole_territorys_goal_is_shown_rather_than_a_share_of_each() -> None:
    found = goals("某省技能提升行动方案\n到2026年，每个县培育劳务品牌至少2个。到2026年，全省培育劳务品牌80个。")
    assert (found["labour_brands"].value, found["labour_brands"].bound) == (80, "=")


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("力争新增高新技术企业20家、科技型中小企业50家", {"high_tech_firms_added", "tech_small_firms_added"}),
        ("新增高新技术企业20家、科技型中小企业总数达到500家", {"high_tech_firms_added", "tech_small_firms"}),
        ("高新技术企业达到200家、科技型中小企业达到500家", {"high_tech_firms", "tech_small_firms"}),
    ],
)
def test_an_item_of_a_list_has_the_verb_at_its_head(clause: str, expected: set[str]) -> None:
    assert set(goals(f"某市科技创新行动方案\n到2026年，{clause}。")) == expected


def test_a_nations_figure_is_not_a_provinces() -> None:
    text = "某省就业工作方案\n到2026年，全国城镇新增就业1200万人以上。到2026年，全省城镇新增就业40万人以上。"
    rows = by_indicator([replace(read(text), level="province")])
    assert [goal.value for goal in rows if goal.chosen] == [400000]


def test_figures_are_shown_of_what_sets_no_goal() -> None:
    found = goals("某市2025年统计公报\n2025年，城镇新增就业3.2万人，比上年增长4%。")
    assert (found["urban_new_jobs"].kind, found["urban_new_jobs"].value) == ("fact", 32000)


def test_an_implementing_opinion_has_its_own_indicators() -> None:
    found = goals(
        "关于促进劳务品牌高质量发展的实施意见\n二、主要目标\n到2027年，全省培育劳务品牌60个以上，开展劳务品牌培训8万人次，"
        "补贴性职业技能培训30万人次，脱贫人口务工规模稳定在45万人以上。"
    )
    assert {key: (goal.value, goal.deadline) for key, goal in found.items()} == {
        "labour_brands": (60, datetime.date(2027, 12, 31)),
        "brand_training": (80000, datetime.date(2027, 12, 31)),
        "skills_training": (300000, datetime.date(2027, 12, 31)),
        "poverty_lifted_workers": (450000, datetime.date(2027, 12, 31)),
    }
    assert all(goal.headline for goal in found.values())


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("居民收入增长与经济增长同步", ("household_income_growth", "与经济增长同步")),
        ("居民可支配收入和经济增长基本同步", ("household_income_growth", "和经济增长基本同步")),
        ("城镇居民人均可支配收入增长快于经济增长", ("urban_income_growth", "快于经济增长")),
        ("进出口稳中提质", ("trade_growth", "稳中提质")),
        ("进出口总额保持正增长", ("trade_growth", "保持正增长")),
        ("固定资产投资增速保持在全国平均水平以上", ("fixed_investment_growth", "保持在全国平均水平以上")),
        ("物价水平保持基本稳定", ("cpi", "保持基本稳定")),
        ("单位地区生产总值能耗完成“十四五”目标", ("energy_intensity_fall", "完成“十四五”目标")),
        ("生态环境质量持续改善", ("ecology", "持续改善")),
        ("努力争取更好结果", None),
        ("粮食安全保障有力", None),
        ("居民收入", None),
    ],
)
def test_a_goal_without_a_number_has_its_words(clause: str, expected: tuple[str, str] | None) -> None:
    text = REPORT.format(f"地区生产总值增长5%左右，{clause}。", "继续做好各项工作。")
    found = [goal for goal in by_indicator([read(text)]) if goal.words]
    assert [(goal.indicator.id, goal.words) for goal in found] == ([expected] if expected else [])
    assert all(goal.quote == clause == text[goal.span.start : goal.span.end] for goal in found)


def test_words_outside_a_passage_of_goals_are_none() -> None:
    assert "grain" not in goals(
        "某县工作方案\n一、基本情况\n近年来粮食产量保持稳定。\n二、任务\n到2026年，建设高标准农田3万亩。"
    )


def test_a_list_below_its_opening_belongs_to_the_goals() -> None:
    one = read(
        "某县行动方案\n二、主要目标\n具体目标如下：\n1.培育劳务品牌3个。\n2.举办技能大赛2场。\n三、保障\n加强领导。"
    )
    (passage,) = goal_passages(one)
    assert one.text[passage.start : passage.end].strip().splitlines() == ["1.培育劳务品牌3个。", "2.举办技能大赛2场。"]


CLAUSES = {
    "gdp_growth": "地区生产总值增长6%左右",
    "industry_growth": "规上工业增加值增长8%以上",
    "urban_new_jobs": "城镇新增就业9万人",
    "cpi": "居民消费价格涨幅控制在2%左右",
    "household_income_growth": "居民收入增长与经济增长同步",
    "grain": "粮食产量稳定在70亿斤以上",
    "ecology": "生态环境质量持续改善",
    "energy_intensity_fall": "单位地区生产总值能耗下降3%",
}


@settings(max_examples=25, deadline=None)
@given(st.permutations(sorted(CLAUSES)), st.integers(1, len(CLAUSES)), st.sampled_from("，；"))
def test_goals_are_found_in_any_order_and_number(order: list[str], count: int, mark: str) -> None:
    held = order[:count]
    text = REPORT.format(mark.join(CLAUSES[key] for key in held) + "。", "继续做好各项工作。")
    found = {goal.indicator.id: goal.quote for goal in by_indicator([read(text)]) if goal.kind == "target"}
    assert found == {key: CLAUSES[key] for key in held}
