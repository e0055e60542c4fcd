"""A text as lines of HTML: records highlighted in it, repairs and doubts marked, every character still countable."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

from zhengce.write.visible import UNSHOWN

__all__ = ["Fix", "Highlight", "Line", "page_text"]

LINE = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Highlight:
    """A stretch that a record rests on; `number` is the record's place among those of the page, `kind` its table."""

    start: int
    end: int
    number: int
    kind: str
    label_zh: str
    label_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """A repaired or doubtful stretch, empty where something was taken out, with what to say of it."""

    start: int
    end: int
    title: str
    style: str = "fix"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the text that is not empty: its first character, and its words as HTML."""

    start: int
    html: str


def page_text(text: str, highlights: Sequence[Highlight], fixes: Sequence[Fix]) -> Iterator[Line]:
    """The lines of a text; each has as many characters of text in the browser as in the document.

    Where highlights overlap, the shortest gives the colour, and `data-r` has the numbers of all; the first piece of
    each bears its label. A highlight that runs over a line break is a mark in each line. What would turn the reading
    direction, or cannot be shown, is a replacement character with its code beside it.

    >>> kind = {"kind": "facts", "label_zh": "数据", "label_en": "figure"}
    >>> [line.html for line in page_text("培训\\n2万人。", [Highlight(start=3, end=6, number=0, **kind)], [])]
    ['培训', '<mark class="facts" data-r="0" data-zh="数据" data-en="figure">2万人</mark>。']
    """
    cuts = sorted({at for one in highlights for at in (one.start, one.end)})
    waiting = sorted(highlights, key=lambda one: (one.start, -one.end), reverse=True)
    marks = sorted(fixes, key=lambda one: (one.start, one.end))
    open_: list[Highlight] = []
    cut = first = 0
    for found in LINE.finditer(text):
        start, end, pieces = found.start(), found.end(), []
        while cut < len(cuts) and cuts[cut] <= start:
            cut += 1
        at = start
        while at < end:
            stop = min(cuts[cut], end) if cut < len(cuts) else end
            new = []
            while waiting and waiting[-1].start <= at:
                new.append(waiting.pop())
            open_ = [one for one in (*open_, *new) if one.end > at]
            while first < len(marks) and max(marks[first].end, marks[first].start + 1) <= at:
                first += 1
            inner = "".join(_pieces(text, at, stop, marks, first))
            pieces.append(_marked(inner, open_, new) if open_ else inner)
            at = stop
            if cut < len(cuts) and cuts[cut] <= at:
                cut += 1
        yield Line(start=start, html="".join(pieces))


def _marked(inner: str, over: Sequence[Highlight], new: Iterable[Highlight]) -> str:
    shortest = min(over, key=lambda one: one.end - one.start)
    numbers = " ".join(str(one.number) for one in over)
    begun = list({one.kind: one for one in new if one in over}.values())
    label = "".join(
        f' data-{lang}="{escape("·".join(words))}"'
        for lang, words in (("zh", [one.label_zh for one in begun]), ("en", [one.label_en for one in begun]))
        if words
    )
    return f'<mark class="{shortest.kind}" data-r="{numbers}"{label}>{inner}</mark>'


def _pieces(text: str, start: int, end: int, marks: Sequence[Fix], first: int) -> Iterator[str]:
    """A stretch within a line with its repairs marked, which overlap nothing but one another."""
    at = start
    for place in range(first, len(marks)):
        one = marks[place]
        if one.start >= end:
            break
        lower, upper = max(one.start, at), min(one.end, end)
        if one.start == one.end and one.start >= at:
            yield _shown(text[at : one.start])
            yield f'<i class="{one.style} gone" title="{_attribute(one.title)}"></i>'
            at = one.start
        elif lower < upper:
            yield _shown(text[at:lower])
            yield f'<i class="{one.style}" title="{_attribute(one.title)}">{_shown(text[lower:upper])}</i>'
            at = upper
    yield _shown(text[at:end])


def _shown(text: str) -> str:
    escaped = escape(text)
    return escaped if text.isprintable() else UNSHOWN.sub(_code, escaped.replace("\r", " "))


def _code(match: re.Match[str]) -> str:
    return f'<b class="code" data-code="U+{ord(match[0]):04X}">\ufffd</b>'


def _attribute(text: str) -> str:
    return UNSHOWN.sub("\ufffd", escape(text))
