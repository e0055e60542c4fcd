"""Sheets that people fill in: CSV as spreadsheet programs save it, and Excel workbooks, as rows of cells."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from zipfile import BadZipFile

from zhengce.errors import BadUsage

__all__ = ["read_sheets"]

ENCODINGS = ("utf-8-sig", "gb18030")  # Excel of a Chinese Windows saves CSV in the latter


def read_sheets(file: Path) -> Iterator[tuple[str, list[Sequence[object]]]]:
    """The sheets of a file with their names and rows; a CSV or TSV file is one sheet that is called as the file.

    Raises BadUsage, with what to do, for a file that cannot be read.
    """
    try:
        if file.suffix.lower() == ".xlsx":
            yield from _workbook(file)
        else:
            yield file.stem, _csv(file)
    except OSError as error:
        raise BadUsage(f"{file} cannot be read: {error}") from error


def _csv(file: Path) -> list[Sequence[object]]:
    between = "\t" if file.suffix.lower() == ".tsv" else ","
    for encoding in ENCODINGS:
        try:
            with file.open(encoding=encoding, newline="") as lines:
                return [[_active(cell) for cell in row] for row in csv.reader(lines, delimiter=between)]
        except UnicodeDecodeError:
            continue
    raise BadUsage(f"{file} is neither UTF-8 nor GB 18030: save it as CSV UTF-8")


def _active(cell: str) -> str:
    """The cell without the apostrophe that `write.table` puts before what a spreadsheet would run."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in set("=+-@\t\r") else cell


def _workbook(file: Path) -> Iterator[tuple[str, list[Sequence[object]]]]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(file, read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError) as error:
        raise BadUsage(f"{file} is no Excel workbook ({error}): save it as xlsx") from error
    for sheet in book.worksheets:
        yield sheet.title, [list(row) for row in sheet.iter_rows(values_only=True)]
    book.close()
