"""The lines that an element of a web page shows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhengce.document import BlockKind
from zhengce.read.html_labels import item_labels
from zhengce.read.lines import Line
from zhengce.read.page import Element

__all__ = ["is_data", "is_register", "render"]

BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dir", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
    "html", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th",
    "thead", "tr", "ul",
})  # fmt: skip
KINDS: dict[str, BlockKind] = {f"h{level}": "heading" for level in range(1, 7)}
KINDS |= {"caption": "caption", "figcaption": "caption"}
ANNOTATIONS = frozenset({"rt", "rp"})
FOLDED = re.compile(r"[ \t\r\n\f]+")
FOLDED_ENDS = " \t\r\n\f"
WIDEST, DEEPEST = 64, 1000
LAYOUT_CELL = 0.8


def render(body: Element) -> list[Line]:
    """The lines of an element as a browser shows them: one for every block or `<br>`, one for every row of a table.

    Inline tags never break a line; items of numbered lists bear the label that a browser computes; white space of the
    source is folded, no-break spaces are kept; a table that only lays out the page comes as the lines in it; cells that
    span several places stand in the first, the others are blank.
    """
    lines: list[Line] = []
    inline: list[str] = []
    numbers: dict[Element, str] = {}
    labels: list[str] = []  # of an item whose text has not begun
    kinds: list[BlockKind] = ["paragraph"]
    stack: list[Element | str | None] = [body]

    def end() -> None:
        text = FOLDED.sub(" ", "".join(inline)).strip(FOLDED_ENDS)
        inline.clear()
        if text.strip():
            lines.append(Line(cells=(text,), kind=kinds[-1]))

    while stack:
        item = stack.pop()
        if item is None:
            end()
            kinds.pop()
        elif isinstance(item, str):
            inline.append(labels.pop() + item.lstrip() if labels and item.strip() else item)
        elif item.tag == "br":
            end()
        elif item.tag == "table" and item is not body and is_data(item):
            end()
            lines.extend(_rows(item))
        elif item.tag not in ANNOTATIONS:
            if item.tag in BLOCKS:
                end()
                kinds.append(KINDS.get(item.tag, kinds[-1]))
                stack.append(None)
                numbers |= item_labels(item)
                labels = [numbers.pop(item)] if item in numbers else labels
            stack.extend(reversed(_broken(item) if item.tag == "pre" else item.children))
    end()
    return lines


def is_data(table: Element) -> bool:
    """Whether a table holds rows of cells, and is not there to lay out the page."""
    if any(element.tag == "table" for element in table.walk() if element is not table):
        return False
    rows = [[cell for cell in row if cell.size] for row in _cells(table)]
    if not any(len(row) > 1 for row in rows):
        return False
    largest = max((cell for row in rows for cell in row), key=lambda cell: cell.size)
    paragraphs = sum(element.tag == "p" for element in largest.walk())
    return not (largest.size > LAYOUT_CELL * table.size and paragraphs > 2)


def is_register(table: Element) -> bool:
    """Whether an element is a table of data whose head has no links: a catalogue, where links make no menu of it."""
    if table.tag != "table" or not is_data(table):
        return False
    head = next((row for row in _cells(table) if row), [])
    return sum(cell.size > 0 for cell in head) > 1 and not any(cell.linked for cell in head)


def _rows(table: Element) -> Iterator[Line]:
    held: dict[int, int] = {}
    for element in table.walk():
        if element.tag == "caption":
            yield from render(element)
    for row in _cells(table):
        texts: list[str] = []
        for cell in row:
            _fill(texts, held)
            across, down = _number(cell, "colspan", WIDEST), _number(cell, "rowspan", DEEPEST)
            for column in range(len(texts), len(texts) + across):
                held[column] = down - 1
            texts += [" ".join("\t".join(line.cells) for line in render(cell)).replace("\t", " "), *[""] * (across - 1)]
        _fill(texts, held)
        while texts and not texts[-1].strip():
            texts.pop()
        if texts:
            yield Line(cells=tuple(texts), kind="cell")


def _fill(texts: list[str], held: dict[int, int]) -> None:
    """Leave blank the places that cells of the rows above reach down into."""
    while held.get(len(texts), 0) > 0:
        held[len(texts)] -= 1
        texts.append("")


def _cells(table: Element) -> list[list[Element]]:
    rows = [element for element in table.walk() if element.tag == "tr"]
    return [
        [child for child in row.children if isinstance(child, Element) and child.tag in ("td", "th")] for row in rows
    ]


def _number(cell: Element, attribute: str, most: int) -> int:
    value = cell.attributes.get(attribute, "").strip()
    return min(max(int(value), 1), most) if value.isascii() and value.isdigit() else 1


def _broken(pre: Element) -> list[Element | str]:
    """The children of preformatted text, its newlines made tags."""
    children: list[Element | str] = []
    for child in pre.children:
        if isinstance(child, Element):
            children.append(child)
            continue
        for number, line in enumerate(child.split("\n")):
            children += [Element("br"), line] if number else [line]
    return children
