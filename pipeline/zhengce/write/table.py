"""The tables as CSV that Excel, Stata, R and pandas open without being told how."""

from __future__ import annotations

import csv
from collections.abc import Collection
from pathlib import Path

from zhengce.write.cell import cell
from zhengce.write.columns import RECORDS, columns
from zhengce.write.inert import inert
from zhengce.write.replacing import replacing
from zhengce.write.stored import stored

__all__ = ["write_csv"]


def write_csv(out: Path, book: str = RECORDS, only: Collection[str] = ()) -> None:
    """Write `<table>.csv` beside each `<table>.jsonl` of the run in the folder `out`, or beside `only` some of them.

    UTF-8 with a byte order mark (without it Excel takes the bytes for GBK), CRLF, lists joined by "; ". A cell that a
    spreadsheet would run as a formula starts with an apostrophe. Raises OSError where a file cannot be written.
    """
    for table, table_columns in columns(book).items():
        if only and table not in only:
            continue
        names = [column.name for column in table_columns]
        with (
            replacing(out / f"{table}.csv") as path,
            path.open("w", encoding="utf-8-sig", newline="") as file,
        ):
            writer = csv.writer(file, lineterminator="\r\n")
            writer.writerow(names)
            writer.writerows([inert(cell(row[name])) for name in names] for row in stored(out, table))
