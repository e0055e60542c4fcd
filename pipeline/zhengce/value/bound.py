"""The words round a number that make it a floor, a ceiling, an estimate."""

from __future__ import annotations

import re
from functools import cache

from zhengce.lexicon import alternation, column, table
from zhengce.record import Bound

__all__ = ["after_pattern", "bound_of", "cue_before"]

# 最低工资 and 最高法 are names, not bounds
NAME_AFTER_CUE = r"(?!的|工资|生活|限度|价|法|人民|水平|级|峰|学历|领导|奖(?!补|励)|气温|温|点|层|要求|标准|补偿|分)"

UNBOUND = re.compile(r"[签特预合公条契节制履违缔邀]约$")  # 约 as the end of another word: 签约217人


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], tuple[str, ...]]:
    near = alternation(column("bounds", "word", place="before", reach="near"))
    far = alternation(column("bounds", "word", place="before", reach="far"))
    return (
        re.compile(rf"(?:{near}|{far})(?:的|为|到|了|[:：])?\s*$"),
        # 不低于当年发放笔数的5%: the base of a rate stands between a floor and its number
        re.compile(
            rf"{far}{NAME_AFTER_CUE}[^，,。；;：:、\d]{{0,8}}$|不得?(?:[低少高多]于|超过)[^，,。；;：:、\d]{{1,14}}的$"
        ),
        column("bounds", "word", place="before"),
    )


@cache
def _bounds() -> dict[tuple[str, str], Bound]:
    return {(row["place"], row["word"]): row["bound"] for row in table("bounds")}  # type: ignore[misc]


@cache
def after_pattern() -> str:
    """A pattern for the bounds that stand after a number."""
    words = alternation(column("bounds", "word", place="after"))
    return rf"(?:(?!起[草步到来点诉伏因价飞源]){words})"


def cue_before(text: str, end: int, start: int = 0) -> tuple[int, str] | None:
    """Where the bound before the number at `end` starts, and the cue; a cue may stand up to eight characters off.

    >>> cue_before("每县至少培育1个", 6), cue_before("总额不超过5万元", 5)
    ((2, '至少'), (2, '不超过'))
    """
    near, far, words = _patterns()
    head = text[max(start, end - 16) : end]
    found = near.search(head) or far.search(head)
    if not found or UNBOUND.search(head[: found.start() + 1]):
        return None
    return end - len(head) + found.start(), next(word for word in words if found[0].startswith(word))


def bound_of(word: str, place: str) -> Bound:
    """What a cue says at its place (before, inside or after a number).

    >>> bound_of("以上", "after"), bound_of("余", "inside")
    ('>=', '>')
    """
    return _bounds()[place, word]
