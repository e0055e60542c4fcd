"""The reader of web pages beside three libraries, on the same pages: `python tests/bench/web.py`.

The pages are those of `tests/pages` and, where they lie beside the project, the portal pages of
`../shared/documents/statecouncil` (body: the paragraphs of their #UCAP-CONTENT; title and day: their index table).
Recall and precision are of characters without white space, in lines that the output holds whole; `leaked` counts junk
words in the output, `refused` pages without a document for which nothing is given; speed is a share of ours, the best
of three rounds in one run, ours with cleaning and header. Needs the extra `bench`.
"""

from __future__ import annotations

import re
import time
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from zhengce.document import Source
from zhengce.errors import UnreadableFile
from zhengce.flow import clean
from zhengce.outline.header import header
from zhengce.read.html import read_html
from zhengce.value.day import parse_day

TESTS = Path(__file__).resolve().parents[1]
PORTAL = TESTS.parents[1] / "shared" / "documents" / "statecouncil"
SPACES = re.compile("[\\s\u200b-\u200f\ufeff]+")
Result = tuple[str, str | None, str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A page with what is true of it; `body` is None where it holds no document."""

    data: bytes
    body: tuple[str, ...] | None
    junk: tuple[str, ...] = ()
    title: str | None = None
    day: str | None = None


def ours(data: bytes) -> Result:
    try:
        raw = read_html(data, Source(name="page.html", sha256="0", media_type="text/html"))
    except UnreadableFile:
        return "", None, None
    text = clean(raw).text
    found = header(raw, text)
    return text, found.title, str(found.published) if found.published else None


def trafilatura(data: bytes) -> Result:
    from trafilatura import bare_extraction

    until = {"max_date": "2040-01-01", "extensive_search": True, "original_date": True}  # the made pages are of 2031
    found = bare_extraction(data, favor_recall=True, with_metadata=True, date_extraction_params=until)
    return (found.text or "", found.title, found.date) if found else ("", None, None)


def readability(data: bytes) -> Result:
    from lxml.html import fromstring
    from readability import Document

    document = Document(data)
    summary = document.summary()
    return fromstring(summary).text_content() if summary.strip() else "", document.short_title(), None


def resiliparse(data: bytes) -> Result:
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import bytes_to_str, detect_encoding
    from resiliparse.parse.html import HTMLTree

    tree = HTMLTree.parse(bytes_to_str(data, detect_encoding(data)))
    return extract_plain_text(tree, main_content=True), tree.title, None


MEASURED: dict[str, Callable[[bytes], Result]] = {
    "zhengce": ours, "trafilatura": trafilatura, "readability": readability, "resiliparse": resiliparse,
}  # fmt: skip


def made_pages() -> list[Labelled]:
    pages = tomllib.loads((TESTS / "pages" / "truth.toml").read_text(encoding="utf-8"))["page"]
    return [
        Labelled(
            data=(TESTS / "pages" / page["file"]).read_bytes(),
            body=(*page["body"], *(cell for row in page.get("cells", []) for cell in row if cell))
            if "body" in page
            else None,
            junk=tuple(page.get("junk", [])), title=page.get("title"), day=page.get("date"),
        )
        for page in pages
    ]  # fmt: skip


def portal_pages() -> list[Labelled]:
    from selectolax.lexbor import LexborHTMLParser

    found = []
    for path in sorted(PORTAL.glob("*.html")):
        data = path.read_bytes()
        tree = LexborHTMLParser(data.decode("utf-8", "replace"))
        body = tree.css_first("#UCAP-CONTENT")
        raw = read_html(data, Source(name=path.name, sha256="0", media_type="text/html"))
        paragraphs = [node.text() for node in body.css("p")] if body else []
        day = parse_day(raw.fields.get("发布日期", ""))
        found.append(
            Labelled(
                data=data, body=tuple(text for text in paragraphs if text.strip()),
                junk=("索引号", "主题分类", "扫一扫"), title=raw.fields.get("标题"), day=str(day) if day else None,
            )
        )  # fmt: skip
    return found


def bare(text: str) -> str:
    return SPACES.sub("", text)


def measure(name: str, pages: list[Labelled]) -> str:
    """One line of the table."""
    function = MEASURED[name]
    right = wanted = given = leaked = refused = titles = days = 0
    for page in pages:
        text, title, day = function(page.data)
        output = bare(text)
        if page.body is None:
            refused += len(output) < 20
            continue
        lines = [bare(line) for line in page.body]
        wanted += sum(map(len, lines))
        right += sum(len(line) for line in lines if line in output)
        given += len(output)
        leaked += sum(bare(word) in output for word in page.junk)
        titles += page.title is not None and bare(title or "") == bare(page.title)
        days += page.day is not None and day == page.day
    none = sum(page.body is None for page in pages)
    stated = [sum(getattr(page, name) is not None for page in pages) for name in ("title", "day")]
    return (
        f"{name:12} recall {right / wanted:.3f}  precision {min(right / max(given, 1), 1):.3f}  leaked {leaked:3}  "
        f"refused {refused}/{none}  titles {titles}/{stated[0]}  days {days}/{stated[1]}"
    )


def seconds(name: str, pages: list[Labelled]) -> float:
    best = float("inf")
    for _ in range(3):
        begun = time.perf_counter()
        for page in pages:
            MEASURED[name](page.data)
        best = min(best, time.perf_counter() - begun)
    return best


def main() -> None:
    """Prints a table for each set of pages."""
    sets = {"tests/pages": made_pages(), "portal pages": portal_pages()}
    for label, pages in sets.items():
        if not pages:
            continue
        print(f"{label}: {len(pages)} pages")
        took = {name: seconds(name, pages) for name in MEASURED}
        for name in MEASURED:
            print(f"  {measure(name, pages)}  speed {took['zhengce'] / took[name]:.2f} of ours")


if __name__ == "__main__":
    main()
