"""The files that are made of a comparison: wide tables, workbook, Word table, Parquet; and what makes room for them."""

import csv
import io
import re
import sys
from decimal import Decimal
from pathlib import Path
from typing import get_args
from zipfile import ZipFile

import docx
import openpyxl
import pyarrow.parquet as pq
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from made_comparison import BASELINE, comparison, fill, overwrite, row

from zhengce.errors import BadUsage
from zhengce.lexicon import table as entries
from zhengce.pair import Change, DifferenceKind, Form, Relation
from zhengce.write.clear import clear
from zhengce.write.columns import COMPARISON, RECORDS, columns
from zhengce.write.compare_change import change
from zhengce.write.compare_matrix import matrix
from zhengce.write.compare_memo import write_memo
from zhengce.write.compare_page import write_page
from zhengce.write.compare_terms import terms
from zhengce.write.compare_wide import write_wide
from zhengce.write.compare_workbook import write_workbook
from zhengce.write.differing import differing
from zhengce.write.parquet import write_parquet
from zhengce.write.stored import stored

HOSTILE = '=1+1<script>alert("1")</script>\'&\u202e万01\x07\ud800</w:t><r><t>x</t></r>'


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return comparison(tmp_path)


def read_csv(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def texts(path: Path, sheet: str) -> list[list[object]]:
    return [list(line) for line in openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True)]


# the matrix


def test_the_matrix_has_a_line_a_provision_and_a_cell_a_document(out: Path) -> None:
    found = matrix(out)
    assert found.baseline is not None
    assert found.baseline["document"] == BASELINE
    assert [line.base["base_label"] for line in found.lines] == [
        "（一）",
        "（二）",
        "（三）",
        "（四）",
        "（五）",
        "（六）",
    ]
    assert [line.chapter for line in found.lines] == ["总体要求", *["主要措施"] * 4, "保障落实"]
    assert all(set(line.cells) == set(found.documents) for line in found.lines)
    assert [len([line for line in found.additions if document in line.cells]) for document in found.documents] == [
        1,
        2,
        3,
    ]


def test_of_several_provisions_in_a_cell_the_most_consequential_relation_counts(tmp_path: Path) -> None:
    known = {"document": "a", "baseline": BASELINE, "base_start": 5, "base_quote": "培育品牌"}
    pairs = [
        row("parallels", parallel="p2", relation="refine", quote="乙", start=9, **known),
        row("parallels", parallel="p1", relation="quantify", quote="甲", start=3, **known),
    ]
    fill(tmp_path, parallels=pairs, reproduction=[row("reproduction", document="a", baseline=BASELINE)])
    (line,) = matrix(tmp_path).lines
    assert line.cells["a"].relation == "quantify"
    assert line.cells["a"].quotes == ["甲", "乙"], "in the order of the document"


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"change": "stronger", "base_value": "5.5", "value": "5"}, "lower"),
        ({"change": "weaker", "base_value": "10", "value": "9"}, "lower"),
        ({"change": "stronger", "base_value": "9", "value": "10"}, "higher"),
        ({"change": "equal", "base_value": "9", "value": "9.0"}, ""),
        ({"change": "scope", "base_value": "1000", "value": "60"}, ""),
        ({"change": "added", "value": "60"}, ""),
        ({"kind": "deadline", "change": "stronger", "base_date": "2027-12-31", "date": "2026-12-31"}, "earlier"),
        ({"kind": "deadline", "change": "weaker", "base_date": "2025-12-31", "date": "2026-12-31"}, "later"),
    ],
)
def test_the_direction_of_a_change_is_told_where_it_can_be(values: dict[str, object], told: str) -> None:
    assert change(row("differences", **({"kind": "value", "unit": "%"} | values)), "zh").going == told


def test_what_differs_is_whole_words_and_numbers_with_their_units() -> None:
    base, own = "到2027年全国培训1000万人次以上", "到2026年全省培训60万人次以上"
    ours, theirs = differing(base, own)
    assert (sum(ours), sum(theirs)) == (len(base), len(own))
    assert own[sum(theirs[:3]) : sum(theirs[:4])] == "60万人次"
    assert differing("", "新增") == ([0], [0, 2])


# words


def test_every_word_is_in_both_languages_and_every_code_has_a_word() -> None:
    assert [dict(entry) for entry in entries("compare_terms") if not entry["zh"] or not entry["en"]] == []
    assert set(terms("relation", "zh")) == set(terms("defined", "zh")) == set(get_args(Relation))
    assert set(terms("change", "zh")) == set(terms("means", "zh")) == set(get_args(Change))
    assert set(terms("kind", "zh")) == set(get_args(DifferenceKind))
    assert set(terms("form", "zh")) == set(get_args(Form))
    for group in ("relation", "change"):
        assert all(terms(group, "mark").values())
        assert all(re.fullmatch("#[0-9A-F]{6}", colour) for colour in terms(group, "light").values())


# wide tables


def test_the_wide_table_has_a_row_a_provision_and_columns_for_stata(out: Path) -> None:
    write_wide(out)
    rows = read_csv(out / "compare_wide.csv")
    assert len(rows) == 6 + 1 + 2 + 3
    assert (rows[1]["p430000_relation"], rows[1]["p530000_relation"], rows[1]["c320100_relation"]) == (
        "quantify", "refine", "strengthen",
    )  # fmt: skip
    assert "60万人次以上" in rows[1]["p430000_values"]
    assert (rows[0]["c320100_relation"], rows[0]["c320100_quote"]) == ("omit", "")
    assert (rows[6]["base_quote"], rows[6]["p430000_relation"], rows[6]["p530000_relation"]) == ("", "add", "")
    assert all(re.fullmatch(r"[a-z][a-z0-9_]{0,31}", name) for name in rows[0])
    told = read_csv(out / "compare_wide_columns.csv")
    assert [line["column"] for line in told] == list(rows[0])
    assert told[6]["label_zh"] == "甲省 关系"
    assert [list(line) for line in stored(out, "compare_wide")] == [list(rows[0])] * len(rows)


def test_documents_of_one_region_have_columns_of_their_own(tmp_path: Path) -> None:
    members = [
        row("reproduction", document=document, region_code=code, baseline=BASELINE, name=document)
        for document, code in (("3fa2b1c000000001", "430000"), ("77aa00c000000002", "430000"), ("Ж" * 30, None))
    ]
    pair = row(
        "parallels", parallel="p", document="Ж" * 30, relation="add", quote="培育品牌", baseline=BASELINE, start=1
    )
    fill(tmp_path, reproduction=members, parallels=[pair])
    write_wide(tmp_path)
    names = list(read_csv(tmp_path / "compare_wide.csv")[0])
    assert "p430000_3fa2b1_relation" in names
    assert "p430000_77aa00_relation" in names
    assert len(names) == len(set(names)) == 6 + 9
    assert all(name.isascii() and len(name) <= 32 for name in names)


def test_the_wide_indicators_have_the_chosen_value_as_it_is_read(out: Path) -> None:
    write_wide(out)
    jobs, income = read_csv(out / "indicators_wide.csv")
    assert (jobs["p430000_value"], jobs["p430000_number"], jobs["p430000_deadline"]) == (
        "40万人以上",
        "400000",
        "2025-12-31",
    )
    assert jobs["unit"] == "人"
    assert (income["c320100_value"], income["c320100_number"]) == ("与经济增长同步", "")
    assert "38万" not in (out / "indicators_wide.csv").read_text(encoding="utf-8"), "last year's figure is no goal"


def test_a_comparison_of_nothing_gives_files_all_the_same(tmp_path: Path) -> None:
    fill(tmp_path)
    for write in (write_wide, write_workbook, write_page, write_memo):
        write(tmp_path)
    write_parquet(tmp_path, COMPARISON)
    assert read_csv(tmp_path / "compare_wide.csv") == []
    assert openpyxl.load_workbook(tmp_path / "compare.xlsx").sheetnames == ["说明"]


# the workbook


def test_the_workbook_sets_the_documents_beside_each_other(out: Path) -> None:
    write_workbook(out)
    book = openpyxl.load_workbook(out / "compare.xlsx")
    assert book.sheetnames == [
        "对照矩阵", "关系一览", "条款对照", "数值差异", "关系统计", "指标", "指标明细", "扩散", "部门网络", "说明",
    ]  # fmt: skip
    sheet = book["对照矩阵"]
    assert [found.value for found in sheet[1]] == [
        "基准条款",
        "甲省\n某政发〔2024〕0号",
        "乙省\n某政发〔2024〕1号",
        "丙市\n某政发〔2024〕2号",
    ]
    trained = str(sheet["B3"].value)
    assert trained.startswith("# 量化\n⇄ 范围不同，不比强弱 职业技能培训: 1000万人次以上 → 60万人次以上")
    assert trained.endswith("所需资金从就业补助资金中列支。")
    assert sheet["D2"].value == "－ 未提及"
    assert sheet["B3"].fill.start_color.rgb == "FF" + terms("relation", "light")["quantify"].lstrip("#")
    assert (sheet.max_row, sheet.freeze_panes, sheet.auto_filter.ref) == (10, "B2", "A1:D10")
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight, sheet.print_title_rows) == (
        "landscape",
        0,
        "$1:$1",
    )
    assert sheet["B3"].alignment.wrap_text
    assert sheet.row_dimensions[3].height > 100, "high enough for what is in it"
    assert [found.value for found in book["关系一览"][3]] == ["（二） 支持技能培训", "# 量化", "◆ 细化", "▲ 加强"]
    assert "▲ 力度更大 (数值更高)" in [line[5] for line in texts(out / "compare.xlsx", "数值差异")]
    assert book["指标"]["B2"].value == "40万人以上 (期限 2025-12-31)\n城镇新增就业40万人以上"


def test_the_workbook_explains_every_column(out: Path) -> None:
    write_workbook(out)
    lines = texts(out / "compare.xlsx", "说明")
    explained = {(line[1], line[4]) for line in lines}
    assert all((one.name, one.meaning) in explained for held in columns(COMPARISON).values() for one in held)
    assert any(line[0] == "◆ 细化" and "更具体" in str(line[1]) for line in lines)


def test_the_workbook_in_english(out: Path) -> None:
    write_workbook(out, lang="en")
    book = openpyxl.load_workbook(out / "compare.xlsx")
    assert book.sheetnames[:4] == ["Matrix", "Overview", "Provisions", "Differences"]
    assert str(book["Matrix"]["B3"].value).startswith(
        "# Quantified\n⇄ Other territory, not comparable 职业技能培训: ≥ 10,000,000 人次"
    )


@pytest.mark.parametrize("text", [HOSTILE, "<r>&</r>", "=HYPERLINK()", "https://example.org", "a\nb\r\nc\x00"])
def test_no_cell_is_a_formula_or_a_link(out: Path, text: str) -> None:
    write_workbook(overwrite(out, text))
    for sheet in openpyxl.load_workbook(out / "compare.xlsx"):
        for line in sheet.iter_rows():
            assert not any(found.data_type == "f" or found.hyperlink for found in line)
    with ZipFile(out / "compare.xlsx") as package:
        assert not any(
            re.search(rb"<f>|hyperlink", package.read(name)) for name in package.namelist() if "sheet" in name
        )


def test_a_cell_that_excel_cannot_hold_is_cut_and_says_where_the_whole_is(out: Path) -> None:
    write_workbook(overwrite(out, "就业" * 20_000))
    for sheet in ("对照矩阵", "条款对照"):
        lines = texts(out / "compare.xlsx", sheet)[1:]
        found = [str(value) for line in lines for value in line[1:] if len(str(value)) > 30_000]
        assert found
        assert all(len(value) <= 32_767 and "parallels.jsonl" in value[-80:] for value in found)


# the Word table


def test_the_memo_is_a_table_for_a_report(out: Path) -> None:
    write_memo(out)
    memo = docx.Document(str(out / "compare.docx"))
    section = memo.sections[0]
    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert section.page_width > section.page_height
    heads = [(one.style.name, one.text) for one in memo.paragraphs if one.style.name.startswith(("Title", "Heading"))]
    assert heads[:5] == [
        ("Title", "政策条款对照"), ("Heading 1", "条款对照"), ("Heading 2", "总体要求"), ("Heading 2", "主要措施"),
        ("Heading 2", "保障落实"),
    ]  # fmt: skip
    table = memo.tables[1]
    assert [found.text for found in table.rows[0].cells] == ["基准条款", "甲省", "乙省", "丙市"]
    assert table.rows[1].cells[1].text.startswith("# 量化\n大规模开展职业技能培训，到2026年")
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert table.style.name == "Table Grid"
    assert memo.styles["Normal"].element.rPr.rFonts.get(qn("w:eastAsia")) == "宋体"
    assert memo.styles["Heading 1"].element.rPr.rFonts.get(qn("w:eastAsia")) == "黑体"
    assert [found.text for found in memo.tables[4].rows[3].cells][2:] == [
        "数值",
        "职业培训补贴",
        "—",
        "800元/人",
        "＋ 新增",
    ]


def test_many_documents_stand_below_each_other_in_the_memo(tmp_path: Path) -> None:
    write_memo(comparison(tmp_path, documents=6), lang="en")
    memo = docx.Document(str(tmp_path / "compare.docx"))
    table = memo.tables[1]
    assert [found.text for found in table.rows[0].cells] == ["Baseline provision", "Document", "Relation and quote"]
    assert len(table.rows) == 1 + 4 * 6
    assert [found.cells[1].text for found in table.rows[1:7]] == ["甲省", "乙省", "丙市", "丁省", "戊市", "己省"]
    assert len({found.cells[0]._tc for found in table.rows[1:7]}) == 1, "one cell beside them all"
    assert table.rows[1].cells[2].text.startswith("# Quantified")


def test_the_memo_takes_words_that_xml_cannot_hold(out: Path) -> None:
    write_memo(overwrite(out, HOSTILE))
    memo = docx.Document(str(out / "compare.docx"))
    assert '=1+1<script>alert("1")</script>\'&[U+202E]万01[U+0007]' in memo.tables[0].rows[1].cells[1].text


@pytest.mark.parametrize("text", ["第一行\n第二行\t第三列", "a & <b>", "  前后有空格  内", "]]>&amp;"])
def test_the_memo_keeps_lines_tabs_and_signs_of_markup(out: Path, text: str) -> None:
    write_memo(overwrite(out, text))
    added = docx.Document(str(out / "compare.docx")).tables[3].rows[1].cells[1]
    assert added.paragraphs[1].text == text.strip()


# Parquet


def test_parquet_has_the_types_of_the_codebook(out: Path) -> None:
    write_parquet(out, COMPARISON)
    for table, held in columns(COMPARISON).items():
        found = pq.read_table(out / f"{table}.parquet")
        assert found.column_names == [column.name for column in held]
        assert found.num_rows == len(list(stored(out, table)))
    told = pq.read_table(out / "differences.parquet")
    kinds = {name: str(told.schema.field(name).type) for name in ("value", "date", "start", "words")}
    assert told.schema.field("per").type.value_type == "string"
    assert kinds == {"value": "decimal128(38, 10)", "date": "date32[day]", "start": "int64", "words": "string"}
    assert told.to_pylist()[0]["base_value"] == Decimal(10_000_000)
    assert told.schema.field("value").metadata[b"label_zh"] == "值".encode()


def test_a_decimal_that_does_not_fit_loses_no_digit(tmp_path: Path) -> None:
    long = "0.123456789012345678901234567890"
    fill(tmp_path, differences=[row("differences", value=long, base_value="5.5"), row("differences", value="7")])
    write_parquet(tmp_path, COMPARISON)
    found = pq.read_table(tmp_path / "differences.parquet").to_pylist()
    assert [line["value"] for line in found] == [long, "7"]
    assert found[0]["base_value"] == Decimal("5.5")


def test_without_pyarrow_it_says_what_to_install(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(BadUsage, match=r"zhengce\[parquet\]"):
        write_parquet(out, COMPARISON)


# room for a new run


def test_all_files_of_a_comparison_give_way_and_nothing_else(out: Path) -> None:
    for write in (write_wide, write_workbook, write_page, write_memo):
        write(out)
    write_parquet(out, COMPARISON)
    (out / "mine.html").write_text("别动", encoding="utf-8")
    clear(out, RECORDS)
    assert (out / "compare.html").exists()
    clear(out, COMPARISON)
    assert [path.name for path in out.iterdir()] == ["mine.html"]


OTHERS = ["compare.xlsx", "compare.docx", "compare.html", "parallels.parquet", "compare_wide.csv"]


@pytest.mark.parametrize("name", OTHERS)
def test_somebody_elses_file_of_the_same_name_is_left_alone(out: Path, name: str) -> None:
    if name == "compare.xlsx":
        openpyxl.Workbook().save(out / name)
    elif name == "compare.docx":
        docx.Document().save(str(out / name))
    else:
        (out / name).write_text("我的对照", encoding="utf-8")
    with pytest.raises(BadUsage, match=re.escape(name)):
        clear(out, COMPARISON)
    assert (out / "parallels.jsonl").exists()
