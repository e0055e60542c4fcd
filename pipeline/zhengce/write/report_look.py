"""What the pages of a report and of the review have in common: their words, their style."""

from __future__ import annotations

from collections.abc import Mapping

from zhengce.write.compare_terms import LANGUAGES, Language
from zhengce.write.document_view import label_words
from zhengce.write.kind import kinds
from zhengce.write.page import part, words

__all__ = ["report_style", "report_terms"]

# how the underline of each kind is drawn, for eyes and printers that see no colour
UNDERLINES = ("solid 2px", "dashed 2px", "double 3px", "dotted 3px", "solid 4px", "dashed 1px", "wavy 1px")


def report_terms() -> dict[Language, Mapping[str, str]]:
    """The words of the pages in both languages, with the names of columns and values."""
    return {one: {**words("page_terms", one), **label_words(one)} for one in LANGUAGES}


def report_style() -> str:
    """The style of the pages, with the colour and the underline of each kind of record as variables of its class."""
    colours = "".join(
        f".{kind.table}{{--kind:{kind.colour};--line-of:{underline}}}\n"
        for kind, underline in zip(kinds(), UNDERLINES, strict=True)
    )
    return colours + part("report.css")
