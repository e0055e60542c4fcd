"""Assignments: which department leads, shares or supports what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from zhengce.document import Document
from zhengce.extract.assignee import EVERYONE, assignees, is_department
from zhengce.extract.assignment_bracket import LABELLED, Group, bracket_groups, role_of
from zhengce.extract.assignment_duty import DUTY_CUE, GIVEN_CUE, NORMATIVE, TASK_CUE, duty_groups
from zhengce.extract.assignment_parallel import PARTED, parallel_groups
from zhengce.extract.assignment_table import table_groups
from zhengce.extract.commitment import commitments
from zhengce.extract.official import official
from zhengce.lexicon import alternation, table
from zhengce.name.department import Department
from zhengce.record import Assignment
from zhengce.sentence import clauses, sentences
from zhengce.text import Cover, Span

__all__ = ["assignments"]

DUTY = re.compile("牵头|负责|配合")
CUE = re.compile("成员|牵头|负责|配合")
# no sentence without one of these, or of `PARTED`, gives a duty
SPEAKS = re.compile("|".join((CUE.pattern, DUTY_CUE.pattern, TASK_CUE.pattern, GIVEN_CUE.pattern)))
MEMBERS = re.compile(
    r"(?P<who>[^，,。；;]{4,80}?)(?:等(?:相关|有关)?(?:部门|单位))?(?:主要|分管|相关|有关){0,4}+(?:负责同志|负责人|领导|负责)?(?:为|任|担任)(?:小组)?成员"
)

# 县级以上人民政府水利部门 is a kind of office, not the ministry
KIND_BEFORE = re.compile(r"(?:政府|以上|各级|地方|国务院)(?:的|有关)?$")
# 建立民政部门牵头、有关部门协同的机制 names no task
MECHANISM = re.compile(r"[、，](?:[^，。；]{0,24}[、，]){0,3}[^，。；]{0,16}的[^，。；]{0,8}(?:机制|格局|体系)")

OWN = re.compile("我[部厅局委署办]")
SAME = {"委": "委|委员会", "办": "办|办公室", "署": "署|总署", "局": "局|总局"}
UNNAMED = Department(name=None, level=None, region=None)


def assignments(document: Document) -> Iterator[Assignment]:
    """One record a department: brackets at the end of a clause, 责任单位 lines, 由…牵头, members, commitments.

    >>> from zhengce.flow import annotate
    >>> text = "贵州省要加强培训。（省人社厅牵头，省财政厅、省教育厅按职责分工负责）"
    >>> [(a.department, a.role) for a in annotate(text)["assignments"]]
    [('贵州省人力资源和社会保障厅', 'lead'), ('贵州省财政厅', 'joint'), ('贵州省教育厅', 'joint')]
    """
    yield from _found(document)


@lru_cache(maxsize=2)
def _found(document: Document) -> tuple[Assignment, ...]:
    groups = sorted(_groups(document), key=lambda group: group.span)
    return tuple(_assignment(document, group, name) for group in groups for name in group.names)


def _assignment(document: Document, group: Group, name: str) -> Assignment:
    everyone = bool(EVERYONE.match(name))
    called = _issuer(document, name) if OWN.fullmatch(name) else name
    department = official(document, called, at=group.span.start) if called else UNNAMED
    form = "bracket" if document[group.span][0] in "（(" else "inline"
    return Assignment(
        citation=document.cite(group.span), rule=f"assignment.{form}",
        department_text=name, department=None if everyone else department.name, level=department.level,
        region=department.region, role="all" if everyone else group.role, group=document[group.span], mode=group.mode,
    )  # fmt: skip


def _issuer(document: Document, name: str) -> str | None:
    """The one issuer of a document that calls itself 我部 or 我局."""
    ends = tuple(SAME.get(name[-1], name[-1]).split("|"))
    found = [issuer for issuer in document.header.issuers if issuer.endswith(ends)]
    return found[0].removeprefix("中华人民共和国") if len(found) == 1 else None


def _groups(document: Document) -> Iterator[Group]:
    text = document.text
    covered = Cover()
    for group in (*bracket_groups(text), *table_groups(text)):
        covered.add(group.span)
        yield group
    for match in LABELLED.finditer(text):
        span = Span(start=match.start(), end=match.end())
        names = assignees(match["who"])
        if names and not covered.overlaps(span) and all(len(name) <= 30 for name in names):
            yield Group(names=names, role=role_of(match["mode"], len(names)), mode=match["mode"], span=span)
    for sentence in sentences(text):
        start, end = sentence.start, sentence.end
        if not SPEAKS.search(text, start, end) and not PARTED.search(text, start, end):
            continue
        found = list(duty_groups(text, sentence, document.header.kind, covered))
        for group in found:
            covered.add(group.span)
        yield from found
        for group in _inline(text, sentence, covered):
            found.append(group)
            covered.add(group.span)
            yield group
        spans = [group.span for group in found]
        for group in parallel_groups(text, sentence, document.header.kind in NORMATIVE, spans):
            covered.add(group.span)
            yield group
    yield from commitments(text, document.header, covered)


@cache
def _inline_pattern() -> re.Pattern[str]:
    provinces = alternation(
        name for row in table("regions") if row["level"] == "province" for name in (row["name"], row["short"])
    )
    stem = alternation(short for row in table("departments") for short in row["shorts"].split(";") if len(short) > 1)
    suffix = r"(?:委员会|办公室|总局|主管部门|行政部门|部门|厅|局|委|部|办|署)"
    one = (
        rf"(?:国家|全国|各级|各省级|各省|各市|各县|省|市|县|区|州|{provinces})?(?:{stem}{suffix}|全国老龄办|"
        rf"中国老龄协会|(?:(?!会同|[由的和将要为对在与及是等])[\u4e00-\u9fff]){{2,8}}(?:厅|局|委员会|办公室|协会)|"
        rf"人民银行|团[省市]委|妇联|残联|工商联)"
    )
    # each name once: what a list could be read as grows with its length, beyond all bounds
    one = rf"(?>{one}(?=[、和及与等牵按分具负配]|会同))"
    listed = rf"{one}(?:[、和及与]{one})*"
    bare = rf"{stem}(?:[、和及与]{stem})*"
    return re.compile(
        rf"(?:由)?(?P<who>{listed}(?:会同{listed})?)(?:等(?:\d+|[一二三四五六七八九十]+)?个?(?:有关|相关)?(?:部门|单位))?(?P<mode>牵头负责|牵头|按职责分工负责|分工负责|具体负责|负责|配合)"
        rf"|(?P<bare>{bare})等(?:\d+|[一二三四五六七八九十]+)个?部门(?P<mode2>分工负责|按职责分工负责|配合)"
    )


def _inline(text: str, sentence: Span, covered: Cover) -> Iterator[Group]:
    if not CUE.search(text, sentence.start, sentence.end):
        return
    words = text[sentence.start : sentence.end]
    for match in MEMBERS.finditer(words) if "成员" in words else ():
        names = tuple(name for name in assignees(match["who"]) if is_department(name))
        if names:
            yield Group(
                names=names,
                role="joint",
                mode="成员",
                span=Span(start=sentence.start + match.start(), end=sentence.start + match.end()),
            )
    for match in _inline_pattern().finditer(words) if DUTY.search(words) else ():
        span = Span(start=sentence.start + match.start(), end=sentence.start + match.end())
        if covered.overlaps(span):
            continue
        mode = match["mode"] or match["mode2"]
        if re.match(r"(?:人|同志|的(?!具体)|制|任|解释|起草)", words[match.end() :]):
            continue
        if mode in ("牵头", "配合") and re.match(r"[^，。；]{0,14}了", words[match.end() :]):
            continue
        if "部门" in match[0] and MECHANISM.match(words, match.end()):
            continue
        if "部门" in match[0] and KIND_BEFORE.search(words[: match.start()]):
            continue
        who, together, others = (match["who"] or match["bare"]).partition("会同")
        names = assignees(who)
        clause = next((c for c in clauses(text, sentence) if c.start <= span.start < c.end), span)
        end = max(clause.end, span.end)
        if together:
            yield Group(names=assignees(others), role="joint", mode="会同", span=Span(start=span.start, end=end))
        yield Group(names=names, role=role_of(mode, len(names)), mode=mode, span=Span(start=span.start, end=end))
