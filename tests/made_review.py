"""A run of invented documents as the review server sees it, and a server process of it that tests can kill."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from test_batch import stand_in

from zhengce.write.row import rows

HOSTILE = '</title><script>document.title="owned"</script>'
TEXTS = {
    "甲": "甲市就业工作要点\n全年新增就业500人。着力打造“技工”劳务品牌，培训补贴每人1500元。",
    "乙": f"{HOSTILE}\n新增就业3人，新增就业40人。数字AI就业𠀀地，稳就业。",
    "丙": "丙县通知\n没有数字的文件。",
}


class FakePages:
    """Pages of the same shape as those of `zhengce.reporting`, of the texts given."""

    out = Path("no such folder")

    def __init__(self, texts: Mapping[str, str] = TEXTS) -> None:
        self._tables: dict[str, Mapping[str, list[dict[str, Any]]]] = {}
        for name, text in texts.items():
            outcome = stand_in(text.encode("utf-8", "surrogatepass"), f"{name}.txt")
            assert outcome.document is not None
            self._tables[outcome.document.id] = rows(outcome.document, outcome.records)
        self.documents = tuple(self._tables)
        self.shown: list[Sequence[Mapping[str, Any]]] = []

    def rows(self, table: str, document: str) -> list[dict[str, object]]:
        return self._tables[document][table]

    def index(self, decisions: Sequence[Mapping[str, Any]] = ()) -> Iterator[str]:
        self.shown.append(decisions)
        yield "<!doctype html><title>index</title>"
        yield from (f"<p>{document}" for document in self.documents)

    def document(self, document: str, decisions: Sequence[Mapping[str, Any]] = ()) -> Iterator[str]:
        text = self._tables[document]["documents"][0]["text"]
        self.shown.append(decisions)
        yield "<!doctype html><title>document</title>"
        yield text.replace("&", "&amp;").replace("<", "&lt;")

    def compare(self) -> Iterator[str] | None:
        return None


def target(pages: FakePages, document: int = 0) -> dict[str, Any]:
    """The first target of a document."""
    return dict(pages.rows("targets", pages.documents[document])[0])


def about(row: Mapping[str, Any], action: str, **more: object) -> dict[str, Any]:
    """What a page posts about a record."""
    named = {name: row[name] for name in ("document", "record", "quote", "start", "end")}
    return {"action": action, "table": "targets", "coder": "甲组", **named, **more}


def main() -> None:
    from zhengce.review.ledger import Ledger
    from zhengce.review.server import serve

    ledger = Ledger(Path(sys.argv[1]), on_cut=lambda count: print(f"cut {count}", file=sys.stderr))
    serve(FakePages(), ledger, on_open=lambda url: print(json.dumps({"url": url}), flush=True))


if __name__ == "__main__":
    main()
