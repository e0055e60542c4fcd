"""What was coded, from any form in which runs, gold and coders' tables come."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from zhengce.errors import BadUsage
from zhengce.measure.agree import NO_STATEMENT
from zhengce.measure.canonical import canonical, types
from zhengce.measure.handmade import read_handmade
from zhengce.measure.mark import KINDS, Coding, Mark
from zhengce.measure.table import Line, read_tables
from zhengce.text import Span, merge

__all__ = ["read_coding"]

OPEN = "gold.open"
NO = frozenset({"", "0", "false", "no", "n", "否"})


def read_coding(path: Path) -> Coding:
    """All that was coded in a folder of tables or of hand-made JSON files, in a CSV file or in a workbook.

    A row names its document in `document` or `source` and stands at `start` and `end` in the clean text, or where its
    `quote` does. Rows with the rule `gold.open`, or with something in a column `open`, are open. A kind without a table
    was not coded. Raises BadUsage, which names the file and what to do, where nothing is coded or a row cannot be.
    """
    if not path.exists():
        raise BadUsage(f"{path} is not there: give a folder of tables or of JSON files, a CSV file or a workbook")
    tables = read_tables(path) or (read_handmade(path) if path.is_dir() else {})
    kinds = [kind for kind in KINDS if kind in tables]
    if not kinds:
        raise BadUsage(
            f"{path} holds no coded records: a table is called targets.csv, facts.jsonl … ({', '.join(KINDS)})"
        )
    documents = {_document(line, path): line[1] for line in tables.get("documents", [])}
    marks: dict[str, dict[str, list[Mark]]] = {
        document: {kind: [] for kind in row.get("kinds", kinds) if kind in KINDS} for document, row in documents.items()
    }
    for kind in kinds:
        for line in tables[kind]:
            document = _document(line, path)
            if document not in documents:
                documents[document] = {"source": line[1].get("source") or document}
                marks[document] = {name: [] for name in kinds}
            marks[document][kind].append(_mark(kind, line, path))
    return Coding(
        name=path.name,
        documents=documents,
        marks={key: {kind: tuple(found) for kind, found in own.items()} for key, own in marks.items()},
    )


def _document(line: Line, path: Path) -> str:
    where, row = line
    document = row.get("document") or row.get("source")
    if not document:
        raise BadUsage(f"{path}: {where} names no document: fill its column `document` or `source`")
    return str(document)


def _mark(kind: str, line: Line, path: Path) -> Mark:
    where, row = line
    known = types(kind).keys() - NO_STATEMENT
    try:
        span = None if row.get("start") in (None, "") else Span(start=int(row["start"]), end=int(row["end"]))
        values = {column: canonical(kind, column, value) for column, value in row.items() if column in known}
        also = frozenset(canonical(kind, "deadline", day) for day in row.get("also", ()))
        raw = merge(sorted(_spans(row.get("raw_spans"))))
    except (KeyError, TypeError, ValueError) as error:
        raise BadUsage(f"{path}: {where}: {error}") from error
    quote = row.get("quote") or None
    if span is None and quote is None and not raw and kind != "provisions":
        raise BadUsage(f"{path}: {where} stands nowhere: fill `quote`, or `start` and `end`")
    return Mark(
        kind=kind,
        quote=quote if quote or kind != "provisions" else f"{row.get('label') or ''}{row.get('heading') or ''}",
        within=row.get("within"),
        span=span,
        raw=raw,
        values=values,
        also=also,
        open=row.get("rule") == OPEN or str(row.get("open") or "").strip().lower() not in NO,
    )


def _spans(value: Any) -> list[Span]:
    """Stretches as JSON has them, or "12-30; 40-41" as CSV does."""
    if isinstance(value, str):
        value = [piece.split("-") for piece in value.split(";") if piece.strip()]
    return [Span(start=int(start), end=int(end)) for start, end in value or ()]
