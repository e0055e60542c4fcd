"""Marked documents: XML whose elements stand round the words they hold of."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

from zhengce.errors import BadUsage
from zhengce.text import Span

__all__ = ["Element", "read_markup"]

Element = ElementTree.Element


def read_markup(path: Path) -> tuple[str, list[tuple[Element, Span]]]:
    """The text in an XML file without white space round it, and each element below the root with its place in the text.

    Raises BadUsage for a file that is no XML.
    """
    try:
        root = ElementTree.fromstring(path.read_text(encoding="utf-8"))
    except (OSError, ElementTree.ParseError, UnicodeDecodeError) as error:
        raise BadUsage(f"{path.name}: no marked document ({error})") from error
    marks: list[tuple[Element, Span]] = []
    text = _walk(root, 0, marks)
    marks.pop()  # the root, which is the last to end
    lead = len(text) - len(text.lstrip())
    return text.strip(), [(element, span.shift(-lead)) for element, span in marks]


def _walk(element: Element, at: int, marks: list[tuple[Element, Span]]) -> str:
    """The text of an element that begins at a character of the whole; it and those in it are added."""
    text = element.text or ""
    for child in element:
        text += _walk(child, at + len(text), marks) + (child.tail or "")
    marks.append((element, Span(start=at, end=at + len(text))))
    return text
