"""Programs that read the tables again: `reload.do` for Stata, `reload.R` for R without any package."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from zhengce.version import VERSION
from zhengce.write.columns import Column, columns

__all__ = ["write_reload"]

LABEL = 80  # characters of a variable's label in Stata
CLASSES = {"integer": "integer", "decimal": "numeric", "date": "Date"}


def write_reload(out: Path, books: Sequence[str]) -> None:
    """Write both programs beside the CSV files in the folder `out`; they are run from that folder.

    Stata: dates become daily dates, numbers double, all else strings, each variable has its label and each table is
    saved as `<table>_reloaded.dta`, so that none of the package's files is replaced. R: one data frame a table, labels
    as attributes. Raises OSError where a file cannot be written.
    """
    tables = [(table, held) for book in books for table, held in columns(book).items()]
    stata, r = "\n".join(_stata(tables)) + "\n", "\n".join(_r(tables)) + "\n"
    (out / "reload.do").write_text(stata, encoding="utf-8", newline="\n")
    (out / "reload.R").write_text(r, encoding="utf-8", newline="\n")


def _stata(tables: Sequence[tuple[str, Sequence[Column]]]) -> Iterator[str]:
    yield f"* made by zhengce {VERSION}: reads the CSV files of this folder (Stata 14 or later)"
    yield "version 14\nset more off"
    for table, held in tables:
        yield f"\n* {table}"
        yield (
            f'import delimited using "{table}.csv", clear varnames(1) encoding("utf-8") bindquote(strict) '
            "maxquotedrows(unlimited) stringcols(_all) case(preserve)"
        )
        if numbers := [column.name for column in held if column.type in ("integer", "decimal")]:
            yield from (f"destring {name}, replace" for name in numbers)
        for column in held:
            if column.type == "date":
                yield f'generate double {column.name}_ = daily({column.name}, "YMD")'
                yield f"order {column.name}_, after({column.name})"
                yield f"drop {column.name}\nrename {column.name}_ {column.name}\nformat {column.name} %td"
        for column in held:
            label = f"{column.label_zh} {column.label_en}"[:LABEL].replace('"', "'")
            yield f'label variable {column.name} "{label}"'
        yield f'save "{table}_reloaded.dta", replace'


def _r(tables: Sequence[tuple[str, Sequence[Column]]]) -> Iterator[str]:
    yield f"# made by zhengce {VERSION}: reads the CSV files of this folder; needs R alone"
    yield "read_table <- function(name, classes, labels) {"
    yield '  path <- file.path(paste0(name, ".csv"))'
    yield '  held <- read.csv(path, fileEncoding = "UTF-8-BOM", colClasses = classes, na.strings = "",'
    yield "                   check.names = FALSE, stringsAsFactors = FALSE)"
    yield '  for (column in names(labels)) attr(held[[column]], "label") <- labels[[column]]'
    yield "  held"
    yield "}"
    for table, held in tables:
        yield f"\n{table} <- read_table(\n  {_text(table)},"
        classes = (f"{_name(one.name)} = {_text(CLASSES.get(one.type, 'character'))}" for one in held)
        yield f"  c({', '.join(classes)}),"
        labels = (f"{_name(one.name)} = {_text(f'{one.label_zh} {one.label_en}')}" for one in held)
        yield f"  c({', '.join(labels)})\n)"


def _name(name: str) -> str:
    return f"`{name}`"


def _text(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
