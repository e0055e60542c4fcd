"""Which reports are about the same matter: they tell the same rare numbers, in the same region, at the same time."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import combinations

from zhengce.link.territory import compatible
from zhengce.linked import Copy, Report
from zhengce.record import Fact, Record, Subsidy, Target

__all__ = ["SMALL", "matters", "number_of"]

Number = tuple[Decimal, str]
DAYS = 90  # between a notice, its interpretation and the press
FEWEST, WEIGHT = 2, 3.0  # numbers in common, and the sum of their weights (natural logarithms of how rare they are)
SHARE = 0.25  # of the numbers of the report that has fewer: long ones have some in common by chance
SMALL = Decimal(9)  # every text has numbers up to here
COMMON = 60  # a number that more reports have tells nothing, and would cost the square of them


def matters(reports: Sequence[Report], copies: Mapping[str, Copy]) -> frozenset[tuple[str, str]]:
    """The pairs of reports that are about one matter, by their ids, both ways round, but for those of one cluster.

    A number weighs the more the fewer of the clusters have it (inverse document frequency).
    """
    by_number: dict[Number, list[Report]] = defaultdict(list)
    counts: dict[str, int] = {}
    for report in reports:
        told = {number for _, record in report.records if (number := number_of(record)) and number[0] > SMALL}
        counts[report.id] = len(told)
        for number in told:
            by_number[number].append(report)
    clusters = len({one.cluster for one in copies.values()})
    shared: dict[tuple[str, str], list[float]] = defaultdict(list)
    held = {one.id: one for one in reports}
    for holders in by_number.values():
        if len(holders) > COMMON:
            continue
        weight = math.log(clusters / len({copies[one.id].cluster for one in holders}))
        for one, other in combinations(holders, 2):
            if copies[one.id].cluster == copies[other.id].cluster:
                continue
            shared[one.id, other.id].append(weight)
    found = {
        pair
        for pair, weights in shared.items()
        if len(weights) >= max(FEWEST, SHARE * min(counts[pair[0]], counts[pair[1]]))
        and sum(weights) >= WEIGHT
        and _together(held[pair[0]], held[pair[1]])
    }
    return frozenset(found | {(other, one) for one, other in found})


def number_of(record: Record) -> Number | None:
    """The number and unit that a record rests on; yuan for a subsidy.

    >>> from zhengce.flow import annotate
    >>> [number_of(one) for one in annotate("对参训人员按每人1800元给予补贴。", judges=())["subsidies"]]
    [(Decimal('1800'), '元')]
    """
    match record:
        case Target(value=Decimal() as value) | Fact(value=Decimal() as value):
            return value, record.unit or ""
        case Subsidy(amount=Decimal() as amount):
            return amount, "元"
        case _:
            return None


def _together(one: Report, other: Report) -> bool:
    near = one.date is not None and other.date is not None and abs((one.date - other.date).days) <= DAYS
    return near and one.document != other.document and compatible(one.region_code, other.region_code)
