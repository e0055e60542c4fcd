"""The example corpus: the manifest is true, the samples come from the sources, the gold stands in the texts."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from loaded import loaded

CORPORA = Path(__file__).parent.parent / "corpora"
SAMPLES = CORPORA / "samples"
MARK = "本文为zhengce项目编写的示例，并非真实文件"
LABEL = re.compile(r"\s*([一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)])")
KINDS = ("outline", "targets", "facts", "subsidies", "responsibilities", "brands", "citations", "negatives")

with (CORPORA / "manifest.tsv").open(encoding="utf-8", newline="") as lines:
    MANIFEST = [row for row in csv.DictReader(lines, delimiter="\t") if "/" not in row["file"]]
FILES = [row["file"] for row in MANIFEST]


def builder() -> ModuleType:
    return loaded(CORPORA / "build.py")


def bare(text: str) -> str:
    return re.sub(r"[\s|]+", "", text)


def source(file: str) -> str:
    return (CORPORA / "sources" / f"{Path(file).stem}.txt").read_text(encoding="utf-8")


def gold(file: str) -> Any:
    return json.loads((SAMPLES / "gold" / f"{Path(file).stem}.json").read_text(encoding="utf-8"))


def paragraphs(file: str) -> list[str]:
    """The lines of a sample as a plain reader of its format sees them."""
    path = SAMPLES / file
    if path.suffix == ".docx":
        from docx import Document

        return [paragraph.text for paragraph in Document(str(path)).paragraphs]
    if path.suffix == ".pdf":
        import pdfplumber

        with pdfplumber.open(path) as pdf:
            pages = [page.extract_text() for page in pdf.pages]
        return [line for page in pages for line in page.splitlines() if not re.fullmatch(r"— \d+ —", line)]
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        return re.findall(r"<p>(.*?)</p>", text)
    return text.splitlines()


def test_manifest_lists_every_sample_and_gold_file() -> None:
    assert sorted(FILES) == sorted(path.name for path in SAMPLES.iterdir() if path.is_file())
    assert sorted(Path(file).stem for file in FILES) == sorted(path.stem for path in (SAMPLES / "gold").iterdir())


@pytest.mark.parametrize("row", MANIFEST, ids=FILES)
def test_manifest_is_true(row: dict[str, str]) -> None:
    assert hashlib.sha256((SAMPLES / row["file"]).read_bytes()).hexdigest() == row["sha256"]
    assert row["invented"] == "yes"
    assert row["licence"] in {"CC0-1.0", "Apache-2.0"}
    assert bare(row["title"]) in bare(source(row["file"]))
    assert row["format"] == Path(row["file"]).suffix[1:]
    assert all(row.values())


@pytest.mark.parametrize("file", FILES)
def test_sample_says_first_or_last_that_it_is_invented(file: str) -> None:
    from opencc import OpenCC

    lines = [line for line in paragraphs(file) if line.strip()]
    plain = [OpenCC("t2s").convert(re.sub(r"\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǜ]+\)", "", line)) for line in lines]
    assert MARK in {bare(plain[0]), bare(plain[-1])}


@pytest.mark.parametrize("file", FILES)
def test_build_reproduces_the_bytes(file: str) -> None:
    if Path(file).suffix in {".docx", ".pdf"}:
        pytest.importorskip("reportlab")
    assert builder().BUILDERS[file]() == (SAMPLES / file).read_bytes()


def test_pdf_text_comes_out_whole() -> None:
    assert bare("".join(paragraphs("yunnan_opinion.pdf"))) == bare(source("yunnan_opinion.pdf"))


def test_pollution_is_undone_by_taking_the_listed_readings_away() -> None:
    from opencc import OpenCC

    polluted = (SAMPLES / "hunan_opinion.txt").read_text(encoding="utf-8")
    notes = [f"{char}({reading})" for char, reading in builder().READINGS.items()]
    assert sum(polluted.count(note) for note in notes) > 250
    for note in notes:
        polluted = polluted.replace(note, note[0])
    assert "(CPU)" in polluted
    assert "(省教育廳負責)" in polluted
    assert OpenCC("t2s").convert(polluted) == source("hunan_opinion.txt")


@pytest.mark.parametrize("file", FILES)
def test_gold_quotes_stand_in_the_text(file: str) -> None:
    text = bare(source(file))
    for kind in KINDS:
        for record in gold(file)[kind]:
            # the title of a document may stand in its header too: such a record is open
            assert text.count(bare(record["quote"])) == 1 or record.get("borderline"), (kind, record["quote"])
            assert bare(record.get("span", "")) in bare(record["quote"])


@pytest.mark.parametrize("file", FILES)
def test_gold_is_complete_where_that_can_be_counted(file: str) -> None:
    text, records = source(file), gold(file)
    body = text.split("\n---\n")[-1]
    assert records["file"] == file
    assert [record["label"] for record in records["outline"]] == [
        match[1] for line in body.splitlines() if (match := LABEL.match(line))
    ]
    assert len(records["brands"]) == body.count("“")
    owners = re.findall(r"[（(][^（）()]*(?:负责|牵头|配合|参与)[^（）()]*[）)](?=\n)", body)
    brackets = [r for r in records["responsibilities"] if r["assignment_type"] == "parenthetical"]
    assert [record.get("span", record["quote"]) for record in brackets] == owners
    titles = [record["title"] for record in records["citations"]]
    assert set(re.findall(r"《([^》]+)》", body)) <= set(titles)
