"""Where sources contradict one another: copies with a changed number, an event on two days, a brand with two sizes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from zhengce.link.contradiction import contradict
from zhengce.link.event import Telling
from zhengce.link.miscopied import miscopied
from zhengce.linked import FIGURES, Conflict, Copy, EventEntry, Observation, Report, Side

__all__ = ["conflicts"]

SOON = 31  # days within which two sizes of a brand, as of the days of their reports, are of one time


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
    copied = (one for one in miscopied(held, copies, duplicates) if not all(side.record in told for side in one.sides))
    return (*copied, *_in_events(events), *brands)


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
        if one.attribute in FIGURES:
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
