"""The cases in `cases/*.toml`: made-up passages with the records, values, dates or clean text that they must give.

Record kinds: every record of a listed kind is expected, unless `partial = true`; `quote` fits by overlap, every other
key exactly (numbers as decimals, dates as ISO 8601, "" for None); `none` lists kinds of which there must be none.
"""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import pytest

from zhengce.document import Document
from zhengce.flow import EXTRACTORS, annotate, process
from zhengce.record import TABLES
from zhengce.value.date import dates
from zhengce.value.quantity import quantities

Case = dict[str, Any]
Got = list[dict[str, Any]]

FOLDER = Path(__file__).parent / "cases"
CASES: dict[str, list[Case]] = {
    path.stem: tomllib.loads(path.read_text(encoding="utf-8"))["case"]
    for path in sorted(FOLDER.glob("*.toml"))
    if path.stem not in ("headers", "parts", "compare")  # run by test_header.py, test_parts.py and test_compare.py
}
VALUES = ("quantities", "dates", "provisions")
COLUMNS = {table: {field.name for field in fields(kind)} | {"quote"} for kind, table in TABLES.items()}
CONTROLS = {"why", "text", "title", "name", "year", "written", "none", "partial", "raw", "clean", "notes"}
ENOUGH = 10


def of(*kinds: str) -> list[Any]:
    """The cases of some files as parameters, with the file and the ordinal as the id."""
    return [pytest.param(case, id=f"{kind}-{n}") for kind in kinds for n, case in enumerate(CASES.get(kind, []), 1)]


@pytest.mark.parametrize("case", of(*EXTRACTORS))
def test_records(case: Case) -> None:
    text = (case["title"] + "\n" if "title" in case else "") + case["text"]
    found = annotate(text, judges=())  # the rules alone: a judge is measured on documents, not on sentences
    asked = [kind for kind in EXTRACTORS if kind in case or kind in case.get("none", ())]
    report([complaint(case, kind, [row(record, text) for record in found[kind]], text) for kind in asked], case, text)


@pytest.mark.parametrize("case", of("provisions"))
def test_provisions(case: Case) -> None:
    document = outlined(case["text"])
    labels = {provision.id: provision.label for provision in document.provisions}
    got = [
        {
            "label": provision.label,
            "level": provision.level,
            "depth": provision.depth,
            "heading": provision.heading,
            "anomaly": provision.anomaly,
            "parent": labels.get(provision.parent or ""),
        }
        for provision in document.provisions
    ]
    check(case, "provisions", got, document.text)
    expected = [want["label"] for want in case["provisions"]]
    assert [entry["label"] for entry in got] == expected, "the order of the labels"


@pytest.mark.parametrize("case", of("quantities"))
def test_quantities(case: Case) -> None:
    got = [
        {"quote": q.text, "start": q.span.start, "value": q.value, "upper": q.upper, "unit": q.unit, "bound": q.bound}
        for q in quantities(case["text"])
    ]
    check(case, "quantities", got, case["text"])


@pytest.mark.parametrize("case", of("dates"))
def test_dates(case: Case) -> None:
    columns = ("kind", "day", "inferred", "shifted", "recurring")
    written = {"written": datetime.date.fromisoformat(case["written"])} if "written" in case else {}
    found = list(dates(case["text"], case.get("year"), **written))
    got = [
        {"quote": date.text, "start": date.span.start} | {name: getattr(date, name) for name in columns}
        for date in found
    ]
    check(case, "dates", got, case["text"])


@pytest.mark.parametrize("case", of("clean"))
def test_clean(case: Case) -> None:
    outcome = process(case["raw"].encode(), case.get("name", "page.txt"))
    assert outcome.document is not None, outcome.failure
    assert outcome.document.text.strip() == case["clean"].strip(), case["why"]
    assert sorted({note.doubt for note in outcome.document.notes}) == sorted(case.get("notes", [])), case["why"]


@pytest.mark.parametrize("kind", EXTRACTORS)
def test_every_extractor_has_cases(kind: str) -> None:
    cases = CASES.get(kind, [])
    assert len(cases) >= ENOUGH
    assert any(case.get(kind) for case in cases), "cases that find something"
    assert any(kind in case.get("none", ()) for case in cases), "cases that find nothing"


def test_every_file_of_cases_is_run() -> None:
    assert set(CASES) == {*EXTRACTORS, *VALUES, "clean"}


def test_every_case_says_why() -> None:
    mute = [(kind, n) for kind, cases in CASES.items() for n, case in enumerate(cases, 1) if len(case["why"]) < 10]
    assert not mute


def test_every_case_asks_what_is_known() -> None:
    for kind, cases in CASES.items():
        for case in cases:
            assert not set(case) - CONTROLS - set(EXTRACTORS) - set(VALUES), case["why"]
            assert kind in case or kind in case.get("none", ()) or kind == "clean", case["why"]
            for table, columns in COLUMNS.items():
                for want in case.get(table, []):
                    assert not set(want) - columns, f"{case['why']}: no such column in {table}"


def check(case: Case, kind: str, got: Got, text: str) -> None:
    report([complaint(case, kind, got, text)], case, text)


def report(complaints: Iterable[str], case: Case, text: str) -> None:
    """Fails with the passage and every complaint about it."""
    found = [complaint for complaint in complaints if complaint]
    if found:
        pytest.fail("\n".join(["", case["why"], text, *found]), pytrace=False)


def complaint(case: Case, kind: str, got: Got, text: str) -> str:
    """What is wrong where the expected entries of a kind do not pair off with those found; empty where all is well."""
    expected = case.get(kind, [])
    paired = pairs_off(expected, got, lambda want, entry: agrees(want, entry, text))
    if paired and (len(got) == len(expected) or (expected and case.get("partial"))):
        return ""
    shown = {key for want in expected for key in want} or {"value", "unit", "name", "title", "amount", "department"}
    lines = [f"  {brief(entry, shown | {'quote'})}" for entry in got] or ["  nothing"]
    wanted = [f"  {want}" for want in expected] or ["  nothing"]
    return "\n".join([f"expected {kind}:", *wanted, f"got {kind}:", *lines])


def pairs_off(expected: Sequence[Case], got: Got, fits: Callable[[Case, dict[str, Any]], bool]) -> bool:
    """Whether every expected entry has one of the found ones to itself."""
    if not expected:
        return True
    first, rest = expected[0], expected[1:]
    return any(fits(first, entry) and pairs_off(rest, got[:n] + got[n + 1 :], fits) for n, entry in enumerate(got))


def agrees(want: Case, entry: dict[str, Any], text: str) -> bool:
    return all(
        overlaps(value, entry, text) if key == "quote" else same(value, entry[key]) for key, value in want.items()
    )


def same(want: Any, value: Any) -> bool:
    """Whether a value of TOML says the same as one of a record.

    >>> same("95", Decimal("95.0")), same("", None), same(["人"], ("人",)), same("人", None)
    (True, True, True, False)
    """
    if want == "" or value is None:
        return want == "" and value is None
    if isinstance(value, Decimal):
        try:
            return Decimal(want) == value
        except InvalidOperation:
            return False
    if isinstance(value, datetime.date):
        return bool(want == value.isoformat())
    if isinstance(value, tuple):
        return sorted(want) == sorted(value)
    return bool(want == value)


def overlaps(want: str, entry: dict[str, Any], text: str) -> bool:
    """Whether a quote fits as the scorer has it: three tenths in common, or all of it and forty characters to spare."""
    assert want in text, f"the case quotes what its text does not hold: {want}"
    first, last = entry["start"], entry["start"] + len(entry["quote"])
    for match in re.finditer(re.escape(want), text):
        shared = min(match.end(), last) - max(match.start(), first)
        whole = len(want) + last - first - shared
        if shared > 0 and (shared / whole >= 0.3 or (shared == len(want) and last - first <= len(want) + 40)):
            return True
    return False


def row(record: Any, text: str) -> dict[str, Any]:
    """The fields of a record with its quote, which must be the words at its place."""
    citation = record.citation
    assert text[citation.span.start : citation.span.end] == citation.quote
    place = {"quote": citation.quote, "start": citation.span.start}
    return {field.name: getattr(record, field.name) for field in fields(record)} | place


def brief(entry: dict[str, Any], keys: Iterable[str]) -> dict[str, str]:
    return {key: str(entry[key]) for key in sorted(keys) if key in entry}


def outlined(text: str) -> Document:
    document = process(text.encode(), "case.txt").document
    assert document is not None
    return document
