"""Where sources contradict one another: copies with a changed number, an event on two days, a brand with two sizes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from zhengce.link.body import Told, body
from zhengce.link.closeness import closest, ratio
from zhengce.link.contradiction import contradict
from zhengce.link.event import Telling
from zhengce.link.statement import words
from zhengce.linked import Conflict, Copy, EventEntry, Observation, Report, Side
from zhengce.record import Fact, Record, Subsidy, Target

__all__ = ["conflicts"]

SAME_SENTENCE, SAME_WORDS = 70, 85  # of 100, numbers left out
SOON = 31  # days within which two sizes of a brand, as of the days of their reports, are of one time
LONGEST = 400
NUMBER = re.compile(r"[\d.,]+[千万亿]*")


def conflicts(
    reports: Sequence[Report],
    copies: Mapping[str, Copy],
    events: Iterable[tuple[EventEntry, Sequence[Telling]]],
    observations: Iterable[Observation],
    names: Mapping[str, str],
    duplicates: Mapping[str, str],
) -> tuple[Conflict, ...]:
    """The contradictions among the reports, each with all sides; `names` are those of the brands by their ids.

    What two words can both be true of (200余家, 216家) is none, nor are two days of a time series.
    """
    held = {one.id: one for one in reports}
    brands = [*_of_brands(observations, names)]
    told = {side.record for one in brands for side in one.sides}
    copied = (one for one in _in_copies(held, copies, duplicates) if not all(side.record in told for side in one.sides))
    return (*copied, *_in_events(events), *brands)


def _in_copies(
    held: Mapping[str, Report], copies: Mapping[str, Copy], duplicates: Mapping[str, str]
) -> Iterator[Conflict]:
    """Numbers that a copy changed, sentence by sentence, grouped by what the first one says."""
    sides: dict[tuple[str, str], list[Side]] = {}
    about: dict[tuple[str, str], str] = {}
    for copy in copies.values():
        if copy.copied_from is None or copy.kind == "identical":
            continue
        one, other = held[copy.copied_from], held[copy.report]
        for first, second in _changed(one, other):
            key = (one.id, first[0])
            sides.setdefault(key, [_side(one, *first)]).append(_side(other, *second))
            about[key] = NUMBER.sub("…", first[1].citation.quote)
    repeats: dict[str, list[tuple[str, Record, Report]]] = defaultdict(list)
    for report in held.values() if sides else ():
        for name, record in report.records:
            if name in duplicates:
                repeats[duplicates[name]].append((name, record, report))
    for key, told in sides.items():
        told += _followers(told, repeats, copies)
        yield Conflict(kind="value", about=about[key], sides=tuple(told), found_in="copies")


def _followers(
    told: Sequence[Side], repeats: Mapping[str, Sequence[tuple[str, Record, Report]]], copies: Mapping[str, Copy]
) -> list[Side]:
    """The other copies that say what one of the sides says."""
    known, cluster = {side.report for side in told}, copies[told[0].report].cluster
    return [
        _side(report, name, record)
        for side in told
        for name, record, report in repeats.get(side.record or "", ())
        if report.id not in known and copies[report.id].cluster == cluster
    ]


def _changed(one: Report, other: Report) -> Iterator[tuple[tuple[str, Record], tuple[str, Record]]]:
    """Records of two sentences that are the same but for a number."""
    sources = [told.words[:LONGEST] for told in body(one).told]
    for told in body(other).told:
        best = closest(_bare(told.words), [_bare(source) for source in sources], SAME_SENTENCE)
        if best is None or told.words == sources[best]:
            continue
        before, now = (list(_within(*pair)) for pair in ((one, body(one).told[best]), (other, told)))
        known, kept = ({_value(record) for _, record in held} for held in (before, now))
        for name, record in now:
            if _value(record) in known:
                continue
            for earlier, source in before:
                if _value(source) not in kept and _worded(source, record) and _differ(source, record):
                    yield (earlier, source), (name, record)
                    break


def _bare(sentence: str) -> str:
    return "".join(char for char in sentence[:LONGEST] if not char.isdigit())


def _within(report: Report, told: Told) -> Iterator[tuple[str, Record]]:
    return ((name, record) for name, record in report.records if record.citation.span in told.span)


def _worded(one: Record, other: Record) -> bool:
    same_unit = getattr(one, "unit", None) == getattr(other, "unit", None)
    here, there = words(one), words(other)
    return same_unit and bool(here and there) and ratio(here, there) >= SAME_WORDS


def _value(record: Record) -> tuple[Decimal, Decimal | None, str | None] | None:
    match record:
        case Target(value=Decimal() as value) | Fact(value=Decimal() as value):
            return value, record.value_max, record.bound
        case Subsidy(amount=Decimal() as amount):
            return amount, record.amount_max, record.bound
        case _:
            return None


def _differ(one: Record, other: Record) -> bool:
    here, there = _value(one), _value(other)
    return here is not None and there is not None and contradict(here, there)  # type: ignore[arg-type]


def _side(report: Report, name: str, record: Record) -> Side:
    value = _value(record)
    unit = getattr(record, "unit", None) or ("元" if isinstance(record, Subsidy) else "")
    return Side(
        report=report.id, document=report.document, value=f"{value[0]:f}{unit}" if value else "",
        quote=record.citation.quote, span=record.citation.span, record=name,
    )  # fmt: skip


def _in_events(events: Iterable[tuple[EventEntry, Sequence[Telling]]]) -> Iterator[Conflict]:
    for entry, told in events:
        for what in entry.conflicting:
            values = [(one, _said(one, what)) for one in told]
            sides = tuple(
                Side(
                    report=one.report.id, document=one.report.document, value=value, quote=one.event.citation.quote,
                    span=one.event.citation.span, record=one.id,
                )
                for one, value in values if value
            )  # fmt: skip
            yield Conflict(kind="date" if what == "date" else "place", about=entry.name, sides=sides, found_in="event")


def _said(one: Telling, what: str) -> str | None:
    if what == "place":
        return one.event.place
    first, last = one.event.starts, one.event.ends
    return "/".join(day.isoformat() for day in (first, last) if day) or None


def _of_brands(observations: Iterable[Observation], names: Mapping[str, str]) -> Iterator[Conflict]:
    """Sizes of a brand as of one time that cannot all be true; repeated ones stand beside what they repeat."""
    groups: dict[tuple[str, str], list[Observation]] = defaultdict(list)
    for one in observations:
        if one.attribute in ("workers", "output_yuan", "market_share"):
            groups[one.brand, one.attribute].append(one)
    for (brand, attribute), group in groups.items():
        for told in _same_time(group):
            values = [(Decimal(one.value), None, one.bound) for one in told]
            if any(contradict(here, there) for at, here in enumerate(values) for there in values[:at]):
                sides = tuple(
                    Side(
                        report=one.report, document=one.document, value=f"{one.value}{one.unit or ''}",
                        quote=one.quote, span=one.span, record=one.record,
                    )
                    for one in told
                )  # fmt: skip
                yield Conflict(kind="value", about=f"{names[brand]}: {attribute}", sides=sides, found_in="brand")


def _same_time(group: Sequence[Observation]) -> Iterator[list[Observation]]:
    """The observations as of the same stated day; and those as of the days of reports that are near each other."""
    stated: dict[date | None, list[Observation]] = defaultdict(list)
    loose: list[Observation] = []
    for one in group:
        if one.dated == "stated":
            stated[one.as_of].append(one)
        elif one.as_of:
            loose.append(one)
    yield from (told for told in stated.values() if len(told) > 1)
    loose.sort(key=lambda one: (one.as_of or date.max, one.id))
    while loose:
        first = loose[0].as_of or date.max
        near = [one for one in loose if ((one.as_of or date.max) - first).days <= SOON]
        if len(near) > 1:
            yield near
        loose = loose[len(near) :]
