"""Reviewers of one run against one another: how far they keep the same records, and say the same of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from itertools import combinations
from typing import Any

from zhengce.measure.agreement import Units, cohen, fleiss, krippendorff
from zhengce.reviewed import REJECTED, Opinion, Unit

__all__ = ["reviewers"]

DIGITS = 4
KEPT = "kept"


def reviewers(units: Iterable[Unit]) -> dict[str, Any] | None:
    """How far two or more coders agree on the records that they decided about, as one JSON object; None where no two
    decided about the same one.

    A unit is a record that two coders decided about; its label is kept, rejected, or another table in which a coder
    keeps it: the table it was proposed for is the program's word, and coders who leave it there agree on nothing by it.
    `pairs` have Cohen's kappa, `fleiss` and `alpha` (Krippendorff's) are for three coders or more; a coefficient is
    None where all labels are one. Beside each stand the units, how many have one label, and that in `percent`.
    `columns` has, for records that both of a pair keep in one table, how often their values agree where either states
    one: [same, of].
    """
    shared = [unit for unit in units if len(unit.opinions) > 1]
    if not shared:
        return None
    coders = sorted({coder for unit in shared for coder in unit.opinions})
    labels: Counter[tuple[Hashable, ...]] = Counter(
        tuple(_label(unit, unit.opinions[one]) if one in unit.opinions else None for one in coders) for unit in shared
    )
    many = len(coders) > 2
    return {
        "coders": coders,
        **_shares(labels),
        "pairs": [_pair(labels, coders, first, second) for first, second in combinations(range(len(coders)), 2)],
        "fleiss": _rounded(fleiss(labels)) if many else None,
        "alpha": _rounded(krippendorff(labels)) if many else None,
        "columns": _columns(shared),
    }


def _label(unit: Unit, opinion: Opinion) -> str:
    return KEPT if opinion.label == unit.places[0].table else opinion.label


def _pair(labels: Units, coders: Sequence[str], first: int, second: int) -> dict[str, Any]:
    both: Counter[tuple[Hashable, ...]] = Counter()
    for told, count in labels.items():
        both[told[first], told[second]] += count
    return {"coders": [coders[first], coders[second]], **_shares(both), "kappa": _rounded(cohen(labels, first, second))}


def _shares(labels: Units) -> dict[str, Any]:
    """How many units two or more coders labelled, and how many of these alike."""
    seen = {told: count for told, count in labels.items() if len(told) - told.count(None) > 1}
    total = sum(seen.values())
    alike = sum(count for told, count in seen.items() if len(set(told) - {None}) == 1)
    return {"units": total, "agreed": alike, "percent": round(100 * alike / total, 2) if total else None}


def _columns(shared: Iterable[Unit]) -> dict[str, dict[str, list[int]]]:
    told: dict[str, dict[str, list[int]]] = {}
    for unit in shared:
        for one, other in combinations(unit.opinions.values(), 2):
            if one.label == other.label != REJECTED:
                for column, value in one.values.items():
                    if {value, other.values.get(column)} - {None, "[]"}:
                        counts = told.setdefault(one.label, {}).setdefault(column, [0, 0])
                        counts[0] += value == other.values.get(column)
                        counts[1] += 1
    return told


def _rounded(figure: float | None) -> float | None:
    return None if figure is None else round(figure, DIGITS)
