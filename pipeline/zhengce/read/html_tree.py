"""The bytes of a web page, decoded, as a tree of elements, and apart from it what no browser shows as text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape, unescape
from typing import TYPE_CHECKING

from zhengce.read.page import Element

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

__all__ = ["Page", "parse_page"]

# a no-break space mistyped or escaped twice, so that browsers show its letters; marks whose entity was not closed
MISSPELT = re.compile(
    r"(?P<space>&(?:amp;)?(?:nbsp|bsp|nsp|nbp|nbs|sp|nbsb);|&nbsp(?![a-z]))|"
    r"&(?P<name>[lr][ds]quo|[mn]dash|hellip|bull|ensp|emsp|middot|times)(?![a-zA-Z;])"
)
OPENED = re.compile(r"<(?:(?P<script>script)\b|!\[CDATA\[)", re.IGNORECASE)
CLOSED = {"script": re.compile("</script>", re.IGNORECASE), None: re.compile(r"\]\]>")}
TEMPLATE = re.compile(r"<template\b[^>]*>(.*?)</template>", re.DOTALL | re.IGNORECASE)
TEMPLATE_ENDS = re.compile("</template>", re.IGNORECASE)
MARKUP_TYPES = ("text/template", "text/html", "text/x-template", "text/plain")
# browsers do not nest elements more deeply either: further down those that have no text of their own are left out
DEEPEST = 512
# the parser's time grows with the square of what is open; what has no end, or may do without, nests little
MOST_OPEN = 20_000
TAGS = re.compile(r"<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*)")
UNCLOSED = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr", "p",
    "li", "td", "th", "tr", "dd", "dt", "option",
})  # fmt: skip
UNSHOWN = frozenset({"script", "style", "template", "textarea"})
KEEPING = frozenset({"script", "textarea", "input"})


@dataclass(slots=True)
class Page:
    """The elements of a page without comments; `scripts` as (type, text); `comments`; `kept`: markup that is not shown.

    Markup is kept out of sight in hidden inputs, text areas and templates.
    """

    root: Element
    scripts: list[tuple[str, str]] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)


def parse_page(text: str) -> Page:
    """The page of a text in HTML or XHTML; raises ValueError where 20,000 tags are open at once, else for no markup."""
    from selectolax.lexbor import LexborHTMLParser

    if text.count("<") > MOST_OPEN and _most_open(text) > MOST_OPEN:
        raise ValueError(f"more than {MOST_OPEN:,} tags in one another")
    if "<![CDATA[" in text:  # HTML would take it for a comment
        text = "".join(_without_cdata(text))
    closed = max((found.end() for found in TEMPLATE_ENDS.finditer(text)), default=0)
    page = Page(root=Element("html"), kept=TEMPLATE.findall(text, 0, closed))
    head = text[: text.find("<html")] if "<html" in text[:4096] else text[:2048]
    head = head[: head.rfind("-->") + 3]
    page.comments += re.findall(r"<!--(.*?)-->", head, re.DOTALL)  # those before the root are not in its tree
    parsed = LexborHTMLParser(text).root
    if parsed is not None:
        _grow(page, parsed)
    return page


def _grow(page: Page, parsed: LexborNode) -> None:
    """Put what stands under a node of the parser under the root of the page."""
    order, parent, depth = page.root.order, page.root, 0
    order.elements.append(parent)
    stack: list[LexborNode | None] = [*parsed.iter(include_text=True)]
    stack.reverse()
    while stack:
        node = stack.pop()
        if node is None:
            parent.end, parent.end_text = len(order.elements), len(order.texts)
            parent, depth = parent.parent or page.root, depth - 1
        elif (tag := str(node.tag)) == "-text":
            text = _spelt(node.text_content or "")
            parent.children.append(text)
            order.add(text)
        elif node.is_comment_node:
            page.comments.append(node.comment_content or "")
        elif node.is_element_node:
            attributes = {name: value or "" for name, value in node.attributes.items()}
            if tag in KEEPING:
                _keep(page, tag, attributes, node.text() if tag != "input" else "")
            if tag in UNSHOWN:
                continue
            below = list(node.iter(include_text=True))
            if depth < DEEPEST or (depth < 2 * DEEPEST and any(_has_text(child) for child in below)):
                element = Element(tag, attributes, parent, [], order, len(order.elements), 0, len(order.texts))
                parent.children.append(element)
                order.elements.append(element)
                parent, depth = element, depth + 1
                stack.append(None)  # where it ends
            stack += reversed(below)
    page.root.end, page.root.end_text = len(order.elements), len(order.texts)


def _most_open(text: str) -> int:
    """How many tags are open at once."""
    most = count = 0
    for tag in TAGS.finditer(text):
        if tag["name"].lower() not in UNCLOSED:
            count = max(count - 1, 0) if tag["end"] else count + 1
            most = max(most, count)
    return most


def _has_text(node: LexborNode) -> bool:
    return node.tag == "-text" and bool((node.text_content or "").strip())


def _without_cdata(text: str) -> Iterator[str]:
    """The text in pieces, what stands in CDATA sections outside of scripts escaped."""
    at = 0
    never: set[str | None] = set()  # what is closed nowhere further on, and not looked for again
    for opened in OPENED.finditer(text):
        kind = opened["script"] and "script"
        if opened.start() < at or kind in never:
            continue
        closed = CLOSED[kind].search(text, opened.end())
        if closed is None:
            never.add(kind)
            continue
        yield text[at : opened.start() if kind is None else closed.end()]
        if kind is None:
            yield escape(text[opened.end() : closed.start()], quote=False)
        at = closed.end()
    yield text[at:]


def _spelt(text: str) -> str:
    if "&" not in text:
        return text
    return MISSPELT.sub(lambda found: "\u00a0" if found["space"] else unescape(f"&{found['name']};"), text)


def _keep(page: Page, tag: str, attributes: dict[str, str], text: str) -> None:
    if tag == "script":
        kind = attributes.get("type", "").strip().lower()
        if kind in MARKUP_TYPES:
            page.kept.append(text)
        elif text:
            page.scripts.append((kind, text))
    elif tag == "textarea":
        page.kept.append(text)
    elif tag == "input" and attributes.get("type", "").lower() == "hidden":
        page.kept.append(attributes.get("value", ""))
