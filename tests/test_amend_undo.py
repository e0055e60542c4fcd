"""Undo: a decision that its coder took back counts nowhere, and stays in the history."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_dataset import about, dangling, decide, held, lay, row_of, rows
from test_amend import EMBROIDERY, again, collect, entry, outcomes, workers
from test_amend import out as out

from zhengce.amend.edit import read_edits
from zhengce.errors import BadUsage
from zhengce.record import TABLES

LATER = "2026-03-05T00:00:00Z"
LATEST = "2026-03-06T00:00:00Z"


def undo(row: dict[str, Any], *ids: str, **more: object) -> dict[str, Any]:
    return {"action": "undo", "document": row["document"], "table": "facts", "undoes": list(ids), "time": LATER} | more


def grow(out: Path, name: str, *decisions: dict[str, Any]) -> list[dict[str, Any]]:
    """The dataset with more decisions, its documents taken from its own tables."""
    collect([], out, add=True, edits=[decide(out.parent / name, *decisions)])
    return rows(out, "audit")


def value(out: Path) -> list[str]:
    return [row["value"] for row in rows(out, "facts") if "6200" in row["quote"]]


def told(audit: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(row["action"], row["outcome"]) for row in audit]


def test_a_decision_that_was_taken_back_does_not_count_and_is_told(out: Path) -> None:
    fact = workers(out)
    before = held(out, TABLES.values())
    audit = again(out, about(fact, "facts", "reject") | {"edit": "1"}, undo(fact, "1"))
    assert told(audit) == [("reject", "undone"), ("undo", "applied")]
    assert (audit[1]["before"], audit[1]["record"], audit[1]["quote"]) == ("1", fact["record"], fact["quote"])
    assert held(out, TABLES.values()) == before
    lines = [json.loads(line) for line in (out / "edits.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [line["action"] for line in lines] == ["reject", "undo"], "history is whole"
    collect([], out, add=True)
    assert rows(out, "audit") == audit


def test_the_hash_of_a_line_names_it_in_another_file(out: Path) -> None:
    fact = workers(out)
    path = decide(out.parent / "a.jsonl", about(fact, "facts", "edit", value="7"))
    (one,) = read_edits(path)
    collect(out.parent / "in", out, edits=[decide(out.parent / "b.jsonl", undo(fact, one.id)), path])
    assert (value(out), told(rows(out, "audit"))) == (["6200"], [("edit", "undone"), ("undo", "applied")])


def test_the_decision_of_another_coder_cannot_be_undone(out: Path) -> None:
    fact = workers(out)
    other = about(fact, "facts", "edit", value="7") | {"edit": "1", "coder": "乙"}
    audit = again(out, other, undo(fact, "1", "2"))
    assert told(audit) == [("edit", "applied"), ("undo", "invalid"), ("undo", "not_found")]
    assert value(out) == ["7"]


def test_an_undo_that_is_undone_lets_the_decision_hold_again(out: Path) -> None:
    fact = workers(out)
    steps = [about(fact, "facts", "edit", value="7") | {"edit": "1"}, undo(fact, "1", edit="2")]
    assert told(again(out, *steps)) == [("edit", "undone"), ("undo", "applied")]
    audit = grow(out, "redo.jsonl", undo(fact, "2", time=LATEST))
    assert (value(out), told(audit)) == (["7"], [("edit", "applied"), ("undo", "undone"), ("undo", "applied")])
    (out / "edits.jsonl").unlink()
    assert told(again(out, *steps, undo(fact, "2", time=LATEST))) == told(audit)


def test_undos_that_undo_one_another_are_refused(out: Path) -> None:
    fact = workers(out)
    with pytest.raises(BadUsage, match=r"undo one another: [12], [12], [12]"):
        again(out, undo(fact, "2", edit="1"), undo(fact, "1", edit="2"))


def test_what_a_former_run_applied_is_restored(out: Path) -> None:
    fact = workers(out)
    add = {"action": "add", "document": fact["document"], "table": "facts", "start": 0, "end": 4, "decided": {}}
    first, second = (about(fact, "facts", "edit", value=one) | {"edit": one} for one in ("7", "8"))
    confirm = about(fact, "facts", "confirm") | {"edit": "c"}
    again(out, first, second | {"coder": "乙"}, add | {"edit": "n"}, confirm)
    assert value(out) == ["8"]
    grow(out, "one.jsonl", undo(fact, "7", "n", "c"))
    assert (value(out), [row for row in rows(out, "facts") if row["rule"] == "edit.add"]) == (["8"], [])
    audit = grow(out, "two.jsonl", undo(fact, "8", coder="乙", time=LATEST))
    assert value(out) == ["6200"], "what it was before both"
    assert outcomes(audit) == ["undone"] * 4 + ["applied"] * 4
    assert entry(out, "榕江绣娘")["workers"] == "6200"
    assert rows(out, "audit") == [row for row in audit if collect([], out, add=True)]


def test_a_list_is_restored_as_one(tmp_path: Path) -> None:
    lay(tmp_path / "in", "某县方案\n\n到2027年，培训农民工2万人次。（责任单位：县人社局）\n")
    out = tmp_path / "out"
    collect(tmp_path / "in", out)
    (target,) = rows(out, "targets")
    change = about(target, "targets", "edit", responsible=["县教育局", "县财政局"]) | {"edit": "1"}
    again(out, change)
    assert rows(out, "targets")[0]["responsible"] == ["县教育局", "县财政局"]
    grow(out, "undo.jsonl", undo(target, "1"))
    assert rows(out, "targets") == [target]


def test_a_rejection_comes_back_when_the_confirmation_that_overruled_it_is_taken_back(out: Path) -> None:
    fact = workers(out)
    again(out, about(fact, "facts", "reject"), about(fact, "facts", "confirm") | {"coder": "乙", "edit": "c"})
    assert value(out) == ["6200"]
    audit = grow(out, "undo.jsonl", undo(fact, "c", coder="乙"))
    assert (value(out), told(audit)) == ([], [("reject", "applied"), ("confirm", "undone"), ("undo", "applied")])


def test_a_record_that_a_former_run_took_away_cannot_come_back(out: Path) -> None:
    fact = workers(out)
    again(out, about(fact, "facts", "reject") | {"edit": "1"}, about(fact, "facts", "reject") | {"coder": "乙"})
    audit = grow(out, "one.jsonl", undo(fact, "1"))
    assert told(audit)[:2] == [("reject", "undone"), ("reject", "applied")], "the other one's stands"
    last = next(edit.id for edit in read_edits(out / "edits.jsonl") if edit.coder == "乙")
    audit = grow(out, "two.jsonl", undo(fact, last, coder="乙", time=LATEST))
    assert told(audit)[-1] == ("undo", "not_found")
    assert ("reject", "applied") in told(audit)
    (out / "edits.jsonl").rename(out.parent / "all.jsonl")
    collect(out.parent / "in", out, edits=[out.parent / "all.jsonl"])
    assert (value(out), outcomes(rows(out, "audit"))) == (["6200"], ["undone", "undone", "applied", "applied"])


def test_what_was_decided_about_an_addition_goes_with_it(out: Path) -> None:
    fact = workers(out)
    add = {"action": "add", "document": fact["document"], "table": "facts", "start": 0, "end": 4, "decided": {}}
    again(out, add | {"edit": "n"})
    added = row_of(out, "facts", rule="edit.add")
    grow(out, "change.jsonl", about(added, "facts", "edit", value="5") | {"coder": "乙", "time": "2026-03-02"})
    assert row_of(out, "facts", rule="edit.add")["value"] == "5"
    audit = grow(out, "undo.jsonl", undo(fact, "n"))
    assert told(audit) == [("add", "undone"), ("edit", "not_found"), ("undo", "applied")]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("undo")
    lay(folder / "in", EMBROIDERY)
    collect(folder / "in", folder / "run")
    return folder


@given(data=st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_decisions_and_their_undos_are_as_if_there_were_neither(
    report: Path, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """In whatever order of files, and whether a run had applied them before or not, where nothing is rejected."""
    facts = rows(report / "run", "facts")
    decisions, undos = [], []
    for at in range(data.draw(st.integers(1, 7))):
        fact = data.draw(st.sampled_from(facts))
        action = data.draw(st.sampled_from(["confirm", "edit", "edit", "add", "reject"]))
        one = about(fact, "facts", action, **({} if action in ("confirm", "reject") else {"value": str(at)}))
        one |= {"coder": data.draw(st.sampled_from("甲乙")), "time": f"2026-03-01T09:0{at}:00Z", "edit": f"e{at}"}
        decisions.append(one)
        if data.draw(st.booleans()):
            undos.append(undo(fact, f"e{at}", coder=one["coder"], edit=f"u{at}"))
    gone = {one["undoes"][0] for one in undos}
    folder = tmp_path_factory.mktemp("any")
    kept = decide(folder / "kept.jsonl", *(one for one in decisions if one["edit"] not in gone))
    every, back = decide(folder / "every.jsonl", *decisions), decide(folder / "back.jsonl", *undos)
    collect(report / "in", folder / "neither", edits=[kept])
    files = data.draw(st.permutations([every, back]))
    collect(report / "in", folder / "both", edits=files)
    assert held(folder / "both", TABLES.values()) == held(folder / "neither", TABLES.values())
    told = [row for row in rows(folder / "both", "audit") if row["action"] != "undo" and row["outcome"] != "undone"]
    assert told == rows(folder / "neither", "audit")
    if all(one["action"] != "reject" for one in decisions):
        collect(report / "in", folder / "later", edits=[every])
        collect([], folder / "later", add=True, edits=[back])
        spared = [{name: one for name, one in row.items() if name != "duplicate_of"}
                  for row in rows(folder / "later", "facts")]  # fmt: skip
        assert spared == [{name: one for name, one in row.items() if name != "duplicate_of"}
                          for row in rows(folder / "both", "facts")]  # fmt: skip
        assert rows(folder / "later", "audit") == rows(folder / "both", "audit")
        assert dangling(folder / "later") == set()
