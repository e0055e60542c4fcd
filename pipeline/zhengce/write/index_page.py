"""The first page of a report: what was found in all documents, which of them to open, what could not be read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from zhengce.write.compare_terms import Language
from zhengce.write.index_view import Summary, charts
from zhengce.write.kind import kinds
from zhengce.write.page import page, part
from zhengce.write.report_look import report_style, report_terms

__all__ = ["index_page"]

FAILURES = 500  # rows that are shown; the table has all


def index_page(
    summaries: Sequence[Summary], failures: Sequence[Mapping[str, Any]], decisions: Sequence[Mapping[str, object]], *,
    lang: Language, served: bool = False, compared: bool = False,
) -> Iterator[str]:  # fmt: skip
    """The pieces of the first page; `decisions` are what people decided about all documents.

    The list of documents is made by the script, a hundred at a time. A `served` page searches the texts too; `compared`
    tells that there is a comparison to link.
    """
    known = {str(one.about["document"]) for one in summaries}
    decided = _decided(decisions)
    shown = {
        "charts": charts(summaries),
        "documents": len(summaries),
        "records": sum(sum(one.counts.values()) for one in summaries),
        "characters": sum(int(one.about["characters"]) for one in summaries),
        "failures": failures[:FAILURES],
        "failed": len(failures),
        "kinds": [kind.table for kind in kinds()],
        "provinces": sorted({one.province for one in summaries if one.province}),
        "document_kinds": sorted({str(one.about["kind"]) for one in summaries}),
        "lost": sum(len(records) for document, records in decided.items() if document not in known),
        "served": served,
        "compared": compared,
    }
    yield from page(
        "index_page", shown, lang=lang, served=served,
        data={"served": served, "documents": [_row(one, decided) for one in summaries]},
        terms=report_terms(), style=report_style(), script=part("page.js") + part("index_page.js"),
    )  # fmt: skip


def _row(one: Summary, decided: Mapping[str, set[str]]) -> list[object]:
    about = one.about
    return [
        about["document"], about["title"], about["source"], about["number"], "; ".join(about["issuers"] or ()),
        one.province, about["kind"], about["published"] or about["written"], list(one.counts.values()), one.low,
        min(len(decided.get(str(about["document"]), ())), sum(one.counts.values())), about["damage"],
        one.doubts.total() - one.doubts["furniture"],
    ]  # fmt: skip


def _decided(decisions: Sequence[Mapping[str, object]]) -> dict[str, set[str]]:
    """The records of each document about which a decision holds."""
    undone = {id_ for line in decisions if line["action"] == "undo" for id_ in _ids(line.get("undoes"))}
    found: dict[str, set[str]] = {}
    for line in decisions:
        if line.get("record") and line.get("edit") not in undone:
            found.setdefault(str(line["document"]), set()).add(str(line["record"]))
    return found


def _ids(value: object) -> list[object]:
    return value if isinstance(value, list) else []
