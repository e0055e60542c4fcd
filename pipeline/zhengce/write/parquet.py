"""The tables as Parquet files, typed by the codebook."""

from __future__ import annotations

import csv
import datetime
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, cast

from zhengce.errors import BadUsage
from zhengce.version import VERSION
from zhengce.write.columns import BOXES, COMPARISON, OBJECTS, RECORDS, Column, columns
from zhengce.write.exact import DECIMALS, DIGITS, fits_decimal, unfit
from zhengce.write.replacing import replacing
from zhengce.write.stored import stored

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["check_parquet", "write_parquet"]

BATCH = 5_000
WIDE = ("compare_wide", "indicators_wide")


def check_parquet() -> None:
    """Raises BadUsage where pyarrow is not installed: said before hours of reading rather than after."""
    try:
        import pyarrow.parquet  # noqa: F401
    except ImportError as error:
        raise BadUsage('Parquet needs pyarrow: pip install "zhengce[parquet]"') from error


def write_parquet(out: Path, book: str = RECORDS) -> None:
    """Write `<table>.parquet` beside each `<table>.jsonl` of the run in the folder `out`.

    Integers are int64, decimals decimal128(38, 10), dates date32, lists list<string>, spans list<list<int64>>, boxes
    list<list<double>>, the parts of a document JSON text. A column of decimals of which one does not fit is text, so
    that no digit is lost. Labels and meanings are in the metadata of the columns. The wide tables of a comparison,
    whose columns depend on its documents, are written too where `write_wide` has made them. Raises BadUsage where
    pyarrow is not installed, OSError where a file cannot be written.
    """
    check_parquet()
    import pyarrow as pa
    from pyarrow.parquet import ParquetWriter

    for table, table_columns in (*columns(book).items(), *_wide(out, book)):
        texts = unfit(stored(out, table), table_columns, fits_decimal)
        fields = [_field(column, column.name in texts) for column in table_columns]
        schema = pa.schema(fields, metadata={"zhengce": VERSION, "table": table})
        with replacing(out / f"{table}.parquet") as path, ParquetWriter(path, schema) as writer:
            for rows in _batches(stored(out, table)):
                values = [
                    [_value(row[column.name], column, column.name in texts) for row in rows] for column in table_columns
                ]
                arrays = [pa.array(held, field.type) for held, field in zip(values, fields, strict=True)]
                writer.write_batch(pa.record_batch(arrays, schema=schema))


def _wide(out: Path, book: str) -> Iterator[tuple[str, tuple[Column, ...]]]:
    """The wide tables of a comparison with their columns: integers where every value is one, else text."""
    for table in WIDE if book == COMPARISON else ():
        about = out / f"{table}_columns.csv"
        if not about.is_file():
            continue
        with about.open(encoding="utf-8-sig", newline="") as file:
            told = list(csv.DictReader(file))
        texts = {name for row in stored(out, table) for name, value in row.items() if isinstance(value, str)}
        yield table, tuple(
            Column(
                name=row["column"], type="text" if row["column"] in texts else "integer", label_zh=row["label_zh"],
                label_en=row["label_en"], meaning=row["meaning"],
            )
            for row in told
        )  # fmt: skip


def _batches(rows: Iterator[Mapping[str, object]]) -> Iterator[Sequence[Mapping[str, object]]]:
    while held := list(islice(rows, BATCH)):
        yield held


def _field(column: Column, as_text: bool) -> pa.Field:
    import pyarrow as pa

    types: dict[str, Callable[[], pa.DataType]] = {
        "text": pa.string,
        "integer": pa.int64,
        "decimal": pa.string if as_text else lambda: pa.decimal128(DIGITS, DECIMALS),
        "date": pa.date32,
        "boolean": pa.bool_,
        "list": lambda: pa.list_(pa.string()),
        "spans": lambda: pa.list_(pa.list_(pa.int64())),
    }
    told = {"label_zh": column.label_zh, "label_en": column.label_en, "meaning": column.meaning}
    odd = {BOXES: pa.list_(pa.list_(pa.float64())), OBJECTS: pa.string()}
    return pa.field(column.name, odd.get(column.name) or types[column.type](), metadata=told)


def _value(value: object, column: Column, as_text: bool) -> object:
    if value is None or column.name == BOXES:
        return value
    if column.name == OBJECTS:
        return json.dumps(value, ensure_ascii=False)
    match column.type:
        case "decimal":
            return str(value) if as_text else Decimal(str(value))
        case "date":
            return datetime.date.fromisoformat(str(value))
        case "list":
            return [str(one) for one in cast(Sequence[object], value)]
        case "text":
            return str(value)
        case _:
            return value
