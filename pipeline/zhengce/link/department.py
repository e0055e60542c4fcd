"""The registry of departments: how often each has which role, and the provisions that it leads."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from zhengce.linked import DepartmentEntry, Report
from zhengce.record import Assignment

__all__ = ["department_entries"]


def department_entries(reports: Sequence[Report]) -> tuple[DepartmentEntry, ...]:
    """One entry a department, by its official name where that is known, else by the printed one within a region.

    In the order of the number of their assignments; assignments of copies count, as each stands in its own document.
    """
    groups: dict[tuple[str, str | None], list[tuple[str, Assignment, Report]]] = defaultdict(list)
    for report in reports:
        for name, record in report.records:
            if isinstance(record, Assignment):
                known = record.department
                groups[known or record.department_text, None if known else record.region].append((name, record, report))
    ordered = sorted(groups.items(), key=lambda one: (-len(one[1]), one[0][0], one[0][1] or ""))
    return tuple(_entry(f"department-{at}", key[0], group) for at, (key, group) in enumerate(ordered, start=1))


def _entry(name: str, shown: str, group: Sequence[tuple[str, Assignment, Report]]) -> DepartmentEntry:
    records = [record for _, record, _ in group]
    days = [report.date for _, _, report in group if report.date]
    levels = Counter(one.level for one in records if one.level)
    regions = Counter(one.region for one in records if one.region)
    led = (
        f"{one.citation.document}-{one.citation.provision}"
        for one in records if one.role == "lead" and one.citation.provision
    )  # fmt: skip
    return DepartmentEntry(
        id=name, name=shown, level=levels.most_common(1)[0][0] if levels else None,
        region=regions.most_common(1)[0][0] if regions else None,
        printed=tuple(dict.fromkeys(one.department_text for one in records)),
        roles=Counter(one.role for one in records), provisions_led=tuple(dict.fromkeys(led)),
        first_seen=min(days, default=None), last_seen=max(days, default=None),
        documents=tuple(dict.fromkeys(report.document for _, _, report in group)),
        records=tuple(record for record, _, _ in group),
    )  # fmt: skip
