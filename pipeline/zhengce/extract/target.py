"""Targets: goals and commitments, quantified, dated, or qualitative in a passage labelled as goals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from zhengce.document import Document
from zhengce.extract.clause import Clause
from zhengce.extract.indicator import each_of, each_over, scope_of
from zhengce.extract.statement import Statement, leaves_from, statements
from zhengce.extract.subject import responsible_of, subject_of
from zhengce.extract.subsidy import in_standard
from zhengce.extract.tense import in_goal_passage
from zhengce.extract.topic import topic_of
from zhengce.extract.unquantified import is_finished_by, may_be_goals, modality, times, unquantified
from zhengce.lexicon import alternation, column
from zhengce.record import Bound, Target
from zhengce.value.unit import kind_of

__all__ = ["CONDITION", "ELIGIBLE", "quantified", "targets"]

ELIGIBLE = re.compile(
    r"申[报请](?:企业|单位|人|主体|对象|机构|条件)[^。]{0,20}(?:应|须|需|具备|符合|满足)|(?:具备|符合|满足)(?:以下|下列)条件"
)
# a threshold that opens a rule (带动3人以上的，) and an attribute (超10亿元的企业) are conditions
CONDITION = re.compile(r"(?:的|者)$|^(?:对(?![口接外标])|凡)[^，,。；;]*的[\u4e00-\u9fff]{1,8}$")
# 年收入超过6万元的家庭: whom something holds for
ATTRIBUTE = re.compile(r"的[\u4e00-\u9fff]{0,6}(?:家庭|企业|人员|单位|个人|项目|户|机构|地区|城市|县|用户|法人|纳税人)")
PENALTY = re.compile(
    r"(?<!新增)(?<!发放)(?:创业担保|小额|信用|富民)?贷款(?![^，。]{0,8}[\d亿万]+[^，。]{0,6}以上)|(?<!创业)担保|授信|注册资|罚款|处以|滞纳金|罚金|没收|月薪|底薪|薪资|限价|保证金|"
    r"售价(?!的)|租金|个人缴[费纳]|缴费档次"
)
# how a sum is paid out, and whom a measure is for
NO_AIM = re.compile(
    r"减除费用|可能|风险|隐患|聚焦|重点保[证障]|(?:发放|拨付)比例|分期(?:发|支)|[向对]\d+[^，。；]{0,20}(?:倾斜|支持)$|^重点(?:支持|帮扶|面向)[^，。；]*\d+个[乡镇县村]"
)
BARE_COUNT = re.compile(r"(?!.*(?:现有|已有|拥有|不足|达))[\u4e00-\u9fff（）()“”]{2,16}")
WHOLE = re.compile(r"全[省市县区国州]|合计|总数|共计")
CEILING = re.compile(r"达(?:到)?100%")


@cache
def _actions() -> re.Pattern[str]:
    return re.compile(alternation([*column("cues", "word", kind="action"), "惠及"]))


def targets(document: Document) -> Iterator[Target]:
    """Every goal of the issuing or speaking body, one record an indicator (annotation guideline T1 to T3).

    >>> from zhengce.flow import annotate
    >>> text = "到2025年底，各县至少建设2个培训基地，合格率力争达到95%以上。"
    >>> [(str(t.value), t.unit, t.bound, str(t.deadline)) for t in annotate(text)["targets"]]
    [('2', '个', 'each>=', '2025-12-31'), ('95', '%', '>=', '2025-12-31')]
    """
    numbered: set[int] = set()  # clauses whose numbers were goals or prices
    described: set[int] = set()  # clauses with a number that is none
    found: list[Target] = []
    before: Statement | None = None
    for statement in statements(document):
        described.add(statement.clause.span.start)
        before, listed = None, before is not None and _listed_with(document, before, statement)
        taken = in_standard(document, statement.span)
        if statement.clause.mood.tense != "future" and not taken:
            continue
        if ELIGIBLE.search(document[statement.clause.sentence]):
            continue
        words = document[statement.clause.span]
        if taken:
            numbered.add(statement.clause.span.start)
        if taken or PENALTY.search(words) or NO_AIM.search(words):
            continue
        if listed or _commits(document, statement):
            numbered.add(statement.clause.span.start)
            found.append(quantified(document, statement))
            before = statement
    for clause in may_be_goals(document):
        at = clause.span.start
        if at not in described or (at not in numbered and is_finished_by(document, clause)):
            goal = unquantified(document, clause)
            found += [goal] if goal else []
    yield from sorted(found, key=lambda target: target.citation.span)


def _commits(document: Document, statement: Statement) -> bool:
    """Whether a number in the future mood is aimed at: a bound, a modal, a date or a verb of doing before it."""
    quantity, clause = statement.quantity, statement.clause
    after = document.text[quantity.span.end : clause.span.end]
    given = document.text[clause.span.start] in "对凡"
    if CONDITION.search(document[clause.span]) or (after[:1] == "的" and (given or re.search(r"\d", after))):
        return False
    if quantity.bound != "=" and ATTRIBUTE.match(after):
        return False
    if statement.rises_from is None and leaves_from(document.text, quantity):
        return False
    if quantity.bound != "=" or clause.mood.evidence in ("modal", "inherited") or clause.deadline:
        return True
    if "达" in quantity.text or in_goal_passage(document, quantity.span.start):
        return True
    head = document.text[statement.span.start : quantity.span.start]
    part = document.part_at(clause.span.start)
    if part and part.kind == "plan" and not after and BARE_COUNT.fullmatch(head):
        return True  # 展览面积6800平方米: what a plan says of itself is planned
    if clause.recurring or clause.mood.evidence == "date" or clause.quota or statement.year:
        return True
    return bool(_actions().search(head[-24:])) and not re.search(r"以$|^以|结合|围绕|聚焦|依托", head[-4:])


def _listed_with(document: Document, before: Statement, statement: Statement) -> bool:
    """Whether a number shares the verb of the one before it: 新增高新技术企业150家、科技型企业500家."""
    if before.clause.sentence != statement.clause.sentence:
        return False
    between = document.text[before.quantity.span.end : statement.quantity.span.start]
    if before.clause.span == statement.clause.span:
        return bool(re.fullmatch(r"[\u4e00-\u9fff“”A-Za-z]{0,16}[、和及与][\u4e00-\u9fff“”A-Za-z]{0,16}", between))
    alike = before.quantity.unit == statement.quantity.unit
    return alike and bool(re.fullmatch(r"[，,][\u4e00-\u9fff“”A-Za-z]{2,10}", between))


def quantified(document: Document, statement: Statement) -> Target:
    """The target in a statement that is one."""
    quantity, clause, span = statement.quantity, statement.clause, statement.span
    words = document[span]
    each = (
        each_of(document.text[clause.lead : quantity.span.start])
        or each_of(words)
        or (not WHOLE.search(words) and each_over(document[clause.sentence][:60]))
        or _each_subject(document, clause)
    )
    bound: Bound = quantity.bound
    if bound == "=" and "达到" in quantity.text and not CEILING.search(quantity.text):
        bound = ">="
    if bound == ">=" and each and kind_of(quantity.unit or "") != "rate":
        bound = "each>="
    return Target(
        citation=document.cite(span), rule=f"target.{clause.mood.evidence}",
        indicator=topic_of(document, statement),
        value=quantity.value, value_max=quantity.upper, unit=quantity.unit, bound=bound,
        each=each if bound == "each>=" else None,
        from_value=statement.rises_from.value if statement.rises_from else None, modality=modality(clause),
        scope=scope_of(words), responsible=responsible_of(document, clause), nature="quantified",
        **times(clause, statement.year),
    )  # fmt: skip


def _each_subject(document: Document, clause: Clause) -> str | None:
    """各乡镇清淤沟渠不少于5条: what 各 or 每 stands before at the head of the clause."""
    subject = re.fullmatch(r"(?:各|每个?|所有)(?P<unit>.+)", subject_of(document, clause) or "")
    return subject["unit"] if subject else None
