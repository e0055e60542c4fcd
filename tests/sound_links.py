"""What must hold of every linking, and the invented reports that it is asked of."""

from __future__ import annotations

import datetime
import tomllib
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from made_reports import made, restored_from

from zhengce.flow import process
from zhengce.linked import Linked, Report
from zhengce.record import Brand, Event
from zhengce.text import Span

__all__ = ["corpus", "pool", "sound", "whole"]

HERE = Path(__file__).parent
TRAIN = HERE.parent / "corpora" / "reports" / "train"
LAST = datetime.date.max


@cache
def pool() -> tuple[Report, ...]:
    """The reports of all cases, each once."""
    found: dict[str, Report] = {}
    for path in sorted((HERE / "cases_links").glob("*.toml")):
        for case in tomllib.loads(path.read_text("utf-8"))["case"]:
            found |= {one.id: one for one in made(case["report"], case.get("apart", False)).values()}
    return tuple(found.values())


@cache
def corpus() -> tuple[Report, ...]:
    """The invented reports on which the thresholds are set."""
    documents = [process(path.read_bytes(), path.name, judges=()).document for path in sorted(TRAIN.glob("t*.*"))]
    return restored_from(tuple((f"t{at}", one.text) for at, one in enumerate(documents) if one))


def whole(name: str, text: str, date: datetime.date | None = None, **about: str) -> Report:
    span = Span(start=0, end=len(text))
    return Report(id=name, document=name, part="p1", source=name, text=text, span=span, date=date, **about)  # type: ignore[arg-type]


def sound(found: Linked) -> None:
    """What holds of every linking."""
    held = {report.id: report for report in found.reports}
    clusters_are_chains(found)
    records = {name: (report, record) for report in found.reports for name, record in report.records}
    for name, earlier in found.duplicates.items():
        (report, record), (before, first) = records[name], records[earlier]
        assert report.document != before.document
        assert (before.date or LAST) <= (report.date or LAST)
        assert earlier not in found.duplicates
        assert record.duplicate_of is None
        assert first.duplicate_of is None
    told = [*found.observations, *(side for one in found.conflicts for side in one.sides)]
    for one in told:
        assert held[one.report].document == one.document
        assert held[one.report].text[one.span.start : one.span.end] == one.quote
        assert one.span in held[one.report].span
        assert one.record is None or one.record in records
    assert all(len({side.report for side in one.sides}) > 1 for one in found.conflicts if one.found_in == "copies")
    once(found, [name for name, (_, record) in records.items() if isinstance(record, Event)], found.events)
    labour = [name for name, (_, one) in records.items() if isinstance(one, Brand) and one.kind == "labour_brand"]
    once(found, labour, found.brands)
    observed = {one.id: one for one in found.observations}
    assert len(observed) == len(found.observations)
    assert all(one.duplicate_of in observed for one in found.observations if one.duplicate_of)
    said = [one for one in found.observations if one.attribute in ("region", "industry", "status")]
    assert len({(one.brand, one.attribute, one.report) for one in said}) == len(said)


def clusters_are_chains(found: Linked) -> None:
    assert set(found.copies) == {report.id for report in found.reports}
    for copy in found.copies.values():
        first = found.copies[copy.representative]
        assert first.cluster == copy.cluster
        assert (first.kind, first.copied_from, first.position) == ("original", None, 0)
        assert first.report == first.representative
        if copy.copied_from is None:
            assert copy.report == copy.representative
        else:
            source = found.copies[copy.copied_from]
            assert copy.kind != "original"
            assert (source.cluster, source.position) == (copy.cluster, copy.position - 1)
            assert 0 <= (copy.contained or 0) <= 1
            assert 0 < (copy.likeness or 0) <= 1


def once(found: Linked, names: Iterable[str], entries: Iterable[object]) -> None:
    """Every record stands in exactly one entry of a registry."""
    counts = Counter(name for entry in entries for name in entry.records)  # type: ignore[attr-defined]
    assert counts == Counter(names)
