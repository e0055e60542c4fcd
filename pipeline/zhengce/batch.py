"""Many documents: each read once, one bad file never in the way of the others."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from zhengce.errors import BadUsage
from zhengce.inputs import Item, plan
from zhengce.packing import Process, failure_in, lines, unpacked, usual
from zhengce.reading import Engine, Read, read, serial
from zhengce.record import TABLES, Failure
from zhengce.store import Store
from zhengce.write.alone import alone
from zhengce.write.clear import clear, table_paths
from zhengce.write.columns import RECORDS
from zhengce.write.conll import write_conll
from zhengce.write.doccano import write_doccano
from zhengce.write.duckdb_file import check_duckdb, write_duckdb
from zhengce.write.jsonl import Append, open_tables
from zhengce.write.label_studio import write_label_studio
from zhengce.write.parquet import check_parquet, write_parquet
from zhengce.write.qdpx import write_qdpx
from zhengce.write.row import Row
from zhengce.write.statistical import check_statistical, write_spss, write_stata
from zhengce.write.table import write_csv
from zhengce.write.workbook import write_xlsx

__all__ = ["FORMATS", "Amend", "Process", "Summary", "check_formats", "run"]

Tables = Mapping[str, Sequence[Row]]

WRITERS: Mapping[str, Callable[[Path], object]] = MappingProxyType({
    "csv": write_csv, "xlsx": write_xlsx, "parquet": write_parquet, "duckdb": write_duckdb, "dta": write_stata,
    "sav": write_spss, "labelstudio": write_label_studio, "doccano": write_doccano, "conll": write_conll,
    "qdpx": write_qdpx,
})  # fmt: skip
# what tells before the reading that the library for a format is missing
CHECKS: Mapping[str, Callable[[], None]] = MappingProxyType({
    "parquet": check_parquet, "duckdb": check_duckdb, "dta": check_statistical, "sav": check_statistical,
})  # fmt: skip
FORMATS = ("jsonl", *WRITERS)


# what changes the tables of a document before they are written
Amend = Callable[[Tables], Tables]


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a run did: `done` of `inputs` inputs, how many documents, which failures, how many records in each table.

    `fresh` is how many were read anew rather than taken from the store; `again` are the names of inputs that documents
    of former runs have too.
    """

    inputs: int
    done: int
    fresh: int
    documents: int
    failures: tuple[Failure, ...]
    records: Mapping[str, int]
    out: Path
    formats: tuple[str, ...]
    interrupted: bool
    again: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def run(
    inputs: Iterable[str | Path],
    out: Path,
    *,
    formats: Sequence[str] = ("jsonl",),
    limit: int | None = None,
    process: Process | None = None,
    on_progress: Callable[[int, int, str], None] = lambda done, total, name: None,
    least: float | None = None,
    amend: Amend | None = None,
    earlier: Sequence[Tables] = (),
    books: Sequence[str] = (RECORDS,),
    skip: Iterable[Path] = (),
    engine: Engine | None = None,
    store: Callable[[], Store] = lambda: Store(None, ""),
) -> Summary:
    """Read the first `limit` inputs and write their tables in `formats` to the folder `out`, where old ones give way.

    JSON lines are always written, the other formats are made from them. `process` is `flow.process` unless given;
    `on_progress` gets how many inputs are done, of how many, and the name of the last. Records whose confidence is
    below `least` are left out; those without one stay, and ids are what they are without it. `earlier` are the tables
    of documents of former runs, which come first and are not read again; `amend` changes those of each document.
    `books` are those whose tables the folder may hold: they give way too, and are never read as documents, nor is what
    `skip` names. `engine` reads the documents, else `process` does in this process, one after the other; what the
    `store` has of them is not read again. Ctrl-C ends the reading, not the writing of what was read. Raises BadUsage,
    before anything is written, for an unknown format, for no input, and for an `out` that cannot hold the tables or
    that another run writes to; OSError where writing fails later.
    """
    check_formats(formats)
    given = [Path(one) for one in inputs]
    items = plan(given, skip=[*skip, *(path for book in books for path in table_paths(out, book))])[:limit]
    if not items and not earlier:
        raise BadUsage("no input: nothing to read in what was given")
    kept = [_kept(tables, amend, least or 0) for tables in earlier]
    with alone(out):
        _prepare(out, books)
        with store() as held, open_tables(out) as append:
            held.begin(given)
            writing = _Writing(append=append, amend=amend, least=least or 0)
            done = _read(items, writing, engine or serial(process or usual), held, kept, on_progress)
        chosen = tuple(name for name in FORMATS if name == "jsonl" or name in formats)
        for name in chosen:
            if name in WRITERS:
                WRITERS[name](out)
    return Summary(
        inputs=len(items),
        done=done.done,
        fresh=done.fresh,
        documents=writing.counts["documents"],
        failures=tuple(writing.failures),
        records={table: writing.counts[table] for table in TABLES.values()},
        out=out,
        formats=chosen,
        interrupted=done.interrupted,
        again={document: tuple(names) for document, names in done.again.items()},
    )


def _read(
    items: Sequence[Item], writing: _Writing, engine: Engine, store: Store, earlier: Sequence[Tables],
    on_progress: Callable[[int, int, str], None],
) -> Read:  # fmt: skip
    """Write what former runs have, then what is read."""
    stopped = False
    for tables in earlier:
        stopped |= _append_held(tables, writing)
    if stopped:
        return Read(interrupted=True)
    held = {str(row["document"]) for tables in earlier for row in tables["documents"]}
    return read(items, engine, store, writing.take, held=held, on_progress=on_progress)


def check_formats(formats: Iterable[str]) -> None:
    """Raises BadUsage for an unknown format, and for one whose library is missing: before hours of reading."""
    if unknown := sorted(set(formats) - set(FORMATS)):
        raise BadUsage(f"no such format: {', '.join(unknown)} (known: {', '.join(FORMATS)})")
    for name in formats:
        if name in CHECKS:
            CHECKS[name]()


@dataclass(slots=True, kw_only=True)
class _Writing:
    """How tables are kept, and what was written: how many rows each table got, which inputs failed."""

    append: Append
    amend: Amend | None
    least: float
    counts: Counter[str] = field(default_factory=Counter)
    failures: list[Failure] = field(default_factory=list)

    def take(self, item: Item, result: bytes) -> None:
        """Write the tables of one input, or its failures, one for each of its names."""
        failure = failure_in(result)
        failed = [replace(failure, source=name) for name in (item.name, *item.copies)] if failure else []
        tables = {"failures": [asdict(one) for one in failed]} if failed else self._made(item, result)
        self.append(tables)
        self.failures += failed
        self.count(tables)

    def _made(self, item: Item, result: bytes) -> Mapping[str, Sequence[Row | str]]:
        now = {"source": item.name, "copies": list(item.copies)}  # it may have been read under another name
        if self.amend or self.least:
            made, _ = unpacked(result)
            return _kept({**made, "documents": [made["documents"][0] | now]}, self.amend, self.least)
        held = lines(result)  # nothing to change: they are not parsed
        return {**held, "documents": [json.loads(held["documents"][0]) | now]}

    def count(self, tables: Mapping[str, Sequence[object]]) -> None:
        """Count the rows of tables that were written."""
        self.counts.update({table: len(table_rows) for table, table_rows in tables.items()})


def _kept(tables: Tables, amend: Amend | None, least: float) -> dict[str, Sequence[Row]]:
    amended = amend(tables) if amend else tables
    if not least:
        return dict(amended)
    return {name: [row for row in held if _is_sure(row, least)] for name, held in amended.items()}


def _append_held(tables: Tables, writing: _Writing) -> bool:
    """Append what a former run has; whether Ctrl-C came meanwhile, which waits until nothing of it can be lost."""
    stopped = False
    try:
        writing.append(tables)
    except KeyboardInterrupt:
        stopped = True
        writing.append(tables)
    writing.count(tables)
    return stopped


def _is_sure(row: Row, least: float) -> bool:
    confidence = row.get("confidence")
    return confidence is None or float(str(confidence)) >= least


def _prepare(out: Path, books: Sequence[str]) -> None:
    try:
        clear(out, *books)
    except OSError as error:
        raise BadUsage(f"{out} cannot hold the tables: {error.strerror or error}") from error
