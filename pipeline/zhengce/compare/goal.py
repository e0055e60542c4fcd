"""What documents set and tell for each canonical indicator: one row a goal or figure, one of them chosen."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from zhengce.compare.goal_passage import goal_passages
from zhengce.compare.indicator import canonical
from zhengce.compare.measured import indicators
from zhengce.compare.worded import Worded, worded
from zhengce.lexicon import alternation, column
from zhengce.name.place import find_place
from zhengce.pair import Goal, Member
from zhengce.record import Fact, Record, Target
from zhengce.text import Span

__all__ = ["by_indicator"]

# 二、2025年重点工作: what a report plans below it is for that year
YEAR_LINE = re.compile(r"(?m)^[^\n。，]{0,4}((?:19|20)\d\d)年[^\n。，]{0,24}$")
NATION = re.compile("全国|我国|国内生产总值")
LISTING = ("、", "和", "及", "与")
LEADING, MAKING = (alternation(column("indicator_words", "word", kind=kind)) for kind in ("leading", "making"))
ADDING = re.compile(f"{LEADING}*{MAKING}")
TOTAL = re.compile("累计|总[数量]|达|现有|拥有|保有")
PART = re.compile("^(?:各|每)|其中")


def by_indicator(members: Sequence[Member]) -> tuple[Goal, ...]:
    """The targets and figures of some documents whose indicator is canonical, and their goals in words.

    Rows are in the order of the members, the lexicon's indicators and the text. Of each document and indicator one is
    `chosen`: in a passage of headline goals rather than elsewhere, of the whole territory rather than of a part, with
    a number rather than in words, then the first. A figure is chosen only where the document sets no goal at all (a
    bulletin): what a work report tells of the last year is never shown as a goal.
    """
    order = {one.id: place for place, one in enumerate(indicators())}
    return tuple(
        goal
        for member in members
        for goal in sorted(_chosen(member, _goals(member)), key=lambda goal: (order[goal.indicator.id], goal.span))
    )


def _goals(member: Member) -> list[Goal]:
    passages = goal_passages(member)
    found = [goal for record_id, record in member.records if (goal := _recorded(member, record_id, record, passages))]
    said = list(_worded(member, passages))
    spans = {goal.span for goal in said}
    return [_timed(member, goal) for goal in [*(one for one in found if one.span not in spans), *said]]


def _recorded(member: Member, record_id: str, record: Record, passages: Sequence[Span]) -> Goal | None:
    """The row of a target or fact with a number; None where its indicator is not canonical."""
    if not isinstance(record, Target | Fact) or record.value is None:
        return None
    span, quote = record.citation.span, record.citation.quote
    name = _at_home(member, record.indicator)
    added = canonical(f"新增{name}", record.unit, quote) if name and _adds(member, span) else None
    one = added or canonical(name, record.unit, quote)
    if not one:
        return None
    return Goal(
        document=member.document, indicator=one, printed=record.indicator or one.zh,
        kind="target" if isinstance(record, Target) else "fact", value=record.value, value_max=record.value_max,
        bound=record.bound, unit=record.unit, deadline=record.deadline if isinstance(record, Target) else None,
        headline=_within(span, passages), record=record_id, quote=quote, span=span,
    )  # fmt: skip


def _worded(member: Member, passages: Sequence[Span]) -> Iterator[Goal]:
    """The goals in words: of the passages of goals, and of records without a number elsewhere."""
    wordy = {
        record.citation.span: (record_id, record)
        for record_id, record in member.records
        if isinstance(record, Target) and record.value is None
    }
    elsewhere = [span for span in wordy if not _within(span, passages)]
    for stretch in [*passages, *elsewhere]:
        for said in worded(member.text, stretch):
            overlapping = (held for span, held in wordy.items() if span.overlaps(said.span))
            yield _in_words(member, said, stretch in passages, *next(overlapping, (None, None)))


def _in_words(member: Member, said: Worded, headline: bool, record_id: str | None, record: Target | None) -> Goal:
    return Goal(
        document=member.document, indicator=said.indicator, printed=said.printed, kind="target", words=said.words,
        deadline=record.deadline if record else None, headline=headline, record=record_id,
        quote=member.text[said.span.start : said.span.end], span=said.span,
    )  # fmt: skip


def _at_home(member: Member, indicator: str | None) -> str | None:
    """A record's indicator without the name of the document's own region before it: 某省地区生产总值."""
    place = find_place(member.region or "")
    for name in (place.name, place.short) if indicator and place else ():
        indicator = indicator.removeprefix(name) if indicator else indicator
    return indicator


def _adds(member: Member, span: Span) -> bool:
    """Whether an item of a list has the verb at its head: 新增高新技术企业20家、科技型中小企业50家."""
    start = max(member.text.rfind(mark, 0, span.start) for mark in "，,；;。：:\n") + 1
    head = member.text[start : span.start]
    return bool(head.endswith(LISTING) and ADDING.match(head) and not TOTAL.search(member.text, start, span.end))


def _within(span: Span, stretches: Iterable[Span]) -> bool:
    return any(stretch.overlaps(span) for stretch in stretches)


def _timed(member: Member, goal: Goal) -> Goal:
    """The goal with the year of the line over it, where it is a report's and tells no time of its own."""
    if goal.kind != "target" or goal.deadline or member.kind != "report":
        return goal
    told = [int(line[1]) for line in YEAR_LINE.finditer(member.text, 0, goal.span.start)]
    if not told or (member.date and told[-1] < member.date.year):
        return goal
    return replace(goal, deadline=datetime.date(told[-1], 12, 31))


def _chosen(member: Member, goals: Sequence[Goal]) -> Iterator[Goal]:
    """The goals, the one of each indicator marked that stands for the document."""
    aims = any(goal.words for goal in goals) or any(isinstance(record, Target) for _, record in member.records)

    def key(goal: Goal) -> str:
        return goal.indicator.id

    for _, same in groupby(sorted(goals, key=key), key=key):
        held = sorted(same, key=lambda goal: _rank(member, goal))
        first = held[0]
        yield replace(first, chosen=first.kind == "target" or not aims)
        yield from held[1:]


def _rank(member: Member, goal: Goal) -> tuple[bool, bool, bool, bool, Span]:
    nation = member.level not in (None, "central") and NATION.search(goal.quote)
    part = goal.bound == "each>=" or bool(nation or PART.search(goal.quote))
    return goal.kind == "fact", not goal.headline, part, goal.words is not None, goal.span
