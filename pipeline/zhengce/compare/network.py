"""Who issues with whom, and who leads whom in carrying out: the edges of a network of departments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import Literal

from zhengce.pair import Edge, Member
from zhengce.record import Assignment

__all__ = ["network"]


def network(members: Sequence[Member]) -> Iterator[Edge]:
    """The edges over all documents, by kind and names; the weight counts documents (joint_issue) or clauses (duty)."""
    joint: dict[tuple[str, str], list[str]] = defaultdict(list)
    duty: dict[tuple[str, str], list[str]] = defaultdict(list)
    for member in members:
        for one, two in combinations(sorted(set(member.issuers)), 2):
            joint[one, two].append(member.document)
        for lead, partner in _duties(member):
            duty[lead, partner].append(member.document)
    yield from _edges(joint, "joint_issue")
    yield from _edges(duty, "duty")


def _duties(member: Member) -> Iterator[tuple[str, str]]:
    """Who leads whom, once a clause that assigns duties."""
    groups: dict[tuple[str | None, str], list[Assignment]] = defaultdict(list)
    for _, record in member.records:
        if isinstance(record, Assignment) and record.department:
            groups[record.citation.provision, record.group].append(record)
    for assigned in groups.values():
        leads = {one.department for one in assigned if one.role == "lead"}
        partners = {one.department for one in assigned if one.role in ("cooperate", "joint")} - leads
        yield from sorted((lead, partner) for lead in leads for partner in partners if lead and partner)


def _edges(found: dict[tuple[str, str], list[str]], kind: Literal["joint_issue", "duty"]) -> Iterable[Edge]:
    for (source, target), documents in sorted(found.items()):
        yield Edge(
            source=source, target=target, kind=kind, weight=len(documents), documents=tuple(dict.fromkeys(documents))
        )
