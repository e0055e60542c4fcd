"""How far coders agree beyond chance, by the coefficients that journals ask for.

What is measured is a count of units by their labels: for each unit one label a coder, None where a coder did not see
it. Units that were labelled alike are counted, not listed, so a million characters cost as much as their few patterns.
All coefficients are 1 for full agreement and 0 for chance, and None where they are undefined: where nothing can be
compared, or everything has one label.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping

__all__ = ["Units", "cohen", "fleiss", "krippendorff"]

Units = Mapping[tuple[Hashable, ...], int]


def cohen(units: Units, first: int, second: int) -> float | None:
    """Cohen's kappa (1960) of two coders, named by their places; units that either did not see are left out.

    >>> round(cohen({("有", "有"): 20, ("有", "无"): 5, ("无", "有"): 10, ("无", "无"): 15}, 0, 1), 4)
    0.4
    """
    pairs: Counter[tuple[Hashable, Hashable]] = Counter()
    for labels, count in units.items():
        if labels[first] is not None and labels[second] is not None:
            pairs[labels[first], labels[second]] += count
    numbers = {label: number for number, label in enumerate(dict.fromkeys(label for pair in pairs for label in pair))}
    if len(numbers) < 2:
        return None
    from sklearn.metrics import cohen_kappa_score

    ours, theirs = ([numbers[pair[side]] for pair in pairs] for side in (0, 1))
    return float(cohen_kappa_score(ours, theirs, sample_weight=list(pairs.values())))


def fleiss(units: Units) -> float | None:
    """Fleiss' kappa (1971) of two or more coders; units that were not seen by all are left out.

    >>> round(fleiss({("有", "有", "有"): 4, ("有", "有", "无"): 2, ("无", "无", "无"): 4}), 4)
    0.7321
    """
    seen = {labels: count for labels, count in units.items() if None not in labels}
    total = sum(seen.values())
    coders = len(next(iter(seen), ()))
    if coders < 2:
        return None
    shares: Counter[Hashable] = Counter()
    agreed = 0.0
    for labels, count in seen.items():
        tally = Counter(labels)
        for label, times in tally.items():
            shares[label] += times * count
        agreed += count * sum(times * (times - 1) for times in tally.values()) / (coders * (coders - 1))
    by_chance = sum((times / (total * coders)) ** 2 for times in shares.values())
    return None if len(shares) < 2 else (agreed / total - by_chance) / (1 - by_chance)


def krippendorff(units: Units) -> float | None:
    """Krippendorff's alpha (2011) for nominal labels, by coincidences; a unit counts as soon as two coders saw it.

    >>> units = {("有", "有", None): 4, ("有", "无", "有"): 1, (None, "无", "无"): 3, ("无", None, None): 9}
    >>> round(krippendorff(units), 4)
    0.7714
    """
    marginals: Counter[Hashable] = Counter()
    apart = 0.0
    for labels, count in units.items():
        tally = Counter(label for label in labels if label is not None)
        coders = tally.total()
        if coders < 2:
            continue
        for label, times in tally.items():
            marginals[label] += times * count
            apart += count * times * (coders - times) / (coders - 1)
    total = marginals.total()
    by_chance = total * total - sum(times * times for times in marginals.values())
    return 1 - (total - 1) * apart / by_chance if by_chance else None
