"""Groups of what is joined pair by pair."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import TypeVar

__all__ = ["united"]

Key = TypeVar("Key", bound=Hashable)


def united(keys: Iterable[Key], pairs: Iterable[tuple[Key, Key]]) -> list[list[Key]]:
    """The keys in groups of those that pairs join, also by way of others; groups and members in the order of the keys.

    >>> united("abcd", [("a", "c"), ("c", "d")])
    [['a', 'c', 'd'], ['b']]
    """
    import networkx

    order = {key: at for at, key in enumerate(keys)}
    graph = networkx.Graph()
    graph.add_nodes_from(order)
    graph.add_edges_from(pairs)
    groups = (sorted(group, key=order.__getitem__) for group in networkx.connected_components(graph))
    return sorted(groups, key=lambda group: order[group[0]])
