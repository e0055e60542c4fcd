"""The styles of a Word document: what a paragraph or a run gets from its style and the styles that one is based on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from zhengce.read.docx_package import WORD

__all__ = ["Styles", "is_on", "value_of"]

DEEPEST = 32
OFF = frozenset({"0", "false", "off", "none"})


def value_of(element: Element | None) -> str | None:
    """The value of an element (`w:val`); None where there is no element or no value."""
    return element.get(f"{WORD}val") if element is not None else None


def is_on(element: Element | None) -> bool | None:
    """What a switch like `w:vanish` says: on without a value; None where it is not there."""
    return None if element is None else (value_of(element) or "on").lower() not in OFF


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles by id, and the id that paragraphs without one have."""

    elements: dict[str, Element]
    default: str

    @staticmethod
    def of(root: Element | None) -> Styles:
        """The styles in the root of styles.xml, which may be missing."""
        found = root.findall(f"{WORD}style") if root is not None else []
        elements = {style.get(f"{WORD}styleId", ""): style for style in found}
        defaults = [
            name
            for name, style in elements.items()
            if style.get(f"{WORD}type") == "paragraph" and style.get(f"{WORD}default", "0") not in OFF
        ]
        return Styles(elements, defaults[0] if defaults else "")

    def name_of(self, properties: Element | None) -> str:
        """The id of the style of a paragraph with these properties."""
        named = value_of(properties.find(f"{WORD}pStyle")) if properties is not None else None
        return named if named in self.elements else self.default

    def chain(self, name: str | None) -> Iterator[Element]:
        """A style and those that it is based on, the nearest first."""
        for _ in range(DEEPEST):
            style = self.elements.get(name or "")
            if style is None:
                return
            yield style
            name = value_of(style.find(f"{WORD}basedOn"))

    def is_heading(self, name: str) -> bool:
        """Whether a paragraph style is a heading's: by its outline level or its name."""
        for style in self.chain(name):
            level = value_of(style.find(f"{WORD}pPr/{WORD}outlineLvl"))
            if level is not None:
                return level != "9"
            if (value_of(style.find(f"{WORD}name")) or "").lower().startswith(("heading", "title", "标题")):
                return True
        return False

    def hides(self, name: str | None) -> bool:
        """Whether text in a style is hidden."""
        for style in self.chain(name):
            hidden = is_on(style.find(f"{WORD}rPr/{WORD}vanish"))
            if hidden is not None:
                return hidden
        return False

    def numbering(self, name: str) -> tuple[str | None, str | None]:
        """The list and the level that a paragraph style gives, each from the nearest style that says one."""
        number = level = None
        for style in self.chain(name):
            properties = style.find(f"{WORD}pPr/{WORD}numPr")
            if properties is not None:
                number = number or value_of(properties.find(f"{WORD}numId"))
                level = level or value_of(properties.find(f"{WORD}ilvl"))
        return number, level
