"""Decisions of people applied to one document after the other, and the audit of what became of them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from zhengce.amend.amended import amended
from zhengce.amend.edit import Edit, read_edits
from zhengce.document import Document
from zhengce.record import TABLES
from zhengce.text import Span
from zhengce.write.columns import columns
from zhengce.write.replacing import replacing
from zhengce.write.row import Row, citation_row
from zhengce.write.stored import stored

__all__ = ["Corrections"]

Tables = Mapping[str, Sequence[Row]]


class Corrections:
    """What is decided in corrections files, less what the audit of a former run has already; an `Amend` of a batch.

    Raises BadUsage, when it is made, for a file that is none.
    """

    def __init__(self, files: Iterable[Path], runs: Iterable[Path] = ()) -> None:
        self._before = [row for run in runs if (run / "audit.jsonl").is_file() for row in stored(run, "audit")]
        applied = {(row["edit"], row["time"], row["coder"]) for row in self._before}
        found = {
            (one.id, one.time, one.coder, one.record, one.action): one for file in files for one in read_edits(file)
        }
        self.edits = tuple(sorted(found.values(), key=lambda one: one.time))
        self._waiting: dict[str, list[Edit]] = defaultdict(list)
        for one in self.edits:
            if (one.id, one.time, one.coder) not in applied:
                self._waiting[one.document].append(one)
        self._rows: list[Row] = []
        self._columns = {table: [column.name for column in columns()[table]] for table in TABLES.values()}

    def __call__(self, tables: Tables, document: Document | None) -> Tables:
        """The tables of a document after the decisions about it."""
        row = tables["documents"][0]
        mine = self._waiting.pop(str(row["document"]), [])
        if not mine:
            return tables

        def cite(span: Span) -> Row:
            assert document is not None
            return citation_row(document.cite(span))

        held = {name: [dict(one) for one in rows] for name, rows in tables.items()}
        found = amended(held, mine, self._columns, cite if document else None, len(str(row["text"])))
        self._rows += found.audit
        return found.tables

    def audit(self) -> list[Row]:
        """The rows of the table `audit` in the order of time; decisions on documents that did not come are told."""
        names = [column.name for column in columns("dataset_columns")["audit"]]
        lost = [{**_told(one), "outcome": "not_found"} for held in self._waiting.values() for one in held]
        rows = [{name: row.get(name) for name in names} for row in (*self._before, *self._rows, *lost)]
        return sorted(rows, key=lambda row: str(row["time"]))

    def write(self, path: Path) -> None:
        """All decisions beside the dataset, so that it can be made again; nothing is written where there is none."""
        if self.edits:
            with replacing(path) as partial:
                lines = (json.dumps(_told(one), ensure_ascii=False) for one in self.edits)
                partial.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")


def _told(one: Edit) -> Row:
    """A decision as its line in a corrections file has it."""
    held = asdict(one)
    return {"edit": held.pop("id"), **held}
