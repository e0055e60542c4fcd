"""Which of some documents the others are compared with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from zhengce.compare.upstream import LEVELS
from zhengce.errors import BadUsage
from zhengce.pair import Member, Upstream

__all__ = ["baseline_of"]


def baseline_of(members: Sequence[Member], upstream: Mapping[str, Upstream | None]) -> Member:
    """The document that most of the others carry out, directly or not; else the eldest of the highest level.

    `upstream` says for each document which of the others it cites. Raises BadUsage, with the names to choose from,
    where nothing tells.
    """
    if len(members) < 2:
        raise BadUsage("a comparison needs at least two documents that could be read")
    carried = Counter(above for one in members for above in _above(one, upstream))
    most = max(carried.values(), default=0)
    cited = [one for one in members if carried[one.document] == most]
    if most and len(cited) == 1:
        return cited[0]
    ranks = [LEVELS.index(one.level) if one.level else None for one in members]
    known = [rank for rank in ranks if rank is not None]
    highest = [one for one, rank in zip(members, ranks, strict=True) if known and rank == min(known)]
    if len(highest) == 1:
        return highest[0]
    days = [one.date for one in highest]
    if highest and None not in days and days.count(min(days)) == 1:  # type: ignore[type-var]
        return highest[days.index(min(days))]  # type: ignore[type-var]
    names = "; ".join(f"{one.source} ({one.name})" for one in members[:40])
    raise BadUsage(
        "no document is cited by the others, and level and date do not tell which one is the baseline; "
        f"name it with --baseline (--by indicator needs none): {names}"
    )


def _above(member: Member, upstream: Mapping[str, Upstream | None]) -> set[str]:
    """The documents that one carries out, directly or by way of others."""
    found: set[str] = set()
    link = upstream.get(member.document)
    while link is not None and link.member.document not in found:
        found.add(link.member.document)
        link = upstream.get(link.member.document)
    return found
