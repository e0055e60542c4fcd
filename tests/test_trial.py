"""The trial corpus: the manifest is true of it, each text says that it is invented, the gold stands where it says."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest

CORPORA = Path(__file__).parent.parent / "corpora"
TRIAL = CORPORA / "trial"
FILES = sorted(path.name for path in TRIAL.iterdir() if path.is_file())
MARK = "本文为 zhengce 项目编写的示例，并非真实文件"
KINDS = ("targets", "facts", "subsidies", "responsibilities", "brands", "citations")
DATES = ("deadline", "deadline_context", "deadline_alternative")


def text(file: str) -> str:
    return (TRIAL / file).read_text(encoding="utf-8")


def gold(file: str) -> Any:
    return json.loads((TRIAL / "gold" / f"{Path(file).stem}.json").read_text(encoding="utf-8"))


def rows() -> dict[str, dict[str, str]]:
    with (CORPORA / "manifest.tsv").open(encoding="utf-8", newline="") as lines:
        listed = [row for row in csv.DictReader(lines, delimiter="\t") if row["file"].startswith("trial/")]
    return {row["file"].removeprefix("trial/"): row for row in listed}


def test_every_file_is_in_the_manifest_and_has_gold() -> None:
    assert sorted(rows()) == FILES
    assert [Path(file).stem for file in FILES] == sorted(path.stem for path in (TRIAL / "gold").iterdir())
    assert len(FILES) == 12


@pytest.mark.parametrize("file", FILES)
def test_manifest_is_true(file: str) -> None:
    row = rows()[file]
    assert hashlib.sha256((TRIAL / file).read_bytes()).hexdigest() == row["sha256"]
    assert row["title"] in text(file)
    assert row["format"] == Path(file).suffix[1:]
    assert row["invented"] == "yes"
    assert all(row.values())


@pytest.mark.parametrize("file", FILES)
def test_last_line_says_that_the_text_is_invented(file: str) -> None:
    assert text(file).splitlines()[-1] == MARK


@pytest.mark.parametrize("file", FILES)
def test_spans_are_the_words_they_claim(file: str) -> None:
    raw = text(file)
    for kind in KINDS:
        for record in gold(file)[kind]:
            assert [raw[span["start"] : span["end"]] for span in record["spans"]] == [record["quote"]]
    for heading in gold(file)["outline"]:
        assert raw[heading["start"] : heading["end"]] == heading["quote"]
        assert heading["quote"].startswith(heading["label"])


@pytest.mark.parametrize("file", FILES)
def test_values_are_written_in_the_guideline_s_terms(file: str) -> None:
    for record in gold(file)["targets"] + gold(file)["facts"]:
        assert record["comparator"] in {"==", ">=", "<=", ">", "<", "~", "range", "at_least_one_per", None}
        assert record["unit"] not in {"万人", "亿元", "万元"}  # multiplied out
    for record in gold(file)["targets"]:
        dates = [record[key] for key in DATES if record.get(key)]
        assert all(re.fullmatch(r"20\d\d-\d\d-\d\d", date["iso"]) for date in dates)
        assert (record["value_min"] is not None) == (record["cls"] == "quantified")
    for record in gold(file)["subsidies"]:
        priced = record["amount_yuan"] is not None or record["percent"] is not None
        assert priced == (record["kind"] != "unpriced mention"), record["quote"]
    for record in gold(file)["responsibilities"]:
        assert {department["role"] for department in record["departments"]} <= {"lead", "joint", "cooperate", "all"}
