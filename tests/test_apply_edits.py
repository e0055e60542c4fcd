"""`zhengce apply-edits`: decisions of several reviewers on a run, how far they agree, and gold out of them."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_dataset import about, collect, decide, lay, rows
from sklearn.metrics import cohen_kappa_score

from zhengce import applying, batch
from zhengce.cli import main
from zhengce.cli.fit import width
from zhengce.errors import BadUsage
from zhengce.flow import process
from zhengce.measure.reviewers import reviewers
from zhengce.record import TABLES
from zhengce.reviewed import REJECTED, Opinion, Place, Unit

PLAN = (
    "某县就业工作方案\n\n一、总体目标。\n到2025年底，全县培训农民工2万人次，合格率力争达到95%以上。\n"
    "二、扶持政策。\n对稳定就业的脱贫人口，给予每人500元的一次性交通补贴。\n"
    "三、工作基础。\n去年全县新增就业3000人，建成车间12个，发放工资5000万元。各镇办班忙。\n"
)
RULES = partial(process, judges=())
SECOND, THIRD = "2026-03-02T00:00:00Z", "2026-03-03T00:00:00Z"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A run over one document, by the rules alone: two targets, three facts, a subsidy."""
    lay(tmp_path / "in", PLAN)
    batch.run([tmp_path / "in"], tmp_path / "out", process=RULES)
    return tmp_path / "out"


def records(out: Path) -> dict[str, dict[str, Any]]:
    """The records by their tables and values."""
    named = {
        f"{table} {row.get('value') or row.get('amount')}": row for table in TABLES.values() for row in rows(out, table)
    }
    assert list(named) == ["targets 20000", "targets 95", "facts 3000", "facts 12", "facts 50000000", "subsidies 500"]
    return named


def on(out: Path, name: str, action: str, coder: str = "甲", **decided: object) -> dict[str, Any]:
    """A decision of a coder; the second one decides a day later."""
    time = {"乙": {"time": SECOND}, "丙": {"time": THIRD}}.get(coder, {})
    return about(records(out)[name], name.split()[0], action, **decided) | {"coder": coder} | time


def added(out: Path, words: str, table: str = "facts", coder: str = "甲", **decided: object) -> dict[str, Any]:
    (document,) = rows(out, "documents")
    start = document["text"].index(words)
    return {
        "action": "add", "document": document["document"], "table": table, "start": start, "end": start + len(words),
        "quote": words, "decided": decided, "coder": coder,
    }  # fmt: skip


def applied(out: Path, *decisions: dict[str, Any], name: str = "new") -> applying.Applied:
    """What becomes of decisions, each coder's in a file."""
    files = [
        decide(out.parent / f"{coder}.jsonl", *(one for one in decisions if one["coder"] == coder))
        for coder in dict.fromkeys(one["coder"] for one in decisions)
    ]
    return applying.run(out, files, out.parent / name, formats=())


def whole(out: Path, coder: str, **verdicts: str) -> list[dict[str, Any]]:
    """Decisions about all records: confirmations but where `verdicts` say otherwise."""
    return [on(out, name, verdicts.get(name.replace(" ", "_"), "confirm"), coder) for name in records(out)]


def test_the_command_applies_measures_and_tells(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By hand: both keep 2 targets and 2 facts and reject 1 fact, and differ on the subsidy. Of 6 units 5 are alike;
    by chance (4·5 + 2·1)/36 = 22/36, so kappa is (30 - 22)/(36 - 22) = 4/7."""
    ours = whole(out, "甲", facts_50000000="reject", subsidies_500="reject")
    theirs = [
        *whole(out, "乙", facts_50000000="reject")[:5],
        on(out, "targets 95", "edit", "乙", value="96", bound=">"),
        on(out, "subsidies 500", "confirm", "乙") | {"reason": "=1+1"},
    ]
    files = [decide(out.parent / "a.jsonl", *ours), decide(out.parent / "b.jsonl", *theirs)]
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    new = out.parent / "new"
    words = ["apply-edits", str(out), *map(str, files), "-o", str(new)]
    for language in ("zh", "en"):
        assert main([*words, "--lang", language]) == 0
        said = capsys.readouterr()
        assert [line for line in said.err.splitlines() if width(line) > 79 and str(new) not in line] == []
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before, "the run is left as it is"
    told = json.loads(said.out)
    assert told["decisions"] == {"乙": {"applied": 7}, "甲": {"applied": 5, "overruled": 1}}
    (pair,) = told["agreement"]["pairs"]
    assert pair == {"coders": ["乙", "甲"], "units": 6, "agreed": 5, "percent": 83.33, "kappa": round(4 / 7, 4)}
    assert (told["agreement"]["columns"]["targets"]["value"], told["agreement"]["columns"]["targets"]["unit"]) == (
        [1, 2],
        [2, 2],
    )
    assert "kappa: 0.571" in said.err
    assert "甲: 6 decisions: applied 5, overruled 1" in said.err
    differ = [(one["table"], one["column"], [who["value"] for who in one["coders"]]) for one in told["disagreements"]]
    assert differ == [
        ("targets", "value", ["96", "95"]),
        ("targets", "bound", [">", ">="]),
        ("subsidies", "verdict", ["subsidies", REJECTED]),
    ]
    text = (new / "disagreements.csv").read_text(encoding="utf-8-sig")
    lines = list(csv.DictReader(text.splitlines()))
    assert (lines[0]["coder_1"], lines[0]["value_1"], lines[0]["coder_2"], lines[0]["value_2"]) == (
        "乙",
        "96",
        "甲",
        "95",
    )
    assert (lines[2]["reason_1"], lines[2]["source"], lines[2]["decision_2"]) == ("'=1+1", "r0.txt", "reject")
    assert [row["value"] for row in rows(new, "targets")] == ["20000", "96"]
    assert told["records"]["facts"] == 2
    assert {"targets.csv", "zhengce.xlsx", "audit.csv", "audit.jsonl"} <= {path.name for path in new.iterdir()}
    assert len((new / "edits.jsonl").read_text(encoding="utf-8").splitlines()) == 13


def test_decisions_stay_and_come_out_the_same_again(out: Path) -> None:
    undo = {"action": "undo", "coder": "甲", "document": rows(out, "documents")[0]["document"], "table": "facts"}
    taken_back = on(out, "facts 12", "reject") | {"edit": "x"}
    first = applied(out, taken_back, undo | {"undoes": ["x"], "time": SECOND}, on(out, "facts 3000", "reject", "乙"))
    assert first.decisions == {"甲": {"applied": 1, "undone": 1}, "乙": {"applied": 1}}
    assert first.records["facts"] == 2
    new = out.parent / "new"
    before = {path.name: path.read_bytes() for path in new.iterdir() if path.is_file()}
    again = applying.run(out, [], new, formats=())
    assert {path.name: path.read_bytes() for path in new.iterdir() if path.is_file()} == before
    assert again == first
    more = applied(out, on(out, "facts 12", "confirm", "乙") | {"edit": "y"})
    assert more.decisions == {"甲": {"applied": 1, "undone": 1}, "乙": {"applied": 2}}
    later = applying.run(new, [], out.parent / "later", formats=())
    told = [(one.records, one.decisions, one.gold, one.agreement, one.disagreements) for one in (later, more)]
    assert told[0] == told[1]
    assert rows(out.parent / "later", "audit") == rows(new, "audit")
    assert sorted(path.name for path in out.parent.iterdir() if path.name.startswith(".")) == []


def test_what_is_one_label_has_no_kappa_and_says_so(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = decide(out.parent / "a.jsonl", *(on(out, "facts 12", "confirm", coder) for coder in "甲乙"))
    assert main(["apply-edits", str(out), str(path), "-o", str(out.parent / "new"), "--lang", "en"]) == 0
    said = capsys.readouterr()
    told = json.loads(said.out)["agreement"]
    assert [(pair["kappa"], pair["units"], pair["percent"]) for pair in told["pairs"]] == [(None, 1, 100.0)]
    assert "1 records, 100.0% the same" in said.err
    assert "undefined, as all have one label" in said.err
    alone = applied(out, on(out, "facts 3000", "confirm"), name="alone")
    assert (alone.agreement, alone.disagreements) == (None, [])


def test_additions_are_matched_and_what_one_did_not_add_counts_where_all_was_seen(out: Path) -> None:
    one, other = added(out, "各镇办班", value="1"), added(out, "各镇办班忙", coder="乙", value="2") | {"time": SECOND}
    told = applied(out, one, other)
    assert told.agreement is not None
    assert (told.agreement["units"], told.agreement["columns"]) == (1, {"facts": {"value": [0, 1]}})
    assert told.gold["facts"] == 1
    first, second = (row for row in rows(out.parent / "new", "facts") if row["rule"] == "edit.add")
    assert (first["duplicate_of"], second["duplicate_of"], second["value"]) == (second["record"], None, "2")
    half = applied(out, one, *whole(out, "乙")[:5], name="half")
    assert half.agreement is None
    full = applied(out, one, *whole(out, "乙"), name="full")
    assert full.agreement is not None
    assert (full.agreement["units"], full.agreement["agreed"]) == (1, 0)
    (row,) = full.disagreements
    assert [(who["coder"], who["value"], who["decision"]) for who in row["coders"]] == [
        ("乙", REJECTED, None), ("甲", "facts", "add"),
    ]  # fmt: skip


def reclassified(out: Path, coder: str, **decided: object) -> list[dict[str, Any]]:
    record = records(out)["facts 12"]
    added = about(record, "targets", "add", **decided) | {"record": None, "instead_of": record["record"]}
    gone = on(out, "facts 12", "reject", coder)
    return [gone, added | {"coder": coder} | ({"time": gone["time"]} if "time" in gone else {})]


def test_a_record_of_another_kind_is_one_record(out: Path) -> None:
    both = applied(out, *reclassified(out, "甲", value="12"), *reclassified(out, "乙", value="12"))
    assert both.agreement is not None
    assert (both.agreement["units"], both.agreement["agreed"], both.gold["targets"], both.gold["facts"]) == (1, 1, 1, 0)
    (document,) = rows(out.parent / "new" / "gold", "documents")
    assert list(document["rejected"]) == ["facts"]
    turned = applied(out, *reversed(reclassified(out, "甲", value="12")), *reclassified(out, "乙"), name="turned")
    assert turned.agreement is not None
    assert (turned.agreement["agreed"], turned.agreement["columns"]) == (
        1,
        {"targets": {"value": [0, 1], "nature": [1, 1]}},
    )
    one = applied(out, *reclassified(out, "甲", value="12"), on(out, "facts 12", "confirm", "乙"), name="one")
    (row,) = one.disagreements
    assert [who["value"] for who in row["coders"]] == ["facts", "targets"]
    assert [row["open"] for row in rows(out.parent / "one" / "gold", "facts") if row["value"] == "12"] == [True]


@given(
    st.lists(st.tuples(*[st.sampled_from(["targets", "facts", REJECTED, None])] * 2), min_size=1, max_size=30),
)
def test_kappa_is_that_of_scikit_learn(labels: list[tuple[str | None, str | None]]) -> None:
    told = reviewers(_unit(dict(zip("甲乙", pair, strict=True))) for pair in labels)
    both = [pair for pair in labels if None not in pair]
    if not both:
        assert told is None
        return
    assert told is not None
    (pair,) = told["pairs"]
    assert (pair["units"], pair["agreed"]) == (len(both), sum(one == other for one, other in both))
    if len({label for pair in both for label in pair}) > 1:
        assert pair["kappa"] == pytest.approx(cohen_kappa_score(*zip(*both, strict=True)), abs=1e-4)
    else:
        assert pair["kappa"] is None


def test_three_coders_have_the_coefficients_for_many() -> None:
    """The example of `measure.agreement`, where a third of ten units is kept by two of three."""
    said = [("facts",) * 3] * 4 + [("facts", "facts", REJECTED)] * 2 + [(REJECTED,) * 3] * 4
    told = reviewers(_unit(dict(zip("甲乙丙", labels, strict=True))) for labels in said)
    assert told is not None
    assert (told["fleiss"], told["units"], told["agreed"], len(told["pairs"])) == (0.7321, 10, 8, 3)


def _unit(labels: Mapping[str, str | None]) -> Unit:
    return Unit(
        document="d", source="d.txt", quote="某", added=False,
        places=(Place(table="facts", record="r", start=0, end=1),),
        opinions={coder: Opinion(label=label, values={}) for coder, label in labels.items() if label}, label=None,
    )  # fmt: skip


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_what_would_lose_something_is_refused_and_changes_nothing(out: Path) -> None:
    folder = out.parent
    path = decide(folder / "a.jsonl", on(out, "facts 12", "reject"))
    collect([out], folder / "dataset")
    alien = ("disagreements.csv", "audit.csv", "gold/facts.jsonl", "edits.jsonl", "targets.csv")
    for name in alien:
        (folder / name / name).parent.mkdir(parents=True)
        (folder / name / name).write_text("my own notes\n", encoding="utf-8")
    before = snapshot(folder)
    refused = [
        (out, "would be replaced"),
        (folder / "dataset", "holds a dataset"),
        (folder / "edits.jsonl", "line 1: no JSON"),
        *((folder / name, "not a table of zhengce") for name in alien if name != "edits.jsonl"),
    ]
    for new, reason in refused:
        with pytest.raises(BadUsage, match=reason):
            applying.run(out, [path], new)
    with pytest.raises(BadUsage, match="no decisions"):
        applying.run(out, [], folder / "new")
    with pytest.raises(BadUsage, match="holds no run"):
        applying.run(folder / "in", [path], folder / "new")
    assert snapshot(folder) == before
    assert main(["apply-edits", str(out), str(path), "-o", str(out), "--lang", "en"]) == 2


def test_a_failure_leaves_what_was_there(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    applied(out, on(out, "facts 12", "reject"))
    before = snapshot(out.parent / "new")

    def full(*args: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(applying, "write_gold", full)
    path = decide(out.parent / "b.jsonl", on(out, "facts 3000", "reject"))
    assert main(["apply-edits", str(out), str(path), "-o", str(out.parent / "new")]) == 2
    assert snapshot(out.parent / "new") == before
