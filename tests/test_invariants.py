"""What must hold of every document, ours and (where they lie beside the project) real ones."""

import json
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhengce.flow import Outcome, process
from zhengce.text import Span
from zhengce.write.row import rows

PROJECT = Path(__file__).parents[1]
SHARED = PROJECT.parent / "shared" / "documents"
OURS = sorted(
    path
    for path in (PROJECT / "corpora").glob("*/*")
    if path.suffix in {".txt", ".html", ".docx", ".pdf"} and path.parent.name in {"samples", "heldout"}
)
REAL = sorted(path for path in SHARED.rglob("*") if path.is_file()) if SHARED.is_dir() else []


@cache
def outcome(path: Path) -> Outcome:
    return process(path.read_bytes(), path.name)


def name(path: Path) -> str:
    return path.name


DOCUMENTS = [*OURS, *REAL]


@pytest.mark.skipif(not REAL, reason="the real documents (../shared/documents) are not beside this checkout")
def test_the_real_documents_are_checked_too() -> None:
    assert len(REAL) >= 60


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_every_record_cites_the_words_it_rests_on(path: Path) -> None:
    found = outcome(path)
    assert found.failure is None
    assert found.document is not None
    document, raw = found.document, found.document.raw.text
    for record in found.records:
        cited = record.citation
        assert cited.quote == document.text[cited.span.start : cited.span.end]
        assert cited.quote.strip()
        assert cited.raw_quote == "".join(raw[span.start : span.end] for span in cited.raw_spans)
        assert cited.raw_spans


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_provisions_and_parts_cover_the_text_in_order(path: Path) -> None:
    document = outcome(path).document
    assert document is not None
    assert "".join(document[part.span] for part in document.parts) == document.text
    ids = [provision.id for provision in document.provisions]
    assert len(ids) == len(set(ids))
    for provision in document.provisions:
        assert document[provision.span].startswith(provision.label)
        assert provision.heading is None or document[provision.span].endswith(provision.heading)
        assert provision.parent is None or provision.parent in ids
        assert provision.span.end <= provision.body.start or provision.span.end == provision.body.start


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_notes_lie_in_the_text_and_trace_to_the_page(path: Path) -> None:
    document = outcome(path).document
    assert document is not None
    for note in document.notes:
        assert note.span.end <= len(document.text)
        for span in note.raw_spans or ():
            assert span.end <= len(document.raw.text)


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_rows_are_plain_data_whose_quotes_stand_in_the_text(path: Path) -> None:
    found = outcome(path)
    assert found.document is not None
    tables = json.loads(json.dumps(rows(found.document, found.records)))
    (row,) = tables["documents"]
    for table in ("targets", "facts", "subsidies", "assignments", "brands", "references"):
        assert len({record["record"] for record in tables[table]}) == len(tables[table])
        for record in tables[table]:
            assert record["quote"] == row["text"][record["start"] : record["end"]]
            assert record["document"] == row["document"]


@pytest.mark.parametrize("path", OURS, ids=name)
def test_a_second_reading_gives_the_same(path: Path) -> None:
    again = process(path.read_bytes(), path.name)
    assert again.document is not None
    first = outcome(path)
    assert first.document is not None
    assert rows(again.document, again.records) == rows(first.document, first.records)


PIECES = """到2025年底 ， 。 一、 （一） 《关于 》 （ ） 培训 3.5万 人次 不少于 30% — 至 “ ” 补贴 500元/人 省人社厅
    负责 、 牵头 劳务品牌 累计 力争 十 分之 ? (wù) 務 第 条 〔2021〕 号 # 1.1 2 ；"""
PROSE = st.lists(st.sampled_from([*PIECES.split(), " ", "\n"]), max_size=60).map("".join)


@settings(max_examples=300, deadline=None)
@given(PROSE)
def test_no_text_is_too_odd(text: str) -> None:
    found = process(text.encode(), "made.txt")
    assert (found.document is None) == (found.failure is not None)
    if found.document:
        for record in found.records:
            assert record.citation.quote == found.document[record.citation.span]
            assert record.citation.quote


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200))
def test_no_bytes_are_too_odd(data: bytes) -> None:
    found = process(data, "made.bin")
    assert (found.document is None) == (found.failure is not None)


@given(st.text(max_size=80))
@settings(max_examples=200, deadline=None)
def test_tracing_any_span_of_a_cleaned_text_stays_inside_the_page(text: str) -> None:
    found = process(text.encode("utf-8", "ignore"), "made.txt")
    if found.document:
        whole = Span(start=0, end=len(found.document.text))
        assert all(span.end <= len(found.document.raw.text) for span in found.document.trace(whole))
