"""Departments that were added or dropped, a changed lead, instruments added: from the records of two parallel units."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from zhengce.compare.fold import departments
from zhengce.pair import Difference, DifferenceKind, Member
from zhengce.record import Assignment, Record, Subsidy
from zhengce.text import Span

__all__ = ["Found", "duty_differences", "instrument_differences"]

SAME_NAME = 75  # of 100: how alike names of an instrument are that mean the same
Named = dict[str, tuple[str, Span]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Differences that the document added, those that it dropped, and what it changed."""

    added: tuple[Difference, ...] = ()
    dropped: tuple[Difference, ...] = ()
    changed: tuple[Difference, ...] = ()


def duty_differences(base: Member, before: Iterable[Record], member: Member, after: Iterable[Record]) -> Found:
    """What changed in who is to do it, from records of some units of the baseline to those of some of the document.

    Nothing where one side names nobody. Departments are the same whichever level they are of: 省财政厅 carries out what
    财政部 does.
    """
    first, second = _duties(base, before), _duties(member, after)
    if not first or not second:
        return Found()
    leads = [{stem: named for stem, (named, role) in side.items() if role == "lead"} for side in (first, second)]
    return Found(
        added=tuple(_added("department", stem, named) for stem, (named, _) in second.items() if stem not in first),
        dropped=tuple(_dropped("department", stem, named) for stem, (named, _) in first.items() if stem not in second),
        changed=_lead(*leads) if all(leads) and leads[0].keys().isdisjoint(leads[1]) else (),
    )


def _lead(first: Named, second: Named) -> tuple[Difference, ...]:
    (base_name, (base_words, base_span)), (name, (words, span)) = (next(iter(side.items())) for side in (first, second))
    return (
        Difference(
            kind="lead", change="differs", indicator=f"{base_name} → {name}",
            base_words=base_words, base_span=base_span, words=words, span=span,
        ),
    )  # fmt: skip


def _duties(member: Member, records: Iterable[Record]) -> dict[str, tuple[tuple[str, Span], str]]:
    """The departments in some records by the stems of their names, with the words that name them and their role."""
    found: dict[str, tuple[tuple[str, Span], str]] = {}
    for record in records:
        if isinstance(record, Assignment):
            stem = next(iter(departments(record.department_text)), record.department or record.department_text)
            place = member.text.find(record.department_text, record.citation.span.start, record.citation.span.end)
            start = place if place >= 0 else record.citation.span.start
            end = start + len(record.department_text) if place >= 0 else record.citation.span.end
            found.setdefault(stem, ((member.text[start:end], Span(start=start, end=end)), record.role))
    return found


def instrument_differences(base: Member, before: Iterable[Record], member: Member, after: Iterable[Record]) -> Found:
    """Instruments of public money (一次性创业补贴) that only one side gives."""
    first, second = _instruments(before), _instruments(after)
    return Found(
        added=tuple(_added("instrument", name, named) for name, named in second.items() if not _holds(first, name)),
        dropped=tuple(_dropped("instrument", name, named) for name, named in first.items() if not _holds(second, name)),
    )


def _holds(names: Named, name: str) -> bool:
    from rapidfuzz import fuzz

    return any(max(fuzz.partial_ratio(name, other), fuzz.ratio(name, other)) >= SAME_NAME for other in names)


def _instruments(records: Iterable[Record]) -> Named:
    return {
        record.instrument: (record.citation.quote, record.citation.span)
        for record in records
        if isinstance(record, Subsidy) and record.instrument
    }


def _added(kind: DifferenceKind, name: str, named: tuple[str, Span]) -> Difference:
    return Difference(kind=kind, change="added", indicator=name, words=named[0], span=named[1])


def _dropped(kind: DifferenceKind, name: str, named: tuple[str, Span]) -> Difference:
    return Difference(kind=kind, change="dropped", indicator=name, base_words=named[0], base_span=named[1])
