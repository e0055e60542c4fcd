"""Many documents: which files there are, each read once, one bad file never in the way of the others."""

from __future__ import annotations

import hashlib
import os
import stat
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

from zhengce.errors import BadUsage
from zhengce.record import Failure
from zhengce.write.clear import clear, table_paths
from zhengce.write.jsonl import open_tables
from zhengce.write.row import TABLES, Row, rows
from zhengce.write.table import write_csv
from zhengce.write.workbook import write_xlsx

if TYPE_CHECKING:
    from zhengce.flow import Outcome

__all__ = ["FORMATS", "Item", "Process", "Summary", "plan", "run"]

WRITERS: Mapping[str, Callable[[Path], None]] = MappingProxyType({"csv": write_csv, "xlsx": write_xlsx})
FORMATS = ("jsonl", *WRITERS)
# what saved web pages and programs keep beside documents; a file given by its own name is read whatever it is called
BESIDE_DOCUMENTS = frozenset(
    [
        ".css",
        ".js",
        ".mjs",
        ".map",
        ".json",
        ".jsonl",
        ".csv",
        ".tsv",
        ".xml",
        ".yml",
        ".yaml",
        ".toml",
        ".ini",
        ".py",
        ".r",
        ".do",
        ".ipynb",
        ".sqlite",
        ".db",
        ".log",
        ".ico",
        ".svg",
        ".gif",
        ".webp",
        ".woff",
        ".woff2",
        ".ttf",
        ".eot",
        ".mp3",
        ".mp4",
        ".exe",
        ".dll",
        ".lnk",
        ".bak",
        ".tmp",
    ]
)


class Process(Protocol):
    """What makes an outcome of the bytes of one file; it never raises."""

    def __call__(self, data: bytes, name: str, *, copies: tuple[str, ...] = ()) -> Outcome:
        """The outcome of the bytes called `name`, and by the names `copies` too."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One input: its bytes once, however many names they have; `failure` where there are none; `size` in bytes."""

    name: str
    path: Path
    size: int = 0
    copies: tuple[str, ...] = ()
    failure: Failure | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a run did: `done` of `inputs` inputs, how many documents, which failures, how many records in each table."""

    inputs: int
    done: int
    documents: int
    failures: tuple[Failure, ...]
    records: Mapping[str, int]
    out: Path
    formats: tuple[str, ...]
    interrupted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A file as found: `parts` is how many parts of its path name it, `given` the path where it was given itself."""

    path: Path
    parts: int
    error: OSError | ValueError | None = None


def plan(inputs: Iterable[str | Path], *, skip: Iterable[Path] = ()) -> list[Item]:
    """The files behind `inputs` (files, or folders with all below them), each content once, in a stable order.

    Left out are the paths in `skip` and, in folders, what is hidden, what an office program leaves while it has a
    file open (`~$…`), and what stands beside documents without being one (style sheets, scripts, data). A file in a
    folder is called by its path from there, one given itself by its name; where names clash, more comes before.
    What cannot be read is an item with a failure. Raises nothing.
    """
    seen = {_entry(path) for path in skip}
    found = [one for given in inputs for one in _expand(Path(given), seen)]
    items = [_item(one, name) for one, name in zip(found, _names(found), strict=True)]
    return _once(items)


def run(
    inputs: Iterable[str | Path],
    out: Path,
    *,
    formats: Sequence[str] = ("jsonl",),
    limit: int | None = None,
    process: Process | None = None,
    on_progress: Callable[[int, int, str], None] = lambda done, total, name: None,
) -> Summary:
    """Read the first `limit` inputs and write their tables in `formats` to the folder `out`, where old ones give way.

    JSON lines are always written, the other formats are made from them. `process` is `flow.process` unless given;
    `on_progress` gets how many inputs are done, of how many, and the name of the last. Ctrl-C ends the reading, not
    the writing of what was read. Raises BadUsage, before anything is written, for an unknown format, for no input, and
    for an `out` that cannot hold the tables; OSError where writing fails later.
    """
    if unknown := sorted(set(formats) - set(FORMATS)):
        raise BadUsage(f"no such format: {', '.join(unknown)} (known: {', '.join(FORMATS)})")
    items = plan(inputs, skip=table_paths(out))[:limit]
    if not items:
        raise BadUsage("no input: nothing to read in what was given")
    _prepare(out)
    chosen = tuple(name for name in FORMATS if name == "jsonl" or name in formats)
    counts, failures, interrupted = _read_all(items, out, process or _flow(), on_progress)
    for name in chosen:
        if name in WRITERS:
            WRITERS[name](out)
    return Summary(
        inputs=len(items),
        done=counts["inputs"],
        documents=counts["documents"],
        failures=tuple(failures),
        records={table: counts[table] for table in TABLES.values()},
        out=out,
        formats=chosen,
        interrupted=interrupted,
    )


def _flow() -> Process:
    from zhengce.flow import process

    return process


def _read_all(
    items: Sequence[Item], out: Path, process: Process, on_progress: Callable[[int, int, str], None]
) -> tuple[Counter[str], list[Failure], bool]:
    """How many inputs were read and how many rows each table got, the failures, and whether Ctrl-C ended it."""
    counts: Counter[str] = Counter()
    failures: list[Failure] = []
    try:
        with open_tables(out) as append:
            on_progress(0, len(items), "")
            for done, item in enumerate(items, start=1):
                tables, failed = _read(item, process)
                append(tables)
                counts.update({table: len(table_rows) for table, table_rows in tables.items()})
                counts["inputs"] = done
                failures += failed
                on_progress(done, len(items), item.name)
    except KeyboardInterrupt:
        return counts, failures, True
    return counts, failures, False


def _prepare(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
        clear(out)
    except OSError as error:
        raise BadUsage(f"{out} cannot hold the tables: {error.strerror or error}") from error


def _read(item: Item, process: Process) -> tuple[dict[str, list[Row]], list[Failure]]:
    """The tables of one item, and its failures, one for each of its names."""
    tables: dict[str, list[Row]] = {}
    failure = item.failure
    if failure is None:
        try:
            data = item.path.read_bytes()
        except OSError as error:
            failure = _failure(item.name, error)
        else:
            outcome = process(data, item.name, copies=item.copies)
            failure = outcome.failure
            if outcome.document is not None:
                tables = rows(outcome.document, outcome.records)
    failures = [replace(failure, source=name) for name in (failure.source, *item.copies)] if failure else []
    return tables | {"failures": [asdict(failure) for failure in failures]}, failures


def _expand(given: Path, seen: set[str]) -> Iterator[_Found]:
    # the parts of an absolute path are what a name may need; the path itself is kept as given, links and all
    path = Path.cwd() / given
    if not os.path.isdir(path):  # noqa: PTH112 (Path.is_dir raises on a loop of links)
        missing = not os.path.lexists(path)
        found = [_Found(path=path, parts=len(given.parts) if missing else 1)]
    else:
        top = len(path.parts)
        found = [replace(one, parts=max(len(one.path.parts) - top, 1)) for one in _walk(path, seen)]
    for one in found:
        if (entry := _entry(one.path)) not in seen:
            seen.add(entry)
            yield one


def _walk(folder: Path, seen: set[str]) -> Iterator[_Found]:
    real = os.path.realpath(folder)
    if real in seen:  # a link that leads back, or a folder given twice
        return
    seen.add(real)
    try:
        with os.scandir(folder) as entries:
            shown = sorted((entry for entry in entries if not _hidden(entry)), key=lambda entry: entry.name)
    except OSError as error:
        yield _Found(path=folder, parts=1, error=error)
        return
    for entry in shown:
        path = folder / entry.name
        if os.path.isdir(path):  # noqa: PTH112
            yield from _walk(path, seen)
        else:
            yield _Found(path=path, parts=1)


def _hidden(entry: os.DirEntry[str]) -> bool:
    if entry.name.startswith((".", "~$")) or Path(entry.name).suffix.lower() in BESIDE_DOCUMENTS:
        return True
    attributes: int = getattr(entry.stat(follow_symlinks=False), "st_file_attributes", 0)  # Windows only
    return bool(attributes & stat.FILE_ATTRIBUTE_HIDDEN)


def _entry(path: Path) -> str:
    """The place of a path in its folder, the same however one comes there; a link is not what it leads to."""
    return os.path.normcase(os.path.join(os.path.realpath(path.parent), path.name))  # noqa: PTH118


def _names(found: Sequence[_Found]) -> list[str]:
    """A name for each, from the end of its path, longer only where two would be called the same."""
    paths = [Path(os.path.abspath(one.path)).parts for one in found]  # noqa: PTH100 (resolve would follow links)
    lengths = [one.parts for one in found]
    while True:
        names = [Path(*parts[-length:]).as_posix() for parts, length in zip(paths, lengths, strict=True)]
        count = Counter(names)
        clashing = [at for at, name in enumerate(names) if count[name] > 1 and lengths[at] < len(paths[at])]
        if not clashing:
            # file systems allow names that are no Unicode; tables do not
            return [name.encode("utf-8", "backslashreplace").decode("utf-8") for name in names]
        for at in clashing:
            lengths[at] += 1


def _item(found: _Found, name: str) -> Item:
    if found.error is not None:
        return Item(name=name, path=found.path, failure=_failure(name, found.error))
    try:
        status = found.path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise OSError("not a regular file")
    except (OSError, ValueError) as error:
        return Item(name=name, path=found.path, failure=_failure(name, error))
    return Item(name=name, path=found.path, size=status.st_size)


def _once(items: Sequence[Item]) -> list[Item]:
    """The items with each content once, at the place of its first name."""
    sizes = Counter(item.size for item in items if item.failure is None)
    first: dict[object, Item] = {}
    copies: dict[object, list[str]] = defaultdict(list)
    for at, item in enumerate(items):
        key: object = at
        if item.failure is None and sizes[item.size] > 1:
            try:
                with item.path.open("rb") as file:
                    key = hashlib.file_digest(file, "sha256").digest()
            except OSError as error:
                item = replace(item, failure=_failure(item.name, error))
        if key in first:
            copies[key].append(item.name)
        else:
            first[key] = item
    return [replace(item, copies=tuple(copies[key])) for key, item in first.items()]


def _failure(name: str, error: OSError | ValueError) -> Failure:
    message = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return Failure(source=name, sha256=None, error=type(error).__name__, message=message)
