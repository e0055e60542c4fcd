"""Everything that is the same thing in the reports of a dataset, found in one go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from zhengce.link.alias import Alias
from zhengce.link.brand import brand_entries, display_name
from zhengce.link.brand_group import grouped
from zhengce.link.brand_mention import Mention, mentions
from zhengce.link.conflict import conflicts
from zhengce.link.copy import copies
from zhengce.link.department import department_entries
from zhengce.link.event import event_entries
from zhengce.link.instrument import instrument_entries
from zhengce.link.observation import observations
from zhengce.link.retold import retold
from zhengce.linked import Linked, Naming, Observation, Report

__all__ = ["linked"]

Pair = tuple[Mention, Mention, Alias]
Group = tuple[str, str, list[Mention]]


def linked(reports: Sequence[Report]) -> Linked:
    """The copies, repeated statements, events, brands, departments, instruments and conflicts among reports.

    What comes out depends on the reports alone, not on their order.
    """
    ordered = sorted(reports, key=lambda one: one.id)
    copied = copies(ordered)
    duplicates = retold(ordered, copied)
    events = event_entries(ordered, copied)
    named, pairs = mentions(ordered)
    groups = _brands(named, pairs)
    told = (
        *observations([(one, held) for one, _, held in groups], ordered, duplicates),
        *_other_names(ordered, groups, pairs),
    )
    found = conflicts(ordered, copied, events, told, {one: name for one, name, _ in groups}, duplicates)
    return Linked(
        reports=tuple(reports), copies=copied, duplicates=duplicates, events=tuple(entry for entry, _ in events),
        brands=brand_entries(groups, told, ordered, found), namings=tuple(_namings(ordered, groups)),
        observations=told,
        departments=department_entries(ordered), instruments=instrument_entries(ordered, duplicates), conflicts=found,
    )  # fmt: skip


def _brands(told: Sequence[Mention], pairs: Sequence[Pair]) -> list[Group]:
    """The brands with ids in the order of their names, each with its name and mentions."""
    former = frozenset(alias.alias for _, _, alias in pairs if alias.kind == "former")
    named = [(display_name(group, former), group) for group, _ in grouped(told, pairs)]
    named.sort(key=lambda one: (one[0], sorted(mention.code or "" for mention in one[1])[-1]))
    return [(f"brand-{at}", name, group) for at, (name, group) in enumerate(named, start=1)]


def _namings(reports: Sequence[Report], groups: Sequence[Group]) -> Iterator[Naming]:
    held = {one.id: one for one in reports}
    for brand, _, group in groups:
        for one in group:
            report = held[one.report]
            yield Naming(
                brand=brand, name=one.name, report=one.report, document=report.document, record=one.record,
                region_code=one.code, quote=report.text[one.span.start : one.span.end], span=one.span,
            )  # fmt: skip


def _other_names(reports: Sequence[Report], groups: Sequence[Group], pairs: Sequence[Pair]) -> Iterator[Observation]:
    """What reports say of other names of a brand, as observations with the words that say so."""
    held = {one.id: one for one in reports}
    brands = {mention: brand for brand, _, group in groups for mention in group}
    shown = {brand: name for brand, name, _ in groups}
    counts: Counter[str] = Counter()
    for one, other, alias in pairs:
        brand, report = brands[one], held[one.report]
        counts[brand] += 1
        span = alias.span.shift(report.span.start)
        yield Observation(
            id=f"{brand}-alias-{counts[brand]}", brand=brand, attribute="alias",
            value=other.name if other.name != shown[brand] else one.name, as_of=report.date,
            dated="report" if report.date else None, report=report.id, record=one.record, document=report.document,
            quote=report.text[span.start : span.end], span=span,
        )  # fmt: skip
