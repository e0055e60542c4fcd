"""Records of a run that repeat those of other documents, told so in their rows."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from zhengce.record import TABLES
from zhengce.write.jsonl import rewrite
from zhengce.write.stored import stored

__all__ = ["write_duplicates"]


def write_duplicates(out: Path, duplicates: Mapping[str, str]) -> None:
    """Set `duplicate_of` of the records in the JSON lines of the run in the folder `out`; each row stays.

    What repeats an earlier record of its own document keeps that. Raises OSError where a file cannot be written.
    """
    for table in TABLES.values():
        rows = stored(out, table)
        rewrite(
            out, table,
            (row | {"duplicate_of": row["duplicate_of"] or duplicates.get(str(row["record"]))} for row in rows),
        )  # fmt: skip
