"""Tiers of a price: amounts side by side, each with the condition that it holds under."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from zhengce.document import Document
from zhengce.extract.clause import Clause
from zhengce.extract.price import A_LARGE_SUM, is_money
from zhengce.extract.statement import Statement
from zhengce.text import Span

__all__ = ["condition_before", "is_ceiling_of", "is_threshold", "parallel", "tier_span"]

PER = r"(?:[·/][人户亩年月天日])*"
NEXT_TIER = re.compile(rf"{PER}(?:的?标准)?[、，,；;和及](?P<words>[^，,。；;、]{{1,24}})$")
# what stands between a condition and its amount
GIVING = re.compile(
    r"(?:的)?(?:再)?(?:一次性)?(?:给予|按|按照|补贴|补助|奖励|奖补|资助|为|标准|每[人户亩年月天日次名家个]|[:：]|最高|不超过)*$"
)
LEADING = re.compile(r"^(?:对|按|其中|[\u4e00-\u9fff]*(?:标准|补贴|补助|奖补)(?:为|如下|是)?[:：])+")
# 10万元以下补贴3000元: the first sum says for whom, the second what
THRESHOLD = re.compile(r"^的?[\u4e00-\u9fff（()）]{0,6}?(?:补[贴助]|奖[励补]|给予|资助|按)[^，,。；;]*\d")
CEILING = re.compile(r"^(?:最高|最多|不(?:得)?超过?|累计|总额|上限|至多)|(?:封顶|为限|为上限)$")


def parallel(document: Document, amounts: Sequence[Statement]) -> bool:
    """Whether the amounts of a clause are tiers: 初级工1000元、中级工1500元.

    Between two neighbours stands a mark of listing with the words of the second tier.
    """
    pairs = list(pairwise(amounts))
    if any(a.quantity.value >= A_LARGE_SUM for a in amounts):  # sums of a year, not prices of a case
        return False
    return bool(pairs) and all(
        NEXT_TIER.fullmatch(document.text[a.quantity.span.end : b.quantity.span.start]) for a, b in pairs
    )


def tier_span(document: Document, amounts: Sequence[Statement], at: int) -> Span:
    """One tier: from the mark behind the tier before it, or from the head of the clause, to its amount."""
    amount = amounts[at].quantity.span
    if at == 0:
        return Span(start=amounts[0].clause.span.start, end=amount.end)
    before = amounts[at - 1].quantity.span.end
    met = NEXT_TIER.fullmatch(document.text[before : amount.start])
    return Span(start=before + met.start("words") if met else amount.start, end=amount.end)


def condition_before(document: Document, amounts: Sequence[Statement], at: int) -> str | None:
    """The words of a tier before its amount: 20人以下, 初级工."""
    words = document.text[tier_span(document, amounts, at).start : amounts[at].quantity.span.start]
    words = re.split(r"元[^、]{0,4}、", words)[-1]
    return GIVING.sub("", LEADING.sub("", words)).removesuffix("的").strip() or None


def is_ceiling_of(document: Document, before: Statement, statement: Statement, clause: Clause) -> bool:
    """Whether an amount only caps the one before it in its clause: 每亩3000元（最高30万元）."""
    quantity = statement.quantity
    between = document.text[before.quantity.span.end : quantity.span.start]
    bounded = quantity.bound == "<=" and bool(CEILING.search(quantity.text))
    return bounded and before.quantity.bound == "=" and "、" not in between and "分别" not in document[clause.span]


def is_threshold(document: Document, statement: Statement) -> bool:
    """Whether a sum with a bound is the condition of another sum behind it in its clause."""
    quantity = statement.quantity
    if not is_money(quantity) or quantity.bound == "=":
        return False
    return bool(THRESHOLD.match(document.text[quantity.span.end : statement.clause.span.end]))
