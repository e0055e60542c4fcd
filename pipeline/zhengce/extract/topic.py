"""What a numeric statement is about, also where its own clause leaves the name to the one before it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from zhengce.document import Document
from zhengce.extract.indicator import indicator
from zhengce.extract.statement import Statement
from zhengce.text import Span

__all__ = ["topic_of"]

CHANGE = "增长|提高|下降|增加|降低|上升|提升|压减|减少|新增|净增|回落|下滑"
# words that tell how much, not of what
TOTAL = "总量|总数|总额"
BARE = re.compile(rf"(?:分别|均|同比|年均|累计|比上年|较上年|平均|{CHANGE}|{TOTAL}|规模|占比|增速|增幅|达到|完成)+")
ADDED = re.compile(r"^(?:新增|净增|新建|新认定|新培育)")
# 粮食播种面积1500万亩、总产120亿斤: a yield leaves the crop to the area before it
YIELD = re.compile(r"[总单]产量?|产量")
CROP = re.compile(r"(?P<crop>[\u4e00-\u9fff]{2,}?)(?:(?:播种|种植|栽培|收获)面积|面积|[总单]产量?)")
TAIL = re.compile(rf"(?:分别|均|同比|累计|{CHANGE}|{TOTAL}|增速|增幅|突破|超过|达到?|完成)+$")


def topic_of(document: Document, statement: Statement) -> str | None:
    """The indicator of a statement; a bare verb, 总量 (total) or 总产 (output) takes its name from the one before.

    >>> from zhengce.flow import annotate
    >>> [f.indicator for f in annotate("据统计，去年技改投资12.3亿元，增长5.6%。")["facts"]]
    ['技改投资', '技改投资增长']
    """
    known = _known(document)
    chain = [(statement, _own(document, statement))]  # as long as a sentence has numbers: no recursion
    while _leans(chain[-1][1]) and (named := _named_by(chain[-1][0])) and named.quantity.span not in known:
        chain.append((named, _own(document, named)))
    for one, own in reversed(chain[1:]):
        known[one.quantity.span] = _whole(one, own, known)
    return _whole(*chain[0], known)


@lru_cache(maxsize=2)
def _known(document: Document) -> dict[Span, str | None]:
    """The indicators of statements that others take their names from, by the places of their numbers."""
    return {}


def _own(document: Document, statement: Statement) -> str | None:
    quantity, span = statement.quantity, statement.span
    inside = Span(start=quantity.span.start - span.start, end=quantity.span.end - span.start)
    own = indicator(document[span], inside, statement.share)
    return own or ("" if quantity.unit == "位" else None)  # a rank says only where, its name stands before


def _leans(own: str | None) -> bool:
    return own is not None and bool(not own or BARE.fullmatch(own) or YIELD.fullmatch(own))


def _whole(statement: Statement, own: str | None, known: Mapping[Span, str | None]) -> str | None:
    """A statement's indicator, from its own words and from the indicator that it leans on."""
    if own is None or not _leans(own):
        return own
    named = _named_by(statement)
    before = (known[named.quantity.span] or "") if named else ""
    if YIELD.fullmatch(own):
        crop = CROP.fullmatch(before)
        return crop["crop"] + own if crop else own
    if not before or before.endswith("…"):
        return own or None
    if not own:
        return before
    kept = TAIL.sub("", ADDED.sub("", before) if re.match(TOTAL, own) else before)
    return kept + own.removeprefix("分别") if kept else own


def _named_by(statement: Statement) -> Statement | None:
    """The statement before, or where 分别 shares out changes (分别增长14%和21%) the one at the same place."""
    count = statement.share[1]
    at = statement.before
    for _ in range(count - 1 if count > 1 else 0):
        at = at.before if at else None
    return at
