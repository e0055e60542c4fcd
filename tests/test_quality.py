"""Quality floors: strict F1 by kind must not fall below tests/quality.toml, whose numbers only rise."""

import json
import subprocess
import sys
import tomllib
from operator import lt
from pathlib import Path
from typing import Any

import check_floors
import pytest
from link_scores import scores

from zhengce.batch import run
from zhengce.measure.evaluate import evaluate

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


def scored(gold: Path, place: Path) -> dict[str, Any]:
    """What the external scorer says of the run in `place / "out"`."""
    report = place / "report.json"
    line = [sys.executable, str(SCORER), str(gold), str(place / "out"), "--json", str(report)]
    subprocess.run(line, check=True, capture_output=True)
    return json.loads(report.read_text(encoding="utf-8"))  # type: ignore[no-any-return]


@pytest.mark.skipif(not SCORER.is_file(), reason="the scorer (../shared/score) is not beside this checkout")
@pytest.mark.parametrize("name", [name for name in FLOORS if name in CORPORA])
def test_no_kind_falls_below_its_floor(name: str, tmp_path: Path) -> None:
    documents, gold = CORPORA[name]
    files = [path for path in documents.iterdir() if path.is_file()]
    run(files, tmp_path / "out")
    strict = {kind: result["strict"] for kind, result in scored(gold, tmp_path).items()}
    lost = {kind: (strict[kind], floor) for kind, floor in FLOORS[name].items() if strict[kind] < floor}
    print("strict F1 against its floor:", {kind: (strict[kind], floor) for kind, floor in FLOORS[name].items()})
    assert not lost, f"strict F1 below its floor (now, floor): {lost}"


@pytest.mark.parametrize("part", FLOORS["links"])
def test_linking_reaches_its_floors(part: str) -> None:
    found = {name: (share.precision, share.recall) for name, share in scores(part).items()}
    floors = FLOORS["links"][part]
    assert set(found) == set(floors)
    lost = {name: (found[name], floor) for name, floor in floors.items() if any(map(lt, found[name], floor))}
    assert not lost, f"precision and recall below their floors (now, floors): {lost}"


def test_own_corpora_reach_their_floors_by_kind_and_stratum(capsys: pytest.CaptureFixture[str]) -> None:
    assert check_floors.main([]) == 0, capsys.readouterr().out


def test_floors_only_rise_and_what_falls_is_named() -> None:
    figures, floors = {"kind": {"targets": 0.9278, "facts": 0.8}}, {"kind": {"targets": 0.92, "facts": 0.81}}
    assert check_floors.raised(figures, floors) == {"kind": {"targets": 0.92, "facts": 0.81}}
    assert check_floors.raised({"kind": {"targets": 0.93}}, floors) == {"kind": {"targets": 0.93}}
    assert list(check_floors.below(figures, floors)) == ["kind facts: strict F1 0.8, floor 0.81"]
    assert list(check_floors.below({}, {"script": {"hant": 0.5}})) == ["script hant: strict F1 None, floor 0.5"]


def test_records_gained_and_lost_are_told_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    before = {"trial": {"facts": ["a.txt/facts/甲@1", "a.txt/facts/乙@2"]}}
    now = {"trial": {"facts": ["a.txt/facts/乙@2", "a.txt/facts/丙@3"]}}
    verdicts = {"a.txt/facts/甲@1": {"verdict": "partly", "wrong": ["unit"]}, "a.txt/facts/丙@3": {"verdict": "strict"}}
    check_floors.tell(now, before, verdicts)
    assert capsys.readouterr().out.splitlines() == [
        "gained  trial/a.txt/facts/丙@3  strict",
        "lost  trial/a.txt/facts/甲@1  unit",
    ]


@pytest.mark.skipif(not SCORER.is_file(), reason="the scorer (../shared/score) is not beside this checkout")
@pytest.mark.parametrize("name", ["real", "heldout", "trial", "blind2"])
def test_evaluate_says_what_the_external_scorer_says(name: str, tmp_path: Path) -> None:
    documents, gold = CORPORA[name]
    run([path for path in documents.iterdir() if path.is_file()], tmp_path / "out")
    ours = evaluate(tmp_path / "out", gold, bootstrap=0)["kinds"]
    for kind, theirs in scored(gold, tmp_path).items():
        assert (ours[kind]["gold"], ours[kind]["found"]) == (theirs["gold"], theirs["predicted"])
        for level, score in (("overlap", "found"), ("half", "near"), ("strict", "strict")):
            assert abs(ours[kind][level]["f1"] - theirs[score]) <= 0.005, (kind, level)
