"""Rows to files: JSON lines, CSV, Excel, and the tables of a former run."""

import csv
import io
import json
from pathlib import Path
from typing import TextIO

import openpyxl
import pytest

from zhengce.errors import BadUsage
from zhengce.write import jsonl
from zhengce.write.cell import cell
from zhengce.write.clear import clear
from zhengce.write.columns import ORIGINS, columns, sheets
from zhengce.write.jsonl import open_tables
from zhengce.write.stored import stored
from zhengce.write.table import write_csv
from zhengce.write.workbook import write_xlsx


def row(table: str, **values: object) -> dict[str, object]:
    return {column.name: values.get(column.name) for column in columns()[table]}


def fill(out: Path, **tables: list[dict[str, object]]) -> None:
    with open_tables(out) as append:
        append(tables)


def read_csv(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def test_every_table_has_its_json_lines_even_when_empty(tmp_path: Path) -> None:
    fill(tmp_path, targets=[row("targets", record="a-target-1", quote="新增就业\u2028一万人")])
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        f"{table}.jsonl" for table in (*columns(), ORIGINS)
    )
    data = (tmp_path / "targets.jsonl").read_bytes()
    assert data.startswith(b'{"record"')
    assert "新增就业".encode() in data
    assert data.count(b"\n") == 1
    assert b"\r" not in data
    assert (tmp_path / "facts.jsonl").read_bytes() == b""
    assert [found["quote"] for found in stored(tmp_path, "targets")] == ["新增就业\u2028一万人"]


def test_what_was_appended_is_on_disk_at_once(tmp_path: Path) -> None:
    with open_tables(tmp_path) as append:
        append({"facts": [row("facts", quote="甲")]})
        assert len((tmp_path / "facts.jsonl").read_text(encoding="utf-8").splitlines()) == 1
        append({"facts": [row("facts", quote="乙")]})
    assert [found["quote"] for found in stored(tmp_path, "facts")] == ["甲", "乙"]


def test_a_document_stands_in_the_tables_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = jsonl._open

    class Stopping(io.TextIOWrapper):
        def write(self, text: str) -> int:
            if "第二" in text:
                raise KeyboardInterrupt
            return super().write(text)

    def open_stopping(path: Path) -> TextIO:
        return Stopping(path.open("w+b"), encoding="utf-8") if path.stem == "facts" else opened(path)

    monkeypatch.setattr(jsonl, "_open", open_stopping)
    with pytest.raises(KeyboardInterrupt), open_tables(tmp_path) as append:  # noqa: PT012
        append({"documents": [row("documents", title="第一")], "facts": [row("facts", quote="第一")]})
        append({"documents": [row("documents", title="第二")], "facts": [row("facts", quote="第二")]})
    assert [found["title"] for found in stored(tmp_path, "documents")] == ["第一"]
    assert [found["quote"] for found in stored(tmp_path, "facts")] == ["第一"]


def test_a_lone_surrogate_keeps_its_place_and_breaks_nothing(tmp_path: Path) -> None:
    fill(tmp_path, notes=[row("notes", message="前\ud83d后")])
    assert [found["message"] for found in stored(tmp_path, "notes")] == ["前?后"]


def test_csv_is_what_excel_and_stata_expect(tmp_path: Path) -> None:
    fill(
        tmp_path,
        subsidies=[
            row(
                "subsidies",
                quote='发放"以工代赈"补贴,\n每人200元',
                amount="200",
                per=["人", "年"],
                raw_spans=[[12, 30], [40, 41]],
            )
        ],
        documents=[
            row("documents", truncated=True, page=None, parts=[{"id": "1", "kind": "notice", "spans": [[0, 9]]}])
        ],
    )
    write_csv(tmp_path)
    data = (tmp_path / "subsidies.csv").read_bytes()
    assert data.startswith("\ufeffrecord,document,".encode())
    assert data.endswith(b"\r\n")
    (found,) = read_csv(tmp_path / "subsidies.csv")
    assert list(found) == [column.name for column in columns()["subsidies"]]
    assert (found["per"], found["raw_spans"], found["amount"], found["page"]) == ("人; 年", "12-30; 40-41", "200", "")
    assert found["quote"] == '发放"以工代赈"补贴,\n每人200元'
    (found,) = read_csv(tmp_path / "documents.csv")
    assert (found["truncated"], found["parts"]) == ("true", "1 | notice | 0-9")
    assert read_csv(tmp_path / "brands.csv") == []
    assert len((tmp_path / "brands.csv").read_bytes().splitlines()) == 1


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-某县", "@某人", "\t=1", "\r=1", "-1-2", "+86 10"])
def test_csv_runs_no_formula(tmp_path: Path, text: str) -> None:
    fill(tmp_path, facts=[row("facts", quote=text)])
    write_csv(tmp_path)
    assert read_csv(tmp_path / "facts.csv")[0]["quote"] == f"'{text}"


@pytest.mark.parametrize("text", ["-5.2", "+3", "0", "增长5%", "'引", "="])
def test_csv_leaves_numbers_and_prose_alone(tmp_path: Path, text: str) -> None:
    fill(tmp_path, facts=[row("facts", value=text)])
    write_csv(tmp_path)
    assert read_csv(tmp_path / "facts.csv")[0]["value"] == text


def test_a_failed_csv_leaves_no_half_file(tmp_path: Path) -> None:
    fill(tmp_path)
    (tmp_path / "documents.jsonl").write_text("{broken\n", encoding="utf-8")
    with pytest.raises(json.JSONDecodeError):
        write_csv(tmp_path)
    assert not [path for path in tmp_path.iterdir() if path.suffix != ".jsonl"]


def sheet_rows(path: Path, sheet: str) -> list[dict[str, object]]:
    head, *body = openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True)
    return [dict(zip(head, line, strict=True)) for line in body]


def test_the_workbook_has_a_codebook_and_a_sheet_a_table(tmp_path: Path) -> None:
    fill(tmp_path)
    write_xlsx(tmp_path)
    book = openpyxl.load_workbook(tmp_path / "zhengce.xlsx")
    assert book.sheetnames == ["说明", *(sheets()[table] for table in columns())]
    assert not list(tmp_path.glob("*.part"))
    for table, table_columns in columns().items():
        sheet = book[sheets()[table]]
        assert [found.value for found in sheet[1]] == [column.name for column in table_columns]
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref.startswith("A1:")
    explained = sheet_rows(tmp_path / "zhengce.xlsx", "说明")
    listed = [(table, column.name, column.label_zh) for table in columns() for column in columns()[table]]
    assert [(line["table"], line["column"], line["label_zh"]) for line in explained] == listed


def test_the_workbook_keeps_codes_as_text_and_numbers_as_numbers(tmp_path: Path) -> None:
    long = "12345678901234567.5"
    fill(
        tmp_path,
        documents=[
            row(
                "documents",
                document="0011223344556677",
                region_code="430000",
                characters=12,
                damage="0.05",
                title="=1+1",
            )
        ],
        targets=[
            row(
                "targets",
                value="15000",
                from_value="-4.5",
                value_max=long,
                scope="https://example.org/",
                raw_spans=[[1, 2]],
            )
        ],
    )
    write_xlsx(tmp_path)
    (found,) = sheet_rows(tmp_path / "zhengce.xlsx", "文件")
    assert (found["document"], found["region_code"], found["title"]) == ("0011223344556677", "430000", "=1+1")
    assert (found["characters"], found["damage"]) == (12, 0.05)
    (found,) = sheet_rows(tmp_path / "zhengce.xlsx", "目标")
    assert (found["value"], found["from_value"], found["value_max"]) == (15000, -4.5, long)
    assert (found["raw_spans"], found["unit"]) == ("1-2", None)
    book = openpyxl.load_workbook(tmp_path / "zhengce.xlsx")
    title = [column.name for column in columns()["documents"]].index("title")
    assert book["文件"][2][title].data_type == "s", "not a formula"
    assert not any(found.hyperlink for found in book["目标"][2])


@pytest.mark.parametrize("letter", ["就", "\U00020000"])
def test_a_cell_too_long_for_excel_is_cut_and_says_where_the_whole_is(tmp_path: Path, letter: str) -> None:
    fill(
        tmp_path,
        targets=[row("targets", record="ab-target-7", quote=letter * 40_000)],
        documents=[row("documents", document="ab", text="全文" * 9)],
    )
    write_xlsx(tmp_path)
    quote = str(sheet_rows(tmp_path / "zhengce.xlsx", "目标")[0]["quote"])
    assert quote.startswith(letter * 1000)
    assert 32_765 <= len(quote.encode("utf-16-le")) // 2 <= 32_767
    assert quote.endswith("targets.jsonl, record ab-target-7]")
    text = str(sheet_rows(tmp_path / "zhengce.xlsx", "文件")[0]["text"])
    assert "documents.jsonl" in text
    assert "全文全文" not in text


def test_text_that_looks_like_markup_of_the_writer_stays_text(tmp_path: Path) -> None:
    fill(tmp_path, facts=[row("facts", quote="<r>&</r>")])
    write_xlsx(tmp_path)
    assert str(sheet_rows(tmp_path / "zhengce.xlsx", "数据")[0]["quote"]).strip() == "<r>&</r>"


def test_a_table_too_long_for_a_sheet_goes_on_in_the_next(tmp_path: Path) -> None:
    fill(tmp_path, notes=[row("notes", start=number) for number in range(5)], facts=[row("facts", start=1)] * 2)
    write_xlsx(tmp_path, sheet_rows=2)
    path = tmp_path / "zhengce.xlsx"
    sheets = [sheet for sheet in openpyxl.load_workbook(path).sheetnames if sheet.startswith(("存疑", "数据"))]
    assert sheets == ["数据", "存疑", "存疑 2", "存疑 3"]
    starts = [found["start"] for sheet in sheets[1:] for found in sheet_rows(path, sheet)]
    assert starts == [0, 1, 2, 3, 4]


def test_only_tables_of_a_former_run_are_cleared(tmp_path: Path) -> None:
    fill(tmp_path, documents=[row("documents", document="ab")])
    write_csv(tmp_path)
    write_xlsx(tmp_path)
    (tmp_path / "mine.csv").write_text("a,b\n", encoding="utf-8")
    clear(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.csv"]


@pytest.mark.parametrize("name", ["facts.csv", "facts.jsonl"])
def test_a_file_that_only_has_the_name_of_a_table_is_left_alone(tmp_path: Path, name: str) -> None:
    fill(tmp_path)
    (tmp_path / name).write_text("year,people\n2020,5\n", encoding="utf-8")
    with pytest.raises(BadUsage, match="facts"):
        clear(tmp_path)
    assert (tmp_path / name).read_text(encoding="utf-8") == "year,people\n2020,5\n"
    assert (tmp_path / "documents.jsonl").exists(), "nothing is removed when not all can be"


def test_a_span_is_never_taken_for_a_list() -> None:
    assert cell([[1, 2]]) == "1-2"
    assert cell(["1", "2"]) == "1; 2"
