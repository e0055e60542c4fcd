"""Statements that a document makes twice: in an opinion and its interpretation, in a headline and its text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from zhengce.record import Fact, Record, Subsidy, Target, identified

__all__ = ["marked"]

# how alike the words of two statements are that say the same, by what they have in common besides
SAME_WORDS = 85  # of what has no number, or a round or small one, which statements share by chance
TELLING = 3  # digits that make a count one's own (251, 81836.46): a word in common is enough


def marked(document: str, records: Iterable[Record]) -> Iterator[Record]:
    """The records with `duplicate_of` set to the id of the earlier one that makes the same statement.

    Targets, facts and priced subsidies repeat one another where value, unit and deadline agree and the words do too
    (annotation guideline, G4); each occurrence of a brand or a reference is a record of its own and is left alone.

    >>> from zhengce.flow import annotate
    >>> text = "据统计，全县培育劳务品牌251个。会上展示的251个劳务品牌各具特色。"
    >>> [record.duplicate_of for record in marked("d", annotate(text)["facts"])]
    [None, 'd-fact-1']
    """
    seen: dict[tuple[object, ...], list[tuple[str, Record]]] = {}
    for name, record in identified(document, records):
        key = _key(record)
        if key is None:
            yield record
            continue
        first = next((other for other, earlier in seen.setdefault(key, []) if _alike(earlier, record)), None)
        if first is None:
            seen[key].append((name, record))
        yield record if first is None else replace(record, duplicate_of=first)


def _key(record: Record) -> tuple[object, ...] | None:
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


def _alike(earlier: Record, record: Record) -> bool:
    from rapidfuzz import fuzz

    before, words = _words(earlier), _words(record)
    unit = getattr(record, "unit", None)
    if unit == "位":  # 居全国第3位 says nothing of what is ranked
        return False
    if len(_digits(record)) >= TELLING and unit not in ("%", "个百分点") and _pairs(before) & _pairs(words):
        return True
    return bool(fuzz.ratio(before, words) >= SAME_WORDS)


def _words(record: Record) -> str:
    """The words of a quote without its numbers and marks."""
    return re.sub(
        r"[^\u4e00-\u9fffA-Za-z]|[万亿]|[一二三四五六七八九十百千两]+(?=[万亿项个人次家])", "", record.citation.quote
    )


def _digits(record: Record) -> str:
    """The digits of a number that tell it from others, without the zeros round them."""
    value = next((v for name in ("value", "amount", "rate") if (v := getattr(record, name, None)) is not None), None)
    return "" if value is None else f"{value:f}".replace(".", "").strip("0")


def _pairs(words: str) -> set[str]:
    return {words[at : at + 2] for at in range(len(words) - 1)} - COMMON


# pairs of characters that say nothing of what is counted
COMMON = {
    "全省", "全市", "全县", "全国", "累计", "共有", "达到", "超过", "增长",
    "同比", "完成", "实现", "新增", "以上", "力争", "不少", "少于", "分别",
}  # fmt: skip
