"""The cases in `cases/headers.toml`: made-up texts and what they say of themselves."""

from __future__ import annotations

import datetime
import tomllib
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from zhengce.document import Document, Header, Raw, Source
from zhengce.flow import clean, process
from zhengce.outline.header import header

CASES = tomllib.loads((Path(__file__).parent / "cases" / "headers.toml").read_text(encoding="utf-8"))["case"]


def outlined(case: dict[str, Any]) -> Document:
    document = process(case["text"].encode(), "case.txt").document
    assert document is not None
    return document


@pytest.mark.parametrize("case", [pytest.param(case, id=f"headers-{n}") for n, case in enumerate(CASES, 1)])
def test_header(case: dict[str, Any]) -> None:
    found = outlined(case).header
    if "fields" in case:
        raw = Raw(
            source=Source(name="case", sha256="0", media_type="text/html"), text=case["text"], fields=case["fields"]
        )
        found = header(raw, clean(raw).text)
    got = {name: shown(getattr(found, name)) for name in case["header"]}
    assert got == case["header"], case["why"]


def test_there_are_cases_for_every_field_both_found_and_not() -> None:
    assert len(CASES) >= 40
    for field in fields(Header):
        values = [case["header"][field.name] for case in CASES if field.name in case["header"]]
        assert any(values), field.name
        if field.name in ("title", "number", "written", "published", "issuers", "region"):
            assert not all(values), field.name


def test_the_cover_of_a_plan_is_a_notice_and_a_part_of_its_own() -> None:
    case = next(case for case in CASES if case["header"].get("kind") == "plan")
    assert [part.kind for part in outlined(case).parts] == ["notice", "plan"]


def shown(value: object) -> object:
    if isinstance(value, datetime.date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value or ""
