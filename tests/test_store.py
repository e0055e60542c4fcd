"""The store: what was read stays, is known by content and pipeline, and is there after any kill."""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_batch import lay, posix, stand_in

from zhengce.batch import Summary, run
from zhengce.cli import main
from zhengce.errors import BadUsage
from zhengce.packing import Task, packed, unpacked
from zhengce.store import NAME, Store, key_of
from zhengce.write.stored import stored

TEXTS = {"a": "甲\n新增就业1人", "b": "乙\n新增就业2人", "c": "丙\n没有数字"}


def tables(out: Path) -> Mapping[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(out.glob("*.jsonl"))}


def into(out: Path, folder: Path, pipeline: str = "1") -> Summary:
    return run([folder], out, process=stand_in, store=lambda: Store(out / NAME, pipeline))


def test_a_second_run_reads_only_what_is_new_or_changed(tmp_path: Path) -> None:
    folder, out = lay(tmp_path / "in", **TEXTS), tmp_path / "out"
    assert into(out, folder).fresh == 3
    before = tables(out)
    assert into(out, folder).fresh == 0
    assert tables(out) == before
    lay(folder, b="乙\n新增就业3人", d="丁\n新增就业4人")
    assert into(out, folder).fresh == 2
    assert [row["value"] for row in stored(out, "targets")] == ["1", "3", "4"]
    assert into(out, folder, pipeline="2").fresh == 4, "another pipeline reads for itself"
    assert into(out, folder, pipeline="1").fresh == 0


def test_a_file_under_another_name_is_taken_with_that_name(tmp_path: Path) -> None:
    folder, out = lay(tmp_path / "in", **TEXTS), tmp_path / "out"
    into(out, folder)
    (folder / "a.txt").rename(folder / "z.txt")
    lay(folder, y=TEXTS["b"])
    made = into(out, folder)
    assert made.fresh == 0
    told = {row["source"]: row["copies"] for row in stored(out, "documents")}
    assert told == {"b.txt": ["y.txt"], "c.txt": [], "z.txt": []}
    run([folder], tmp_path / "plain", process=stand_in)
    assert tables(out) == tables(tmp_path / "plain")


def test_failures_are_tried_again_and_the_rest_is_not(tmp_path: Path) -> None:
    folder, out = lay(tmp_path / "in", **TEXTS), tmp_path / "out"
    (folder / "bad.txt").write_bytes(b"\xff\xfe\xff")
    assert into(out, folder).fresh == 4
    made = into(out, folder)
    assert (made.fresh, len(made.failures)) == (1, 1)
    assert [row["source"] for row in stored(out, "failures")] == ["bad.txt"]


def test_the_command_takes_the_inputs_of_the_last_run_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, out = lay(tmp_path / "in", **TEXTS), tmp_path / "out"
    (folder / "bad.pdf").write_bytes(b"%PDF-1.4 broken")
    monkeypatch.chdir(tmp_path)
    assert main(["extract", "in", "-o", str(out), "--quiet"]) == 1
    before = tables(out)
    monkeypatch.chdir(out)
    capsys.readouterr()
    assert main(["extract", "--again", "-o", str(out), "--quiet"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["read"], told["documents"], told["failures"]) == (1, 3, 1)
    assert tables(out) == before
    assert main(["extract", "--again", "--fresh", "-o", str(out), "--quiet"]) == 1
    assert json.loads(capsys.readouterr().out)["read"] == 4


def test_others_read_while_a_run_writes(tmp_path: Path) -> None:
    with Store(tmp_path / NAME, "1") as store, Store(tmp_path / NAME, "1") as reader:
        key = key_of(b"1", "a.txt")
        assert key not in reader
        store.put(key, b"tables")
        assert key in reader
        assert reader[key] == b"tables"
        with pytest.raises(KeyError):
            reader[key_of(b"2", "a.txt")]
        with pytest.raises(KeyError):
            reader[key_of(b"1", "a.pdf")]


def test_what_is_no_store_is_left_alone(tmp_path: Path) -> None:
    folder, path = lay(tmp_path / "in", **TEXTS), tmp_path / "out" / NAME
    path.parent.mkdir()
    for held in (b"somebody's notes, longer than a head", b"SQLite format 3\0" + b"\xff" * 4000):
        path.write_bytes(held)
        with pytest.raises(BadUsage, match=NAME):
            into(tmp_path / "out", folder)
        assert path.read_bytes() == held
    path.unlink()
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE mine (x)")
    other.close()
    with pytest.raises(BadUsage, match="no store of zhengce"):
        into(tmp_path / "out", folder)


@given(st.text(st.characters(), max_size=40))
@settings(max_examples=50, deadline=None)
def test_tables_come_back_as_they_were(text: str) -> None:
    task = Task(number=0, data=f"{text}\n新增就业1人".encode("utf-8", "ignore"), name="a.txt")
    outcome = stand_in(task.data, "a.txt")
    made, failure = unpacked(packed(task, stand_in))
    assert failure is None
    assert outcome.document is not None
    assert made["documents"][0]["text"] == outcome.document.text
    assert made["targets"][0]["value"] == "1"


PROGRAM = """
import sys
from pathlib import Path
from zhengce.cli import main
sys.exit(main(["extract", sys.argv[1], "-o", sys.argv[2], "--quiet", "--workers", "2"]))
"""


def kept(out: Path) -> int:
    """How many documents the store has, as another program sees it."""
    try:
        with closing(sqlite3.connect(f"file:{out / NAME}?mode=ro", uri=True)) as held:
            return int(held.execute("SELECT count(*) FROM results").fetchone()[0])
    except sqlite3.Error:  # not there yet
        return 0


@posix
def test_a_run_that_is_killed_goes_on_and_comes_to_the_same_tables(tmp_path: Path) -> None:
    chance = random.Random(20261122)
    texts = {
        f"d{number:03}": "\n".join(
            f"第{line}条　到2027年底，全县培训农民工{number + line}万人次。" for line in range(1, 40)
        )
        for number in range(120)
    }
    folder, out = lay(tmp_path / "in", **texts), tmp_path / "out"
    run([folder], tmp_path / "whole")
    kills, before = 0, 0
    for _ in range(20):
        with subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(folder), str(out)], start_new_session=True
        ) as process:
            # anywhere: while it starts, reads, or writes what it has read
            wanted, end = before + chance.randint(0, 9), time.monotonic() + 20
            while process.poll() is None and kept(out) < wanted and time.monotonic() < end:
                time.sleep(0.002)
            time.sleep(chance.uniform(0, 0.05))
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                kills += 1
            process.wait(10)
        assert kept(out) >= before, "what was kept stays"
        before = kept(out)
    assert kills > 10
    assert before > 10
    made = run([folder], out, store=lambda: Store(out / NAME, usual()))
    assert made.fresh == len(texts) - before, "what was read before the kills was not read again"
    assert tables(out) == tables(tmp_path / "whole")


def usual() -> str:
    from zhengce.write.manifest import pipeline

    return pipeline({"rules_only": False, "models": None})
