"""How notebooks show values of the core, which knows only that somebody may have said how (`zhengce.notebook`)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

__all__ = ["HOW", "html"]

# the HTML of values of a kind, and of the kinds that follow from it
HOW: dict[type, Callable[[Any], str]] = {}


def html(value: object) -> str | None:
    """The HTML of a value; None, and so its plain form, where nobody has said how."""
    return next((HOW[kind](value) for kind in type(value).__mro__ if kind in HOW), None)
