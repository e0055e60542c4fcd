"""What sets documents apart: format, script, damage, kind."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

__all__ = ["STRATA", "strata"]

STRATA = ("format", "script", "damage", "document")
UNKNOWN = "unknown"
LITTLE = Decimal("0.01")


def strata(gold: Mapping[str, object], run: Mapping[str, object] | None) -> dict[str, str]:
    """The stratum of a document in each of STRATA, from its rows in the gold and in the run.

    Its kind is what the gold says it is, all else as the run read it; `unknown` where neither tells.

    >>> strata({"kind": "opinion"}, {"kind": "notice", "media_type": "text/html", "script": "hans", "damage": "0.004"})
    {'format': 'text/html', 'script': 'hans', 'damage': 'under 1 %', 'document': 'opinion'}
    """
    read = run or gold
    return {
        "format": str(read.get("media_type") or UNKNOWN),
        "script": str(read.get("script") or UNKNOWN),
        "damage": _damage(read.get("damage")),
        "document": str(gold.get("kind") or read.get("kind") or UNKNOWN),
    }


def _damage(share: object) -> str:
    if share in (None, ""):
        return UNKNOWN
    damaged = Decimal(str(share))
    return "none" if damaged == 0 else "under 1 %" if damaged < LITTLE else "1 % or more"
