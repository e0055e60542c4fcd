"""Which document another one carries out: the one that it cites, by number or title."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import get_args

from zhengce.document import Level
from zhengce.pair import Member, Upstream
from zhengce.record import Reference

__all__ = ["LEVELS", "upstream_of"]

LEVELS = get_args(Level)  # the highest first
MARKS = re.compile(r"[^\u4e00-\u9fffA-Za-z0-9]")
SHORTEST = 8  # characters of a title that names one document


def upstream_of(member: Member, others: Sequence[Member]) -> Upstream | None:
    """The one of some other documents that a document cites, first as its basis; of several the nearest in level.

    A number (国办发〔2022〕5号) or a title in 《》 must be the other's own; a document never cites what is younger.
    """
    found = [
        (record.relation != "basis", -_rank(other), record.citation.span, other)
        for _, record in member.records
        if isinstance(record, Reference) and record.relation != "self"
        for other in others
        if other.document != member.document and _is_named(record, other) and not _younger(other, member)
    ]
    if not found:
        return None
    _, _, span, other = min(found, key=lambda one: one[:3])
    return Upstream(member=other, by="cited", quote=member.text[span.start : span.end], span=span)


def _is_named(record: Reference, other: Member) -> bool:
    if record.number and other.number:
        return record.number == other.number
    title, printed = _bare(record.title or ""), _bare(other.title or "")
    return len(title) >= SHORTEST and len(printed) >= SHORTEST and (printed.endswith(title) or title in printed)


@lru_cache(maxsize=4096)  # every reference is held against every document
def _bare(title: str) -> str:
    return MARKS.sub("", title)


def _younger(other: Member, member: Member) -> bool:
    return other.date is not None and member.date is not None and other.date > member.date


def _rank(member: Member) -> int:
    return LEVELS.index(member.level) if member.level in LEVELS else len(LEVELS)
