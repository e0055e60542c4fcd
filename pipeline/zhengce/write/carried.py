"""What a dataset keeps of a former run beside the rows of its documents: what could not be read, further names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from zhengce.write.jsonl import rewrite
from zhengce.write.row import Row
from zhengce.write.stored import stored

__all__ = ["write_carried"]


def write_carried(out: Path, failures: Iterable[Row], again: Mapping[str, Sequence[str]]) -> None:
    """Add to the JSON lines of the run in the folder `out` what former runs could not read, and further names.

    `failures` are rows of former runs, before those of this one; left out are those whose bytes are read by now (their
    name, where there were no bytes), or which failed again. `again` are the names under which documents of former runs
    were given once more. Raises OSError where a file cannot be written.
    """
    if again:
        rewrite(out, "documents", [_named(row, again) for row in stored(out, "documents")])
    now = list(stored(out, "failures"))
    known: set[object] = {_known(row) for row in now}
    for row in stored(out, "documents"):
        known |= {row["sha256"], *((name, None) for name in (row["source"], *_names(row)))}
    kept = {_known(row): row for row in failures if row["sha256"] not in known and not _called(row) & known}
    if kept:
        rewrite(out, "failures", [*kept.values(), *now])


def _known(row: Row) -> tuple[object, object]:
    return row["source"], row["sha256"]


def _called(row: Row) -> set[object]:
    """What the input may be called by now: one that was not there is told with its whole path."""
    parts = str(row["source"]).split("/") if row["error"] == "FileNotFoundError" else []
    return {_known(row), *(("/".join(parts[at:]), None) for at in range(len(parts)))}


def _named(row: Row, again: Mapping[str, Sequence[str]]) -> Row:
    names = dict.fromkeys([*_names(row), *again.get(str(row["document"]), ())])
    return row | {"copies": [name for name in names if name != row["source"]]}


def _names(row: Row) -> list[str]:
    held = row["copies"]
    return list(map(str, held)) if isinstance(held, list) else []
