"""Numerals with their units in running text: which characters are a quantity's number, and which only look like one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from zhengce.text import Span
from zhengce.value.bound import bound_of, cue_before
from zhengce.value.number import ARABIC, SCALE, parse_number
from zhengce.value.numeral_pattern import SIGNS, WORDS, numeral_pattern
from zhengce.value.unit import canonical, kind_of, unit_pattern

__all__ = ["AMONG", "CUE", "Numeral", "numerals"]

PEOPLE = (
    "群众|人口|劳动力|农民|职工|学生|学员|儿童|居民|毕业生|从业|就业|老年人|残疾人|干部|教师|医生|"
    "人才|青年|妇女|志愿者|者|游客|旅客"
)
PERSON_BEFORE = re.compile(r"(?P<visits>人次|人天)|人数|人口|人员|群体|群众|劳动力|志愿者|毕业生|学生|用户|者|就业")
MONEY_BEFORE = re.compile(r"(?:金额|资金|产值|收入|投资额?|销售额|贷款|总额|预算|经费|补贴|补助)[^，,。；;]{0,6}$")
# what a number counts here is a list of headings, not a quantity of the world
ENUMERATED = re.compile(
    r"(?:方面|环节|阶段|步骤|问题|要点|维度|层次|层面|特点|特征|原则|坚持|不动摇|必须|确保|统筹|着力|聚焦|转变|"
    r"(?:部门|单位|委办局)(?:联合|关于|印发|共同|分工|的)|(?:[十百千]?[万亿])?台阶|榨季|季度|赛季|学年|学期|意识|自信|维护|全面|代表|关系|结合|突出)"
)
MEASURES_LISTED = re.compile(
    r"(?:具体|重点|政策|主要|务实|惠企)?(?:措施|举措|意见|任务|行动|要求|规定|内容|支持|保障|建议|对策|工程|制度|机制|政策)"
)
CODE_BEFORE = re.compile(r"(?:[A-Za-z+\-/.#@＋×]|第|〔\d{4}〕|[“\"]\d+[+＋]|[\d][+＋])$")
CODE_AFTER = re.compile(r"(?:号|版|楼|室|路|后|[A-Za-z]|[+＋]\d|[>＞]|届|码|线|型|代(?!表)|热线)")
# among whom something ranks
AMONG = r"(?:全[国省市区县球]|世界|亚洲|国内|[东中西]部|东北|西[南北]|华[东北南中]|沿海|长三角)"
RANKED = re.compile(rf"(?:居|列|排名?)[^，,。；;、\d]{{0,12}}$|{AMONG}[^，,。；;、\d]{{0,4}}$")
RANK_BEFORE = re.compile(
    r"(?:居|列|位|排名?|排在|进入|[跃提上]?升至?|跃居|保持|蝉联)[^，,。；;\d]{0,14}第$|"
    rf"(?<![从由]){AMONG}[^，,。；;、\d]{{0,4}}第$|第\d+[位名]?[、和]第$"
)
QUOTED = re.compile(r"[“「\"‘].{1,2}[”」\"’]")
RANK_ENDS = re.compile(r"[，,。；;、）)\s]|$")

# an index is a number without unit: 能效值控制在1.25以内
INDEX_BEFORE = re.compile(
    r"(?:值|指数|系数|容积率|得分|评分)(?:平均|全部|均|已|应|要|须)?(?:为|是|达到?|[降升增]至|[降提]高?低?[到至]|控制在|保持在|稳定在|不[高低大小]于|不超过|优于)?$"
)

BEYOND = Decimal(10) ** 20
# no number is without one of these
CUE = re.compile(r"[\d〇零○一二三四五六七八九十百千万亿兆两廿卅几数半翻首]")


@dataclass(slots=True)
class Numeral:
    """A number (`upper` for a range) with its canonical unit; `inside` is the word between digits and unit (余, 多)."""

    span: Span
    value: Decimal
    upper: Decimal | None
    unit: str | None
    inside: str | None
    scaled: bool


def numerals(text: str) -> Iterator[Numeral]:
    """Every numeral with a unit, multiplied out; ordinals, codes, formulas (1+6) and counts of headings are none.

    What has more than 20 digits is a code too, or damage: nothing is counted so high.

    >>> [(str(n.value), n.unit) for n in numerals("第三批培训2.5万人次，拨打12345热线")]
    [('25000.0', '人次')]
    """
    if not CUE.search(text):
        return
    for match in numeral_pattern().finditer(text):
        if match["n1"]:
            numeral = _plain(match, text)
        else:
            numeral = next((read(match, text) for group, read in READERS if match[group]), None)
        if numeral and max(numeral.value, numeral.upper or 0) < BEYOND:
            yield numeral


def _vague(match: re.Match[str], text: str) -> Numeral | None:
    """几十 is 20 to 99, 十几 11 to 19, 三五 3 to 5, 百余 more than 100."""
    span, unit = Span(start=match.start(), end=match.end()), match["some"]
    if ENUMERATED.match(text[match.end() :]):
        return None
    if match["round"]:
        value = parse_number(match["round"] + (match["round_scale"] or ""))
        return Numeral(span, value, None, canonical(unit), "余", False)
    scale = parse_number("一" + match["vague_scale"]) if match["vague_scale"] else Decimal(1)
    if unit == "成":
        scale, unit = Decimal(10), "%"
    if match["pair"]:
        low, high = (parse_number(char) for char in match["pair"])
    elif match["ten"]:
        low, high = Decimal(11), Decimal(19)
    else:
        step = parse_number(match["few_scale"])
        low, high = step * 2, step * 10 - 1
    return Numeral(span, low * scale, high * scale, canonical(unit), None if match["pair"] else "几", False)


def _word(match: re.Match[str], text: str) -> Numeral:
    value, unit, _ = WORDS[match["word"]]
    return Numeral(Span(start=match.start(), end=match.end()), value, None, unit, None, False)


def _share(match: re.Match[str], text: str) -> Numeral | None:
    span = Span(start=match.start(), end=match.end())
    if match["percent"]:
        value = parse_number(match["np"])
        return Numeral(span, value if match["percent"] == "百" else value / 10, None, "%", None, False)
    if match["part"]:
        above, _, below = match["part"].partition("/")
    else:
        below, _, above = match["fraction"].partition("分之")
    share = parse_number(above) / parse_number(below)
    if share >= 1:
        return None
    share = share.quantize(Decimal("0.0001")).normalize()
    return Numeral(span, share, None, "比例", None, False)


def _bare(match: re.Match[str], text: str) -> Numeral | None:
    """近千人 is about 1,000, 上万人 10,000 and more: a scale alone, which the word before it bounds."""
    unit = match["some"]
    after = text[match.end() :]
    if ENUMERATED.match(after) or kind_of(unit) == "time" or unit in ("级", "县", "省", "里", "度", "方"):
        return None
    if kind_of(unit) == "money" and re.match("的|以上", after):  # 投资超亿元的项目 names a class of projects
        return None
    span = Span(start=match.start(), end=match.end())
    return Numeral(span, parse_number(match["bare"]), None, canonical(unit), match["lead"], True)


def _sum(match: re.Match[str], text: str) -> Numeral:
    """$600, US$1.5万."""
    span = Span(start=match.start(), end=match.end())
    value = parse_number(match["sum"] + (match["sum_scale"] or ""))
    return Numeral(span, value, None, SIGNS[match["sign"]], None, bool(match["sum_scale"]))


def _plain(match: re.Match[str], text: str) -> Numeral | None:
    low, low_scale, unit, high = match.group("n1", "s1", "u", "n2")
    if unit is None and not low_scale and not low[0].isdigit():  # 一批, 统一, 第十
        return None
    end, before = match.end(), text[max(0, match.start() - 24) : match.start()]
    if not _is_quantity(match, text, before):
        return None
    inside = next(filter(None, match.group("i2", "j2", "i1", "j1")), None)
    scale = match["s2"] if high else low_scale
    try:
        value = parse_number(low + (low_scale or (scale if high and not match["u1"] else "") or ""))
        upper = parse_number(high + (scale or "")) if high else None
    except ValueError:
        return None
    if before.endswith("第"):
        unit = "位"  # what _is_rank let pass
    if unit is None:
        shared = _shared_unit().match(text, end)
        if shared:
            unit = shared["unit"]
            value = value if scale or not shared["scale"] else parse_number(low + shared["scale"])
        else:
            unit = "元" if scale == "个亿" else _elided(text, match.start(), end) if scale else None
        if unit is None and not (scale and len(low) > 1) and not _is_index(match, before):
            return None
    if scale and text[end : end + 1] in ("亿", "兆"):  # 一百亿亿次
        return None
    if unit == "成" and scale:  # 8万成为
        unit = None
    if unit == "成":
        value, upper, unit = value * 10, upper * 10 if upper else None, "%"
        inside = inside or ("多" if text[end : end + 1] in ("多", "余") else None)
    if upper is not None and upper <= value:
        return None
    unit = canonical(unit) if unit else None
    if unit == "人" and match["u"] == "名" and before.endswith("前"):
        unit = "位"  # 全球前20名
    return Numeral(
        Span(start=match.start(), end=match.start() + len(match[0].rstrip())), value, upper, unit, inside, bool(scale)
    )


def _is_quantity(match: re.Match[str], text: str, before: str) -> bool:
    number, scale, unit = match.group("n1", "s1", "u")
    after, kind = text[match.end() : match.end() + 12], kind_of(unit) if unit else None
    factor = kind == "money" and before[-1:] in ("×", "*")  # 人数×800元
    if CODE_BEFORE.search(before[-6:]) and not factor and not _is_worded(match, before):
        return _is_rank(match, before, after)
    if unit is None and (CODE_AFTER.match(after) or not scale) and not _shared_unit().match(text, match.end()):
        return _is_index(match, before) and not CODE_AFTER.match(after)
    if scale and unit in ("县", "市县"):  # 人口超50万县 names a class
        return False
    if after[:1] == "级" and not (unit and unit.endswith("级")):  # 3000吨级 names a class
        return False
    if kind == "count" and (ENUMERATED.match(after) or QUOTED.match(after)):
        return False
    if unit and not number[0].isdigit() and MEASURES_LISTED.match(after):
        return False
    if kind == "person" and after[:1] == "均":
        return False
    if number[0].isdigit():
        return True
    if before[-1:] == "“" and re.match("[^“”，。]{1,8}”", after):
        return False  # “两项补贴” is a name
    return _chinese_counts(match, before)


def _is_rank(match: re.Match[str], before: str, after: str) -> bool:
    """Whether a number behind 第 is a place among others: 居全国第5位, 全国第2, but not 全国第3次."""
    ends = match["u"] in ("位", "名") or (match["u"] is None and not match["s1"] and RANK_ENDS.match(after))
    return bool(ends and before.endswith("第") and RANK_BEFORE.search(before))


def _is_index(match: re.Match[str], before: str) -> bool:
    return "." in match["n1"] and bool(INDEX_BEFORE.search(before[-20:]))


def _is_worded(match: re.Match[str], before: str) -> bool:
    """Whether a letter before a scaled number belongs to the word before it: A股1.2万户."""
    return bool(match["s1"] and before[-1].isalpha() and before[-1] != "第")


def _chinese_counts(match: re.Match[str], before: str) -> bool:
    """Whether a Chinese numeral counts: 三千元 does, 一批 and 千人 (as in a slogan) do not."""
    number, unit = match["n1"], match["u"]
    if match["s1"] in ("万", "亿") and unit and kind_of(unit) == "count" and number != "一":
        return not (number in ("百", "千") or number + match["s1"] == "十亿")  # 四万个; 千亿县 names a class
    if unit == "成" and number == "一" and re.search(r"[近约超逾]$|不到$|不足$|超过$|达到?$", before):
        return True
    if number[0] in "百千" or (unit is None and not match["s1"]):
        return False
    if len(number) > 1 and any(char in number for char in "百千点") and number not in ("一百", "一千"):
        return True
    kind = kind_of(unit) if unit else "scale"
    if kind in ("money", "person", "rate", "measure", "scale") and (
        number != "一" or match["s1"] or kind == "money" or unit == "倍"
    ):
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
    if re.match(r"[\u4e00-\u9fff]{0,4}(?:农户|家庭|商户)", text[end : end + 8]):
        return "户"
    found = list(PERSON_BEFORE.finditer(head))
    if found and found[-1]["visits"]:
        return found[-1]["visits"]
    if found or re.match(rf"[^，,。；;、\d]{{0,8}}?(?:{PEOPLE})", text[end : end + 12]):
        return "人"
    return None


def _tenths(match: re.Match[str], text: str) -> Numeral:
    """九成三 is 93 %, 六成半 65 %."""
    tenth = Decimal(5) if match["tenth"] == "半" else parse_number(match["tenth"])
    value = parse_number(match["cheng"]) * 10 + tenth
    return Numeral(Span(start=match.start(), end=match.end()), value, None, "%", None, False)


def _rank(match: re.Match[str], text: str) -> Numeral | None:
    """居全国第三 and 稳居首位 are ranks; the third of a list (其第三，) is none."""
    if not RANKED.search(text[max(0, match.start() - 16) : match.start()]):
        return None
    value = Decimal(1) if match["first"] else parse_number(match["rank"])
    return Numeral(Span(start=match.start(), end=match.end()), value, None, "位", None, False)


# a match is of one form; the commonest is asked for first, by itself
READERS = (
    ("bare", _bare), ("some", _vague), ("word", _word), ("percent", _share), ("fraction", _share), ("part", _share),
    ("cheng", _tenths), ("rank", _rank), ("first", _rank), ("sign", _sum),
)  # fmt: skip
