"""Back from the JSON lines of a run to rows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

__all__ = ["stored"]


def stored(out: Path, table: str) -> Iterator[dict[str, object]]:
    """The rows of one table of the run in the folder `out`, one at a time, in the order in which they were written."""
    with (out / f"{table}.jsonl").open(encoding="utf-8", newline="\n") as file:
        for line in file:
            yield json.loads(line)
