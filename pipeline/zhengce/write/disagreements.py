"""What reviewers differ on, as CSV."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from zhengce.errors import BadUsage
from zhengce.write.inert import inert
from zhengce.write.replacing import replacing

__all__ = ["NAME", "check_disagreements", "write_disagreements"]

NAME = "disagreements.csv"
ABOUT = ("document", "source", "table", "record", "quote", "column")
OF_CODER = ("coder", "decision", "value", "reason", "time")


def check_disagreements(out: Path) -> None:
    """Raises BadUsage for a file of that name in the folder `out` that zhengce did not write."""
    if (path := out / NAME).is_file():
        begins = f"\ufeff{','.join(ABOUT)}".encode()
        with path.open("rb") as file:
            if file.read(len(begins)) != begins:
                raise BadUsage(f"{path} is not a table of zhengce, and is left alone; choose another folder")


def write_disagreements(out: Path, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write `disagreements.csv` in the folder `out`: a line for each of `rows`, with five columns for each coder.

    Bytes and cells are as those of other tables (`write_csv`); there are as many coders' columns as the row with most
    of them needs. Raises OSError where the file cannot be written.
    """
    most = max((len(row["coders"]) for row in rows), default=2)
    head = [*ABOUT, *(f"{name}_{at}" for at in range(1, most + 1) for name in OF_CODER)]
    with (
        replacing(out / NAME) as path,
        path.open("w", encoding="utf-8-sig", errors="replace", newline="") as file,
    ):
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(head)
        for row in rows:
            cells = [row[name] for name in ABOUT]
            cells += [told[name] for told in row["coders"] for name in OF_CODER]
            cells += [None] * (len(head) - len(cells))
            writer.writerow(inert(str(cell or "")) for cell in cells)
