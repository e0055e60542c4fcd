"""A comparison as one page that opens by double click, offline, and that people filter, read and print."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from zhengce.write.compare_terms import LANGUAGES, Language, terms
from zhengce.write.compare_view import view
from zhengce.write.page import page, part, words
from zhengce.write.replacing import replacing

__all__ = ["compare_page", "write_page"]


def write_page(out: Path, *, lang: Language = "zh") -> None:
    """Write `compare.html` from the JSON lines of the comparison in the folder `out`; raises OSError."""
    with (
        replacing(out / "compare.html") as path,
        path.open("w", encoding="utf-8", errors="replace", newline="\n") as file,
    ):
        file.writelines(compare_page(out, lang=lang))


def compare_page(out: Path, *, lang: Language = "zh") -> Iterator[str]:
    """The pieces of the page of the comparison in the folder `out`; raises OSError where its tables cannot be read.

    `lang` is the language in which it opens, and that of amounts; a button changes the words of the page.
    """
    shown, details = view(out, lang)
    marks = {group: dict(terms(group, "mark")) for group in ("relation", "change")}
    return page(
        "compare_page", {**shown, "relations": marks["relation"], "changes_of": marks["change"]}, lang=lang,
        terms={one: words("compare_terms", one) for one in LANGUAGES}, data={**details, "marks": marks},
        style=_colours() + part("compare_page.css"), script=part("page.js") + part("compare_page.js"),
    )  # fmt: skip


def _colours() -> str:
    """The fills of the relations and changes, as variables: for paper and a light screen, and for a dark one."""
    groups = [
        (group, terms(group, "light"), terms(group, "ink"), terms(group, "dark")) for group in ("relation", "change")
    ]
    rules = []
    for group, light, ink, dark in groups:
        for key in light:
            rules.append(f".{group}-{key}{{--fill:{light[key]};--ink:{ink[key]};--fill-dark:{dark[key]}}}")
    return "\n".join(rules) + "\n"
