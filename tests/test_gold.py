"""The hand-made gold of the corpora written unseen: the manifest is true of the texts, the gold stands in them."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from zhengce.flow import process

CORPORA = Path(__file__).parent.parent / "corpora"
COUNTS = {"heldout": 8, "trial": 12, "blind": 14, "blind2": 12}
MARK = r"本文为 zhengce 项目编写的示例，并非真实文件\s*$"
INVENTED = {
    "heldout": MARK,
    "trial": MARK,
    "blind": "虚构",
    "blind2": "虚构",
}  # as the reader gives the text, in simplified script
FILES = sorted(f"{name}/{path.name}" for name in COUNTS for path in (CORPORA / name).iterdir() if path.is_file())
KINDS = ("outline", "targets", "facts", "subsidies", "responsibilities", "brands", "citations", "negatives")
BOUNDS = {"==", ">=", "<=", ">", "<", "~", "range", "at_least_one_per", None}
CLASSES = {"quantified", "dated", "qualitative", "relative"}
DATES = ("deadline", "deadline_context", "deadline_alternative")
SUBSIDIES = {"standard", "disbursed-total", "budget", "unpriced mention"}
BRANDS = {"labour_brand", "training_programme", "other_quoted_not_brand"}
NO_DOCUMENTS = {"三晋劳动报", "唐宫奇妙夜"}  # a newspaper, a show
RELATIONS = {"self", "self_alias", "basis", "cited", "repealed", "to_be_issued"}


@cache
def raw(file: str) -> str:
    return (CORPORA / file).read_text(encoding="utf-8")


@cache
def clean(file: str) -> str:
    document = process((CORPORA / file).read_bytes(), file).document
    assert document is not None
    return document.text


@cache
def gold(file: str) -> Any:
    path = CORPORA / file
    return json.loads((path.parent / "gold" / f"{path.stem}.json").read_text(encoding="utf-8"))


@cache
def rows() -> dict[str, dict[str, str]]:
    with (CORPORA / "manifest.tsv").open(encoding="utf-8", newline="") as lines:
        return {row["file"]: row for row in csv.DictReader(lines, delimiter="\t") if "/" in row["file"]}


def simplified(text: str) -> str:
    from opencc import OpenCC

    return str(OpenCC("t2s").convert(text))


def records(file: str, *kinds: str) -> list[Any]:
    return [record for kind in kinds for record in gold(file)[kind]]


@pytest.mark.parametrize("name", COUNTS)
def test_every_file_is_in_the_manifest_and_has_gold(name: str) -> None:
    files = [file for file in FILES if file.startswith(f"{name}/")]
    assert len(files) == COUNTS[name]
    assert sorted(file for file in rows() if file.startswith(f"{name}/")) == files
    assert sorted(Path(file).stem for file in files) == sorted(
        path.stem for path in (CORPORA / name / "gold").iterdir()
    )


@pytest.mark.parametrize("file", FILES)
def test_manifest_is_true(file: str) -> None:
    row = rows()[file]
    assert hashlib.sha256((CORPORA / file).read_bytes()).hexdigest() == row["sha256"]
    assert row["title"] in raw(file)
    assert row["format"] == Path(file).suffix[1:]
    assert row["script"] in {"zh-Hans", "zh-Hant"}
    assert row["invented"] == "yes"
    assert all(row.values())


@pytest.mark.parametrize("file", FILES)
def test_text_says_that_it_is_invented(file: str) -> None:
    said = INVENTED[file.partition("/")[0]]
    # the footer of a web page, where it may stand too, is no part of its text
    assert re.search(said, clean(file)) or (file.endswith(".html") and re.search(said, raw(file)))


@pytest.mark.parametrize("file", FILES)
def test_gold_names_its_file_and_has_every_list(file: str) -> None:
    assert gold(file)["file"] == Path(file).name
    assert set(gold(file)) == {"file", "annotator", *KINDS}


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("kind", KINDS)
def test_gold_stands_where_it_says(file: str, kind: str) -> None:
    for record in records(file, kind):
        quote, words = record["quote"], record.get("span", record["quote"])
        spans = record.get("spans") or ([record] if "start" in record else [])
        if spans:  # offsets into the file as it stands, in its own script
            assert "".join(raw(file)[span["start"] : span["end"]] for span in spans) == quote
            assert all(span.get("text", quote) == raw(file)[span["start"] : span["end"]] for span in spans)
            continue
        if kind == "negatives" and quote not in clean(file):
            assert quote in raw(file)  # in what the reader leaves out: navigation, for one
            continue
        # the scorer takes the first of several places: right only where the record is open
        count = clean(file).count(quote)
        open_ = record.get("borderline") or record.get("kind") == "other_quoted_not_brand"
        assert count == 1 or (count > 1 and open_), (kind, quote)
        assert words in clean(file)[clean(file).index(quote) :]  # in a table: a cell behind the one that is quoted


@pytest.mark.parametrize("file", FILES)
def test_values_are_written_in_the_guideline_s_terms(file: str) -> None:
    for record in records(file, "targets", "facts"):
        assert record["comparator"] in BOUNDS
        assert record["unit"] not in {"万人", "亿元", "万元"}  # multiplied out
    for record in records(file, "targets"):
        dates = [record[key] for key in DATES if record.get(key)]
        assert all(re.fullmatch(r"20\d\d-\d\d-\d\d", date["iso"]) for date in dates)
        assert record["cls"] in CLASSES
        assert (record["value_min"] is not None) == (record["cls"] == "quantified"), record["quote"]
    for record in records(file, "subsidies"):
        assert record["kind"] in SUBSIDIES
        priced = record["amount_yuan"] is not None or record["percent"] is not None
        assert priced == (record["kind"] != "unpriced mention"), record["quote"]
    for record in records(file, "responsibilities"):
        for department in record["departments"]:
            assert department["surface"] in simplified(record["quote"]) + record.get("span", ""), record["quote"]
            assert department["role"] in {"lead", "joint", "cooperate", "all"}
    for record in records(file, "brands"):
        assert record["kind"] in BRANDS
        assert (record.get("canonical") is None) == (record["kind"] == "other_quoted_not_brand")
    assert {record["relation"] for record in records(file, "citations")} <= RELATIONS


@pytest.mark.parametrize("file", FILES)
def test_gold_is_complete_where_that_can_be_counted(file: str) -> None:
    body = clean(file)
    labels = re.findall(
        r"^\s*(第[一二三四五六七八九十]+[章条]|[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）)", body, re.M
    )
    typed = [record["label"] for record in records(file, "outline")]
    assert [
        label for label in typed if not re.match(r"[\d（]*\d|[一二三四五六七八九十]+是|—|第\d|[①-⑳]", label)
    ] == labels
    owners = Counter(re.findall(r"（[^（）]*(?:负责|牵头|参与)[^（）]*）$", body, re.M))
    assert not owners - Counter(record["quote"] for record in records(file, "responsibilities"))
    titles = simplified("".join(record["title"] or "" for record in records(file, "citations")))
    named = set(re.findall(r"《([^《》]+)》", body)) - NO_DOCUMENTS
    assert not [title for title in named if title not in titles.replace("〈", "《")]
    quoted = Counter(re.findall(r"[“「]([^”」]+)[”」]", body))
    surfaces = [simplified(record["surface"]) for record in records(file, "brands")]
    assert not quoted - Counter(re.split("[”」]", surface)[0] for surface in surfaces)
