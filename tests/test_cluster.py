"""Clusters: the same bytes as one process, whatever is lost on the way; what is lost is read again, nothing else."""

import json
import os
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import AbstractContextManager
from functools import partial
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_cluster import ENVIRONMENT, LOG, Nodes, dask_nodes, free_port, ray_nodes
from test_batch import lay, stand_in
from test_pool import poison, tasks
from test_store import tables

from zhengce import shard
from zhengce.batch import run
from zhengce.cli import engine, main
from zhengce.errors import BadUsage
from zhengce.packing import Limits, Task, packed, unpacked
from zhengce.shard import BYTES, DOCUMENTS, about, check_workers, read_shard, sharded, shards
from zhengce.store import NAME, Store

linux = pytest.mark.skipif(sys.platform != "linux", reason="nodes are killed by what /proc tells")
CLUSTERS = [
    pytest.param(nodes, marks=[linux, pytest.mark.skipif(not find_spec(library), reason=f"{library} is not installed")])
    for nodes, library in ((dask_nodes, "distributed"), (ray_nodes, "ray"))
]


@given(st.lists(st.one_of(st.integers(0, 3000), st.integers(0, 2 * BYTES)), max_size=80))
def test_shards_hold_every_task_once_in_order_and_are_no_larger_than_need_be(sizes: list[int]) -> None:
    held = bytes(2 * BYTES)
    given = [Task(number=at, data=memoryview(held)[:size], name="a.txt") for at, size in enumerate(sizes)]  # type: ignore[arg-type]
    found = list(shards(given))
    assert [task for one in found for task in one.tasks] == given
    for one in found:
        assert 0 < len(one.tasks) <= DOCUMENTS
        assert one.size <= BYTES or len(one.tasks) == 1
    for one, then in pairwise(found):
        assert len(one.tasks) == DOCUMENTS or one.size + len(then.tasks[0].data) > BYTES, "it had room"


class Losing:
    """A cluster in this process that loses shards: by chance, and always those with a certain text."""

    address = "test://"

    def __init__(self, chance: Callable[[], bool] = lambda: False, gone_after: int = 10**6) -> None:
        self.chance, self.left, self.sent, self.closed = chance, gone_after, 0, 0

    def cores(self) -> int:
        return 2

    def submit(self, function: Callable[..., Any], /, *args: Any) -> Future[Any]:
        self.sent, self.left = self.sent + 1, self.left - 1
        if self.left < 0:
            raise ConnectionError("nobody answers")
        future: Future[Any] = Future()
        given, process, *_ = args
        if self.chance() or any(task.data == b"deadly" for task in given):
            future.set_exception(RuntimeError("the worker died"))
        else:
            future.set_result([(task.number, packed(task, process)) for task in given])
        return future

    def close(self) -> None:
        self.closed += 1


@given(st.integers(0, 2**32), st.sets(st.integers(0, 60), max_size=3))
@settings(max_examples=25, deadline=None)
def test_what_is_lost_is_sent_again_and_what_is_lost_always_is_a_failure(seed: int, deadly: set[int]) -> None:
    chance = Random(seed)
    given = tasks(*("deadly" if at in deadly else f"甲\n新增就业{at}人" for at in range(61)))
    cluster = Losing(lambda: chance.random() < 0.1)
    found = list(sharded(given, stand_in, cluster))
    assert sorted(number for number, _ in found) == list(range(61)), "each once"
    failed = {number: failure for number, data in found if (failure := unpacked(data)[1])}
    assert deadly <= set(failed)
    assert len(failed) - len(deadly) <= 1, "three times out of ten is no chance"
    assert {failure.error for failure in failed.values()} <= {"Crashed"}
    assert cluster.closed == 1


def test_a_cluster_that_is_gone_ends_the_run_and_what_was_read_is_kept(tmp_path: Path) -> None:
    folder = lay(tmp_path / "in", **{f"d{at:02}": f"甲\n新增就业{at}人" for at in range(99)})
    cluster, out = Losing(gone_after=4), tmp_path / "out"

    def again(cluster: Losing) -> int:
        return run(
            [folder], out, engine=lambda given: sharded(given, stand_in, cluster), store=lambda: Store(out / NAME, "1")
        ).fresh

    with pytest.raises(BadUsage, match="test:// is gone"):
        again(cluster)
    assert cluster.closed == 1
    assert again(Losing()) == 99 - 4 * DOCUMENTS


def test_a_worker_reads_in_a_child_that_it_keeps() -> None:
    limits, given = Limits(seconds=60, megabytes=2048), tasks("甲\n新增就业1人", "segfault", "乙\n新增就业2人")
    found = dict(read_shard(given, poison, limits, about()))
    assert [unpacked(found[number])[1] is None for number in range(3)] == [True, False, True]
    ((_, first, _),) = shard._kept
    assert len(read_shard(given[:1], poison, limits, about())) == 1
    ((_, children, timer),) = shard._kept
    assert children is first
    timer.cancel()
    shard._kept.clear()
    children.close()


def test_another_pipeline_is_refused_by_name() -> None:
    class Other(Losing):
        def submit(self, function: Callable[..., Any], /, *args: Any) -> Future[Any]:
            future: Future[Any] = Future()
            try:
                function({**args[0], "python": "2.7"})
            except BadUsage as error:
                future.set_exception(error)
            return future

    with pytest.raises(BadUsage, match="another pipeline than this machine, in python"):
        check_workers(Other())


def test_addresses_that_are_none_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = lay(tmp_path / "in", a="甲\n新增就业1人")
    for address in ("spark://a:1", "ray://", "127.0.0.1:8786"):
        assert main(["extract", str(folder), "-o", str(tmp_path / "out"), "--cluster", address]) == 2
        assert address in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("scheme", ["ray", "dask", "dask+tls"])
def test_a_cluster_that_is_not_there_is_told_at_once(
    tmp_path: Path, scheme: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = lay(tmp_path / "in", a="甲\n新增就业1人")
    words = ["extract", str(folder), "-o", str(tmp_path / "out"), "--cluster", f"{scheme}://127.0.0.1:{free_port()}"]
    assert main(words) == 2
    assert "cannot be reached" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def until(ready: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not ready():
        assert time.monotonic() < end
        time.sleep(0.01)


@pytest.mark.parametrize("nodes", CLUSTERS)
def test_a_node_that_is_killed_costs_what_it_had_in_hand(
    nodes: Callable[[], AbstractContextManager[Nodes]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = {f"d{at:03}": f"第{at}号\n新增就业{at + 1}人" for at in range(240)}
    folder = lay(tmp_path / "in", **{**texts, "d120": "segfault"})
    with nodes() as cluster, cluster.run(folder, tmp_path / "out") as driver:
        try:
            last = str(len(cluster.held) - 1)
            until(lambda: [node for node, _ in cluster.read()].count(last) > 10 or driver.poll() is not None)
            cluster.kill(-1)
            said, complained = driver.communicate(timeout=100)
        finally:
            driver.kill()
        assert driver.returncode == 0, complained
        assert json.loads(said) == [239, 240, ["Crashed"]]
        read = Counter(name for _, name in cluster.read())
        assert {node for node, _ in cluster.read()} == {last, str(len(cluster.held) - 2)}, "both have read"
    assert set(read) == {f"{name}.txt" for name in texts}
    redone = sum(read.values()) - len(texts)
    print(f"read again after the kill: {redone} of {len(texts)}")
    assert redone <= DOCUMENTS, "no more than the shard in hand"
    monkeypatch.setenv(LOG, os.devnull)
    monkeypatch.setattr("zhengce.pool.START", "fork")  # a server that forks has the environment in which it began
    run([folder], tmp_path / "alone", engine=lambda given: plain(given))
    assert tables(tmp_path / "out") == tables(tmp_path / "alone")


def plain(given: Any) -> Any:
    from made_cluster import counted

    from zhengce.pool import pooled

    return pooled(given, partial(packed, process=counted))


@pytest.mark.parametrize("nodes", CLUSTERS[:1])
def test_the_command_reads_on_a_cluster(
    nodes: Callable[[], AbstractContextManager[Nodes]], tmp_path: Path
) -> None:  # fmt: skip
    samples = Path(__file__).parents[1] / "corpora" / "samples"
    run([samples], tmp_path / "alone")
    words = [sys.executable, "-m", "zhengce", "extract", str(samples), "-o", str(tmp_path / "out"), "--quiet"]
    with nodes() as cluster:
        subprocess.run([*words, "--cluster", cluster.address], env=ENVIRONMENT, check=True, timeout=100)
    assert tables(tmp_path / "out") == tables(tmp_path / "alone")


def test_somebody_else_who_listens_is_no_cluster(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "PATIENCE", 0.1)
    folder = lay(tmp_path / "in", a="甲\n新增就业1人")
    with socket.create_server(("127.0.0.1", 0)) as other:
        address = f"dask://127.0.0.1:{other.getsockname()[1]}"
        assert main(["extract", str(folder), "-o", str(tmp_path / "out"), "--cluster", address]) == 2
    assert "cannot be reached" in capsys.readouterr().err
