"""The values in a unit: quantities and deadlines, each with the words round it that say what it measures."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from zhengce.compare.fold import fold
from zhengce.pair import Unit
from zhengce.record import Bound, Quantity
from zhengce.sentence import clauses, sentences
from zhengce.text import Span
from zhengce.value.date import DateMention, dates
from zhengce.value.per import per_of
from zhengce.value.quantity import quantities

__all__ = ["Value", "values"]

NEAR = 14  # folded characters in front of a value that name what it measures
BEHIND = 5
# a rate of change is not a share: 收入增长8%, 持证率60%
CHANGE = re.compile("(?:增长|增幅|增速|增加|涨幅|提高|提升|下降|降幅|降低|减少|回落|压减|递增)率?$")
LONGEST_NAME = 24
NUMBER_OR_MARK = re.compile(r"[\d，。；：、,;:（）()“”]+")
DIGITS = re.compile(
    r"[\d.%‰]+|[万亿]?(?:元|以上|以内|左右|不少于|不低于|不高于|达到|不超过|超过|至少|力争|(?:提高|提升|增加|增长|降低|下降|降|升|控制|稳定|保持|扩大)[到至在])"
)
# what counts the parts of a text or those it is sent to, not what it wants: 四项措施, 14个市州, 三年行动
COUNTED_WORDS = re.compile(r"[一二三四五六七八九十两几]+(?:项|个|类|种|方面|大|级|条|位|体|次|批|件|张|套)?")
# ranks and how long something has been so: 第2, 连续3年, 近6年
LASTING = re.compile("(?:第|连续|时隔|历时|过去|(?<![附将接])近)$")
PARTS = re.compile(
    r"[市州县区省]|部门|环节|阶段|方面|小时(?:客服|服务|热线)|(?:专项|行动)?(?:规划|计划|行动)|周年|[^，。；]{0,10}圈"
)
DAYS: dict[str, Decimal | int] = {
    "年": 365,
    "月": 30,
    "周": 7,
    "天": 1,
    "日": 1,
    "工作日": 1,
    "小时": Decimal(1) / 24,
    "分钟": Decimal(1) / 1440,
}
DUE, THAT_YEAR = ("by", "within"), "当年"


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A quantity or a deadline at `span` of its document; `before` and `after` are the folded words round it.

    `name` are the printed words nearest to it: those in front of a quantity, those behind a deadline.
    `measure` is what values must share to be compared: the unit with whom it is counted by, "time" (in days), "date".
    """

    span: Span
    words: str
    measure: str
    number: Decimal | None = None
    upper: Decimal | None = None
    unit: str | None = None
    bound: Bound | None = None
    per: tuple[str, ...] = ()
    date: datetime.date | None = None
    name: str
    before: str
    after: str
    clause: str


@lru_cache(maxsize=4096)  # a baseline is compared with many documents
def values(unit: Unit, written: datetime.date | None) -> tuple[Value, ...]:
    """The values in a unit, in its order; counts of what the text itself lists (三项措施) are none.

    Dates are read against the day on which the document was written.
    """
    text = unit.text
    mentions = dates(text, written.year if written else None, written)
    timed = [one for one in mentions if one.day is not None or one.kind == "recurring"]
    counted = [one for one in quantities(text, [one.span for one in timed]) if not _is_number_of_parts(text, one)]
    due = [one for one in timed if one.day and _is_due(one, written)]
    found: list[DateMention | Quantity] = [*due, *counted]
    held = sorted(((one.span, one) for one in found), key=lambda one: one[0])
    return tuple(_values(text, unit.span.start, held))


def _is_number_of_parts(text: str, quantity: Quantity) -> bool:
    before, end = text[: quantity.span.start], quantity.span.end
    return bool(COUNTED_WORDS.fullmatch(quantity.text) or PARTS.match(text, end) or LASTING.search(before[-4:]))


def _is_due(mention: DateMention, written: datetime.date | None) -> bool:
    """Whether a day is one by which; 当年 dates nothing, and 截至 a later day than the document's is a deadline."""
    if mention.text.endswith(THAT_YEAR):
        return False
    later = written is not None and mention.day is not None and mention.day > written
    return mention.kind in DUE or (later and mention.text.startswith(("截", "至", "到")))


def _values(text: str, start: int, held: list[tuple[Span, DateMention | Quantity]]) -> Iterator[Value]:
    for sentence in sentences(text):
        inside = [one for one in held if one[0].start >= sentence.start and one[0].start < sentence.end]
        if not inside:
            continue
        pieces = list(clauses(text, sentence))
        for span, what in inside:
            piece = next((one for one in pieces if one.start <= span.start < one.end), sentence)
            around = {
                "span": span.shift(start),
                "words": text[span.start : span.end],
                "name": _name(text, piece, span, sentence, isinstance(what, DateMention)),
                "before": _bare(text[sentence.start : span.start])[-NEAR:],
                "after": _bare(text[span.end : sentence.end])[: NEAR if isinstance(what, DateMention) else BEHIND],
                "clause": _bare(text[piece.start : piece.end]),
            }
            yield _value(text, piece, what, around)


def _name(text: str, clause: Span, span: Span, sentence: Span, is_date: bool) -> str:
    if is_date:
        behind = text[span.end : sentence.end].lstrip("，,、前内 ")
        return NUMBER_OR_MARK.split(behind, maxsplit=1)[0][:LONGEST_NAME]
    return NUMBER_OR_MARK.split(text[clause.start : span.start].rstrip("，,、 "))[-1][-LONGEST_NAME:]


def _value(text: str, clause: Span, what: DateMention | Quantity, around: dict[str, object]) -> Value:
    if isinstance(what, DateMention):
        return Value(**around, measure="date", date=what.day)  # type: ignore[arg-type]
    per = per_of(text, what, clause) if what.unit == "元" else ()
    changing = ["change"] if what.unit == "%" and CHANGE.search(str(around["before"])) else []
    timed = (what.unit or "").removeprefix("个") in DAYS
    return Value(
        **around,  # type: ignore[arg-type]
        measure="time" if timed else "/".join((what.unit or "", *changing, *sorted(per))),
        number=what.value, upper=what.upper, unit=what.unit, bound=what.bound, per=per,
    )  # fmt: skip


def _bare(words: str) -> str:
    """The folded words without numbers and bounds."""
    return DIGITS.sub("", fold(words).text)
