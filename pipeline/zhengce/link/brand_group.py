"""Which mentions are of one brand: by the name without its region, by the region, by what texts say of other names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from zhengce.link.alias import Alias
from zhengce.link.brand_mention import Mention
from zhengce.link.territory import compatible, holds
from zhengce.link.union import united

__all__ = ["grouped"]

Key = tuple[str, str | None]  # a name without its region, and the region's code


def grouped(
    mentions: Sequence[Mention], pairs: Iterable[tuple[Mention, Mention, Alias]]
) -> list[tuple[list[Mention], tuple[str, ...]]]:
    """The mentions in groups of one brand, each with codes of regions that it could as well be of, where it is unclear.

    The same name in two provinces is two brands; without a word of its region it is the only one that fits the region
    of the report, else that of the same report, else one of its own.
    """
    strong: dict[str, set[str]] = defaultdict(set)
    for one in mentions:
        if one.code:
            strong[one.stem].add(one.code)
    beside = {(one.report, one.stem): one.code for one in mentions if one.code}
    keys = {one: _key(one, strong[one.stem], beside) for one in mentions}
    joined = list(_nested(keys.values()))
    joined += [(keys[one], keys[other]) for one, other, _ in pairs]
    joined += _shortened(mentions, keys)
    order = list(dict.fromkeys(keys[one] for one in mentions))
    members: dict[Key, list[Mention]] = defaultdict(list)
    for one in mentions:
        members[keys[one]].append(one)
    return [
        ([one for key in group for one in members[key]], _unclear(group, strong)) for group in united(order, joined)
    ]


def _key(one: Mention, strong: set[str], beside: Mapping[tuple[str, str], str | None]) -> Key:
    if one.code:
        return one.stem, one.code
    if (one.report, one.stem) in beside:
        return one.stem, beside[one.report, one.stem]
    fitting = sorted(code for code in strong if compatible(code, one.near))
    if one.near and len(fitting) == 1:
        return one.stem, fitting[0]
    if not strong or fitting:  # nothing says where, or several do
        return (one.stem, f"{one.near[:2]}0000") if one.near and not strong else (one.stem, None)
    return one.stem, f"{one.near[:2]}0000" if one.near else None


def _nested(keys: Iterable[Key]) -> Iterator[tuple[Key, Key]]:
    """The same name in a region and in the only one named in it; and without any, where there is but one."""
    by_stem: dict[str, set[str | None]] = defaultdict(set)
    for stem, code in keys:
        by_stem[stem].add(code)
    for stem, codes in by_stem.items():
        known = sorted(code for code in codes if code)
        for outer in known:
            if not outer.endswith("00"):  # a county holds none, and most are counties
                continue
            inner = [code for code in known if code != outer and holds(outer, code)]
            if len(inner) == 1 or (inner and all(holds(inner[0], code) for code in inner)):
                yield (stem, outer), (stem, inner[0])
        tops = [code for code in known if codes.isdisjoint({f"{code[:2]}0000", f"{code[:4]}00"} - {code})]
        if None in codes and len(tops) == 1:
            yield (stem, None), (stem, tops[0])


def _shortened(mentions: Sequence[Mention], keys: Mapping[Mention, Key]) -> Iterator[tuple[Key, Key]]:
    """A name and a shorter form of it in one report and region: 固始建筑铁军, and 固始铁军 after it."""
    by_report: dict[str, set[Key]] = defaultdict(set)
    for one in mentions:
        by_report[one.report].add(keys[one])
    for held in by_report.values():
        for key, other in combinations(sorted(held, key=str), 2):
            if key[1] and key[1] == other[1] and _shortens(*sorted((key[0], other[0]), key=len)):
                yield key, other


def _shortens(short: str, long: str) -> bool:
    """Whether a name has the characters of a longer one in their order, its last one among them (车匠, 童车工匠)."""
    left = iter(long)
    return 1 < len(short) < len(long) and short[-1] == long[-1] and all(char in left for char in short)


def _unclear(group: Iterable[Key], strong: Mapping[str, set[str]]) -> tuple[str, ...]:
    keys = list(group)
    if any(code for _, code in keys):
        return ()
    return tuple(sorted({code for stem, _ in keys for code in strong.get(stem, ())}))
