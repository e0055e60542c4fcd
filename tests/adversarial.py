"""Strings made to be slow for a pattern: pieces of what it looks for, repeated, that never come to an end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

Node = tuple[Any, Any]
# what texts are made of: each alone, and mixed
PLAIN = (*"一1第（）〔《“、，。 \n\ta-<年市的", "就业", "1,", "0.")
OTHERS = "一就1第（、，。a -<年市的元”》）〕\n字務"
REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT)


def units(pattern: str | bytes, flags: int) -> list[str]:
    """What to repeat: beginnings of what the pattern finds, its repeated pieces, and what stands in all texts."""
    tree = list(_parser.parse(pattern, flags))
    found = set(PLAIN)
    for nodes in _sequences(tree):
        sampled = [_sample([node]) for node in nodes]
        for end in range(1, len(sampled) + 1):
            found.add("".join(sampled[:end]))
            found.add(sampled[end - 1])
        found.add("".join(sampled)[:-1])
    return sorted(unit for unit in found if 0 < len(unit) <= 60)


def _sequences(nodes: Sequence[Node]) -> Iterator[Sequence[Node]]:
    yield nodes
    for op, value in nodes:
        for below in _below(op, value):
            yield from _sequences(list(below))


def _below(op: Any, value: Any) -> Sequence[Any]:
    if op in REPEATS:
        return [value[2]]
    if op is sre.SUBPATTERN:
        return [value[3]]
    if op is sre.BRANCH:
        return list(value[1])[:4]
    if op in (sre.ASSERT, sre.ASSERT_NOT):
        return [value[1]]
    return [value] if op is sre.ATOMIC_GROUP else []


def _sample(nodes: Sequence[Node]) -> str:
    """A string that the nodes match, as short as what they repeat allows, but once at least."""
    out = ""
    for op, value in nodes:
        if op is sre.LITERAL:
            out += chr(value)
        elif op is sre.NOT_LITERAL:
            out += next(char for char in OTHERS if ord(char) != value)
        elif op is sre.ANY:
            out += "一"
        elif op is sre.IN:
            out += _member(value)
        elif op in REPEATS:
            out += _sample(list(value[2])) * min(max(value[0], 1), 20)
        elif op is sre.GROUPREF_EXISTS:
            out += _sample(list(value[1]))
        elif op not in (sre.ASSERT, sre.ASSERT_NOT):
            for below in _below(op, value)[:1]:
                out += _sample(list(below))
    return out


def _member(items: Sequence[Node]) -> str:
    """A character of a class."""
    denied = items[0][0] is sre.NEGATE
    for op, value in items:
        if not denied and op is sre.LITERAL:
            return chr(value)
        if not denied and op is sre.RANGE:
            return chr(value[0])
        if not denied and op is sre.CATEGORY:
            return {sre.CATEGORY_DIGIT: "1", sre.CATEGORY_SPACE: " ", sre.CATEGORY_WORD: "一"}.get(value, "，")
    told = re.compile("[^" + "".join(map(_written, items[1:])) + "]")
    return next(char for char in OTHERS if told.match(char))


def _written(item: Node) -> str:
    op, value = item
    if op is sre.LITERAL:
        return re.escape(chr(value))
    if op is sre.RANGE:
        return f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
    return {
        sre.CATEGORY_DIGIT: r"\d", sre.CATEGORY_NOT_DIGIT: r"\D", sre.CATEGORY_SPACE: r"\s",
        sre.CATEGORY_NOT_SPACE: r"\S", sre.CATEGORY_WORD: r"\w", sre.CATEGORY_NOT_WORD: r"\W",
    }[value]  # fmt: skip
