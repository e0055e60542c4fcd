"""Clusters of two on the loopback of this machine, whose nodes can be killed, and what is run on them."""

from __future__ import annotations

import faulthandler
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from test_batch import stand_in

from zhengce.flow import Outcome

LOG, NODE = "ZHENGCE_TEST_LOG", "ZHENGCE_TEST_NODE"
TESTS = Path(__file__).parent
ENVIRONMENT = {
    **os.environ, "PYTHONPATH": os.pathsep.join((str(TESTS.parent / "pipeline"), str(TESTS))),
    "RAY_USAGE_STATS_ENABLED": "0", "RAY_health_check_period_ms": "1000",
}  # fmt: skip
PROGRAM = """
import json, sys
from pathlib import Path
from made_cluster import counted
from zhengce.batch import run
from zhengce.cli.engine import cluster_at
from zhengce.packing import Limits
from zhengce.shard import sharded
from zhengce.store import NAME, Store

if __name__ == "__main__":
    address, folder, out = sys.argv[1:]
    cluster = cluster_at(address, lambda key, **of: key)
    engine = lambda tasks: sharded(tasks, counted, cluster, limits=Limits(seconds=60))
    made = run([folder], Path(out), engine=engine, store=lambda: Store(Path(out) / NAME, "1"))
    print(json.dumps([made.documents, made.fresh, [one.error for one in made.failures]]))
"""


def counted(data: bytes, name: str, *, copies: tuple[str, ...] = ()) -> Outcome:
    """What `stand_in` makes, slowly, and a line in the log for each time; a document that ends its process."""
    with Path(os.environ[LOG]).open("a", encoding="utf-8") as log:
        log.write(f"{os.environ.get(NODE)} {name}\n")
    time.sleep(0.02)
    if data == b"segfault":
        faulthandler.disable()  # pytest's, which would tell of it at length
        os.kill(os.getpid(), signal.SIGSEGV)
    return stand_in(data, name, copies=copies)


def free_port() -> int:
    """A port that nobody listens on now, outside those which Ray gives to its workers."""
    while True:
        with socket.socket() as one:
            one.bind(("127.0.0.1", 0))
            port: int = one.getsockname()[1]
        if port > 20_000:
            return port


@dataclass(slots=True)
class Nodes:
    """A cluster: its address, and its processes, each with those that it started."""

    folder: Path
    address: str = ""
    held: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def log(self) -> Path:
        """A line for each time that a document was read."""
        return self.folder / "log"

    def start(self, ready: str, *words: str) -> None:
        """Start a process of the cluster, and wait until it says that it is ready."""
        number, path = len(self.held), self.folder / f"said-{len(self.held)}"
        environment = {**ENVIRONMENT, LOG: str(self.log), NODE: str(number)}
        with path.open("wb") as said:
            self.held.append(
                subprocess.Popen([sys.executable, "-m", *words], env=environment, stdout=said, stderr=said)
            )
        end = time.monotonic() + 60
        while ready not in path.read_text(errors="replace"):
            assert self.held[-1].poll() is None, path.read_text()
            assert time.monotonic() < end, path.read_text()
            time.sleep(0.05)

    def kill(self, number: int) -> None:
        """End one with all that it started, as a power cut does."""
        for process in (*family(self.held[number].pid), self.held[number].pid):
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        self.held[number].wait(20)

    def run(self, folder: Path, out: Path) -> subprocess.Popen[str]:
        """A run of `counted` on the cluster, in a process of its own."""
        return subprocess.Popen(
            [sys.executable, "-c", PROGRAM, self.address, str(folder), str(out)],
            env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    def read(self) -> Sequence[tuple[str, str]]:
        """Which node read which document, each time."""
        lines = self.log.read_text(encoding="utf-8").splitlines() if self.log.is_file() else []
        return [(line.partition(" ")[0], line.partition(" ")[2]) for line in lines]


def family(parent: int) -> list[int]:
    """The processes that a process started, and theirs, as /proc has them."""
    parents: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            told = path.read_text(errors="replace")
            parents.setdefault(int(told.rpartition(")")[2].split()[1]), []).append(int(path.parent.name))
    found = [parent]
    for one in found:
        found += parents.get(one, [])
    return found[1:]


@contextmanager
def _nodes() -> Iterator[Nodes]:
    with tempfile.TemporaryDirectory(prefix="zc", ignore_cleanup_errors=True) as folder:  # Ray's sockets: a short path
        nodes = Nodes(Path(folder))
        try:
            yield nodes
        finally:
            for number in range(len(nodes.held)):
                nodes.kill(number)


@contextmanager
def dask_nodes() -> Iterator[Nodes]:
    """A scheduler and two workers; the last can be killed."""
    port, here = free_port(), ("--host", "127.0.0.1", "--no-dashboard")
    with _nodes() as nodes:
        nodes.address = f"dask://127.0.0.1:{port}"
        nodes.start("Scheduler at", "distributed.cli.dask_scheduler", *here, "--port", str(port))
        for _ in range(2):
            nodes.start(
                "Registered to", "distributed.cli.dask_worker", f"tcp://127.0.0.1:{port}", *here, "--nworkers", "1",
                "--nthreads", "1", "--local-directory", str(nodes.folder),
            )  # fmt: skip
        yield nodes


@contextmanager
def ray_nodes() -> Iterator[Nodes]:
    """A head and another node, with one core each; the last can be killed."""
    port, client, started = free_port(), free_port(), "Ray runtime started"
    told = ("--num-cpus=1", "--block", "--disable-usage-stats", "--object-store-memory=100000000")
    with _nodes() as nodes:
        # not 127.0.0.1, which Ray takes for a word for the machine's address in the network
        nodes.address = f"ray://127.0.0.2:{client}"
        nodes.start(
            started, "ray.scripts.scripts", "start", "--head", "--node-ip-address=127.0.0.2", f"--port={port}",
            f"--ray-client-server-port={client}", "--include-dashboard=false", f"--temp-dir={nodes.folder}", *told,
        )  # fmt: skip
        nodes.start(
            started, "ray.scripts.scripts", "start", f"--address=127.0.0.2:{port}", "--node-ip-address=127.0.0.3", *told
        )
        yield nodes
