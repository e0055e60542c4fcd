"""Whether two printed places can be the same: one told more exactly than the other."""

from __future__ import annotations

from zhengce.link.closeness import partly_close
from zhengce.name.place import places_in

__all__ = ["same_place"]

ALIKE = 75  # of 100


def same_place(one: str, other: str) -> bool:
    """Whether two places agree as far as they go: 甲县人民广场 with 甲县, with 人民广场, and not with 甲县体育馆.

    >>> same_place("剑阁县闻溪广场", "剑阁县"), same_place("人民广场", "县人民广场"), same_place("广场", "体育馆")
    (True, True, False)
    """
    here, there = _bare(one), _bare(other)
    if not here or not there:
        return True
    return here in there or there in here or partly_close(here, there) >= ALIKE


def _bare(place: str) -> str:
    """Without the names of regions, which one of the two may leave out."""
    for start, end in reversed(places_in(place)):
        place = place[:start] + place[end:]
    return place.lstrip("省市县区州的")
