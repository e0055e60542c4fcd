"""Quantities: numbers with unit and bound, multiplied out, in running text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from zhengce.record import Bound, Quantity
from zhengce.text import Span
from zhengce.value.bound import after_pattern, bound_of, cue_before
from zhengce.value.number import ARABIC, CHINESE, SCALE, parse_number
from zhengce.value.unit import canonical, kind_of, unit_pattern

__all__ = ["quantities"]

FRACTION = r"[一二三四五六七八九十百]+分之[一二三四五六七八九十百]+(?:点[一二三四五六七八九]+)?"
WORDS = {"过半": (Decimal(50), "%", ">"), "半数以上": (Decimal(50), "%", ">="), "半数": (Decimal(50), "%", "="),
         "翻一番": (Decimal(2), "倍", "="), "翻两番": (Decimal(4), "倍", "=")}  # fmt: skip
RANGE = r"\s*(?:[—–\-~～－]{1,2}|至|到)\s*"
PEOPLE = (
    "群众|人口|劳动力|农民|农户|职工|学生|学员|儿童|居民|毕业生|从业|就业|老年人|残疾人|干部|教师|医生|"
    "人才|青年|妇女|志愿者|者|游客|旅客"
)
PERSON_BEFORE = re.compile(r"(?P<visits>人次|人天)|人数|人口|人员|群体|群众|劳动力|志愿者|毕业生|学生|用户|者|就业")
MONEY_BEFORE = re.compile(r"(?:金额|资金|产值|收入|投资额?|销售额|贷款|总额|预算|经费|补贴|补助)[^，,。；;]{0,6}$")
# what a number counts here is a list of headings, not a quantity of the world
ENUMERATED = re.compile(
    r"(?:方面|环节|阶段|步骤|问题|要点|维度|层次|层面|特点|特征|原则|坚持|不动摇|必须|确保|统筹|着力|聚焦|转变|"
    r"(?:部门|单位|委办局)(?:联合|关于|印发|共同|分工|的)|意识|自信|维护|全面|代表|关系|结合|突出)"
)
CODE_BEFORE = re.compile(r"(?:[A-Za-z+\-/.#@＋×]|第|〔\d{4}〕|[“\"]\d+[+＋]|[\d][+＋])$")
CODE_AFTER = re.compile(r"(?:号|版|楼|室|路|后|[A-Za-z]|[+＋]\d|[>＞]|届|码|线|型|代(?!表)|热线)")
RANK_BEFORE = re.compile(r"(?:居|列|位|排名?|排在|进入|跃升至|上升至|跃居|提升至)[^，,。；;\d]{0,14}第$")


@dataclass(frozen=True, slots=True)
class _Numeral:
    span: Span
    value: Decimal
    upper: Decimal | None
    unit: str | None
    inside: str | None
    scaled: bool


@cache
def _pattern() -> re.Pattern[str]:
    unit = unit_pattern()
    number = rf"(?:(?:\d+亿)?\d+万{ARABIC}(?!万)|{ARABIC}|{CHINESE})"

    def one(n: int) -> str:
        return rf"(?P<n{n}>{number})(?P<i{n}>余|多|来|几)?(?P<s{n}>{SCALE})?(?P<j{n}>余|多)?\s?"

    percent = rf"(?P<percent>百|千)分之(?P<np>{CHINESE}|{ARABIC})"
    return re.compile(
        rf"(?P<word>{'|'.join(WORDS)})|{percent}|(?P<fraction>{FRACTION})"
        rf"|{one(1)}(?:(?P<u1>{unit})?{RANGE}{one(2)}(?={unit}))?(?P<u>{unit})?"
    )


def quantities(text: str, skip: Iterable[Span] = ()) -> Iterator[Quantity]:
    """Every quantity of the text in its order, those touching a span of `skip` (dates, document numbers) left out.

    Numbers are multiplied out (266.2万 → 2662000); 百分之 and 成 become percent, 三分之二 a share of one (比例); a unit
    that is elided before a noun of persons is 人. Ordinals, codes, hotline numbers, formulas (1+6) and
    counts of headings are no quantities.

    >>> [(str(q.value), q.unit, q.bound) for q in quantities("签订协议2000多份，带动266.2万农村群众就业")]
    [('2000', '份', '>'), ('2662000', '人', '=')]
    >>> [(str(q.value), str(q.upper), q.unit, q.bound) for q in quantities("举办3—5场，占三分之二以上")]
    [('3', '5', '场', 'range'), ('0.6667', 'None', '比例', '>=')]
    """
    skipped = sorted(skip)
    for match in _pattern().finditer(text):
        span = Span(start=match.start(), end=match.end())
        if any(span.overlaps(other) for other in skipped):
            continue
        numeral = (
            _word(match)
            if match["word"]
            else _share(match)
            if match["percent"] or match["fraction"]
            else _plain(match, text)
        )
        if numeral:
            yield _bounded(numeral, text)


def _word(match: re.Match[str]) -> _Numeral:
    value, unit, _ = WORDS[match["word"]]
    return _Numeral(Span(start=match.start(), end=match.end()), value, None, unit, None, False)


def _share(match: re.Match[str]) -> _Numeral:
    span = Span(start=match.start(), end=match.end())
    if match["percent"]:
        value = parse_number(match["np"])
        return _Numeral(span, value if match["percent"] == "百" else value / 10, None, "%", None, False)
    below, _, above = match["fraction"].partition("分之")
    share = (parse_number(above) / parse_number(below)).quantize(Decimal("0.0001")).normalize()
    return _Numeral(span, share, None, "比例", None, False)


def _plain(match: re.Match[str], text: str) -> _Numeral | None:
    if not _is_quantity(match, text):
        return None
    unit, end = match["u"], match.end()
    inside = next((match[group] for group in ("i2", "j2", "i1", "j1") if match[group]), None)
    low_scale, scale = match["s1"], match["s2"] if match["n2"] else match["s1"]
    try:
        value = parse_number(match["n1"] + (low_scale or (scale if match["n2"] and not match["u1"] else "") or ""))
        upper = parse_number(match["n2"] + (scale or "")) if match["n2"] else None
    except ValueError:
        return None
    if unit is None:
        shared = _shared_unit().match(text, end)
        if shared:
            unit = shared["unit"]
            value = value if scale or not shared["scale"] else parse_number(match["n1"] + shared["scale"])
        else:
            unit = _elided(text, match.start(), end) if scale else None
        if unit is None and not (scale and len(match["n1"]) > 1):
            return None
    if unit == "成":
        value, upper, unit = value * 10, upper * 10 if upper else None, "%"
    if upper is not None and upper <= value:
        return None
    unit = canonical(unit) if unit else None
    return _Numeral(
        Span(start=match.start(), end=match.start() + len(match[0].rstrip())), value, upper, unit, inside, bool(scale)
    )


def _is_quantity(match: re.Match[str], text: str) -> bool:
    before, after = text[max(0, match.start() - 24) : match.start()], text[match.end() : match.end() + 12]
    number, unit = match["n1"], match["u"]
    if CODE_BEFORE.search(before) and not (match["s1"] and before[-1].isalpha() and before[-1] != "第"):
        return bool(unit in ("位", "名") and RANK_BEFORE.search(before))
    if unit is None and (CODE_AFTER.match(after) or not match["s1"]) and not _shared_unit().match(text, match.end()):
        return False
    if after[:1] == "级" and not (unit and unit.endswith("级")):  # 3000吨级 names a class
        return False
    if unit and kind_of(unit) == "count" and (ENUMERATED.match(after) or re.match(r"[“「\"‘].{1,2}[”」\"’]", after)):
        return False
    if unit and kind_of(unit) == "person" and after[:1] == "均":
        return False
    if number[0].isdigit():
        return True
    return _chinese_counts(match, before)


def _chinese_counts(match: re.Match[str], before: str) -> bool:
    """Whether a Chinese numeral counts: 三千元 does, 一批 and 千人 (as in a slogan) do not."""
    number, unit = match["n1"], match["u"]
    if number[0] in "百千" or (unit is None and not match["s1"]):
        return False
    if len(number) > 1 and any(char in number for char in "百千点") and number not in ("一百", "一千"):
        return True
    kind = kind_of(unit) if unit else "scale"
    if kind in ("money", "person", "rate", "measure", "scale") and (number != "一" or match["s1"] or kind == "money"):
        return unit not in ("里", "度", "方") and not (
            kind == "person" and unit == "人" and len(number) == 1 and not match["s1"]
        )
    cue = cue_before(before + number, len(before))
    cue = cue if cue and bound_of(cue[1], "before") in (">=", "<=") else None
    each = re.search(r"(?:每|各)[^，,。；;]{0,18}$", before)
    if number in "一两" and kind == "count" and not (cue or (each and unit == "次")):
        return False
    return bool(cue or each or (len(number) > 1 and kind == "count"))


@cache
def _shared_unit() -> re.Pattern[str]:
    """What follows a number that has its unit from the last of a list: 11.1、11.2个百分点."""
    item = rf"[、和]\s?(?:{ARABIC})"
    return re.compile(rf"(?:{item}(?:{SCALE})?)*?{item}(?P<scale>{SCALE})?(?:余|多)?(?P<unit>{unit_pattern()})")


def _elided(text: str, start: int, end: int) -> str | None:
    head = text[max(0, start - 14) : start]
    head = re.split(r"[，,。；;]", head)[-1]
    if MONEY_BEFORE.search(head):
        return "元"
    found = list(PERSON_BEFORE.finditer(head))
    if found and found[-1]["visits"]:
        return found[-1]["visits"]
    if found or re.match(rf"[^，,。；;、\d]{{0,8}}?(?:{PEOPLE})", text[end : end + 12]):
        return "人"
    return None


def _bounded(numeral: _Numeral, text: str) -> Quantity:
    start, end, bound = numeral.span.start, numeral.span.end, "="
    if numeral.inside:
        bound = bound_of(numeral.inside, "inside") if numeral.inside != "几" else "~"
    elif text[start:end] in WORDS:
        bound = WORDS[text[start:end]][2]
    before = cue_before(text, start)
    if before:
        start, word = before
        said = bound_of(word, "before")
        bound = said if said != "reach" and (said != "=" or bound == "=") else bound  # type: ignore[comparison-overlap]
    after = re.match(rf"(?:/?[人户亩年月天日])?(?:\(含\)|（含）)?(?P<cue>{after_pattern()})", text[end:])
    if after and not (before and bound_of(before[1], "before") in ("<", ">")):
        end += after.end()
        bound = bound_of(after["cue"], "after")
    if numeral.upper is not None and bound in ("=", "~"):
        bound = "range"
    return Quantity(
        value=_exact(numeral.value), upper=_exact(numeral.upper) if numeral.upper is not None else None,
        unit=numeral.unit, bound=_as_bound(bound), text=text[start:end],
        span=Span(start=start, end=end),
    )  # fmt: skip


def _exact(value: Decimal) -> Decimal:
    """Without the zeros that a scale leaves behind the point."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def _as_bound(bound: str) -> Bound:
    return bound  # type: ignore[return-value]
