"""What a dataset is published with: data package, codebook, citation, README, programs that read it again, manifest."""

from __future__ import annotations

import csv
import json
import re
import shutil
from pathlib import Path

import duckdb
import frictionless
import openpyxl
import pandas
import pyreadstat
import pytest
import yaml
from made_dataset import COLUMNS, REPORTS, TABLES, about, collect, decide, lay, rows
from test_batch import stand_in

from zhengce.lexicon import table as entries
from zhengce.write.columns import COMPARISON, DATASET, RECORDS, columns
from zhengce.write.manifest import differences

TITLE = '劳务品牌报道：{rows} "第一批" \\ 2025'
CREATORS = ("欧阳某某", 'O\'Neil, "X": y\t#z')
SHEETS = {row["table"]: row["sheet"] for row in entries("sheets")}
FORMATS = ("csv", "xlsx", "parquet", "duckdb", "dta", "sav", "labelstudio", "conll")


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dataset")
    collect(REPORTS, folder, formats=FORMATS, title=TITLE, creators=CREATORS, options={"rules_only": False})
    fact = rows(folder, "facts")[0]
    edits = decide(folder / "mine.jsonl", about(fact, "facts", "confirm"))
    collect(
        REPORTS, folder, formats=FORMATS, title=TITLE, creators=CREATORS, options={"rules_only": False}, edits=[edits]
    )
    edits.unlink()
    return folder


@pytest.fixture
def copy(out: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(out, tmp_path / "copy"))


# ---- the data package


def errors(folder: Path) -> set[str]:
    report = frictionless.validate(folder / "datapackage.json", limit_errors=50)
    return {error.type for task in report.tasks for error in task.errors} | {error.type for error in report.errors}


def test_the_data_package_is_valid(out: Path) -> None:
    assert errors(out) == set()
    told = json.loads((out / "datapackage.json").read_text(encoding="utf-8"))
    assert [Path(one["path"]).stem for one in told["resources"]] == TABLES
    assert (told["title"], told["contributors"][0]["title"]) == (" ".join(TITLE.split()), "欧阳某某")
    keys = {one["name"]: one["schema"].get("primaryKey") for one in told["resources"]}
    assert (keys["facts"], keys["reports"], keys["conflicts"]) == (["record"], ["report"], None)


@pytest.mark.parametrize(
    ("table", "column", "value", "error"),
    [
        ("brand_registry", "workers", "许多", "type-error"),
        ("reports", "date", "2025年", "type-error"),
        ("reports", "is_representative", "yes", "type-error"),
        ("reports", "document", "0" * 16, "foreign-key"),
        ("facts", "record", "", "primary-key"),
    ],
)
def test_a_broken_cell_is_found_by_the_data_package(
    copy: Path, table: str, column: str, value: str, error: str
) -> None:
    path = copy / f"{table}.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        held = list(csv.DictReader(file))
    held[0][column] = value
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(held[0]), lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(held)
    assert {"hash-count", error} <= errors(copy)


# ---- the papers


def test_the_citation_names_title_and_authors(out: Path) -> None:
    told = yaml.safe_load((out / "CITATION.cff").read_text(encoding="utf-8"))
    assert (told["cff-version"], told["type"], told["title"]) == ("1.2.0", "dataset", " ".join(TITLE.split()))
    assert [one["name"] for one in told["authors"]] == ["欧阳某某", 'O\'Neil, "X": y #z']
    assert re.fullmatch(r"\d+\.\d+\.\d+.*", told["version"])


def test_without_creators_the_citation_says_that_they_are_missing(tmp_path: Path) -> None:
    collect(lay(tmp_path / "in", "甲"), tmp_path / "out", process=stand_in)
    assert (
        "填写作者"
        in yaml.safe_load((tmp_path / "out" / "CITATION.cff").read_text(encoding="utf-8"))["authors"][0]["name"]
    )


def test_what_people_filled_in_stays_and_what_the_dataset_is_called_too(tmp_path: Path) -> None:
    out = tmp_path / "out"
    collect(lay(tmp_path / "in", "甲"), out, process=stand_in, title="甲卷", creators=["某甲"])
    collect([], out, process=stand_in, add=True)
    told = yaml.safe_load((out / "CITATION.cff").read_text(encoding="utf-8"))
    assert (told["title"], told["authors"]) == ("甲卷", [{"name": "某甲"}])
    collect([], out, process=stand_in, add=True, title="乙卷")
    assert "乙卷" in (out / "CITATION.cff").read_text(encoding="utf-8")
    mine = "cff-version: 1.2.0\ntitle: 我的\nlicense: CC-BY-4.0\n"
    (out / "CITATION.cff").write_text(mine, encoding="utf-8")
    collect([], out, process=stand_in, add=True)
    assert (out / "CITATION.cff").read_text(encoding="utf-8") == mine


def test_the_readme_has_the_counts(out: Path) -> None:
    text = (out / "README.md").read_text(encoding="utf-8")
    assert "# " + " ".join(TITLE.split()) in text.splitlines()
    for table in TABLES:
        assert f"| `{table}` | {SHEETS[table]} | {len(rows(out, table))} |" in text.splitlines()
    assert "30 份文件" in text
    assert "（1 条）" in text
    assert "rules_only=False" in text
    named = set(re.findall(r"`(\w[\w.]*\.(?:md|xlsx|json|do|R|cff))`", text))
    assert len(named) >= 7
    assert {name for name in named if not (out / name).is_file()} == set()


def test_the_readme_promises_only_what_is_there(tmp_path: Path) -> None:
    out = tmp_path / "out"
    collect(lay(tmp_path / "in", "甲"), out, process=stand_in, formats=("xlsx",))
    text = (out / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(\w[\w.]*\.(?:md|xlsx|json|do|R|cff))`", text))
    assert {name for name in named if not (out / name).is_file()} == set()


def test_the_codebook_explains_every_column_in_both_languages(out: Path) -> None:
    page = (out / "codebook.md").read_text(encoding="utf-8").splitlines()
    listed = [tuple(cell.value for cell in line) for line in openpyxl.load_workbook(out / "codebook.xlsx").active]  # type: ignore[union-attr]
    expected = []
    for table, told in COLUMNS.items():
        start = page.index(f"## {SHEETS[table]} `{table}`")
        for at, column in enumerate(told, start=start + 4):
            assert page[at].startswith(f"| `{column.name}` | ")
            shown = page[at].replace("\\|", "|")
            assert all(text in shown for text in (column.label_zh, column.label_en, column.meaning_zh, column.meaning))
            expected.append((table, SHEETS[table], column.name, column.label_zh, column.label_en, column.meaning_zh, column.meaning))  # fmt: skip  # noqa: E501
    assert [line[:3] + line[4:] for line in listed[1:]] == expected


@pytest.mark.parametrize("book", [RECORDS, COMPARISON, DATASET])
def test_labels_and_names_fit_and_every_meaning_is_told_in_chinese_too(book: str) -> None:
    for table, told in columns(book).items():
        assert len({column.name for column in told}) == len(told)
        for column in told:
            assert re.fullmatch(r"[a-z][a-z0-9_]{0,31}", column.name), (table, column.name)
            assert 0 < len(f"{column.label_zh} {column.label_en}") <= 80, (table, column.name)
            assert re.search("[一-龥]", column.meaning_zh), (table, column.name)
            assert column.meaning_zh.endswith("。"), (table, column.name)
            assert len(column.meaning) > 10, (table, column.name)


# ---- other formats, other people's formulas


def test_every_format_has_the_tables_of_both_books(out: Path) -> None:
    with duckdb.connect(str(out / "zhengce.duckdb"), read_only=True) as database:
        for table in TABLES:
            ((count,),) = database.execute(f'SELECT count(*) FROM "{table}"').fetchall()
            assert count == len(rows(out, table)), table
    book = openpyxl.load_workbook(out / "zhengce.xlsx", read_only=True)
    assert book.sheetnames[1:] == [SHEETS[table] for table in TABLES]
    for table in TABLES:
        names = [column.name for column in COLUMNS[table]]
        count = len(rows(out, table))
        assert pandas.read_parquet(out / f"{table}.parquet").shape == (count, len(names))
        for read in (pyreadstat.read_dta(out / f"{table}.dta"), pyreadstat.read_sav(out / f"{table}.sav")):
            assert (read[1].number_rows or 0) == count
            assert set(names) - {"text", "all", "all_"} <= set(read[1].column_names)
    shares = pandas.read_stata(out / "reports.dta")["is_representative"]
    assert shares.isin(["是", 1]).sum() == sum(row["is_representative"] for row in rows(out, "reports"))


def test_a_formula_in_a_title_is_never_run(tmp_path: Path) -> None:
    formula = '=HYPERLINK("https://example.org/","点这里")'
    collect(
        lay(tmp_path / "in", f"{formula}\n正文", "@甲\n正文"),
        tmp_path / "out",
        process=stand_in,
        formats=("csv", "xlsx"),
    )
    found = [row["title"] for row in rows(tmp_path / "out", "documents")]
    assert found == [formula, "@甲"]
    with (tmp_path / "out" / "documents.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["title"] for row in csv.DictReader(file)] == [f"'{formula}", "'@甲"]
    book = openpyxl.load_workbook(tmp_path / "out" / "zhengce.xlsx")
    cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line if cell.value in (formula, "@甲")]
    assert len(cells) >= 2
    assert {(cell.data_type, cell.hyperlink) for cell in cells} == {("s", None)}
    assert errors(tmp_path / "out") == set()


# ---- the manifest


def test_the_manifest_names_everything_and_no_place_of_this_machine(out: Path) -> None:
    text = (out / "manifest.json").read_text(encoding="utf-8")
    told = json.loads(text)
    assert len(told["inputs"]) == 30
    assert set(told["tables"]) == {f"{table}.{suffix}" for table in TABLES for suffix in ("csv", "jsonl")}
    assert "dataset_columns.tsv" in told["lexicons"]
    assert str(out) not in text
    assert str(Path.home()) not in text
    assert re.fullmatch("[0-9a-f]{64}", told["edits"])


def test_what_differs_between_manifests_is_named(out: Path) -> None:
    told = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert list(differences(told, told)) == []
    changed = told | {
        "inputs": told["inputs"][1:], "options": {"rules_only": True}, "edits": None,
        "lexicons": told["lexicons"] | {"units.tsv": "0"}, "tables": told["tables"] | {"facts.csv": "0"},
        "models": {name: digest for name, digest in told["models"].items() if name != "judge/goal.json"},
    }  # fmt: skip
    assert list(differences(told, changed)) == [
        "lexicons: units.tsv", "models: judge/goal.json", "options: rules_only", "edits",
        "inputs: 1 other or missing", "tables: facts.csv",
    ]  # fmt: skip
