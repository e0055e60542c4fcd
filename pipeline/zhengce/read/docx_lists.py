"""Word's automatic numbers: the label of each paragraph, counted in the order of the text.

Source of rules: ECMA-376 part 1, 17.9 (Numbering). Where that leaves the counting open, Word decides: instances of one
abstract list count on together, an override restarts at the first paragraph that uses it, and a level that was skipped
counts as used (Microsoft's article Q110380).
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from xml.etree.ElementTree import Element

from zhengce.read.docx_number import numbered
from zhengce.read.docx_package import WORD
from zhengce.read.docx_styles import Styles, is_on, value_of
from zhengce.read.docx_symbols import LOST, is_symbolic, symbol

__all__ = ["Label", "Lists"]

LEVELS = 9
BULLET = "•"
# marks that hold their place without a blank: 一、 （一） 第一条： —— ①
CLOSED = re.compile(r"[、。，．：；）〕】》］｝—①-⒛㊀-㊉]$")
PADDED = re.compile(r"0*1\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What Word writes before a paragraph, with what sets it off from the text; `unknown` is a format not known."""

    text: str
    bullet: bool = False
    unknown: str | None = None

    def before(self, text: str) -> str:
        """The text with the label before it: a number that a digit would run into (1.2025年) gets a blank."""
        label = self.text
        return f"{label} {text}" if re.search(r"[\d.．]$", label) and text[:1].isdigit() else label + text


@dataclass(frozen=True, slots=True, kw_only=True)
class _Level:
    form: str
    text: str
    suffix: str
    start: int
    restart: int | None
    legal: bool
    hidden: bool
    font: str | None
    style: str | None


@dataclass(slots=True)
class _List:
    """One instance (w:num): the abstract list whose counters it shares, its levels, the starts that it overrides."""

    abstract: str
    levels: dict[int, _Level]
    starts: dict[int, int] = field(default_factory=dict)


class Lists:
    """The lists of a document and how far each has counted; `label` is asked once for each paragraph, in order."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._root = root
        self._styles = styles
        self._lists: dict[str, _List | None] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._begun: set[tuple[str, int]] = set()

    def label(self, properties: Element | None) -> Label | None:
        """The label of the next paragraph, by its properties (`w:pPr`) and its style; None without a number."""
        number, at = self._place(properties)
        found = self._list(number) if number is not None and number != "0" else None
        level = found.levels.get(at) if found is not None else None
        if number is None or found is None or level is None:
            return None
        self._count(number, found, at)
        if level.hidden:
            return None
        if level.form == "bullet":
            return Label(text=_spaced(_bullet(level), level.suffix), bullet=True)
        return self._written(found, level)

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

    def _count(self, number: str, found: _List, at: int) -> None:
        counts = self._counts[found.abstract]
        for above in range(at):
            if above not in counts and above in found.levels:
                counts[above] = found.starts.get(above, found.levels[above].start)
        start = found.starts.get(at, found.levels[at].start)
        anew = at in found.starts and (number, at) not in self._begun
        self._begun.add((number, at))
        counts[at] = start if anew or at not in counts else counts[at] + 1
        for below in [level for level in counts if level > at]:
            restart = found.levels[below].restart if below in found.levels else None
            if restart is None or at < restart:
                del counts[below]

    def _written(self, found: _List, level: _Level) -> Label:
        counts = self._counts[found.abstract]
        unknown: list[str] = []

        def put(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            if at not in counts or at not in found.levels:
                return ""
            form = found.levels[at].form
            form = "decimal" if level.legal and form != "none" else form
            written = _padded(counts[at], form) or numbered(counts[at], form)
            if written is None:
                unknown.append(form)
                written = str(counts[at])
            return written

        text = re.sub(r"%([1-9])", put, level.text)
        return Label(text=_spaced(text, level.suffix), unknown=unknown[0] if unknown else None)

    def _list(self, number: str) -> _List | None:
        if number not in self._lists:
            self._lists[number] = self._resolved(number, 0)
        return self._lists[number]

    def _resolved(self, number: str, depth: int) -> _List | None:
        element = self._instances.get(number)
        abstract = value_of(element.find(f"{WORD}abstractNumId")) if element is not None else None
        if element is None or abstract not in self._abstracts or depth > LEVELS:
            return None
        definition = self._abstracts[abstract]
        linked = value_of(definition.find(f"{WORD}numStyleLink"))
        other = self._styles.numbering(linked)[0] if linked else None
        target = self._resolved(other, depth + 1) if other and other != number else None
        if target is not None:  # the levels stand in the abstract list of a style of lists
            found = _List(target.abstract, dict(target.levels), dict(target.starts))
        else:
            found = _List(abstract, dict(_level(level) for level in definition.findall(f"{WORD}lvl")))
        for override in element.findall(f"{WORD}lvlOverride"):
            at = _whole(override.get(f"{WORD}ilvl"), 0)
            if (level := override.find(f"{WORD}lvl")) is not None:
                found.levels[at] = _level(level)[1]
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


def _level(element: Element) -> tuple[int, _Level]:
    form = element.find(f"{WORD}numFmt")
    if form is None:  # a format that older versions lack comes with a fall-back (mc:AlternateContent)
        form = next(element.iter(f"{WORD}numFmt"), None)
    written = value_of(form) or "decimal"
    if written == "custom" and form is not None:
        written = f"custom {form.get(f'{WORD}format', '')}"
    fonts = element.find(f"{WORD}rPr/{WORD}rFonts")
    restart = value_of(element.find(f"{WORD}lvlRestart"))
    return _whole(element.get(f"{WORD}ilvl"), 0), _Level(
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


def _padded(value: int, form: str) -> str | None:
    """A number of a format that is given by example (001, 002, 003, ...)."""
    shown = PADDED.match(form.removeprefix("custom ")) if form.startswith("custom ") else None
    return f"{value:0{len(shown[0])}}" if shown else None


def _bullet(level: _Level) -> str:
    """The mark of a bulleted list; one that only a font of signs can draw becomes a plain bullet."""
    if not level.text.strip():
        return BULLET if level.text else ""
    if is_symbolic(level.font) or any(0xE000 <= ord(mark) < 0xF900 for mark in level.text):
        return "".join(symbol(ord(mark), level.font) for mark in level.text).replace(LOST, BULLET)
    return level.text


def _spaced(label: str, suffix: str) -> str:
    """The label and the blank after it: Word's tab or space, which marks like 、 and （） do without."""
    return f"{label} " if label and suffix != "nothing" and not CLOSED.search(label) else label


def _whole(value: str | None, default: int) -> int:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 9 else default
