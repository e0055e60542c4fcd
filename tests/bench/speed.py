"""Prints how fast everything is, beside what users would take instead: `python tests/bench/speed.py`.

One table, made in one run, of the documents of `corpora/` and, where they lie beside the checkout, of
`../shared/documents`. Figures are of CPU time, each the median of rounds that take turns, each in a process of its own:
what is kept of a text must not speed up the next round. Lexicons and libraries are loaded before the clock runs.
MB are megabytes of UTF-8 text; for pages and PDFs of the text that zhengce reads from them. Stages are given too as
their share of the way from clean text to records. Peers that are not installed (extra `bench`) are told and passed
over; `--no-peers` leaves out those that take minutes.
"""

from __future__ import annotations

import argparse
import gc
import os
import platform
import sys
from collections.abc import Mapping, Sequence
from itertools import chain
from multiprocessing import get_context
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from extract import WARM, staged
from speed_peers import IN_TEXTS
from speed_processes import PROCESSES, cost, of_all
from speed_rows import Row, of_files, of_pages, of_pairs, of_pdfs, of_texts, size_of

from zhengce.document import Document
from zhengce.flow import annotate, clean
from zhengce.inputs import contents, plan
from zhengce.read import read_file
from zhengce.record import Failure
from zhengce.version import VERSION

TESTS = Path(__file__).resolve().parents[1]
CORPORA = TESTS.parent / "corpora"
SHARED = TESTS.parents[1] / "shared" / "documents"
WHOLE, WHOLE_AIM = "clean text → records", 2
HELD: list[Document] = []
ROWS: dict[str, Row] = {}


def _row_seconds(name: str) -> float | None:
    try:
        return ROWS[name].seconds()
    except ImportError:
        return None


def _stage_seconds() -> dict[str, float]:
    return staged([Document(raw=one.raw, text=one.text, alignment=one.alignment) for one in HELD])


def measured(rounds: int) -> tuple[dict[str, float], dict[str, float]]:
    """Median seconds of each row whose library is installed, and of each stage from clean text to records."""
    turns: dict[str, list[float]] = {name: [] for name in ROWS}
    stages: list[dict[str, float]] = []
    for _ in range(rounds):
        for name in list(turns):
            with get_context("fork").Pool(1) as pool:
                spent = pool.apply(_row_seconds, (name,))
            if spent is None:
                del turns[name]
            else:
                turns[name].append(spent)
        with get_context("fork").Pool(1) as pool:
            stages.append(pool.apply(_stage_seconds))
    told = {name: median(one[name] for one in stages) for name in stages[0]}
    return {name: median(spent) for name, spent in turns.items()}, told


def line(name: str, size: int, count: int, seconds: float, note: str) -> None:
    print(f"{name:<32}{size / 1e6 / seconds:>10.2f}{count / seconds:>12,.1f}  {note}".rstrip())


def judged(is_met: bool) -> str:
    return "met" if is_met else "NOT MET"


def note_of(row: Row, spent: Mapping[str, float]) -> str:
    """What is aimed at, and whether it is reached."""
    if row.aim is None:
        return ""
    if row.than is None:
        return f"aim {row.aim:g} MB/s: {judged(row.size / 1e6 / spent[row.name] >= row.aim)}"
    if row.than not in spent:
        return ""
    share = spent[row.than] / spent[row.name]
    told = f"aim {row.aim:g}×" if row.aim >= 1 else f"{1 / share:.2f}× the time, aim {1 / row.aim:g}×"
    return (f"{share:.2f}×, " if row.aim >= 1 else "") + f"{told}: {judged(share >= row.aim)}"


def printed(title: str, rows: Sequence[Row], spent: Mapping[str, float]) -> None:
    """One block of the table."""
    print(f"\n{title}")
    for row in rows:
        name = ("· " if row.peer else "") + row.name
        if row.name in spent:
            line(name, row.size, row.count, spent[row.name], note_of(row, spent))
        else:
            print(f"{name:<32}{'not installed':>22}")


def print_stages(stages: Mapping[str, float]) -> None:
    size, whole = size_of([one.text for one in HELD]), sum(stages.values())
    print("\nextraction")
    met = judged(size / 1e6 / whole >= WHOLE_AIM)
    line(WHOLE, size, len(HELD), whole, f"aim {WHOLE_AIM} MB/s: {met}")
    for name, seconds in stages.items():
        line(f"  {name}", size, len(HELD), seconds, f"{seconds / whole:.1%}")


def print_processes(paths: Sequence[Path], rounds: int) -> None:
    print(f"\n{'whole processes':<32}{'CPU s':>10}{'peak MB':>12}")
    for one in [*PROCESSES, of_all(paths)]:
        if (found := cost(one, rounds)) is None:
            print(f"{one.name:<32}{'not installed':>22}")
        else:
            note = f"aim {one.aim} s: {judged(found[0] <= one.aim)}" if one.aim else ""
            print(f"{one.name:<32}{found[0]:>10.2f}{found[1]:>12,.0f}  {note}".rstrip())


def main() -> None:
    """Runs the bench."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--no-peers", action="store_true", help="leave out the libraries that take minutes")
    given = parser.parse_args()
    paths = [path for path in (CORPORA, SHARED) if path.is_dir()]
    files = [(item.name, data) for item, data in contents(plan(paths)) if not isinstance(data, Failure)]
    HELD.extend(clean(read_file(data, name)) for name, data in files)
    annotate(WARM)
    blocks = {
        "texts": list(of_texts(HELD)), "the whole": list(of_files(files, HELD)), "web pages": list(of_pages(files)),
        "PDF": list(of_pdfs(files)), "comparison, a document beside a baseline": list(of_pairs()),
    }  # fmt: skip
    left_out = IN_TEXTS if given.no_peers else ()
    ROWS.update((row.name, row) for row in chain(*blocks.values()) if row.name not in left_out)
    gc.freeze()  # else every child would copy what it never touches
    spent, stages = measured(given.rounds)
    beside = "" if SHARED in paths else " (../shared/documents is not beside this checkout)"
    print(f"zhengce {VERSION}, Python {platform.python_version()}, {os.cpu_count()} cores; CPU time, ", end="")
    print(f"medians of {given.rounds} rounds")
    print(f"{len(HELD)} documents, {size_of([one.text for one in HELD]) / 1e6:.2f} MB of UTF-8{beside}")
    print(f"\n{'· of others':<32}{'MB/s':>10}{'documents/s':>12}")
    for title, rows in blocks.items():
        printed(title, [row for row in rows if row.name in ROWS], spent)
        if title == "texts":
            print_stages(stages)
    print_processes(paths, given.rounds)


if __name__ == "__main__":
    main()
