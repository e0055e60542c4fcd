"""Assignments: which department leads, shares or supports what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from zhengce.document import Document, Level
from zhengce.lexicon import alternation, table
from zhengce.name.department import SUFFIXES, official_name
from zhengce.name.place import Place, find_place
from zhengce.record import Assignment
from zhengce.sentence import clauses, sentences
from zhengce.text import Span

__all__ = ["assignments"]

Role = Literal["lead", "joint", "cooperate", "all"]
BRACKET = re.compile(r"[（(](?P<inside>[^（）()\n]{2,400}(?:[（(][^（）()\n]{1,12}[）)][^（）()\n]{0,200})*)[）)]")
MODE = (
    r"按照?(?:各自)?职责分工(?:分别)?(?:负责|落实)?|按职责分别负责|分工负责|分别负责|共同负责|具体负责|"
    r"牵头负责|牵头|负责|配合|参与|协助|落实|组织实施"
)
ENDS_WITH_MODE = re.compile(rf"(?P<who>.+?)(?P<mode>{MODE})$")
LABELLED = re.compile(
    r"(?P<mode>(?:牵头|责任|配合|参与|实施|协办|主办|负责|参加)(?:单位|部门|领导)?)\s?[:：]\s?(?P<who>[^；;。\n）)]+)"
)
EVERYONE = re.compile(r"^(?:各|有关|相关)(?:有关|相关|级)?(?:部门|单位|地区|地|成员单位)+(?:和单位)?$")
SEPARATOR = re.compile(r"、|，|,|\s|(?:(?<=[厅局委部办会行院社署])|(?<=政府)|(?<=公司)|(?<=中心))(?:和|与|及|以及)")
TERRITORY = re.compile(
    r"各(?:省|市|州|县|区|旗|自治区|直辖市|自治州|盟|地|设区市|乡镇|街道|[、，（）()和及])+(?:人民)?(?:政府|党委)"
)
TRAILER = re.compile(r"(?:等(?:\d+|[一二三四五六七八九十]+)?个?(?:有关|相关)?(?:部门|单位)?|等)$")
MEMBERS = re.compile(
    r"(?P<who>[^，,。；;]{4,80}?)(?:等(?:相关|有关)?(?:部门|单位))?(?:主要|分管|相关|有关)*(?:负责同志|负责人|领导|负责)?(?:为|任|担任)(?:小组)?成员"
)
NEXT = re.compile(r"下一步|今后|接下来")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    """Departments that one phrase names, with their role, the words that say so, and the stretch that they stand in."""

    names: tuple[str, ...]
    role: Role
    mode: str
    span: Span


def assignments(document: Document) -> Iterator[Assignment]:
    """One record a department: brackets at the end of a clause, 责任单位 lines, 由…牵头, members, commitments.

    >>> from zhengce.flow import annotate
    >>> text = "贵州省要加强培训。（省人社厅牵头，省财政厅、省教育厅按职责分工负责）"
    >>> [(a.department, a.role) for a in annotate(text)["assignments"]]
    [('贵州省人力资源和社会保障厅', 'lead'), ('贵州省财政厅', 'joint'), ('贵州省教育厅', 'joint')]
    """
    home = (
        find_place(document.header.region or "")
        or find_place(document.header.title or "")
        or find_place(document.text[:200])
    )
    level = document.header.level or (home.level if home else None)
    dated = document.header.written or document.header.published
    year = dated.year if dated else None
    for group in sorted(_groups(document), key=lambda group: group.span):
        for name in group.names:
            yield _assignment(document, group, name, home, level, year)


def _assignment(
    document: Document, group: _Group, name: str, home: Place | None, level: Level | None, year: int | None
) -> Assignment:
    everyone = bool(EVERYONE.match(name))
    department = official_name(name, home, level, year)
    form = "bracket" if document[group.span][0] in "（(" else "inline"
    return Assignment(
        citation=document.cite(group.span), rule=f"assignment.{form}",
        department_text=name, department=None if everyone else department.name, level=department.level,
        region=department.region, role="all" if everyone else group.role, group=document[group.span], mode=group.mode,
    )  # fmt: skip


def _groups(document: Document) -> Iterator[_Group]:
    text = document.text
    covered: list[Span] = []
    for match in BRACKET.finditer(text):
        span = Span(start=match.start(), end=match.end())
        groups = list(_phrases(match["inside"], span))
        if groups:
            covered.append(span)
            yield from groups
    for match in LABELLED.finditer(text):
        span = Span(start=match.start(), end=match.end())
        names = _names(match["who"])
        if names and not any(span.overlaps(other) for other in covered) and all(len(name) <= 30 for name in names):
            yield _Group(names=names, role=_role(match["mode"], len(names)), mode=match["mode"], span=span)
    for sentence in sentences(text):
        yield from _inline(text, sentence, covered)


def _phrases(inside: str, span: Span) -> Iterator[_Group]:
    """The groups of a bracket: phrases that end in a word of duty, or label: names pairs."""
    labelled = list(LABELLED.finditer(inside))
    if labelled:
        for match in labelled:
            names = _names(match["who"])
            yield _Group(names=names, role=_role(match["mode"], len(names)), mode=match["mode"], span=span)
        return
    for phrase in re.split(r"[；;，,。](?=[^、]*(?:负责|牵头|配合|参与|协助|落实|分工))|[；;。]", inside):
        met = ENDS_WITH_MODE.fullmatch(phrase.strip())
        if not met or len(met["who"]) > 360:
            continue
        joint = re.fullmatch(r"(?P<first>.+?)(?:会同|牵头[，,、]?会?同?)(?P<rest>.+)", met["who"])
        if joint:
            yield _Group(
                names=_names(joint["first"]), role="lead", mode="会同" if "会同" in phrase else "牵头", span=span
            )
            role: Role = "cooperate" if met["mode"] in ("配合", "参与", "协助") else "joint"
            yield _Group(names=_names(joint["rest"]), role=role, mode=met["mode"], span=span)
            continue
        names = _names(met["who"])
        if names and all(_is_department(name) for name in names):
            yield _Group(names=names, role=_role(met["mode"], len(names)), mode=met["mode"], span=span)


def _role(mode: str, count: int) -> Role:
    if re.search(r"配合|参与|协助|协办|参加", mode):
        return "cooperate"
    if "牵头" in mode:
        return "lead"
    return "lead" if count == 1 and not mode.startswith("按") else "joint"


def _names(who: str) -> tuple[str, ...]:
    """The names in a list, shared prefixes restored (市人社局、财政局 → 市财政局)."""
    found: list[str] = []
    territories = [match[0] for match in TERRITORY.finditer(who)]
    who = TERRITORY.sub("\0", who)  # 各州、市人民政府 is one name
    for piece in SEPARATOR.split(re.sub(r"^(?:由|请|具体由)", "", who.strip())):
        name = TRAILER.sub("", piece.strip(" 　。：:")).strip().replace("\0", territories[0] if territories else "")
        if not name:
            continue
        shared = re.match(r"(?:省|市|县|区|州)(?!场)", found[0]) if found else None
        if shared and _listed(name) and re.search(r"[厅局委办]$", name):
            name = shared[0] + name
        found.append(name)
    return tuple(found)


@cache
def _stem_pattern() -> re.Pattern[str]:
    return re.compile(alternation(short for row in table("departments") for short in row["shorts"].split(";")))


def _listed(name: str) -> bool:
    """Whether a name begins with a department's stem, so that it lacks its region (财政局, not 贵州证监局)."""
    return bool(_stem_pattern().match(name)) and not re.match(r"人民银行|银保监|证监|税务", name)


def _is_department(name: str) -> bool:
    return 2 <= len(name) <= 36 and bool(
        EVERYONE.match(name)
        or re.search(rf"(?:{SUFFIXES}|团委|妇联|残联|工商联|科协|工会|单位|支队|海关|领导小组|指挥部|管委会)$", name)
        or _stem_pattern().search(name)
    )


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
    listed = rf"{one}(?:[、和及与]{one})*"
    bare = rf"{stem}(?:[、和及与]{stem})*"
    return re.compile(
        rf"(?:由)?(?P<who>{listed}(?:会同{listed})?)(?:等(?:\d+|[一二三四五六七八九十]+)?个?(?:有关|相关)?(?:部门|单位))?(?P<mode>牵头负责|牵头|按职责分工负责|分工负责|具体负责|负责|配合|将)"
        rf"|(?P<bare>{bare})等(?:\d+|[一二三四五六七八九十]+)个?部门(?P<mode2>分工负责|按职责分工负责|配合)"
    )


def _inline(text: str, sentence: Span, covered: list[Span]) -> Iterator[_Group]:
    words = text[sentence.start : sentence.end]
    for match in MEMBERS.finditer(words):
        names = tuple(name for name in _names(match["who"]) if _is_department(name))
        if names:
            yield _Group(
                names=names,
                role="joint",
                mode="成员",
                span=Span(start=sentence.start + match.start(), end=sentence.start + match.end()),
            )
    if not re.search(r"牵头|负责|配合|下一步|今后|接下来", words):
        return
    for match in _inline_pattern().finditer(words):
        span = Span(start=sentence.start + match.start(), end=sentence.start + match.end())
        if any(span.overlaps(other) for other in covered):
            continue
        mode = match["mode"] or match["mode2"]
        if mode == "将" and not NEXT.search(words[: match.start()]):
            continue
        if re.match(r"(?:人|同志|的(?!具体)|制|任|解释|起草)", words[match.end() :]):
            continue
        who, together, others = (match["who"] or match["bare"]).partition("会同")
        names = _names(who)
        clause = next((c for c in clauses(text, sentence) if c.start <= span.start < c.end), span)
        end = max(clause.end, span.end)
        if together:
            yield _Group(names=_names(others), role="joint", mode="会同", span=Span(start=span.start, end=end))
        role = _role("负责" if mode == "将" else mode, len(names))
        yield _Group(
            names=names, role=role, mode="下一步…将" if mode == "将" else mode, span=Span(start=span.start, end=end)
        )
