"""Word's automatic numbers: the cases in `cases/word/numbering.toml`, and how far every format counts."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_word import numbered_word

from zhengce.flow import process
from zhengce.read import read_file
from zhengce.read.docx_number import numbered
from zhengce.value.number import parse_number

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "cases" / "word" / "numbering.toml").read_text(encoding="utf-8")
)["case"]
KEYS = {"why", "lists", "instances", "styles", "paragraphs", "lines", "labels", "notes"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_labels_are_those_that_word_shows(case: dict[str, Any]) -> None:
    assert not set(case) - KEYS
    raw = read_file(numbered_word(case), "通知.docx")
    assert raw.text.split("\n") == case["lines"]
    assert [note.doubt for note in raw.notes] == case.get("notes", [])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_labels_make_the_outline(case: dict[str, Any]) -> None:
    document = process(numbered_word(case), "通知.docx").document
    assert document is not None
    assert [[one.label, one.level or ""] for one in document.provisions] == case["labels"]


@given(value=st.integers(1, 99_999))
def test_counted_numbers_mean_what_they_count(value: int) -> None:
    written = numbered(value, "chineseCountingThousand")
    assert written is not None
    assert parse_number(written) == value


@given(value=st.integers(1, 3_000), form=st.sampled_from(["decimal", "decimalZero", "ideographDigital", "upperRoman"]))
def test_every_number_has_its_own_label(value: int, form: str) -> None:
    assert numbered(value, form) not in (None, "", numbered(value + 1, form))
