"""Faults of the machine in the middle of a run: no disk left, no right to write, Ctrl-C, two runs at once."""

from __future__ import annotations

import json
import os
import random
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from zhengce.write.columns import RECORDS, columns

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="signals and limits")
NOTICE = "某县第{}号通知\n到2025年底，培训农民工{}万人次，给予每人500元补贴，由县人社局牵头，县财政局配合。\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "in"
    place.mkdir()
    for number in range(60):
        (place / f"{number}.txt").write_text(NOTICE.format(number, number + 1) * 20, encoding="utf-8")
    return place


def extract(folder: Path, out: Path, *more: str, **options: object) -> subprocess.Popen[str]:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "LC_ALL": "C.UTF-8"}
    line = [sys.executable, "-m", "zhengce", "extract", str(folder), "-o", str(out), "--lang", "en", *more]
    return subprocess.Popen(
        line, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options  # type: ignore[call-overload]
    )  # fmt: skip


def tables(out: Path) -> dict[str, list[dict[str, object]]]:
    """The rows of all tables, each line whole."""
    return {
        table: [json.loads(line) for line in (out / f"{table}.jsonl").read_text(encoding="utf-8").splitlines()]
        for table in columns(RECORDS)
        if (out / f"{table}.jsonl").exists()
    }


def assert_whole(out: Path) -> int:
    """Every document of the run has all its records, and there are no others; how many documents."""
    found = tables(out)
    known = {row["document"] for row in found.get("documents", [])}
    for table in ("targets", "assignments"):
        held = {row["document"] for row in found.get(table, [])}
        assert held == known, table
    return len(known)


def test_ctrl_c_at_any_moment_leaves_whole_documents(folder: Path, tmp_path: Path) -> None:
    whole = extract(folder, tmp_path / "whole")
    begun = time.monotonic()
    whole.communicate(timeout=120)
    assert whole.returncode == 0
    length = time.monotonic() - begun
    moments = random.Random(10)
    for number in range(8):
        out = tmp_path / f"out{number}"
        run = extract(folder, out, "--format", "jsonl,csv", start_new_session=True)
        time.sleep(moments.uniform(0.1, 1.0) ** 2 * length)  # more often while children start
        os.killpg(run.pid, signal.SIGINT)  # a terminal sends it to all of them
        _, said = run.communicate(timeout=60)
        # before Python has begun to heed signals as zhengce does, its own words are all there are
        assert run.returncode in (0, 130, -signal.SIGINT, 1), said
        assert "Traceback" not in said or not out.exists(), said
        if out.exists():
            assert_whole(out)
    again = extract(folder, out)
    again.communicate(timeout=120)
    assert again.returncode == 0
    assert assert_whole(out) == 60


def test_a_full_disk_is_told_and_leaves_whole_documents(folder: Path, tmp_path: Path) -> None:
    def small() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, 150_000))

    run = extract(folder, tmp_path / "out", preexec_fn=small)
    _, said = run.communicate(timeout=120)
    assert run.returncode not in (0, 130)
    assert "Traceback" not in said
    assert "writing stopped" in said
    assert assert_whole(tmp_path / "out") < 60


@pytest.mark.parametrize("out", ["/sys/zhengce", "/dev/null/zhengce", "/proc/zhengce"])
def test_a_folder_that_cannot_be_written_is_told_before_anything_is_read(folder: Path, out: str) -> None:
    run = extract(folder, Path(out))
    told, said = run.communicate(timeout=120)
    assert (run.returncode, told) == (2, "")
    assert "cannot hold the tables" in said


def test_of_two_runs_at_once_one_is_refused(folder: Path, tmp_path: Path) -> None:
    runs = [extract(folder, tmp_path / "out") for _ in range(3)]
    said = [run.communicate(timeout=120)[1] for run in runs]
    codes = [run.returncode for run in runs]
    assert 0 in codes
    assert set(codes) <= {0, 2}
    assert all("another run" in words for code, words in zip(codes, said, strict=True) if code)
    assert assert_whole(tmp_path / "out") == 60
