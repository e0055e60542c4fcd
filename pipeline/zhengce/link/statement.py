"""What makes two statements the same: their number, and enough of their words."""

from __future__ import annotations

import re

from zhengce.link.closeness import ratio
from zhengce.link.slip import digits
from zhengce.record import Fact, Record, Subsidy, Target

__all__ = ["alike", "key", "share_a_word", "words"]

# how alike the words of two statements are that say the same, by what they have in common besides
SAME_WORDS = 85  # of what has no number, or a round or small one, which statements share by chance
TELLING = 3  # digits that make a count one's own (251, 81836.46): a word in common is enough
# pairs of characters that say nothing of what is counted
COMMON = {
    "全省", "全市", "全县", "全国", "累计", "共有", "达到", "超过", "增长",
    "同比", "完成", "实现", "新增", "以上", "力争", "不少", "少于", "分别",
}  # fmt: skip


def key(record: Record) -> tuple[object, ...] | None:
    """What must agree before words are compared; None for what is not looked at."""
    match record:
        case Target():
            return ("target", record.value, record.value_max, record.unit, record.deadline)
        case Fact():
            return ("fact", record.value, record.value_max, record.unit)
        case Subsidy() if record.kind != "unpriced":
            return ("subsidy", record.kind, record.amount, record.rate, record.per)
        case _:
            return None


def alike(earlier: Record, record: Record) -> bool:
    """Whether two records with the same key say the same: by their words, or by a number that is one's own.

    >>> from zhengce.flow import annotate
    >>> one, other = annotate("全县共有劳务品牌251个。会上展示了251个劳务品牌。", judges=())["facts"]
    >>> alike(one, other)
    True
    """
    before, now = words(earlier), words(record)
    unit = getattr(record, "unit", None)
    if unit == "位":  # 居全国第3位 says nothing of what is ranked
        return False
    if len(_digits(record)) >= TELLING and unit not in ("%", "个百分点", "比例") and _pairs(before) & _pairs(now):
        return True
    return ratio(before, now) >= SAME_WORDS


def share_a_word(one: Record, other: Record) -> bool:
    """Whether the words of two quotes have two characters in a row in common that say something of what is counted."""
    return bool(_pairs(words(one)) & _pairs(words(other)))


def words(record: Record) -> str:
    """The words of a quote without its numbers and marks.

    >>> from zhengce.flow import annotate
    >>> [words(fact) for fact in annotate("去年全县从业人员达3.2万人。", judges=())["facts"]]
    ['去年全县从业人员达人']
    """
    return re.sub(
        r"[^\u4e00-\u9fffA-Za-z]|[万亿]|[一二三四五六七八九十百千两]+(?=[万亿项个人次家])", "", record.citation.quote
    )


def _digits(record: Record) -> str:
    """The digits of a number that tell it from others, without the zeros round them."""
    value = next((v for name in ("value", "amount", "rate") if (v := getattr(record, name, None)) is not None), None)
    return "" if value is None else digits(value)


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)} - COMMON
