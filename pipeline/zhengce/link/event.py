"""Events that several reports tell of, joined by name, day, place and by the copies of a report."""

from __future__ import annotations

import datetime
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from zhengce.link.event_name import EventName, event_name, same_name
from zhengce.link.place_name import same_place
from zhengce.link.territory import compatible
from zhengce.link.union import united
from zhengce.linked import Copy, EventEntry, Report
from zhengce.record import Event

__all__ = ["Telling", "event_entries", "tellings"]

SLIP = 3  # days by which two reports of one event can be apart
SOON = 15  # days between the reports where one does not tell the day
GENERAL = 6  # characters of a name that is hardly more than the word for such events
NATIONAL = re.compile(r"中央|全国|国家|国务院|中共中央")  # what reports of all provinces speak of
LAST = datetime.date.max


@dataclass(frozen=True, slots=True, eq=False)
class Telling:
    """An event as one report tells it."""

    id: str
    event: Event
    report: Report
    name: EventName


def tellings(reports: Sequence[Report]) -> list[Telling]:
    """The events that the reports tell, in the order of their days."""
    found = [
        Telling(record, event, report, event_name(event.name))
        for report in reports
        for record, event in report.records
        if isinstance(event, Event)
    ]
    return sorted(found, key=lambda one: (_day(one) or LAST, one.report.date or LAST, one.id))


def event_entries(reports: Sequence[Report], copies: Mapping[str, Copy]) -> list[tuple[EventEntry, list[Telling]]]:
    """The events of the reports, each with its tellings, in the order of their days.

    Two tellings are of one event where their names agree, their days are at most three apart (in copies of one report:
    however far), and their regions do not contradict one another. Where they tell different days or places, the entry
    has none and says so in `conflicting`.
    """
    told = tellings(reports)
    by_id = {one.id: one for one in told}
    pairs = [(one.id, other.id) for one, other in _near(told, copies) if _same(one, other, copies)]
    groups = [[by_id[key] for key in group] for group in united(by_id, pairs)]
    return [(_entry(f"event-{number}", group), group) for number, group in enumerate(groups, start=1)]


def _day(one: Telling) -> datetime.date | None:
    return one.event.starts or one.report.date


def _near(told: Sequence[Telling], copies: Mapping[str, Copy]) -> Iterator[tuple[Telling, Telling]]:
    """Pairs whose days are near, by a window over the days, those of one name without a day, those of a copy and its
    source.
    """
    dated = [(day, one) for one in told if (day := _day(one))]
    dated.sort(key=lambda one: (one[0], one[1].id))
    for at, (day, one) in enumerate(dated):
        last = max(day, one.event.ends or day)
        for later, other in islice(dated, at + 1, None):
            if (later - last).days > SOON:
                break
            yield one, other
    by_name: dict[str, list[Telling]] = defaultdict(list)
    by_report: dict[str, list[Telling]] = defaultdict(list)
    for one in told:
        by_name[one.name.words].append(one)
        by_report[one.report.id].append(one)
    for group in by_name.values():
        yield from ((one, other) for one in group if _day(one) is None for other in group if other is not one)
    for one in told:
        source = copies[one.report.id].copied_from
        yield from ((other, one) for other in (by_report.get(source, ()) if source else ()))


def _same(one: Telling, other: Telling, copies: Mapping[str, Copy]) -> bool:
    copied = copies[one.report.id].cluster == copies[other.report.id].cluster and one.report.id != other.report.id
    here, there = one.event, other.event
    if not copied:
        if here.starts and there.starts:
            if _apart(here, there) > SLIP:
                return False
        elif (day := _day(one)) and (later := _day(other)) and abs((day - later).days) > SOON:
            return False
        national = here.name == there.name and NATIONAL.search(here.name)
        if not national and not compatible(one.report.region_code, other.report.region_code):
            return False
    if same_name(one.name, other.name):
        return copied or not (here.place and there.place) or bool(here.starts or there.starts)
    same_day = bool(here.starts and here.starts == there.starts)
    short, long = sorted((one.name.words, other.name.words), key=len)
    if same_day and len(short) <= GENERAL and long.endswith(short):  # 4月2日的动员会
        return True
    return (
        here.kind == there.kind and same_day and one.report.id != other.report.id
        and bool(here.place and there.place and same_place(here.place, there.place))
    )  # fmt: skip


def _apart(one: Event, other: Event) -> int:
    """Days between two events; none where their days overlap."""
    days = [(event.starts, event.ends or event.starts) for event in (one, other) if event.starts]
    first, second = sorted((start, end) for start, end in days if end)
    return max(0, (second[0] - first[1]).days)


def _entry(name: str, group: Sequence[Telling]) -> EventEntry:
    events = [one.event for one in group]
    dated = [one for one in events if one.starts]
    agree = all(_apart(one, dated[0]) == 0 for one in dated)
    places = list(dict.fromkeys(one.place for one in events if one.place))
    places_agree = all(same_place(place, other) for place in places for other in places)
    names = Counter(one.name for one in events)
    widest = max(dated, key=lambda one: (one.ends or one.starts or LAST) - (one.starts or LAST), default=None)
    regions = Counter(one.region for one in events if one.region)
    return EventEntry(
        id=name,
        name=max(names, key=lambda told: (len(event_name(told).words) > GENERAL, names[told], len(told), told)),
        kind=Counter(one.kind for one in events).most_common(1)[0][0],
        starts=widest.starts if widest and agree else None,
        ends=widest.ends if widest and agree else None,
        place=max(places, key=len) if places and places_agree else None,
        region=regions.most_common(1)[0][0] if regions else None,
        names=tuple(dict.fromkeys(one.name for one in events)),
        dates=tuple(sorted({one.starts.isoformat() for one in dated if one.starts})),
        places=tuple(places),
        hosts=tuple(dict.fromkeys(host for one in events for host in one.hosts)),
        reports=tuple(dict.fromkeys(one.report.id for one in group)),
        records=tuple(one.id for one in group),
        conflicting=tuple(what for what, holds in (("date", agree), ("place", places_agree)) if not holds),
    )
