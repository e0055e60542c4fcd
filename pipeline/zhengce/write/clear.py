"""Room for a new run: the tables of a former one taken away, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from zhengce.errors import BadUsage
from zhengce.write.citation import NAME as CITATION
from zhengce.write.citation import is_untouched
from zhengce.write.columns import COMPARISON, DATASET, ORIGINS, RECORDS, columns
from zhengce.write.doccano import NAME as DOCCANO
from zhengce.write.duckdb_file import MADE_BY
from zhengce.write.own_page import is_own_page

__all__ = ["check_own", "clear", "clearable", "table_paths"]

SUFFIXES = ("jsonl", "csv", "parquet", "dta", "sav")
WIDE = {"compare_wide": ("row", "baseline"), "indicators_wide": ("indicator", "indicator_zh")}
WIDE_COLUMNS = {f"{table}_columns": ("column", "document") for table in WIDE}
COMPARED = ("network.graphml", *(f"compare.{suffix}" for suffix in ("xlsx", "html", "docx")))
COMPARED += tuple(f"{table}.{suffix}" for table in WIDE for suffix in SUFFIXES)
COMPARED += tuple(f"{table}.csv" for table in WIDE_COLUMNS)
PACKAGED = (
    "README.md", CITATION, "codebook.md", "codebook.xlsx", "datapackage.json", "manifest.json", "reload.do",
    "reload.R",
)  # fmt: skip
CODED = ("label_studio.json", "label_studio.xml", DOCCANO, "records.conll", "zhengce.qdpx")
MADE: Mapping[str, tuple[str, ...]] = {
    RECORDS: ("zhengce.xlsx", "zhengce.duckdb", f"{ORIGINS}.jsonl", *CODED), COMPARISON: COMPARED, DATASET: PACKAGED,
}  # fmt: skip
# what a file begins with that zhengce wrote
SIGNS = {
    ".graphml": (rb'.*attr\.name="made_by"', 2000),
    ".dta": (rb"<stata_dta>.*<label>..zhengce ", 200), ".sav": (rb"\$FL2.{105}zhengce ", 200),
    ".json": (rb'\[\n({"data": {"made_by": "zhengce |\]\n)', 100), ".xml": (rb"<View><!-- zhengce ", 100),
    ".conll": (rb"# zhengce ", 100),
}  # fmt: skip
FOOTER = 100_000  # bytes at the end of a Parquet file in which its schema stands
CHUNK = 1 << 20


def table_paths(out: Path, book: str = RECORDS) -> list[Path]:
    """Every file that a run may write in the folder `out`: the tables of a book, and what is made of them."""
    tables = [out / f"{table}.{suffix}" for table in columns(book) for suffix in SUFFIXES]
    return [*tables, *(out / name for name in MADE[book])]


def clear(out: Path, *books: str) -> None:
    """Remove the tables of a former run of the same kind from the folder `out`: of some books, of a run if none is
    named.

    A citation that people filled in stays. Raises BadUsage, and removes nothing, where a file has the name of a table
    and was not written by zhengce; OSError where a file cannot be removed (on Windows: while Excel has it open).
    """
    for path in clearable(out, *books):
        path.unlink()


def clearable(out: Path, *books: str) -> list[Path]:
    """What `clear` would remove; raises BadUsage where it would."""
    old = [(path, book) for book in books or (RECORDS,) for path in table_paths(out, book) if path.is_file()]
    for path, book in old:
        if path.name != CITATION:
            check_own(path, book)
    return [path for path, _ in old if path.name != CITATION or is_untouched(path)]


def check_own(path: Path, book: str) -> None:
    """Raises BadUsage for a file that has the name of a table of a book, or of what is made of it, and is none."""
    if path.is_file() and not _ours(path, book):
        raise BadUsage(f"{path} is not a table of zhengce, and is left alone; choose another folder")


def _ours(path: Path, book: str) -> bool:
    """Whether the file is what zhengce writes under its name.

    A former version may have had other columns further on.
    """
    if path.name in PACKAGED and path.suffix != ".xlsx":
        return b"made by zhengce" in _start(path, 1000) or b'"made_by": "zhengce' in _start(path, 1000)
    match path.suffix:
        case ".html":
            return is_own_page(path)
        case ".xlsx" | ".docx":
            # the properties of an Office file name its author
            return path.stem == "zhengce" or b">zhengce<" in _member(path, "docProps/core.xml")
        case ".parquet":
            return b"zhengce" in _end(path, FOOTER)
        case ".duckdb":
            return _start(path, 12)[8:] == b"DUCK" and _says(path, MADE_BY.encode())
        case ".qdpx":
            return b' origin="zhengce ' in _member(path, "project.qde")
        case suffix if suffix in SIGNS:
            sign, length = SIGNS[suffix]
            return re.match(sign, _start(path, length), re.DOTALL) is not None
    if path.name == DOCCANO:
        with path.open("rb") as file:
            return b'"made_by": "zhengce ' in (first_line := file.readline()) or not first_line
    known = {table: tuple(column.name for column in held) for table, held in columns(book).items()}
    first, second = (known | WIDE | WIDE_COLUMNS | {ORIGINS: ("document", "raw")})[path.stem][:2]
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


def _says(path: Path, words: bytes) -> bool:
    """Whether the words stand anywhere in a file of any size."""
    held = b""
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            if words in held + chunk:
                return True
            held = chunk[-len(words) :]
    return False


def _member(path: Path, name: str) -> bytes:
    """The beginning of a file in a ZIP file; nothing where there is none."""
    try:
        with ZipFile(path) as package, package.open(name) as file:
            return file.read(CHUNK)
    except (BadZipFile, KeyError):
        return b""
