"""Datasets for tests: made of the invented reports, and of short ones made here; their tables as rows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from zhengce.collecting import Collected, run
from zhengce.write.columns import DATASET, RECORDS, columns
from zhengce.write.stored import stored

REPORTS = Path(__file__).parents[1] / "corpora" / "reports" / "train"
COLUMNS = {table: told for book in (RECORDS, DATASET) for table, told in columns(book).items()}
TABLES = list(COLUMNS)
LINKED = [table for table in columns(DATASET) if table not in ("reports", "audit")]
Rows = list[dict[str, Any]]


def collect(inputs: Sequence[Path] | Path, out: Path, **options: Any) -> Collected:
    """A dataset of JSON lines alone, unless formats are given."""
    given = inputs if isinstance(inputs, Sequence) else [inputs]
    return run(given, out, **({"formats": ("jsonl",)} | options))


def rows(out: Path, table: str) -> Rows:
    return list(stored(out, table))


def row_of(out: Path, table: str, **values: object) -> dict[str, Any]:
    """The one row that has these values."""
    (found,) = (row for row in rows(out, table) if all(row[name] == value for name, value in values.items()))
    return found


def held(out: Path, tables: Iterable[str] = LINKED) -> dict[str, list[str]]:
    """Linked tables as lines, whose order is none of theirs, without names of files."""
    return {table: sorted(_line(row) for row in rows(out, table)) for table in tables}


def _line(row: dict[str, Any]) -> str:
    return json.dumps({name: value for name, value in row.items() if name not in ("source", "copies")}, sort_keys=True)


def lay(folder: Path, *texts: str) -> list[Path]:
    """Reports in files of a folder that is made."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"r{at}.txt" for at in range(len(texts))]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, encoding="utf-8")
    return paths


def decide(path: Path, *decisions: dict[str, Any]) -> Path:
    """A corrections file; who and when are filled in where they are not told."""
    told = [{"coder": "甲", "time": f"2026-03-01T09:{at:02}:00+08:00"} | one for at, one in enumerate(decisions)]
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in told), encoding="utf-8")
    return path


def about(row: dict[str, Any], table: str, action: str, **decided: object) -> dict[str, Any]:
    """A decision about a record."""
    return {
        "action": action, "document": row["document"], "table": table, "record": row["record"], "quote": row["quote"],
        "start": row["start"], "end": row["end"], "decided": decided,
    }  # fmt: skip


def ids(out: Path) -> dict[str, set[str]]:
    """What a row may refer to, by the column that refers to it."""
    records = {row["record"] for table in TABLES if COLUMNS[table][0].name == "record" for row in rows(out, table)}
    observed = {row["observation"] for row in rows(out, "brand_observations")}
    held = {
        "document": {row["document"] for row in rows(out, "documents")},
        "report": {row["report"] for row in rows(out, "reports")},
        "brand": {row["brand"] for row in rows(out, "brand_registry")},
        "instrument_id": {row["instrument_id"] for row in rows(out, "instrument_registry")},
        "record": records, "observation": observed,
    }  # fmt: skip
    held["provisions_led"] = {f"{row['document']}-{row['provision']}" for row in rows(out, "provisions")}
    return held


def refers(table: str, column: str) -> str | None:
    if column in ("copied_from", "representative"):
        return "report"
    if table == "brand_registry" and column.endswith("_record"):
        return "observation"
    if column == "duplicate_of":
        return "observation" if table == "brand_observations" else "record"
    plural = {"reports": "report", "records": "record", "documents": "document"}
    return plural.get(column, column)


def dangling(out: Path) -> set[tuple[str, str]]:
    known = ids(out)
    return {
        (table, name)
        for table in TABLES
        if table != "audit"  # what was rejected is gone
        for row in rows(out, table)
        for name, value in row.items()
        if value is not None and (sort := refers(table, name)) in known
        for one in (value if isinstance(value, list) else [value])
        if one not in known[str(sort)]
    }


def misquoted(out: Path) -> int:
    """How many quotes do not stand where they are said to; raises where there is none at all."""
    texts = {row["document"]: row["text"] for row in rows(out, "documents")}
    quoting = [row for table in TABLES for row in rows(out, table) if "quote" in row and "start" in row]
    assert quoting
    return sum(row["quote"] != texts[row["document"]][row["start"] : row["end"]] for row in quoting)
