"""Programs that read the tables again: `reload.do` for Stata, `reload.R` for R without any package."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from zhengce.version import VERSION
from zhengce.write.columns import Column, columns

__all__ = ["write_reload"]

# how a variable of another type is made of a string variable in Stata
MADE = {"date": 'double {0}_ = daily({0}, "YMD")', "boolean": 'byte {0}_ = {0} == "true" if {0} != ""'}
BREAK = "\n    "
LABEL = 80  # characters of a variable's label in Stata
CLASSES = {"integer": "integer", "decimal": "numeric", "date": "Date", "boolean": "logical"}


def write_reload(out: Path, books: Sequence[str]) -> None:
    """Write both programs beside the CSV files in the folder `out`; they are run from that folder.

    Stata: dates become daily dates, numbers are numbers, true and false 1 and 0, all else strings, each variable has
    its label and each table is saved as `<table>_reloaded.dta`, so that none of the package's files is replaced. R: one
    data frame a table, labels as attributes; in any locale, so the program is ASCII and nothing is re-encoded. Raises
    OSError where a file cannot be written.
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
            if made := MADE.get(column.type):
                yield f"generate {made.format(column.name)}"
                yield f"order {column.name}_, after({column.name})"
                yield f"drop {column.name}\nrename {column.name}_ {column.name}"
            if column.type == "date":
                yield f"format {column.name} %td"
        for column in held:
            label = column.label[:LABEL].replace('"', "'")
            yield f'label variable {column.name} "{label}"'
        yield f'save "{table}_reloaded.dta", replace'


def _r(tables: Sequence[tuple[str, Sequence[Column]]]) -> Iterator[str]:
    yield f"# made by zhengce {VERSION}: reads the CSV files of this folder; needs R alone"
    yield "read_table <- function(name, classes, labels) {"
    yield '  held <- read.csv(paste0(name, ".csv"), encoding = "UTF-8", col.names = names(classes), na.strings = "",'
    yield "                   colClasses = unname(classes), check.names = FALSE, stringsAsFactors = FALSE)"
    yield '  for (column in names(labels)) attr(held[[column]], "label") <- labels[[column]]'
    yield "  held"
    yield "}"
    for table, held in tables:
        yield f"\n{table} <- read_table(\n  {_text(table)},"
        classes = (f"{_name(one.name)} = {_text(CLASSES.get(one.type, 'character'))}" for one in held)
        yield f"  c({f',{BREAK}'.join(classes)}),"
        labels = (f"{_name(one.name)} = {_text(one.label)}" for one in held)
        yield f"  c({f',{BREAK}'.join(labels)})\n)"


def _name(name: str) -> str:
    return f"`{name}`"


def _text(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(char if char.isascii() else f"\\u{{{ord(char):x}}}" for char in escaped) + '"'
