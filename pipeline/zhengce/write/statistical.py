"""The tables as files of Stata and SPSS, labelled in both languages."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhengce.errors import BadUsage
from zhengce.version import VERSION
from zhengce.write.columns import RECORDS, columns
from zhengce.write.replacing import replacing
from zhengce.write.stored import stored
from zhengce.write.variable import Variable, variables

if TYPE_CHECKING:
    from pandas import DataFrame

__all__ = ["check_statistical", "write_spss", "write_stata"]

LARGEST_WHOLE = 2_147_483_620  # in Stata; what is above means missing
NUL, SHOWN_NUL = "\0", "␀"  # both programs end a text there
# Stata: characters of a label; format 118, which all editions from 14 on open; how values are shown
STATA_LABEL, STATA_VERSION = 80, 14
STATA_FORMATS = {"day": "%tdCCYY-NN-DD", "number": "%18.0g", "whole": "%12.0g"}
FIRST_STATA_DAY = datetime.date(1960, 1, 1)
# SPSS: bytes of a label, of a text, of a line of a note; days are seconds since the calendar began
SPSS_LABEL, SPSS_TEXT, SPSS_NOTE = 255, 32_767, 80
FIRST_SPSS_DAY = datetime.date(1582, 10, 14)
SECONDS_A_DAY = 86_400
WHOLE_TEXT = ("documents", "text")


def check_statistical() -> None:
    """Raises BadUsage where pyreadstat is not installed: said before hours of reading rather than after."""
    try:
        import pandas  # noqa: F401
        import pyreadstat  # noqa: F401
    except ImportError as error:
        raise BadUsage('Stata and SPSS need pyreadstat and pandas: pip install "zhengce[stata]"') from error


def write_stata(out: Path, books: Sequence[str] = (RECORDS,)) -> None:
    """Write `<table>.dta` (Stata 14 and later) beside each `<table>.jsonl` of `books` in the folder `out`.

    What becomes of a column is told by `variables`; dates are Stata's, and texts of any length are whole (strL). A
    NUL is written ␀. Raises BadUsage where pyreadstat is not installed, OSError where a file cannot be written.
    """
    check_statistical()
    import pyreadstat

    for table, made in _tables(out, books):
        with _place(out / f"{table}.dta") as path:
            pyreadstat.write_dta(
                _frame(made, FIRST_STATA_DAY, 1),
                str(path),
                version=STATA_VERSION,
                file_label=f"zhengce {VERSION} {table}",
                column_labels=[one.label[:STATA_LABEL] for one in made],
                variable_value_labels=_labels(made),
                variable_format={one.name: STATA_FORMATS[one.kind] for one in made if one.kind != "text"},
            )


def write_spss(out: Path, books: Sequence[str] = (RECORDS,)) -> None:
    """Write `<table>.sav` beside each `<table>.jsonl` of `books` in the folder `out`.

    As for Stata, but a text of more than 32,767 bytes is cut and says where the whole is, spaces at the end of a text
    are lost, and the texts of the documents are left out where one is longer, which a note in the file says. Raises
    BadUsage where pyreadstat is not installed, OSError where a file cannot be written.
    """
    check_statistical()
    import pyreadstat

    for table, made in _tables(out, books):
        kept, note = _shortened(table, made)
        with _place(out / f"{table}.sav") as path:
            pyreadstat.write_sav(
                _frame(kept, FIRST_SPSS_DAY, SECONDS_A_DAY),
                str(path),
                row_compress=True,  # SPSS pads every text to the longest
                file_label=f"zhengce {VERSION} {table}",
                note=note,
                column_labels=[_first_bytes(one.label, SPSS_LABEL) for one in kept],
                variable_value_labels=_labels(kept),
                variable_measure={
                    one.name: "nominal" if one.answers or one.kind == "text" else "scale" for one in kept
                },
                variable_format={one.name: shown for one in kept if (shown := _spss_format(one))},
            )


def _tables(out: Path, books: Sequence[str]) -> Iterator[tuple[str, list[Variable]]]:
    for book in books:
        for table, table_columns in columns(book).items():
            yield table, list(variables(table, table_columns, list(stored(out, table))))


@contextmanager
def _place(path: Path) -> Iterator[Path]:
    """Where to write; what pyreadstat cannot write is an OSError."""
    from pyreadstat import PyreadstatError, ReadstatError

    with replacing(path) as partial:
        try:
            yield partial
        except (PyreadstatError, ReadstatError) as error:
            raise OSError(f"{path}: {error}") from error


def _frame(made: Sequence[Variable], first: datetime.date, unit: int) -> DataFrame:
    """The variables as pyreadstat takes them; days are counted from `first` in units of which one has `unit`."""
    from pandas import DataFrame

    return DataFrame({one.name: _series(one, first, unit) for one in made})


def _series(one: Variable, first: datetime.date, unit: int) -> Any:
    """The values in a type that has a place for missing ones: none may turn whole numbers or days into others."""
    from pandas import StringDtype, array

    if one.kind == "text":
        texts = [str(value).replace(NUL, SHOWN_NUL) for value in one.values]
        return array(texts, dtype=StringDtype("python"))
    numbers: list[Any] = list(one.values)
    if one.kind == "day":
        numbers = [day if day is None else (day - first).days * unit for day in numbers]
    small = one.kind != "number" and all(number is None or abs(number) <= LARGEST_WHOLE for number in numbers)
    return array(numbers, dtype="Int32" if small else "Float64")


def _labels(made: Sequence[Variable]) -> dict[str, dict[int | float, str]]:
    return {one.name: dict(one.answers) for one in made if one.answers}


def _shortened(table: str, made: Sequence[Variable]) -> tuple[list[Variable], list[str]]:
    """The variables as SPSS can hold them, and the lines of the note in the file."""
    kept: list[Variable] = []
    note: list[str] = []
    keys = made[0].values
    for one in made:
        if one.kind != "text" or all(_fits(str(value)) for value in one.values):
            kept.append(one)
        elif (table, one.column) == WHOLE_TEXT:
            note = [f"正文见 {table}.jsonl", f"{one.name} is in {table}.jsonl: too long for SPSS"]
        else:
            cut = [_fitted(str(value), table, str(key)) for value, key in zip(one.values, keys, strict=True)]
            kept.append(replace(one, values=cut))
    return kept, [_first_bytes(line, SPSS_NOTE) for line in note]


def _fits(text: str) -> bool:
    return 4 * len(text) <= SPSS_TEXT or len(text.encode()) <= SPSS_TEXT


def _fitted(text: str, table: str, key: str) -> str:
    rest = f" [截断, 全文见 cut here, the whole is in {table}.jsonl, {key[:200]}]"
    return text if _fits(text) else _first_bytes(text, SPSS_TEXT - len(rest.encode())) + rest


def _first_bytes(text: str, length: int) -> str:
    return text.encode()[:length].decode(errors="ignore")


def _spss_format(one: Variable) -> str:
    """How SPSS shows a number; else it would round to two decimals, and a date would be a count of seconds."""
    if one.kind == "day":
        return "SDATE10"
    if one.kind == "number":
        most = max((len(f"{value:.10f}".rstrip("0").partition(".")[2]) for value in one.values if value), default=0)
        return f"F20.{most}"
    return "F12.0" if one.kind == "whole" else ""
