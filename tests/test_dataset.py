"""`zhengce dataset` as a function: what its tables hold, that they come out the same, how they grow."""

from __future__ import annotations

import datetime
import json
import os
import re
import subprocess
import sys
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from made_dataset import COLUMNS, LINKED, REPORTS, TABLES, collect, dangling, held, lay, misquoted, row_of, rows
from test_batch import stand_in

from zhengce import batch
from zhengce.errors import BadUsage
from zhengce.flow import process
from zhengce.write.datapackage import KEYS

FILES = sorted(path for path in REPORTS.iterdir() if path.suffix in (".txt", ".html"))
RULES = partial(process, judges=())
EARLIER, LATER = FILES[:18], FILES[18:]
MADE_OF_CSV = ("csv", "jsonl", "json", "md", "cff", "do", "R")


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dataset")
    collect(REPORTS, folder, formats=("csv",))
    return folder


def is_typed(kind: str, value: Any) -> bool:
    match kind:
        case "text":
            return isinstance(value, str)
        case "integer":
            return type(value) is int
        case "decimal":
            return isinstance(value, str) and Decimal(value).is_finite()
        case "date":
            return isinstance(value, str) and datetime.date.fromisoformat(value).isoformat() == value
        case "boolean":
            return type(value) is bool
        case "list":
            return isinstance(value, list)
        case "spans":
            return all([type(start), type(end)] == [int, int] and start <= end for start, end in value)
    return False


def test_every_table_has_the_columns_of_the_codebook_and_values_of_their_types(out: Path) -> None:
    filled = set()
    for table, told in COLUMNS.items():
        names = [column.name for column in told]
        assert (out / f"{table}.csv").read_text(encoding="utf-8-sig").splitlines()[0] == ",".join(names)
        for row in rows(out, table):
            filled.add(table)
            assert list(row) == names
            for column in told:
                value = row[column.name]
                assert value is None or is_typed(column.type, value), (table, column.name, value)
    assert set(TABLES) - filled == {"failures", "audit"}, "made reports fill all others"


def test_every_id_that_a_row_refers_to_is_there_and_every_quote_is_in_its_place(out: Path) -> None:
    assert dangling(out) == set()
    assert misquoted(out) == 0
    assert sum(bool(row["duplicate_of"]) for row in rows(out, "facts")) > 20, "there is something to refer to"


def test_ids_are_unique(out: Path) -> None:
    keys = KEYS | {table: "record" for table, told in COLUMNS.items() if told[0].name == "record"}
    assert len(keys) > 12
    for table, key in keys.items():
        found = [row[key] for row in rows(out, table)]
        assert len(found) == len(set(found)), table


def test_each_cluster_of_copies_has_one_representative(out: Path) -> None:
    found = rows(out, "reports")
    chosen = {row["cluster"]: row["report"] for row in found if row["is_representative"]}
    assert len(chosen) == sum(row["is_representative"] for row in found) == len({row["cluster"] for row in found}) < 30
    assert all(row["representative"] == chosen[row["cluster"]] for row in found)
    assert all((row["position"] == 0) == row["is_representative"] for row in found)


def test_no_row_of_a_linked_table_rests_on_a_record_too_unsure_to_be_kept(tmp_path: Path) -> None:
    kept = collect(FILES[:12], tmp_path / "sure", least=0.97)
    every = collect(FILES[:12], tmp_path / "all")
    assert 0 < sum(kept.summary.records.values()) < sum(every.summary.records.values())
    assert dangling(tmp_path / "sure") == set()


def test_the_same_inputs_give_the_same_bytes(out: Path, tmp_path: Path) -> None:
    collect(REPORTS, tmp_path, formats=("csv",))
    names = {path.name for path in out.iterdir() if path.suffix[1:] in MADE_OF_CSV}
    assert len(names) > 2 * len(TABLES)
    assert {name for name in names if (tmp_path / name).read_bytes() != (out / name).read_bytes()} == set()


ELSEWHERE = """
import random, sys
from pathlib import Path
from zhengce.collecting import run
out, seed, *files = sys.argv[1:]
random.Random(int(seed)).shuffle(files)
run(map(Path, files), Path(out), formats=("jsonl",))
"""


@pytest.mark.parametrize(("seed", "locale"), [(1, "C"), (20260301, "zh_CN.GB18030")])
def test_neither_order_nor_folder_nor_hash_seed_nor_locale_changes_what_is_linked(
    out: Path, tmp_path: Path, seed: int, locale: str
) -> None:
    moved = [tmp_path / f"卷{at % 3}" / path.name for at, path in enumerate(FILES)]
    for path, copy in zip(FILES, moved, strict=True):
        copy.parent.mkdir(exist_ok=True)
        copy.write_bytes(path.read_bytes())
    environment = os.environ | {
        "PYTHONHASHSEED": str(seed), "LC_ALL": locale, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONUTF8": "0",
    }  # fmt: skip
    line = [sys.executable, "-c", ELSEWHERE, str(tmp_path / "out"), str(seed), *map(str, moved)]
    subprocess.run(line, env=environment, check=True)
    assert held(tmp_path / "out", (*LINKED, "reports", "facts")) == held(out, (*LINKED, "reports", "facts"))


def test_a_dataset_that_grows_is_what_one_run_over_all_makes(out: Path, tmp_path: Path) -> None:
    first = collect(EARLIER, tmp_path)
    before = held(tmp_path, ["documents", "facts", "brands"])
    assert first.summary.documents == 18
    assert held(tmp_path) != held(out)
    again = collect(LATER, tmp_path, add=True)
    assert (again.summary.documents, again.summary.inputs) == (30, 12)
    assert held(tmp_path, TABLES) == held(out, TABLES)
    documents = held(tmp_path, ["documents"])["documents"]
    assert set(before["documents"]) <= set(documents)


def test_folders_of_tables_are_inputs_like_the_files_they_were_made_of(out: Path, tmp_path: Path) -> None:
    batch.run(EARLIER, tmp_path / "run")
    collect(LATER, tmp_path / "dataset")
    collect([tmp_path / "run", tmp_path / "dataset"], tmp_path / "out")
    assert held(tmp_path / "out", TABLES) == held(out, TABLES)
    collect([tmp_path / "out", tmp_path / "run"], tmp_path / "out")
    assert held(tmp_path / "out", TABLES) == held(out, TABLES), "into one of the inputs"


def test_a_document_given_again_is_there_once_and_has_both_names(tmp_path: Path) -> None:
    collect(FILES[:3], tmp_path / "out")
    copy = tmp_path / "又名.txt"
    copy.write_bytes(FILES[0].read_bytes())
    collect([copy, FILES[1], FILES[3]], tmp_path / "out", add=True)
    found = rows(tmp_path / "out", "documents")
    assert [(row["source"], row["copies"]) for row in found] == [
        ("t01.txt", ["又名.txt"]), ("t02.html", []), ("t03.txt", []), ("t04.txt", []),
    ]  # fmt: skip


def test_what_could_not_be_read_stays_known_until_it_can(tmp_path: Path) -> None:
    good, bad, gone = tmp_path / "好.txt", tmp_path / "坏.txt", tmp_path / "无.txt"
    good.write_text("甲\n新增就业1人", encoding="utf-8")
    bad.write_bytes(b"\xff\xfe\xff")
    out = tmp_path / "out"
    assert len(collect([good, bad, gone], out, process=stand_in).summary.failures) == 2
    gone.write_text("乙\n新增就业2人", encoding="utf-8")
    added = collect([gone], out, process=stand_in, add=True)
    assert (added.summary.failures, added.summary.documents) == ((), 2)
    assert [row["source"] for row in rows(out, "failures")] == ["坏.txt"], "the other one has been read by now"
    collect([bad], out, process=stand_in, add=True)
    assert [row["source"] for row in rows(out, "failures")] == ["坏.txt"], "told once"


def test_the_folder_of_the_dataset_may_lie_among_the_inputs(tmp_path: Path) -> None:
    folder = lay(tmp_path / "in", "甲\n新增就业1人", "乙\n新增就业2人")[0].parent
    for _ in range(2):
        made = collect(folder, folder, formats=("csv", "xlsx"), process=stand_in)
        assert (made.summary.documents, made.summary.failures) == (2, ())


def test_ctrl_c_loses_nothing_that_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    collect(lay(tmp_path / "a", "甲\n新增就业1人", "乙\n新增就业2人"), tmp_path / "out", process=stand_in)
    later = lay(tmp_path / "b", "丙\n新增就业3人", "按下停止", "丁\n新增就业4人")
    made = collect(later, tmp_path / "out", add=True, process=stand_in)
    assert made.summary.interrupted
    assert [row["title"] for row in rows(tmp_path / "out", "documents")] == ["甲", "乙", "丙"]
    assert made.rows["reports"] == len(rows(tmp_path / "out", "reports"))
    appended, calls = batch._append_held, []

    def stopped(tables: Any, writing: Any) -> bool:
        def once(held: Any) -> None:
            calls.append(held)
            if len(calls) == 1:
                raise KeyboardInterrupt
            writing.append(held)

        held = batch._Writing(append=once, amend=writing.amend, least=0, counts=writing.counts)
        return appended(tables, held)

    monkeypatch.setattr(batch, "_append_held", stopped)
    assert collect(later, tmp_path / "out", add=True, process=stand_in).summary.interrupted
    assert [row["title"] for row in rows(tmp_path / "out", "documents")] == ["甲", "乙", "丙"]


def snapshot(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


@pytest.mark.parametrize("name", ["README.md", "manifest.json", "reload.R", "codebook.md", "reports.csv", "facts.csv"])
def test_a_file_of_somebody_else_ends_it_before_anything_is_changed(tmp_path: Path, name: str) -> None:
    out = tmp_path / "out"
    paths = lay(tmp_path / "in", "甲\n新增就业1人")
    collect(paths, out, formats=("csv",), process=stand_in)
    (out / name).write_text("my own notes\n", encoding="utf-8")
    before = snapshot(out)
    with pytest.raises(BadUsage, match=re.escape(name)):
        collect(paths, out, formats=("csv",), process=stand_in)
    assert snapshot(out) == before


def test_no_input_and_no_room_are_told_and_change_nothing(tmp_path: Path) -> None:
    out = tmp_path / "out"
    paths = lay(tmp_path / "in", "甲\n新增就业1人")
    collect(paths, out, formats=("csv",), process=stand_in)
    before = snapshot(out)
    (tmp_path / "empty").mkdir()
    with pytest.raises(BadUsage, match="no input"):
        collect(tmp_path / "empty", out, process=stand_in)
    assert snapshot(out) == before
    with pytest.raises(BadUsage, match="cannot hold the tables"):
        collect(paths, paths[0] / "out", process=stand_in)


def test_inputs_that_all_fail_make_a_dataset_that_says_so(tmp_path: Path) -> None:
    (tmp_path / "坏.bin").write_bytes(b"\xff")
    made = collect([tmp_path / "坏.bin"], tmp_path / "out", formats=("csv", "xlsx"), process=stand_in)
    assert (made.summary.documents, len(made.summary.failures)) == (0, 1)
    assert {table: count for table, count in made.rows.items() if count} == {}
    assert "| `failures` | 失败 | 1 |" in (tmp_path / "out" / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("table", "line", "reason"),
    [
        ("facts", "{", "facts.jsonl, line 1: no row of a table"),
        ("facts", "[1]", "facts.jsonl, line 1: no row of a table"),
        ("facts", '{"document": "ab"}', "facts.jsonl, line 1: no row of a table .no end, quote, record, start"),
        ("brands", '{"record": "x", "document": "ab", "quote": "", "start": 0, "end": 0}', "no document of documents"),
        ("audit", '{"edit": "x"}', "audit.jsonl, line 1: no row of a table"),
    ],
)
def test_a_folder_of_tables_that_are_none_is_told_with_file_and_line(
    tmp_path: Path, table: str, line: str, reason: str
) -> None:
    collect(lay(tmp_path / "in", "甲\n乙"), tmp_path / "run", process=stand_in)
    (tmp_path / "run" / f"{table}.jsonl").write_text(line + "\n", encoding="utf-8")
    with pytest.raises(BadUsage, match=reason):
        collect([tmp_path / "run"], tmp_path / "out", process=stand_in)
    assert not (tmp_path / "out").exists()


def test_a_run_without_a_newer_table_or_column_is_taken(tmp_path: Path) -> None:
    collect(FILES[:2], tmp_path / "run", process=RULES)
    (tmp_path / "run" / "events.jsonl").unlink()
    path = tmp_path / "run" / "facts.jsonl"
    told = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    path.write_text("".join(json.dumps({**row, "tier": 0} | {"boxes": None}) + "\n" for row in told), encoding="utf-8")
    stripped = re.sub(r', "boxes": null|, "tier": 0', "", path.read_text(encoding="utf-8"))
    path.write_text(stripped, encoding="utf-8")
    collect([tmp_path / "run"], tmp_path / "out", formats=("csv",))
    assert rows(tmp_path / "out", "events") == []
    assert {(row["tier"], tuple(row["boxes"])) for row in rows(tmp_path / "out", "facts")} == {(None, ())}
    assert row_of(tmp_path / "out", "documents", source="t01.txt")["characters"] > 100


def test_what_is_added_to_stays_as_it_is_until_all_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = lay(tmp_path / "first", "甲县通知\n新增就业10人。")
    collect(first, tmp_path / "out", process=stand_in)
    before = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    later = lay(tmp_path / "later", "乙县通知\n新增就业20人。")

    def full(*args: object) -> None:
        raise OSError("no space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("zhengce.collecting.write_manifest", full)
        with pytest.raises(OSError, match="no space"):
            collect(later, tmp_path / "out", add=True, process=stand_in)
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["first", "later", "out"], "nothing is left beside it"
    assert collect(later, tmp_path / "out", add=True, process=stand_in).summary.documents == 2
