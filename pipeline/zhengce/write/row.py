"""One document and its records as plain rows, ready for JSON."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from decimal import Decimal

from zhengce.document import Citation, Document, Note, Part, Provision
from zhengce.record import TABLES, Record, Reference, identified
from zhengce.text import Span
from zhengce.version import VERSION

__all__ = ["Row", "citation_row", "plain", "rows"]

Row = dict[str, object]


def rows(document: Document, records: Iterable[Record]) -> dict[str, list[Row]]:
    """The tables of one document, keyed by table name, with the keys of `lexicons/columns.tsv` in their order.

    Values are what JSON has: decimals are plain decimal strings, dates ISO 8601, spans [start, end] in code points,
    boxes [page, x0, top, x1, bottom] in points, what is missing is None. The id of a record counts the records of its
    kind in the order of the text, from 1. Raises KeyError for a record of a type that has no table: the caller's fault.
    """
    named = list(identified(document.id, records))
    records = [record for _, record in named]
    tables: dict[str, list[Row]] = {
        "documents": [_document_row(document, records)],
        "provisions": [_provision_row(document, provision) for provision in document.provisions],
    }
    tables |= {table: [] for table in TABLES.values()}
    for name, record in named:
        tables[TABLES[type(record)]].append(_record_row(record, name))
    tables["notes"] = [_note_row(document, note) for note in document.notes]
    return tables


def _document_row(document: Document, records: Iterable[Record]) -> Row:
    source, header = document.raw.source, document.header
    about: Row = {field.name: plain(getattr(header, field.name)) for field in fields(header)}
    return {
        "document": document.id,
        "source": source.name,
        "copies": list(source.copies),
        "sha256": source.sha256,
        "media_type": source.media_type,
        "encoding": source.encoding,
        **about,
        "script": document.script,
        "damage": plain(document.damage),
        "truncated": any(note.doubt == "truncated" for note in document.notes),
        "characters": len(document.text),
        "text": document.text,
        "parts": [_part(part) for part in document.parts],
        "cites": _cites(records),
        "version": VERSION,
    }


def _part(part: Part) -> Row:
    return {
        "id": part.id,
        "kind": part.kind,
        "title": part.title,
        "byline": part.byline,
        "spans": [plain(part.span)],
        "issuers": list(part.header.issuers),
        "number": part.header.number,
        "written": plain(part.header.written),
        "addressees": list(part.header.addressees),
    }


def _cites(records: Iterable[Record]) -> list[str]:
    others = (record for record in records if isinstance(record, Reference) and record.relation != "self")
    names = (other.title or other.number for other in others)
    return list(dict.fromkeys(name for name in names if name))


def _provision_row(document: Document, provision: Provision) -> Row:
    return {
        "document": document.id,
        "provision": provision.id,
        "parent": provision.parent,
        "level": provision.level,
        "depth": provision.depth,
        "label": provision.label,
        "heading": provision.heading,
        "anomaly": provision.anomaly,
        "start": provision.span.start,
        "end": provision.span.end,
        "raw_spans": plain(document.trace(provision.span)),
        "body_start": provision.body.start,
        "body_end": provision.body.end,
    }


def _note_row(document: Document, note: Note) -> Row:
    return {
        "document": document.id,
        "doubt": note.doubt,
        "message": note.message,
        "start": note.span.start,
        "end": note.span.end,
        "raw_spans": plain(document.trace(note.span) if note.raw_spans is None else note.raw_spans),
    }


def _record_row(record: Record, name: str) -> Row:
    values: Row = {
        field.name: plain(getattr(record, field.name)) for field in fields(record) if field.name != "citation"
    }
    return {"record": name, **citation_row(record.citation), **values}


def citation_row(citation: Citation) -> Row:
    """The citation as every row of a record has it."""
    return {
        "document": citation.document,
        "part": citation.part,
        "provision": citation.provision,
        "quote": citation.quote,
        "start": citation.span.start,
        "end": citation.span.end,
        "raw_spans": plain(citation.raw_spans),
        "raw_quote": citation.raw_quote,
        "page": citation.page,
        "boxes": [list(box) for box in citation.boxes],
    }


def plain(value: object) -> object:
    """The value as JSON has it: plain decimal strings, ISO dates, spans as [start, end], lists for tuples."""
    match value:
        case Span(start=start, end=end):
            return [start, end]
        case Decimal():
            return _digits(value)
        case float():
            return _digits(Decimal(str(round(value, 6))))
        case date():
            return value.isoformat()
        case tuple():
            return [plain(item) for item in value]
        case _:
            return value


def _digits(number: Decimal) -> str:
    """The number written out.

    >>> [_digits(Decimal(number)) for number in ("1.5E+4", "4.50", "100", "0.00")]
    ['15000', '4.5', '100', '0']
    """
    digits = format(number, "f")
    return digits.rstrip("0").rstrip(".") if "." in digits else digits
