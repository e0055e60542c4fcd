"""A web page as a tree of elements that the rules for main text and fields walk."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate

__all__ = ["Element", "weigh"]

MARKS = re.compile(r"[，。；、！？]")


@dataclass(slots=True)
class Order:
    """The elements of a page and its texts, each in the order of the page: an element is a stretch of both.

    `sizes` and `marks` are counts of each text as `Element` has them. None, "" and 0 stand for what was taken out.
    """

    elements: list[Element | None] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    marks: list[int] = field(default_factory=list)

    def add(self, text: str) -> None:
        shown = "".join(text.split())
        self.texts.append(text)
        self.sizes.append(len(shown))
        self.marks.append(len(MARKS.findall(shown)) if shown else 0)


@dataclass(slots=True, eq=False)
class Element:
    """A tag with its children, texts among them; the counts are filled in by `weigh`.

    `size` counts the characters that are not white space, `linked` those of them in links, `marks` the punctuation,
    `elements` the elements under this one. It stands from `first` to `end` in the order of the page, its texts from
    `first_text` to `end_text`.
    """

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    parent: Element | None = None
    children: list[Element | str] = field(default_factory=list)
    order: Order = field(default_factory=Order)
    first: int = 0
    end: int = 0
    first_text: int = 0
    end_text: int = 0
    size: int = 0
    linked: int = 0
    marks: int = 0
    elements: int = 0

    @property
    def weight(self) -> int:
        """How much prose the element holds: characters outside links, a punctuation mark as ten of them."""
        return self.size - self.linked + 10 * self.marks

    def walk(self) -> list[Element]:
        """The element and all under it, in the order of the page."""
        return list(filter(None, self.order.elements[self.first : self.end]))

    def texts(self) -> list[str]:
        """The texts under the element as they stand in the page."""
        return self.order.texts[self.first_text : self.end_text]

    def text(self) -> str:
        """All text under the element, without white space."""
        return "".join("".join(self.texts()).split())

    def ancestors(self) -> Iterator[Element]:
        """What the element stands in, from the innermost out."""
        above = self.parent
        while above is not None:
            yield above
            above = above.parent

    def remove(self) -> None:
        """Take the element out of the page."""
        if self.parent is not None:
            self.parent.children.remove(self)
            self.parent = None
            order, count = self.order, self.end_text - self.first_text
            order.elements[self.first : self.end] = [None] * (self.end - self.first)
            order.texts[self.first_text : self.end_text] = [""] * count
            order.sizes[self.first_text : self.end_text] = order.marks[self.first_text : self.end_text] = [0] * count


def weigh(root: Element) -> None:
    """Fill in the counts of a page's root and of all under it."""
    order, elements = root.order, root.walk()
    sizes, marks = [0, *accumulate(order.sizes)], [0, *accumulate(order.marks)]
    counts = [0, *accumulate(element is not None for element in order.elements)]
    for element in elements:
        element.size = sizes[element.end_text] - sizes[element.first_text]
        element.marks = marks[element.end_text] - marks[element.first_text]
        element.elements = counts[element.end] - counts[element.first] - 1
        element.linked = 0
    for link in [element for element in reversed(elements) if element.tag == "a"]:
        for above in link.ancestors():
            if above.tag == "a":
                break
            above.linked += link.size
            above.marks -= link.marks
        link.linked, link.marks = link.size, 0
