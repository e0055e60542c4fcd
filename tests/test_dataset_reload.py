"""The programs that read a dataset again: run by R, and for Stata held to what its language and the tables have."""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from made_dataset import COLUMNS, REPORTS, TABLES, collect, rows

RESERVED = frozenset("_all _b byte _coef _cons double float if in int long _n _N _pi _pred _rc _skip strL using with".split())  # fmt: skip  # noqa: E501, SIM905


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dataset")
    collect(REPORTS, folder, formats=("csv",))
    return folder


R = """
source("reload.R")
for (name in commandArgs(TRUE)) {
  held <- get(name)
  for (column in names(held)) {
    kept <- !is.na(held[[column]])
    told <- c(name, column, class(held[[column]])[1], nrow(held), sum(kept),
              enc2utf8(attr(held[[column]], "label")), enc2utf8(as.character(held[[column]][kept][1])))
    writeLines(gsub("[\r\n\t]", " ", told), useBytes = TRUE)
  }
}
"""


@pytest.mark.skipif(not shutil.which("Rscript"), reason="R is not installed")
@pytest.mark.parametrize("locale", ["C", "C.UTF-8"])
def test_r_reads_every_table_typed_and_labelled(out: Path, tmp_path: Path, locale: str) -> None:
    (script := tmp_path / "read.R").write_text(R, encoding="utf-8")
    line = ["Rscript", "--vanilla", str(script), *TABLES]
    done = subprocess.run(line, cwd=out, capture_output=True, env=os.environ | {"LC_ALL": locale}, check=False)
    assert (done.returncode, done.stderr.decode()) == (0, "")
    lines = done.stdout.decode("utf-8").split("\n")
    read = [lines[at : at + 7] for at in range(0, len(lines) - 1, 7)]
    classes = {"integer": "integer", "decimal": "numeric", "date": "Date", "boolean": "logical"}
    for table, column, (name, called, kind, count, kept, label, first) in zip(*spread(), read, strict=True):
        assert (name, called, kind) == (table, column.name, classes.get(column.type, "character"))
        values = [row[column.name] for row in rows(out, table)]
        filled = [value for value in values if value not in (None, "", [])]
        assert (int(count), int(kept)) == (len(values), len(filled))
        assert label == f"{column.label_zh} {column.label_en}"
        if filled and column.type in ("text", "date", "boolean"):
            assert first.lower() == re.sub("[\r\n\t]", " ", str(filled[0])).lower()


def spread() -> tuple[list[str], list[Any]]:
    pairs = [(table, column) for table, told in COLUMNS.items() for column in told]
    return [table for table, _ in pairs], [column for _, column in pairs]


COMMANDS = {
    "import": r'import delimited using "(?P<file>\w+\.csv)", clear varnames\(1\) encoding\("utf-8"\) .*',
    "destring": r"destring (?P<name>\w+), replace",
    "generate": r'generate (double (?P<made>\w+) = daily\((?P<name>\w+), "YMD"\)|byte (?P<flag>\w+) = (?P<of>\w+) == "true" if (?P=of) != "")',  # noqa: E501
    "order": r"order (?P<made>\w+), after\((?P<name>\w+)\)",
    "drop": r"drop (?P<name>\w+)",
    "rename": r"rename (?P<name>\w+) (?P<made>\w+)",
    "format": r"format (?P<name>\w+) %td",
    "label": r'label variable (?P<name>\w+) "(?P<label>[^"`$\\]{1,80})"',
    "save": r'save "(?P<file>\w+)_reloaded\.dta", replace',
    "version": r"version 14", "set": r"set more off", "*": r"\*.*",
}  # fmt: skip


def stata(folder: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Each command of `reload.do` with its words; raises for what is no command of those that it may have."""
    for line in (folder / "reload.do").read_text(encoding="utf-8").splitlines():
        if line:
            word = line.split()[0]
            found = re.fullmatch(COMMANDS[word], line)
            assert found, line
            assert len(line) <= 4000
            yield word, {name: text for name, text in found.groupdict().items() if text}


def test_every_command_of_the_stata_program_is_about_what_is_there(out: Path) -> None:
    variables: dict[str, str] = {}
    saved = []
    for word, told in stata(out):
        if word == "import":
            with (out / told["file"]).open(encoding="utf-8-sig", newline="") as file:
                variables = dict.fromkeys(next(csv.reader(file)), "text")
            assert not RESERVED & set(variables)
            table = told["file"].removesuffix(".csv")
        elif word == "generate":
            made, name = (told["made"], told["name"]) if "made" in told else (told["flag"], told["of"])
            assert made not in variables
            assert len(made) <= 32
            assert name in variables
            variables[made] = "date" if "made" in told else "boolean"
        elif word == "rename":
            assert told["made"] not in variables
            variables[told["made"]] = variables.pop(told["name"])
        elif word == "drop":
            del variables[told["name"]]
        elif word == "save":
            types = {column.name: column.type for column in COLUMNS[table]}
            told_as = {"integer": "number", "decimal": "number", "date": "daily", "boolean": "boolean"}
            expected = {name: (told_as.get(kind, "text"), True) for name, kind in types.items()}
            assert {name: (kind.split()[0], kind.endswith("labelled")) for name, kind in variables.items()} == expected
            saved.append(told["file"])
        elif "name" in told:
            kind = variables[told["name"]]
            became = {"destring": "number", "format": "daily", "label": f"{kind} labelled"}
            variables[told["name"]] = became.get(word, kind)
    assert saved == TABLES
