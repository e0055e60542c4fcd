"""The tables described for machines: a Frictionless data package of the CSV files."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from hashlib import file_digest
from pathlib import Path
from types import MappingProxyType

from zhengce.version import VERSION
from zhengce.write.columns import Column, columns
from zhengce.write.manifest import Made

__all__ = ["write_datapackage"]

# Table Schema of the Frictionless Data Package standard (version 1); lists and spans are text in a CSV cell
TYPES: Mapping[str, str] = MappingProxyType(
    {"text": "string", "integer": "integer", "decimal": "number", "date": "date", "boolean": "boolean"}
)
KEYS = {
    "documents": "document", "reports": "report", "brand_registry": "brand", "brand_observations": "observation",
    "event_registry": "event", "department_registry": "department_id", "instrument_registry": "instrument_id",
}  # fmt: skip
# column → the table and column that its values are from
REFERS = {"document": ("documents", "document"), "report": ("reports", "report"), "brand": ("brand_registry", "brand"),
          "instrument_id": ("instrument_registry", "instrument_id")}  # fmt: skip
UNHELD = frozenset({"audit"})  # decisions may be about documents that did not come


def write_datapackage(out: Path, made: Made, books: Sequence[str]) -> None:
    """Write `datapackage.json` for the CSV files in the folder `out`; raises OSError where it cannot.

    Every table has a primary key where it has one, and refers to `documents`, `reports` and the registries.
    """
    told = {
        "made_by": f"zhengce {VERSION}",
        "profile": "data-package",
        "name": "zhengce-dataset",
        "title": made.title or "zhengce dataset",
        "version": VERSION,
        "resources": [
            _resource(out, table, held) for book in books for table, held in columns(book).items()
        ],
    }  # fmt: skip
    if made.creators:
        told["contributors"] = [{"title": name, "role": "author"} for name in made.creators]
    text = json.dumps(told, ensure_ascii=False, indent=1)
    (out / "datapackage.json").write_text(text + "\n", encoding="utf-8", newline="\n")


def _resource(out: Path, table: str, held: Sequence[Column]) -> dict[str, object]:
    path = out / f"{table}.csv"
    with path.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
    schema: dict[str, object] = {"fields": [_field(column) for column in held], "missingValues": [""]}
    names = [column.name for column in held]
    if key := KEYS.get(table) or ("record" if names[0] == "record" else None):
        schema["primaryKey"] = [key]
    if keys := list(_foreign(table, names)):
        schema["foreignKeys"] = keys
    return {
        "name": table.replace("_", "-"), "path": path.name, "profile": "tabular-data-resource", "format": "csv",
        "mediatype": "text/csv", "encoding": "utf-8-sig", "bytes": path.stat().st_size, "hash": f"sha256:{digest}",
        "schema": schema,
    }  # fmt: skip


def _field(column: Column) -> dict[str, object]:
    told: dict[str, object] = {
        "name": column.name, "type": TYPES.get(column.type, "string"), "title": column.label,
        "description": column.meaning,
    }  # fmt: skip
    if column.type == "boolean":
        told |= {"trueValues": ["true"], "falseValues": ["false"]}
    return told


def _foreign(table: str, names: Sequence[str]) -> Iterator[dict[str, object]]:
    for column, (other, key) in REFERS.items():
        if column in names and other != table and table not in UNHELD:
            yield {"fields": [column], "reference": {"resource": other.replace("_", "-"), "fields": [key]}}
