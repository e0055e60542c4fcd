"""The share right of every field that the gold states, also those that no scorer reads: `python tests/bench/fields.py`.

The 51 documents of `corpora/gold` are read anew and each record of the gold is paired with the record of its kind that
overlaps it and agrees with most of its fields. A field counts where the gold states it (not null) and a pair was found;
`--wrong KIND.FIELD` lists what differs. These texts have been seen by who wrote the rules: the figures compare fields
and versions, they do not say how new documents go.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from zhengce.flow import process
from zhengce.write.columns import columns
from zhengce.write.row import rows
from zhengce.write.stored import stored

CORPORA = Path(__file__).resolve().parents[2] / "corpora"
GOLD = CORPORA / "gold"
KINDS = ("targets", "facts", "subsidies", "assignments", "brands", "references")
# which words a record rests on is for the scorer; ids differ by what else was found
NO_FIELDS = {"record", "document", "part", "quote", "start", "end", "raw_spans", "raw_quote", "page", "boxes", "rule"}
NO_FIELDS |= {"confidence", "group"}

Row = dict[str, Any]


@dataclass(slots=True)
class Tally:
    """How often a field was stated and right, and what differed: (gold, ours, quote)."""

    stated: int = 0
    right: int = 0
    wrong: list[tuple[object, object, str]] = field(default_factory=list)


def found() -> dict[str, dict[str, list[Row]]]:
    """The rows of a run over the gold's documents, by document and table."""
    run = {}
    for document in stored(GOLD, "documents"):
        path = CORPORA / str(document["source"])
        outcome = process(path.read_bytes(), str(document["source"]))
        assert outcome.document is not None, outcome.failure
        run[str(document["document"])] = rows(outcome.document, outcome.records)
    return run


def same(gold: Any, ours: Any) -> bool:
    """Whether two values say the same; lists in any order."""
    return bool(sorted(gold) == sorted(ours) if isinstance(gold, list) else gold == ours)


def pairs(gold: list[Row], ours: list[Row]) -> Iterator[tuple[Row, Row]]:
    """Each record of the gold with one of ours, those that agree most first."""
    options = [
        (-sum(same(g[name], o[name]) for name in g if name not in NO_FIELDS), i, j)
        for i, g in enumerate(gold)
        for j, o in enumerate(ours)
        if g["start"] < o["end"] and o["start"] < g["end"]
    ]
    taken_gold: set[int] = set()
    taken_ours: set[int] = set()
    for _, i, j in sorted(options):
        if i not in taken_gold and j not in taken_ours:
            taken_gold.add(i)
            taken_ours.add(j)
            yield gold[i], ours[j]


def tally(kind: str, run: dict[str, dict[str, list[Row]]]) -> tuple[int, int, dict[str, Tally]]:
    """How many records the gold has, how many were found, and the tally of each field."""
    gold = [row for row in stored(GOLD, kind) if row["rule"] == "gold"]
    tallies = {column.name: Tally() for column in columns()[kind] if column.name not in NO_FIELDS}
    paired = 0
    for document, tables in run.items():
        for g, o in pairs([row for row in gold if row["document"] == document], tables[kind]):
            paired += 1
            for name, told in tallies.items():
                if g[name] in (None, []):
                    continue
                told.stated += 1
                if same(g[name], o[name]):
                    told.right += 1
                else:
                    told.wrong.append((g[name], o[name], str(g["quote"])))
    return len(gold), paired, tallies


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wrong", metavar="KIND.FIELD", help="list what differs in one field")
    wrong = parser.parse_args().wrong
    run = found()
    for kind in KINDS:
        owed, paired, tallies = tally(kind, run)
        if not wrong:
            shares = (f"{name} {told.right}/{told.stated}" for name, told in tallies.items() if told.stated)
            print(f"{kind}: {paired} of {owed} found; {', '.join(shares)}")
        for name, told in tallies.items():
            if wrong == f"{kind}.{name}":
                print(*(f"{g} | {o} | {quote}" for g, o, quote in told.wrong), sep="\n")


if __name__ == "__main__":
    main()
