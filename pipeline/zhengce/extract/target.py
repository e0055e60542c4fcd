"""Targets: goals and commitments, quantified, dated, or qualitative in a passage labelled as goals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from zhengce.document import Document
from zhengce.extract.clause import Clause, read_clauses
from zhengce.extract.indicator import each_of, each_over, indicator, scope_of
from zhengce.extract.statement import Statement, leaves_from, statements
from zhengce.extract.subject import responsible_of, subject_of
from zhengce.extract.subsidy import in_standard
from zhengce.extract.tense import anchor_year, in_goal_passage
from zhengce.extract.topic import topic_of
from zhengce.lexicon import alternation, column
from zhengce.record import Bound, Target
from zhengce.text import Span
from zhengce.value.date import DateMention
from zhengce.value.unit import kind_of

__all__ = ["CONDITION", "ELIGIBLE", "targets"]

# a dated clause is a goal only if it says what is to be done or to be so
OUTCOME = re.compile(
    r"清零|消除|健全|完善|提[高升]|形成|成为|建[成立设]|实现|增强|完成|优化|改善|扩大|培[育养训]|启动|出台|制定|开展|评选|涌现|取得|明显|显著|基本|全面|达到|构建|推动|推进|组织|备案|比选|落实|印发|发布|举办|召开|验收|上线|投入|覆盖|签订|报送"
)
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
SHORT = 10
BOUND = re.compile("不|至少|控制在")
BARE_COUNT = re.compile(r"(?!.*(?:现有|已有|拥有|不足|达))[\u4e00-\u9fff（）()“”]{2,16}")
PART_OF_YEAR = re.compile(r"季度|半年|月|旬")
MILESTONE = re.compile(r"完成|建成|实现|出台|印发|启动|形成|达到|健全|投产|开工|竣工|通车|覆盖|备案|验收")
PROCEDURE = re.compile(
    r"止$|使用期限|政策执行|是[^，。；]*(?:之年|一年|目标)$|(?:以下|如下|下列)[\u4e00-\u9fff]{0,6}$|精神$|之年|周年|关键一?年|开局|收官|贯彻|^(?:自|本|此|有效期|施行|执行|印发|现|经|根据|按照|为|以|关于|由于|因)|施行|废止|有效期|印发之日|截止日期|报名|公示期|成立于|出生"
)
WHOLE = re.compile(r"全[省市县区国州]|合计|总数|共计")
LEADS_LIST = re.compile(r"(?:达到?|分别为|如下|提高到)$")
QUESTION = re.compile(r"什么|哪些|如何|怎样|怎么")
BECOMES = re.compile(
    r"^(?:并|基本|全面|初步)?(?:成为|形成|实现|建成|达到|建立)|"
    r"(?:全部|基本|全面|总体)(?:清零|实现|完成|建成|消除|达标|覆盖|完备|完善|形成|到位|贯通|成熟|定型)$|全覆盖$|清零$"
)
# what is said of every year's work is no goal of its own
SLOGAN = re.compile(
    r"四个(?:意识|自信)|两个维护|上述目标|各项(?:预期|主要|工作|目标)*任务|规划目标任务|前瞻性|创造性|抓好落实|高质量发展$"
)
ASPIRES = re.compile(r"^(?:要|必须|始终|更加|进一步)?(?:着力|扎实推[动进]|大力|推动|增强|在[^，。；]*中)")
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
            found.append(_quantified(document, statement))
            before = statement
    for clause in read_clauses(document):
        at = clause.span.start
        if at not in described or (at not in numbered and _is_finished_by(document, clause)):
            found += _unquantified(document, clause)
    yield from sorted(found, key=lambda target: target.citation.span)


def _is_finished_by(document: Document, clause: Clause) -> bool:
    """Whether a clause says by when something is finished, whatever number describes it."""
    hard = clause.own_time and clause.deadline is not None and clause.deadline.kind == "by"
    return hard and bool(re.search(r"完成|建成|实现|覆盖|消除|清零", document[clause.span]))


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


def _quantified(document: Document, statement: Statement) -> Target:
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
        from_value=statement.rises_from.value if statement.rises_from else None, modality=_modality(clause),
        scope=scope_of(words), responsible=responsible_of(document, clause), nature="quantified",
        **_times(clause, statement.year),
    )  # fmt: skip


def _modality(clause: Clause) -> str | None:
    """The modal in force; a bound (不低于) is that of its own clause only."""
    modal = clause.mood.modal
    return None if modal and clause.mood.evidence != "modal" and BOUND.match(modal) else modal


def _each_subject(document: Document, clause: Clause) -> str | None:
    """各乡镇清淤沟渠不少于5条: what 各 or 每 stands before at the head of the clause."""
    subject = re.fullmatch(r"(?:各|每个?|所有)(?P<unit>.+)", subject_of(document, clause) or "")
    return subject["unit"] if subject else None


def _times(clause: Clause, year: DateMention | None = None) -> dict[str, Any]:
    deadline = year or clause.deadline
    return {
        "deadline": deadline.day if deadline else None,
        "deadline_text": deadline.text if deadline else None,
        "starts": clause.starts.day if clause.starts else None,
        "recurring": clause.recurring.text if clause.recurring else None,
    }


def _in_a_bare_year(clause: Clause) -> bool:
    deadline = clause.deadline
    return deadline is not None and deadline.kind == "within" and not PART_OF_YEAR.search(deadline.text)


def _task_of(document: Document, clause: Clause) -> str | None:
    """What is to be done, without who is to do it and by when."""
    words = re.sub(r"^(?:由|请)", "", document[clause.span]).removeprefix(subject_of(document, clause) or "")
    named = indicator(words, Span(start=len(words), end=len(words)))
    return re.sub("^(?:将|拟|要|应|于|在|用(?![好足活于]))+", "", named or "") or named


def _unquantified(document: Document, clause: Clause) -> Iterator[Target]:
    dated = (clause.deadline is not None and clause.deadline.day is not None) or clause.starts is not None
    if not dated and not clause.mood.modal:
        return
    words = document[clause.span]
    provision = document.provision_at(clause.span.start)
    if (provision and clause.span.start < provision.span.end) or QUESTION.search(words):
        return
    year = anchor_year(document)
    if clause.starts and clause.starts.day and year and clause.starts.day.year < year:
        return  # 从2012年开始: what has begun long ago
    undated = words.replace(clause.deadline.text, "") if clause.deadline else words
    if clause.deadline and words.endswith(clause.deadline.text) and len(undated) < SHORT:
        return  # 试点地区要于2019年12月底前，: the next clause says what
    if len(clause.span) < 6 or clause.mood.evidence == "past" or PROCEDURE.search(undated):
        return
    if LEADS_LIST.search(words) and document.text[clause.span.end : clause.span.end + 1] in ("：", ":"):
        return  # the numbers behind the colon are the targets
    hard = clause.own_time and clause.deadline is not None and clause.deadline.kind == "by"
    if not hard and not OUTCOME.search(words):
        return
    if SLOGAN.search(words) or (ASPIRES.match(words) and not clause.own_time and not MILESTONE.search(words)):
        return
    passage = in_goal_passage(document, clause.span.start)
    ahead = clause.mood.tense == "future" or clause.starts is not None
    finished = BECOMES.search(words) or (clause.own_time and MILESTONE.search(words))
    if _in_a_bare_year(clause) and not passage and not finished:
        return  # it holds for what is to be finished in it, not for every sentence of a year's plan
    if dated and ahead and (clause.own_time or passage or BECOMES.search(words)):
        span = Span(start=clause.lead, end=clause.span.end)
        nature = "dated"
    elif passage and (dated or clause.mood.modal):
        span, nature = clause.span, "dated" if dated else "qualitative"
    else:
        return
    yield Target(
        citation=document.cite(span), rule=f"target.{nature}", indicator=_task_of(document, clause),
        modality=_modality(clause), scope=scope_of(words), responsible=responsible_of(document, clause),
        nature=nature, **_times(clause),  # type: ignore[arg-type]
    )  # fmt: skip
