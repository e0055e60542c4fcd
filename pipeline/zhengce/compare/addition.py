"""Provisions that several documents added to the baseline, known as such: what the provinces have from each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from zhengce.compare.answer import answers
from zhengce.compare.evidence import Views
from zhengce.pair import Member, Parallel

__all__ = ["with_shared_additions"]

Place = tuple[str, int]
NEAREST = 3  # added provisions of other documents that one is compared with: the cost grows with their number alone
# Probability and likeness from which two that nobody asked for are told to answer each other. Of pairs that answer one
# provision of the baseline in the ten training families 99.5 % are right above the first, all above a likeness of .10;
# of what both added, where no mark tells, five pairs are left at .12, and four are right as read.
SURE, LIKE = 0.9, 0.12


def with_shared_additions(
    members: Sequence[Member], found: Mapping[str, tuple[Parallel, ...]], seen: Mapping[str, Views]
) -> dict[str, tuple[Parallel, ...]]:
    """The parallels of each document, those added that answer each other across documents with a number in common.

    Documents are compared two by two as one is with the baseline, but only those whose additions are near each other
    by their words. Numbers count from 1 in the order of the documents.
    """
    added = [
        (member.document, pair.unit.place - 1)
        for member in members
        for pair in found.get(member.document, ())
        if pair.base is None and pair.unit
    ]
    over = {place: place for place in added}
    for first, second in sorted(_near(added, seen)):
        for answer in answers(seen[first], seen[second])[0]:
            one, two = (first, answer.base), (second, answer.other)
            if answer.confidence >= SURE and answer.likeness >= LIKE and one in over and two in over:
                over[_top(over, two)] = _top(over, one)
    numbers = _numbers(added, over)
    return {document: tuple(_numbered(pair, numbers) for pair in pairs) for document, pairs in found.items()}


def _near(added: Sequence[Place], seen: Mapping[str, Views]) -> set[tuple[str, str]]:
    """The pairs of documents in which an addition is among the nearest to one of the other."""
    import numpy as np
    from scipy.sparse import vstack

    if len(added) < 2:
        return set()
    words = vstack([seen[document].words[row] for document, row in added]).tocsr()
    transposed = words.T.tocsr()
    documents = np.array([document for document, _ in added])
    pairs: set[tuple[str, str]] = set()
    for at, (document, _) in enumerate(added):
        likeness = (words[at] @ transposed).toarray().ravel()
        likeness[documents == document] = 0
        for near in np.argsort(-likeness)[:NEAREST]:
            if likeness[near] > 0:
                pairs.add((min(document, str(documents[near])), max(document, str(documents[near]))))
    return pairs


def _top(over: Mapping[Place, Place], place: Place) -> Place:
    while over[place] != place:
        place = over[place]
    return place


def _numbers(added: Sequence[Place], over: Mapping[Place, Place]) -> dict[Place, int]:
    """The number of each addition that stands in more than one document."""
    groups: dict[Place, list[Place]] = {}
    for place in added:
        groups.setdefault(_top(over, place), []).append(place)
    shared = (group for group in groups.values() if len({document for document, _ in group}) > 1)
    return {place: number for number, group in enumerate(shared, start=1) for place in group}


def _numbered(pair: Parallel, numbers: Mapping[Place, int]) -> Parallel:
    if pair.base is not None or pair.unit is None:
        return pair
    return replace(pair, shared_addition=numbers.get((pair.unit.document, pair.unit.place - 1)))
