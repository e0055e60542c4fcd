"""Targets without a number: dated clauses, and qualitative ones in a passage labelled as goals."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Literal

from zhengce.document import Document
from zhengce.extract.clause import Clause, read_clauses
from zhengce.extract.indicator import indicator, scope_of
from zhengce.extract.subject import responsible_of, subject_of
from zhengce.extract.tense import anchor_year, in_goal_passage
from zhengce.record import Target
from zhengce.text import Span
from zhengce.value.date import DateMention

__all__ = ["goal_span", "is_dated", "is_finished_by", "may_be_goals", "modality", "target_of", "times", "unquantified"]

# a dated clause is a goal only if it says what is to be done or to be so
OUTCOME = re.compile(
    r"清零|消除|健全|完善|提[高升]|形成|成为|建[成立设]|实现|增强|完成|优化|改善|扩大|培[育养训]|启动|出台|制定|开展|评选|涌现|取得|明显|显著|基本|全面|达到|构建|推动|推进|组织|备案|比选|落实|印发|发布|举办|召开|验收|上线|投入|覆盖|签订|报送"
)
SHORT = 10
BOUND = re.compile("不|至少|控制在")
PART_OF_YEAR = re.compile(r"季度|半年|月|旬")
MILESTONE = re.compile(r"完成|建成|实现|出台|印发|启动|形成|达到|健全|投产|开工|竣工|通车|覆盖|备案|验收")
PROCEDURE = re.compile(
    r"止$|使用期限|政策执行|是[^，。；]*(?:之年|一年|目标)$|(?:以下|如下|下列)[\u4e00-\u9fff]{0,6}$|精神$|之年|周年|关键一?年|开局|收官|贯彻|^(?:自|本|此|有效期|施行|执行|印发|现|经|根据|按照|为|以|关于|由于|因)|施行|废止|有效期|印发之日|截止日期|报名|公示期|成立于|出生"
)
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


def unquantified(document: Document, clause: Clause) -> Target | None:
    """The target that a clause states without a number; None where the rules take it for none.

    A dated clause is one that says what is to be done by then; a passage labelled as goals (目标任务) holds qualitative
    ones too (annotation guideline T2, T3).

    >>> from zhengce.flow import annotate
    >>> [t.indicator for t in annotate("2025年6月底前，省人社厅出台认定办法。")["targets"]]
    ['出台认定办法']
    """
    dated = is_dated(clause)
    passage = in_goal_passage(document, clause.span.start)
    if not dated and not (passage and clause.mood.modal):
        return None
    words = document[clause.span]
    provision = document.provision_at(clause.span.start)
    if (provision and clause.span.start < provision.span.end) or QUESTION.search(words):
        return None
    year = anchor_year(document)
    if clause.starts and clause.starts.day and year and clause.starts.day.year < year:
        return None  # 从2012年开始: what has begun long ago
    undated = words.replace(clause.deadline.text, "") if clause.deadline else words
    if clause.deadline and words.endswith(clause.deadline.text) and len(undated) < SHORT:
        return None  # 试点地区要于2019年12月底前，: the next clause says what
    if len(clause.span) < 6 or clause.mood.evidence == "past" or PROCEDURE.search(undated):
        return None
    if LEADS_LIST.search(words) and document.text[clause.span.end : clause.span.end + 1] in ("：", ":"):
        return None  # the numbers behind the colon are the targets
    hard = clause.own_time and clause.deadline is not None and clause.deadline.kind == "by"
    if not hard and not OUTCOME.search(words):
        return None
    if SLOGAN.search(words) or (ASPIRES.match(words) and not clause.own_time and not MILESTONE.search(words)):
        return None
    ahead = clause.mood.tense == "future" or clause.starts is not None
    finished = BECOMES.search(words) or (clause.own_time and MILESTONE.search(words))
    if _in_a_bare_year(clause) and not passage and not finished:
        return None  # it holds for what is to be finished in it, not for every sentence of a year's plan
    if dated and ahead and (clause.own_time or passage or BECOMES.search(words)):
        return target_of(document, clause)
    return target_of(document, clause) if passage and (dated or clause.mood.modal) else None


def target_of(document: Document, clause: Clause) -> Target:
    """The target in a clause that is one, dated where a time is in force."""
    dated = is_dated(clause)
    nature: Literal["dated", "qualitative"] = "dated" if dated else "qualitative"
    return Target(
        citation=document.cite(goal_span(clause)), rule=f"target.{nature}",
        indicator=_task_of(document, clause), modality=modality(clause), scope=scope_of(document[clause.span]),
        responsible=responsible_of(document, clause), nature=nature, **times(clause),
    )  # fmt: skip


@lru_cache(maxsize=2)  # the rules and the evidence both go over them
def may_be_goals(document: Document) -> tuple[Clause, ...]:
    """The clauses that are dated or stand in a passage of goals: no other states a target without a number."""
    return tuple(
        clause for clause in read_clauses(document) if is_dated(clause) or in_goal_passage(document, clause.span.start)
    )


def is_dated(clause: Clause) -> bool:
    """Whether a time is in force in a clause by which, or from which on, something is to be."""
    return (clause.deadline is not None and clause.deadline.day is not None) or clause.starts is not None


def goal_span(clause: Clause) -> Span:
    """The stretch that a clause without a number is cited by: with the date before it."""
    if clause.lead == clause.span.start or not is_dated(clause):
        return clause.span
    return Span(start=clause.lead, end=clause.span.end)


def is_finished_by(document: Document, clause: Clause) -> bool:
    """Whether a clause says by when something is finished, whatever number describes it."""
    hard = clause.own_time and clause.deadline is not None and clause.deadline.kind == "by"
    return hard and bool(re.search(r"完成|建成|实现|覆盖|消除|清零", document[clause.span]))


def modality(clause: Clause) -> str | None:
    """The modal in force; a bound (不低于) is that of its own clause only."""
    modal = clause.mood.modal
    return None if modal and clause.mood.evidence != "modal" and BOUND.match(modal) else modal


def times(clause: Clause, year: DateMention | None = None) -> dict[str, Any]:
    """The fields of a target that tell of time; `year` is the statement's own in a list by year."""
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
