"""What a price is counted by: 500元/人, 每人每月200元, 每千瓦60元."""

from __future__ import annotations

import re
from functools import cache

from zhengce.lexicon import alternation, table
from zhengce.record import Quantity
from zhengce.text import Span

__all__ = ["per_of"]

# what is counted by besides the measure words of the lexicon
NOUNS = (
    "造",
    "期",
    "站",
    "生",
    "社",
    "车",
    "村",
    "县",
    "场",
    "学期",
    "学年",
    "床位",
    "批",
    "人次",
    "班次",
    "年",
    "月",
    "日",
    "周",
    "季度",
)
PERSON_DAY = {"名": "人", "位": "人", "日": "天", "个月": "月", "个人": "人"}
TERM = "[人户亩年月天日班次]"
MEAN = re.compile(r"(?P<term>[年月]?)人均[^，,。；;]*标准[^，,。；;]*$")  # 月人均标准
REACH = 24  # characters before an amount in which its unit stands


@cache
def _counted() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What stands behind an amount (/人·月) and before it (每人每月)."""
    kinds = ("count", "measure", "person", "time")
    unit = alternation([*(row["unit"] for row in table("units") if row["kind"] in kinds), *NOUNS])
    after = rf"^(?:/|每)(?P<a>{unit})(?:[·•/.每](?P<b>{TERM}))?(?:[·•/.每](?P<c>{TERM}))?"
    # 每招用1人, 每引进一家: what is done to the one that is paid for may stand between; so may 送一名…就业 alone
    before = (
        rf"每(?:位|一|(?![人户亩年月天日个名位家])[\u4e00-\u9fff]{{1,4}}[1一](?!次))?(?P<unit>{unit})|"
        rf"(?<=[送招聘用引带纳转])[1一](?P<one>[名人])|按(?P<term>[年月日])(?=[加发领给补])"
    )
    return re.compile(after), re.compile(before)


def per_of(text: str, quantity: Quantity, clause: Span) -> tuple[str, ...]:
    """What an amount is counted by, in canonical units, in the order of the text; empty where nothing says.

    >>> from zhengce.value.quantity import quantities
    >>> [per_of(t, next(iter(quantities(t))), Span(start=0, end=len(t))) for t in ("补贴500元/人·月", "每千瓦60元")]
    [('人', '月'), ('千瓦',)]
    """
    behind, before = _counted()
    if re.search(
        r"[）)](?:共计|合计|总计|共)$", text[max(clause.start, quantity.span.start - 6) : quantity.span.start]
    ):
        return ()  # …（每人每月300元）共计945万元
    after = behind.match(text[quantity.span.end : quantity.span.end + 12])
    if after:
        return tuple(_canonical(part) for part in after.groups() if part)
    head = text[max(clause.start, quantity.span.start - REACH) : quantity.span.start]
    last = head.rsplit("元", 1)[-1]  # behind the amount before it, unless it shares what that one is counted by
    head = last if "每" in last else head
    found = [match["unit"] or match["one"] or match["term"] for match in before.finditer(head)]
    if not found and (mean := MEAN.search(text[clause.start : quantity.span.start])):
        return ("人", *mean["term"]) if mean["term"] else ("人",)
    return tuple(dict.fromkeys(_canonical(unit) for unit in found))


def _canonical(unit: str) -> str:
    return PERSON_DAY.get(unit) or unit.removeprefix("个") or "个"
