"""The pages in `pages/`, whose truth is in `pages/truth.toml`: body, fields, tables, failures, and no furniture."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from zhengce import errors
from zhengce.document import Raw
from zhengce.flow import clean
from zhengce.outline.header import header
from zhengce.read import read_file

FOLDER = Path(__file__).parent / "pages"
PAGES = tomllib.loads((FOLDER / "truth.toml").read_text(encoding="utf-8"))["page"]
UNSEEN = re.compile("[\u200b-\u200f\u2060\ufeff]")
TABULAR = "cell"


def opened(page: dict[str, Any]) -> Raw:
    return read_file((FOLDER / page["file"]).read_bytes(), page["file"])


def of(key: str) -> list[Any]:
    return [pytest.param(page, id=page["file"]) for page in PAGES if key in page]


@pytest.mark.parametrize("page", of("body"))
def test_the_text_of_the_page_and_nothing_else(page: dict[str, Any]) -> None:
    raw = opened(page)
    cells = {raw.text[block.span.start : block.span.end] for block in raw.blocks if block.kind == TABULAR}
    text = raw.text if cells else clean(raw).text  # cleaning folds the tabs of blank cells
    lines = [line for line in text.split("\n") if not (cells and set(line.split("\t")) <= cells | {""})]
    wanted = [re.sub(r"\s", "", line) for line in page["body"]]
    assert [UNSEEN.sub("", re.sub(r"\s", "", line)) for line in lines if line.strip()] == wanted, page["why"]
    assert not [word for word in page.get("junk", []) if word in text]
    assert sorted({note.doubt for note in raw.notes}) == sorted(page.get("notes", []))


@pytest.mark.parametrize("page", of("cells"))
def test_tables_come_as_rows(page: dict[str, Any]) -> None:
    rows = ["\t".join(row).rstrip("\t") for row in page["cells"]]
    assert "\n".join(rows) in opened(page).text


@pytest.mark.parametrize("page", of("fields"))
def test_what_the_page_states(page: dict[str, Any]) -> None:
    fields = opened(page).fields
    assert {label: fields.get(label) for label in page["fields"]} == page["fields"]


@pytest.mark.parametrize("page", of("title"))
def test_title_and_day_of_publishing(page: dict[str, Any]) -> None:
    raw = opened(page)
    found = header(raw, clean(raw).text)
    assert re.sub(r"\s", "", found.title or "") == re.sub(r"\s", "", page["title"])
    assert str(found.published) == page.get("date", "None")


@pytest.mark.parametrize("page", of("error"))
def test_pages_that_hold_no_document_fail_with_the_reason(page: dict[str, Any]) -> None:
    with pytest.raises(getattr(errors, page["error"]), match=page["match"]) as failure:
        opened(page)
    assert type(failure.value).__name__ == page["error"]


def test_every_page_is_labelled() -> None:
    assert {page["file"] for page in PAGES} == {path.name for path in FOLDER.glob("*.html")}
    assert all("body" in page or "error" in page for page in PAGES)
    assert len(PAGES) >= 20
