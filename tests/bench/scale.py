"""Prints what many documents cost: `python tests/bench/scale.py`.

Documents of some 1,500 characters are made of the samples' paragraphs, with other numbers, the same number the same
document. For each count (`--counts`) a run reads them and a second one finds all in the store; each in a process of its
own, imports and lexicons loaded before the clock runs. Then (`--scaling N`) the same N documents are read by one and by
two child processes, and by processes that nothing leads (`unled`), which tells what the machine allows: two threads of
one core, or neighbours, give less than two cores. All take turns; the ratios are of neighbouring turns, and their
median counts. CPU seconds are told apart by driver (plan, store, tables) and children (reading). With `--ready` nothing
is read: the results of 200 documents stand for those of all, and what is measured is the driver, which is what could
grow with their number.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import resource
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, partial
from itertools import count
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import Any

from zhengce import batch, flow
from zhengce.inputs import contents, plan
from zhengce.outcome import Outcome
from zhengce.packing import Task, packed
from zhengce.pool import pooled
from zhengce.store import NAME, Store

SAMPLES = Path(__file__).parents[2] / "corpora" / "samples"
SIZE = 1500  # characters of a document
FOLDER = 1000  # documents in a folder
NUMBER = re.compile(r"(?<![\d.年月〔])[1-9]\d*(?![\d.年月日〕])")
SEED = 20261122
READY = 200  # documents whose results stand for others
spent: list[float] = []  # CPU seconds of a driver for which nothing was read


@cache
def paragraphs() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Titles and paragraphs of the samples that are read as text."""
    titles, found = [], []
    for item, data in contents(plan([SAMPLES])):
        assert isinstance(data, bytes)
        document = flow.process(data, item.name).document
        if document is not None and document.header.title:
            titles.append(document.header.title)
            found += [line for line in document.text.split("\n") if 20 < len(line) < 300]
    return tuple(titles), tuple(found)


def made(number: int) -> str:
    """A document."""
    chance = random.Random(f"{SEED} {number}")
    titles, held = paragraphs()
    lines, size = [f"{chance.choice(titles)}（{number}）"], 0
    for place in count(1):
        line = NUMBER.sub(lambda match: str(chance.randrange(1, 2 * int(match[0]) + 2)), chance.choice(held))
        lines.append(line)
        size += len(line)
        if size > SIZE or place > 99:
            return "\n".join(lines) + "\n"
    raise AssertionError


def lay(number: int, folder: Path) -> Path:
    """So many documents in files."""
    for one in range(number):
        path = folder / f"{one // FOLDER:04}" / f"{one:07}.txt"
        if not one % FOLDER:
            path.parent.mkdir(parents=True)
        path.write_text(made(one), encoding="utf-8")
    return folder


def ready(tasks: Iterable[Task]) -> Iterator[tuple[int, bytes]]:
    """An engine that has read already."""
    held = [packed(Task(number=0, data=made(one).encode(), name="a.txt"), flow.process) for one in range(READY)]
    begun = time.process_time()
    yield from ((task.number, held[task.number % READY]) for task in tasks)
    spent.append(time.process_time() - begun)


def counted(told: str, data: bytes, name: str, *, copies: tuple[str, ...] = ()) -> Outcome:
    """The usual flow in a child, whose parent is a server that tells nothing: it leaves its CPU seconds in a folder."""
    outcome = flow.process(data, name, copies=copies)
    Path(told, str(os.getpid())).write_text(str(time.process_time()))
    return outcome


def timed(folder: Path, out: Path, workers: int) -> dict[str, float]:
    """A run, in a process of its own: seconds, CPU seconds of driver and children, MB of the driver, disk.

    No `workers`: those that have read already.
    """
    flow.process("关于做好培训工作的通知\n到2025年底，各县至少建设2个培训基地。\n".encode(), "warm.txt")
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    before, begun, used = peak(), time.perf_counter(), time.process_time()
    items = plan([folder])
    planned = time.perf_counter() - begun
    begun, used = time.perf_counter(), time.process_time()
    with tempfile.TemporaryDirectory() as told:
        work = partial(packed, process=partial(counted, told))
        engine = partial(pooled, work=work, workers=workers) if workers else ready
        summary = batch.run([folder], out, engine=engine, store=lambda: Store(out / NAME, "bench"))
        children = sum(float(path.read_text()) for path in Path(told).iterdir())
    assert summary.documents == len(items), summary.failures[:1]
    driver = spent.pop() if spent else time.process_time() - used
    return {
        "seconds": time.perf_counter() - begun, "plan": planned, "driver": driver,
        "children": children, "before": before, "peak": peak(), "read": summary.fresh,
        "given": sum(item.size for item in items), "records": sum(summary.records.values()),
        "store": sum(path.stat().st_size for path in out.glob(f"{NAME}*")),
        "tables": sum(path.stat().st_size for path in out.glob("*.jsonl")),
    }  # fmt: skip


def peak() -> float:
    """The most memory that this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def unled(files: Sequence[Path], workers: int) -> float:
    """Seconds in which so many processes read their share of the files and no more: what the machine allows."""
    shares = [files[number::workers] for number in range(workers)]
    with get_context("fork").Pool(workers) as pool:
        pool.map(read_all, [share[:8] for share in shares], chunksize=1)
        begun = time.perf_counter()
        pool.map(read_all, shares, chunksize=1)
        return time.perf_counter() - begun


def read_all(files: Sequence[Path]) -> None:
    for path in files:
        packed(Task(number=0, data=path.read_bytes(), name=path.name), flow.process)


def apart(*given: Any) -> dict[str, float]:
    """`timed` in a process of its own."""
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(alone, given)


def alone(*given: Any) -> dict[str, float]:
    """`timed` where children are allowed."""
    from multiprocessing import current_process

    current_process()._config["daemon"] = False
    return timed(*given)


def growth(counts: Sequence[int], workers: int, folder: Path) -> None:
    """A line a count."""
    print("documents  KB each  records |   s   ms/doc  driver ms  children ms  MB at most (before) | plan ms/doc "
          "| second run ms/doc  MB | KB/doc store  tables", flush=True)  # fmt: skip
    for number in counts:
        held = lay(number, folder / f"in-{number}")
        out = folder / f"out-{number}"
        first, second = (apart(held, out, workers) for _ in range(2))
        assert (first["read"], second["read"]) == (number, 0)
        each = {name: 1000 * first[name] / number for name in ("seconds", "driver", "children", "plan")}
        kept = {name: first[name] / number / 1024 for name in ("given", "store", "tables")}
        print(f"{number:9} {kept['given']:8.1f} {first['records'] / number:8.1f} | {first['seconds']:.0f} "
              f"{each['seconds']:8.2f} {each['driver']:10.2f} {each['children']:12.2f} "
              f"{first['peak']:8.0f} ({first['before']:.0f}) | {each['plan']:8.3f} "
              f"| {1000 * second['seconds'] / number:8.2f} {second['peak']:8.0f} "
              f"| {kept['store']:8.1f} {kept['tables']:8.1f}", flush=True)  # fmt: skip
        shutil.rmtree(held)
        shutil.rmtree(out)


def scaling(number: int, rounds: int, folder: Path) -> None:
    """One child process against two, in turns."""
    held = lay(number, folder / "in")
    files = sorted(held.rglob("*.txt"))
    found: dict[int, list[dict[str, float]]] = {1: [], 2: []}
    bare: dict[int, list[float]] = {1: [], 2: []}
    for one in range(rounds):
        for workers, told in found.items():
            told.append(apart(held, folder / f"out-{one}-{workers}", workers))
            bare[workers].append(unled(files, workers))
            seconds, driver, children = (told[-1][name] for name in ("seconds", "driver", "children"))
            print(f"round {one}, {workers} children: {seconds:.1f} s, CPU {driver:.1f} + {children:.1f} s"
                  f"; unled {bare[workers][-1]:.1f} s", flush=True)  # fmt: skip
    share = min(one["driver"] for one in found[1]) / min(one["children"] for one in found[1])
    faster = [one["seconds"] / two["seconds"] for one, two in zip(*found.values(), strict=True)]
    most = [one / two for one, two in zip(*bare.values(), strict=True)]
    led, bare_ones = (f"{median(one):.2f} times as fast ({min(one):.2f} to {max(one):.2f})" for one in (faster, most))
    print(f"{number} documents, two beside one: {led}; unled {bare_ones}; "
          f"the driver's CPU is {100 * share:.1f} % of the children's")  # fmt: skip


def main() -> None:
    """Runs the bench."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--counts", type=int, nargs="*", default=[100, 1000, 10_000], help="documents")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--ready", action="store_const", const=0, dest="workers", help="nothing is read")
    parser.add_argument("--scaling", type=int, default=1000, metavar="N", help="documents; 0: none")
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        growth(given.counts, given.workers, Path(folder))
        if given.scaling:
            scaling(given.scaling, given.rounds, Path(folder))


if __name__ == "__main__":
    main()
