"""The order of a comparison: documents read or restored, a baseline found, each laid beside it, all of it written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Literal, Protocol

from zhengce.compare.addition import with_shared_additions
from zhengce.compare.baseline import baseline_of
from zhengce.compare.diffusion import diffusion
from zhengce.compare.evidence import views
from zhengce.compare.goal import by_indicator
from zhengce.compare.member import named
from zhengce.compare.network import network
from zhengce.compare.parallel import parallels
from zhengce.compare.reproduction import reproduction
from zhengce.compare.upstream import LEVELS, upstream_of
from zhengce.errors import BadUsage
from zhengce.inputs import Item, plan
from zhengce.packing import Process, unpacked, usual
from zhengce.pair import Comparison, Member, Upstream
from zhengce.reading import Engine, read, serial
from zhengce.record import Failure
from zhengce.restored import is_run, restored, restored_one
from zhengce.store import Store
from zhengce.write.alone import alone
from zhengce.write.clear import clear, table_paths
from zhengce.write.columns import COMPARISON
from zhengce.write.compare_memo import write_memo
from zhengce.write.compare_page import write_page
from zhengce.write.compare_row import compare_rows
from zhengce.write.compare_wide import write_wide
from zhengce.write.compare_workbook import write_workbook
from zhengce.write.graph import write_graphml
from zhengce.write.jsonl import open_tables
from zhengce.write.parquet import check_parquet, write_parquet
from zhengce.write.row import Row
from zhengce.write.table import write_csv

__all__ = ["FORMATS", "Compared", "Read", "compare", "goals", "read_members", "run"]

Progress = Callable[[int, int, str], None]
Lang = Literal["zh", "en"]


class Writer(Protocol):
    """What writes a format of the comparison from the JSON lines in a folder."""

    def __call__(self, out: Path, *, lang: Lang) -> None:
        """Write to the folder `out`, words in the language `lang`."""
        ...


def _csv(out: Path, *, lang: Lang) -> None:
    write_csv(out, COMPARISON)


def _parquet(out: Path, *, lang: Lang) -> None:
    write_parquet(out, COMPARISON)


# what each format is written by
WRITERS: Mapping[str, Sequence[Writer]] = MappingProxyType({
    "csv": (_csv, write_wide), "xlsx": (write_workbook,), "html": (write_page,), "docx": (write_memo,),
    "parquet": (write_wide, _parquet),
})  # fmt: skip
FORMATS = tuple(WRITERS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What a run did: the comparison, what could not be read, and how many rows each table got."""

    comparison: Comparison
    failures: tuple[Failure, ...]
    rows: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """The documents behind what was given, and what could not be read of it."""

    members: tuple[Member, ...]
    failures: tuple[Failure, ...]


def read_members(
    inputs: Iterable[str | Path],
    *,
    process: Process = usual,
    engine: Engine | None = None,
    store: Callable[[], Store] = lambda: Store(None, ""),
    skip: Iterable[Path] = (),
    on_progress: Progress = lambda done, total, name: None,
) -> Read:
    """The documents in files, folders and archives, and in folders of tables that a run wrote; each once.

    A file that cannot be read is a failure, one for each of its names; the others go on. `engine` reads them, else
    `process` in this process; what the `store` has is not read again. Raises BadUsage for tables that are none.
    """
    given = [Path(one) for one in inputs]
    runs, files = [one for one in given if is_run(one)], [one for one in given if not is_run(one)]
    found = {one.document: one for run in runs for one in restored(run)}
    failures: list[Failure] = []

    def take(item: Item, result: bytes) -> None:
        tables, failure = unpacked(result)
        if failure:
            failures.extend(replace(failure, source=name) for name in (item.name, *item.copies))
        else:
            one = replace(restored_one(tables), source=item.name)  # it may have been read under another name
            found.setdefault(one.document, one)

    items = plan(files, skip=skip)
    with store() as held:
        done = read(items, engine or serial(process), held, take, on_progress=on_progress)
    if done.interrupted:
        raise KeyboardInterrupt  # of some of the documents nothing can be told
    return Read(members=named(found.values()), failures=tuple(failures))


def compare(members: Sequence[Member], *, baseline: str | None = None) -> Comparison:
    """Every document beside the baseline: the one called `baseline` (id, name, file), else the one that is found.

    Members come with names (`named`). Raises BadUsage where a baseline is not among them or cannot be told.
    """
    links = {one.document: upstream_of(one, members) for one in members}
    base = _called(members, baseline) if baseline else baseline_of(members, links)
    others = [one for one in members if one.document != base.document]
    seen = views(members)
    found = {one.document: parallels(base, one, seen) for one in others}
    found = with_shared_additions(others, found, seen)
    told = {
        one.document: reproduction(
            base, one, found[one.document], (seen[base.document], seen[one.document]),
            links[one.document] or _followed(base, one, is_given=bool(baseline)),
        )
        for one in others
    }  # fmt: skip
    return Comparison(
        baseline=base, members=(base, *others), parallels=found, reproductions=told,
        at_risk=tuple(diffusion(base, others, told)), edges=tuple(network(members)),
        goals=by_indicator(members),
    )  # fmt: skip


def goals(members: Sequence[Member]) -> Comparison:
    """The goals and figures of the documents by canonical indicator; nothing is laid beside a baseline."""
    return Comparison(
        baseline=None, members=tuple(members), parallels={}, reproductions={}, at_risk=(), edges=(),
        goals=by_indicator(members),
    )  # fmt: skip


def _called(members: Sequence[Member], name: str) -> Member:
    """The document that somebody means by a name: its id, what it is called, its file or the end of its path."""
    file = Path(name)
    called = sha256(file.read_bytes()).hexdigest() if file.is_file() else name
    for one in members:
        if called.startswith(one.document) or name in (one.name, one.source, one.number):
            return one
    for one in members:
        if Path(one.source).name == file.name:
            return one
    raise BadUsage(f"{name} is none of the documents: {'; '.join(one.source for one in members[:40])}")


def _followed(base: Member, one: Member, *, is_given: bool) -> Upstream | None:
    """The baseline as what a document carries out that does not say so: because somebody says it, or by level."""
    if base.date and one.date and base.date > one.date:
        return None
    if is_given:
        return Upstream(member=base, by="given")
    above = base.level and one.level and LEVELS.index(base.level) < LEVELS.index(one.level)
    return Upstream(member=base, by="level") if above else None


def run(
    inputs: Iterable[str | Path],
    out: Path,
    *,
    baseline: str | None = None,
    by: Literal["provision", "indicator"] = "provision",
    formats: Sequence[str] = FORMATS,
    lang: Lang = "zh",
    process: Process = usual,
    engine: Engine | None = None,
    store: Callable[[], Store] = lambda: Store(None, ""),
    least: float | None = None,
    on_progress: Progress = lambda done, total, name: None,
) -> Compared:
    """Compare the documents behind `inputs`; write tables and `formats` to the folder `out`, where old ones give way.

    `by` indicator asks for goals only, and needs no baseline; `baseline` may be a file that is not among the inputs.
    Records whose confidence is below `least` are left out; documents are read as in `read_members`. Raises BadUsage for
    an unknown format, where nothing could be read, where a baseline cannot be told, and for an `out` that cannot hold
    the tables; OSError where writing fails.
    """
    if unknown := sorted(set(formats) - set(FORMATS)):
        raise BadUsage(f"no such format: {', '.join(unknown)} (known: {', '.join(FORMATS)})")
    if "parquet" in formats:
        check_parquet()
    given = [*map(Path, inputs), *([Path(baseline)] if baseline and Path(baseline).is_file() else [])]
    with alone(out):
        found = read_members(
            given, process=process, engine=engine, store=store, skip=table_paths(out, COMPARISON),
            on_progress=on_progress,
        )  # fmt: skip
        if not found.members:
            reasons = "".join(f"; {one.source}: {one.message}" for one in found.failures[:5])
            raise BadUsage(f"no document could be read from what was given{reasons}")
        members = tuple(_sure(one, least) for one in found.members) if least else found.members
        comparison = compare(members, baseline=baseline) if by == "provision" else goals(members)
        tables = compare_rows(comparison)
        _write(tables, out, formats, lang)
    rows = {name: len(held) for name, held in tables.items()}
    return Compared(comparison=comparison, failures=found.failures, rows=rows)


def _sure(one: Member, least: float) -> Member:
    """A document without the records that are less likely than `least` to be right; those without a confidence stay."""
    kept = (held for held in one.records if held[1].confidence is None or held[1].confidence >= least)
    return replace(one, records=tuple(kept))


def _write(tables: Mapping[str, list[Row]], out: Path, formats: Sequence[str], lang: Lang) -> None:
    try:
        clear(out, COMPARISON)
    except OSError as error:
        raise BadUsage(f"{out} cannot hold the tables: {error.strerror or error}") from error
    with open_tables(out, COMPARISON) as append:
        append(tables)
    write_graphml(out)
    # each once
    writers = dict.fromkeys(write for name in FORMATS if name in formats for write in WRITERS[name])
    for write in writers:
        write(out, lang=lang)
