"""A comparison as one page that opens by double click, offline, and that people filter, read and print."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from zhengce.lexicon import table
from zhengce.version import VERSION
from zhengce.write.compare_terms import Language, terms
from zhengce.write.compare_view import view
from zhengce.write.replacing import replacing
from zhengce.write.visible import visible

if TYPE_CHECKING:
    from markupsafe import Markup

__all__ = ["write_page"]

POLICY = "default-src 'none'; style-src '{style}'; script-src '{script}'; base-uri 'none'; form-action 'none'"
# what could end the script block that holds JSON
RISKY = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"}


def write_page(out: Path, *, lang: Language = "zh") -> None:
    """Write `compare.html` from the JSON lines of the comparison in the folder `out`.

    One file that asks for nothing from outside: its policy allows the one style and the one script of known hashes and
    nothing else. Words of documents are escaped in the page and put in by textContent where they open. `lang` is the
    language in which it opens, and that of amounts; a button changes the words of the page. Raises OSError.
    """
    from jinja2 import Environment, StrictUndefined

    shown, details = view(out, lang)
    marks = {group: dict(terms(group, "mark")) for group in ("relation", "change")}
    style = _colours() + _part("css")
    script = _part("js")
    maker = Environment(
        autoescape=True, finalize=_plain, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )  # fmt: skip
    pieces = maker.from_string(_part("html")).generate(
        **shown,
        lang=lang,
        version=VERSION,
        style=_as_is(style),
        script=_as_is(script),
        policy=POLICY.format(style=_hash(style), script=_hash(script)),
        data=_json(details | {"words": {one: _words(one) for one in ("zh", "en")}, "marks": marks}),
        say=lambda key, **blanks: _say(lang, key, **blanks),
        relations=marks["relation"],
        changes_of=marks["change"],
    )
    with (
        replacing(out / "compare.html") as path,
        path.open("w", encoding="utf-8", errors="replace", newline="\n") as file,
    ):
        file.writelines(pieces)


def _plain(value: object) -> object:
    """What the template prints: text without what turns it round or cannot be shown, before it is escaped."""
    return visible(value) if type(value) is str else value


@cache
def _words(lang: Language) -> Mapping[str, str]:
    """All words of the page in one language, by group and key."""
    return {f"{row['group']}.{row['key']}": row[lang] for row in table("compare_terms")}


@cache  # a page says the same few words in each of its cells
def _say(lang: Language, key: str, **blanks: object) -> Markup:
    """A word of the page in an element that the script can put into the other language."""
    from markupsafe import Markup

    return Markup('<span data-t="{}">{}</span>').format(key, _words(lang)[key].format(**blanks))


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


def _part(suffix: str) -> str:
    return (files("zhengce.write") / f"compare_page.{suffix}").read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def _json(value: Mapping[str, object]) -> Markup:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for char, code in RISKY.items():
        text = text.replace(char, code)
    return _as_is(text)


def _as_is(text: str) -> Markup:
    from markupsafe import Markup

    return Markup(text)
