"""Quality floors: strict F1 by kind must not fall below tests/quality.toml, whose numbers only rise."""

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from zhengce.batch import run

PROJECT = Path(__file__).parents[1]
SHARED = PROJECT.parent / "shared"
SCORER = SHARED / "score" / "score.py"
FLOORS = tomllib.loads((PROJECT / "tests" / "quality.toml").read_text(encoding="utf-8"))
CORPORA = {
    "real": (SHARED / "documents" / "seeds", SHARED / "gold"),
    "samples": (PROJECT / "corpora" / "samples", PROJECT / "corpora" / "samples" / "gold"),
    "heldout": (PROJECT / "corpora" / "heldout", PROJECT / "corpora" / "heldout" / "gold"),
    "trial": (PROJECT / "corpora" / "trial", PROJECT / "corpora" / "trial" / "gold"),
    "blind": (PROJECT / "corpora" / "blind", PROJECT / "corpora" / "blind" / "gold"),
    "blind2": (PROJECT / "corpora" / "blind2", PROJECT / "corpora" / "blind2" / "gold"),
}


@pytest.mark.skipif(not SCORER.is_file(), reason="the scorer (../shared/score) is not beside this checkout")
@pytest.mark.parametrize("name", FLOORS)
def test_no_kind_falls_below_its_floor(name: str, tmp_path: Path) -> None:
    documents, gold = CORPORA[name]
    files = [path for path in documents.iterdir() if path.is_file()]
    run(files, tmp_path / "out")
    report = tmp_path / "report.json"
    subprocess.run(
        [sys.executable, str(SCORER), str(gold), str(tmp_path / "out"), "--json", str(report)],
        check=True,
        capture_output=True,
    )
    strict = {kind: result["strict"] for kind, result in json.loads(report.read_text(encoding="utf-8")).items()}
    lost = {kind: (strict[kind], floor) for kind, floor in FLOORS[name].items() if strict[kind] < floor}
    print("strict F1 against its floor:", {kind: (strict[kind], floor) for kind, floor in FLOORS[name].items()})
    assert not lost, f"strict F1 below its floor (now, floor): {lost}"
