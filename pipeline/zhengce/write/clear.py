"""Room for a new run: the tables of a former one taken away, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from zhengce.errors import BadUsage
from zhengce.write.columns import COMPARISON, RECORDS, columns

__all__ = ["clear", "table_paths"]

SUFFIXES = ("jsonl", "csv")
MADE: Mapping[str, tuple[str, ...]] = {
    RECORDS: ("zhengce.xlsx",),
    COMPARISON: ("compare.xlsx", "compare.html", "compare.docx"),
}


def table_paths(out: Path, book: str = RECORDS) -> list[Path]:
    """Every file that a run may write in the folder `out`: the tables of a book, and what is made of them."""
    tables = [out / f"{table}.{suffix}" for table in columns(book) for suffix in SUFFIXES]
    return [*tables, *(out / name for name in MADE[book])]


def clear(out: Path, book: str = RECORDS) -> None:
    """Remove the tables of a former run of the same kind from the folder `out`.

    Raises BadUsage, and removes nothing, where a file has the name of a table and was not written by zhengce; OSError
    where a file cannot be removed (on Windows: while Excel has it open).
    """
    old = [path for path in table_paths(out, book) if path.is_file()]
    for path in old:
        if not _ours(path, book):
            raise BadUsage(f"{path} is not a table of zhengce, and is left alone; choose another folder")
    for path in old:
        path.unlink()


def _ours(path: Path, book: str) -> bool:
    """Whether the file begins as the table of its name does; a former version may have had other columns further on."""
    if path.suffix == ".xlsx":
        return True
    first, second = (column.name for column in columns(book)[path.stem][:2])
    begins = f'{{"{first}": ' if path.suffix == ".jsonl" else f"\ufeff{first},{second},"
    with path.open("rb") as file:
        start = file.read(len(begins.encode()))
    return start == begins.encode() or (path.suffix == ".jsonl" and not start)
