"""Prints what linking reports costs beside extracting from them, step by step: `python tests/bench/dataset.py`.

The reports are made by `made_reports.py`. Each number of them is made into a dataset by `collecting.run` in a process
of its own, imports and lexicons loaded before the clock runs. Times are CPU milliseconds a report, so that a step whose
cost grows with the number of reports alone has the same in each column. The first step that looks at a body makes it.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from multiprocessing import get_context
from pathlib import Path
from types import MappingProxyType
from typing import Any
from unittest.mock import patch

from made_reports import Made, made_reports

from zhengce import batch, collecting, flow
from zhengce.link import copy, dataset
from zhengce.linked import Linked

EXTRACT = "extract"
# step → where its functions are called from; a step's own time is without that of the steps inside it
STEPS: Mapping[str, Sequence[tuple[Any, str]]] = MappingProxyType({
    "JSON lines of records": [(batch, "run")],
    "read them again": [(collecting, "reports")],
    "copy pairs": [(copy, "copy_pairs")],
    "likeness": [(copy, "_copied")],
    "copies: rest": [(dataset, "copies")],
    "retold": [(dataset, "retold")],
    "events": [(dataset, "event_entries")],
    "brands": [(dataset, "_brands"), (dataset, "brand_entries")],
    "observations": [(dataset, "observations")],
    "conflicts": [(dataset, "conflicts")],
    "departments, instruments": [(dataset, "department_entries"), (dataset, "instrument_entries")],
    "JSON lines of links": [(collecting, name) for name in ("write_duplicates", "dataset_rows", "open_tables")],
    "csv": [], "xlsx": [],
    "package, manifest": [(collecting, "write_package"), (collecting, "write_manifest")],
})  # fmt: skip
LINKING = (
    "read them again", "copy pairs", "likeness", "copies: rest", "retold", "events", "brands", "observations",
    "conflicts", "departments, instruments",
)  # fmt: skip
LAZY = frozenset({"reports", "copy_pairs", "observations"})  # generators: their work is done when they are gone through
FORMATS = ("csv", "xlsx")


class Clock:
    """CPU seconds by step, without those of the steps within it, and the memory that each step ended with at most."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = defaultdict(float)
        self.peaks: dict[str, float] = {}
        self._within = [0.0]

    def timed(self, step: str, function: Callable[..., Any], *, lazy: bool = False) -> Callable[..., Any]:
        def run(*given: Any, **named: Any) -> Any:
            begun = time.process_time()
            self._within.append(0.0)
            try:
                return list(function(*given, **named)) if lazy else function(*given, **named)
            finally:
                whole = time.process_time() - begun
                self.spent[step] += whole - self._within.pop()
                self._within[-1] += whole
                self.peaks[step] = peak()

        return run

    def collect(self, folder: Path, out: Path) -> collecting.Collected:
        """The dataset of a folder, each step timed."""
        with ExitStack() as stack:
            for step, places in STEPS.items():
                for module, name in places:
                    made = self.timed(step, getattr(module, name), lazy=name in LAZY)
                    stack.enter_context(patch.object(module, name, made))
            write = collecting._write
            stack.enter_context(
                patch.object(collecting, "_write", lambda name, out: self.timed(name, write)(name, out))
            )
            process = self.timed(EXTRACT, flow.process)
            return self.timed("rest", collecting.run)([folder], out, formats=FORMATS, process=process)


def peak() -> float:
    """The most memory that this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def written(reports: Iterable[Made], folder: Path) -> dict[str, Made]:
    """The reports in files, by the files' names."""
    found = {f"{one.number:05}.txt": one for one in reports}
    folder.mkdir()
    for name, one in found.items():
        (folder / name).write_text(one.text, encoding="utf-8")
    return found


def measured(count: int, same_words: bool) -> dict[str, Any]:
    """What a dataset of `count` reports costs; in a process of its own."""
    with tempfile.TemporaryDirectory() as held:
        folder = Path(held)
        written(made_reports(6), folder / "warm")
        collecting.run([folder / "warm"], folder / "warm-out", formats=FORMATS)
        made = written(made_reports(count, same_words=same_words), folder / "reports")
        clock, before = Clock(), peak()
        collected = clock.collect(folder / "reports", folder / "out")
    linked = collected.linked
    pairs, right, known = pairs_of(linked, made)
    return {
        "count": count, "spent": dict(clock.spent), "before": before, "peaks": clock.peaks, "peak": peak(),
        "characters": sum(len(one.text) for one in made.values()) / count, "pairs": pairs, "right": right,
        "known": known, "copies": sum(one.copy_of is not None for one in made.values()),
        "records": sum(collected.summary.records.values()) / count, "brands": len(linked.brands),
        "observations": len(linked.observations), "events": len(linked.events), "conflicts": len(linked.conflicts),
    }  # fmt: skip


def pairs_of(linked: Linked, made: Mapping[str, Made]) -> tuple[int, int, int]:
    """Pairs in one cluster: how many were found, how many of those are right, how many there are."""
    clusters: dict[tuple[str, int], int] = defaultdict(int)
    for report in linked.reports:
        one = made[report.source]
        origin = one.number if one.copy_of is None else one.copy_of
        clusters["found", linked.copies[report.id].cluster] += 1
        clusters["known", origin] += 1
        clusters[f"both {origin}", linked.copies[report.id].cluster] += 1

    def pairs(what: str) -> int:
        return sum(size * (size - 1) // 2 for (name, _), size in clusters.items() if name.startswith(what))

    return pairs("found"), pairs("both"), pairs("known")


def printed(found: Sequence[dict[str, Any]]) -> None:
    """A column a number of reports; steps in ms a report, with their ratio to the extraction."""

    def line(head: str, told: Callable[[dict[str, Any]], str]) -> None:
        print(f"{head:<28}" + "".join(f"{told(one):>20}" for one in found))

    def cost(one: dict[str, Any], steps: Iterable[str]) -> str:
        spent = sum(one["spent"].get(step, 0.0) for step in steps)
        return f"{1000 * spent / one['count']:.2f} ms {spent / one['spent'][EXTRACT]:>6.3f}"

    line("reports, of them copies", lambda one: f"{one['count']}, {one['copies']}")
    line("characters, records each", lambda one: f"{one['characters']:.0f}, {one['records']:.1f}")
    line("pairs of copies: P, R", lambda one: f"{one['right'] / one['pairs']:.3f}, {one['right'] / one['known']:.3f}")
    line("brands, observations", lambda one: f"{one['brands']}, {one['observations']}")
    line("events, conflicts", lambda one: f"{one['events']}, {one['conflicts']}")
    for step in (EXTRACT, *STEPS, "rest"):
        line(f"  {step}" if step != EXTRACT else step, lambda one, step=step: cost(one, [step]))
    line("linking", lambda one: cost(one, LINKING))
    line("all", lambda one: cost(one, one["spent"]))
    line("MB before", lambda one: f"{one['before']:.0f}")
    for step in (EXTRACT, "conflicts", "xlsx"):
        line(f"MB at most after {step}", lambda one, step=step: f"{one['peaks'][step]:.0f}")
    line("MB at most", lambda one: f"{one['peak']:.0f}")


def main() -> None:
    """Runs the bench."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--counts", type=int, nargs="*", default=[30, 300, 3000], help="reports")
    parser.add_argument("--same-words", action="store_true", help="30 templates: only places, numbers, days differ")
    given = parser.parse_args()
    with get_context("spawn").Pool(1, maxtasksperchild=1) as pool:
        printed([pool.apply(measured, (count, given.same_words)) for count in given.counts])


if __name__ == "__main__":
    main()
