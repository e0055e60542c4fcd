"""Commitments: a named department that will do something, or is told to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from zhengce.document import DocumentKind, Header
from zhengce.extract.assignee import EVERYONE, assignees, is_department
from zhengce.extract.assignment_bracket import Group, role_of
from zhengce.extract.named_body import BODIES, OTHERS, is_central, is_named
from zhengce.name.place import find_place
from zhengce.sentence import clauses, sentences
from zhengce.text import Cover, Span

__all__ = ["commitments"]

# texts in which 要 tells somebody to do something
DIRECTIVE: frozenset[DocumentKind] = frozenset({"speech", "notice", "opinion", "plan", "measures", "report"})
OFFICE = (
    r"(?:(?!会同|联合|配合)[^\s，,。；;：:、！？“”‘’（）()\d要将已曾]){0,20}?"
    r"(?:[厅局署]|委员会|[省市县区州]委|发展改革委|卫生健康委|卫健委|国资委|发改委|委办|组织部|宣传部|统战部|政法委|网信办|"
    r"(?:教育|科技|科学技术|工业和信息化|公安|民政|司法|财政|人力资源[和]?社会保障|人社|自然资源|生态环境|住房[和]?城乡建设|交通运输|"
    r"水利|农业农村|商务|文化和旅游|退役军人事务|应急管理|劳动|卫生福利|经济|内政)部|中心|管委会|联合会|总工会|妇联|残联|办公室|老龄办|研究所|协会|部门|专班|领导小组)"
)
AUXILIARY = re.compile("[将要拟]")
FIRM = re.compile(r"(?:在|于|把|将|尽快|抓紧|\d)")  # 要把…, 要在8月底前: told in a text of any kind
# a clause that says with whom, when or on what ground, and no more
UNFINISHED = re.compile(
    r"(?:一起|共同|[拟将要](?:在|于)[^，。；]{2,20}|[拟将要](?:根据|按照|结合|会同|通过|利用|针对|围绕)[^，。；]{2,30})$"
)
NEXT = re.compile(r"下一步|今后|接下来")
# after 将 and 要 must come an act; 将军, 要求 and 要素 are words
ACT = r"(?:(?:[^，。；\d]{0,8}?(?:底|末|前|内|起))?(?![军近领才求素点闻件害塞是有么么想知]))"
# what may number the clause
LABEL = (
    r"(?:[（(][\d一二三四五六七八九十]{1,3}[）)]|"
    r"[一二三四五六七八九十]{1,3}[、是]|\d{1,2}(?:[.．]\d{1,2})*[.．、\s])?\s*"
)


@cache
def _pattern() -> re.Pattern[str]:
    opening = r"(?:下一步|今后|接下来|为此|同时|目前|明年|今年|此外|答)?[，,：: ]?"
    return re.compile(
        rf"{LABEL}{opening}(?P<who>{OFFICE}(?:[、和及与]{OFFICE}){{0,6}})"
        rf"(?:等(?:有关|相关)?(?:部门|单位))?(?:\d{{1,2}}月(?:份|底|上旬|中旬|下旬)?|近期|随后|年底前)?(?P<mode>(?:还|也)?(?:将|要)|(?=[^，。；]{{0,8}}[底末前内]要))"
        rf"(?:(?:会同|联合)(?P<others>{OFFICE}(?:[、和及与]{OFFICE}){{0,6}}))?{ACT}"
    )


# the issuer of a letter or a speaker of its own office: 我部将会同财政部…
OWN = re.compile(
    rf"{LABEL}(?:{NEXT.pattern}|为此|同时|此外|今年|明年)?[，,]?(?P<who>我[部厅局委署办])(?:还|也|均)?(?P<mode>将|拟(?![定订稿]))"
    rf"(?:(?:会同|联合)(?P<others>{OTHERS})|与(?P<joint>{OTHERS})(?=一起|共同|联合))?{ACT}"
)

# an answer to a proposal or to a request says throughout what offices will do
ANSWER = re.compile(r"答复|复函|办理(?:情况|意见|结果)")


@cache
def _official() -> re.Pattern[str]:
    return re.compile(
        rf"{LABEL}(?:{NEXT.pattern}|同时|此外|今年|明年|(?:19|20)\d\d年)?[，,]?(?P<who>{BODIES})(?:会同{OTHERS})?(?:还|也|均)?"
        rf"(?P<mode>将|要|拟(?![定订稿]))(?:(?:会同|联合)(?P<others>{OTHERS})|与(?P<joint>{OTHERS})(?=一起|共同|联合))?{ACT}"
    )


def commitments(text: str, header: Header, covered: Cover) -> Iterator[Group]:
    """Departments that stand as the subject of a clause with 将 (will), and in directive texts with 要 (is to).

    Central bodies by their short forms (发展改革委) commit themselves in a central document; 拟 (intends to) commits in
    an answer to a proposal.

    >>> [(g.names, g.mode) for g in commitments("下一步，省民政厅将组织评估。", Header(kind="news"), Cover())]
    [(('省民政厅',), '将')]
    >>> list(commitments("各部门要高度重视。老李将去省财政厅办事。", Header(kind="notice"), Cover()))
    []
    """
    for sentence in sentences(text):
        if not AUXILIARY.search(text, sentence.start, sentence.end):
            continue
        for clause in clauses(text, sentence):
            if not AUXILIARY.search(text, clause.start, clause.end) or covered.overlaps(clause):
                continue
            found = list(_of_own(text, sentence, clause))
            if not found and header.level == "central":
                found = list(_of_central(text, sentence, clause, header))
            yield from found or _of_clause(text, sentence, clause, header)


def _of_clause(text: str, sentence: Span, clause: Span, header: Header) -> Iterator[Group]:
    match = _pattern().match(text, clause.start, clause.end)
    if not match:
        return
    mode = match["mode"] or "要"
    names = assignees(match["who"])
    told = "要" in mode and (header.kind in DIRECTIVE or bool(FIRM.match(text, match.end())))
    central = header.level == "central"
    said = "将" in mode and NEXT.search(text, sentence.start, match.end())
    if not (told or "将" in mode) or not (
        said or all(_is_local(name) or (central and is_central(name)) for name in names)
    ):
        return
    if names and all(is_department(name) and not EVERYONE.match(name) for name in names):
        span = Span(start=match.start("who"), end=_task_end(text, sentence, clause))
        yield Group(names=names, role=role_of("负责", len(names)), mode=mode[-1], span=span)
        others = assignees(match["others"]) if match["others"] else ()
        partners = tuple(name for name in others if not EVERYONE.match(name))
        if partners and all(map(is_department, partners)):
            shared = re.match("自治区|[省市县区]", names[0])
            partners = tuple(
                shared[0] + name if shared and not _is_local(name) and not find_place(name) else name
                for name in partners
            )
            yield Group(names=partners, role="cooperate", mode="会同", span=span)


def _task_end(text: str, sentence: Span, clause: Span) -> int:
    """The end of the clause, or of the next one where the task stands only there (将根据…情况，…; 将与…共同，…)."""
    if not UNFINISHED.search(text, clause.start, clause.end) or text[clause.end : clause.end + 1] not in ("，", ","):
        return clause.end
    later = clauses(text, Span(start=min(clause.end + 1, sentence.end), end=sentence.end))
    return next((piece.end for piece in later), clause.end)


def _of_central(text: str, sentence: Span, clause: Span, header: Header) -> Iterator[Group]:
    """What named bodies will do, with those that they will do it with."""
    match = _official().match(text, clause.start, clause.end)
    if not match or header.kind == "news" or (match["mode"] == "拟" and not ANSWER.search(header.title or "")):
        return
    if match["mode"] == "要" and (header.kind not in DIRECTIVE or match["who"] == "国务院"):
        return
    names = assignees(match["who"])
    if all(map(is_central, names)):
        yield from _with_partners(text, match, names, sentence, clause)


def _of_own(text: str, sentence: Span, clause: Span) -> Iterator[Group]:
    """What the office that speaks will do, by the name that it calls itself."""
    match = OWN.match(text, clause.start, clause.end) if "我" in text[clause.start : clause.end] else None
    if match:
        yield from _with_partners(text, match, (match["who"],), sentence, clause)


def _with_partners(
    text: str, match: re.Match[str], names: tuple[str, ...], sentence: Span, clause: Span
) -> Iterator[Group]:
    # 将 before a noun is no will: 将该项目列入计划
    if text.startswith(tuple("你该这此其我本"), match.end()):
        return
    span = Span(start=match.start("who"), end=_task_end(text, sentence, clause))
    yield Group(names=names, role=role_of("负责", len(names)), mode=match["mode"], span=span)
    partners = tuple(name for name in assignees(match["others"] or match["joint"] or "") if is_named(name))
    if partners and match["others"]:
        yield Group(names=partners, role="cooperate", mode="会同", span=span)
    elif partners:
        yield Group(names=partners, role="joint", mode="与", span=span)


def _is_local(name: str) -> bool:
    """Whether a name is of one body, and not of its kind anywhere (市财政局, not 财政部门 or 人力资源社会保障局)."""
    return bool(re.match(r"(?:国家|全国|[省市县区州]|[\u4e00-\u9fff]{2,6}[省市县区州])(?!级)", name)) or name.endswith(
        "部"
    )
