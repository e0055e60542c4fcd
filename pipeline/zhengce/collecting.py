"""The order of a dataset: documents read or taken from former runs, corrected, linked, all of it written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from zhengce import batch
from zhengce.batch import FORMATS, WRITERS, Process, Summary, Tables, check_formats
from zhengce.correcting import Corrections
from zhengce.link.dataset import linked
from zhengce.linked import Linked
from zhengce.restored import is_run, reports
from zhengce.write.clear import clear
from zhengce.write.columns import DATASET, RECORDS, columns
from zhengce.write.dataset_row import dataset_rows
from zhengce.write.duckdb_file import write_duckdb
from zhengce.write.jsonl import open_tables
from zhengce.write.manifest import Made, write_manifest
from zhengce.write.package import write_package
from zhengce.write.parquet import write_parquet
from zhengce.write.relinked import write_duplicates
from zhengce.write.row import Row
from zhengce.write.statistical import write_spss, write_stata
from zhengce.write.stored import stored
from zhengce.write.table import write_csv
from zhengce.write.workbook import write_xlsx

__all__ = ["Collected", "run"]

Progress = Callable[[int, int, str], None]
BOOKS = (RECORDS, DATASET)
EDITS = "edits.jsonl"


# the formats that hold the linked tables too, whose writers take a book, or all of them; coders get the records alone
BY_BOOK: Mapping[str, Callable[[Path, str], None]] = MappingProxyType({"csv": write_csv, "parquet": write_parquet})
OF_BOOKS: Mapping[str, Callable[[Path, Sequence[str]], None]] = MappingProxyType(
    {"xlsx": write_xlsx, "duckdb": write_duckdb, "dta": write_stata, "sav": write_spss}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """What a run did: what was read, what is linked, how many rows each linked table got."""

    summary: Summary
    linked: Linked
    rows: Mapping[str, int]
    audit: Mapping[str, int]


def run(
    inputs: Iterable[str | Path],
    out: Path,
    *,
    formats: Sequence[str] = ("csv", "xlsx"),
    edits: Sequence[Path] = (),
    add: bool = False,
    limit: int | None = None,
    process: Process | None = None,
    least: float | None = None,
    options: Mapping[str, object] = MappingProxyType({}),
    title: str | None = None,
    creators: Sequence[str] = (),
    on_progress: Progress = lambda done, total, name: None,
) -> Collected:
    """Make a dataset of the documents behind `inputs` in the folder `out`, with a package to publish it.

    Inputs are files, folders, archives, web archives, and folders of tables of former runs, whose documents are not
    read again; with `add` those of the dataset that `out` holds come first, so that nothing of it is lost. `edits` are
    corrections files, which are applied before anything is linked and travel with the dataset, as does the one that
    `out` holds. `options` are kept in the manifest. Raises BadUsage before anything is written, OSError where writing
    fails.
    """
    check_formats(formats)
    given = [Path(one) for one in inputs]
    runs = [one for one in given if is_run(one)]
    if add and is_run(out):
        runs.insert(0, out)
    corrections = Corrections([*([out / EDITS] if (out / EDITS).is_file() else []), *edits], runs)
    earlier = _once(tables for one in runs for tables in _former(one))
    clear(out, DATASET)
    summary = batch.run(
        [one for one in given if one not in runs], out, limit=limit, process=process, least=least,
        on_progress=on_progress, amend=corrections, earlier=earlier,
    )  # fmt: skip
    found = linked(tuple(reports(out)))
    write_duplicates(out, found.duplicates)
    tables = dataset_rows(found) | {"audit": corrections.audit()}
    with open_tables(out, DATASET) as append:
        append(tables)
    corrections.write(out / EDITS)
    chosen = tuple(name for name in FORMATS if name == "jsonl" or name in formats)
    for name in chosen:
        _write(name, out)
    made = Made(formats=chosen, options=options, title=title, creators=tuple(creators), edits=bool(corrections.edits))
    write_package(out, made, BOOKS)
    write_manifest(out, made, BOOKS)
    outcomes = [str(row["outcome"]) for row in tables["audit"]]
    return Collected(
        summary=replace(summary, formats=chosen), linked=found, rows={name: len(held) for name, held in tables.items()},
        audit={name: outcomes.count(name) for name in sorted(set(outcomes))},
    )  # fmt: skip


def _write(name: str, out: Path) -> None:
    """Write one format of the records and of what links them."""
    if name in BY_BOOK:
        for book in BOOKS:
            BY_BOOK[name](out, book)
    elif name in OF_BOOKS:
        OF_BOOKS[name](out, BOOKS)
    elif name in WRITERS:
        WRITERS[name](out)


def _former(run: Path) -> Iterable[Tables]:
    """The tables of each document of a former run, as `row.rows` would make them."""
    held: dict[str, dict[str, list[Row]]] = {}
    for table in (name for name in columns(RECORDS) if name != "failures"):
        for row in stored(run, table):
            told = held.setdefault(str(row["document"]), {name: [] for name in columns(RECORDS) if name != "failures"})
            told[table].append(_within(row))
    return held.values()


def _within(row: Row) -> Row:
    """A row without what linking said of it: a repeated record of another document is found anew."""
    other = row.get("duplicate_of")
    if isinstance(other, str) and not other.startswith(f"{row['document']}-"):
        return row | {"duplicate_of": None}
    return row


def _once(earlier: Iterable[Tables]) -> list[Tables]:
    """Each document as the first run that has it has it."""
    found: dict[str, Tables] = {}
    for tables in earlier:
        for row in tables["documents"]:
            found.setdefault(str(row["document"]), tables)
    return list(found.values())
