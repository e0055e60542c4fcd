"""The registry of instruments: what each subsidy pays, where and from when."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from zhengce.linked import InstrumentEntry, Report, Standard
from zhengce.record import Subsidy

__all__ = ["instrument_entries"]

# words before an instrument's name that are none of it: 给予一次性奖补 and 一次性奖补
LEAD = "按照?规定|按标准|给予|发放|享受|予以|落实|申领|申请|每人|相应|适当|一定|一次性?给予"
BEFORE = re.compile(rf"^(?:{LEAD}|[可按的](?={LEAD}|[可按的]))+的?")
NOT_WORDS = re.compile(r"[^\u4e00-\u9fffA-Za-z0-9]")


def instrument_entries(reports: Sequence[Report], duplicates: Mapping[str, str]) -> tuple[InstrumentEntry, ...]:
    """One entry an instrument with an amount, a rate or a relief, its standards in the order of their days.

    A standard that repeats that of an earlier report has `duplicate_of` and stays.
    """
    groups: dict[str, list[tuple[str, Subsidy, Report]]] = defaultdict(list)
    for report in reports:
        for name, record in report.records:
            if isinstance(record, Subsidy) and record.instrument and record.kind != "unpriced":
                groups[_folded(record.instrument)].append((name, record, report))
    ordered = sorted(groups.items(), key=lambda one: (-len(one[1]), one[0]))
    return tuple(_entry(f"instrument-{at}", key, group, duplicates) for at, (key, group) in enumerate(ordered, start=1))


def _folded(instrument: str) -> str:
    bare = NOT_WORDS.sub("", BEFORE.sub("", instrument))
    return bare or instrument


def _entry(
    name: str, shown: str, group: Sequence[tuple[str, Subsidy, Report]], duplicates: Mapping[str, str]
) -> InstrumentEntry:
    standards = [
        Standard(
            instrument=name, region=report.region, region_code=report.region_code, date=report.date, report=report.id,
            record=record, duplicate_of=duplicates.get(record) or told.duplicate_of,
        )
        for record, told, report in sorted(group, key=lambda one: (one[2].date or date.max, one[0]))
    ]  # fmt: skip
    days = [one.date for one in standards if one.date]
    return InstrumentEntry(
        id=name, name=shown, printed=tuple(dict.fromkeys(told.instrument for _, told, _ in group if told.instrument)),
        regions=tuple(dict.fromkeys(one.region for one in standards if one.region)),
        first_seen=min(days, default=None), last_seen=max(days, default=None),
        documents=tuple(dict.fromkeys(report.document for _, _, report in group)), standards=tuple(standards),
    )  # fmt: skip
