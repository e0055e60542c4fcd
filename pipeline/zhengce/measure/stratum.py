"""What sets documents apart: format, script, damage, kind."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

__all__ = ["STRATA", "strata"]

STRATA = ("format", "script", "damage", "document")
UNKNOWN = "unknown"
SHORT = {
    "text/plain": "txt",
    "text/html": "html",
    "application/pdf": "pdf",
    "application/msword": "doc",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
}
LITTLE = Decimal("0.01")


def strata(gold: Mapping[str, object], run: Mapping[str, object] | None) -> dict[str, str]:
    """The stratum of a document in each of STRATA, from its rows in the gold and in the run.

    Its kind is what the gold says it is, all else as the run read it; `unknown` where neither tells.

    >>> strata({"kind": "opinion"}, {"kind": "notice", "media_type": "text/html", "script": "hans", "damage": "0.004"})
    {'format': 'html', 'script': 'hans', 'damage': '<1%', 'document': 'opinion'}
    """
    read = run or gold
    return {
        "format": SHORT.get(media, media) if (media := str(read.get("media_type") or "")) else UNKNOWN,
        "script": str(read.get("script") or UNKNOWN),
        "damage": _damage(read.get("damage")),
        "document": str(gold.get("kind") or read.get("kind") or UNKNOWN),
    }


def _damage(share: object) -> str:
    if share in (None, ""):
        return UNKNOWN
    damaged = Decimal(str(share))
    return "0" if damaged == 0 else "<1%" if damaged < LITTLE else ">=1%"
