"""Whether a clause speaks of what is to come or of what has been: cues, dates, section, kind of document."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from itertools import pairwise
from typing import Literal

from zhengce.document import Document
from zhengce.extract.section import section_at
from zhengce.lexicon import alternatives, column
from zhengce.sentence import LONGEST
from zhengce.text import Span, merge
from zhengce.value.date import DateMention

__all__ = ["Mood", "anchor_day", "anchor_year", "in_goal_passage", "mood_of"]

Tense = Literal["future", "past"]
# every branch of a cue begins with a character of its own, and looks back behind it, so that a search stops only there
# 计划 is a noun in 行动计划, a modal in 计划培训
PLANS = (
    r"计划(?<![动作产展略设度地]计划)(?=[^，,。；;、的中]{0,12}[\d一二两三四五六七八九十])"
    r"(?!单列|生育|经济|的|书|内|外|自|前|后|于|已|共|期|实施|推行|累计)"
)
# 目标 is a noun, but a modal at the head of a clause before a year (目標117年…提升至)
AIMS = r"目标(?<!.目标)(?=[在于到至]?(?:民国)?(?:1[01]\d|20\d\d)年)"
EXPECTED = r"预期(?<![稳定会场善心]预期)(?!寿命|管理|引导)"  # not the expectations that are kept stable
TERM_IN_TITLE = re.compile(r"(?P<first>20\d\d)年?[—–\-~～至到]+20\d\d年")
TELLS = re.compile(r"(?:答复|复函|的函|通报)(?:（.{1,20}）)?$")  # letters and circulars that report
# lists and contracts that set tasks
SETS = re.compile(r"责任书|任务(?:清单|分解|分工|台账|表)|(?:工作|重点)清单|目标任务|(?:进度|推进|时间)(?:安排)?表")
# cues of a result that a plan uses too
MAY_BE = frozenset({"惠及", "兑现", "先后", "累计"})
WILL_BE = re.compile("|".join(sorted(MAY_BE)))
# what ends the opening of a document
PRESENTS = re.compile(r"现(?:就|将|提出|制定|印发|通知)[^。\n]{0,60}(?:[：:。]|如下)|制定(?:本|以下|如下|此)")
LIMIT = re.compile(r"不(?:得?[低高少多]于|得?超过)")
POLICY = frozenset({"notice", "opinion", "plan", "measures", "speech"})
TITLE = re.compile(r"《[^》\n]*》|“[^”\n]{1,30}”")
GONE = re.compile(r"(?:[\u4e00-\u9fff]了(?!解|却|望|如)|同比|增[长加]了)")
SHALL = re.compile(
    "|".join(rf"{word}(?<![^，,]{word})(?!求|素|点|近|军|来)" for word in ("要", "应", "须", "必须", "将"))
    + r"|下一步|"
    r"将(?:再|陆续|分批|持续)?(?:于|继续|组织|开展|举办|推动|建设|培训|投入|完成|实现|新增|新建|建成|增设|增至|设置|推出|达到|打造|加大|认定|选派|培养|补足)|"
    r"预计[^，。；]{0,12}(?:设置|增设|新设|建置|开办|推出|启用|建成|协助|惠及|带动|新增|培训|支持|补助|服务)"
)

CONDITIONS = re.compile(
    r"(?<![^，,。；;：:])(?:[^，,。；;：:]*(?:的|者)|(?:对|凡|给|经)[^，,。；;：:]*)[，,]"
)  # 获评省级基地的，: whom a rule is for
# how things stand, where nothing says how they are to be
STATE = re.compile(
    r"尚未|还有\d|仍有|占比|占全|户籍|常住|现有|的有[\d一二三四五六七八九]|拥有|不足|不到|七成|八成|九成|来自"
)
NORMATIVE = re.compile(r"不(?:低|少|高)于|不超过|不得|以[上下内]|达到|控制在|至少|要|应|须|每")
GOALS = re.compile(r"(?<!的)目标(?:任务)?(?:是|为)?[:：]|把握一项目标[，,]")
SENTENCE_END = re.compile(r"[。\n]")
AIM_BEFORE = re.compile(r"目标(?:任务)?(?:是|为)?[:：]")


@dataclass(slots=True, kw_only=True)  # not frozen: see Clause
class Mood:
    """The tense of a clause, its own modal word, and the evidence that decided."""

    tense: Tense
    modal: str | None
    evidence: Literal["modal", "past", "date", "inherited", "section", "kind"]


@cache
def _cues() -> dict[str, re.Pattern[str]]:
    modal, past, goal = (alternatives(column("cues", "word", kind=kind)) for kind in ("modal", "past", "goal_heading"))
    return {
        "modal": re.compile(rf"{modal}|{PLANS}|{AIMS}|{EXPECTED}"),
        "past": re.compile(rf"{past}|近(?:[一二两三四五六七八九十]+|\d+)年来"),
        "goal_heading": re.compile(goal),
    }


def anchor_day(document: Document) -> date | None:
    """The day that terms counted from the issue are read from: that of writing or of publication."""
    return document.header.written or document.header.published


@lru_cache(maxsize=4)
def anchor_year(document: Document) -> int | None:
    """The year that months and 今年 are read in: that of writing or publication, else the year named most often.

    Of years named equally often a policy document starts from the first, a report looks back from the last.
    """
    for day in (document.header.written, document.header.published):
        if day:
            return day.year
    term = TERM_IN_TITLE.search(document.header.title or "")
    if term and document.header.kind in POLICY:
        return int(term["first"])  # a plan for 2025—2027 begins with its first year
    years = Counter(re.findall(r"(?<!\d)((?:19|20)\d\d)年", document.text))
    if not years:
        return None
    most = max(years.values())
    often = [int(year) for year, count in years.items() if count == most]
    return min(often) if document.header.kind in POLICY else max(often)


def mood_of(
    document: Document, clause: Span, sentence: Span, deadline: DateMention | None, inherited: str | None
) -> Mood:
    """The mood of a clause; rules in the order of their weight, the kind of document last."""
    by_kind = _by_kind(document, clause.start)
    words = _untitled(document[clause])
    modal = _cues()["modal"].search(words)
    year = anchor_year(document)
    later = deadline.day.year - year if deadline and deadline.day and year else -1
    ahead = bool(deadline and deadline.kind != "period" and (later > 0 or (later == 0 and deadline.kind == "by")))
    over = section_at(document, clause.start, year)
    section = over.tense if over else None
    past = _result(words, modal is not None, by_kind, section, ahead)
    reviewing = section == "past" and by_kind == "past"
    if modal and not reviewing and (not past or modal.start() < past.start()):
        return Mood(tense="future", modal=modal[0], evidence="modal")
    if past or (reviewing and later <= 0):
        return Mood(tense="past", modal=None, evidence="past" if past else "section")
    told = anchor_day(document)
    if deadline and deadline.day and told and deadline.day < told and by_kind == "past":
        return Mood(tense="past", modal=None, evidence="date")  # 1至6月, before the day of the report
    if deadline and deadline.day and year:
        if deadline.kind == "by" or later > 0:
            if later >= 0:
                return Mood(tense="future", modal=inherited, evidence="date")
        elif later < 0:
            return Mood(tense="past", modal=None, evidence="date")
    if inherited:
        return Mood(tense="future", modal=inherited, evidence="inherited")
    head = _untitled(document.text[sentence.start : clause.start])
    head = head if by_kind == "past" else CONDITIONS.sub("", head)
    tense = _inherited(words, WILL_BE.sub("", head) if section == "future" else head)
    if tense:
        return Mood(tense=tense, modal=None, evidence="inherited")
    if section and (by_kind == "future" or document.header.kind == "report"):
        return Mood(tense=section, modal=None, evidence="section")
    if (STATE.search(words) or clause.start < _preamble(document, clause.start)) and not NORMATIVE.search(words):
        return Mood(tense="past", modal=None, evidence="past")
    return Mood(tense=by_kind, modal=None, evidence="kind")


def _result(words: str, modal: bool, by_kind: Tense, section: Tense | None, ahead: bool) -> re.Match[str] | None:
    """The words of a clause that tell of a result, unless what stands round them says otherwise."""
    gone = _gone(words)
    past = _cues()["past"].search(words) or (gone if not modal else None)
    if not past:
        return None
    if past[0] == "累计" and by_kind == "future" and (ahead or LIMIT.search(words)) and not gone:
        return None  # “十四五”期间累计建成, before the period is over; 累计限额不低于500万元
    if past[0] == "目前" and words[: past.start()].endswith(("由", "从")):
        return None  # where a change starts
    if past[0] in MAY_BE and section == "future" and by_kind == "past":
        return None  # in what a report plans 惠及 tells of what will be
    return past


def _preamble(document: Document, offset: int) -> int:
    """Where the opening of the text that holds a character ends, which tells why it is issued: 现提出以下意见."""
    part = document.part_at(offset)
    return _opening_end(document, part.span.start if part else 0)


@lru_cache(maxsize=16)
def _opening_end(document: Document, start: int) -> int:
    opening = PRESENTS.search(document.text, start, start + 1500)
    return opening.start() if opening else 0


def _gone(words: str) -> re.Match[str] | None:
    return GONE.search(words) if "了" in words or "同比" in words else None


def _untitled(words: str) -> str:
    """Words without titles and slogans, which aim at nothing."""
    return TITLE.sub("", words) if "《" in words or "“" in words else words


def _inherited(words: str, head: str) -> Tense | None:
    """The tense that a clause has from an auxiliary of its own, or from the words of its sentence before it."""
    if SHALL.search(words) or SHALL.search(head):
        return "future"
    if _cues()["past"].search(head):
        return "past"
    return "future" if "目标" in head and AIM_BEFORE.search(head) else None


def in_goal_passage(document: Document, offset: int) -> bool:
    """Whether a character stands in a passage that is labelled as goals (目标任务, 主要目标)."""
    starts, ends = _passages(document)
    at = bisect_right(starts, offset) - 1
    return at >= 0 and offset < ends[at]


@lru_cache(maxsize=2)
def _passages(document: Document) -> tuple[list[int], list[int]]:
    """Where passages of goals begin and where they end."""
    passages = merge(sorted([*_headed(document), *_led(document.text)]))
    return [passage.start for passage in passages], [passage.end for passage in passages]


def _headed(document: Document) -> Iterator[Span]:
    """What stands under a heading of goals: the provision that holds a character changes only at edges."""
    if not any(_heads_goals(provision.heading) for provision in document.provisions):
        return
    edges = {edge for provision in document.provisions for edge in (provision.span.start, provision.body.end)}
    edges |= {edge for part in document.parts for edge in (part.span.start, part.span.end)}
    for start, end in pairwise(sorted(edges)):
        provision = document.provision_at(start)
        if provision and _heads_goals(provision.heading):
            yield Span(start=start, end=end)


def _led(text: str) -> Iterator[Span]:
    """What follows on 目标： in its sentence."""
    for match in GOALS.finditer(text):
        stop = SENTENCE_END.search(text, match.end())
        last = min(stop.start() if stop else len(text), match.start() + LONGEST)
        yield Span(start=match.end(), end=max(match.end(), last + 1))


@lru_cache(maxsize=256)
def _heads_goals(heading: str | None) -> bool:
    return bool(heading and _cues()["goal_heading"].search(heading[:20]))


def _by_kind(document: Document, offset: int) -> Tense:
    part = document.part_at(offset)
    kind = part.kind if part and part.kind != "other" else document.header.kind
    if kind in ("list", "other") and SETS.search((part.title if part else None) or document.header.title or ""):
        return "future"
    if kind == "notice" and TELLS.search((part.title if part else None) or document.header.title or ""):
        return "past"
    return "future" if kind in POLICY else "past"
