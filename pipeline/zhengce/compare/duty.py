"""Departments that were added or dropped, a changed lead, instruments added: from the records of two parallel units."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from zhengce.compare.fold import departments
from zhengce.pair import Difference, DifferenceKind, Member, Unit
from zhengce.record import Assignment, Subsidy
from zhengce.text import Span

__all__ = ["duty_differences", "instrument_differences"]

SAME_NAME = 75  # of 100: how alike names of an instrument are that mean the same
Named = dict[str, tuple[str, Span]]


def duty_differences(
    base: Member, base_units: Sequence[Unit], member: Member, units: Sequence[Unit]
) -> Iterator[Difference]:
    """What changed in who is to do it; nothing where one side names nobody.

    Departments are the same whichever level they are of: 省财政厅 carries out what 财政部 does.
    """
    before, after = _duties(base, base_units), _duties(member, units)
    if not before or not after:
        return
    leads = [{stem: named for stem, (named, role) in side.items() if role == "lead"} for side in (before, after)]
    for stem, (named, _) in after.items():
        if stem not in before:
            yield _added("department", stem, named)
    for stem, (named, _) in before.items():
        if stem not in after:
            yield _dropped("department", stem, named)
    if leads[0] and leads[1] and leads[0].keys().isdisjoint(leads[1]):
        (second, (base_words, base_span)), (first, (words, span)) = (next(iter(side.items())) for side in leads)
        yield Difference(
            kind="lead", change="differs", indicator=f"{second} → {first}", base_words=base_words, base_span=base_span,
            words=words, span=span,
        )  # fmt: skip


def _duties(member: Member, units: Sequence[Unit]) -> dict[str, tuple[tuple[str, Span], str]]:
    """The departments of some units by the stems of their names, with the words that name them and their role."""
    found: dict[str, tuple[tuple[str, Span], str]] = {}
    for _, record in member.records:
        if isinstance(record, Assignment) and any(record.citation.span.overlaps(unit.span) for unit in units):
            stem = next(iter(departments(record.department_text)), record.department or record.department_text)
            place = member.text.find(record.department_text, record.citation.span.start, record.citation.span.end)
            start = place if place >= 0 else record.citation.span.start
            end = start + len(record.department_text) if place >= 0 else record.citation.span.end
            found.setdefault(stem, ((member.text[start:end], Span(start=start, end=end)), record.role))
    return found


def instrument_differences(
    base: Member, base_units: Sequence[Unit], member: Member, units: Sequence[Unit]
) -> Iterator[Difference]:
    """Instruments of public money (一次性创业补贴) that only one side gives."""
    from rapidfuzz import fuzz

    before, after = _instruments(base, base_units), _instruments(member, units)

    def held(name: str, others: Named) -> bool:
        return any(fuzz.partial_ratio(name, other) >= SAME_NAME for other in others)

    yield from (_added("instrument", name, named) for name, named in after.items() if not held(name, before))
    yield from (_dropped("instrument", name, named) for name, named in before.items() if not held(name, after))


def _instruments(member: Member, units: Sequence[Unit]) -> Named:
    records = [record for _, record in member.records if isinstance(record, Subsidy) and record.instrument]
    return {
        record.instrument or "": (record.citation.quote, record.citation.span)
        for record in records
        if any(record.citation.span.overlaps(unit.span) for unit in units)
    }


def _added(kind: DifferenceKind, name: str, named: tuple[str, Span]) -> Difference:
    return Difference(kind=kind, change="added", indicator=name, words=named[0], span=named[1])


def _dropped(kind: DifferenceKind, name: str, named: tuple[str, Span]) -> Difference:
    return Difference(kind=kind, change="dropped", indicator=name, base_words=named[0], base_span=named[1])
