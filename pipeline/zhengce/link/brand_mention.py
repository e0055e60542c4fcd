"""Where reports name brands, and what each name says of where the brand is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zhengce.link.alias import Alias, aliases
from zhengce.link.brand_name import brand_name, region_before
from zhengce.linked import Report
from zhengce.record import Brand
from zhengce.text import Span

__all__ = ["Mention", "mentions"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A brand's name in a report; `record` is None for another name that only an alias tells.

    `code` is the region that the name, or the word right before it, tells, at `region_span`; `near` that of the report.
    """

    report: str
    record: str | None
    name: str
    stem: str
    code: str | None
    near: str | None
    span: Span
    region_span: Span | None = None


def mentions(reports: Sequence[Report]) -> tuple[list[Mention], list[tuple[Mention, Mention, Alias]]]:
    """The mentions of brands in reports, and the pairs of them that are names of one brand.

    A name that only an alias tells is a mention where the other name is a brand's in any of the reports.
    """
    found = [one for report in reports for one in _brands(report)]
    known, seen = {one.name for one in found}, set(found)
    by_report: dict[str, dict[str, Mention]] = defaultdict(dict)
    for one in found:
        by_report[one.report].setdefault(one.name, one)
    pairs = []
    for report in reports:
        here = by_report[report.id]
        for alias in aliases(report.text[report.span.start : report.span.end]):
            if alias.name not in known and alias.alias not in known:
                continue
            both = [here.get(name) or _told(report, name, alias) for name in (alias.name, alias.alias)]
            found += [one for one in both if one not in seen]
            seen.update(both)
            pairs.append((both[0], both[1], alias))
    return found, pairs


def _brands(report: Report) -> Iterator[Mention]:
    for record, brand in report.records:
        if isinstance(brand, Brand) and brand.kind == "labour_brand":
            span = brand.citation.span
            parts = brand_name(brand.name, report.region_code)
            before = None if parts.code else region_before(report.text, span.start, report.region_code)
            at = Span(start=before[0], end=span.end) if before else span if parts.code else None
            yield Mention(
                report=report.id, record=record, name=brand.name, stem=parts.stem,
                code=parts.code or (before[1] if before else None), near=report.region_code, span=span, region_span=at,
            )  # fmt: skip


def _told(report: Report, name: str, alias: Alias) -> Mention:
    parts = brand_name(name, report.region_code)
    start = report.text.index(name, report.span.start + alias.span.start)
    span = Span(start=start, end=start + len(name))
    return Mention(
        report=report.id, record=None, name=name, stem=parts.stem, code=parts.code, near=report.region_code, span=span,
        region_span=span if parts.code else None,
    )  # fmt: skip
