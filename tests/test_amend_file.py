"""The corrections file: what travels with the dataset, what waits, which lines are none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from made_dataset import COLUMNS, about, decide, lay, rows
from test_amend import CARPENTRY, EMBROIDERY, again, brand, collect, outcomes, workers
from test_amend import out as out

from zhengce.amend.edit import read_edits
from zhengce.errors import BadUsage
from zhengce.record import TABLES
from zhengce.write.decided import decided

GOOD: dict[str, Any] = {
    "action": "edit", "coder": "甲", "time": "2026-03-01", "document": "d", "table": "facts", "record": "d-fact-1",
}  # fmt: skip


def test_decisions_travel_with_the_dataset_and_are_applied_once(out: Path, tmp_path: Path) -> None:
    fact, other = workers(out), brand(out, "罗田木匠")
    unknown = about(fact, "facts", "confirm") | {"document": "f" * 16, "time": "2026-03-04T00:00:00Z"}
    start = {"action": "add", "document": fact["document"], "table": "facts", "start": 0, "end": 4}
    told = [about(fact, "facts", "edit", value="6300") | {"session": 7}, start | {"decided": {}}, unknown]
    audit = again(out, *told)
    assert outcomes(audit) == ["applied", "applied", "not_found"]
    kept = [json.loads(line) for line in (out / "edits.jsonl").read_text(encoding="utf-8").splitlines()]
    said = [json.loads(line) for line in (tmp_path / "decided.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [{name: value for name, value in one.items() if name != "edit"} for one in kept] == said
    before = (out / "edits.jsonl").read_bytes()
    for files in ([], [tmp_path / "decided.jsonl"], [out / "edits.jsonl"]):
        collect([], out, add=True, edits=files)
        assert rows(out, "audit") == audit
        assert len([row for row in rows(out, "facts") if row["rule"] == "edit.add"]) == 1
        assert (out / "edits.jsonl").read_bytes() == before
    collect([out], tmp_path / "copy", edits=[decide(tmp_path / "more.jsonl", about(other, "brands", "confirm"))])
    assert len((tmp_path / "copy" / "edits.jsonl").read_text(encoding="utf-8").splitlines()) == 4
    assert sorted(outcomes(rows(tmp_path / "copy", "audit"))) == ["applied"] * 3 + ["not_found"]
    assert again(out) == audit, "from the files once more"


def test_an_earlier_rejection_that_comes_in_late_is_overruled(out: Path, tmp_path: Path) -> None:
    fact = workers(out)
    again(out, about(fact, "facts", "confirm") | {"time": "2026-03-02"})
    late = decide(tmp_path / "late.jsonl", about(fact, "facts", "reject") | {"time": "2026-03-01"})
    collect([], out, add=True, edits=[late])
    assert [(row["action"], row["outcome"]) for row in rows(out, "audit")] == [
        ("reject", "overruled"),
        ("confirm", "applied"),
    ]
    assert workers(out)["record"] == fact["record"]


def test_a_run_that_was_killed_before_its_audit_was_written_adds_nothing_twice(out: Path) -> None:
    fact = workers(out)
    new = {"action": "add", "document": fact["document"], "table": "facts", "start": 0, "end": 4, "decided": {}}
    again(out, about(fact, "facts", "edit", value="6300"), new)
    before = rows(out, "facts")
    (out / "audit.jsonl").unlink()
    collect([], out, add=True)
    assert rows(out, "facts") == before
    assert outcomes(rows(out, "audit")) == ["applied", "applied"]


def test_decisions_hold_for_the_document_as_another_run_has_it(out: Path, tmp_path: Path) -> None:
    collect(tmp_path / "in", tmp_path / "plain")
    fact = workers(out)
    again(out, about(fact, "facts", "edit", value="6300"))
    collect([tmp_path / "plain", out], tmp_path / "both")
    assert outcomes(rows(tmp_path / "both", "audit")) == ["applied"]
    assert "6300" in {row["value"] for row in rows(tmp_path / "both", "facts")}


def test_decisions_are_read_in_the_order_of_moments(tmp_path: Path) -> None:
    times = ["2026-03-01T10:00:00+08:00", "2026-03-01T01:30:00Z", "2026-03-01", "2026-03-01T02:00:00Z"]
    path = decide(tmp_path / "e.jsonl", *(GOOD | {"time": time, "reason": str(at)} for at, time in enumerate(times)))
    assert [edit.reason for edit in read_edits(path)] == ["2", "1", "0", "3"], "those of one time in the order of lines"


def test_a_decision_waits_for_its_document(tmp_path: Path) -> None:
    first, second = lay(tmp_path / "in", EMBROIDERY, CARPENTRY)
    collect([first, second], tmp_path / "both")
    path = decide(tmp_path / "e.jsonl", about(brand(tmp_path / "both", "罗田木匠"), "brands", "edit", industry="木作"))
    out = tmp_path / "out"
    collect([first], out, edits=[path])
    assert outcomes(rows(out, "audit")) == ["not_found"]
    collect([second], out, add=True)
    assert outcomes(rows(out, "audit")) == ["applied"]
    assert brand(out, "罗田木匠")["industry"] == "木作"


def test_a_line_that_was_being_written_is_left_out_and_the_others_are_kept(tmp_path: Path) -> None:
    line = json.dumps({"action": "reject", "coder": "甲", "time": "2026-03-01", "document": "d", "table": "facts",
                       "record": "d-fact-1", "reason": "行内\u2028分隔"}, ensure_ascii=False)  # fmt: skip
    path = tmp_path / "edits.jsonl"
    for cut in (line[:30].encode(), '{"coder": "甲'.encode()[:-1]):
        path.write_bytes(f"\ufeff{line}\n\n".encode() + cut)
        (edit,) = read_edits(path)
        assert (edit.reason, edit.id == "", len(edit.id)) == ("行内\u2028分隔", False, 12)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "no JSON"),
        ('{"coder": "\udcff"}', "no JSON"),
        ("[]", "a decision needs action, coder, time, document, table"),
        (GOOD | {"coder": None}, "a decision needs"),
        (GOOD | {"action": "delete"}, "action 'delete' is none of"),
        (GOOD | {"action": "add", "start": 1}, "needs start and end"),
        (GOOD | {"record": None}, "needs the id of a record"),
        (GOOD | {"action": "undo"}, "needs the ids of decisions in undoes"),
        (GOOD | {"action": "undo", "undoes": "1"}, "undoes must be a list"),
        (GOOD | {"action": "undo", "undoes": [1]}, "needs the ids of decisions in undoes"),
        (GOOD | {"undoes": ["1"]}, "undo, and nothing else, needs"),
        (GOOD | {"instead_of": 5}, "instead_of must be text"),
        (GOOD | {"record": 5}, "record must be text"),
        (GOOD | {"start": True}, "start must be a whole number"),
        (GOOD | {"decided": ["value"]}, "decided must be an object"),
        (GOOD | {"time": "昨天"}, "time '昨天' is not ISO 8601"),
    ],
)
def test_a_line_that_is_no_decision_is_told_with_file_and_line(tmp_path: Path, line: Any, reason: str) -> None:
    told = line if isinstance(line, str) else json.dumps(line)
    path = tmp_path / "edits.jsonl"
    path.write_text(f"{json.dumps(GOOD)}\n{told}\n{json.dumps(GOOD)}\n", encoding="utf-8", errors="surrogateescape")
    with pytest.raises(BadUsage, match=f"edits.jsonl, line 2: .*{reason}"):
        read_edits(path)
    with pytest.raises(BadUsage, match="cannot be read"):
        read_edits(tmp_path)


@pytest.mark.parametrize(
    ("table", "column", "value", "held"),
    [
        ("facts", "value", "1.50e3", "1500"),
        ("facts", "value", 0.25, "0.25"),
        ("facts", "value", " ", None),
        ("facts", "value", "NaN", ...),
        ("facts", "value", "1e99", ...),
        ("facts", "value", True, ...),
        ("targets", "deadline", "20271231", "2027-12-31"),
        ("targets", "deadline", "2027-02-30", ...),
        ("targets", "responsible", ["县人社局"], ["县人社局"]),
        ("targets", "responsible", None, []),
        ("targets", "responsible", "县人社局", ...),
        ("targets", "responsible", [""], ...),
        ("targets", "nature", None, ...),
        ("assignments", "level", "city", "city"),
        ("assignments", "level", "乡", ...),
        ("facts", "unit", 5, ...),
        ("facts", "duplicate_of", None, ...),
        ("references", "target", "0" * 16, ...),
    ],
)
def test_a_value_is_held_as_its_column_has_it_or_not_at_all(table: str, column: str, value: object, held: Any) -> None:
    if held is ...:
        with pytest.raises(ValueError, match=f"{table}.{column} cannot be"):
            decided(table, {column: value})
    else:
        assert decided(table, {column: value}) == {column: held}


@pytest.mark.parametrize("table", TABLES.values())
def test_a_new_record_has_every_column_of_its_table(out: Path, table: str) -> None:
    needed = {"subsidies": {"kind": "standard"}, "brands": {"name": "某县绣娘", "kind": "labour_brand"}}
    needed["assignments"] = {"department_text": "县人社局", "role": "lead", "group": "1", "mode": "listed"}
    needed["events"] = {"name": "发布会", "kind": "release"}
    new = {"action": "add", "document": workers(out)["document"], "table": table, "start": 0, "end": 4}
    assert outcomes(again(out, new | {"decided": needed.get(table, {})}, formats=("csv",))) == ["applied"]
    added = next(row for row in rows(out, table) if row["rule"] == "edit.add")
    assert list(added) == [column.name for column in COLUMNS[table]]
