"""Back from the tables of a run to documents as they cite and are compared, or to reports as they are linked."""

from __future__ import annotations

import datetime
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, get_args, get_type_hints

from zhengce.compare.member import member
from zhengce.document import Block, Citation, Document, Header, Note, Part, Provision, Raw, Source
from zhengce.errors import BadUsage
from zhengce.linked import Report
from zhengce.pair import Member
from zhengce.record import TABLES, Record
from zhengce.text import Alignment, Segment, Span
from zhengce.write.columns import DATASET, ORIGINS, RECORDS, columns

__all__ = ["Held", "former", "held_by", "is_run", "original", "origins", "reports", "restored", "restored_one"]

Row = Mapping[str, Any]
Plain = dict[str, Any]
NEEDED = ("documents", "provisions", *TABLES.values())


def is_run(folder: Path) -> bool:
    """Whether a folder holds the tables of a run."""
    return all((folder / f"{table}.jsonl").is_file() for table in ("documents", "provisions"))


def former(folder: Path, table: str, book: str = RECORDS) -> Iterator[dict[str, Any]]:
    """The rows of one table of a former run with the columns that it has now, in order; what it lacks is empty.

    None for a table that the run has not. Raises BadUsage, with the file and line, for what is no table of zhengce.
    """
    path = folder / f"{table}.jsonl"
    held = columns(book)[table]
    needed = {"record", "document", "sha256", "start", "end", "quote", "outcome", "time"} & {one.name for one in held}
    for number, row in _lines(path):
        if missing := sorted(needed - set(row)):
            raise BadUsage(f"{path}, line {number}: no row of a table (no {', '.join(missing)})")
        yield {one.name: row.get(one.name, [] if one.type in ("list", "spans") else None) for one in held}


def origins(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """The rows of `origins.jsonl` of a run with their documents; none where an older version made the run.

    Raises BadUsage, with the file and line, for what zhengce did not write.
    """
    path = folder / f"{ORIGINS}.jsonl"
    for number, row in _lines(path):
        if set(row) != {"document", "raw", "blocks", "alignment"}:
            raise BadUsage(f"{path}, line {number}: no way back to a page")
        yield str(row["document"]), row


def original(about: Row, origin: Row, provisions: Iterable[Row] = (), notes: Iterable[Row] = ()) -> Document:
    """The document of which these are the rows in `documents` and `origins`, with its outline and notes: it cites as
    it did when it was read.

    Raises LookupError, TypeError or ValueError for rows that zhengce did not write.
    """
    source = Source(name=about["source"], sha256=about["sha256"], media_type=about["media_type"])
    alignment = _alignment(origin["alignment"])
    length = alignment.segments[-1].span.end if alignment.segments else 0
    if length != len(about["text"]):
        raise ValueError(f"the way back is that of {length} characters, the text has {len(about['text'])}")
    return Document(
        raw=Raw(source=source, text=origin["raw"], blocks=tuple(map(_block, origin["blocks"]))),
        text=about["text"], alignment=alignment, header=_typed(Header, about), script=about["script"],
        parts=tuple(map(_part, about["parts"])), provisions=tuple(map(_provision, provisions)),
        notes=tuple(map(_note, notes)),
    )  # fmt: skip


def restored(folder: Path) -> Iterator[Member]:
    """The documents in the tables (JSON lines) of a run, each with its units and records.

    Raises BadUsage, with the file and line, for what is no table of zhengce.
    """
    rows = {table: _by_document(folder / f"{table}.jsonl") for table in NEEDED}
    for document, held in rows["documents"].items():
        try:
            (row,) = held
            yield _member(row, {table: those.get(document, ()) for table, those in rows.items()})
        except (LookupError, TypeError, ValueError, ArithmeticError) as error:
            raise BadUsage(f"{folder}: document {document} cannot be read from its tables ({error!r})") from error


def restored_one(tables: Mapping[str, Sequence[Row]]) -> Member:
    """The document whose tables these are, with its units and records; raises LookupError or ValueError for others."""
    (row,) = tables["documents"]
    return _member(row, tables)


def reports(folder: Path) -> Iterator[Report]:
    """The reports in the tables (JSON lines) of a run: each part of each document, in the order of the tables.

    Raises BadUsage, with the file and line, for what is no table of zhengce.
    """
    rows = {table: _by_document(folder / f"{table}.jsonl") for table in ("documents", *TABLES.values())}
    for document, held in rows["documents"].items():
        try:
            (row,) = held
            yield from _reports(document, row, rows)
        except (LookupError, TypeError, ValueError, ArithmeticError) as error:
            raise BadUsage(f"{folder}: document {document} cannot be read from its tables ({error!r})") from error


@dataclass(slots=True, kw_only=True)
class Held:
    """What former runs hold: each document as the first run that has it has it, and the audit of what is taken."""

    documents: dict[str, dict[str, list[Plain]]] = field(default_factory=dict)
    failures: list[Plain] = field(default_factory=list)
    audit: list[Plain] = field(default_factory=list)


def held_by(runs: Iterable[Path]) -> Held:
    """The documents of former runs, each with its tables, and what travels with them.

    Raises BadUsage, with the file and line, for what is no table of zhengce.
    """
    found = Held()
    for run in dict.fromkeys(runs):
        taken: dict[str, dict[str, list[Plain]]] = {}
        for table in (name for name in columns(RECORDS) if name != "failures"):
            for row in former(run, table):
                if table == "documents":
                    taken.setdefault(row["document"], {name: [] for name in columns(RECORDS) if name != "failures"})
                if row["document"] not in taken:
                    raise BadUsage(f"{run / table}.jsonl: {row['document']} is no document of documents.jsonl")
                taken[row["document"]][table].append(_within(row))
        for document, row in origins(run):
            if document in taken:
                taken[document][ORIGINS] = [row]
        others = set(found.documents)
        found.audit += [row for row in former(run, "audit", DATASET) if row["document"] not in others]
        found.failures += former(run, "failures")
        found.documents |= {document: tables for document, tables in taken.items() if document not in others}
    return found


def _within(row: Plain) -> Plain:
    """A row without what linking said of it: a repeated record of another document is found anew."""
    other = row.get("duplicate_of")
    if isinstance(other, str) and not other.startswith(f"{row['document']}-"):
        return row | {"duplicate_of": None}
    return row


def _reports(document: str, row: Row, rows: Mapping[str, Mapping[str, list[Row]]]) -> Iterator[Report]:
    header = _typed(Header, row)
    found = [told for kind, table in TABLES.items() for told in _records(kind, rows[table].get(document, ()))]
    for part in row["parts"]:
        span = _span(*part["spans"][0])
        alone = len(row["parts"]) == 1
        written = part["written"] and datetime.date.fromisoformat(part["written"])
        yield Report(
            id=f"{document}-{part['id']}", document=document, part=part["id"], source=row["source"],
            title=part["title"] or (header.title if alone or span.start == 0 else None),
            number=part["number"] or (header.number if alone else None), kind=part["kind"], outlet=header.outlet,
            date=header.published or written or header.written, region=header.region, region_code=header.region_code,
            level=header.level, text=row["text"], span=span,
            records=tuple(one for one in found if one[1].citation.span in span),
        )  # fmt: skip


def _records(kind: type[Record], rows: Iterable[Row]) -> Iterator[tuple[str, Record]]:
    return ((told["record"], _record(kind, told)) for told in rows)


def _by_document(path: Path) -> Mapping[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for number, row in _lines(path):
        if not isinstance(row.get("document"), str):
            raise BadUsage(f"{path}, line {number}: no row of a table (no document)")
        found[row["document"]].append(row)
    return found


def _lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """The objects in JSON lines with the numbers of their lines; none where there is no file."""
    if not path.is_file():
        return
    with path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                row = json.loads(line)
            except ValueError as error:
                raise BadUsage(f"{path}, line {number}: no row of a table ({error!r})") from error
            if not isinstance(row, dict):
                raise BadUsage(f"{path}, line {number}: no row of a table ({line[:40]!r})")
            yield number, row


def _member(row: Row, rows: Mapping[str, Sequence[Row]]) -> Member:
    records = (told for kind, table in TABLES.items() for told in _records(kind, rows[table]))
    return member(
        row["document"], row["source"], _typed(Header, row), row["text"], [_part(told) for told in row["parts"]],
        [_provision(told) for told in rows["provisions"]], records,
    )  # fmt: skip


def _alignment(rows: Iterable[Sequence[int]]) -> Alignment:
    segments, at = [], 0
    for length, *ends in rows:
        verbatim = len(ends) == 1
        pairs = [(ends[0], ends[0] + length)] if verbatim else zip(ends[::2], ends[1::2], strict=True)
        came = tuple(_span(*pair) for pair in pairs)
        segments.append(Segment(span=_span(at, at + length), origins=came, verbatim=verbatim))
        at += length
    return Alignment(segments=tuple(segments))


def _block(row: Sequence[Any]) -> Block:
    start, end, kind, *place = row
    page, *box = place or (None,)
    held = (box[0], box[1], box[2], box[3]) if len(box) == 4 else None
    return Block(span=_span(start, end), kind=kind, page=page, box=held)


def _note(told: Row) -> Note:
    spans = tuple(_span(*pair) for pair in told["raw_spans"])
    return Note(doubt=told["doubt"], span=_span(told["start"], told["end"]), message=told["message"], raw_spans=spans)


def _part(told: Row) -> Part:
    return Part(
        id=told["id"], kind=told["kind"], title=told["title"], byline=told["byline"], span=_span(*told["spans"][0])
    )


def _provision(told: Row) -> Provision:
    return Provision(
        id=told["provision"], part=told["provision"].split(".")[0], label=told["label"], level=told["level"],
        depth=told["depth"], heading=told["heading"], span=_span(told["start"], told["end"]),
        body=_span(told["body_start"], told["body_end"]), parent=told["parent"], anomaly=told["anomaly"],
    )  # fmt: skip


def _record(kind: type[Record], told: Row) -> Record:
    citation = Citation(
        document=told["document"], part=told["part"], provision=told["provision"],
        span=_span(told["start"], told["end"]), quote=told["quote"],
        raw_spans=tuple(_span(*pair) for pair in told["raw_spans"]), raw_quote=told["raw_quote"], page=told["page"],
    )  # fmt: skip
    record: Record = _typed(kind, told, citation=citation)
    return record


def _typed(kind: type, told: Row, **given: object) -> Any:
    """A value object of plain values: decimals, dates and tuples are made of what JSON has for them."""
    hints = _hints(kind)
    return kind(
        **given, **{field.name: _value(hints[field.name], told[field.name]) for field in fields(kind)
                    if field.name not in given}
    )  # fmt: skip


@cache
def _hints(kind: type) -> dict[str, tuple[Any, ...]]:
    return {name: (hint, *get_args(hint)) for name, hint in get_type_hints(kind).items()}


def _value(kinds: tuple[Any, ...], value: object) -> object:
    if value is None:
        return None
    if isinstance(value, list):
        return tuple(value)
    for kind in (Decimal, float):
        if kind in kinds:
            return kind(str(value))
    return datetime.date.fromisoformat(str(value)) if datetime.date in kinds else value


def _span(start: int, end: int) -> Span:
    return Span(start=start, end=end)
