"""The lists of a Word document (numbering.xml): which label stands before each paragraph.

Source of rules: ECMA-376 part 1, 17.9 (Numbering).
"""

from __future__ import annotations

from functools import cached_property
from xml.etree.ElementTree import Element

from zhengce.read.docx_package import WORD
from zhengce.read.docx_styles import Styles, is_on, value_of
from zhengce.read.list_labels import Counter, Label, Level, List

__all__ = ["Lists"]

DEEPEST = 9


class Lists:
    """The lists of a document; `label` is asked once for each paragraph, in order."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._root = root
        self._styles = styles
        self._lists: dict[str, List | None] = {}
        self._counter = Counter()

    def label(self, properties: Element | None) -> Label | None:
        """The label of the next paragraph, by its properties (`w:pPr`) and its style; None without a number."""
        number, at = self._place(properties)
        found = self._list(number) if number is not None and number != "0" else None
        return self._counter.label(number, found, at) if number is not None and found is not None else None

    def _place(self, properties: Element | None) -> tuple[str | None, int]:
        """The instance and the level of a paragraph: its own, else its style's."""
        own = properties.find(f"{WORD}numPr") if properties is not None else None
        number = value_of(own.find(f"{WORD}numId")) if own is not None else None
        level = value_of(own.find(f"{WORD}ilvl")) if own is not None else None
        style = self._styles.name_of(properties)
        if number is None:
            number, styled = self._styles.numbering(style)
            level = level or self._linked(number, style) or styled
        return number, _whole(level, 0)

    def _linked(self, number: str | None, style: str) -> str | None:
        """The level that names the style, or the nearest of those that it is based on, as its own."""
        found = self._list(number) if number else None
        names = [element.get(f"{WORD}styleId") for element in self._styles.chain(style)]
        linked = {level.style: at for at, level in found.levels.items() if level.style} if found else {}
        return next((str(linked[name]) for name in names if name in linked), None)

    def _list(self, number: str) -> List | None:
        if number not in self._lists:
            self._lists[number] = self._resolved(number, 0)
        return self._lists[number]

    def _resolved(self, number: str, depth: int) -> List | None:
        element = self._instances.get(number)
        abstract = value_of(element.find(f"{WORD}abstractNumId")) if element is not None else None
        if element is None or abstract not in self._abstracts or depth > DEEPEST:
            return None
        definition = self._abstracts[abstract]
        linked = value_of(definition.find(f"{WORD}numStyleLink"))
        other = self._styles.numbering(linked)[0] if linked else None
        target = self._resolved(other, depth + 1) if other and other != number else None
        if target is not None:  # the levels stand in the abstract list of a style of lists, each counts for itself
            found = List(abstract, dict(target.levels), dict(target.starts))
        else:
            found = List(abstract, dict(_level(level) for level in definition.findall(f"{WORD}lvl")))
        for override in element.findall(f"{WORD}lvlOverride"):
            at = _whole(override.get(f"{WORD}ilvl"), 0)
            if (level := override.find(f"{WORD}lvl")) is not None:
                found.redefine(at, _level(level)[1])
            if (start := override.find(f"{WORD}startOverride")) is not None:
                found.starts[at] = _whole(value_of(start), 0)
        return found

    @cached_property
    def _instances(self) -> dict[str, Element]:
        found = self._root.findall(f"{WORD}num") if self._root is not None else []
        return {element.get(f"{WORD}numId", ""): element for element in found}

    @cached_property
    def _abstracts(self) -> dict[str, Element]:
        found = self._root.findall(f"{WORD}abstractNum") if self._root is not None else []
        return {element.get(f"{WORD}abstractNumId", ""): element for element in found}


def _level(element: Element) -> tuple[int, Level]:
    form = element.find(f"{WORD}numFmt")
    if form is None:  # a format that older versions lack comes with a fall-back (mc:AlternateContent)
        form = next(element.iter(f"{WORD}numFmt"), None)
    written = value_of(form) or "decimal"
    if written == "custom" and form is not None:
        written = f"custom {form.get(f'{WORD}format', '')}"
    fonts = element.find(f"{WORD}rPr/{WORD}rFonts")
    restart = value_of(element.find(f"{WORD}lvlRestart"))
    return _whole(element.get(f"{WORD}ilvl"), 0), Level(
        form=written,
        text=value_of(element.find(f"{WORD}lvlText")) or "",
        suffix=value_of(element.find(f"{WORD}suff")) or "tab",
        start=_whole(value_of(element.find(f"{WORD}start")), 0),
        restart=_whole(restart, 0) if restart is not None else None,
        legal=bool(is_on(element.find(f"{WORD}isLgl"))),
        hidden=bool(is_on(element.find(f"{WORD}rPr/{WORD}vanish"))),
        font=(fonts.get(f"{WORD}ascii") or fonts.get(f"{WORD}hAnsi")) if fonts is not None else None,
        style=value_of(element.find(f"{WORD}pStyle")),
    )


def _whole(value: str | None, default: int) -> int:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 9 else default
