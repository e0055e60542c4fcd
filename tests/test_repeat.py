"""Statements made twice: the later one names the earlier, and chance agreement of numbers names none."""

from __future__ import annotations

import pytest

from zhengce.flow import process

OPINION = """关于培育劳务品牌的实施意见
一、目标任务
到2026年底，所有县（市、区）至少培育1个劳务品牌，培训1.23万人次。
二、支持措施
对开展培训的机构，按规定给予每人837元的培训补贴。"""
INTERPRETATION = """《关于培育劳务品牌的实施意见》政策解读
一是明确目标。到2026年底，所有县（市、区）至少培育1个劳务品牌，全省培训1.23万人次。
二是加大支持。对开展培训的机构，给予每人837元的培训补贴。"""


def repeats(text: str) -> list[tuple[str, str]]:
    """The quotes of repeated records, each with the quote that it repeats."""
    outcome = process(text.encode(), "某省文件.txt")
    assert outcome.document is not None
    names: dict[str, str] = {}
    found = []
    counts: dict[str, int] = {}
    for record in sorted(outcome.records, key=lambda record: record.citation.span):
        kind = type(record).__name__.lower()
        counts[kind] = counts.get(kind, 0) + 1
        names[f"{outcome.document.id}-{kind}-{counts[kind]}"] = record.citation.quote
        if record.duplicate_of:
            found.append((record.citation.quote, names[record.duplicate_of]))
    return found


def test_the_interpretation_under_an_opinion_repeats_it() -> None:
    found = repeats(f"{OPINION}\n某省人民政府办公厅\n2025年3月1日\n\n{INTERPRETATION}")
    assert any("1个劳务品牌" in later and "1个劳务品牌" in first for later, first in found)
    assert any("1.23万人次" in later and "1.23万人次" in first for later, first in found)
    assert any("837元" in later and "837元" in first for later, first in found)


@pytest.mark.parametrize(
    "text",
    [
        "粮食产量居全国第3位，投资增速居全国第3位。",
        "每个县至少办好1所优质高中，每个乡镇至少办好1所优质初中。",
        "农产品网络零售额增长39.8%，水利投资增长39.8%。",
        "招募银龄医师2000人，选派银龄工程师2000人。",
    ],
)
def test_numbers_that_agree_by_chance_repeat_nothing(text: str) -> None:
    assert repeats(f"2025年工作方案\n{text}") == []
    assert repeats(f"全市工作纪实\n据统计，{text}") == []
