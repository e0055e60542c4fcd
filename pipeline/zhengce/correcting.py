"""Decisions of people applied to one document after the other, and the audit of what became of them."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from zhengce.amend.amended import Amending, amended
from zhengce.amend.audit import audit_row
from zhengce.amend.edit import Edit, moment, read_edits
from zhengce.amend.undo import Name, name_of, undo_rows, undone
from zhengce.document import Document
from zhengce.record import TABLES
from zhengce.restored import original
from zhengce.text import Span
from zhengce.write.columns import ORIGINS, columns
from zhengce.write.decided import decided
from zhengce.write.replacing import replacing
from zhengce.write.row import Row, citation_row

__all__ = ["Corrections"]

Tables = Mapping[str, Sequence[Row]]
# what one decision is known by in an audit, which may have several rows for it, and another record than it names
KEY = ("edit", "time", "coder", "document", "table", "action")
SURROGATE = re.compile("[\ud800-\udfff]")  # JSON can say it, UTF-8 cannot


class Corrections:
    """What is decided in corrections files, less what the audit of a former run has already; an `Amend` of a batch.

    `before` is that audit, of the documents that are taken from there. What it calls not_found is tried again: the
    document may have come by now. What coders took back does not count, in whatever file. Raises BadUsage, when it is
    made, for a file that is none, and for decisions that undo one another.
    """

    def __init__(self, files: Iterable[Path], before: Iterable[Row] = ()) -> None:
        # the same line in two files is one decision
        found = {
            (one.id, json.dumps({**one.told, "edit": 0}, sort_keys=True)): one
            for file in files
            for one in read_edits(file)
        }
        self.edits = tuple(sorted(found.values(), key=lambda one: moment(one.time)))
        self._undone = undone(self.edits)
        known = {_key(audit_row(one, "not_found")) for one in self.edits}
        self._before = [dict(row) for row in before if not (_key(row) in known and _is_told_anew(row))]
        for row in self._before:
            if _name(row) in self._undone:
                row["outcome"] = "undone"
        applied = {_key(row) for row in self._before}
        self._waiting: dict[str, list[Edit]] = defaultdict(list)
        for one in self.edits:
            counts = one.action != "undo" and name_of(one) not in self._undone
            if counts and _key(audit_row(one, "not_found")) not in applied:
                self._waiting[one.document].append(one)
        self._rows: list[Row] = []
        self._about: dict[str, list[Row]] = defaultdict(list)
        for row in self._before:
            self._about[str(row["document"])].append(row)

    def __call__(self, tables: Tables) -> Tables:
        """The tables of a document after the decisions about it."""
        row = tables["documents"][0]
        mine = self._waiting.pop(str(row["document"]), [])
        back = [one for one in self._about[str(row["document"])] if one["outcome"] == "undone"]
        if not mine and not back:
            return tables

        document = _original(tables)

        def cite(span: Span) -> Row:
            assert document is not None
            return citation_row(document.cite(span))

        amending = Amending(
            decide=lambda edit: decided(edit.table, edit.decided, new=edit.action == "add"),
            cite=cite if document else None, length=len(str(row["text"])),
            before=self._about[str(row["document"])],
        )  # fmt: skip
        found = amended(tables, mine, TABLES.values(), amending)
        self._rows += found.audit
        if "references" not in {*(edit.table for edit in mine), *(one["table"] for one in back)}:
            return found.tables
        return {**found.tables, "documents": [{**row, "cites": _cites(found.tables["references"])}]}

    def audit(self) -> list[Row]:
        """The rows of the table `audit` in the order of time; decisions on documents that did not come are told."""
        names = [column.name for column in columns("dataset_columns")["audit"]]
        lost = [audit_row(one, "not_found") for held in self._waiting.values() for one in held]
        before = [row for row in self._before if row["outcome"] != "undone" or _name(row) not in self._undone]
        lasting = {_name(row) for row in before} & self._undone
        back = undo_rows(self.edits, self._undone, lasting)
        rows = [{name: row.get(name) for name in names} for row in (*before, *self._rows, *lost, *back)]
        # what is of one time is told alike, whether it was applied in one run or in two
        return sorted(rows, key=lambda row: (moment(str(row["time"])), str(row["document"])))

    def write(self, path: Path) -> None:
        """All decisions beside the dataset, so that it can be made again; nothing is written where there is none.

        A line says what it said, and its id.
        """
        if self.edits:
            with replacing(path) as partial:
                told = "".join(f"{SURROGATE.sub(_escaped, _line(one))}\n" for one in self.edits)
                partial.write_text(told, encoding="utf-8", newline="\n")


def _line(one: Edit) -> str:
    return json.dumps({"edit": one.id} | {**one.told, "edit": one.id}, ensure_ascii=False)


def _original(tables: Tables) -> Document | None:
    """The document of a former run; None where an older version made it, which kept no way back to the page."""
    if not tables.get(ORIGINS):
        return None
    return original(tables["documents"][0], tables[ORIGINS][0], tables["provisions"])


def _key(row: Row) -> tuple[object, ...]:
    return tuple(row[name] for name in KEY)


def _name(row: Row) -> Name:
    return str(row["document"]), str(row["coder"]), str(row["edit"])


def _is_told_anew(row: Row) -> bool:
    """Whether what a former audit says of a decision may have changed with what has come since."""
    return row["action"] == "undo" or row["outcome"] in ("not_found", "undone")


def _cites(references: Sequence[Row]) -> list[str]:
    """What the column `cites` of a document says of its references, after some were decided about."""
    names = (row["title"] or row["number"] for row in references if row["relation"] != "self")
    return list(dict.fromkeys(str(name) for name in names if name))


def _escaped(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"
