"""What differs between units that answer each other: values, deadlines, duties, departments, instruments."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import itemgetter

from zhengce.compare.counterpart import counterparts
from zhengce.compare.direction import change_of
from zhengce.compare.duty import duty_differences, instrument_differences
from zhengce.compare.fold import fold
from zhengce.compare.modality import modality_differences
from zhengce.compare.value import Value, values
from zhengce.pair import Change, Difference, DifferenceKind, Member, Unit
from zhengce.record import Fact, Record, Subsidy, Target

__all__ = ["Pair", "differences"]

Pair = tuple[int, int]
TELLING = ("report", "news", "speech", "interpretation")


def differences(base: Member, member: Member, pairs: Sequence[Pair]) -> dict[Pair, tuple[Difference, ...]]:
    """The differences of each pair of units (rows in the baseline and in the document), the likeliest pair first.

    What one unit says and none of those that it answers does was added. Of what was split or merged, a value is told
    with the pair whose other unit shares most of its clause, the rest with the first pair. Values that both have are
    told too, as `equal`.
    """
    before = {row: values(base.units[row], base.date) for row in {row for row, _ in pairs}}
    after = {place: values(member.units[place], member.date) for place in {place for _, place in pairs}}
    first, second = _by_unit(base), _by_unit(member)
    matched = {
        (row, place): [
            (one, two, likely)
            for one, two, likely in counterparts(before[row], after[place])
            if _tells(base, first[row], before[row][one]) is _tells(member, second[place], after[place][two])
        ]
        for row, place in pairs
    }
    told: dict[Pair, list[Difference]] = {pair: [] for pair in pairs}
    for (row, place), held in matched.items():
        for one, two, likely in held:
            was, now = before[row][one], after[place][two]
            named = _indicator(second[place], now) or _indicator(first[row], was)
            told[row, place].append(_both(was, now, change_of(was, now, base, member), named, likely))
    for pair, value in _unmatched(after, matched, 1, base.units):
        told[pair].append(_one("added", value, _indicator(second[pair[1]], value)))
    for pair, value in _unmatched(before, matched, 0, member.units):
        told[pair].append(_one("dropped", value, _indicator(first[pair[0]], value)))
    for pair, found in told.items():
        found += modality_differences(base.units[pair[0]], member.units[pair[1]])
    for compared in (duty_differences, instrument_differences):
        for place, pair in _firsts(pairs, side=1).items():
            answered = [record for row, other in pairs if other == place for record in first[row]]
            of_unit = compared(base, answered, member, second[place])
            told[pair] += [*of_unit.added, *of_unit.changed]
        for row, pair in _firsts(pairs, side=0).items():
            answering = [record for other, place in pairs if other == row for record in second[place]]
            told[pair] += compared(base, first[row], member, answering).dropped
    return {pair: tuple(found) for pair, found in told.items()}


def _by_unit(member: Member) -> list[list[Record]]:
    """The records that stand in each unit of a document."""
    starts = [unit.span.start for unit in member.units]
    held: list[list[Record]] = [[] for _ in starts]
    for _, record in member.records:
        span = record.citation.span
        for at in range(max(bisect_right(starts, span.start) - 1, 0), bisect_left(starts, span.end)):
            if span.overlaps(member.units[at].span):
                held[at].append(record)
    return held


def _firsts(pairs: Iterable[Pair], side: int) -> dict[int, Pair]:
    """The first pair in which each unit of a side stands."""
    found: dict[int, Pair] = {}
    for pair in pairs:
        found.setdefault(pair[side], pair)
    return found


def _unmatched(
    held: Mapping[int, Sequence[Value]],
    matched: Mapping[Pair, Iterable[tuple[int, int, float]]],
    side: int,
    facing: Sequence[Unit],
) -> Iterator[tuple[Pair, Value]]:
    """The values of a side that no pair of their unit matches, with the one of these pairs that they belong to."""
    for place, found in held.items():
        pairs = [pair for pair in matched if pair[side] == place]
        taken = {at[side] for pair in pairs for at in matched[pair]}
        for at, value in enumerate(found):
            if at not in taken:
                yield max(pairs, key=lambda pair: _shared(value, facing[pair[1 - side]])), value


def _shared(value: Value, unit: Unit) -> int:
    """How many pairs of characters of a value's clause a unit has."""
    text = fold(unit.text).text
    return sum(value.clause[at : at + 2] in text for at in range(len(value.clause) - 1))


def _tells(member: Member, records: Iterable[Record], value: Value) -> bool:
    """Whether a value of a report tells a result and no goal: last year's growth is not this year's target.

    A policy sets what it says; a figure in one is a result only by a mistake.
    """
    if member.kind not in TELLING:
        return False
    over = [record for record in records if value.span in record.citation.span]
    return bool(over) and all(isinstance(record, Fact) for record in over)


def _both(one: Value, two: Value, change: Change, indicator: str | None, likely: float) -> Difference:
    return Difference(
        kind="deadline" if two.date else "value", change=change, confidence=likely, indicator=indicator,
        unit=two.unit, per=two.per,
        base_words=one.words, base_span=one.span, base_value=one.number, base_value_max=one.upper,
        base_bound=one.bound, base_date=one.date,
        words=two.words, span=two.span, value=two.number, value_max=two.upper, bound=two.bound, date=two.date,
    )  # fmt: skip


def _one(change: Change, value: Value, indicator: str | None) -> Difference:
    """A value that only one side has."""
    kind: DifferenceKind = "deadline" if value.date else "value"
    if change == "dropped":
        return Difference(
            kind=kind, change=change, indicator=indicator, unit=value.unit, per=value.per,
            base_words=value.words, base_span=value.span, base_value=value.number, base_value_max=value.upper,
            base_bound=value.bound, base_date=value.date,
        )  # fmt: skip
    return Difference(
        kind=kind, change=change, indicator=indicator, unit=value.unit, per=value.per,
        words=value.words, span=value.span, value=value.number, value_max=value.upper, bound=value.bound,
        date=value.date,
    )  # fmt: skip


def _indicator(records: Iterable[Record], value: Value) -> str | None:
    """What a value measures: by the record that it stands in, else by the words in front of it."""
    named = [
        (len(record.citation.span), record.instrument if isinstance(record, Subsidy) else record.indicator)
        for record in (() if value.date else records)
        if isinstance(record, Target | Fact | Subsidy) and value.span in record.citation.span
    ]
    return next((name for _, name in sorted(named, key=itemgetter(0)) if name), None) or value.name or None
