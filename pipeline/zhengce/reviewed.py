"""What reviewers decided: the values that are handed from decisions to measuring and to gold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["REJECTED", "Opinion", "Place", "Unit"]

REJECTED = "rejected"  # beside the tables in which a record may be kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What one coder thinks of a record: in which table it is kept (`label`), or REJECTED, and what its columns say.

    `decision` is the action that said so last; None of a coder who had the whole document and did not add what another
    one added. Values are as the table `audit` has them.
    """

    label: str
    values: Mapping[str, str | None]
    decision: str | None = None
    reason: str | None = None
    time: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A record with the stretch of the clean text that it stands at, where that is known."""

    table: str
    record: str
    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A record that was decided about, or several that are one: the same addition by two coders, one of another kind.

    `places` are these in the order of time, the one that was proposed first; `added` is a unit that nobody proposed.
    `opinions` are by coder. `label` is where the record is kept in the end, REJECTED, or None where coders disagree
    and nobody has settled it.
    """

    document: str
    source: str
    quote: str | None
    places: tuple[Place, ...]
    added: bool
    opinions: Mapping[str, Opinion]
    label: str | None
