"""The cases in `cases_links/*.toml`: small sets of made-up reports with what must be found to be the same thing.

Reports are named. What is compared: `copies`, `retold` and `conflicts` wholly, the entries of the registries one to
one, by the keys that the case gives ("" for None).
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from made_reports import made

from zhengce.link.dataset import linked
from zhengce.linked import Linked, Report, Side
from zhengce.text import Span

Case = dict[str, Any]
FOLDER = Path(__file__).parent / "cases_links"
FILES = {path.stem: tomllib.loads(path.read_text("utf-8"))["case"] for path in sorted(FOLDER.glob("*.toml"))}
CONTROLS = {"why", "report", "apart", "among"}
WORDS = ("region", "industry", "status")  # attributes that are no figures
TOLD = {"name", "title", "outlet", "day", "text", "region", "region_code", "number", "kind", "date"}


def parameters() -> list[Any]:
    return [pytest.param(case, id=f"{file}-{at}") for file, cases in FILES.items() for at, case in enumerate(cases, 1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What came out for the reports of a case, with their names by id and the quotes of their records."""

    found: Linked
    names: dict[str, str]
    quotes: dict[str, str]

    def of(self, report: str) -> str:
        return self.names[report]


def background(count: int) -> list[Report]:
    """Reports that tell nothing, for what is weighed by how many there are."""
    return [
        Report(
            id=f"~{number}", document=f"~{number}", part="p1", source="x",
            text="".join(chr(0x4E00 + 40 * number + step) for step in range(40)), span=Span(start=0, end=40),
        )
        for number in range(count)
    ]  # fmt: skip


def seen(case: Case) -> Seen:
    held = made(case["report"], case.get("apart", False))
    found = linked([*held.values(), *background(case.get("among", 0))])
    quotes = {name: record.citation.quote for report in held.values() for name, record in report.records}
    return Seen(found=found, names={report.id: name for name, report in held.items()}, quotes=quotes)


@pytest.mark.parametrize("case", parameters())
def test_case(case: Case) -> None:
    result = seen(case)
    for key, check in CHECKS.items():
        if key in case:
            check(result, case[key])


def copies(result: Seen, want: dict[str, str]) -> None:
    got = {
        result.of(copy.report): f"{copy.kind} < {result.of(copy.copied_from)}" if copy.copied_from else copy.kind
        for copy in result.found.copies.values()
        if copy.report in result.names
    }
    assert got == want


def retold(result: Seen, want: list[str]) -> None:
    """Each expectation is `report: words = report: words`; the words stand in the quotes."""
    report_of = {
        name: result.of(report.id)
        for report in result.found.reports
        if report.id in result.names
        for name, _ in report.records
    }
    got = [
        [(report_of[one], result.quotes[one]), (report_of[other], result.quotes[other])]
        for one, other in result.found.duplicates.items()
    ]
    asked = [[tuple(side.strip().split(": ")) for side in one.split(" = ")] for one in want]
    matched(asked, got, lambda a, g: all(x[0] == y[0] and x[1] in y[1] for x, y in zip(a, g, strict=True)))


def conflicts(result: Seen, want: list[Case]) -> None:
    def fits(asked: Case, got: Any) -> bool:
        sides = [side.split(" ", 1) for side in asked["sides"]]
        return (asked["kind"], asked["found_in"], len(sides)) == (got.kind, got.found_in, len(got.sides)) and all(
            told(name, words, side) for (name, words), side in zip(sides, got.sides, strict=True)
        )

    def told(name: str, words: str, side: Side) -> bool:
        return result.of(side.report) == name and (words in side.quote or words == side.value)

    matched(want, result.found.conflicts, fits)


def brands(result: Seen, want: list[Case]) -> None:
    def row(entry: Any) -> Case:
        held = [one for one in result.found.observations if one.brand == entry.id]
        return {
            "name": entry.name, "names": sorted({entry.name, *entry.aliases}), "region_code": entry.region_code,
            "reports": sorted(map(result.of, entry.reports)), "similar": sorted(entry.similar),
            "cells": {key: [one.value, result.of(one.report)] for key, one in entry.cells.items()
                      if key not in WORDS},
            "observed": sorted(f"{one.attribute} {one.value} {result.of(one.report)}" for one in held
                               if one.attribute not in WORDS),
            "as_of": [str(one.as_of) for key, one in entry.cells.items() if key not in WORDS],
            "conflicting": sorted(entry.conflicting),
        }  # fmt: skip

    matched(want, [row(entry) for entry in result.found.brands], agrees)


def events(result: Seen, want: list[Case]) -> None:
    def row(entry: Any) -> Case:
        return {
            "name": entry.name, "names": sorted(entry.names), "reports": sorted(map(result.of, entry.reports)),
            "starts": str(entry.starts or ""), "ends": str(entry.ends or ""), "place": entry.place or "",
            "region": entry.region, "dates": sorted(entry.dates), "conflicting": sorted(entry.conflicting),
        }  # fmt: skip

    matched(want, [row(entry) for entry in result.found.events], agrees)


def departments(result: Seen, want: list[Case]) -> None:
    def row(entry: Any) -> Case:
        reports = {result.of(report.id) for report in result.found.reports if report.document in entry.documents}
        return {"name": entry.name, "roles": dict(entry.roles), "reports": sorted(reports),
                "printed": sorted(entry.printed)}  # fmt: skip

    matched(want, [row(entry) for entry in result.found.departments], agrees)
    for entry in result.found.departments:
        assert len(set(entry.provisions_led)) == len(entry.provisions_led)
        assert len(entry.provisions_led) <= entry.roles.get("lead", 0)


def instruments(result: Seen, want: list[Case]) -> None:
    def row(entry: Any) -> Case:
        standards = [
            f"{result.of(one.report)} {one.date}" + (" repeated" if one.duplicate_of else "") for one in entry.standards
        ]
        return {"name": entry.name, "standards": standards}

    matched(want, [row(entry) for entry in result.found.instruments], agrees)


CHECKS: dict[str, Callable[[Seen, Any], None]] = {
    "copies": copies, "retold": retold, "conflicts": conflicts, "brands": brands, "events": events,
    "departments": departments, "instruments": instruments,
}  # fmt: skip


def agrees(asked: Case, got: Case) -> bool:
    return all(got[key] == (sorted(value) if key in ("names", "printed") else value) for key, value in asked.items())


def matched(asked: Iterable[Any], got: Iterable[Any], fits: Callable[[Any, Any], bool]) -> None:
    """Every expected entry has one of the found ones to itself, and none is left over."""
    left = list(got)
    shown = "\n".join(map(str, left)) or "nothing"
    for one in asked:
        at = next((at for at, other in enumerate(left) if fits(one, other)), None)
        assert at is not None, f"expected {one}, found\n{shown}"
        left.pop(at)
    assert not left, f"not expected: {left}"


def test_every_case_says_why_and_asks_what_is_known() -> None:
    for file, cases in FILES.items():
        for case in cases:
            assert len(case["why"]) > 20, file
            assert set(case) <= CONTROLS | set(CHECKS), case["why"]
            assert set(case) & set(CHECKS), case["why"]
            names = [report["name"] for report in case["report"]]
            assert len(names) == len(set(names)), case["why"]
            assert all(set(report) <= TOLD for report in case["report"]), case["why"]


@pytest.mark.parametrize("key", CHECKS)
def test_every_relation_has_cases_that_find_and_that_do_not(key: str) -> None:
    cases = [case[key] for held in FILES.values() for case in held if key in case]
    assert len(cases) >= 5
    assert any(map(found_something, cases))
    assert key in ("brands", "events", "departments") or not all(map(found_something, cases))


def found_something(want: Any) -> bool:
    return any("<" in one for one in want.values()) if isinstance(want, dict) else bool(want)
