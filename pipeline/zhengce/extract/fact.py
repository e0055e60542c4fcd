"""Facts: figures achieved or asserted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from zhengce.document import Document
from zhengce.extract.section import section_at
from zhengce.extract.statement import Statement, statements
from zhengce.extract.subject import subject_of
from zhengce.extract.subsidy import in_standard
from zhengce.extract.target import CONDITION, ELIGIBLE
from zhengce.extract.tense import anchor_year
from zhengce.extract.topic import topic_of
from zhengce.name.place import find_place
from zhengce.record import Fact

__all__ = ["facts", "stated"]

PERIOD = re.compile(
    r"截[至止](?:到|目前|今年|去年|本|当前|(?:19|20)\d\d年|\d{1,2}月|\d{1,2}日|年?[底末初]|[上中下]旬|[一二三四]季度|[“”十一二三四五六]+五)+|近(?:[一二两三四五六七八九十]+|\d+)年(?:来|间)?|近年来|今年以来|去年|过去的?(?:[一两三五十几]|\d+)年|"
    r"“?十[一二三四五]五”?(?:时期)?以来|(?:19|20)\d\d年(?:度|末|底|初)?(?:\d{1,2}月)?|[^，,。]{2,6}以来"
)
IN_HEADING = re.compile(r"(?:19|20)\d\d年|过去[一五]年|[一五]年来")

FINE = re.compile(r"处(?:以)?[^，,。]{0,30}罚款|处以|滞纳金|被罚款|罚款\d")
STORY = re.compile(
    r"我家|我在|我[们]?厂|月薪|每月(?:能|可)?(?:挣|赚)|平均每月工资|每月工资|(?:他|她|村民|老乡|大姐|大叔)[^，,。]{0,6}(?:说|告诉|介绍)"
)
LOGISTICS = re.compile(r"展区|展位|展台|志愿者|联络员|接待方案|主会场|分会场|房源")
# what a rule lays down for whom, where no word tells of a result
NORM = re.compile(
    r"有望|不多于|放宽[到至]|可(?:以)?(?:申|享|领|上浮|下浮|放宽|延长)|不(?:超过|高于|低于|少于|得)|(?:以[上下内])的(?:企业|单位|机构|人员|个人|项目)$"
    r"|按[^，。；]{0,20}%(?:发放|计发|缴纳|计算|执行)"
)
EACH_ONE = re.compile(r"每[\u4e00-\u9fff]{1,4}$")  # 每招一人: what is counted by
VISITS = re.compile(r"(?:浏览|阅读|点击)(?:次数|量|数)[:：]?\s*$")  # a counter of the page
CEILING = re.compile(r"(?:贷款|额度|限额|罚款|担保)[^，。；]{0,12}$")
WHOLE = re.compile(r"全[省市县区州国]")
COPIES = re.compile(r"有望|共?印(?:发)?\d+份")


def facts(document: Document) -> Iterator[Fact]:
    """Every figure that the text asserts rather than aims at, one record a figure.

    >>> from zhengce.flow import annotate
    >>> text = "据统计，全省累计培训农民工2.5万人次，占七成以上。"
    >>> [(str(f.value), f.unit, f.bound) for f in annotate(text)["facts"]]
    [('25000', '人次', '='), ('70', '%', '>=')]
    """
    for statement in statements(document):
        if statement.clause.mood.tense != "past" or in_standard(document, statement.span):
            continue
        condition = CONDITION.search(document[statement.clause.span]) and statement.quantity.bound != "="
        if (
            condition
            or FINE.search(document[statement.clause.span])
            or _is_norm(document, statement)
            or ELIGIBLE.search(document[statement.clause.sentence])
        ):
            continue
        yield stated(document, statement)


def _is_norm(document: Document, statement: Statement) -> bool:
    """Whether a number belongs to a rule that the text explains, or to its own printing."""
    words = document[statement.clause.span]
    quantity, clause = statement.quantity, statement.clause
    upto = document.text[clause.span.start : quantity.span.end]
    head = upto[: -len(quantity.text)]
    if EACH_ONE.search(head) and quantity.value == 1:
        return True
    if COPIES.search(words) or VISITS.search(document.text[max(0, clause.span.start - 8) : quantity.span.start]):
        return True
    attribute = quantity.bound in ("<=", ">=") and document.text[quantity.span.end : quantity.span.end + 1] == "的"
    ceiling = quantity.bound == "<=" and CEILING.search(head)
    norm = attribute or ceiling or NORM.search(upto) or NORM.search(words)
    return bool(norm and clause.mood.evidence == "kind")


def _tier(words: str, sentence: str) -> Literal["core", "peripheral"]:
    """Whether a figure is of the policy field, or of an event's logistics or one person's story, where words say so."""
    return "peripheral" if STORY.search(sentence) or LOGISTICS.search(words) else "core"


def _period(document: Document, statement: Statement) -> str | None:
    """The time that a figure is of: its own year in a list, the last one told before it, that of its section."""
    if statement.year:
        return statement.year.text
    head = document.text[statement.clause.sentence.start : statement.span.end]
    told = [match[0] for match in PERIOD.finditer(head)]
    if told:
        return told[-1]
    over = section_at(document, statement.span.start, anchor_year(document))
    headed = IN_HEADING.search(over.heading) if over and over.tense == "past" else None
    return headed[0] if headed else None


def stated(document: Document, statement: Statement) -> Fact:
    """The fact in a statement that is one."""
    quantity, span = statement.quantity, statement.span
    words = document[span]
    sentence = document[statement.clause.sentence]
    place = None if WHOLE.search(words) else find_place(document.text[statement.clause.lead : span.end])
    return Fact(
        citation=document.cite(span), rule=f"fact.{statement.clause.mood.evidence}",
        indicator=topic_of(document, statement),
        value=quantity.value, value_max=quantity.upper, unit=quantity.unit, bound=quantity.bound,
        from_value=statement.rises_from.value if statement.rises_from else None,
        period=_period(document, statement),
        subject=subject_of(document, statement.clause), tier=_tier(words, sentence),
        region=place.name if place else document.header.region,
    )  # fmt: skip
