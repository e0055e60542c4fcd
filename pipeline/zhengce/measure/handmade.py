"""Gold made by hand in JSON, a file a document, as rows of the tables."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from zhengce.errors import BadUsage
from zhengce.measure.table import Line

__all__ = ["read_handmade"]

Gold = Mapping[str, Any]

# from the guideline's words to those of the tables
BOUNDS = {"==": "=", "at_least_one_per": "each>=", "≥": ">=", "≤": "<=", "≈": "~"}
SUBSIDIES = {"unpriced mention": "unpriced", "disbursed-total": "disbursed"}
RELATIONS = {"self_alias": "self", "to_be_issued": "cited"}
NATURES = {"relative": "dated"}
BRANDS = ("labour_brand", "training_programme")
# no department in particular: 财政部门, 我
UNNAMED = re.compile(r"[\[*]|部门$|^我$")
# what each printed form of a label stands for
LEVELS = (
    (r"第?[一二三四五六七八九十百零〇]+、|第.+章", 1),
    (r"[（(][一二三四五六七八九十百零〇]+[）)]|第.+条", 2),
    (r"\d+[.．、]|[一二三四五六七八九十]+是", 3),
    (r"[（(]\d+[）)]|[①-⑳]", 4),
)
# under which keys a file may have the records of a kind
LISTS = {
    "targets": ("targets",),
    "facts": ("facts",),
    "subsidies": ("subsidies",),
    "assignments": ("responsibilities", "assignments"),
    "brands": ("brands",),
    "references": ("citations", "references"),
    "provisions": ("outline", "structure", "provisions"),
}
# columns that the files call by another name, or spell otherwise; all other columns are taken by their own
COLUMNS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "targets": {"bound": ("comparator",), "each": ("per",), "nature": ("cls",)},
    "facts": {"bound": ("comparator",)},
    "subsidies": {"bound": ("comparator",), "amount": ("amount_yuan",), "amount_max": ("amount_max_yuan",),
                  "rate": ("percent", "rate_percent"), "cap": ("cap_yuan",), "payee": ("beneficiaries",),
                  "condition": ("conditions",)},
    "assignments": {},
    "brands": {"name": ("canonical", "surface")},
    "references": {},
    "provisions": {},
}  # fmt: skip
SAME = {
    "targets": ("indicator", "unit", "starts", "scope", "modality", "responsible"),
    "facts": ("indicator", "unit", "period", "subject", "region", "tier"),
    "subsidies": ("instrument", "kind", "currency", "per", "payer"),
    "assignments": ("mode",),
    "brands": ("kind", "region", "industry", "workers", "output_yuan"),
    "references": ("title", "number", "issuer", "date", "relation"),
    "provisions": ("label", "heading"),
}


def read_handmade(folder: Path) -> dict[str, list[Line]]:
    """The gold of a folder of JSON files as tables; empty where it holds none.

    A row has the columns that its record states, `quote` (and `within`, a longer quote that holds it) or `raw_spans`,
    and `open`; each document is a row of `documents`, which `source` names, or else the name of the JSON file. The
    layouts are those of `corpora/*/gold` and of `../shared/gold`. Raises BadUsage for a file that is not such a gold.
    """
    tables: dict[str, list[Line]] = {}
    for path in sorted(folder.glob("*.json")):
        gold = _loaded(path)
        kinds = {kind: found for kind in LISTS if (found := _records(gold, kind)) is not None}
        if not kinds:
            continue
        named = str(gold.get("file") or path.stem)
        source = path.stem if "#" in named else PurePosixPath(named).name
        about = {"document": path.stem, "source": source, "kinds": list(kinds), "kind": gold.get("kind")}
        tables.setdefault("documents", []).append((path.name, about))
        for kind, records in kinds.items():
            lines = tables.setdefault(kind, [])
            for number, record in enumerate(records, 1):
                where = f"{path.name} {kind} {number}"
                try:
                    lines += [(where, {"document": path.stem} | row) for row in ROWS[kind](record)]
                except (KeyError, TypeError, AttributeError) as error:
                    raise BadUsage(f"{where} is not as gold is written ({error!r}): see corpora/README.md") from error
    return tables


def _loaded(path: Path) -> Gold:
    try:
        gold = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BadUsage(f"{path} is no JSON ({error}): mend it or take it out of the folder") from error
    return gold if isinstance(gold, dict) else {}


def _records(gold: Gold, kind: str) -> list[Gold] | None:
    """The records of a kind; None where it was not coded."""
    head = gold.get("document") or gold.get("header")
    if kind == "references" and isinstance(head, dict) and "cited_documents" in head:
        return list(head["cited_documents"])
    return next((list(gold[key]) for key in LISTS[kind] if isinstance(gold.get(key), list)), None)


def _placed(record: Gold) -> dict[str, Any]:
    spans = record.get("spans") or ([record] if "start" in record else [])
    words = record.get("span") or record.get("quote") or record.get("text_clean") or record.get("clause_text_clean")
    return {
        "quote": words or "".join(span.get("text", "") for span in spans) or None,
        "within": record.get("quote"),
        "raw_spans": [[span["start"], span["end"]] for span in spans],
        "open": bool(record.get("borderline")),
    }


def _stated(kind: str, record: Gold) -> dict[str, Any]:
    named = {column: keys for column, keys in COLUMNS[kind].items() if any(key in record for key in keys)}
    return {column: record[column] for column in SAME[kind] if column in record} | {
        column: next((record[key] for key in keys if record.get(key) not in (None, "")), None)
        for column, keys in named.items()
    }


def _range(record: Gold) -> dict[str, Any]:
    low, high = record.get("value_min"), record.get("value_max")
    if low is None:
        low, high = high, None
    return {"value": low, "value_max": None if high == low else high}


def _target(record: Gold) -> Iterator[dict[str, Any]]:
    row = _placed(record) | _stated("targets", record) | _range(record)
    deadline, told = _day(record.get("deadline")), record.get("deadline")
    kind = record.get("deadline_type") or (told.get("type") if isinstance(told, dict) else None)
    others = [_day(record.get(key)) for key in ("deadline_context", "deadline_alternative")]
    if kind == "from":  # the first day, which files write in the place of the last
        others, deadline, row["starts"] = [*others, deadline], None, row.get("starts") or deadline
    row |= {"deadline": deadline, "also": [day for day in others if day], "bound": _word(BOUNDS, row.get("bound"))}
    row["nature"] = _word(NATURES, row.get("nature"))
    row["open"] = row["open"] or record.get("cls") in ("qualitative", "relative")
    if row["bound"] != "each>=":
        row.pop("each", None)
    yield row


def _fact(record: Gold) -> Iterator[dict[str, Any]]:
    value = record.get("value")
    low = value if value not in (None, "") else record.get("value_min")
    row = _placed(record) | _stated("facts", record) | {"value": low}
    if "value_max" in record:
        row["value_max"] = record["value_max"]
    yield row | {"bound": _word(BOUNDS, row.get("bound"))}


def _subsidy(record: Gold) -> Iterator[dict[str, Any]]:
    row = {"amount_max": None, "per": None} | _placed(record) | _stated("subsidies", record)
    row |= {"kind": _word(SUBSIDIES, row.get("kind")), "bound": _word(BOUNDS, row.get("bound"))}
    if instrument := row.get("instrument"):
        row["instrument"] = instrument.removesuffix("(泛指)")
    yield row


def _assignments(record: Gold) -> Iterator[dict[str, Any]]:
    for department in record.get("departments", []):
        name = department.get("canonical")
        yield (
            _placed(record)
            | _stated("assignments", record)
            | {
                "department": name or department.get("surface"),
                "department_text": department.get("surface"),
                "role": department.get("role"),
                "open": bool(record.get("borderline")) or not name or bool(UNNAMED.search(name)),
            }
        )


def _brand(record: Gold) -> Iterator[dict[str, Any]]:
    if record["kind"] in BRANDS:
        row = _placed(record) | _stated("brands", record)
        yield row | {"open": row["open"] or bool(record.get("redacted"))}


def _reference(record: Gold) -> Iterator[dict[str, Any]]:
    row = _placed(record) | _stated("references", record)
    row["relation"] = _word(RELATIONS, row.get("relation"))
    row["open"] = row["open"] or bool(record.get("redacted")) or not (row.get("title") or row.get("number"))
    yield row


def _provision(record: Gold) -> Iterator[dict[str, Any]]:
    if label := record.get("label"):
        level = next((level for pattern, level in LEVELS if re.fullmatch(pattern, label.strip())), None)
        yield _placed(record) | _stated("provisions", record) | {"level": level}


def _word(words: Mapping[str, str], said: Any) -> Any:
    return words.get(said, said) if isinstance(said, str) else said


def _day(value: Any) -> Any:
    return value.get("iso") if isinstance(value, dict) else value


ROWS: Mapping[str, Callable[[Gold], Iterable[dict[str, Any]]]] = {
    "targets": _target,
    "facts": _fact,
    "subsidies": _subsidy,
    "assignments": _assignments,
    "brands": _brand,
    "references": _reference,
    "provisions": _provision,
}
