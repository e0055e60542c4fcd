"""The spread of a policy as an event history: a row a region and month, until the region adopts it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence

from zhengce.pair import AtRisk, Member, Reproduction

__all__ = ["diffusion"]


def diffusion(base: Member, members: Sequence[Member], found: Mapping[str, Reproduction]) -> Iterator[AtRisk]:
    """The panel of a set of documents, from the month of the baseline to that of each document.

    A region stands in it once, with its first document that answers anything of the baseline; documents without a date,
    or older than the baseline, are left out: their time at risk is not known. Form of the data: discrete-time event
    history analysis as in studies of policy diffusion (Berry and Berry 1990).
    """
    if base.date is None:
        return
    adopters: dict[str, Member] = {}
    for member in sorted(members, key=lambda one: (one.date or datetime.date.max, one.document)):
        dated = member.date is not None and member.date >= base.date
        if dated and found[member.document].answered and member.document != base.document:
            adopters.setdefault(member.region or member.document, member)
    since = {region: _months(base.date, member.date) for region, member in adopters.items() if member.date}
    for region, member in adopters.items():
        for month in range(since[region] + 1):
            yield AtRisk(
                member=member, month=_later(base.date, month), months_since=month, adopted=month == since[region],
                adopters_before=sum(other < month for other in since.values()),
            )  # fmt: skip


def _months(first: datetime.date, last: datetime.date) -> int:
    return 12 * (last.year - first.year) + last.month - first.month


def _later(day: datetime.date, months: int) -> datetime.date:
    """The first day of the month so much later."""
    at = day.month - 1 + months
    return datetime.date(day.year + at // 12, at % 12 + 1, 1)
