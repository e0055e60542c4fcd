"""One bound over several values: what a word says of a list of numbers (分别不低于90%和85%)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from zhengce.record import Quantity

__all__ = ["listed", "places", "shared_bounds"]

BETWEEN = re.compile(r"(?:/[\u4e00-\u9fff]{1,3}(?:[·/][\u4e00-\u9fff]{1,2})?)?[、和及与]")


def listed(text: str, before: Quantity, after: Quantity) -> bool:
    """Whether two numbers are neighbours in a list: only a mark of listing, and a per-unit, stands between them."""
    return bool(BETWEEN.fullmatch(text[before.span.end : after.span.start]))


def places(text: str, found: Sequence[Quantity]) -> list[tuple[int, int]]:
    """For each quantity its place in the list that it stands in, from 0, and how many that list has."""
    given: list[tuple[int, int]] = []
    for at in range(len(found)):
        place = given[-1][0] + 1 if at and listed(text, found[at - 1], found[at]) else 0
        given.append((place, 1))
        count = place + 1
        for back in range(count):
            given[at - back] = (given[at - back][0], count)
    return given


def shared_bounds(text: str, found: Sequence[Quantity]) -> list[Quantity]:
    """The quantities with the bound of their list.

    A bound before a list holds for all of it; one behind it holds for all where 分别 (respectively) leads the list.

    >>> from zhengce.value.quantity import quantities
    >>> [q.bound for q in quantities("分别不低于90%和85%")], [q.bound for q in quantities("分别增长6%、8%左右")]
    (['>=', '>='], ['~', '~'])
    """
    shared = list(found)
    for at in range(1, len(shared)):
        before, quantity = shared[at - 1], shared[at]
        if quantity.bound == "=" and _alike(text, before, quantity) and not _stated_after(text, before):
            words = text[before.span.end - len(before.text) : quantity.span.end]  # with the bound before the first
            shared[at] = replace(quantity, bound=before.bound if before.upper is None else "=", text=words)
    for at in range(len(shared) - 1, 0, -1):
        before, quantity = shared[at - 1], shared[at]
        behind = before.bound == "=" and _stated_after(text, quantity) and _alike(text, before, quantity)
        if behind and "分别" in text[max(0, before.span.start - 18) : before.span.end]:
            shared[at - 1] = replace(before, bound=quantity.bound)
    return shared


def _alike(text: str, before: Quantity, after: Quantity) -> bool:
    return listed(text, before, after) and before.unit == after.unit


def _stated_after(text: str, quantity: Quantity) -> bool:
    """Whether the bound of a number stands behind it: 20人以下、30人 leaves the second as it is."""
    return bool(re.search(r"(?:以[上下内]|之内|左右|上下|封顶|起)$", quantity.text))
