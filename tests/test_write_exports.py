"""The tables of a run as a database and as files of statistics programs, read back by others' readers."""

from __future__ import annotations

import datetime
import json
import math
import sys
from collections.abc import Iterator
from dataclasses import fields
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

import duckdb
import pandas
import pyreadstat
import pytest

from zhengce import batch
from zhengce.document import Document, Header, Note, Provision
from zhengce.errors import BadUsage
from zhengce.lexicon import table as entries
from zhengce.record import TABLES
from zhengce.write.clear import clear
from zhengce.write.columns import COMPARISON, RECORDS, Column, columns
from zhengce.write.duckdb_file import write_duckdb
from zhengce.write.enumeration import enumeration
from zhengce.write.jsonl import open_tables
from zhengce.write.statistical import write_spss, write_stata
from zhengce.write.stored import stored
from zhengce.write.variable import variables

SAMPLES = Path(__file__).parents[1] / "corpora" / "samples"
ODD = "甲\x00乙\u2028丙\r\n丁\t😀𠮷\"引'号\\"
LONG = "就业😀" * 9000


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("run")
    batch.run([path for path in SAMPLES.iterdir() if path.is_file()], folder, formats=("duckdb", "dta", "sav"))
    return folder


def row(table: str, **values: object) -> dict[str, object]:
    return {column.name: values.get(column.name) for column in columns()[table]}


def fill(folder: Path, **tables: list[dict[str, object]]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    with open_tables(folder) as append:
        append(tables)
    return folder


def select(folder: Path, query: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(folder / "zhengce.duckdb"), read_only=True) as database:
        return database.execute(query).fetchall()


# ---- DuckDB


def typed(column: Column, value: Any) -> object:
    if value is None:
        return None
    if column.name == "parts":
        return value
    match column.type:
        case "decimal":
            return Decimal(value)
        case "date":
            return datetime.date.fromisoformat(value)
        case _:
            return value


def test_duckdb_holds_every_value_of_every_table_typed(out: Path) -> None:
    total = 0
    for table, held in columns().items():
        found = select(out, f'SELECT * FROM "{table}"')
        parts = [place for place, column in enumerate(held) if column.name == "parts"]
        shown = [[json.loads(value) if at in parts else value for at, value in enumerate(line)] for line in found]
        assert shown == [[typed(column, one[column.name]) for column in held] for one in stored(out, table)]
        total += len(found)
    assert total > 200
    assert select(
        out, "SELECT typeof(amount), typeof(per), typeof(raw_spans), typeof(boxes) FROM subsidies LIMIT 1"
    ) == [("DECIMAL(38,10)", "VARCHAR[]", "BIGINT[][]", "DOUBLE[][]")]


def test_duckdb_explains_itself(out: Path) -> None:
    told = [
        (table, one.name, one.type, one.label_zh, one.label_en, one.meaning_zh, one.meaning)
        for table in columns()
        for one in columns()[table]
    ]
    assert select(out, "SELECT * FROM codebook") == told
    comments = {
        (table, column): comment
        for table, column, comment in select(out, "SELECT table_name, column_name, comment FROM duckdb_columns()")
    }
    for table, name, _, label_zh, label_en, _, meaning in told:
        assert comments[table, name] == f"{label_zh} {label_en}: {meaning}"
    tables = dict(select(out, "SELECT table_name, comment FROM duckdb_tables()"))
    assert tables["targets"].startswith("目标 targets. A forward-looking goal")
    assert "made by zhengce" in tables["codebook"]


def test_duckdb_keeps_odd_text_and_takes_no_digits_for_numbers(tmp_path: Path) -> None:
    fill(
        tmp_path / "a[1]*'b 文件",
        documents=[row("documents", document="0012345678901234", region_code="430000", text=ODD, topic="2020-01-01")],
        facts=[row("facts", quote=LONG, value="0.12345678901"), row("facts", value="-4.5")],
        targets=[row("targets", value="12345678901234567890.0123456789")],
    )
    folder = tmp_path / "a[1]*'b 文件"
    write_duckdb(folder)
    assert select(folder, "SELECT document, region_code, text, topic FROM documents") == [
        ("0012345678901234", "430000", ODD, "2020-01-01")
    ]
    assert select(folder, "SELECT value, quote = ? FROM facts".replace("?", f"'{LONG}'")) == [
        ("0.12345678901", True),
        ("-4.5", None),
    ]
    assert select(folder, "SELECT value FROM targets") == [(Decimal("12345678901234567890.0123456789"),)]
    assert sorted(path.suffix for path in folder.iterdir() if path.suffix != ".jsonl") == [".duckdb"], "no log, no part"


def test_duckdb_takes_any_books(tmp_path: Path) -> None:
    fill(tmp_path)
    with open_tables(tmp_path, COMPARISON) as append:
        append({"network_edges": [{"source": "甲", "target": "乙", "kind": "k", "weight": 2, "documents": ["a", "b"]}]})
    write_duckdb(tmp_path, (RECORDS, COMPARISON))
    assert select(tmp_path, "SELECT * FROM network_edges") == [("甲", "乙", "k", 2, ["a", "b"])]
    assert {name for (name,) in select(tmp_path, 'SELECT DISTINCT "table" FROM codebook')} == {
        *columns(),
        *columns(COMPARISON),
    }


def test_a_duckdb_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    fill(tmp_path, documents=[row("documents", published="some day")])
    with pytest.raises(duckdb.Error, match="some day"):
        write_duckdb(tmp_path)
    assert not [path for path in tmp_path.iterdir() if path.suffix != ".jsonl"]


# ---- enumerations


def literals(of: object) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The fields of a dataclass that are closed enumerations, with their values in the order of the type."""
    hints = get_type_hints(of)
    for field in fields(of):  # type: ignore[arg-type]
        held = [hints[field.name], *get_args(hints[field.name])]
        for one in held:
            if get_origin(one) is Literal:
                yield field.name, get_args(one)


def test_the_enumerations_are_those_of_the_types() -> None:
    sources = {"documents": (Header, Document), "provisions": (Provision,), "notes": (Note,)}
    sources |= {table: (made,) for made, table in TABLES.items()}
    wanted = {
        (table, name): values for table, types in sources.items() for made in types for name, values in literals(made)
    }
    found = {key: tuple(one.value for one in enumeration(*key)) for key in wanted}
    assert found == wanted
    # the other way round: no row of the table is for a column that is none
    named = {(entry["table"], entry["column"]) for entry in entries("enumerations")}
    unknown = {(table, name) for table, name in named if table in columns() and (table, name) not in wanted}
    assert not unknown
    assert {name for table, name in named if table == "*"} <= {name for _, name in wanted}
    assert {table for table, _ in named} - {"*", *columns()} <= {"events"}, "a table that is made beside this"


def test_a_code_stands_for_one_value_and_one_label() -> None:
    for key in {(entry["table"], entry["column"]) for entry in entries("enumerations")}:
        choices = enumeration(*key)
        for told in ("value", "code", "label_zh", "label_en"):
            assert len({getattr(one, told) for one in choices}) == len(choices), key
        assert [one.code for one in choices] == list(range(1, len(choices) + 1))


# ---- Stata and SPSS


def wanted_values(table: str, out: Path) -> dict[str, list[object]]:
    """What a reader should see by name, codes as their Chinese labels, missing values as None or ""."""
    made = list(variables(table, columns()[table], list(stored(out, table))))
    return {
        one.name: [one.answers[value] if one.answers and value is not None else value for value in one.values]  # type: ignore[index]
        for one in made
    }


def plain(value: Any) -> object:
    if value is None or value is pandas.NaT or (isinstance(value, float) and math.isnan(value)):
        return None
    return value.date() if isinstance(value, datetime.datetime) else value


@pytest.mark.parametrize("table", columns())
def test_pandas_reads_what_stata_will_read(out: Path, table: str) -> None:
    frame = pandas.read_stata(out / f"{table}.dta")
    wanted = wanted_values(table, out)
    assert list(frame) == list(wanted)
    for name, values in wanted.items():
        assert [plain(value) for value in frame[name]] == values, name
    with pandas.io.stata.StataReader(out / f"{table}.dta") as reader:
        labels = reader.variable_labels()
        assert reader.data_label.startswith("zhengce ")
    assert labels == {column.name: f"{column.label_zh} {column.label_en}" for column in columns()[table]}


@pytest.mark.parametrize("suffix", ["dta", "sav"])
@pytest.mark.parametrize("table", columns())
def test_pyreadstat_reads_the_same_from_both(out: Path, table: str, suffix: str) -> None:
    read = pyreadstat.read_dta if suffix == "dta" else pyreadstat.read_sav
    frame, about = read(out / f"{table}.{suffix}", apply_value_formats=True)
    wanted = wanted_values(table, out)
    assert list(frame) == list(wanted)
    for name, values in wanted.items():
        # SPSS pads text with spaces, and this reader takes those at the end away; pandas above sees those of a .dta
        found, values = (
            [one.rstrip(" ") if isinstance(one, str) else one for one in held] for held in (frame[name], values)
        )
        assert [plain(value) for value in found] == values, name
    assert about.file_label.startswith("zhengce ")
    assert about.column_names_to_labels == {
        column.name: f"{column.label_zh} {column.label_en}" for column in columns()[table]
    }
    answers = {one.name for one in variables(table, columns()[table], []) if one.answers}
    assert set(about.variable_value_labels) == answers


def test_the_sample_run_has_what_the_formats_are_for(out: Path) -> None:
    frame = pandas.read_stata(out / "subsidies.dta")
    assert set(frame["kind"].dropna()) <= {"发放标准", "预算安排", "已发放", "未定金额"}
    assert frame["amount"].notna().any()
    assert frame["amount"].isna().any()
    assert pandas.read_stata(out / "documents.dta")["published"].notna().any()
    assert pandas.read_stata(out / "documents.dta")["text"].str.len().max() > 500


def test_digits_that_a_double_would_lose_are_kept_beside_it(tmp_path: Path) -> None:
    fill(tmp_path, facts=[row("facts", value="12345678901234567.5", from_value="45" + "0" * 20), row("facts")])
    write_stata(tmp_path)
    write_spss(tmp_path)
    for frame in (pandas.read_stata(tmp_path / "facts.dta"), pyreadstat.read_sav(tmp_path / "facts.sav")[0]):
        names = list(frame)
        assert names[names.index("value") + 1] == "value_text"
        assert "from_value_text" not in names
        assert frame["value_text"][0] == "12345678901234567.5"
        assert frame["value"][0] == float("12345678901234567.5")
        assert frame["from_value"][0] == 45e20
        assert math.isnan(frame["value"][1])


def test_days_whole_numbers_and_text_of_every_kind_come_back(tmp_path: Path) -> None:
    fill(
        tmp_path,
        documents=[
            row("documents", text=LONG, title=ODD, written="1911-10-10", characters=3_000_000_000, truncated=True),
            row("documents", text="", title=None, published="2100-12-31", characters=1, truncated=None),
        ],
    )
    write_stata(tmp_path)
    write_spss(tmp_path)
    frame = pandas.read_stata(tmp_path / "documents.dta")
    assert list(frame["text"]) == [LONG, ""]
    assert list(frame["title"]) == [ODD.replace("\0", "␀"), ""]
    for found in (frame, pyreadstat.read_sav(tmp_path / "documents.sav", apply_value_formats=True)[0]):
        assert [plain(value) for value in found["written"]] == [datetime.date(1911, 10, 10), None]
        assert [plain(value) for value in found["published"]] == [None, datetime.date(2100, 12, 31)]
        assert list(found["characters"]) == [3_000_000_000, 1]
        assert [plain(value) for value in found["truncated"]] == ["是", None]


def test_spss_says_what_it_cannot_hold(tmp_path: Path) -> None:
    fill(tmp_path, documents=[row("documents", text=LONG)], targets=[row("targets", record="ab-target-7", quote=LONG)])
    write_spss(tmp_path)
    frame, about = pyreadstat.read_sav(tmp_path / "documents.sav")
    assert "text" not in frame
    assert any("documents.jsonl" in line for line in about.notes)
    quote = pyreadstat.read_sav(tmp_path / "targets.sav")[0]["quote"][0]
    assert quote.startswith(LONG[:7000])
    assert quote.endswith("targets.jsonl, ab-target-7]")
    assert 32_760 <= len(quote.encode()) <= 32_767


def test_a_value_outside_its_enumeration_makes_the_column_text(tmp_path: Path) -> None:
    fill(tmp_path, subsidies=[row("subsidies", kind="standard"), row("subsidies", kind="lottery")])
    write_stata(tmp_path)
    assert list(pandas.read_stata(tmp_path / "subsidies.dta")["kind"]) == ["standard", "lottery"]


def test_names_that_the_programs_keep_for_themselves_are_changed(tmp_path: Path) -> None:
    long = "a" * 32
    held = [
        Column(name=name, type=kind, label_zh="名", label_en="e" * 300, meaning="")  # type: ignore[arg-type]
        for name, kind in (("by", "text"), (long, "boolean"), ("b" * 32, "decimal"))
    ]
    made = list(variables("x", held, [{"by": "a", long: True, "b" * 32: "1" * 17}]))
    assert [one.name for one in made] == ["by_", long, "b" * 32, "b" * 27 + "_text"]


@pytest.mark.parametrize(("length", "told"), [(29, "否"), (30, "false"), (32, "false")])
def test_long_names_and_labels_fit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, length: int, told: str) -> None:
    name = "c" * length
    column = Column(name=name, type="boolean", label_zh="标签" * 100, label_en="e", meaning="")
    monkeypatch.setattr("zhengce.write.statistical.columns", lambda book: {"facts": (column,)})
    (tmp_path / "facts.jsonl").write_text(json.dumps({name: False}) + "\n", encoding="utf-8")
    write_stata(tmp_path)
    write_spss(tmp_path)
    frame, about = pyreadstat.read_dta(tmp_path / "facts.dta", apply_value_formats=True)
    assert (about.column_labels, list(frame[name])) == (["标签" * 40], [told])
    frame, about = pyreadstat.read_sav(tmp_path / "facts.sav", apply_value_formats=True)
    assert (about.column_labels, list(frame[name])) == (["标签" * 42 + "标"], [told])


# ---- what a run does with them


@pytest.mark.parametrize(
    ("name", "library"), [("duckdb", "duckdb"), ("dta", "pyreadstat"), ("sav", "pandas"), ("dta", "pandas")]
)
def test_a_missing_library_is_told_before_anything_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, library: str
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    extra = "duckdb" if name == "duckdb" else "stata"
    with pytest.raises(BadUsage, match=rf"zhengce\[{extra}\]"):
        batch.run([SAMPLES], tmp_path / "out", formats=(name,))
    assert not (tmp_path / "out").exists()


def test_the_files_of_a_former_run_give_way_in_every_format(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    sample = [next(path for path in sorted(SAMPLES.iterdir()) if path.suffix == ".txt")]
    batch.run(sample, folder, formats=batch.FORMATS)
    made = {path.name for path in folder.iterdir()}
    assert {"zhengce.duckdb", "targets.dta", "targets.sav", "label_studio.json", "doccano.jsonl"} <= made
    assert {"label_studio.xml", "records.conll", "zhengce.qdpx", "zhengce.xlsx", "targets.parquet"} <= made
    (folder / "mine.dta").write_bytes(b"x")
    clear(folder)
    assert [path.name for path in folder.iterdir()] == ["mine.dta"]
    fill(folder)
    for name in batch.FORMATS[1:]:
        batch.WRITERS[name](folder)
    clear(folder)
    assert [path.name for path in folder.iterdir()] == ["mine.dta"], "files of a run of nothing are known too"


OTHERS = [
    "zhengce.duckdb", "facts.dta", "facts.sav", "label_studio.json", "label_studio.xml", "doccano.jsonl",
    "records.conll", "zhengce.qdpx",
]  # fmt: skip


@pytest.mark.parametrize("name", OTHERS)
def test_somebody_elses_file_of_the_same_name_is_left_alone(tmp_path: Path, name: str) -> None:
    fill(tmp_path)
    path = tmp_path / name
    match path.suffix:
        case ".duckdb":
            with duckdb.connect(str(path)) as database:
                database.execute("CREATE TABLE zhengce AS SELECT 1 AS one")
        case ".dta":
            pyreadstat.write_dta(pandas.DataFrame({"zhengce": [1.5]}), str(path), file_label="my zhengce data")
        case ".sav":
            pyreadstat.write_sav(pandas.DataFrame({"zhengce": [1.5]}), str(path), file_label="my zhengce data")
        case _:
            path.write_text('{"id": 1, "text": "zhengce"}\n', encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(BadUsage, match=name.replace(".", r"\.")):
        clear(tmp_path)
    assert path.read_bytes() == before
    assert (tmp_path / "documents.jsonl").exists(), "nothing is removed when not all can be"
