"""What all pages share: one file that opens by double click, asks for nothing, and lets nothing in."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING

from zhengce.lexicon import table
from zhengce.version import VERSION
from zhengce.write.compare_terms import Language
from zhengce.write.visible import visible

if TYPE_CHECKING:
    from jinja2 import Environment, Template
    from markupsafe import Markup

__all__ = ["as_is", "page", "part", "words"]

POLICY = "default-src 'none'; style-src '{style}'; script-src '{script}'; base-uri 'none'; form-action 'none'"
SERVED = "; connect-src 'self'"
# what could end the script block that holds JSON
RISKY = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"}


def page(
    name: str, shown: Mapping[str, object], *, lang: Language, terms: Mapping[Language, Mapping[str, str]],
    style: str, script: str, data: Mapping[str, object], served: bool = False,
) -> Iterator[str]:  # fmt: skip
    """The pieces of the page made of the template `<name>.html` and the values `shown`.

    Its policy allows the one style and the one script of known hashes and nothing else, `served` pages also to speak
    with where they came from. Words of documents are escaped by the template; `data` is for the script, which has to
    put them in as text. `terms` are the words of the page in both languages, `lang` the one in which it opens.
    """
    policy = POLICY.format(style=_hash(style), script=_hash(script)) + (SERVED if served else "")

    @cache  # a page says the same few words in each of its cells
    def say(key: str, **blanks: object) -> Markup:
        """A word of the page in an element that the script can put into the other language."""
        return as_is('<span data-t="{}">{}</span>').format(key, terms[lang][key].format(**blanks))

    yield from _template(name).generate(
        **shown, lang=lang, version=VERSION, style=as_is(style), script=as_is(script), policy=policy, say=say,
        data=_json({"words": terms, **data}),
    )  # fmt: skip


def part(name: str) -> str:
    """A file beside the templates: a style or a script."""
    return (files("zhengce.write") / name).read_text(encoding="utf-8")


@cache
def words(terms: str, lang: Language) -> Mapping[str, str]:
    """All words of a lexicon of pages in one language, by group and key.

    >>> words("page_terms", "en")["word.provisions"]
    'Provisions'
    """
    return {f"{row['group']}.{row['key']}": row[lang] for row in table(terms)}


def as_is(text: str) -> Markup:
    """Text that is markup already, and escaped where it has to be."""
    from markupsafe import Markup

    return Markup(text)


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("zhengce", "write"), autoescape=True, finalize=_plain, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip


def _template(name: str) -> Template:
    return _environment().get_template(f"{name}.html")


def _plain(value: object) -> object:
    """What the template prints: text without what turns it round or cannot be shown, before it is escaped."""
    return visible(value) if type(value) is str else value


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def _json(value: Mapping[str, object]) -> Markup:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for char, code in RISKY.items():
        text = text.replace(char, code)
    return as_is(text)
