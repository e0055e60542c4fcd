"""What the page of a document shows, as plain values for its template and its script."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from zhengce.write.amount import amount
from zhengce.write.cell import cell
from zhengce.write.columns import Column
from zhengce.write.compare_terms import LANGUAGES, Language
from zhengce.write.enumeration import Choice, enumeration
from zhengce.write.kind import Kind, kinds
from zhengce.write.own_column import own_columns
from zhengce.write.page import words
from zhengce.write.page_text import Fix, Highlight, page_text

__all__ = ["document_view", "label_words", "schema"]

Row = Mapping[str, Any]
NAMES = ("indicator", "instrument", "department", "department_text", "name", "title", "number")  # what it is about


def document_view(
    rows: Mapping[str, Sequence[Row]], raw: str | None, fixes: tuple[Sequence[Fix], Sequence[Fix]], lang: Language
) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the template shows of a document, and what the script has to know.

    `rows` are those of one document by table, `raw` its raw text where the run has kept it, `fixes` the repairs in the
    clean text and in the raw one.
    """
    (about,) = rows["documents"]
    found = _records(rows)
    labels = {row["provision"]: _place(row) for row in rows["provisions"]}
    text = list(page_text(about["text"], _highlights(found), fixes[0]))
    shown = {
        "about": about,
        "facts": list(_facts(about)),
        "provisions": [_provision(row, text) for row in rows["provisions"]],
        "notes": [row for row in rows["notes"] if row["doubt"] != "furniture"],
        "lines": text,
        "raw_lines": [] if raw is None else list(page_text(raw, _highlights(found, raw=True), fixes[1])),
        "cards": [_card(place, kind, row, labels, lang) for place, (kind, row) in enumerate(found)],
        "kinds": [
            {"table": kind.table, "count": sum(kind is one for one, _ in found), "key": number}
            for number, kind in enumerate(kinds(), start=1)
        ],
    }
    told = {
        "document": about["document"],
        "records": [
            [row["record"], kind.table, row["start"], row["end"], row["quote"], row["confidence"], _held(kind, row)]
            for kind, row in found
        ],
    }  # fmt: skip
    return shown, told


def _records(rows: Mapping[str, Sequence[Row]]) -> list[tuple[Kind, Row]]:
    """The records of all kinds in the order of the text."""
    found = [(kind, row) for kind in kinds() for row in rows[kind.table]]
    return sorted(found, key=lambda one: (one[1]["start"], one[1]["end"]))


def _highlights(found: Sequence[tuple[Kind, Row]], *, raw: bool = False) -> list[Highlight]:
    zh, en = (words("page_terms", lang) for lang in LANGUAGES)
    return [
        Highlight(
            start=start, end=end, number=number, kind=kind.table, label_zh=zh[f"kind.{kind.table}"],
            label_en=en[f"kind.{kind.table}"],
        )
        for number, (kind, row) in enumerate(found)
        for start, end in (row["raw_spans"] if raw else [(row["start"], row["end"])])
    ]  # fmt: skip


def _held(kind: Kind, row: Row) -> dict[str, object]:
    return {name: row[name] for name in own_columns(kind.table) if row[name] not in (None, [])}


def _facts(about: Row) -> Iterator[tuple[str, str, bool]]:
    """What the head of the page says of the document: the key of a word, a value, and whether that is a word's key."""
    told = {
        "number": about["number"], "issuers": cell(about["issuers"]), "region": about["region"],
        "written": about["written"], "published": about["published"], "characters": f"{about['characters']:,}",
        "damage": f"{float(about['damage'] or 0):.1%}", "source": about["source"],
    }  # fmt: skip
    yield "document_kind", f"value.documents.kind.{about['kind']}", True
    yield from ((key, str(value), False) for key, value in told.items() if value)


def _provision(row: Row, lines: Sequence[Any]) -> dict[str, Any]:
    return {"start": row["start"], "depth": min(int(row["depth"] or 0), 5), "words": _place(row)}


def _place(row: Row) -> str:
    return f"{row['label'] or ''} {row['heading'] or ''}".strip()


def _card(number: int, kind: Kind, row: Row, labels: Mapping[str, str], lang: Language) -> dict[str, Any]:
    held = _held(kind, row)
    name = next((held[column] for column in NAMES if column in held), "")
    value = amount(
        held.get("amount", held.get("value")), held.get("amount_max", held.get("value_max")), held.get("bound"),
        held.get("unit", "元" if "amount" in held else None), row.get("per") or (), lang=lang,
    )  # fmt: skip
    return {
        "number": number,
        "table": kind.table,
        "title": " ".join(filter(None, (str(name), value))),
        "quote": row["quote"],
        "raw_quote": row["raw_quote"] if row["raw_quote"] != row["quote"] else None,
        "fields": [
            (
                f"column.{kind.table}.{column}",
                f"value.{kind.table}.{column}.{told}" if own.choices else None,
                cell(told),
            )
            for column, own in own_columns(kind.table).items()
            if (told := held.get(column)) is not None
        ],
        "rule": row["rule"],
        "confidence": None if row["confidence"] is None else f"{float(row['confidence']):.2f}",
        "page": row["page"],
        "provision": labels.get(row["provision"], row["provision"]),
        "duplicate_of": row["duplicate_of"],
    }


def schema() -> dict[str, list[list[Any]]]:
    """What the script has to know to edit records: of each table the columns with type, choices, whether a value is
    needed, and what a new record has.
    """
    return {
        kind.table: [
            [name, own.column.type, [choice.value for choice in own.choices], not own.empty, own.default]
            for name, own in own_columns(kind.table).items()
        ]
        for kind in kinds()
    }


@cache
def label_words(lang: Language) -> Mapping[str, str]:
    """The names of columns and values by keys, as the words of pages have them."""
    told: dict[str, str] = {}
    for kind in kinds():
        for name, own in own_columns(kind.table).items():
            told[f"column.{kind.table}.{name}"] = _in(own.column, lang)
            told |= {f"value.{kind.table}.{name}.{one.value}": _in(one, lang) for one in own.choices}
    for table, column in (("documents", "kind"), ("notes", "doubt")):
        told |= {f"value.{table}.{column}.{one.value}": _in(one, lang) for one in enumeration(table, column)}
    return told


def _in(named: Column | Choice, lang: Language) -> str:
    return named.label_zh if lang == "zh" else named.label_en
