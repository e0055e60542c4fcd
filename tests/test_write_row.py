"""One document as plain rows: the columns, the values, the ids."""

import json
import re
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengce import (
    Assignment,
    Brand,
    Document,
    Fact,
    Header,
    Note,
    Provision,
    Raw,
    Reference,
    Source,
    Span,
    Subsidy,
    Target,
)
from zhengce import __version__ as version
from zhengce.document import Block, Part
from zhengce.record import TABLES, Event, Failure
from zhengce.text import Edit, apply
from zhengce.write.columns import ColumnType, columns
from zhengce.write.row import rows

RAW = "青禾市务(wù)工人员就业通知\n一、到2026年底新增就业1.5万人。\n二、每人补贴200元，由市人社局负责。\n"
TEXT, ALIGNMENT = apply(RAW, [Edit(span=Span(start=4, end=8), replacement="", rule="pinyin")])

LEAD = [
    "record", "document", "part", "provision", "quote", "start", "end", "raw_spans", "raw_quote", "page", "boxes",
    "rule", "confidence", "duplicate_of",
]  # fmt: skip


def at(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start=start, end=start + len(words))


@pytest.fixture
def document() -> Document:
    label = at("一、")
    return Document(
        raw=Raw(
            source=Source(
                name="青禾/通知.txt", sha256="ab" * 32, media_type="text/plain", encoding="utf-8", copies=("副本.txt",)
            ),
            text=RAW,
            blocks=(Block(span=Span(start=0, end=len(RAW)), page=3, box=(72.0, 100.004, 300, 112)),),
        ),
        text=TEXT,
        alignment=ALIGNMENT,
        header=Header(
            title="青禾市务工人员就业通知", kind="notice", issuers=("甲局", "乙局"), written=date(2025, 3, 1)
        ),
        parts=(Part(id="1", kind="notice", title=None, byline=None, span=Span(start=0, end=len(TEXT))),),
        provisions=(
            Provision(
                id="1",
                part="1",
                label="一、",
                level=1,
                depth=0,
                heading=None,
                span=label,
                body=Span(start=label.end, end=len(TEXT)),
            ),
        ),
        notes=(
            Note(doubt="truncated", span=Span(start=len(TEXT), end=len(TEXT)), message="breaks off"),
            Note(doubt="damaged", span=Span(start=0, end=6), message="pinyin in the text"),
            Note(doubt="furniture", span=Span(start=4, end=4), message="gone", raw_spans=(Span(start=4, end=8),)),
        ),
        damage=0.05,
    )


def records(document: Document) -> list[object]:
    def cite(words: str) -> dict[str, object]:
        return {"citation": document.cite(at(words)), "rule": "test"}

    return [
        Subsidy(**cite("每人补贴200元"), instrument="补贴", kind="standard", amount=Decimal("2E+2"), per=("人", "年")),
        Target(**cite("新增就业1.5万人"), indicator="就业", value=Decimal("1.50E+4"), deadline=date(2026, 12, 31)),
        Target(**cite("到2026年底"), indicator=None, nature="dated"),
        Fact(**cite("务工人员"), indicator="人员", confidence=0.12345678),
        Assignment(
            **cite("市人社局"),
            department_text="市人社局",
            department=None,
            level="city",
            region=None,
            role="lead",
            group="由市人社局负责",
            mode="负责",
        ),
        Brand(**cite("青禾市"), name="青禾月嫂", kind="labour_brand", workers=Decimal("0.00")),
        Reference(**cite("通知"), title="甲办法"),
        Reference(**cite("人员就业通知"), title=None, number="甲发〔2024〕1号"),
        Reference(**cite("就业通知"), title="本通知", relation="self"),
        Reference(**cite("工人员就业通知"), title="甲办法"),
        Event(**cite("就业"), name="青禾招聘会", kind="fair", starts=date(2025, 2, 9), hosts=("甲局",)),
    ]


def test_every_table_has_the_columns_of_the_contract_in_their_order(document: Document) -> None:
    tables = rows(document, records(document))
    assert [*tables, "failures"] == list(columns())
    for table, table_rows in tables.items():
        assert table_rows, f"the test has no row for {table}"
        for row in table_rows:
            assert list(row) == [column.name for column in columns()[table]]
    assert [column.name for column in columns()["failures"]] == [field.name for field in fields(Failure)]


def test_values_have_the_type_that_the_contract_names(document: Document) -> None:
    kinds = {"text": str, "integer": int, "decimal": str, "date": str, "boolean": bool, "list": list, "spans": list}
    for table, table_rows in rows(document, records(document)).items():
        for row in json.loads(json.dumps(table_rows)):
            for column in columns()[table]:
                value = row[column.name]
                assert value is None or type(value) is kinds[column.type], (table, column.name, value)


def test_the_contract_is_well_formed() -> None:
    for table, table_columns in columns().items():
        names = [column.name for column in table_columns]
        assert len(set(names)) == len(names)
        for column in table_columns:
            assert re.fullmatch(r"[a-z][a-z0-9_]{0,31}", column.name), column
            assert column.type in get_args(ColumnType), column
            assert re.search("[\u4e00-\u9fff]", column.label_zh), column
            assert column.label_en.isascii(), column
            assert column.meaning.endswith("."), column
        if table in TABLES.values():
            assert names[: len(LEAD)] == LEAD


def test_decimals_dates_lists_and_gaps_are_plain(document: Document) -> None:
    tables = rows(document, records(document))
    dated, counted = tables["targets"]
    assert (counted["value"], counted["deadline"], counted["unit"], counted["responsible"]) == (
        "15000",
        "2026-12-31",
        None,
        [],
    )
    assert dated["value"] is None
    assert (tables["subsidies"][0]["amount"], tables["subsidies"][0]["per"]) == ("200", ["人", "年"])
    assert tables["brands"][0]["workers"] == "0"
    assert tables["facts"][0]["confidence"] == "0.123457"


def test_records_are_numbered_by_kind_in_the_order_of_the_text(document: Document) -> None:
    tables = rows(document, records(document))
    name = "ab" * 8
    assert [row["record"] for row in tables["targets"]] == [f"{name}-target-1", f"{name}-target-2"]
    assert [row["quote"] for row in tables["targets"]] == ["到2026年底", "新增就业1.5万人"]
    assert tables["subsidies"][0]["record"] == f"{name}-subsidy-1"
    assert tables == rows(document, reversed(records(document)))


def test_citations_are_laid_flat_and_lead_to_both_texts(document: Document) -> None:
    row = rows(document, records(document))["facts"][0]
    assert TEXT[row["start"] : row["end"]] == row["quote"] == "务工人员"
    assert row["raw_spans"] == [[3, 4], [8, 11]]
    assert "".join(RAW[start:end] for start, end in row["raw_spans"]) == row["raw_quote"]
    assert (row["part"], row["provision"], row["page"]) == ("1", None, 3)
    assert row["boxes"] == [[3, 72.0, 100.0, 300.0, 112.0]]


def test_the_document_row_tells_what_the_document_is(document: Document) -> None:
    (row,) = rows(document, records(document))["documents"]
    assert (row["source"], row["copies"], row["issuers"]) == ("青禾/通知.txt", ["副本.txt"], ["甲局", "乙局"])
    assert (row["written"], row["published"], row["damage"], row["version"]) == ("2025-03-01", None, "0.05", version)
    assert (row["characters"], row["text"], row["truncated"]) == (len(TEXT), TEXT, True)
    own = {"issuers": [], "number": None, "written": None, "addressees": []}
    assert row["parts"] == [
        {"id": "1", "kind": "notice", "title": None, "byline": None, "spans": [[0, len(TEXT)]]} | own
    ]
    assert row["cites"] == ["甲办法", "甲发〔2024〕1号"], (
        "each once, in the order of the text, without the document itself"
    )
    (whole,) = rows(replace(document, notes=document.notes[1:]), ())["documents"]
    assert whole["truncated"] is False


def test_notes_and_provisions_are_traced(document: Document) -> None:
    tables = rows(document, ())
    assert [row["raw_spans"] for row in tables["notes"]] == [[], [[0, 4], [8, 10]], [[4, 8]]]
    start = RAW.index("一、")
    assert tables["provisions"][0]["raw_spans"] == [[start, start + 2]]
    assert tables["targets"] == []


@given(st.decimals(allow_nan=False, allow_infinity=False, places=None, min_value=-(10**30), max_value=10**30))
def test_decimals_are_written_out_and_lose_nothing(value: Decimal) -> None:
    source = Source(name="a.txt", sha256="0" * 64, media_type="text/plain")
    text, alignment = apply("增", [])
    document = Document(raw=Raw(source=source, text=text), text=text, alignment=alignment)
    fact = Fact(citation=document.cite(Span(start=0, end=1)), rule="test", indicator=None, value=value)
    written = rows(document, [fact])["facts"][0]["value"]
    assert isinstance(written, str)
    assert re.fullmatch(r"-?\d+(\.\d*[1-9])?", written)
    assert Decimal(written) == value
