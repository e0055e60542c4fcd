"""Corrections: what people decide changes the tables and what is linked of them, and the audit tells each decision."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_dataset import COLUMNS, REPORTS, about, collect, dangling, decide, held, lay, misquoted, row_of, rows

from zhengce.flow import process
from zhengce.record import TABLES

RULES = partial(process, judges=())
EMBROIDERY = (
    "榕江绣娘开班\n榕江县人民政府网　发布日期：2025年7月11日\n\n"
    "7月8日，“榕江绣娘”技能提升培训班开班。目前，“榕江绣娘”从业人员6200余人，2024年产值1.3亿元。\n"
    "每天发给50元交通误工补助。据统计，全县培育劳务品牌251个。会上展示的251个劳务品牌各具特色。\n"
)
CARPENTRY = (
    "罗田木匠出征\n罗田县融媒体中心　2025年8月2日\n\n8月1日，“罗田木匠”劳务品牌发布会在县城举行，从业人员1200人。\n"
)
collect = partial(collect, process=RULES)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A dataset of two reports, whose files lie beside it in `in`."""
    lay(tmp_path / "in", EMBROIDERY, CARPENTRY)
    collect(tmp_path / "in", tmp_path / "out")
    return tmp_path / "out"


def again(out: Path, *decisions: dict[str, Any], **options: Any) -> list[dict[str, Any]]:
    """The dataset anew from its files with decisions; its audit."""
    given = [decide(out.parent / "decided.jsonl", *decisions)] if decisions else []
    collect(out.parent / "in", out, edits=given, **options)
    return rows(out, "audit")


def workers(out: Path) -> dict[str, Any]:
    return row_of(out, "facts", value="6200")


def brand(out: Path, name: str = "榕江绣娘") -> dict[str, Any]:
    return next(row for row in rows(out, "brands") if row["name"] == name)


def entry(out: Path, name: str) -> dict[str, Any]:
    return row_of(out, "brand_registry", name=name)


def test_a_rejected_record_is_gone_and_the_audit_says_who_and_when_and_why(out: Path) -> None:
    fact = workers(out)
    assert entry(out, "榕江绣娘")["workers"] == "6200"
    (told,) = again(out, about(fact, "facts", "reject") | {"reason": "是计划"})
    assert fact["quote"] not in [row["quote"] for row in rows(out, "facts")]
    assert entry(out, "榕江绣娘")["workers"] is None
    assert list(told) == [column.name for column in COLUMNS["audit"]]
    said = ("action", "outcome", "coder", "time", "record", "quote", "reason", "table")
    assert [told[name] for name in said] == [
        "reject", "applied", "甲", "2026-03-01T09:00:00+08:00", fact["record"], fact["quote"], "是计划", "facts",
    ]  # fmt: skip


def test_a_changed_value_and_a_changed_name_change_the_registry(out: Path) -> None:
    renamed = [
        about(row, "brands", "edit", name="榕江侗绣娘") for row in rows(out, "brands") if row["name"] == "榕江绣娘"
    ]
    audit = again(out, about(workers(out), "facts", "edit", value=6300, bound="="), *renamed)
    assert "榕江绣娘" not in {row["name"] for row in rows(out, "brand_registry")}
    found = entry(out, "榕江侗绣娘")
    assert (found["workers"], row_of(out, "facts", value="6300")["bound"]) == ("6300", "=")
    told = [(row["column"], row["before"], row["after"], row["outcome"]) for row in audit[:2]]
    assert told == [("value", "6200", "6300", "applied"), ("bound", ">", "=", "applied")]


def test_a_confirmed_record_stays_as_it_is(out: Path) -> None:
    before = held(out, TABLES.values())
    (told,) = again(out, about(workers(out), "facts", "confirm"))
    assert (told["outcome"], told["column"], held(out, TABLES.values())) == ("applied", None, before)


def test_a_new_record_has_its_place_in_a_raw_text_that_was_repaired(tmp_path: Path) -> None:
    text = "榕江繡娘\n\n“榕江繡娘”從業人員６２００餘人，臥龍社區就業工坊60名婦女參加培訓。\n"
    lay(tmp_path / "in", text)
    collect(tmp_path / "in", tmp_path / "out")
    (document,) = rows(tmp_path / "out", "documents")
    start = document["text"].index("60名")
    new = {
        "action": "add", "document": document["document"], "table": "facts", "start": start, "end": start + 5,
        "quote": "60名妇女", "decided": {"indicator": "培训人数", "value": "60", "unit": "名"},
    }  # fmt: skip
    (told,) = again(tmp_path / "out", new)
    assert told["outcome"] == "applied"
    found = row_of(tmp_path / "out", "facts", rule="edit.add")
    assert list(found) == [column.name for column in COLUMNS["facts"]]
    assert (found["quote"], found["raw_quote"], found["record"]) == ("60名妇女", "60名婦女", told["record"])
    assert "".join(text[one:end] for one, end in found["raw_spans"]) == found["raw_quote"]
    assert found["raw_spans"] == [[text.index("60名"), text.index("60名") + 5]]
    assert (found["value"], found["period"], found["confidence"]) == ("60", None, None)


def outcomes(audit: list[dict[str, Any]]) -> list[str]:
    return [row["outcome"] for row in audit]


def test_a_later_decision_overrules_an_earlier_one_whatever_the_order_of_files(out: Path) -> None:
    fact = workers(out)
    early = about(fact, "facts", "edit", value="6300") | {"time": "2026-03-01T10:00:00+08:00", "coder": "甲"}
    late = about(fact, "facts", "edit", value="6400") | {"time": "2026-03-01T02:30:00Z", "coder": "乙"}
    files = [decide(out.parent / "b.jsonl", late), decide(out.parent / "a.jsonl", early)]
    collect(out.parent / "in", out, edits=files)
    assert [(row["coder"], row["outcome"]) for row in rows(out, "audit")] == [("甲", "overruled"), ("乙", "applied")]
    assert entry(out, "榕江绣娘")["workers"] == "6400"


@pytest.mark.parametrize(
    ("actions", "told", "kept"),
    [
        (["reject", "confirm"], ["overruled", "applied"], True),
        (["confirm", "reject"], ["overruled", "applied"], False),
        (["reject", "reject"], ["applied", "applied"], False),
        (["5", "5", "6"], ["overruled", "overruled", "applied"], True),
        (["5", "6", "5"], ["overruled", "overruled", "applied"], True),
        (["5", "reject", "confirm"], ["applied", "overruled", "applied"], True),
        (["5", "reject", "6"], ["overruled", "overruled", "applied"], True),
    ],
)
def test_who_decides_last_has_it(out: Path, actions: list[str], told: list[str], kept: bool) -> None:
    fact = workers(out)
    made = [
        about(fact, "facts", "edit", value=action) if action.isdecimal() else about(fact, "facts", action)
        for action in actions
    ]
    assert outcomes(again(out, *made)) == told
    found = [row["value"] for row in rows(out, "facts") if row["quote"] == fact["quote"]]
    assert found == [next((one for one in reversed(actions) if one.isdecimal()), "6200")] * kept


def test_a_decision_in_a_later_run_overrules_one_of_an_earlier_run(out: Path) -> None:
    fact = workers(out)
    first = about(fact, "facts", "edit", value="6300") | {"time": "2026-03-02T00:00:00Z"}
    again(out, first)
    later = about(fact, "facts", "edit", value="6400") | {"time": "2026-03-03T00:00:00Z"}
    missed = about(fact, "facts", "edit", value="6100") | {"time": "2026-03-01T00:00:00Z"}
    one_by_one = [out.parent / "later.jsonl", out.parent / "missed.jsonl"]
    for path, decision in zip(one_by_one, (later, missed), strict=True):
        collect([], out, add=True, edits=[decide(path, decision)])
    assert [(row["after"], row["outcome"]) for row in rows(out, "audit")] == [
        ("6100", "overruled"), ("6300", "overruled"), ("6400", "applied"),
    ]  # fmt: skip
    assert entry(out, "榕江绣娘")["workers"] == "6400"


def test_a_record_is_found_by_its_place_where_its_id_has_changed(out: Path) -> None:
    fact = workers(out) | {"record": "another-fact-9"}
    (told,) = again(out, about(fact, "facts", "edit", value="6300"))
    assert (told["outcome"], told["record"]) == ("applied", row_of(out, "facts", value="6300")["record"])


def test_of_two_records_with_the_same_words_the_one_in_the_place_is_meant(tmp_path: Path) -> None:
    lay(tmp_path / "in", "甲县工作动态\n\n去年全县新增就业500人。\n\n会议指出，去年全县新增就业500人。\n")
    out = tmp_path / "out"
    collect(tmp_path / "in", out)
    first, second = (row for row in rows(out, "facts") if row["value"] == "500")
    assert first["quote"] == second["quote"]
    (told,) = again(out, about(second | {"record": first["record"]}, "facts", "reject"))
    assert told["record"] == second["record"]
    assert row_of(out, "facts", value="500")["start"] == first["start"]


def test_two_coders_who_number_alike_add_two_records(out: Path) -> None:
    new = {"action": "add", "edit": "1", "document": workers(out)["document"], "table": "facts", "decided": {}}
    told = again(out, new | {"start": 0, "end": 4}, new | {"start": 0, "end": 6, "coder": "乙"})
    assert outcomes(told) == ["applied", "applied"]
    names = [row["record"] for row in rows(out, "facts") if row["rule"] == "edit.add"]
    assert [row["record"] for row in told] == names
    assert len(set(names)) == 2


def test_what_cannot_be_applied_is_told(out: Path) -> None:
    fact = workers(out)
    document = row_of(out, "documents", document=fact["document"])
    add = {"action": "add", "document": fact["document"], "table": "facts", "start": 0, "end": 4}
    wrong = [
        about(fact | {"quote": "从业人员九千人"}, "facts", "edit", value="9000"),
        about(fact | {"record": "x-fact-1", "quote": "没有的话"}, "facts", "reject"),
        about(fact | {"document": "0" * 16}, "facts", "reject"),
        about(fact, "facts", "edit", colour="红"),
        about(fact, "facts", "edit", start=0),
        about(fact, "facts", "edit", value="六千"),
        about(fact, "facts", "edit", bound="about"),
        about(brand(out), "brands", "edit", name=""),
        about(fact, "documents", "edit", title="别的"),
        add | {"quote": "别的话", "decided": {"indicator": "人数"}},
        add | {"end": len(document["text"]) + 1, "decided": {}},
        add | {"table": "brands", "decided": {"name": "绣娘"}},
    ]  # fmt: skip
    before = held(out, TABLES.values())
    told = dict(zip(range(len(wrong)), outcomes(again(out, *wrong)), strict=True))
    assert told == dict(enumerate(["changed", "not_found", "not_found", *["invalid"] * 6, "changed", *["invalid"] * 2]))
    assert held(out, TABLES.values()) == before


def test_what_repeats_a_rejected_record_takes_its_place(out: Path) -> None:
    first, second = (row for row in rows(out, "facts") if row["value"] == "251")
    assert second["duplicate_of"] == first["record"]
    again(out, about(first, "facts", "reject"))
    assert row_of(out, "facts", value="251")["duplicate_of"] is None
    (out / "edits.jsonl").unlink()
    again(out, about(second, "facts", "edit", value="215"))
    assert row_of(out, "facts", value="215")["duplicate_of"] is None, "it says something else now"


def test_what_a_document_cites_follows_its_references(tmp_path: Path) -> None:
    lay(tmp_path / "in", "关于做好工作的通知\n\n根据《就业促进办法》和《职业培训规定》，制定本办法。\n")
    out = tmp_path / "out"
    collect(tmp_path / "in", out)
    first, second = (row for row in rows(out, "references") if row["relation"] != "self")
    again(out, about(first, "references", "reject"), about(second, "references", "edit", title="职业培训条例"))
    assert rows(out, "documents")[0]["cites"] == ["职业培训条例"]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("run")
    from made_dataset import collect

    collect([REPORTS / "t01.txt", REPORTS / "t05.txt", REPORTS / "t03.txt"], folder, process=RULES)
    return folder


@given(data=st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_decisions_break_the_tables(
    run: Path, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    records = [(table, row) for table in TABLES.values() for row in rows(run, table)]
    values = st.none() | st.sampled_from(
        ["", "5", "=", "2025-01-01", "named", "lead", "甲\x00\ud800", -1.5, True, ["人"]]
    )
    decisions = []
    for _ in range(data.draw(st.integers(1, 8))):
        table, row = data.draw(st.sampled_from(records))
        table = data.draw(st.sampled_from([table] * 8 + ["documents", "facts"]))
        names = [column.name for column in COLUMNS[table]]
        decided = data.draw(st.dictionaries(st.sampled_from(names), values, max_size=3))
        told = about(row, table, data.draw(st.sampled_from(["confirm", "reject", "edit", "add"])), **decided)
        told |= data.draw(st.sampled_from([{}, {}, {"edit": "1"}, {"quote": None}, {"start": 0, "end": 3}]))
        decisions.append(told | {"coder": "甲", "time": f"2026-03-0{data.draw(st.integers(1, 9))}"})
    folder = tmp_path_factory.mktemp("any")
    path = folder / "edits.jsonl"
    path.write_text("".join(f"{json.dumps(one)}\n" for one in decisions), encoding="utf-8")
    files = [REPORTS / "t01.txt", REPORTS / "t05.txt", REPORTS / "t03.txt"]
    collect(files, folder / "out", edits=[path])
    assert misquoted(folder / "out") == 0
    assert dangling(folder / "out") == set()
    for table in TABLES.values():
        found = [row["record"] for row in rows(folder / "out", table)]
        assert len(found) == len(set(found))
    assert len(rows(folder / "out", "audit")) >= len({json.dumps(one) for one in decisions})
    kept = held(folder / "out", [*TABLES.values(), "audit", "brand_registry"])
    collect([folder / "out"], folder / "once more")
    assert held(folder / "once more", [*TABLES.values(), "audit", "brand_registry"]) == kept
