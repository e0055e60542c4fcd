"""Everything that is the same thing in the reports of a dataset, found in one go."""

from __future__ import annotations

from collections.abc import Sequence

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
from zhengce.linked import Linked, Report

__all__ = ["linked"]


def linked(reports: Sequence[Report]) -> Linked:
    """The copies, repeated statements, events, brands, departments, instruments and conflicts among reports.

    What comes out depends on the reports alone, not on their order.
    """
    ordered = sorted(reports, key=lambda one: one.id)
    copied = copies(ordered)
    duplicates = retold(ordered, copied)
    events = event_entries(ordered, copied)
    groups = _brands(ordered)
    told = tuple(observations([(one, held) for one, _, held in groups], ordered, duplicates))
    found = conflicts(ordered, copied, events, told, {one: name for one, name, _ in groups})
    return Linked(
        reports=tuple(reports), copies=copied, duplicates=duplicates, events=tuple(entry for entry, _ in events),
        brands=brand_entries(groups, told, ordered, found), observations=told,
        departments=department_entries(ordered), instruments=instrument_entries(ordered, duplicates), conflicts=found,
    )  # fmt: skip


def _brands(reports: Sequence[Report]) -> list[tuple[str, str, list[Mention]]]:
    """The brands with ids in the order of their names, each with its name and mentions."""
    told, pairs = mentions(reports)
    former = _former(pairs)
    named = [(display_name(group, former), group) for group, _ in grouped(told, pairs)]
    named.sort(key=lambda one: (one[0], sorted(mention.code or "" for mention in one[1])[-1]))
    return [(f"brand-{at}", name, group) for at, (name, group) in enumerate(named, start=1)]


def _former(pairs: Sequence[tuple[Mention, Mention, Alias]]) -> frozenset[str]:
    return frozenset(alias.alias for _, _, alias in pairs if alias.kind == "former")
