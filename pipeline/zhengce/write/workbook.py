"""The tables as one Excel workbook, with its codebook as the first sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from zhengce.write.cell import cell
from zhengce.write.columns import RECORDS, Column, columns, sheets
from zhengce.write.replacing import replacing
from zhengce.write.stored import stored
from zhengce.write.xlsx_cell import EPOCH, OFF, fitted, put

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

__all__ = ["write_xlsx"]

CODEBOOK = "说明"
SHEET_ROWS = 1_048_575  # Excel's own limit, without the header
WIDE = frozenset({"quote", "raw_quote", "group", "message", "title", "heading", "condition"})
WIDTHS = {"integer": 9, "decimal": 14, "date": 12, "boolean": 10, "spans": 14, "list": 24, "text": 18}


def write_xlsx(out: Path, books: Sequence[str] = (RECORDS,), *, sheet_rows: int = SHEET_ROWS) -> None:
    """Write `zhengce.xlsx` from the JSON lines of the run in the folder `out`.

    A sheet a table, its columns explained in the sheet 说明; a table of more than `sheet_rows` rows goes on in a next
    sheet. Integers and decimals are numbers (text, where Excel would round them), all else is text, and never a
    formula or a link. What exceeds a cell is cut and says where the whole is. Raises OSError where it cannot write.
    """
    from xlsxwriter.exceptions import FileCreateError
    from xlsxwriter.workbook import Workbook

    with replacing(out / "zhengce.xlsx") as path:
        book = Workbook(str(path), {"constant_memory": True, **OFF})
        book.set_properties({"author": "zhengce", "created": EPOCH})
        held = {table: told for name in books for table, told in columns(name).items()}
        _codebook(book, held)
        whole = book.add_format({"num_format": "0"})  # else Excel shows 1200000000000 as 1.2E+12
        for table, table_columns in held.items():
            _table(book, (table, table_columns), stored(out, table), sheet_rows, whole)
        try:
            book.close()
        except FileCreateError as error:
            raise OSError(f"{path}: {error}") from error


def _codebook(book: Workbook, tables: Mapping[str, Sequence[Column]]) -> None:
    widths = {
        "table": 13, "sheet": 8, "column": 16, "type": 9, "label_zh": 14, "label_en": 18, "meaning_zh": 60,
        "meaning": 100,
    }  # fmt: skip
    sheet = _sheet(book, CODEBOOK, widths)
    at = 0
    for table, table_columns in tables.items():
        for column in table_columns:
            at += 1
            labels = (column.label_zh, column.label_en, column.meaning_zh, column.meaning)
            line = (table, sheets()[table], column.name, column.type, *labels)
            for place, text in enumerate(line):
                sheet.write_string(at, place, text)
    sheet.autofilter(0, 0, at, len(widths) - 1)


def _table(
    book: Workbook,
    told: tuple[str, Sequence[Column]],
    rows: Iterator[dict[str, object]],
    sheet_rows: int,
    whole: Format,
) -> None:
    table, table_columns = told
    widths = {column.name: 60 if column.name in WIDE else WIDTHS[column.type] for column in table_columns}
    number, at = 1, 0
    sheet = _sheet(book, sheets()[table], widths)
    for row in rows:
        if at == sheet_rows:
            sheet.autofilter(0, 0, at, len(widths) - 1)
            number, at = number + 1, 0
            sheet = _sheet(book, f"{sheets()[table]} {number}", widths)
        at += 1
        for place, column in enumerate(table_columns):
            put(sheet, (at, place), column.type, _shown(table, column, row), whole)
    sheet.autofilter(0, 0, at, len(widths) - 1)


def _sheet(book: Workbook, name: str, widths: Mapping[str, int]) -> Worksheet:
    sheet: Worksheet = book.add_worksheet(name)
    head = book.add_format({"bold": True, "bottom": 1})
    for place, (column, width) in enumerate(widths.items()):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, column, head)
    sheet.freeze_panes(1, 0)
    return sheet


def _shown(table: str, column: Column, row: Mapping[str, object]) -> str:
    if (table, column.name) == ("documents", "text"):
        return f"正文见 documents.jsonl, document {row['document']} (the text is there; a cell is too small for it)"
    text = cell(row[column.name])
    name = next(iter(row))  # the first column is the key: record, document or source
    return fitted(text, f" [截断, 全文见 cut here, the whole is in {table}.jsonl, {name} {cell(row[name])[:200]}]")
