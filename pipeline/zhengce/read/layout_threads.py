"""Columns that stand under one headline and go on another's text, put where they belong."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from zhengce.read.layout_stacks import Stack

__all__ = ["rethread"]

ENDS = re.compile(r"[。！？!?…][”’』」）)]*$|[）)]$")
INDENT = 1.2


def rethread(stories: Sequence[list[Stack]]) -> None:
    """Moves a stack that begins in mid-sentence after one that ends a sentence to the story that breaks off.

    Geometry has the first word; only where it leaves a broken end on one side and a beginning in the middle on the
    other is a stack moved, with all that follows it in its story; of several the likest in character pairs.
    `stories` are bodies in reading order and are changed in place.
    """
    for _ in range(len(stories)):
        move = _move(stories)
        if move is None:
            return
        giver, at, taker = move
        taker += giver[at:]
        del giver[at:]


def _move(stories: Sequence[list[Stack]]) -> tuple[list[Stack], int, list[Stack]] | None:
    open_ends = [body for body in stories if body and _is_open(body[-1])]
    for giver in stories:
        for at, stack in enumerate(giver):
            if not at or not _is_broken(stack) or _is_open(giver[at - 1]):
                continue
            takers = [body for body in open_ends if body is not giver]
            if takers:
                return giver, at, max(takers, key=lambda body: _likeness(stack, body))
    return None


def _is_open(stack: Stack) -> bool:
    """Whether the last line is full and ends in mid-sentence."""
    last = stack.lines[-1]
    full = stack.area.x1 - last.x1 < 1.5 * stack.size
    return len(stack.lines) > 1 and full and not ENDS.search(last.text)


def _is_broken(stack: Stack) -> bool:
    """Whether the first of several lines is full and begins at the left edge, where others have a first-line indent."""
    first, area = stack.lines[0], stack.area
    if len(stack.lines) < 2 or first.x0 - area.x0 > INDENT * stack.size or first.kind == "cell":
        return False
    full = area.x1 - first.x1 < 1.5 * stack.size
    return full and any(line.x0 - area.x0 > INDENT * stack.size for line in stack.lines[1:])


def _likeness(stack: Stack, body: Sequence[Stack]) -> float:
    pairs = Counter(_pairs("".join(other.text for other in body)))
    own = set(_pairs(stack.text))
    return sum(1 for pair in own if pairs[pair]) / max(len(own), 1)


def _pairs(text: str) -> list[str]:
    return [text[at : at + 2] for at in range(len(text) - 1)]
