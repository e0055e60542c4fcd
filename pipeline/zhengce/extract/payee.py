"""Who receives a subsidy, and on what condition."""

from __future__ import annotations

import re

from zhengce.document import Document
from zhengce.extract.clause import Clause
from zhengce.extract.instrument import Mention
from zhengce.text import Span

__all__ = ["payee_of", "share_of"]

PAYEE = re.compile(r"(?:对|给|向)(?P<who>[^，,。；;]{2,50}?)(?:[，,]|给予|按(?:规定|照|每)?|落实|发放|发给|予以|可|每)")


def payee_of(document: Document, mention: Mention, before: Clause | None) -> tuple[str | None, str | None]:
    """Who receives, and on what condition, in the clause of an instrument and the one before it."""
    words = document[Span(start=before.span.start if before else mention.clause.span.start, end=mention.span.end)]
    match = PAYEE.search(words)
    if not match:
        met = document[before.span] if before else ""
        if met.endswith("的"):  # 吸纳10人以上的，奖补2万元
            return None, met.removesuffix("的")
        return None, "按规定" if "按规定" in words else None
    who = match["who"]
    noun = re.search(r"的(?P<noun>[\u4e00-\u9fff]{2,14})$", who)
    return (noun["noun"] if noun else who), (who if noun or who.endswith("的") else None)


def share_of(payee: str | None, at: int, count: int) -> str | None:
    """The one of several payees that 分别 gives the amount at a place to, where there are as many as amounts.

    >>> share_of("博士、硕士、本科毕业生", 1, 3), share_of("企业", 1, 3)
    ('硕士', '企业')
    """
    parts = re.split(r"、|和|及", payee or "")
    return parts[at].removesuffix("的") if len(parts) == count else payee
