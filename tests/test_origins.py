"""The way back that a run keeps: the document of its tables cites as it did when it was read."""

import json
from datetime import date
from pathlib import Path

import pytest
from made_dataset import collect, decide, rows

from zhengce.document import Document
from zhengce.flow import open_file
from zhengce.restored import original
from zhengce.text import Span
from zhengce.write.origin import origin_row
from zhengce.write.row import rows as tables_of

PROJECT = Path(__file__).parents[1]
FILES = sorted(
    path for folder in ("samples", "sources") for path in (PROJECT / "corpora" / folder).rglob("*")
    if path.suffix in (".txt", ".html", ".htm", ".docx", ".pdf")
)  # fmt: skip
MADE = date(2026, 3, 1)


def stored(document: Document) -> Document:
    """The document that the rows of another one make."""
    tables = json.loads(json.dumps(tables_of(document, ())))
    return original(
        tables["documents"][0], json.loads(json.dumps(origin_row(document))), tables["provisions"], tables["notes"]
    )


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_document_of_the_tables_cites_as_the_one_that_was_read(path: Path) -> None:
    document = open_file(path)
    again = stored(document)
    assert (again.raw.text, again.text, again.alignment) == (document.raw.text, document.text, document.alignment)
    step = max(len(document.text) // 40, 1)
    for start in range(0, len(document.text), step):
        for end in (start + 1, min(start + 60, len(document.text))):
            assert again.cite(Span(start=start, end=end)) == document.cite(Span(start=start, end=end))


def test_what_has_another_length_than_its_way_back_is_refused() -> None:
    document = open_file(FILES[0])
    about = tables_of(document, ())["documents"][0]
    with pytest.raises(ValueError, match="way back"):
        original({**about, "text": document.text + "。"}, origin_row(document))


def test_what_is_added_to_a_document_of_a_former_run_is_cited_in_its_page(tmp_path: Path) -> None:
    page = tmp_path / "in" / "a.txt"
    page.parent.mkdir()
    page.write_text("發展勞務(wù)品牌，榕江繡娘帶動(dòng)就業(yè)6200人。", encoding="utf-8")
    collect(page, tmp_path / "plain")
    text = rows(tmp_path / "plain", "documents")[0]["text"]
    at = text.index("榕江绣娘")
    new = {
        "action": "add", "document": rows(tmp_path / "plain", "documents")[0]["document"], "table": "brands",
        "start": at, "end": at + 4, "quote": "榕江绣娘", "decided": {"name": "榕江绣娘", "kind": "labour_brand"},
    }  # fmt: skip
    edits = decide(tmp_path / "e.jsonl", new)
    collect(page, tmp_path / "read", edits=[edits])
    page.unlink()
    collect(tmp_path / "plain", tmp_path / "again", edits=[edits])
    (added,) = (row for row in rows(tmp_path / "again", "brands") if row["rule"] == "edit.add")
    assert added["raw_quote"] == "榕江繡娘"
    assert rows(tmp_path / "again", "brands") == rows(tmp_path / "read", "brands")
