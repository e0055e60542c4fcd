"""Frozen dataclasses that are made more quickly: a document has thousands of citations, numbers and verdicts."""

from __future__ import annotations

from dataclasses import fields
from functools import update_wrapper
from typing import Any, TypeVar

__all__ = ["quick"]

Kind = TypeVar("Kind", bound=type)


def quick(kind: Kind) -> Kind:
    """A frozen dataclass whose `__init__` sets its slots themselves, in three fifths of the time.

    The one that `dataclass` writes looks every slot up by its name. The class has slots, and fields that are given by
    keyword and made by no factory.

    >>> from dataclasses import dataclass
    >>> @quick
    ... @dataclass(frozen=True, slots=True, kw_only=True)
    ... class Place:
    ...     name: str
    ...     level: str = "county"
    >>> Place(name="正安县")
    Place(name='正安县', level='county')
    """
    made: Any = kind
    slow = made.__init__
    names = [field.name for field in fields(made)]
    scope: dict[str, Any] = {f"set_{name}": getattr(made, name).__set__ for name in names}
    body = "".join(f"    set_{name}(self, {name})\n" for name in names)
    exec(f"def __init__(self, *, {', '.join(names)}):\n{body}", scope)
    made.__init__ = update_wrapper(scope["__init__"], slow)
    made.__init__.__kwdefaults__ = slow.__kwdefaults__
    return kind
