"""Where reports name brands, and what each name says of where the brand is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from zhengce.lexicon import finder
from zhengce.link.alias import Alias, aliases
from zhengce.link.brand_name import brand_name, printed_forms, region_before
from zhengce.link.territory import compatible
from zhengce.linked import Report
from zhengce.record import Brand
from zhengce.text import Span

__all__ = ["Mention", "mentions"]


FEWEST = 4  # characters of a name that is looked for without quotes
FEWEST_QUOTED = 3  # in quotes; “药工” is a trade


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

    A name that only an alias tells is a mention where the other name is a brand's in any of the reports; and so is a
    name with its region in front that another report introduces as a brand, wherever it stands.
    """
    by_report = _placed({report.id: list(_brands(report)) for report in reports})
    for one in list(_elsewhere(reports, by_report)):
        by_report[one.report].append(one)
    known = {one.name for held in by_report.values() for one in held}
    pairs = []
    for report in reports:
        held = by_report[report.id]
        here = {one.name: one for one in reversed(held)}
        for alias in aliases(report.text[report.span.start : report.span.end]):
            if alias.name not in known and alias.alias not in known:
                continue
            for name in (alias.name, alias.alias):
                if name not in here:
                    here[name] = _told(report, name, alias)
                    held.append(here[name])
            pairs.append((here[alias.name], here[alias.alias], alias))
    return [one for held in by_report.values() for one in held], pairs


def _placed(by_report: Mapping[str, Sequence[Mention]]) -> dict[str, list[Mention]]:
    """The mentions, with the region of a name whose short region several share, where another one tells which it is."""
    forms: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for stem, code in {(one.stem, one.code) for held in by_report.values() for one in held}:
        for form in printed_forms(stem, code) if code else ():
            forms[form].add((stem, code))  # type: ignore[arg-type]
    return {
        report: [
            replace(one, stem=found[0][0], code=found[0][1], region_span=one.span)
            if one.code is None and len(found := list(forms.get(one.name, ()))) == 1 else one
            for one in held
        ]
        for report, held in by_report.items()
    }  # fmt: skip


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


def _elsewhere(reports: Sequence[Report], by_report: Mapping[str, Sequence[Mention]]) -> Iterator[Mention]:
    """Where reports print the names that others introduce, once a name and report."""
    forms = {
        form: (one.stem, one.code) for held in by_report.values() for one in held if one.code
        for form in printed_forms(one.stem, one.code) if len(form) >= FEWEST
    }  # fmt: skip
    if not forms:
        return
    find = finder(forms)
    stems = _stems(by_report)
    find_stem = finder(stems)
    for report in reports:
        held = by_report[report.id]
        seen, start = {one.name for one in held}, report.span.start
        yield from _near_by(report, held, stems, find_stem)
        for first, last in find(report.text[start : report.span.end]):
            span = Span(start=start + first, end=start + last)
            name = report.text[span.start : span.end]
            if name not in seen and not any(span.overlaps(other.span) for other in held):
                seen.add(name)
                stem, code = forms[name]
                yield Mention(
                    report=report.id, record=None, name=name, stem=stem, code=code, near=report.region_code, span=span,
                    region_span=span,
                )  # fmt: skip


def _stems(by_report: Mapping[str, Sequence[Mention]]) -> dict[str, set[str]]:
    """The codes of the regions of each name without its region, as far as names or the words before them tell."""
    found: dict[str, set[str]] = defaultdict(set)
    for held in by_report.values():
        for one in held:
            if one.code and len(one.stem) >= FEWEST_QUOTED:
                found[one.stem].add(one.code)
    return found


def _near_by(
    report: Report, held: Sequence[Mention], stems: Mapping[str, set[str]], find: Callable[[str], list[tuple[int, int]]]
) -> Iterator[Mention]:
    """Names without their region in a report of it, once each: in quotes, or too long for a word of the trade."""
    names, here, by = {one.name for one in held}, {(one.stem, one.code) for one in held}, report.span.start
    for first, last in find(report.text[by : report.span.end]):
        span = Span(start=by + first, end=by + last)
        stem = report.text[span.start : span.end]
        quoted = (
            report.text[span.start - 1 : span.start] in ("“", "「") and report.text[span.end : span.end + 1] in "”」"
        )
        if stem in names or not (quoted or (len(stem) >= FEWEST and region_before(report.text, span.start) is None)):
            continue
        near = [code for code in stems[stem] if (stem, code) in here] or [
            code for code in stems[stem] if report.region_code and compatible(code, report.region_code)
        ]
        if len(near) == 1 and not any(span.overlaps(one.span) for one in held):
            names.add(stem)
            yield Mention(
                report=report.id, record=None, name=stem, stem=stem, code=near[0], near=report.region_code, span=span
            )


def _told(report: Report, name: str, alias: Alias) -> Mention:
    parts = brand_name(name, report.region_code)
    start = report.text.index(name, report.span.start + alias.span.start)
    span = Span(start=start, end=start + len(name))
    return Mention(
        report=report.id, record=None, name=name, stem=parts.stem, code=parts.code, near=report.region_code, span=span,
        region_span=span if parts.code else None,
    )  # fmt: skip
