"""One document as a page: its provisions, its text with the records highlighted, a card a record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from zhengce.write.compare_terms import LANGUAGES, Language
from zhengce.write.document_view import document_view, label_words, schema
from zhengce.write.kind import kinds
from zhengce.write.page import page, part, words
from zhengce.write.page_text import Fix

__all__ = ["colours", "document_page"]

SCRIPTS = ("document_text.js", "document_decisions.js", "document_cards.js", "document_page.js")
# how the underline of each kind is drawn, for eyes and printers that see no colour
UNDERLINES = ("solid 2px", "dashed 2px", "double 3px", "dotted 3px", "solid 4px", "dashed 1px", "wavy 1px")


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
        terms={one: {**words("page_terms", one), **label_words(one)} for one in LANGUAGES},
        style=colours() + part("report.css"), script="".join(map(part, SCRIPTS)),
    )  # fmt: skip


def colours() -> str:
    """The colour and the underline of each kind of record, as variables of its class."""
    return "".join(
        f".{kind.table}{{--kind:{kind.colour};--line-of:{underline}}}\n"
        for kind, underline in zip(kinds(), UNDERLINES, strict=True)
    )
