"""The gold as tables, `corpora/gold`: what the builder makes of the gold beside the texts, in the format of a run."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from loaded import loaded

from zhengce.write.columns import columns
from zhengce.write.stored import stored

PROJECT = Path(__file__).parents[1]
CORPORA = PROJECT / "corpora"
TABLES = CORPORA / "gold"
SCORER = PROJECT.parent / "shared" / "score" / "score.py"
KINDS = ("targets", "facts", "subsidies", "assignments", "brands", "references")
FEWEST = 30


def builder() -> ModuleType:
    return loaded(CORPORA / "build_gold.py")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("gold")
    builder().main(folder)
    return folder


@pytest.mark.parametrize("table", columns())
def test_builder_makes_the_committed_bytes(table: str, made: Path) -> None:
    same = (made / f"{table}.jsonl").read_bytes() == (TABLES / f"{table}.jsonl").read_bytes()
    assert same, f"{table}: the clean text or the gold has changed; look at it, then run python corpora/build_gold.py"


def test_every_hand_made_gold_is_in_the_tables() -> None:
    sources = sorted(str(row["source"]) for row in stored(TABLES, "documents"))
    assert len(sources) >= FEWEST
    golds = {path.parent.parent.name + "/" + path.stem for path in CORPORA.glob("*/gold/*.json")}
    assert {source.rpartition(".")[0] for source in sources} == golds


@pytest.mark.parametrize("table", ["documents", "provisions", *KINDS])
def test_rows_have_the_columns_of_a_run(table: str) -> None:
    names = [column.name for column in columns()[table]]
    rows = list(stored(TABLES, table))
    assert rows
    assert not [row for row in rows if list(row) != names]


@pytest.mark.parametrize("kind", KINDS)
def test_quotes_and_provisions_are_those_of_the_text(kind: str) -> None:
    texts = {row["document"]: str(row["text"]) for row in stored(TABLES, "documents")}
    provisions = {(row["document"], row["provision"]) for row in stored(TABLES, "provisions")}
    rows: list[dict[str, Any]] = list(stored(TABLES, kind))
    assert rows
    for row in rows:
        assert texts[row["document"]][row["start"] : row["end"]] == row["quote"]
        assert row["provision"] is None or (row["document"], row["provision"]) in provisions
        assert row["rule"] in {"gold", "gold.open"}


@pytest.mark.skipif(not SCORER.is_file(), reason="the scorer (../shared/score) is not beside this checkout")
@pytest.mark.parametrize("name", ["samples", "heldout", "trial", "blind", "blind2"])
def test_tables_say_what_the_hand_made_gold_says(name: str, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    subprocess.run(
        [sys.executable, str(SCORER), str(CORPORA / name / "gold"), str(TABLES), "--json", str(report)],
        check=True,
        capture_output=True,
    )
    for kind, result in json.loads(report.read_text(encoding="utf-8")).items():
        assert result["gold"] > 0
        assert result["gold"] == result["predicted"], kind
        assert {result["found"], result["near"], result["strict"], *result["fields"].values()} == {1.0}, (kind, result)
