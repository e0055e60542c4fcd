"""The cases in `cases/parts.toml`: made-up files that hold several texts, and where each begins."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from zhengce.flow import process

CASES = tomllib.loads((Path(__file__).parent / "cases" / "parts.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"][:40])
def test_parts(case: dict[str, Any]) -> None:
    document = process(case["text"].encode(), "case.txt").document
    assert document is not None
    found = [[part.kind, part.title or "", document[part.span].lstrip()] for part in document.parts]
    wanted = case["parts"]
    assert [part[:2] for part in found] == [part[:2] for part in wanted], case["why"]
    for (_, _, text), (_, _, words) in zip(found, wanted, strict=True):
        assert text.startswith(words), case["why"]


def test_each_text_of_a_file_has_a_header_of_its_own() -> None:
    document = process(CASES[1]["text"].encode(), "case.txt").document
    assert document is not None
    notice, opinion, _ = document.parts
    assert str(notice.header.written) == "2031-07-01"
    assert str(opinion.header.written) == "2031-06-20"
    assert notice.header.addressees == ("各市、县人民政府",)
    assert opinion.header.addressees == ()
