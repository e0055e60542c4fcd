"""The order of a dataset: documents read or taken from former runs, corrected, linked, all of it written."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from zhengce import batch
from zhengce.amend.edit import EDITS
from zhengce.batch import FORMATS, WRITERS, Summary, check_formats
from zhengce.correcting import Corrections
from zhengce.errors import BadUsage
from zhengce.link.dataset import linked
from zhengce.linked import Linked
from zhengce.packing import Process
from zhengce.reading import Engine
from zhengce.restored import held_by, is_run, reports
from zhengce.store import Store
from zhengce.write.alone import alone
from zhengce.write.aside import aside
from zhengce.write.carried import write_carried
from zhengce.write.clear import table_paths
from zhengce.write.columns import DATASET, RECORDS
from zhengce.write.dataset_row import dataset_rows
from zhengce.write.duckdb_file import write_duckdb
from zhengce.write.jsonl import open_tables
from zhengce.write.manifest import Made, write_manifest
from zhengce.write.package import write_package
from zhengce.write.parquet import write_parquet
from zhengce.write.relinked import write_duplicates
from zhengce.write.statistical import write_spss, write_stata
from zhengce.write.table import write_csv
from zhengce.write.workbook import write_xlsx

__all__ = ["Collected", "run"]

Progress = Callable[[int, int, str], None]
BOOKS = (RECORDS, DATASET)
KEPT = ("CITATION.cff",)  # what people may have filled in

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
    engine: Engine | None = None,
    store: Callable[[], Store] = lambda: Store(None, ""),
    least: float | None = None,
    options: Mapping[str, object] = MappingProxyType({}),
    title: str | None = None,
    creators: Sequence[str] = (),
    on_progress: Progress = lambda done, total, name: None,
) -> Collected:
    """Make a dataset of the documents behind `inputs` in the folder `out`, with a package to publish it.

    Inputs are files, folders, archives, web archives, and folders of tables of former runs, whose documents are not
    read again; with `add` those of the dataset that `out` holds come first, so that nothing of it is lost, also when
    the program is killed, and its title and creators hold where none are given. `edits` are corrections files, which
    are applied before anything is linked and travel with the dataset, as do those that `out` and the other folders of
    tables hold. `options` are kept in the manifest. Raises BadUsage before anything is written, OSError where writing
    fails.
    """
    check_formats(formats)
    given = [Path(one) for one in inputs]
    runs = [one for one in given if is_run(one)]
    if add and is_run(out):
        runs.insert(0, out)
    taken = held_by(runs)
    decided = [path for folder in (out, *runs) if (path := folder / EDITS).is_file()]
    corrections = Corrections([*dict.fromkeys(decided), *edits], taken.audit)
    made = _made(out, formats, options, title, creators, add=add)
    # what is added to stays as it is until all is made
    inside = out.exists() and any(one.samefile(out) for one in runs)
    room = aside(out, BOOKS, KEPT) if inside else nullcontext(out)
    with alone(out), room as place:
        summary = batch.run(
            [one for one in given if one not in runs], place, limit=limit, process=process, engine=engine, store=store,
            least=least, on_progress=on_progress, amend=corrections, books=BOOKS,
            earlier=list(taken.documents.values()),
            skip=[path for book in BOOKS for path in table_paths(out, book)],
        )  # fmt: skip
        corrections.write(place / EDITS)
        write_carried(place, taken.failures, summary.again)
        return _linked(place, made, corrections, replace(summary, out=out, formats=made.formats))


def _linked(out: Path, made: Made, corrections: Corrections, summary: Summary) -> Collected:
    """Link what is in the folder `out`, and write what is found and all that the dataset is published with."""
    found = linked(tuple(reports(out)))
    write_duplicates(out, found.duplicates)
    tables = dataset_rows(found) | {"audit": corrections.audit()}
    with open_tables(out, DATASET) as append:
        append(tables)
    for name in made.formats:
        _write(name, out)
    made = replace(made, edits=bool(corrections.edits))
    write_package(out, made, BOOKS)
    write_manifest(out, made, BOOKS)
    outcomes = [str(row["outcome"]) for row in tables["audit"]]
    return Collected(
        summary=summary, linked=found, rows={name: len(held) for name, held in tables.items()},
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


def _made(
    out: Path, formats: Sequence[str], options: Mapping[str, object], title: str | None, creators: Sequence[str],
    *, add: bool,
) -> Made:  # fmt: skip
    """How the dataset is asked for, with what the one that is added to was called where nothing is said."""
    if add and (path := out / "manifest.json").is_file():
        try:
            told = json.loads(path.read_bytes())
            title = title or told["title"]
            creators = creators or told["creators"]
        except (ValueError, LookupError, TypeError) as error:
            raise BadUsage(f"{path} is no manifest of a dataset: {error!r}") from error
    chosen = tuple(name for name in FORMATS if name == "jsonl" or name in formats)
    names = tuple(_legible(name) for name in creators)
    return Made(formats=chosen, options=options, title=_legible(title) if title else None, creators=names)


def _legible(text: str) -> str:
    # an argument in bytes of another encoding has halves of surrogate pairs; in a title a line break is a space
    return " ".join(text.encode("utf-8", "replace").decode().split())
