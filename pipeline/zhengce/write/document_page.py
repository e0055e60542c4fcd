"""One document as a page: its provisions, its text with the records highlighted, a card a record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from zhengce.write.compare_terms import Language
from zhengce.write.document_view import document_view, schema
from zhengce.write.page import page, part
from zhengce.write.page_text import Fix
from zhengce.write.report_look import report_style, report_terms

__all__ = ["document_page"]

SCRIPTS = ("page.js", "document_text.js", "document_decisions.js", "document_cards.js", "document_page.js")


def document_page(
    rows: Mapping[str, Sequence[Mapping[str, Any]]], raw: str | None, fixes: tuple[Sequence[Fix], Sequence[Fix]], *,
    lang: Language, decisions: Sequence[Mapping[str, object]] = (), coder: str | None = None, served: bool = False,
) -> Iterator[str]:  # fmt: skip
    """The pieces of the page of a document whose `rows` are given by table, with its raw text where that is known.

    `fixes` are the repairs in the clean and in the raw text, `decisions` what people have decided about the document,
    `coder` whose decisions are to come. A `served` page sends them to where it came from, another one keeps them in
    the browser until they are exported.
    """
    shown, told = document_view(rows, raw, fixes, lang)
    data = {**told, "served": served, "coder": coder, "decisions": decisions, "schema": schema()}
    yield from page(
        "document_page", {**shown, "served": served}, lang=lang, served=served, data=data,
        terms=report_terms(), style=report_style(), script="".join(map(part, SCRIPTS)),
    )  # fmt: skip
