"""Statements that several reports make: a notice, its interpretation, the press, and the copies of each."""

from __future__ import annotations

import datetime
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from zhengce.link.closeness import partly_close
from zhengce.link.matter import SMALL, matters, number_of
from zhengce.link.statement import alike, words
from zhengce.link.territory import compatible
from zhengce.linked import Copy, Report
from zhengce.record import Record, Subsidy, Target

__all__ = ["retold"]

LAST = datetime.date.max
MONTHS = 180  # days between two reports that can speak of the same figure: less than between yearly editions
SAME_WORDS, FEWEST = 75, 5  # of 100, over the shorter of two quotes of so many characters at least
WORDED = 45  # the same between reports of one matter
YEAR = re.compile(r"20\d\d(?=年)")


@dataclass(frozen=True, slots=True, eq=False)
class _Told:
    """A record in its report; `alone` says that no other number of the report is the same."""

    name: str
    record: Record
    report: Report
    alone: bool


def retold(reports: Sequence[Report], copies: Mapping[str, Copy]) -> Mapping[str, str]:
    """Each record that repeats one of another report, with the id of the first: that of the earliest, complete one.

    Targets and facts may repeat one another: the press tells as done what a notice demands. The number must be the
    same. Between reports of one matter (`matters`) that is enough where it stands once in each; between others the
    words must agree too, and their regions, years and days must not contradict one another. A record that repeats an
    earlier one of its own document is left as it is.
    """
    order = sorted(
        reports, key=lambda one: (one.date or LAST, copies[one.id].representative != one.id, one.document, one.span)
    )
    together = matters(reports, copies)
    seen: dict[object, list[_Told]] = defaultdict(list)
    found: dict[str, str] = {}
    for report in order:
        fresh = []
        for key, told in _statements(report):
            first = next((one for one in seen[key] if _same(one, told, together, copies)), None)
            if first:
                found[told.name] = first.name
            else:
                fresh.append((key, told))
        for key, told in fresh:
            seen[key].append(told)
    return found


def _statements(report: Report) -> list[tuple[object, _Told]]:
    keyed = [
        ((isinstance(record, Subsidy), *number), name, record)
        for name, record in report.records
        if record.duplicate_of is None and (number := number_of(record))
    ]
    counts = Counter(key for key, _, _ in keyed)
    return [(key, _Told(name, record, report, counts[key] == 1)) for key, name, record in keyed]


def _same(one: _Told, other: _Told, together: frozenset[tuple[str, str]], copies: Mapping[str, Copy]) -> bool:
    before, report = one.report, other.report
    if before.document == report.document or not _times_agree(one.record, other.record):
        return False
    if copies[before.id].cluster == copies[report.id].cluster or (before.id, report.id) in together:
        alone = one.alone and other.alone and _counts(one.record)
        return alone or _worded(one.record, other.record, WORDED if _counts(one.record) else SAME_WORDS)
    apart = before.date and report.date and abs((before.date - report.date).days) > MONTHS
    if apart or not compatible(before.region_code, report.region_code):
        return False
    same_place = before.region_code is not None and before.region_code == report.region_code
    return alike(one.record, other.record) or (same_place and _worded(one.record, other.record))


def _counts(record: Record) -> bool:
    """Whether a number is one that two texts hardly share by chance: no share and no handful."""
    value, unit = number_of(record) or (SMALL, "")
    return value > SMALL and unit not in ("%", "个百分点", "位")


def _worded(one: Record, other: Record, least: int = SAME_WORDS) -> bool:
    quotes = words(one), words(other)
    return min(map(len, quotes)) >= FEWEST and partly_close(*quotes) >= least


def _times_agree(one: Record, other: Record) -> bool:
    """Whether neither the deadlines nor the years of two statements contradict one another."""
    if isinstance(one, Target) and isinstance(other, Target) and one.deadline and other.deadline:
        return one.deadline.year == other.deadline.year
    years = [set(YEAR.findall(record.citation.quote)) for record in (one, other)]
    return not (years[0] and years[1]) or bool(years[0] & years[1])
