"""How a document reproduces its baseline as a whole: what it copied, changed, left out and added, and how late."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from zhengce.compare.evidence import Views
from zhengce.compare.reuse import copy_ratio
from zhengce.pair import Member, Parallel, Reproduction, Upstream

__all__ = ["reproduction"]


def reproduction(
    base: Member, member: Member, found: Sequence[Parallel], seen: tuple[Views, Views], upstream: Upstream | None
) -> Reproduction:
    """The figures of a document beside its baseline.

    The copy ratio is that of all its compared provisions against all of the baseline's, so that what moved from one
    provision to another counts as kept. The lag is None where a date is missing.
    """
    theirs, own = (frozenset(one.grams.indices.tolist()) for one in seen)
    before, after = upstream.member.date if upstream else base.date, member.date
    return Reproduction(
        upstream=upstream,
        lag=(after - before).days if before and after else None,
        copy_ratio=copy_ratio(own, theirs),
        answered=len({pair.base.place for pair in found if pair.base and pair.unit}),
        relations=dict(Counter(pair.relation for pair in found)),
    )
