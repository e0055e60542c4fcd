"""The numeric statements of a document: a quantity in the shortest stretch of its clause that holds the claim.

Targets, facts and subsidies are made from these; they are read once a document.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from zhengce.document import Document
from zhengce.extract.by_year import years_of
from zhengce.extract.clause import Clause, read_clauses
from zhengce.extract.tense import anchor_year
from zhengce.record import Quantity
from zhengce.sentence import trim
from zhengce.text import Span, merge
from zhengce.value.date import DateMention
from zhengce.value.listed import listed, places
from zhengce.value.numeral import CUE
from zhengce.value.quantity import quantities
from zhengce.value.unit import kind_of
from zhengce.words import tag

__all__ = ["Statement", "leaves_from", "statements"]

TITLE_OR_NUMBER = re.compile(r"《[^》\n]{1,120}》|[〔［\[](?:19|20)\d{2}[〕］\]]\s?\d+\s?号")
SHORT_QUOTE = re.compile(r"[“\"「][^”\"」，,。\n]{0,14}[”\"」]")
EACH_TERM = r"(?:每[人户亩]?)?每[人户亩年月日天]"
MEASURES_TIME = re.compile(
    r"(?:公示期|租期|保存期|有效期|服务期|聘期|压缩|缩短|控制|时限|周期|时长|课时|学时|工期|年限|期限|天数|寿命|年龄|时间)[^，,。；;]{0,10}$"
)

FIGURE = re.compile(r"[\d一二三四五六七八九十百千万]")
JOINING = re.compile(r"(?:以及|和|与|及|或|并)$")
# 由7天拉长到45天: how long something takes, from and to
MOVE = r"(?:拉长|延长|缩短|压缩|压减|缩减)(?:到|至|为)"
MOVED, MOVES = re.compile(MOVE), re.compile(rf"{MOVE}$")


@dataclass(eq=False, slots=True, kw_only=True)  # not frozen: see Clause
class Statement:
    """A quantity in the shortest stretch of its clause that holds the claim; `year` is its own in a list by year.

    `share` is its place among the numbers listed with it, and how many they are, `before` the one before it in its
    sentence.
    """

    quantity: Quantity
    span: Span
    clause: Clause
    rises_from: Quantity | None = None
    year: DateMention | None = None
    share: tuple[int, int] = (0, 1)
    before: Statement | None = None


@lru_cache(maxsize=2)
def statements(document: Document) -> tuple[Statement, ...]:
    """Every statement with a number, in text order; damaged stretches, titles and document numbers are left out."""
    return tuple(_statements(document))


def _statements(document: Document) -> Iterator[Statement]:
    year = anchor_year(document)
    text = document.text
    barred = _barred(document)
    starts, ends = [bar.start for bar in barred], [bar.end for bar in barred]
    cues = [cue.start() for cue in CUE.finditer(text)]  # the text is scanned once, and read where one stands
    last: Statement | None = None
    for clause in read_clauses(document):
        at = bisect_left(cues, clause.span.start)
        if at == len(cues) or cues[at] >= clause.span.end:
            continue
        touched = barred[bisect_right(ends, clause.span.start) : bisect_left(starts, clause.span.end)]
        found = [
            placed
            for q in quantities(document[clause.span], _skipped(text, clause, touched))
            if _counts(placed := q.shift(clause.span.start), text, clause.span)
        ]
        if not found:
            continue
        years, shares = years_of(text, clause.sentence, found, year), places(text, found)
        last = last if last and last.clause.sentence == clause.sentence else None
        for at, quantity in enumerate(found):
            span = _stretch(text, clause, found, at)
            before = found[at - 1] if at and _rises(text, found[at - 1], quantity) else None
            if before:
                span = Span(start=_stretch(text, clause, found, at - 1).start, end=span.end)
            last = Statement(
                quantity=quantity, span=span, clause=clause, rises_from=before, year=years[at], share=shares[at],
                before=last,
            )  # fmt: skip
            yield last


def _barred(document: Document) -> tuple[Span, ...]:
    """Where no number counts: titles, document numbers, short quotes, damage."""
    text = document.text
    barred = [Span(start=m.start(), end=m.end()) for m in TITLE_OR_NUMBER.finditer(text)]
    barred += [Span(start=m.start(), end=m.end()) for m in SHORT_QUOTE.finditer(text) if FIGURE.search(m[0])]
    # a number that touches lost bytes may have lost a digit with them
    hurt = (note.span for note in document.notes if note.doubt in ("damaged", "undecodable"))
    barred += [Span(start=max(span.start - 1, 0), end=min(span.end + 1, len(text))) for span in hurt]
    return merge(sorted(barred))


def _skipped(text: str, clause: Clause, barred: Iterable[Span]) -> Iterator[Span]:
    """The stretches of a clause whose numbers are none: dates, but for terms that it measures, and what is barred."""
    by = -clause.span.start
    for mention in clause.dates:
        term = mention.kind == "unanchored"
        if not (term and MEASURES_TIME.search(text[clause.span.start : mention.span.start])):
            yield mention.span.shift(by)
    for bar in barred:
        yield Span(start=max(bar.start, clause.span.start) + by, end=min(bar.end, clause.span.end) + by)


def _counts(quantity: Quantity, text: str, clause: Span) -> bool:
    """Durations count only where the clause measures time, ages only as a life expectancy."""
    if quantity.unit == "级":  # a grade belongs to a name (5级以上地震, 4A级景区)
        return text[quantity.span.start : quantity.span.end].startswith("达") or bool(
            re.search(r"(?:达到?|提[高升][到至]|升[到至为])$", text[clause.start : quantity.span.start])
        )
    if quantity.unit == "岁":
        return bool(re.search("寿命|平均年龄", text[clause.start : quantity.span.start]))
    if quantity.unit and kind_of(quantity.unit) == "time" and quantity.unit not in ("课时", "学时"):
        moved = MOVED.match(text, quantity.span.end) or MOVES.search(text[clause.start : quantity.span.start])
        short = quantity.unit in ("天", "日", "工作日", "个工作日", "小时")
        limit = moved or (short and quantity.bound in (">=", "<=") and "不" in quantity.text)  # 公示不少于7天
        return bool(limit or MEASURES_TIME.search(text[clause.start : quantity.span.start]))
    return True


def leaves_from(text: str, quantity: Quantity) -> bool:
    """Whether a number is where a change starts (由18.5%, 从2020年的78.2岁)."""
    head = text[max(0, quantity.span.start - 8) : quantity.span.start]
    if "由" not in head and "从" not in head and "自" not in head:
        return False
    head = re.sub(rf"(?:(?:19|20)\d\d|去|上)年底?的?$|(?:原[来先有]|目前|当前|现[有在])的?$|{EACH_TERM}$", "", head)
    return bool(re.search(r"[由从自]$", head))


def _rises(text: str, before: Quantity, quantity: Quantity) -> bool:
    if before.unit != quantity.unit or not leaves_from(text, before):
        return False
    between = text[before.span.end : quantity.span.start]
    between = re.sub(rf"(?:(?:19|20)\d\d|今|明)年底?的?$|{EACH_TERM}$", "", between)
    return bool(
        re.fullmatch(
            r"[^，,。；;、]{0,8}?(?:提高|增加|增长|上升|扩大|扩展|拓展|降低|下降|减少|降|升|增|调整|追加|调增|调减|上调|下调|压缩|缩短|压减|缩减|延长|拉长|提升)?(?:到|至|为)",
            between,
        )
    )


def _stretch(text: str, clause: Clause, found: list[Quantity], at: int) -> Span:
    """The part of the clause that belongs to one of its quantities."""
    first = at
    while first and listed(text, found[first - 1], found[first]):
        first -= 1  # 分别增长3%、5%: both need the words before the list
    start = clause.lead if first == 0 else _cut(text, found[first - 1], found[first])
    if at + 1 < len(found) and listed(text, found[at], found[at + 1]):
        end = found[at].span.end
    else:
        end = clause.span.end if at + 1 == len(found) else _cut(text, found[at], found[at + 1])
    end = max(end, found[at].span.end)
    joined = JOINING.search(text, found[at].span.end, end)
    end = joined.start() if joined and at + 1 < len(found) else end
    start = min(start, found[at].span.start)
    return trim(text, Span(start=start, end=end))


BRACKETED = re.compile(r"[（(][^（）()]*[）)]")


def _cut(text: str, before: Quantity, after: Quantity) -> int:
    """Where one quantity's words end and the next one's begin."""
    between = text[before.span.end : after.span.start]
    open_words = BRACKETED.sub(lambda bracket: "（" * len(bracket[0]), between)  # 县（市、区） is one word
    marks = [match.end() for match in re.finditer(r"、|和|及|与|或|并|，|,", open_words)]
    if marks:
        return before.span.end + marks[0]
    if before.unit and kind_of(before.unit) in ("money", "person", "rate"):
        return before.span.end
    offset = 0
    for word, flag in _tagged(between):
        if flag.startswith(("v", "p", "d")):
            break
        offset += len(word)
    return before.span.end + (offset if offset < len(between) else 0)


@lru_cache(maxsize=4096)
def _tagged(words: str) -> tuple[tuple[str, str], ...]:
    return tuple(tag(words)) if words else ()
