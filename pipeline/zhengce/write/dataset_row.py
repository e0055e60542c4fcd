"""What links the reports of a dataset as plain rows, ready for JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from zhengce.document import Citation
from zhengce.linked import FIGURES, Attribute, BrandEntry, Linked, Naming, Observation, Report, Side
from zhengce.record import Record, Subsidy
from zhengce.write.row import Row, plain

__all__ = ["dataset_rows"]

CELLS: tuple[Attribute, ...] = ("region", "industry", "status", *FIGURES)
TIMELESS = ("region", "industry")


def dataset_rows(linked: Linked) -> dict[str, list[Row]]:
    """The tables by name, with the keys of `lexicons/dataset_columns.tsv` in order; values as `row.rows` has them.

    The table `audit` is not among them: it is made where decisions are applied.
    """
    held = {one.id: one for one in linked.reports}
    return {
        "reports": list(_reports(linked)),
        "brand_registry": [_brand(one, linked) for one in linked.brands],
        "brand_names": list(_namings(linked)),
        "brand_observations": list(_observations(linked)),
        "event_registry": list(_events(linked)),
        "department_registry": list(_departments(linked)),
        "instrument_registry": list(_instruments(linked)),
        "instrument_standards": list(_standards(linked, held)),
        "conflicts": list(_conflicts(linked, held)),
    }


def _reports(linked: Linked) -> Iterator[Row]:
    sizes = Counter(one.cluster for one in linked.copies.values())
    for report in linked.reports:
        copy = linked.copies[report.id]
        yield {
            "report": report.id, "document": report.document, "part": report.part, "source": report.source,
            "title": report.title, "kind": report.kind, "outlet": report.outlet, "date": plain(report.date),
            "region": report.region, "region_code": report.region_code, "characters": len(report.span),
            "cluster": copy.cluster, "cluster_size": sizes[copy.cluster], "representative": copy.representative,
            "is_representative": copy.representative == report.id, "copy_kind": copy.kind,
            "copied_from": copy.copied_from, "position": copy.position, "likeness": _share(copy.likeness),
            "contained": _share(copy.contained),
        }  # fmt: skip


def _share(share: float | None) -> object:
    return None if share is None else plain(round(share, 4))


def _brand(one: BrandEntry, linked: Linked) -> Row:
    row: Row = {
        "brand": one.id, "name": one.name, "kind": one.kind, "aliases": list(one.aliases),
        "region_code": one.region_code,
    }  # fmt: skip
    for attribute in CELLS:
        cell = one.cells.get(attribute)
        row[attribute] = cell.value if cell else None
        if attribute in FIGURES:
            row[f"{attribute}_bound"] = cell.bound if cell else None
        if attribute not in TIMELESS:
            row[f"{attribute}_as_of"] = plain(cell.as_of) if cell else None
        row[f"{attribute}_quote"] = cell.quote if cell else None
        row[f"{attribute}_record"] = cell.id if cell else None
    return row | {
        "first_seen": plain(one.first_seen), "last_seen": plain(one.last_seen), "report_count": len(one.reports),
        "text_count": len({linked.copies[report].cluster for report in one.reports}),
        "conflicting": list(one.conflicting), "similar": list(one.similar), "reports": list(one.reports),
        "records": list(one.records),
    }  # fmt: skip


def _namings(linked: Linked) -> Iterator[Row]:
    for one in linked.namings:
        yield {
            "brand": one.brand, "name": one.name, "region_code": one.region_code, "report": one.report,
            "document": one.document, "record": one.record, **_quoted(one),
        }  # fmt: skip


def _observations(linked: Linked) -> Iterator[Row]:
    names = {one.id: one.name for one in linked.brands}
    for one in linked.observations:
        yield {
            "observation": one.id, "brand": one.brand, "name": names[one.brand], "attribute": one.attribute,
            "value": one.value, "bound": one.bound, "unit": one.unit, "as_of": plain(one.as_of), "dated": one.dated,
            "report": one.report, "document": one.document, "record": one.record, **_quoted(one),
            "duplicate_of": one.duplicate_of,
        }  # fmt: skip


def _quoted(one: Citation | Naming | Observation | Side) -> Row:
    return {"quote": one.quote, "start": one.span.start, "end": one.span.end}


def _events(linked: Linked) -> Iterator[Row]:
    for one in linked.events:
        yield {
            "event": one.id, "name": one.name, "kind": one.kind, "starts": plain(one.starts), "ends": plain(one.ends),
            "place": one.place, "region": one.region, "hosts": list(one.hosts), "names": list(one.names),
            "dates": list(one.dates), "places": list(one.places), "conflicting": list(one.conflicting),
            "report_count": len(one.reports), "reports": list(one.reports), "records": list(one.records),
        }  # fmt: skip


def _departments(linked: Linked) -> Iterator[Row]:
    for one in linked.departments:
        yield {
            "department_id": one.id, "name": one.name, "level": one.level, "region": one.region,
            "printed": list(one.printed),
            **{role: one.roles.get(role, 0) for role in ("lead", "joint", "cooperate", "all")},
            "provisions_led": list(one.provisions_led), "first_seen": plain(one.first_seen),
            "last_seen": plain(one.last_seen), "documents": list(one.documents), "records": list(one.records),
        }  # fmt: skip


def _instruments(linked: Linked) -> Iterator[Row]:
    for one in linked.instruments:
        yield {
            "instrument_id": one.id, "name": one.name, "printed": list(one.printed),
            "standards": sum(standard.duplicate_of is None for standard in one.standards),
            "regions": list(one.regions), "first_seen": plain(one.first_seen), "last_seen": plain(one.last_seen),
            "documents": list(one.documents),
        }  # fmt: skip


def _standards(linked: Linked, held: Mapping[str, Report]) -> Iterator[Row]:
    records: dict[str, Record] = {name: record for one in held.values() for name, record in one.records}
    for entry in linked.instruments:
        for one in entry.standards:
            record = records[one.record]
            assert isinstance(record, Subsidy)
            told = {
                name: plain(getattr(record, name))
                for name in ("kind", "amount", "amount_max", "rate", "base", "bound", "per", "payee")
            }
            yield {
                "instrument_id": entry.id, "name": entry.name, "region": one.region, "region_code": one.region_code,
                "date": plain(one.date), **told, "report": one.report, "document": held[one.report].document,
                "record": one.record, **_quoted(record.citation), "duplicate_of": one.duplicate_of,
            }  # fmt: skip


def _conflicts(linked: Linked, held: Mapping[str, Report]) -> Iterator[Row]:
    for number, conflict in enumerate(linked.conflicts, start=1):
        for side in conflict.sides:
            report = held[side.report]
            yield {
                "conflict": f"conflict-{number}", "kind": conflict.kind, "about": conflict.about,
                "found_in": conflict.found_in, "value": side.value, "report": side.report, "document": side.document,
                "source": report.source, "outlet": report.outlet, "date": plain(report.date), "record": side.record,
                **_quoted(side),
            }  # fmt: skip
