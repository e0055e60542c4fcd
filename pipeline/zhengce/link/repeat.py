"""Statements that a document makes twice: in an opinion and its interpretation, in a headline and its text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from zhengce.link.statement import alike, key
from zhengce.record import Record, identified

__all__ = ["marked"]


def marked(document: str, records: Iterable[Record]) -> Iterator[Record]:
    """The records with `duplicate_of` set to the id of the earlier one that makes the same statement.

    Targets, facts and priced subsidies repeat one another where value, unit and deadline agree and the words do too
    (annotation guideline, G4); each occurrence of a brand or a reference is a record of its own and is left alone.

    >>> from zhengce.flow import annotate
    >>> text = "据统计，全县培育劳务品牌251个。会上展示的251个劳务品牌各具特色。"
    >>> [record.duplicate_of for record in marked("d", annotate(text)["facts"])]
    [None, 'd-fact-1']
    """
    seen: dict[tuple[object, ...], list[tuple[str, Record]]] = {}
    for name, record in identified(document, records):
        told = key(record)
        if told is None:
            yield record
            continue
        first = next((other for other, earlier in seen.setdefault(told, []) if alike(earlier, record)), None)
        if first is None:
            seen[told].append((name, record))
        yield record if first is None else replace(record, duplicate_of=first)
