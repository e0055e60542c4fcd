"""Gold out of reviewed records: what `zhengce evaluate` measures by it, and `zhengce train` learns from it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from shutil import copy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_dataset import about, decide, lay, rows
from test_apply_edits import PLAN, RULES, THIRD, added, applied, on, whole
from test_apply_edits import out as out

from zhengce import applying, batch
from zhengce.cli import main
from zhengce.measure.evaluate import evaluate
from zhengce.record import TABLES
from zhengce.teaching import reviewed_examples
from zhengce.training import corpus


def test_a_disagreement_is_open_until_somebody_settles_it(out: Path) -> None:
    keep, drop = on(out, "facts 12", "confirm"), on(out, "facts 12", "reject", "乙")

    def gold(name: str, *more: dict[str, Any]) -> tuple[int, list[bool], dict[str, Any]]:
        told = applied(out, keep, drop, *more, name=name)
        held = rows(out.parent / name / "gold", "facts")
        (document,) = rows(out.parent / name / "gold", "documents")
        return told.gold["facts"], [row["open"] for row in held if row["value"] == "12"], document["rejected"]

    place = [[keep["start"], keep["end"]]]
    assert gold("open") == (0, [True], {})
    assert gold("still", drop | {"time": THIRD, "reason": "不是"}) == (0, [True], {}), "who made it settles nothing"
    assert gold("third", on(out, "facts 12", "confirm", "丙")) == (1, [False], {})
    assert gold("against", on(out, "facts 12", "reject", "丙")) == (0, [], {"facts": place})
    assert gold("first", keep | {"time": THIRD}) == (1, [False], {})


def test_gold_says_what_is_right_wrong_and_open_by_hand(out: Path) -> None:
    """Confirmed 2, edited 1, rejected 1, added 1; a fact and the subsidy are nobody's."""
    decisions = [
        on(out, "targets 20000", "confirm"), on(out, "targets 95", "edit", value="96"),
        on(out, "facts 3000", "confirm"), on(out, "facts 12", "reject"), added(out, "各镇办班忙", indicator="办班"),
    ]  # fmt: skip
    assert applied(out, *decisions).gold == dict.fromkeys(TABLES.values(), 0) | {
        "documents": 1,
        "targets": 2,
        "facts": 2,
    }
    gold = out.parent / "new" / "gold"
    (document,) = rows(gold, "documents")
    assert set(document["partial"]) == set(TABLES.values()) - {"targets"}
    report = evaluate(out, gold, bootstrap=0)
    told = {kind: (one["gold"], one["found"], one["strict"]) for kind, one in report["kinds"].items() if one["gold"]}
    rates = {"low": None, "high": None}
    assert told == {
        "targets": (2, 2, rates | {"precision": 0.5, "recall": 0.5, "f1": 0.5}),
        "facts": (2, 2, rates | {"precision": 0.5, "recall": 0.5, "f1": 0.5}),
    }
    verdicts = {record["quote"]: record["verdict"] for record in report["found"].values()}
    assert verdicts["建成车间12个"] == "extra"
    assert "发放工资5000万元" in verdicts
    assert verdicts["发放工资5000万元"] == "open"
    fixed = evaluate(out.parent / "new", gold, bootstrap=0)["mean_strict"]["f1"]
    assert fixed == 1.0


def test_what_is_found_where_nobody_looked_is_not_punished(out: Path) -> None:
    applied(out, on(out, "facts 3000", "confirm"))
    gold = out.parent / "new" / "gold"
    lines = [json.dumps(row, ensure_ascii=False) for row in rows(gold, "facts") if row["value"] == "3000"]
    (gold / "facts.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    figures = evaluate(out, gold, bootstrap=0)["kinds"]
    assert (figures["facts"]["found"], figures["targets"]["found"]) == (1, 0)
    applied(out, *whole(out, "甲"), name="whole")
    gold = out.parent / "whole" / "gold"
    (gold / "facts.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert evaluate(out, gold, bootstrap=0)["kinds"]["facts"]["found"] == 3, "all was gone through"


@pytest.fixture(scope="module")
def proposed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("proposed")
    lay(folder / "in", PLAN)
    batch.run([folder / "in"], folder / "out", process=RULES)
    return folder / "out"


@given(data=st.data())
@settings(max_examples=25, deadline=None)
def test_corrected_tables_are_right_by_their_own_gold(
    proposed: Path, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    held = [(table, row) for table in TABLES.values() for row in rows(proposed, table)]
    told: list[dict[str, Any]] = []
    for at in range(data.draw(st.integers(1, 10))):
        table, row = data.draw(st.sampled_from(held))
        action = data.draw(st.sampled_from(["confirm", "reject", "edit", "add", "undo"]))
        one = about(
            row, table, action, **({"indicator": f"人数{at}"} if action == "edit" and table != "subsidies" else {})
        )
        one |= {"coder": data.draw(st.sampled_from("甲乙丙")), "time": f"2026-03-01T09:{at:02}:00Z", "edit": f"e{at}"}
        if action == "add":  # of one coder, beyond what was proposed
            one |= {"coder": "甲", "table": "facts", "start": 0, "end": at + 1, "quote": None}
        if action == "undo":
            one |= {"undoes": [f"e{data.draw(st.integers(-1, at - 1))}"]}
        told.append(one)
    folder = tmp_path_factory.mktemp("any")
    applying.run(proposed, [decide(folder / "e.jsonl", *told)], folder / "new", formats=())
    gold = folder / "new" / "gold"
    if not rows(gold, "documents"):
        return
    report = evaluate(folder / "new", gold, bootstrap=0)
    verdicts = [one["verdict"] for side in (report["gold"], report["found"]) for one in side.values()]
    assert set(verdicts) <= {"strict", "open"}


LESSONS = (
    "某县劳务品牌建设方案\n\n一、主要目标\n到2027年，培育“某县绣娘”等劳务品牌5个，培训2万人次，县级服务平台基本建成。\n"
    "二、扶持政策。\n给予每人500元的培训补贴，落实社会保险补贴。\n三、分工。\n由县人社局牵头，县财政局配合。根据《某县就业办法》制定本方案。\n"
    "去年全县新增就业3000人，会上推介“山里红”劳务品牌。\n"
)


REJECTIONS = ("培训2万人次", "落实社会保险补贴", "县财政局配合", "“山里红”")


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """Gold of a text with something of each question: four records are rejected, nobody decided about the reference."""
    lay(tmp_path / "in", LESSONS)
    out = tmp_path / "out"
    batch.run([tmp_path / "in"], out, process=RULES)
    told = [
        about(row, table, "reject" if row["quote"] in REJECTIONS else "confirm")
        for table in TABLES.values()
        for row in rows(out, table)
        if table != "references"
    ]
    assert sum(one["action"] == "reject" for one in told) == len(REJECTIONS)
    path = decide(tmp_path / "a.jsonl", *told)
    applying.run(out, [path], tmp_path / "new", formats=())
    return tmp_path / "new" / "gold"


def test_reviewed_records_teach_what_was_decided(gold: Path) -> None:
    shown = re.compile("【(.*)】")
    taught = sorted(
        (one.candidate.question, shown.findall(one.context)[0], one.label) for one in reviewed_examples(gold)
    )
    assert taught == [
        ("assignment", "县财政局配合", "no"), ("assignment", "由县人社局牵头", "yes"),
        ("goal", "县级服务平台基本建成", "yes"), ("name", "“山里红”", "other"), ("name", "“某县绣娘”", "brand"),
        ("statement", "3000人", "fact"), ("statement", "500元", "standard"), ("statement", "5个", "target"),
        ("subsidy", "给予每人500元的培训补贴", "yes"), ("subsidy", "落实社会保险补贴", "no"),
    ]  # fmt: skip


def test_train_takes_gold_and_says_where_there_is_nothing_to_learn(
    gold: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for part, many in (("train", 60), ("grammar", 3), ("test", 3)):
        (tmp_path / "corpus" / part).mkdir(parents=True)
        for path in sorted((corpus() / part).glob("*.xml"))[:many:6]:
            copy(path, tmp_path / "corpus" / part)
    monkeypatch.setattr("zhengce.training.corpus", lambda: tmp_path / "corpus")
    models = tmp_path / "models"
    assert main(["train", "--gold", str(gold), "-o", str(models), "--quiet", "--lang", "en"]) == 0
    assert "10 labelled candidates from reviewed records" in capsys.readouterr().err
    for table in TABLES.values():
        (gold / f"{table}.jsonl").write_text("", encoding="utf-8")
    (document,) = rows(gold, "documents")
    (gold / "documents.jsonl").write_text(json.dumps(document | {"rejected": {}}) + "\n", encoding="utf-8")
    assert main(["train", "--gold", str(gold), "-o", str(models), "--lang", "en"]) == 2
    assert "nothing to learn" in capsys.readouterr().err
    assert main(["train", "--gold", str(tmp_path / "out"), "-o", str(models), "--lang", "en"]) == 2
    assert "holds no reviewed records" in capsys.readouterr().err
