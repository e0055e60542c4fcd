"""Parts that the clauses of one sentence give to one office each: 县财政局落实经费，县市场监管局指导注册."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from zhengce.extract.assignee import assignees
from zhengce.extract.assignment_bracket import Group, role_of
from zhengce.extract.named_body import BODIES, is_named
from zhengce.lexicon import alternation, table
from zhengce.sentence import clauses
from zhengce.text import Span

__all__ = ["PARTED", "parallel_groups"]

TASKS = (
    "做好|抓好|落实|指导|组织|保障|统筹|推进|推动|加强|强化|制定|制订|协调|测算|汇总|受理|审核|监督|监测|提供|摸清|发挥|承担|承办|安排|支持|完善|"
    "督促|筹集|拨付|编制|联系|培育|打造|实施|管理|引导|宣传|开展|配合|协助|搞好|优化|健全|严格|加大|建立|用好|及时|负责|牵头"
)
OPENING = r"(?:[（(]?[\d一二三四五六七八九十]{1,3}[）)、.．]|[一二三四五六七八九十]是)?\s*"
HOW = r"(?:应当?|须)?(?:按照?(?:各自)?职责(?:分工)?)?(?:切实|认真|及时|共同|积极|具体)?"
ACT = rf"(?P<will>要|将)?{HOW}(?P<act>{TASKS})"
# what is told of is done, is nobody's, or has a figure for its result
DONE = re.compile(r"了|已经?|过的|的《|正在|累计|共计|先后|获|\d[\d.]*[万亿]?(?:多|余)?[元人户家名个场]")
# the end of an office's name or of a list of them, and a task right behind it
PARTED = re.compile(rf"[厅局委部办署处司会联科股心院行社室组班队府关团门织位面协台央议等][要将]?{HOW}(?:{TASKS})")
KIND = re.compile(r"各|有关|相关|该|本|主管|行业|业务|上述|所在|当地|同级|上级|下级|每")
FEWEST = 2  # clauses that make a list of parts
KINDS = ("部门", "组织")
WILLS = ("要", "将")  # a named office that will do something has committed itself: `commitment`


@cache
def _part() -> re.Pattern[str]:
    field = alternation(short for row in table("departments") for short in row["shorts"].split(";") if len(short) > 1)
    kinds = rf"(?:{field}|工会|妇联)(?:、(?:{field}|妇联|工会|残联))*(?:等)?(?:部门|组织)"
    return re.compile(rf"{OPENING}(?P<who>{kinds}|{BODIES}){ACT}")


def parallel_groups(text: str, sentence: Span, normative: bool, covered: list[Span]) -> Iterator[Group]:
    """The clauses of a sentence that begin with an office and its task, where two or more do.

    In texts other than rules and plans (`normative`) one of them has to give its duty by 牵头 or 负责 (`covered`).
    Kinds of offices by their field (财政部门) count among others; 各部门 never does, nor what is done or counted.

    >>> text = "县财政局落实经费，县市场监管局指导商标注册。"
    >>> [group.names for group in parallel_groups(text, Span(start=0, end=len(text)), True, [])]
    [('县财政局',), ('县市场监管局',)]
    >>> list(parallel_groups("县财政局落实经费。", Span(start=0, end=9), True, []))
    []
    """
    cues = len(PARTED.findall(text, sentence.start, sentence.end))
    if not cues or (cues < FEWEST and not covered):
        return
    pieces = list(clauses(text, sentence))
    told = sum(any(clause.overlaps(other) for other in covered) for clause in pieces)
    if not told and not normative:
        return
    found = {
        clause: group
        for clause in pieces
        if not any(clause.overlaps(other) for other in covered) and (group := _of_clause(text, clause))
    }
    if len({group.names for group in found.values()}) + told >= FEWEST:
        yield from (group for group in found.values() if group.names[-1].endswith(KINDS) or group.mode not in WILLS)


def _of_clause(text: str, clause: Span) -> Group | None:
    if not PARTED.search(text, clause.start, clause.end):
        return None
    match = _part().match(text, clause.start, clause.end)
    if not match or match.end() == clause.end or DONE.search(text, match.end("who"), clause.end):
        return None
    if text[match.end() : match.end() + 1] in ("的", "人"):
        return None
    names = assignees(match["who"])
    if KIND.match(match["who"]) or not all(map(_is_one, names)):
        return None
    span = Span(start=match.start("who"), end=clause.end)
    role = role_of(match["act"] if match["act"] in ("配合", "协助") else "负责", len(names))
    return Group(names=names, role=role, mode=match["will"] or match["act"], span=span)


def _is_one(name: str) -> bool:
    return name.endswith(KINDS) or is_named(name) or name in ("工会", "妇联", "残联")
