"""What an amount of a subsidy says: per whom, in which currency, at which rate of what, and of which kind it is."""

from __future__ import annotations

import re
from typing import Literal

from zhengce.extract.tense import Mood
from zhengce.record import Quantity
from zhengce.text import Span
from zhengce.value.unit import kind_of

__all__ = [
    "A_LARGE_SUM",
    "A_SUM",
    "DONE",
    "NO_PRICE",
    "Kind",
    "base_of",
    "currency_of",
    "is_money",
    "kind_of_subsidy",
    "per_of",
]

Kind = Literal["standard", "budget", "disbursed", "unpriced"]
# money that is none which is given
NO_PRICE = re.compile(
    r"罚款|贷款(?!及?贴息|担保费)|授信|担保额|保额|工资不|薪资|收入[达在超]|营业收入|产值|税收|投资额|注册资[本金]|成交额|销售额"
)
TOTAL = re.compile(r"发放|核发|减税|退税|下达|兑现|兑付|拨付|惠及|累计|支出|落实(?!到)|减免|减负|返还|共|已")
BUDGET = re.compile(r"安排|投入|预算|计划|筹集|设立|统筹|编列|列支|拿出")
SET_ASIDE = re.compile(r"编列|(?:拟|计划|预算)(?:安排|投入)")
# what is set aside each year: 每年安排专项资金不少于1200万元
YEARLY = re.compile(
    r"(?:每年|年均|逐年)[^，。；]{0,12}(?:安排|列支|编列|拿出|统筹|设立)[^，。；]{0,16}(?:资金|经费|基金)?"
)
# words that lay down a price in a text of any kind
LAID_DOWN = re.compile(
    r"一次性(?:奖[补励]|补[贴助]|给予|发放)|可(?:以)?(?:申[领请]|领取|享受)|(?:每|对|凡|给)[^，。；]{0,24}(?:给予|奖励|奖补|补[贴助]?|发给)"
)
DONE = re.compile(r"已|累计|共(?!同)|截至|去年|上年|[前本]月|[上下]半年|\d+月，")
LONG_UNITS = "千瓦时|平方米|立方米|人次|课时|学时|学期|学年|公里|床位|工作日"
ONE = f"{LONG_UNITS}|[人户亩年月天日班个次名家吨课辆平台件套床生社村车艘头只间位座张处株架口栋所]"
PER_AFTER = re.compile(
    rf"^(?:/|每)(?P<a>{ONE})(?:[·•/.每](?P<b>[人户亩年月天日班次]))?(?:[·•/.每](?P<c>[人户亩年月天日班次]))?"
)
# 每招用1人, 每引进一家: what is done to the one that is paid for may stand between
PER_BEFORE = re.compile(
    rf"每(?:位|一|(?![人户亩年月天日个名位家])[\u4e00-\u9fff]{{1,4}}[1一](?!次))?"
    rf"(?P<unit>个?(?:{LONG_UNITS}|[人户亩年月天日班个次名家吨辆件套村县场批造期床生社车艘头只间座张台处株架口栋所]))"
)
MEAN = re.compile(r"(?P<term>[年月]?)人均[^，,。；;]*标准[^，,。；;]*$")  # 月人均标准
RATE_BASE = re.compile(
    r"(?:按(?:照)?|给予|返还|补[贴助]|标准为|标准是)(?:其|企业|单位|个人)?(?:最高)?(?:不(?:得)?(?:超过|低于|高于)|最高)?"
    r"(?P<base>[^，,。；;、按]{2,24}?)的?(?:不(?:得)?(?:超过|低于|高于)|最高)?$"
)
CURRENCIES = {"元": "CNY", "美元": "USD", "港元": "HKD", "新台币元": "TWD", "欧元": "EUR", "澳元": "AUD", "日元": "JPY"}
BEFORE_AMOUNT = (
    ("新台币", "TWD"),
    ("台币", "TWD"),
    ("港币", "HKD"),
    ("澳门币", "MOP"),
    ("美金", "USD"),
    ("人民币", "CNY"),
)
PERSONS = {"名": "人", "位": "人"}
A_SUM, A_LARGE_SUM = 100_000, 10_000_000


def is_money(quantity: Quantity) -> bool:
    """Whether a quantity is an amount of money."""
    return kind_of(quantity.unit or "") == "money"


def currency_of(text: str, quantity: Quantity) -> str | None:
    """The ISO 4217 code of an amount, by its unit or by the word before it (新台币4万元); None for a bare $."""
    if quantity.unit == "元" and "$" in quantity.text:
        return None
    head = text[max(0, quantity.span.start - 4) : quantity.span.start]
    named = next((code for word, code in BEFORE_AMOUNT if word in head), None)
    return named or CURRENCIES.get(quantity.unit or "", quantity.unit or "")


def per_of(text: str, quantity: Quantity, clause: Span) -> tuple[str, ...]:
    """What an amount is counted by: 500元/人 → 人; 每人每月200元 → 人, 月."""
    after = PER_AFTER.match(text[quantity.span.end : quantity.span.end + 12])
    if after:
        return tuple(PERSONS.get(part, part) for part in after.groups() if part)
    head = text[max(clause.start, quantity.span.start - 18) : quantity.span.start]
    last = head.rsplit("元", 1)[-1]  # behind the amount before it, unless it shares what that one is counted by
    head = last if "每" in last else head
    if not PER_BEFORE.search(head) and (mean := MEAN.search(text[clause.start : quantity.span.start])):
        return ("人", *mean["term"]) if mean["term"] else ("人",)
    units = (match["unit"].removeprefix("个") or "个" for match in PER_BEFORE.finditer(head))
    return tuple(dict.fromkeys(PERSONS.get(unit, unit) for unit in units))


def base_of(text: str, quantity: Quantity, clause: Span) -> str | None:
    """What a rate is of: 按最低工资标准的60% → 最低工资标准."""
    number = re.search(r"\d|百分之|[一二三四五六七八九]成", quantity.text)
    start = quantity.span.start + (number.start() if number else 0)
    match = RATE_BASE.search(text[clause.start : start])
    return re.sub(r"^标准(?:为|是|按)", "", match["base"]) if match else None


def kind_of_subsidy(words: str, quantity: Quantity, per: tuple[str, ...], mood: Mood) -> Kind | None:
    """Standard, budget or disbursed total; None where the money is no subsidy (a programme's spending, a result)."""
    if not is_money(quantity):
        given = re.search(
            r"按[^，。]*(?:给予|贴息|补[贴助]|奖励|返还|资助)|(?:补[贴助]|津贴|奖补|奖励|返还)(?:标准|比例)?(?:为|是)",
            words,
        )
        head = words.partition(quantity.text)[0]
        rated = re.search(r"(?:补[贴助]|返还|资助)(?:(?!增长|增加|提高|标准)[^，。；\d]){0,10}$", head)
        given = given or (None if DONE.search(words) else rated)
        return "standard" if given or (mood.tense == "future" and re.search(r"按|给予|补", words)) else None
    if YEARLY.search(words) and quantity.value >= A_SUM and set(per) <= {"年"}:
        return "budget"
    if LAID_DOWN.search(words) and not DONE.search(words) and quantity.value < A_LARGE_SUM:
        return "standard"
    ceiling = quantity.bound == "<=" and mood.evidence != "past"
    if per or ceiling or (re.search(r"给予|发给|核给|每[人户月]", words) and quantity.value < A_SUM):
        return "standard"
    paid = TOTAL.search(words) and not re.search(r"投入|援助|到位", words)
    granted = mood.evidence == "kind" and re.search(r"给予", words) and not paid  # a text of no known kind
    if mood.evidence != "past" and SET_ASIDE.search(words) and quantity.value >= A_SUM:
        return "budget"
    if mood.tense == "past" and not granted:
        return "disbursed" if paid else None
    if paid and quantity.value >= A_LARGE_SUM and not re.search(r"安排|计划|预算", words):
        return "disbursed"
    if BUDGET.search(words) and quantity.value >= A_SUM and not re.search(r"给予|一次性", words):
        return "budget"
    return "standard"
