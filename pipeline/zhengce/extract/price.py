"""What an amount of a subsidy says: in which currency, at which rate of what, and of which kind it is."""

from __future__ import annotations

import re
from functools import lru_cache
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
]

Kind = Literal["standard", "budget", "disbursed", "unpriced"]
# money that is none which is given
NO_PRICE = re.compile(
    r"罚款|[业农民工]贷(?=[\d约超近])|自筹|现金比例|首付|贷款(?!及?贴息|担保费)|授信|担保额|保额|工资不|薪资|收入[达在超]|营业收入|产值|税收|投资额|注册资[本金]|成交额|销售额"
)
TOTAL = re.compile(
    r"发放|核发|减税|退税|返还|降低[^，。]{0,12}保险费|下达|兑现|兑付|拨付|惠及|累计|支出|落实(?!到)|减免|减负|返还|共|已"
)
BUDGET = re.compile(r"安排|投入|预算|计划|筹集|设立|统筹|编列|列支|拿出|配套|追加")
SET_ASIDE = re.compile(r"编列|财政[^，。]{0,8}安排|(?:拟|计划|预算)(?:安排|投入)")
RESERVED = re.compile(r"预留|总(?:经费|预算)")
# what is set aside each year: 每年安排专项资金不少于1200万元
YEARLY = re.compile(
    r"(?:每年|年均|逐年)[^，。；]{0,12}(?:安排|列支|编列|拿出|统筹|设立)[^，。；]{0,16}(?:资金|经费|基金)?"
)
# words that lay down a price in a text of any kind
LAID_DOWN = re.compile(
    r"按[月年日]|加发|获发|再获|一次性(?:奖[补励]|补[贴助]|给予|发放)|可(?:以)?(?:申[领请]|领取|享受)|(?:每|对|凡|给)[^，。；]{0,24}(?:给予|奖励|奖补|补[贴助]?|发给)"
)
DONE = re.compile(r"已|累计|共(?!同)|截至|去年|上年|[前本]月|[上下]半年|\d+月，")
RATE_BASE = re.compile(
    r"(?:按(?:照)?|(?:提高|上浮|调整)[到至为]|给予|返还|补[贴助]|标准为|标准是)(?:其|企业|单位|个人)?(?:最高)?(?:不(?:得)?(?:超过|低于|高于)|最高)?"
    r"(?P<base>[^，,。；;、按]{2,24}?)的?(?:不(?:得)?(?:超过|低于|高于)|最高)?$"
)
CURRENCIES = {"元": "CNY", "美元": "USD", "港元": "HKD", "新台币元": "TWD", "欧元": "EUR", "澳元": "AUD", "日元": "JPY"}
ABROAD = ((("新台币", "新臺幣", "行政院", "立法院"), "TWD"), (("港元", "港币", "香港特别行政区政府"), "HKD"))
BEFORE_AMOUNT = (
    ("新台币", "TWD"),
    ("台币", "TWD"),
    ("港币", "HKD"),
    ("澳门币", "MOP"),
    ("美金", "USD"),
    ("人民币", "CNY"),
)
A_SUM, A_LARGE_SUM = 100_000, 10_000_000


def is_money(quantity: Quantity) -> bool:
    """Whether a quantity is an amount of money."""
    return kind_of(quantity.unit or "") == "money"


def currency_of(text: str, quantity: Quantity) -> str | None:
    """The ISO 4217 code of an amount, by its unit or by the word before it (新台币4万元); None for a bare $.

    A bare 元 is the dollar of Taiwan or Hong Kong in a text that names it elsewhere and no mainland authority.
    """
    if quantity.unit == "元" and "$" in quantity.text:
        return None
    head = text[max(0, quantity.span.start - 4) : quantity.span.start]
    named = next((code for word, code in BEFORE_AMOUNT if word in head), None)
    if named is None and quantity.unit == "元":
        named = _dollar(text)
    return named or CURRENCIES.get(quantity.unit or "", quantity.unit or "")


@lru_cache(maxsize=2)
def _dollar(text: str) -> str | None:
    """Whose dollar a bare 元 is in a text; None where it is the yuan."""
    if "国务院" in text:
        return None
    return next((code for words, code in ABROAD if any(word in text for word in words)), None)


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
    together = re.search(r"(?:共计|合计|总计|共)[^，。；\d]{0,4}$", words.partition(quantity.text)[0])
    if together and quantity.value >= A_SUM and mood.tense == "past":
        return "disbursed"
    if RESERVED.search(words) and quantity.value >= A_SUM:
        return "budget"
    if mood.evidence != "past" and SET_ASIDE.search(words) and quantity.value >= A_SUM:
        return "budget"
    if mood.tense == "past" and not granted:
        return "disbursed" if paid else None
    if paid and quantity.value >= A_LARGE_SUM and mood.tense == "future" and mood.evidence != "kind":
        return "budget"
    if paid and quantity.value >= A_LARGE_SUM and not re.search(r"安排|计划|预算", words):
        return "disbursed"
    if BUDGET.search(words) and quantity.value >= A_SUM and not re.search(r"给予|一次性", words):
        return "budget"
    return "standard"
