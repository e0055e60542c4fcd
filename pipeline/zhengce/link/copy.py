"""Reports that are copies of one another: reposts, excerpts, rewrites; who was first, and who copied from whom."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Mapping, Sequence
from heapq import heappop, heappush

from zhengce.document import DocumentKind
from zhengce.link.body import body
from zhengce.link.copy_pairs import copy_pairs
from zhengce.link.likeness import Likeness, anchored, likeness_at_most, with_reworded
from zhengce.link.territory import compatible
from zhengce.link.union import united
from zhengce.linked import Copy, CopyKind, Report

__all__ = ["copies"]

# shares set on corpora/reports/train (card: corpora/reports/README.md)
VERBATIM = 0.45  # of the shorter one's 4-grams are the other's: its sentences were taken over
WORD_FOR_WORD, FEW = 0.8, 3  # the same for reports that name fewer than so many numbers and places
ANCHORED, ANCHORED_APART, ANCHORED_ELSEWHERE = 0.45, 0.7, 0.8  # a template is filled with other numbers and places
REWRITTEN = Likeness(jaccard=0, contained=0.13, reworded=0.1, anchored=0.45, anchors=5, length=0.4)
SOON, APART = 30, 60  # days
WHOLE = 0.8  # of the longest: a report as complete as any
PART = 0.6  # of the one copied from: an excerpt
REPORTING: frozenset[DocumentKind] = frozenset({"news", "other", "interpretation", "speech"})
LAST = datetime.date.max


def copies(reports: Sequence[Report]) -> Mapping[str, Copy]:
    """What each report is among its copies, by its id; one without copies is an original of its own.

    The earliest of the complete ones represents a cluster. Two texts made from one template (another county, another
    year) are none: their numbers and places differ; nor are two texts of one document. Order of `reports` and of what
    is the same day changes nothing.
    """
    ordered = sorted(reports, key=lambda one: (one.date or LAST, one.id))
    likenesses = {
        (ordered[a].id, ordered[b].id): like
        for a, b in copy_pairs(ordered)
        if (like := _copied(ordered[a], ordered[b]))
    }
    found: dict[str, Copy] = {}
    by_id = {one.id: one for one in ordered}
    clusters = united(by_id, likenesses)
    where = {one: number for number, cluster in enumerate(clusters, start=1) for one in cluster}
    within: dict[int, dict[tuple[str, str], Likeness]] = defaultdict(dict)
    for pair, like in likenesses.items():
        within[where[pair[0]]][pair] = like
    for number, cluster in enumerate(clusters, start=1):
        members = [by_id[one] for one in cluster]
        longest = max(len(body(one).words) for one in members)
        first = next(one for one in members if len(body(one).words) >= WHOLE * longest)
        members.sort(key=lambda one: one.id != first.id)
        found |= _chained(members, number, within[number])
    return {one.id: found[one.id] for one in reports}


def _copied(one: Report, other: Report) -> Likeness | None:
    """The likeness of two reports of which one is a copy of the other; its costly parts where they decide."""
    if anchored(one, other) < ANCHORED and min(len(body(one).anchors), len(body(other).anchors)) >= FEW:
        return None
    like = likeness_at_most(one, other)
    if not _is_copy(one, other, like):
        return None
    if like.contained < VERBATIM:
        like = with_reworded(like, one, other)
    return like if _is_copy(one, other, like) else None


def _is_copy(one: Report, other: Report, like: Likeness) -> bool:
    if one.document == other.document or (one.number and other.number and one.number != other.number):
        return False
    days = abs((one.date - other.date).days) if one.date and other.date else 0
    needed = ANCHORED_APART if days > APART else ANCHORED
    if not compatible(one.region_code, other.region_code):
        needed = ANCHORED_ELSEWHERE
    if like.anchors < FEW:  # hardly a number or place that could be another one's
        return like.contained >= WORD_FOR_WORD and compatible(one.region_code, other.region_code) and days <= APART
    if like.contained >= VERBATIM:
        return like.anchored >= needed
    reporting = one.kind in REPORTING and other.kind in REPORTING
    return reporting and days <= SOON and like.anchored >= needed and all(
        getattr(like, name) >= getattr(REWRITTEN, name)
        for name in ("contained", "reworded", "anchored", "anchors", "length")
    )  # fmt: skip


def _chained(
    members: Sequence[Report], cluster: int, likenesses: Mapping[tuple[str, str], Likeness]
) -> dict[str, Copy]:
    """The members, the representative first, each with the one before it that it is likest to.

    One that is like later ones alone has one of these; of sources as like as one another the earliest is taken.
    """
    first = members[0]
    held, order = {one.id: one for one in members}, {one.id: at for at, one in enumerate(members)}
    beside: dict[str, list[tuple[str, Likeness]]] = defaultdict(list)
    for (one, other), like in likenesses.items():
        beside[one].append((other, like))
        beside[other].append((one, like))
    found = {first.id: Copy(report=first.id, cluster=cluster, representative=first.id, kind="original")}
    waiting: list[tuple[bool, float, int, int, str, str, Likeness]] = []

    def reach(known: str) -> None:
        for one, like in beside[known]:
            if one not in found:
                rank = (order[known] > order[one], -like.jaccard, order[known], order[one])
                heappush(waiting, (*rank, known, one, like))

    reach(first.id)
    while waiting:
        *_, known, one, like = heappop(waiting)
        if one not in found:
            found[one] = _copy(held[one], held[known], found[known], like)
            reach(one)
    return found


def _copy(report: Report, source: Report, known: Copy, like: Likeness) -> Copy:
    share = len(body(report).shingles & body(source).shingles) / max(1, len(body(report).shingles))
    return Copy(
        report=report.id, cluster=known.cluster, representative=known.representative,
        kind=_kind(report, source, like), copied_from=source.id, likeness=like.jaccard, contained=share,
        position=known.position + 1,
    )  # fmt: skip


def _kind(report: Report, source: Report, like: Likeness) -> CopyKind:
    own, others = body(report), body(source)
    if own.words == others.words:
        return "identical"
    if like.contained < VERBATIM:
        return "rewrite"
    return "excerpt" if len(own.words) < PART * len(others.words) else "repost"
