"""What a notebook shows of documents and records: the words, with the records highlighted in them as on the pages."""

from __future__ import annotations

from zhengce.document import Document
from zhengce.outcome import Outcome
from zhengce.record import TABLES, Record, Records
from zhengce.showing import HOW

__all__ = ["show_in_notebooks"]


def show_in_notebooks() -> None:
    """Let documents, records and outcomes have HTML; what makes it is loaded when one is shown."""
    HOW[Document] = _document
    HOW[Records] = _records
    HOW[Record] = lambda record: _records(Records((record,)))
    HOW[Outcome] = _outcome


def _document(document: Document) -> str:
    from zhengce.flow import judged

    return _marked(document, Records(judged(document)))


def _outcome(outcome: Outcome) -> str:
    from zhengce.write.fragment import failure_fragment

    if outcome.failure:
        return failure_fragment(outcome.failure)
    assert outcome.document is not None
    return _marked(outcome.document, outcome.records)


def _marked(document: Document, records: Records) -> str:
    from zhengce.write.fragment import text_fragment

    places = [(TABLES[type(one)], one.citation.span) for one in records]
    return text_fragment(document.header.title, document.text, places)


def _records(records: Records) -> str:
    from zhengce.write.fragment import records_fragment

    return records_fragment(records)
