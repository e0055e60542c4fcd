"""Prints what a comparison costs beside the extraction of its documents: `python tests/bench/compare.py`.

The documents are made of the marked families in `corpora/parallel/train`: a chapter a family, each provision in one of
the versions that its family has, with other numbers; some 10,000 characters in 40 to 60 provisions each. The same seed
makes the same documents. Each number of documents is read, compared and written in a process of its own, imports and
lexicons loaded before the clock runs. Times are CPU seconds a document, so they may be compared between the columns.
"""

from __future__ import annotations

import argparse
import random
import re
import resource
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from multiprocessing import get_context
from pathlib import Path
from typing import Any
from unittest.mock import patch
from xml.etree import ElementTree

from zhengce import comparing
from zhengce.compare import parallel
from zhengce.compare.fold import LABEL
from zhengce.compare.member import member_of, named
from zhengce.flow import process
from zhengce.lexicon import table
from zhengce.pair import Member
from zhengce.write.columns import COMPARISON
from zhengce.write.graph import write_graphml
from zhengce.write.jsonl import open_tables

FAMILIES = Path(__file__).parents[2] / "corpora" / "parallel" / "train"
CHARACTERS = 10_000
LEAST = 150  # characters of a provision; shorter ones of the corpus are taken together
NUMBER = re.compile(r"(?<![\d.:年月])\d+(?:\.\d+)?(?![\d.:年月日〕])")
TITLE = "关于推进重点民生工程的意见"
STEPS = {
    "views": [(comparing, "views")],
    "evidence, answers": [(parallel, "answers")],
    "differences": [(parallel, "differences")],
    "relations": [(parallel, name) for name in ("relations", "relation_evidence", "reuse")],
    "shared additions": [(comparing, "with_shared_additions")],
    "reproduction": [(comparing, "reproduction")],
    "upstream, baseline": [(comparing, "upstream_of"), (comparing, "baseline_of")],
    "goals": [(comparing, "by_indicator")],
}
REST, ROWS, TABLES = "rest of compare", "rows", "tables"
FORMATS = ("csv", "xlsx", "html", "docx")


def versions(folder: Path) -> list[list[str]]:
    """The provisions of each document of a family without their labels, the baseline's first."""
    paths = sorted(folder.glob("*.xml"), key=lambda path: (path.stem != "baseline", path.stem))
    trees = (ElementTree.fromstring(path.read_text(encoding="utf-8")) for path in paths)
    return [list(together("".join(one.itertext()) for one in tree.iter("p"))) for tree in trees]


def together(provisions: Iterable[str]) -> Iterator[str]:
    held = ""
    for text in provisions:
        held += LABEL.sub("", text, count=1).strip().replace("\n", "")
        if len(held) >= LEAST:
            yield held
            held = ""
    if held:
        yield held


def other_numbers(text: str, chance: random.Random) -> str:
    """The text with about half of its numbers raised or lowered."""

    def changed(match: re.Match[str]) -> str:
        if chance.random() < 0.5:
            return match[0]
        value = float(match[0]) * chance.uniform(0.5, 1.8)
        return f"{value:.1f}" if "." in match[0] else str(max(round(value), 1))

    return NUMBER.sub(changed, text)


def chinese(number: int) -> str:
    digits = "零一二三四五六七八九"
    ten, one = divmod(number, 10)
    return ("" if ten < 2 else digits[ten]) + ("十" if ten else "") + (digits[one] if one or not ten else "")


def documents(count: int) -> Iterator[tuple[str, str]]:
    """Names and texts: a central opinion and what provinces, then cities, issue to carry it out."""
    families = [(folder.name, versions(folder)) for folder in sorted(FAMILIES.iterdir())]
    places = [row["name"] for level in ("province", "city") for row in table("regions") if row["level"] == level]
    for number in range(count):
        chance = random.Random(number)
        issuer = f"{places[number - 1]}人民政府办公厅" if number else "国务院办公厅"
        kind = TITLE.replace("意见", "实施意见") if number else TITLE
        lines = [
            f"{issuer}{kind}",
            f"各级人民政府：\n为落实《国务院办公厅{TITLE}》（国办发〔2022〕9号），提出以下意见。",
        ]
        size, label = 0, 0
        for chapter, (_, held) in enumerate(families, start=1):
            lines.append(f"{chinese(chapter)}、重点工程之{chinese(chapter)}")
            for provision in held[1 + (number + chapter) % (len(held) - 1) if number else 0]:
                if size < CHARACTERS and (not number or chance.random() < 0.9):
                    label += 1
                    text = other_numbers(provision, chance) if number else provision
                    lines.append(f"（{chinese(label)}）{text}")
                    size += len(lines[-1])
        lines += [issuer, f"{2022 + number // 12 % 3}年{number % 12 + 1}月15日"]
        yield f"{number:03}.txt", "\n".join(lines)


class Clock:
    """CPU seconds by step."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = defaultdict(float)

    def timed(self, step: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def run(*given: Any, **named: Any) -> Any:
            begun = time.process_time()
            try:
                return function(*given, **named)
            finally:
                self.spent[step] += time.process_time() - begun

        return run

    def compare(self, members: Sequence[Member]) -> Any:
        """The comparison, each of its steps timed."""
        with ExitStack() as stack:
            for step, places in STEPS.items():
                for module, name in places:
                    stack.enter_context(patch.object(module, name, self.timed(step, getattr(module, name))))
            before = sum(self.spent.values())
            begun = time.process_time()
            comparison = comparing.compare(members)
            whole = time.process_time() - begun
        self.spent[REST] += whole - (sum(self.spent.values()) - before)
        return comparison


def read(texts: Iterable[tuple[str, str]]) -> tuple[Member, ...]:
    held = []
    for name, text in texts:
        outcome = process(text.encode(), name)
        one = outcome.document
        assert one, outcome.failure
        held.append(member_of(one, outcome.records))
    return named(held)


def write(tables: Any, out: Path, clock: Clock) -> None:
    """All that a run writes, each format timed."""
    begun = time.process_time()
    with open_tables(out, COMPARISON) as append:
        append(tables)
    write_graphml(out)
    clock.spent[TABLES] += time.process_time() - begun
    for name in FORMATS:
        begun = time.process_time()
        for one in comparing.WRITERS[name]:
            one(out, lang="zh")
        clock.spent[name] += time.process_time() - begun


def peak() -> float:
    """The most memory that this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measured(count: int, written: bool) -> dict[str, Any]:
    """What `count` documents cost; in a process of its own."""
    warm = [(f"warm{name}", text[:2000]) for name, text in documents(3)]
    with tempfile.TemporaryDirectory() as folder:
        write(comparing.compare_rows(comparing.compare(read(warm))), Path(folder), Clock())
    texts = list(documents(count))
    begun = time.process_time()
    members = read(texts)
    extracted = time.process_time() - begun
    clock, before = Clock(), peak()
    comparison = clock.compare(members)
    tables = clock.timed(ROWS, comparing.compare_rows)(comparison)
    compared = peak()
    if written:
        with tempfile.TemporaryDirectory() as folder:
            write(tables, Path(folder), clock)
    units = [len(one.units) for one in members]
    relations = [row["relation"] for row in tables["parallels"]]
    return {
        "count": count, "extracted": extracted, "spent": dict(clock.spent), "peaks": (before, compared, peak()),
        "characters": sum(len(text) for _, text in texts) / count, "units": (min(units), max(units)),
        "pairs": len(relations), "answers": sum(relation not in ("add", "omit") for relation in relations),
    }  # fmt: skip


def printed(found: Sequence[dict[str, Any]]) -> None:
    """A column a number of documents; times of steps in ms a document, with their share of all that was done."""

    def line(head: str, told: Callable[[dict[str, Any]], str]) -> None:
        print(f"{head:<26}" + "".join(f"{told(one):>18}" for one in found))

    def cost(one: dict[str, Any], steps: Iterable[str]) -> float:
        return sum(one["spent"].get(step, 0) for step in steps)

    comparing_steps = (*STEPS, REST, ROWS)
    line("documents", lambda one: str(one["count"]))
    line("characters each", lambda one: f"{one['characters']:.0f}")
    line("provisions each", lambda one: f"{one['units'][0]}–{one['units'][1]}")
    line("pairs, of them answers", lambda one: f"{one['pairs']}, {one['answers']}")
    line("extract", lambda one: f"{1000 * one['extracted'] / one['count']:.1f} ms")
    line("compare", lambda one: f"{1000 * cost(one, comparing_steps) / one['count']:.1f} ms")
    line("compare ÷ extract", lambda one: f"{cost(one, comparing_steps) / one['extracted']:.2f}")
    line("with all files ÷ extract", lambda one: f"{cost(one, one['spent']) / one['extracted']:.2f}")
    for step in [step for step in (*comparing_steps, TABLES, *FORMATS) if any(step in one["spent"] for one in found)]:
        line(
            f"  {step}",
            lambda one, step=step: (
                f"{1000 * cost(one, [step]) / one['count']:.1f} ms {cost(one, [step]) / cost(one, one['spent']):>4.0%}"
            ),
        )
    line("MB before", lambda one: f"{one['peaks'][0]:.0f}")
    line("MB at most, compared", lambda one: f"{one['peaks'][1]:.0f}")
    line("MB at most, written", lambda one: f"{one['peaks'][2]:.0f}")


def middle(rounds: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The round with the median cost of comparing beside extracting."""
    return sorted(rounds, key=lambda one: sum(one["spent"].values()) / one["extracted"])[len(rounds) // 2]


def main() -> None:
    """Runs the bench."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument(
        "--counts", type=int, nargs="*", default=[11, 32, 300], help="documents, the baseline among them"
    )
    parser.add_argument("--no-files", action="store_true", help="only compare, write nothing")
    parser.add_argument("--rounds", type=int, default=1, help="of them the median is shown")
    given = parser.parse_args()
    with get_context("spawn").Pool(1, maxtasksperchild=1) as pool:
        printed(
            [
                middle([pool.apply(measured, (count, not given.no_files)) for _ in range(given.rounds)])
                for count in given.counts
            ]
        )


if __name__ == "__main__":
    main()
