"""The registry of brands (劳务品牌资源库): one entry a brand, each cell an observation, later ones beside earlier."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from zhengce.link.brand_mention import Mention
from zhengce.link.closeness import edits_apart
from zhengce.linked import FIGURES, Attribute, BrandEntry, Conflict, Observation, Report
from zhengce.record import Brand

__all__ = ["brand_entries", "display_name"]

ALIKE = 1  # characters by which two names of one region differ that may be one brand's


def display_name(mentions: Sequence[Mention], former: frozenset[str]) -> str:
    """The name that most mentions have, of those that the brand still bears; the fuller one where two are as many."""
    names = Counter(one.name for one in mentions)
    current = [name for name in names if name not in former] or list(names)
    told = {one.name: one for one in mentions}
    return max(current, key=lambda name: (told[name].stem != name, names[name], len(name), name))


def brand_entries(
    groups: Sequence[tuple[str, str, Sequence[Mention]]],
    observations: Iterable[Observation],
    reports: Sequence[Report],
    found: Iterable[Conflict],
) -> tuple[BrandEntry, ...]:
    """The registry: `groups` are id, name and mentions of each brand.

    A cell rests on the latest observation, of those as of one day on an exact one that repeats no earlier one; a report
    of a later day adds an observation and changes none. Where sources contradict one another about a figure the cell is
    empty and `conflicting` says so.
    """
    held = {one.id: one for one in reports}
    by_brand: dict[str, list[Observation]] = {}
    for one in observations:
        by_brand.setdefault(one.brand, []).append(one)
    disputed = {side.record for one in found if one.found_in == "brand" for side in one.sides if side.record}
    entries = [_entry(*group, by_brand.get(group[0], []), held, disputed) for group in groups]
    return tuple(_with_similar(entries))


def _entry(
    name: str, shown: str, mentions: Sequence[Mention], told: Sequence[Observation], held: Mapping[str, Report],
    disputed: set[str],
) -> BrandEntry:  # fmt: skip
    cells: dict[Attribute, Observation] = {}
    for one in sorted(told, key=lambda one: (one.duplicate_of is None, one.as_of or date.min, one.bound == "=")):
        kept = cells.get(one.attribute)
        if one.attribute == "status" and kept and kept.value == one.value:
            continue  # since when it has been so
        if one.attribute in ("region", "industry") and kept and len(kept.value) >= len(one.value):
            continue
        cells[one.attribute] = one
    conflicting = tuple(
        attribute for attribute in FIGURES if attribute in cells and cells[attribute].record in disputed
    )
    days = [day for one in mentions if (day := held[one.report].date)]
    codes = Counter(one.code for one in mentions if one.code)
    kinds = {record.kind for one in mentions for record in [_brand(held[one.report], one.record)] if record}
    return BrandEntry(
        id=name, name=shown, kind=next(iter(sorted(kinds)), "labour_brand"),
        aliases=tuple(sorted({one.name for one in mentions} - {shown})),
        region_code=max(codes, key=lambda code: (not code.endswith("00"), codes[code], code)) if codes else None,
        cells={attribute: one for attribute, one in cells.items() if attribute not in conflicting},
        first_seen=min(days, default=None), last_seen=max(days, default=None),
        reports=tuple(dict.fromkeys(one.report for one in mentions)),
        records=tuple(dict.fromkeys(one.record for one in mentions if one.record)), conflicting=conflicting,
    )  # fmt: skip


def _brand(report: Report, record: str | None) -> Brand | None:
    told = next((told for name, told in report.records if name == record), None)
    return told if isinstance(told, Brand) else None


def _with_similar(entries: Sequence[BrandEntry]) -> Iterable[BrandEntry]:
    """Each entry with the names of others that look like one of its own: for a person to look at, never joined."""
    bearers: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for at, one in enumerate(entries):
        for name in {one.name, *one.aliases}:
            for key in _shortened(name):
                bearers[key].append((name, at))
    for at, one in enumerate(entries):
        similar = {
            other
            for name in {one.name, *one.aliases}
            for key in _shortened(name)
            for theirs, other in bearers[key]
            if other != at and (name == theirs or (len(name) > 3 and edits_apart(name, theirs, ALIKE)))
        }
        yield replace(one, similar=tuple(sorted(entries[other].name for other in similar)))


def _shortened(name: str) -> set[str]:
    """A name and what is left of it without one character: two names that differ by one have one of these in common."""
    return {name, *(name[:at] + name[at + 1 :] for at in range(len(name)))}
