"""Room for a new run: the tables of a former one taken away, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from zhengce.errors import BadUsage
from zhengce.write.columns import COMPARISON, DATASET, RECORDS, columns

__all__ = ["clear", "table_paths"]

SUFFIXES = ("jsonl", "csv", "parquet")
WIDE = {"compare_wide": ("row", "baseline"), "indicators_wide": ("indicator", "indicator_zh")}
WIDE_COLUMNS = {f"{table}_columns": ("column", "document") for table in WIDE}
COMPARED = ("network.graphml", *(f"compare.{suffix}" for suffix in ("xlsx", "html", "docx")))
COMPARED += tuple(f"{table}.{suffix}" for table in WIDE for suffix in SUFFIXES)
COMPARED += tuple(f"{table}.csv" for table in WIDE_COLUMNS)
PACKAGED = (
    "README.md", "CITATION.cff", "codebook.md", "codebook.xlsx", "datapackage.json", "manifest.json", "reload.do",
    "reload.R",
)  # fmt: skip
MADE: Mapping[str, tuple[str, ...]] = {RECORDS: ("zhengce.xlsx",), COMPARISON: COMPARED, DATASET: PACKAGED}
FOOTER = 100_000  # bytes at the end of a Parquet file in which its schema stands


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
    """Whether the file is what zhengce writes under its name.

    A former version may have had other columns further on.
    """
    match path.suffix:
        case ".xlsx" | ".docx":
            return path.stem == "zhengce" or _made_here(path)
        case ".html":
            return b'content="zhengce ' in _start(path, 1000)
        case ".graphml":
            return b'attr.name="made_by"' in _start(path, 2000)
        case ".parquet":
            return b"zhengce" in _end(path, FOOTER)
    if path.name in PACKAGED:
        return b"made by zhengce" in _start(path, 1000) or b'"made_by": "zhengce' in _start(path, 1000)
    known = {table: tuple(column.name for column in held) for table, held in columns(book).items()}
    first, second = (known | WIDE | WIDE_COLUMNS)[path.stem][:2]
    begins = f'{{"{first}": ' if path.suffix == ".jsonl" else f"\ufeff{first},{second},"
    start = _start(path, len(begins.encode()))
    return start == begins.encode() or (path.suffix == ".jsonl" and not start)


def _start(path: Path, length: int) -> bytes:
    with path.open("rb") as file:
        return file.read(length)


def _end(path: Path, length: int) -> bytes:
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - length))
        return file.read()


def _made_here(path: Path) -> bool:
    """Whether the properties of an Office file name zhengce as its author."""
    try:
        with ZipFile(path) as package:
            return b">zhengce<" in package.read("docProps/core.xml")
    except (BadZipFile, KeyError):
        return False
