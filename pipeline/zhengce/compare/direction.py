"""Which way a value changed: more demanding or more generous, less so, or not to be compared."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from zhengce.compare.indicator import canonical
from zhengce.compare.value import DAYS, Value
from zhengce.lexicon import alternation, column
from zhengce.pair import Change, Member
from zhengce.value.unit import kind_of

__all__ = ["change_of"]

# what is counted for each body or person, not over a territory
EACH = re.compile(
    r"每(?![年月季周])|各(?!类|种|级|方)|至少|单个|单次|一般|人均|户均|最[高低多长少]|[一1]次性|不少于[\d一二三四五六七八九十]+(?:次|场|学时|课时)"
)
COUNTED = ("count", "person", "measure", "money")
NO_TOTAL = ("次", "小时", "学时", "课时", "平方米", "兆", "千瓦", "米", "岁", "分", "级", "倍")
TIMES = frozenset({"年", "月", "季", "季度", "日", "天"})
# a term within which something must be done: 5日内办结, not 毕业2年内未就业, 6个月内有效, 3年内不得承接
TERM = re.compile("内(?!未|不|有效|免|可|享受|给予|仍|累计|最多|取得|离校)")
OFFERED = re.compile("补贴|补助|减免|缓缴|有效|贷款|期限最长|见习|免费|租金")  # the longer the better
# what must have lasted before somebody may apply: the shorter, the more generous
CONDITION = re.compile(
    "(?:连续|累计|缴纳|缴费|参保|社会保险费?|社保|工作|就业|签订|订立|居住|落户|注册|登记|成立|经营|从业|服务|任职|满)满?$"
)
LEAD = 8  # characters in front of a value that say of what it is


def change_of(base: Value, other: Value, upstream: Member, member: Member) -> Change:
    """What became of a value of the baseline; both measure the same.

    A total over a territory (全国500个) is no stronger or weaker than that of one in it (全省60个): `scope`. Of what is
    to be low (失业率, 办结时限; `lexicons/polarity.tsv`) less is stronger, and of a deadline what is earlier.
    """
    if base.date or other.date:
        return _of_dates(base, other)
    first, second = _amount(base), _amount(other)
    if first is None or second is None:
        return "differs"
    if first == second:
        return "equal"
    if _is_total(base) and _is_total(other) and _wider(upstream, member):
        return "scope"
    more = second > first
    return "stronger" if more != _less_is_more(base, other) else "weaker"


def _of_dates(base: Value, other: Value) -> Change:
    if base.date is None or other.date is None:
        return "differs"
    if base.date == other.date:
        return "equal"
    return "stronger" if (other.date < base.date) != _is_offer(base, other) else "weaker"


# a term of what is offered is the more generous the longer it runs
OFFER = re.compile(
    r"(?:延期|延长|延至|缓缴|展期|截至|执行期限?|实施期限|政策期限|有效期|免收|免征|减免|受理期)[^，。；]{0,8}$"
)


def _is_offer(base: Value, other: Value) -> bool:
    return bool(OFFER.search(base.before) or OFFER.search(other.before))


def _amount(value: Value) -> tuple[Decimal, Decimal] | None:
    """The ends of a value, times in days."""
    if value.number is None:
        return None
    scale = Decimal(DAYS.get((value.unit or "").removeprefix("个"), 1)) if value.measure == "time" else Decimal(1)
    return value.number * scale, (value.upper if value.upper is not None else value.number) * scale


def _is_total(value: Value) -> bool:
    unit = value.unit or ""
    if not unit or unit in NO_TOTAL or not TIMES.issuperset(value.per) or value.measure == "time":
        return False
    if value.bound == "each>=" or _low("before").search(value.before[-LEAD:]):
        return False
    if kind_of(unit) not in COUNTED or EACH.search(value.before[-10:] + value.words):
        return False
    return kind_of(unit) != "money" or (value.number or 0) >= 10_000_000


def _wider(upstream: Member, member: Member) -> bool:
    """Whether the one speaks of a territory that the other's is only a part of, or beside."""
    return (upstream.region_code, upstream.level) != (member.region_code, member.level)


@cache
def _low(place: str) -> re.Pattern[str]:
    return re.compile(alternation(column("polarity", "word", place=place)))


def _limits(value: Value) -> bool:
    """Whether a time is one within which something must be done, or that somebody must have waited."""
    if value.before.endswith("满") or (value.bound in (">=", ">") and CONDITION.search(value.before)):
        return True
    said = TERM.match(value.after) or _low("after").search(value.after) or _low("before").search(value.before[-LEAD:])
    return bool(said)


def _less_is_more(base: Value, other: Value) -> bool:
    if base.measure == "time":
        if any(OFFERED.search(one.before[-LEAD:]) for one in (base, other)):
            return False
        return any(_limits(one) for one in (base, other))
    known = [one for value in (base, other) if (one := canonical(value.before, value.unit, ""))]
    if known:
        return known[0].better == "lower"
    return any(_low("before").search(one.before[-LEAD:]) for one in (base, other))
