"""Documents as they are compared: each with its units, and a name that tells it from the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import PurePath

from zhengce.compare.unit import units
from zhengce.document import Document, Header, Part, Provision
from zhengce.pair import Member
from zhengce.record import Record, identified

__all__ = ["member", "member_of", "named"]

LONGEST_NAME = 24


def member(
    document: str,
    source: str,
    header: Header,
    text: str,
    parts: Sequence[Part] = (),
    provisions: Sequence[Provision] = (),
    records: Iterable[tuple[str, Record]] = (),
) -> Member:
    """A document with its units and its records under their ids; its name is its file's until the others are known."""
    return Member(
        document=document,
        name=PurePath(source).stem,
        source=source,
        title=header.title,
        number=header.number,
        kind=header.kind,
        issuers=header.issuers,
        region=header.region,
        region_code=header.region_code,
        level=header.level,
        date=header.written or header.published,
        text=text,
        units=units(document, text, parts, provisions),
        records=tuple(sorted(records, key=lambda one: (one[1].citation.span, one[0]))),
    )


def member_of(document: Document, records: Sequence[Record]) -> Member:
    """A document that was just read, with what was found in it."""
    return member(
        document.id, document.raw.source.name, document.header, document.text, document.parts, document.provisions,
        identified(document.id, records),
    )  # fmt: skip


def named(members: Iterable[Member]) -> tuple[Member, ...]:
    """The members with names that tell them apart: the region, else number or title behind it, else a count."""
    held = list(members)
    regions = Counter(_region(one) for one in held)
    names = [region if (region := _region(one)) and regions[region] == 1 else _own_words(one) for one in held]
    seen: Counter[str] = Counter()
    told = []
    for one, name in zip(held, names, strict=True):
        seen[name] += 1
        told.append(replace(one, name=name if seen[name] == 1 else f"{name} ({seen[name]})"))
    return tuple(told)


def _region(one: Member) -> str:
    return one.region or ("中央" if one.level == "central" else "")


def _own_words(one: Member) -> str:
    """A document's number or title behind its region, cut to what a column's head can hold."""
    words = one.number or one.title or PurePath(one.source).stem
    short = words if len(words) <= LONGEST_NAME else words[: LONGEST_NAME - 1] + "…"
    return f"{_region(one)} {short}".strip()
