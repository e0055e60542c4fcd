"""The pages of a run: what was found, document by document, to be opened by double click or reviewed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from zhengce.amend.edit import EDITS, read_edits
from zhengce.document import Document
from zhengce.errors import BadUsage
from zhengce.mending import Change, clean
from zhengce.record import TABLES
from zhengce.restored import original
from zhengce.write.columns import COMPARISON, ORIGINS, columns
from zhengce.write.compare_page import compare_page
from zhengce.write.compare_terms import Language
from zhengce.write.document_page import document_page
from zhengce.write.index_page import index_page
from zhengce.write.index_view import Summary, summary
from zhengce.write.page_fix import fixes
from zhengce.write.report import write_report
from zhengce.write.shelf import Shelf

__all__ = ["FOLDER", "Pages", "report"]

FOLDER = "report"  # in which the pages are put, beside the tables
SAFE = re.compile(r"\w[\w.-]{0,79}")  # what may be the name of a file, and part of an address

HELD = ("documents", "provisions", *TABLES.values(), "notes")
Decisions = Sequence[Mapping[str, object]]


class Pages:
    """The pages of the run in a folder, each made when it is asked for.

    `lang` is the language in which they open. A page that is `served` sends what `coder` decides to where it came from,
    another one keeps it in the browser until it is exported. Raises BadUsage for a folder without tables of a run or of
    a comparison.
    """

    def __init__(
        self, out: Path, *, lang: Language = "zh", coder: str | None = None, served: bool = False
    ) -> None:  # fmt: skip
        self.out, self.lang, self._coder, self._served = out, lang, coder, served
        self.compared = any((out / f"{table}.jsonl").is_file() for table in columns(COMPARISON))
        if not (out / "documents.jsonl").is_file() and not self.compared:
            raise BadUsage(f"{out} holds no tables of a run (documents.jsonl): give the folder that `extract -o` wrote")
        try:
            self._shelf = Shelf(out, (*HELD, ORIGINS))
        except (OSError, ValueError) as error:
            raise BadUsage(f"the tables in {out} cannot be read: {error}") from error
        self.documents = self._shelf.documents()
        if unsafe := next((one for one in self.documents if not SAFE.fullmatch(one)), None):
            raise BadUsage(f"{out}: {unsafe!r} is no id of a document, which is made of letters and digits")

    def rows(self, table: str, document: str) -> list[dict[str, Any]]:
        """The rows that a table has of a document; raises KeyError for one that the run has not."""
        if document not in self._known:
            raise KeyError(document)
        return self._shelf.rows(table, document)

    def index(self, decisions: Decisions = ()) -> Iterator[str]:
        """The pieces of the first page: charts, documents, failures; `decisions` are all that people made."""
        return index_page(
            self.summaries, list(self._shelf.loose("failures")), decisions, lang=self.lang, served=self._served,
            compared=self.compared,
        )  # fmt: skip

    def document(self, document: str, decisions: Decisions = ()) -> Iterator[str]:
        """The pieces of the page of a document with what people decided about it; raises KeyError for an unknown
        one.
        """
        rows = {table: self.rows(table, document) for table in HELD}
        read = _read(rows, self._shelf.rows(ORIGINS, document))
        return document_page(
            rows, read.raw.text if read else None, fixes(read, _changes(read)) if read else ([], []), lang=self.lang,
            decisions=decisions, coder=self._coder, served=self._served,
        )  # fmt: skip

    def compare(self) -> Iterator[str] | None:
        """The pieces of the page of a comparison; None where the folder holds none."""
        return compare_page(self.out, lang=self.lang) if self.compared else None

    @cached_property
    def summaries(self) -> tuple[Summary, ...]:
        """What the first page tells of each document."""
        return tuple(
            summary({table: self._shelf.rows(table, document) for table in HELD if table != "provisions"})
            for document in self.documents
        )

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(self.documents)


def report(
    out: Path, to: Path | None = None, *, lang: Language = "zh", decisions: Path | None = None,
    on_progress: Callable[[int, int, str], None] = lambda done, total, name: None,
) -> tuple[str, ...]:  # fmt: skip
    """Write the pages of the run in the folder `out` to the folder `to`, `out`/report unless given; their names.

    `decisions` is the corrections file whose decisions they show, that of `out` unless given. Raises BadUsage for a
    folder without tables, and where another program's file is in the way; OSError.
    """
    pages = Pages(out, lang=lang)
    told = _decisions(decisions or out / EDITS)
    made: dict[str, Callable[[], Iterator[str]]] = {"index.html": partial(pages.index, told)}
    about: dict[str, list[Mapping[str, object]]] = {}
    for line in told:
        about.setdefault(str(line["document"]), []).append(line)
    for one in pages.documents:
        made[f"documents/{one}.html"] = partial(pages.document, one, about.get(one, ()))
    if pages.compared:
        made["compare.html"] = partial(compare_page, out, lang=lang)
    write_report(to or out / FOLDER, made, on_progress=on_progress)
    return tuple(made)


def _decisions(path: Path) -> list[Mapping[str, object]]:
    """The lines of a corrections file with their ids; none where there is no file."""
    return [{**one.told, "edit": one.id} for one in read_edits(path)] if path.is_file() else []


def _read(rows: Mapping[str, Sequence[Mapping[str, Any]]], origins: Sequence[Mapping[str, Any]]) -> Document | None:
    """The document as it was read; None where the run kept no way back, or another one than that of its text."""
    try:
        return original(rows["documents"][0], origins[0], rows["provisions"], rows["notes"]) if origins else None
    except (LookupError, TypeError, ValueError):
        return None


def _changes(read: Document) -> list[Change]:
    """The edits by which the raw text became the clean one; none where this version would clean it otherwise."""
    log: list[Change] = []
    again = clean(read.raw, log)
    return log if (again.text, again.alignment) == (read.text, read.alignment) else []
