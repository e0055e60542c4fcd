"""How right a linked dataset is beside gold: pairs of copies, of brand names, of events; observations; conflicts."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from zhengce.linked import Linked

__all__ = ["Share", "linking"]

FIGURES = ("workers", "output_yuan", "market_share")


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How many were found, how many there are, how many of the found are right."""

    found: int
    gold: int
    right: int

    @property
    def precision(self) -> float:
        """Right of those found; 1 where nothing was found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Right of those there are; 1 where there are none."""
        return self.right / self.gold if self.gold else 1.0


def linking(linked: Linked, gold: Mapping[str, Any]) -> dict[str, Share]:
    """The shares by what is linked, sources being the names of the files in `gold` (corpora/reports/README.md).

    Copies, brands and events are counted by pairs (of files; of a file and a name), as clusterings are (pairwise
    precision and recall); of brands both names must have been found. Observations count by brand, attribute, file and
    value. A conflict of the gold is found where both sides' files are reported together (recall of `conflicts`); one
    reported is right where two of its files are sides of one in the gold (precision of `reported`).
    """
    source = {one.id: one.source for one in linked.reports}
    clusters: dict[int, set[str]] = {}
    for copy in linked.copies.values():
        clusters.setdefault(copy.cluster, set()).add(source[copy.report])
    named = {(file, name): brand["name"] for brand in gold["brands"] for file, name in brand["mentions"]}
    found = _names(linked, source)
    return {
        "copies": _pairs(clusters.values(), [one["texts"] for one in gold["copies"]]),
        "names": _share(found, named),
        "brands": _pairs(_groups({key: value for key, value in found.items() if key in named}), _groups(named)),
        "observations": _observations(linked, source, named, gold),
        "events": _pairs(
            [{source[report] for report in one.reports} for one in linked.events],
            [one["reports"] for one in gold["events"]],
        ),
        **_conflicts(linked, source, gold["conflicts"]),
    }


def _share(found: Collection[Hashable], gold: Collection[Hashable]) -> Share:
    return Share(found=len(found), gold=len(gold), right=sum(one in gold for one in found))


def _pairs(found: Iterable[Collection[Any]], gold: Iterable[Collection[Any]]) -> Share:
    pairs = [
        {frozenset(pair) for group in groups for pair in combinations(sorted(set(group)), 2)}
        for groups in (found, gold)
    ]
    return _share(*pairs)


def _groups(named: Mapping[tuple[str, str], str]) -> list[set[tuple[str, str]]]:
    groups: dict[str, set[tuple[str, str]]] = {}
    for key, brand in named.items():
        groups.setdefault(brand, set()).add(key)
    return list(groups.values())


def _names(linked: Linked, source: Mapping[str, str]) -> dict[tuple[str, str], str]:
    """The brand of each file and name that were found."""
    return {(source[one.report], one.name): one.brand for one in linked.namings}


def _observations(
    linked: Linked, source: Mapping[str, str], named: Mapping[tuple[str, str], str], gold: Mapping[str, Any]
) -> Share:
    """By the gold name that most names of a found brand have."""
    called: dict[str, str] = {}
    for brand in linked.brands:
        printed = [(source[one.report], one.name) for one in linked.namings if one.brand == brand.id]
        names = [named[key] for key in printed if key in named]
        called[brand.id] = max(sorted(set(names)), key=names.count, default=brand.name)
    wanted = {
        (one["brand"], one["attribute"], one["file"], one["value"])
        for one in gold["observations"]
        if one["attribute"] in FIGURES
    }
    got = {
        (called[one.brand], one.attribute, source[one.report], one.value)
        for one in linked.observations
        if one.attribute in FIGURES
    }
    return _share(got, wanted)


def _conflicts(linked: Linked, source: Mapping[str, str], gold: Sequence[Mapping[str, Any]]) -> dict[str, Share]:
    """Those of the gold that are reported, and those reported that are in the gold; one may be reported twice, in
    copies and of a brand.
    """
    reported = [(one.kind, {source[side.report] for side in one.sides}) for one in linked.conflicts]
    wanted = [(one["kind"], {file for file, *_ in one["sides"]}, _files(one)) for one in gold]
    met = sum(any(kind == what and sides <= files for what, files in reported) for kind, sides, _ in wanted)
    right = sum(any(kind == what and len(files & known) > 1 for what, _, known in wanted) for kind, files in reported)
    return {
        "conflicts": Share(found=met, gold=len(gold), right=met),
        "reported": Share(found=len(reported), gold=right, right=right),
    }


def _files(conflict: Mapping[str, Any]) -> set[str]:
    told = (*conflict["sides"], *conflict.get("others", ()), *conflict.get("also", ()))
    return {file for file, *_ in told}
