"""Duties that prose gives to named bodies: X负责, 由X会同Y牵头, X为牵头单位, X、Y按照职责分工，负责."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from zhengce.document import DocumentKind
from zhengce.extract.assignee import assignees
from zhengce.extract.assignment_bracket import Group, role_of
from zhengce.extract.named_body import BODIES, OTHERS, is_named
from zhengce.sentence import clauses
from zhengce.text import Cover, Span

__all__ = ["DUTY_CUE", "GIVEN_CUE", "NORMATIVE", "TASK_CUE", "duty_groups"]

# texts that tell of what is to be done where a sentence says neither 将 nor 负责
NORMATIVE: frozenset[DocumentKind] = frozenset({"notice", "opinion", "plan", "measures"})
OPENING = (
    r"(?:[（(]?[\d一二三四五六七八九十]{1,3}[）)]|\d{1,2}(?:[.．]\d{1,2}){1,3}|[\d一二三四五六七八九十]{1,3}[、.．]|[①-⑳]|"
    r"[一二三四五六七八九十]是)?\s*(?:[“”\w]{0,8}即|其中|同时|具体|今后|下一步)?(?:(?:拟|将|并|均|应|统一|具体|原则上|可)?由)?"
)
BY_RULE = r"(?:按照?|根据|依照|依据)[^。；\n]{1,40}?[，,]?(?:分别|具体|共同)?(?=负责|牵头)"
MODE = (
    r"为牵头(?:单位|部门)|牵头负责|牵头|按照?(?:各自)?(?:的)?(?:职责|职能)(?:分工)?[，,]?(?:分别)?负责|分工负责|分别负责|"
    r"共同负责|具体负责|统一归口管理|归口管理|负责|组织实施|配合|参加|参与|协助"
)
# what gives a duty behind 由 (by) in a text of rules and plans
GIVEN_CUE = re.compile("管理|承办|统筹|安排")
NOT_A_DUTY = re.compile(r"人|同志|的|制(?![定订])|任|解释|起草|了|过")
SUPPORTS = re.compile(r"(?:$|做好|抓好|落实|开展|实施|完成|提供)")
DONE = re.compile(r"了|已经?|过的|的《|正在|(?:研究)?提出[:：]?$")
WITH = re.compile(rf"[，,]会同(?P<others>{OTHERS})")
BY = re.compile("(?<![自理经缘事])由")
RULE_FIRST = re.compile(r"(?:根据|按照|依据|依照|结合)[^，。；]*$")


DUTY_CUE = re.compile("负责|牵头|会同|配合|参加|参与|协助|归口|组织实施")
TASK_CUE = re.compile("做好|抓好|开展|前|内")


@cache
def _duty() -> re.Pattern[str]:
    return re.compile(
        rf"{OPENING}(?P<who>{BODIES})(?:会同(?P<others>{OTHERS}))?"
        rf"(?:要|应当?|须|将)?(?:{BY_RULE})?(?P<mode>{MODE})"
    )


@cache
def _given() -> re.Pattern[str]:
    return re.compile(rf"由(?P<who>{BODIES})(?:会同(?P<others>{OTHERS}))?(?P<mode>(?:共同)?(?:管理|承办)|统筹|安排)")


@cache
def _together() -> re.Pattern[str]:
    return re.compile(rf"{OPENING}(?P<who>{BODIES})会同(?P<others>{OTHERS})")


# by a day, or to see to something
TASK = (
    r"(?:(?:于|在)?(?:20\d\d年)?(?:\d{1,2}月)?(?:\d{1,2}日|年|底|末|年底)?(?:之前|以前|前|内)(?P<act>完成|建成|制定|制订|出台|印发|发布|报送|实现)|"
    r"(?:要|应当?|须)?(?:按照?(?:各自)?(?:职责|职能)(?:分工)?)?(?:切实|认真|及时|共同|统筹)?(?P<see>做好|抓好|开展))"
)


@cache
def _task() -> re.Pattern[str]:
    return re.compile(rf"{OPENING}(?P<who>{BODIES}){TASK}")


def duty_groups(text: str, sentence: Span, kind: DocumentKind, covered: Cover) -> Iterator[Group]:
    """The groups of a sentence's clauses that begin with named bodies, or name them behind 由 (by).

    Partners behind 会同 (together with) share a duty of 负责 or 牵头, and support what the first does by another verb.
    Kinds of offices (主管部门), persons and what has been done (会同…提出了) are no duties.

    >>> text = "国务院新闻办会同商务部编写口径；铁道部、交通部负责运输。"
    >>> groups = duty_groups(text, Span(start=0, end=len(text)), "plan", Cover())
    >>> [(group.names, group.role) for group in groups]
    [(('国务院新闻办',), 'lead'), (('商务部',), 'cooperate'), (('铁道部', '交通部'), 'joint')]
    """
    words = text[sentence.start : sentence.end]
    normative = kind in NORMATIVE
    duty, task = DUTY_CUE.search(words), normative and TASK_CUE.search(words)
    given = normative and "由" in words and GIVEN_CUE.search(words)
    if not (duty or task or given):
        return
    pieces = list(clauses(text, sentence))
    for at, clause in enumerate(pieces):
        if covered.overlaps(clause):
            continue
        later, words = pieces[at + 1 :], text[clause.start : clause.end]
        match = _match(_duty(), text, clause, sentence.end) if duty else None
        if match is None and given and "由" in words:
            match = _match(_given(), text, clause, clause.end)
        if match:
            yield from _of_duty(text, match, clause, later, sentence)
        elif normative and "会同" in words and (match := _match(_together(), text, clause, clause.end)):
            yield from _of_partners(text, match, clause, later)
        elif task and TASK_CUE.search(words) and (match := _match(_task(), text, clause, clause.end)):
            yield from _of_task(text, match, clause)


def _match(pattern: re.Pattern[str], text: str, clause: Span, end: int) -> re.Match[str] | None:
    """A duty at the head of a clause or behind a 由 (by) in it; the words of duty may stand behind a comma."""
    starts = [clause.start, *(by.start() for by in BY.finditer(text, clause.start, clause.end))]
    return next((met for start in starts if (met := pattern.match(text, start, end))), None)


def _of_duty(text: str, match: re.Match[str], clause: Span, later: list[Span], sentence: Span) -> Iterator[Group]:
    mode, rest = match["mode"], text[match.end() : max(clause.end, match.end())]
    names = assignees(match["who"])
    supports = role_of(mode, len(names)) == "cooperate"
    led = re.search("牵头|负责", text[sentence.start : match.start()])
    member = led and supports and text[match.end() : match.end() + 1] == "的"  # 甲牵头，乙、丙参加的机制
    if (NOT_A_DUTY.match(text, match.end()) and not member) or not all(map(is_named, names)):
        return
    if mode in ("组织实施", "归口管理", "统一归口管理") and not (
        match["others"] or "由" in text[match.start() : match.start("who")]
    ):
        return
    if (mode == "牵头" or supports) and re.search("了|已|过的", match[0] + rest):
        return
    if supports and not (led or SUPPORTS.match(rest)):
        return
    span = Span(start=_start(text, match), end=_end(text, match, clause, later))
    together = match["others"] if match["others"] and not supports else None
    role = "lead" if together else role_of(mode, len(names))
    yield Group(names=names, role=role, mode=mode, span=span)
    partners = tuple(name for name in assignees(together or "") if is_named(name))
    if partners:
        yield Group(names=partners, role="joint", mode="会同", span=span)
    behind = WITH.match(text, span.end) or WITH.match(text, clause.end)
    later_partners = tuple(name for name in assignees(behind["others"]) if is_named(name)) if behind else ()
    if later_partners and "牵头" in mode:
        yield Group(names=later_partners, role="cooperate", mode="会同", span=span)


def _of_partners(text: str, match: re.Match[str], clause: Span, later: list[Span]) -> Iterator[Group]:
    """X会同Y with a verb of its own, where it tells of nothing done."""
    act, mark = text[match.end() : clause.end], text[clause.end : clause.end + 1]
    names = assignees(match["who"])
    told = mark in ("：", ":") or DONE.search(text[clause.start : clause.end]) or "将" in match[0] + act[:2]
    if told or not all(map(is_named, names)):
        return
    if len(act) < 2 and not (later and mark in "，,"):
        return
    span = Span(start=_start(text, match), end=later[0].end if len(act) < 2 else clause.end)
    yield Group(names=names, role="lead", mode="会同", span=span)
    partners = tuple(name for name in assignees(match["others"]) if is_named(name))
    if partners:
        yield Group(names=partners, role="cooperate", mode="会同", span=span)


def _of_task(text: str, match: re.Match[str], clause: Span) -> Iterator[Group]:
    """Named bodies that are to do something by a day, or to see to it."""
    names = assignees(match["who"])
    done = DONE.search(text[match.start() : clause.end]) or text[match.end() : match.end() + 1] in ("的", "过")
    if not done and all(map(is_named, names)):
        span = Span(start=_start(text, match), end=clause.end)
        yield Group(names=names, role=role_of("负责", len(names)), mode=match["act"] or match["see"], span=span)


def _start(text: str, match: re.Match[str]) -> int:
    """Where the bodies begin, or the 由 (by) before them."""
    return match.start("who") - (text[match.start("who") - 1 : match.start("who")] == "由")


def _end(text: str, match: re.Match[str], clause: Span, later: list[Span]) -> int:
    """The end of the clause that says what the duty is: the next one where this one ends at 牵头 or names a rule."""
    ends = [clause.end, *(other.end for other in later)]
    at = next((n for n, end in enumerate(ends) if end >= match.end()), None)
    if at is None or at + 1 == len(ends):
        return max(ends[-1], match.end())
    task, follows = text[match.end() : ends[at]], text[ends[at] + 1 : ends[at + 1]]
    led = "牵头" in match["mode"] and len(task) < 2 and not re.search("配合|参加|参与|协助|负责", follows)
    ruled = len(task) >= 2 and RULE_FIRST.match(task)
    return ends[at + 1] if text[ends[at]] in "，," and (led or ruled) else ends[at]
