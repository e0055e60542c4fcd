"""The pattern of a numeral with its unit, in each of the forms that prose gives it."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from zhengce.value.number import ARABIC, CHINESE, CHINESE_LONG, SCALE
from zhengce.value.unit import unit_pattern

__all__ = ["SIGNS", "WORDS", "numeral_pattern"]

FRACTION = r"[一二三四五六七八九十百]+分之[一二三四五六七八九十百]+(?:点[一二三四五六七八九]+)?"
WORDS = {
    "过半": (Decimal(50), "%", ">"),
    "半数以上": (Decimal(50), "%", ">="),
    "半数": (Decimal(50), "%", "="),
    "一半": (Decimal(50), "%", "="),
    "翻番": (Decimal(2), "倍", "="),
    "翻一番": (Decimal(2), "倍", "="),
    "翻了一番": (Decimal(2), "倍", "="),
    "翻两番": (Decimal(4), "倍", "="),
    "翻了两番": (Decimal(4), "倍", "="),
    "翻三番": (Decimal(8), "倍", "="),
}
PAIRS = ("一二", "两三", "二三", "三四", "三五", "四五", "五六", "六七", "七八", "八九")
RANGE = r"\s*(?:[—–\-~～－]{1,2}|至|到)\s*"
# what stands before a sum and names its currency; the dollar sign alone says only that it is money
SIGNS = {
    "US$": "美元",
    "HK$": "港元",
    "NT$": "新台币元",
    "$": "元",
    "¥": "元",
    "￥": "元",
    "€": "欧元",
}
# 近千人, 上万人, 破千亿元: a scale alone is a number where one of these stands before it; `lead` bounds it besides
LEADS = "上破过"
ROUND_BEFORE = (
    r"(?:(?<=[近逾达超])|(?<=(?<!签)约)|(?<=超过)|(?<=突破)|"
    rf"(?P<lead>(?<![以网线晚早路海之通经超身突打跨])[{LEADS}]))"
)
# 1/3以上, 占1/4, 近3/4的: elsewhere figures and a stroke are a day, a page or a model
PART = r"[1-9]\d?/[1-9]\d?(?![\d/.])"
PART_OF = (
    rf"(?<![\d/.])(?:{PART}(?=的|以上|左右|以下)|"
    rf"(?:(?<=[占近约超达])|(?<=[^元人户个]的)|(?<=达到)|(?<=超过)|(?<=不足)|(?<=不到)){PART})"
)


@cache
def numeral_pattern() -> re.Pattern[str]:
    """A numeral with its unit; a named group a form: word, vague, round, percent, fraction, part, sign, plain.

    Most of what it takes to compile is the units: they stand once for three forms.
    """
    unit = unit_pattern()
    mixed = r"\d+(?:\.\d+)?万\d千"
    # 18 743宗: groups parted by blanks, as Hong Kong and the SI write, where a unit ends them
    grouped = rf"(?<![\d.])(?<!\d )\d{{1,3}}(?: \d{{3}})+(?=[余多]?{unit})"
    scaled = rf"(?:\d+亿)?\d+万{ARABIC}(?!万)|\d+亿{ARABIC}(?=万)"
    number = rf"(?:{grouped}|{mixed}|(?:{scaled}|{ARABIC}|{CHINESE_LONG}|{CHINESE}))"

    def one(n: int) -> str:
        return rf"(?P<n{n}>{number})(?P<i{n}>余|多|来|几)?(?P<s{n}>{SCALE}|个亿(?![元级吨斤]))?(?P<j{n}>余|多)?\s?"

    percent = rf"(?P<percent>百|千)分之(?P<np>{CHINESE}|{ARABIC})"
    vague = r"(?P<few>[几数])(?P<few_scale>[十百千万亿]{1,2})|(?P<ten>十)[几多]|(?P<pair>" + "|".join(PAIRS) + ")"
    tenths = r"(?P<cheng>[一二三四五六七八九])成(?P<tenth>[一二三四五六七八九半])"
    # 居全国第三, 居首位: ranks in characters, which the words before them make ranks
    ends = r"[，,。；;）)\s]|$"  # 第一、第二产业 are names
    rank = (
        rf"第(?P<rank>[一二三四五六七八九十])(?:位|名)?(?={ends}|、(?!第)|[、和]第[一二三四五六七八九十](?:位|名)?(?:、|{ends}))"
        r"|(?P<first>首位)"
    )
    hundred = r"(?P<round>[十百千])余(?P<round_scale>[万亿])?"
    bare = rf"{ROUND_BEFORE}(?P<bare>{SCALE}|[百千])"
    sign = rf"(?P<sign>{'|'.join(map(re.escape, SIGNS))})\s?(?P<sum>{ARABIC})(?P<sum_scale>{SCALE})?"
    # a search stops only where one of the forms may begin
    begin = "".join({form[0] for form in (*WORDS, *SIGNS, *LEADS, "第", "首")})
    return re.compile(
        rf"(?=[\d零〇○一二三四五六七八九两十廿卅百千万亿兆几数{re.escape(begin)}])(?:"
        rf"(?P<word>{'|'.join(WORDS)})|(?:(?:{vague})(?P<vague_scale>[十百千]?[万亿]|[十百千])?余?|{hundred}|{bare})(?P<some>{unit})"
        rf"|{rank}|{tenths}|{percent}|(?P<fraction>{FRACTION})|(?P<part>{PART_OF})|{sign}"
        rf"|{one(1)}(?:(?P<u1>{unit})?{RANGE}{one(2)}(?={unit}))?(?P<u>{unit})?)"
    )
