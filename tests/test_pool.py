"""Child processes: what one document does to its process costs its own row and nothing else."""

import ctypes
import faulthandler
import json
import os
import re
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest
from test_batch import lay, posix, stand_in

from zhengce import cleaning, comparing, flow
from zhengce.batch import run
from zhengce.cleaning import _cleaned as clean_one
from zhengce.cli import engine
from zhengce.errors import BadUsage
from zhengce.flow import Outcome
from zhengce.inputs import plan
from zhengce.packing import Limits, Task, packed, unpacked
from zhengce.pool import pooled
from zhengce.record import Failure
from zhengce.write.alone import alone
from zhengce.write.stored import stored

LIMITS = Limits(seconds=4, megabytes=1024)
ENDLESS = re.compile(r"(a|aa)+$")


def poison(data: bytes, name: str, *, copies: tuple[str, ...] = ()) -> Outcome:
    """What the worst documents do."""
    match data:
        case b"endless":
            while True:
                time.sleep(0.01)
        case b"expression":
            ENDLESS.match("a" * 80 + "b")
        case b"memory":
            held = [bytearray(1 << 24) for _ in range(1000)]
            assert held
        case b"segfault":
            faulthandler.disable()  # pytest's, which would tell of it at length
            ctypes.string_at(0)
        case b"exit":
            os._exit(3)
        case b"fault":
            raise ZeroDivisionError("a fault")
    if data.startswith(b"slow"):
        time.sleep(2)
    return stand_in(data, name, copies=copies)


POISON = partial(packed, process=poison)


def tasks(*texts: str) -> list[Task]:
    return [Task(number=number, data=text.encode(), name=f"{number}.txt") for number, text in enumerate(texts)]


@posix
@pytest.mark.parametrize("workers", [1, 3])
def test_poison_costs_its_own_row(workers: int) -> None:
    kinds = {"endless": "TimedOut", "memory": "OutOfMemory", "segfault": "Crashed", "exit": "Crashed", "fault": "Fault"}
    kinds["expression"] = "TimedOut"
    given = tasks(*(one for kind in kinds for one in (kind, f"甲\n新增就业{len(kind)}人")))
    found = {number: unpacked(data) for number, data in pooled(given, POISON, workers=workers, limits=LIMITS)}
    assert sorted(found) == list(range(len(given)))
    for number, task in enumerate(given):
        made, failure = found[number]
        if (kind := task.data.decode()) in kinds:
            assert failure is not None
            assert (failure.source, failure.error) == (task.name, kinds[kind])
            assert failure.sha256
        else:
            assert made["targets"][0]["quote"].startswith("新增就业")


@posix
def test_failures_say_what_to_do_and_the_run_goes_on(tmp_path: Path) -> None:
    folder = lay(tmp_path / "in", a="endless", b="乙\n新增就业2人", c="segfault")
    summary = run([folder], tmp_path / "out", engine=lambda given: pooled(given, POISON, workers=2, limits=LIMITS))
    told = {row["source"]: str(row["message"]) for row in stored(tmp_path / "out", "failures")}
    assert "--timeout" in told["a.txt"]
    assert "SIGSEGV" in told["c.txt"]
    assert (summary.documents, len(summary.failures), summary.interrupted) == (1, 2, False)


@posix
def test_a_comparison_goes_on(tmp_path: Path) -> None:
    folder = lay(tmp_path / "in", a="segfault", b="乙\n新增就业2人", c="endless", d="丁\n新增就业4人")
    compared = comparing.run(
        [folder], tmp_path / "out", by="indicator", formats=("csv",),
        engine=lambda given: pooled(given, POISON, workers=2, limits=LIMITS),
    )  # fmt: skip
    assert [one.source for one in compared.comparison.members] == ["b.txt", "d.txt"]
    assert [(one.source, one.error) for one in compared.failures] == [("a.txt", "Crashed"), ("c.txt", "TimedOut")]


def cleaned_or_worse(task: Task) -> bytes:
    if task.data.startswith(b"exit"):
        os._exit(3)
    return clean_one(task)


@pytest.mark.parametrize("workers", [1, 2])
def test_cleaning_goes_on(tmp_path: Path, workers: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cleaning, "_cleaned", cleaned_or_worse)
    folder = lay(tmp_path / "in", a="exit", b="補貼５００元。", c="exit too", d="丁")
    (folder / "e.pdf").write_bytes(b"%PDF-1.7 nothing more")
    found = [(item.name, one) for item, one in cleaning.cleaned(plan([folder]), workers=workers, limits=LIMITS)]
    assert [name for name, _ in found] == ["a.txt", "b.txt", "c.txt", "d.txt", "e.pdf"]
    failed = {name: one.error for name, one in found if isinstance(one, Failure)}
    assert failed.pop("e.pdf") != "Crashed"
    assert failed == {"a.txt": "Crashed", "c.txt": "Crashed"}
    made = found[1][1]
    assert isinstance(made, cleaning.Cleaned)
    assert made.document.text.strip() == "补贴500元。"
    assert made.changes


def test_any_number_of_workers_gives_the_same_bytes(tmp_path: Path) -> None:
    texts = {
        f"d{number:02}": f"第{number}号通知\n到2027年底，培训{number + 1}万人次。" * (1 + number % 7)
        for number in range(20)
    }
    folder = lay(tmp_path / "in", **texts)
    made, work = [], partial(packed, process=flow.process)
    for workers in (0, 1, 2, 5):
        out = tmp_path / str(workers)
        run([folder], out, engine=(lambda given, n=workers: pooled(given, work, workers=n)) if workers else None)
        made.append({path.name: path.read_bytes() for path in out.iterdir()})
    assert all(one == made[0] for one in made)


@posix
def test_a_clock_that_jumps_costs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    given = tasks("甲\n新增就业1人", "slow", "slow too", "丁\n新增就业4人")
    results = pooled(given, POISON, workers=2, limits=LIMITS)
    found = dict([next(results)])
    time.sleep(0.5)  # the slow ones are begun
    now = time.time
    monkeypatch.setattr(time, "time", lambda: now() + 1e6)  # a laptop that has slept, a clock that was set
    found |= dict(results)
    assert [unpacked(found[number])[1] for number in range(4)] == [None] * 4


def test_an_iterator_that_is_closed_ends_its_children() -> None:
    begun = time.monotonic()
    results = pooled(tasks("甲\n新增就业1人", *["endless"] * 5), POISON, workers=2)
    assert next(results)[0] == 0
    results.close()
    assert time.monotonic() - begun < 20


def test_the_options_are_those_of_the_engine() -> None:
    assert Limits() == Limits(seconds=engine.SECONDS, megabytes=engine.MEGABYTES)


def test_two_runs_never_write_to_one_folder(tmp_path: Path) -> None:
    folder, out = lay(tmp_path / "in", a="甲\n新增就业1人"), tmp_path / "out"
    hold = "import sys; from pathlib import Path; from zhengce.write.alone import alone\n"
    hold += "with alone(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", hold, str(out)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(BadUsage, match="another run"):
            run([folder], out, process=stand_in)
        other.kill()
    assert run([folder], out, process=stand_in).documents == 1, "what is dead holds nothing"
    assert [path.name for path in out.iterdir() if path.name.startswith(".")] == []


def test_a_folder_that_was_made_for_nothing_goes_again(tmp_path: Path) -> None:
    with pytest.raises(BadUsage), alone(tmp_path / "out"), alone(tmp_path / "out"):
        raise BadUsage("no input")
    assert not (tmp_path / "out").exists()


@posix
def test_ctrl_c_in_a_terminal_ends_with_what_was_read(tmp_path: Path) -> None:
    texts = {
        f"d{number:03}": "\n".join(f"第{line}条　全县培训{number + line}万人次。" for line in range(200))
        for number in range(90)
    }
    folder = lay(tmp_path / "in", **texts)
    words = [sys.executable, "-m", "zhengce", "extract", str(folder), "-o", str(tmp_path / "out"), "--workers", "2"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True) as process:
        table = tmp_path / "out" / "documents.jsonl"
        while not (table.is_file() and table.stat().st_size) and process.poll() is None:
            time.sleep(0.01)
        os.killpg(process.pid, 2)  # as a terminal does: parent and children
        said, complained = process.communicate(timeout=60)
    told = json.loads(said)
    assert process.returncode == 130, complained.decode()
    assert told["interrupted"]
    assert len(list(stored(tmp_path / "out", "documents"))) == told["documents"] < 90
    assert "Traceback" not in complained.decode()
