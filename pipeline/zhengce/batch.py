"""Many documents: each read once, one bad file never in the way of the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

from zhengce.errors import BadUsage
from zhengce.inputs import Item, contents, plan
from zhengce.record import TABLES, Failure
from zhengce.write.clear import clear, table_paths
from zhengce.write.columns import ORIGINS, RECORDS
from zhengce.write.conll import write_conll
from zhengce.write.doccano import write_doccano
from zhengce.write.duckdb_file import check_duckdb, write_duckdb
from zhengce.write.jsonl import Append, open_tables
from zhengce.write.label_studio import write_label_studio
from zhengce.write.origin import origin_row
from zhengce.write.parquet import check_parquet, write_parquet
from zhengce.write.qdpx import write_qdpx
from zhengce.write.row import Row, rows
from zhengce.write.statistical import check_statistical, write_spss, write_stata
from zhengce.write.table import write_csv
from zhengce.write.workbook import write_xlsx

if TYPE_CHECKING:
    from zhengce.document import Document
    from zhengce.flow import Outcome

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


class Process(Protocol):
    """What makes an outcome of the bytes of one file; it never raises."""

    def __call__(self, data: bytes, name: str, *, copies: tuple[str, ...] = ()) -> Outcome:
        """The outcome of the bytes called `name`, and by the names `copies` too."""
        ...


class Amend(Protocol):
    """What changes the tables of a document before they are written; `document` is None where they come from a run."""

    def __call__(self, tables: Tables, document: Document | None) -> Tables:
        """The tables as they are to be written."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a run did: `done` of `inputs` inputs, how many documents, which failures, how many records in each table.

    `again` are the names of inputs that documents of former runs have too.
    """

    inputs: int
    done: int
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
    amend: Amend = lambda tables, document: tables,
    earlier: Sequence[Tables] = (),
    books: Sequence[str] = (RECORDS,),
    skip: Iterable[Path] = (),
) -> Summary:
    """Read the first `limit` inputs and write their tables in `formats` to the folder `out`, where old ones give way.

    JSON lines are always written, the other formats are made from them. `process` is `flow.process` unless given;
    `on_progress` gets how many inputs are done, of how many, and the name of the last. Records whose confidence is
    below `least` are left out; those without one stay, and ids are what they are without it. `earlier` are the tables
    of documents of former runs, which come first and are not read again; `amend` changes those of each document.
    `books` are those whose tables the folder may hold: they give way too, and are never read as documents, nor is what
    `skip` names. Ctrl-C ends the reading, not the writing of what was read. Raises BadUsage, before anything is
    written, for an unknown format, for no input, and for an `out` that cannot hold the tables; OSError where writing
    fails later.
    """
    check_formats(formats)
    items = plan(inputs, skip=[*skip, *(path for book in books for path in table_paths(out, book))])[:limit]
    if not items and not earlier:
        raise BadUsage("no input: nothing to read in what was given")
    reader = _Reader(process=process or _flow(), amend=amend, least=least or 0)
    kept = [reader.kept(tables, None) for tables in earlier]
    _prepare(out, books)
    chosen = tuple(name for name in FORMATS if name == "jsonl" or name in formats)
    read = _read_all(items, out, reader, on_progress, kept)
    counts = read.counts
    for name in chosen:
        if name in WRITERS:
            WRITERS[name](out)
    return Summary(
        inputs=len(items),
        done=counts["inputs"],
        documents=counts["documents"],
        failures=tuple(read.failures),
        records={table: counts[table] for table in TABLES.values()},
        out=out,
        formats=chosen,
        interrupted=read.interrupted,
        again={document: tuple(names) for document, names in read.again.items()},
    )


def check_formats(formats: Iterable[str]) -> None:
    """Raises BadUsage for an unknown format, and for one whose library is missing: before hours of reading."""
    if unknown := sorted(set(formats) - set(FORMATS)):
        raise BadUsage(f"no such format: {', '.join(unknown)} (known: {', '.join(FORMATS)})")
    for name in formats:
        if name in CHECKS:
            CHECKS[name]()


def _flow() -> Process:
    from zhengce.flow import process

    return process


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    """How an input becomes tables."""

    process: Process
    amend: Amend
    least: float

    def kept(self, tables: Tables, document: Document | None) -> Tables:
        amended = self.amend(tables, document)
        return {name: [row for row in held if _is_sure(row, self.least)] for name, held in amended.items()}


@dataclass(slots=True)
class _Read:
    """What came of the inputs: how many were read and how many rows each table got, the failures, what was held."""

    counts: Counter[str] = field(default_factory=Counter)
    failures: list[Failure] = field(default_factory=list)
    again: dict[str, list[str]] = field(default_factory=dict)
    interrupted: bool = False


def _read_all(
    items: Sequence[Item], out: Path, reader: _Reader, on_progress: Callable[[int, int, str], None],
    earlier: Sequence[Tables],
) -> _Read:  # fmt: skip
    read = _Read()
    known = {str(row["document"]) for tables in earlier for row in tables["documents"]}
    try:
        with open_tables(out) as append:
            stopped = [_append_held(tables, append, read.counts) for tables in earlier]
            if any(stopped):
                raise KeyboardInterrupt
            on_progress(0, len(items), "")
            for done, (item, data) in enumerate(contents(items), start=1):
                held = None if isinstance(data, Failure) or not known else sha256(data).hexdigest()[:16]
                if held in known:
                    read.again.setdefault(str(held), []).extend((item.name, *item.copies))
                else:
                    tables, failed = _made(item, data, reader)
                    append(tables)
                    read.counts.update({table: len(table_rows) for table, table_rows in tables.items()})
                    read.failures += failed
                read.counts["inputs"] = done
                on_progress(done, len(items), item.name)
    except KeyboardInterrupt:
        read.interrupted = True
    return read


def _append_held(tables: Tables, append: Append, counts: Counter[str]) -> bool:
    """Append what a former run has; whether Ctrl-C came meanwhile, which waits until nothing of it can be lost."""
    stopped = False
    try:
        append(tables)
    except KeyboardInterrupt:
        stopped = True
        append(tables)
    counts.update({table: len(table_rows) for table, table_rows in tables.items()})
    return stopped


def _is_sure(row: Row, least: float) -> bool:
    confidence = row.get("confidence")
    return confidence is None or float(str(confidence)) >= least


def _prepare(out: Path, books: Sequence[str]) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
        clear(out, *books)
    except OSError as error:
        raise BadUsage(f"{out} cannot hold the tables: {error.strerror or error}") from error


def _made(item: Item, data: bytes | Failure, reader: _Reader) -> tuple[Tables, list[Failure]]:
    """The tables of one item, and its failures, one for each of its names."""
    tables: Tables = {}
    if isinstance(data, Failure):
        failure: Failure | None = data
    else:
        outcome = reader.process(data, item.name, copies=item.copies)
        failure = outcome.failure
        if outcome.document is not None:
            made = rows(outcome.document, outcome.records) | {ORIGINS: [origin_row(outcome.document)]}
            tables = reader.kept(made, outcome.document)
    failures = [replace(failure, source=name) for name in (failure.source, *item.copies)] if failure else []
    return {**tables, "failures": [asdict(failure) for failure in failures]}, failures
