"""Stretches that a byte-wise annotator put out of phase, given back their characters where the evidence decides."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from zhengce.clean.rare import rare
from zhengce.clean.readings import TONED
from zhengce.text import Edit

if TYPE_CHECKING:
    from zhengce.clean.stretch import Finding

__all__ = ["findings", "rephase"]

TONES = frozenset(TONED)


def rephase(text: str) -> Iterator[Edit]:
    """Proposes the true characters of each stretch out of phase that one reading explains far better than any other.

    Nothing is touched unless three traditional characters of the text carry a note that reads them. An edit is exact
    where the bytes leave one reading, determined where the model chose among several, lost where ASCII was swallowed.

    >>> from zhengce.text import apply
    >>> page = "勞(láo)務(wù)輸(shū)出，穩(wěn)崗?fù)貚彺倬蜆I(yè)。"
    >>> apply(page, rephase(page))[0]
    '勞(láo)務(wù)輸(shū)出，穩(wěn)崗拓崗促就業(yè)。'
    """
    return (finding.edit for finding in findings(text) if finding.edit)


@lru_cache(maxsize=4)
def findings(text: str) -> tuple[Finding, ...]:
    """Every stretch that looks out of phase, repaired or flagged; none without evidence of an annotator."""
    if "(" not in text or TONES.isdisjoint(rare(text)):
        return ()
    from zhengce.clean.stretch import stretches  # what few pages need and takes long to load

    return tuple(stretches(text))
