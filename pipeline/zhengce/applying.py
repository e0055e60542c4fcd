"""The order of applying decisions to a run: corrected tables, agreement of reviewers, gold out of what they decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zhengce import batch
from zhengce.amend.edit import EDITS
from zhengce.amend.opinions import opinions
from zhengce.batch import FORMATS, WRITERS, check_formats
from zhengce.correcting import Corrections, Tables
from zhengce.errors import BadUsage
from zhengce.measure.disagreement import disagreements
from zhengce.measure.reviewers import reviewers
from zhengce.restored import Held, held_by, is_run
from zhengce.write.aside import aside
from zhengce.write.carried import write_carried
from zhengce.write.clear import check_own, clearable
from zhengce.write.columns import DATASET, RECORDS, columns
from zhengce.write.disagreements import check_disagreements, write_disagreements
from zhengce.write.gold import write_gold
from zhengce.write.jsonl import rewrite
from zhengce.write.row import Row
from zhengce.write.table import write_csv

__all__ = ["Applied", "run"]

AUDIT, GOLD = "audit", "gold"


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """What became of decisions: how many of each coder by outcome, how many records each table has, what is gold.

    `agreement` is what `measure.reviewers` tells, None where no two coders decided about one record; `disagreements`
    are the rows of `disagreements.csv`.
    """

    documents: int
    records: Mapping[str, int]
    decisions: Mapping[str, Mapping[str, int]]
    agreement: Mapping[str, Any] | None
    disagreements: Sequence[Mapping[str, Any]]
    gold: Mapping[str, int]
    formats: tuple[str, ...]


def run(folder: Path, files: Iterable[Path], out: Path, *, formats: Sequence[str] = ("csv", "xlsx")) -> Applied:
    """Apply what people decided about the run in a folder, and write its tables after that to the folder `out`.

    Decisions are those in `files`, in the folder's own `edits.jsonl` and in that of `out`, if there are any; all of
    them, those that were undone too, are in the `edits.jsonl` that is written. `out` gets the tables in `formats`, the
    table `audit`, `disagreements.csv`, and in `gold` tables that `zhengce evaluate --gold` takes; what it held of them
    stays until all is made. The run is left as it is, and `out` must be another folder: a rejected record could not be
    judged again. Tables that link the reports of a dataset are not made.

    Raises BadUsage before anything is written: for a folder without a run, for no decisions and files that are none,
    and for an `out` that holds the run, a dataset, or files of somebody else. OSError where writing fails.
    """
    check_formats(formats)
    if not is_run(folder):
        raise BadUsage(f"{folder} holds no run: give the folder that zhengce extract or dataset wrote")
    _check(folder, out)
    held = held_by([folder])
    own = [path for place in (out, folder) if (path := place / EDITS).is_file()]
    if not held.documents:
        raise BadUsage(f"{folder} has no document: there is nothing to decide about")
    corrections = Corrections([*own, *files], held.audit)
    if not corrections.edits:
        raise BadUsage(f"no decisions: {folder} has no {EDITS}, and no file with any was given")
    try:
        (out / GOLD).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadUsage(f"{out} cannot hold the tables: {error.strerror or error}") from error
    out = out.resolve()  # a name for the folder beside it
    with aside(out / GOLD, (RECORDS,), ()) as gold, aside(out, (RECORDS,), ()) as place:
        return _applied(place, gold, held, corrections, formats)


def _check(folder: Path, out: Path) -> None:
    """Raises BadUsage for an `out` in which something would be lost."""
    if any(place.exists() and place.samefile(folder) for place in (out, out / GOLD)):
        raise BadUsage(f"{folder} would be replaced: what is rejected could not be judged again; choose another folder")
    linked = [path for table in columns(DATASET) if table != AUDIT and (path := out / f"{table}.jsonl").is_file()]
    if linked:
        raise BadUsage(
            f"{out} holds a dataset ({linked[0].name}), which would no longer be that of its tables; choose another "
            "folder, or give the decisions to zhengce dataset --edits"
        )
    for suffix in ("jsonl", "csv"):
        check_own(out / f"{AUDIT}.{suffix}", DATASET)
    check_disagreements(out)
    clearable(out, RECORDS)
    clearable(out / GOLD, RECORDS)


def _applied(out: Path, gold: Path, held: Held, corrections: Corrections, formats: Sequence[str]) -> Applied:
    after: list[Tables] = []

    def amend(tables: Tables) -> Tables:
        after.append(corrections(tables))
        return after[-1]

    before = list(held.documents.values())
    summary = batch.run([], out, amend=amend, earlier=before)
    write_carried(out, held.failures, {})
    chosen = tuple(name for name in FORMATS if name == "jsonl" or name in formats)
    for name in chosen:
        if name in WRITERS:
            WRITERS[name](out)
    audit = corrections.audit()
    rewrite(out, AUDIT, audit)
    write_csv(out, DATASET, only=(AUDIT,))
    corrections.write(out / EDITS)
    units = opinions(before, corrections.edits, audit)
    differ = list(disagreements(units))
    write_disagreements(out, differ)
    return Applied(
        documents=summary.documents, records=summary.records, decisions=_outcomes(audit), agreement=reviewers(units),
        disagreements=differ, gold=write_gold(gold, zip(before, after, strict=True), units), formats=chosen,
    )  # fmt: skip


def _outcomes(audit: Iterable[Row]) -> dict[str, dict[str, int]]:
    """How many decisions each coder made, by what became of them; applied is what was in any column."""
    of: dict[tuple[str, ...], str] = {}
    for row in audit:
        key = tuple(str(row[name]) for name in ("coder", "document", "edit", "time", "action"))
        if row["outcome"] == "applied" or key not in of:
            of[key] = str(row["outcome"])
    counts: dict[str, Counter[str]] = {}
    for (coder, *_), outcome in of.items():
        counts.setdefault(coder, Counter())[outcome] += 1
    return {coder: dict(sorted(told.items())) for coder, told in sorted(counts.items())}
