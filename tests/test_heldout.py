"""The held-out corpus: the manifest is true of it, each text says that it is invented, the gold stands in the texts."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from zhengce.flow import process

CORPORA = Path(__file__).parent.parent / "corpora"
HELDOUT = CORPORA / "heldout"
FILES = sorted(path.name for path in HELDOUT.iterdir() if path.is_file())
MARK = "本文为 zhengce 项目编写的示例，并非真实文件"
KINDS = ("outline", "targets", "facts", "subsidies", "responsibilities", "brands", "citations", "negatives")
BOUNDS = {"==", ">=", "<=", ">", "<", "~", "range", "at_least_one_per", None}


@cache
def text(file: str) -> str:
    document = process((HELDOUT / file).read_bytes(), file).document
    assert document is not None
    return document.text


@cache
def gold(file: str) -> Any:
    return json.loads((HELDOUT / "gold" / f"{Path(file).stem}.json").read_text(encoding="utf-8"))


def rows() -> dict[str, dict[str, str]]:
    with (CORPORA / "manifest.tsv").open(encoding="utf-8", newline="") as lines:
        listed = [row for row in csv.DictReader(lines, delimiter="\t") if row["file"].startswith("heldout/")]
    return {row["file"].removeprefix("heldout/"): row for row in listed}


def test_every_file_is_in_the_manifest_and_has_gold() -> None:
    assert sorted(rows()) == FILES
    assert sorted(Path(file).stem for file in FILES) == sorted(path.stem for path in (HELDOUT / "gold").iterdir())
    assert len(FILES) == 8


@pytest.mark.parametrize("file", FILES)
def test_manifest_is_true(file: str) -> None:
    row = rows()[file]
    assert hashlib.sha256((HELDOUT / file).read_bytes()).hexdigest() == row["sha256"]
    assert row["title"] in text(file)
    assert row["format"] == Path(file).suffix[1:]
    assert row["invented"] == "yes"
    assert all(row.values())


@pytest.mark.parametrize("file", FILES)
def test_last_line_says_that_the_text_is_invented(file: str) -> None:
    assert text(file).strip().splitlines()[-1].strip() == MARK


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("kind", KINDS)
def test_quotes_stand_verbatim_and_in_one_place(file: str, kind: str) -> None:
    for record in gold(file)[kind]:
        quote, span = record["quote"], record.get("span", record["quote"])
        assert span in quote
        # the scorer takes the first of several places: right only where the record is open
        count = text(file).count(quote)
        assert count == 1 or (count > 1 and record.get("borderline")), (kind, quote)


@pytest.mark.parametrize("file", FILES)
def test_values_are_written_in_the_guideline_s_terms(file: str) -> None:
    for record in gold(file)["targets"] + gold(file)["facts"]:
        assert record["comparator"] in BOUNDS
        assert record.get("unit") not in {"万人", "亿元", "万元"}  # multiplied out
    for record in gold(file)["targets"]:
        dates = (record["deadline"], record.get("deadline_context"))
        assert all(date is None or re.fullmatch(r"20\d\d-\d\d-\d\d", date["iso"]) for date in dates)
        assert record["cls"] in {"quantified", "dated", "qualitative", "relative"}
        assert (record["value_min"] is not None) == (record["cls"] == "quantified")
    for record in gold(file)["subsidies"]:
        assert record["kind"] in {"standard", "disbursed-total", "budget", "unpriced mention"}
        priced = record["amount_yuan"] is not None or record["percent"] is not None
        assert priced == (record["kind"] != "unpriced mention"), record["quote"]
    for record in gold(file)["responsibilities"]:
        for department in record["departments"]:
            assert department["surface"] in record["quote"]
            assert department["role"] in {"lead", "joint", "cooperate", "all"}


@pytest.mark.parametrize("file", FILES)
def test_gold_is_complete_where_that_can_be_counted(file: str) -> None:
    body, records = text(file), gold(file)
    labels = re.findall(
        r"^\s*(第[一二三四五六七八九十]+[章条]|[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）)", body, re.M
    )
    typed = [record["label"] for record in records["outline"] if not record["label"][0].isdigit()]
    assert typed == labels
    brackets = re.findall(r"（[^（）]*(?:负责|牵头|参与)[^（）]*）$", body, re.M)
    assert brackets == [r["quote"] for r in records["responsibilities"] if r["quote"].startswith("（")]
    titles = "".join(record["title"] or "" for record in records["citations"])
    assert all(title in titles.replace("〈", "《") for title in re.findall(r"《([^《》]+)》", body))
    quoted = [record["surface"] for record in records["brands"]]
    assert sorted(quoted) == sorted(re.findall(r"[“「]([^”」]+)[”」]", body))
