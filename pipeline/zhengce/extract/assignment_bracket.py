"""Brackets that say who does what: duties, labels, or nothing but departments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from zhengce.extract.assignee import EVERYONE, assignees, is_department
from zhengce.extract.inner_unit import is_unit
from zhengce.name.department import SUFFIXES
from zhengce.text import Span

__all__ = ["LABELLED", "Group", "Role", "bracket_groups", "role_of"]

Role = Literal["lead", "joint", "cooperate", "all"]
BRACKET = re.compile(r"[（(](?P<inside>[^（）()\n]{2,400}(?:[（(][^（）()\n]{1,12}[）)][^（）()\n]{0,200})*)[）)]")
MODE = (
    r"按照?(?:各自)?职责分工(?:分别)?(?:负责|落实)?|按职责分别负责|分工负责|分别负责|共同负责|具体负责|"
    r"牵头负责|牵头|负责|配合|参与|协助|落实|组织实施"
)
ENDS_WITH_MODE = re.compile(rf"(?P<who>.+?)(?P<mode>{MODE})$")
LABELLED = re.compile(
    r"(?P<mode>(?:牵头|责任|配合|参与|实施|协办|主办|负责|参加)(?:单位|部门|领导)?)\s?[:：]\s?"
    r"(?P<who>(?:[（(][^（）()\n]{1,12}[）)]|[^；;。\n（）()])+)"
)
DUTIES = re.compile(r"(?:牵头|配合|参与|协助|负责)(?:$|[，,；;])")
# an office by its full or usual name, and nothing else
OFFICE = re.compile(
    rf"[^，。；：:“”‘’]{{1,24}}(?:{SUFFIXES}|团[省市县区]委|妇联|残联|工商联|总工会|管委会|人民政府|办公室)"
)
# where one phrase of duty ends: before one that names a single body, or behind a word of duty
PHRASES = re.compile(
    r"[；;，,。](?=[^、]*(?:负责|牵头|配合|参与|协助|落实|分工))|[；;。]|"
    r"(?:(?<=负责)|(?<=牵头)|(?<=配合)|(?<=参与)|(?<=协助)|(?<=落实))[，,](?=.*(?:负责|牵头|配合|参与|协助|落实)$)"
)
OF_A_GOVERNMENT = re.compile(
    r"自治区(?!域)|[省市县区](?![域级])|[\u4e00-\u9fff]{2,6}[省市县](?=[\u4e00-\u9fff]{2,}(?:局|厅|委))"
)
ENDS_CLAUSE = re.compile(r"\s*(?:[。；;\n]|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Departments that one phrase names, with their role, the words that say so, and the stretch that they stand in."""

    names: tuple[str, ...]
    role: Role
    mode: str
    span: Span


def bracket_groups(text: str) -> Iterator[Group]:
    """The groups of all brackets, in the order of the text.

    A bracket at the end of a clause that lists two or more departments and nothing else shares the duty among them;
    a unit inside an office stands alone in one only where another bracket of the text gives a duty.

    >>> [(group.names, group.role) for group in bracket_groups("建立台账。（省人社厅、省财政厅）")]
    [(('省人社厅', '省财政厅'), 'joint')]
    """
    found: list[Group] = []
    units: list[Group] = []
    for match in BRACKET.finditer(text):
        span = Span(start=match.start(), end=match.end())
        groups = list(_phrases(match["inside"], span))
        if not groups and ENDS_CLAUSE.match(text, match.end()):
            groups = list(_bare(match["inside"], span))
            if not groups and is_unit(match["inside"]):
                units.append(Group(names=(match["inside"],), role="lead", mode="", span=span))
        found.extend(groups)
    yield from sorted([*found, *units], key=lambda group: group.span) if found else ()


def _bare(inside: str, span: Span) -> Iterator[Group]:
    names = assignees(inside)
    alone = len(names) == 1 and OF_A_GOVERNMENT.match(names[0]) and OFFICE.fullmatch(names[0])
    if alone:
        yield Group(names=names, role="lead", mode="", span=span)
    elif len(names) > 1 and all(_is_office(name) for name in names):
        yield Group(names=names, role="joint", mode="", span=span)


def _is_office(name: str) -> bool:
    return bool(OFFICE.fullmatch(name) or EVERYONE.match(name)) or is_unit(name)


def _phrases(inside: str, span: Span) -> Iterator[Group]:
    """The groups of a bracket: phrases that end in a word of duty, or label: names pairs."""
    labelled = list(LABELLED.finditer(inside))
    if len(labelled) == 1 and DUTIES.search(labelled[0]["who"]):  # 责任单位：甲牵头，乙配合
        inside, labelled = inside[labelled[0].start("who") :], []
    if labelled:
        for match in labelled:
            names = assignees(match["who"])
            yield Group(names=names, role=role_of(match["mode"], len(names)), mode=match["mode"], span=span)
        return
    before = ""  # the offices of a list that goes on behind a comma: 甲、乙，各市政府负责
    for piece in PHRASES.split(inside):
        phrase = before + piece.strip()
        met = ENDS_WITH_MODE.fullmatch(phrase)
        before = "" if met or not all(map(_is_body, assignees(phrase))) else f"{phrase}，"
        if not met or len(met["who"]) > 360:
            continue
        joint = re.fullmatch(r"(?P<first>.+?)(?:会同|牵头[，,、]?会?同?)(?P<rest>.+)", met["who"])
        if joint:
            yield Group(
                names=assignees(joint["first"]), role="lead", mode="会同" if "会同" in phrase else "牵头", span=span
            )
            role: Role = "cooperate" if met["mode"] in ("配合", "参与", "协助") else "joint"
            yield Group(names=assignees(joint["rest"]), role=role, mode=met["mode"], span=span)
            continue
        names = assignees(met["who"])
        if names and all(map(_is_body, names)):
            yield Group(names=names, role=role_of(met["mode"], len(names)), mode=met["mode"], span=span)


def _is_body(name: str) -> bool:
    return is_department(name) or is_unit(name)


def role_of(mode: str, count: int) -> Role:
    """The role that words of duty give to so many departments.

    >>> role_of("按职责分工负责", 3), role_of("负责", 1), role_of("参与", 2)
    ('joint', 'lead', 'cooperate')
    """
    if re.search(r"配合|参与|协助|协办|参加", mode):
        return "cooperate"
    if "牵头" in mode:
        return "lead"
    return "lead" if count == 1 and not mode.startswith("按") else "joint"
