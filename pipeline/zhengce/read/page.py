"""A web page as a tree of elements that the rules for main text and fields walk."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

__all__ = ["Element", "weigh"]

MARKS = re.compile(r"[，。；、！？]")


@dataclass(slots=True, eq=False)
class Element:
    """A tag with its children, texts among them; the counts are filled in by `weigh`.

    `size` counts the characters that are not white space, `linked` those of them in links, `marks` the punctuation,
    `elements` the elements under this one.
    """

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    parent: Element | None = None
    children: list[Element | str] = field(default_factory=list)
    size: int = 0
    linked: int = 0
    marks: int = 0
    elements: int = 0

    @property
    def weight(self) -> int:
        """How much prose the element holds: characters outside links, a punctuation mark as ten of them."""
        return self.size - self.linked + 10 * self.marks

    def walk(self) -> Iterator[Element]:
        """The element and all under it, in the order of the page."""
        stack: list[Element] = [self]
        while stack:
            element = stack.pop()
            yield element
            if element.children:
                stack += [child for child in reversed(element.children) if not isinstance(child, str)]

    def text(self) -> str:
        """All text under the element, without white space."""
        parts: list[str] = []
        stack: list[Element | str] = [self]
        while stack:
            item = stack.pop()
            if isinstance(item, str):
                parts.append(item)
            else:
                stack.extend(reversed(item.children))
        return "".join("".join(parts).split())

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


def weigh(root: Element) -> None:
    """Fill in the counts of the element and of all under it."""
    for element in reversed(list(root.walk())):
        element.size = element.marks = element.linked = element.elements = 0
        for child in element.children:
            if isinstance(child, str):
                if shown := "".join(child.split()):
                    element.size += len(shown)
                    element.marks += len(MARKS.findall(shown))
            else:
                element.size += child.size
                element.marks += child.marks
                element.linked += child.linked
                element.elements += child.elements + 1
        if element.tag == "a":
            element.linked, element.marks = element.size, 0
