"""Documents with the records that were found in them, one document at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from zhengce.write.kind import Kind, kinds
from zhengce.write.stored import stored

__all__ = ["Marked", "marked"]

Row = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """The row of a document and the rows of its records, kind by kind in the order of the text."""

    document: Row
    records: tuple[tuple[Kind, Row], ...]


def marked(out: Path) -> Iterator[Marked]:
    """The documents of the run in the folder `out`, in the order in which they were written.

    Each table is gone through once beside the others, so that no more than one document is in memory. Raises
    ValueError where a table has records in another order than that of the documents.
    """
    groups = {kind: groupby(stored(out, kind.table), key=lambda row: row["document"]) for kind in kinds()}
    waiting = {kind: next(group, None) for kind, group in groups.items()}
    for document in stored(out, "documents"):
        found: list[tuple[Kind, Row]] = []
        for kind, held in waiting.items():
            if held is not None and held[0] == document["document"]:
                found += [(kind, row) for row in held[1]]
                waiting[kind] = next(groups[kind], None)
        yield Marked(document=document, records=tuple(found))
    if late := [kind.table for kind, held in waiting.items() if held is not None]:
        raise ValueError(f"records of {', '.join(late)} stand in another order than their documents")
