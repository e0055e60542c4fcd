"""Sections: what the headings over a passage say of its time: a review, what is planned, or nothing."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from zhengce.document import Document
from zhengce.lexicon import alternation, column

__all__ = ["Section", "section_at"]

Tense = Literal["future", "past"]
# headings that leave no doubt; what stands below them speaks of the same time, whatever its own heading says
REVIEW = re.compile(
    r"回顾|工作总结|名词(?:解释|注释)|^(?:过去|去年|一年来|五年来)|(?:完成|执行|开展|进展|落实|运行|实施|工作|主要|推进)情况$|"
    r"^(?:落实|贯彻)[^，。]*情况$"
)
AHEAD = re.compile(r"下一步|打算|今后")
AHEAD_ON_TOP = re.compile(
    r"目标任务|(?:重点|主要)(?:工作|任务)|工作(?:安排|部署|思路|建议)|总体要求|(?:主要|预期|发展)目标"
)
YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年")
DAY = re.compile(r"月\s?\d{1,2}\s?日")  # a date line is no heading
FIRST = re.compile(r"第?一")
LINE = re.compile(r"(?m)^[^\n。；，,]{4,26}$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading with the stretch that it governs; `plain` where it leaves no doubt of the time."""

    start: int
    end: int
    heading: str
    tense: Tense
    plain: bool
    top: bool

    @property
    def year(self) -> int | None:
        """The last year that the heading names."""
        told = YEAR.findall(self.heading)
        return int(told[-1]) if told else None


@cache
def _cues() -> tuple[re.Pattern[str], re.Pattern[str]]:
    past, future = (
        re.compile(alternation(column("cues", "word", kind=f"{kind}_heading"))) for kind in ("past", "future")
    )
    return past, future


def section_at(document: Document, offset: int, year: int | None) -> Section | None:
    """The section that decides on the time of a character; None where no heading says.

    A plain heading (2024年工作回顾) outweighs those below it, of others the innermost decides. In a report what
    follows the review is planned, whatever its headings say. `year` is the document's own.
    """
    edges, sections = _stretches(document, year)
    return sections[bisect_right(edges, offset) - 1]


@lru_cache(maxsize=2)
def _stretches(document: Document, year: int | None) -> tuple[tuple[int, ...], tuple[Section | None, ...]]:
    """Where stretches of the text begin, and the section that decides in each: it changes only at edges of sections."""
    sections = _sections(document, year)
    edges = {0, *(edge for section in sections for edge in (section.start, section.end))}
    edges |= {edge for part in document.parts for edge in (part.span.start, part.span.end)}
    ordered = tuple(sorted(edges))
    return ordered, tuple(_deciding(document, sections, ordered))


def _deciding(document: Document, sections: tuple[Section, ...], edges: Iterable[int]) -> Iterator[Section | None]:
    waiting = list(reversed(sections))
    over: list[Section] = []
    plain: list[Section] = []
    top: Section | None = None  # the last that has begun
    for edge in edges:
        while waiting and waiting[-1].start <= edge:
            section = waiting.pop()
            over.append(section)
            plain += [section] if section.plain else []
            top = section if section.top else top
        for begun in (over, plain):
            while begun and begun[-1].end <= edge:
                begun.pop()
        part = document.part_at(edge)
        if plain or over:
            yield (plain or over)[-1]
        elif document.header.kind == "report" and top and top.tense == "past" and part:
            yield Section(start=top.end, end=part.span.end, heading="", tense="future", plain=False, top=True)
        else:
            yield None


@lru_cache(maxsize=2)
def _sections(document: Document, year: int | None) -> tuple[Section, ...]:
    found: dict[int, Section] = {}
    numbered = [p for p in document.provisions if p.level == 1 and p.depth == 1]
    lines = [(m.start(), m[0]) for m in LINE.finditer(document.text) if not DAY.search(m[0])]
    plain_lines = [start for start, words in lines if (said := _said(words, year, True)) and said[1]]
    for start, words in lines:
        said = _said(words, year, True) if words.strip() != document.header.title else None
        if said:
            part = document.part_at(start)
            below = bisect_right(plain_lines, start)
            line_after = plain_lines[below : below + 1]
            below = bisect_right(numbered, start, key=lambda p: p.span.start)
            after = numbered[below : below + 1]
            # a numbering that begins below a line is of its items; one that goes on is of its equals
            tops = [p.span.start for p in after if not FIRST.match(p.label)]
            end = min([*line_after, *tops, part.span.end if part else len(document.text)])
            found[start] = Section(start=start, end=end, heading=words, tense=said[0], plain=said[1], top=said[1])
    for provision in document.provisions:
        if provision.depth > 2 or not provision.heading:
            found.pop(provision.span.start, None)
            continue
        top = provision.depth == 1
        said = _said(provision.heading, year, top)
        found.pop(provision.span.start, None)
        if said:
            span, body = provision.span, provision.body
            found[span.start] = Section(
                start=span.start, end=body.end, heading=provision.heading, tense=said[0], plain=said[1], top=top
            )
    return tuple(found[start] for start in sorted(found))


def _said(heading: str, year: int | None, top: bool) -> tuple[Tense, bool] | None:
    """The tense that a heading announces, and whether it is plain."""
    if REVIEW.search(heading):
        return "past", True
    told = [int(match) for match in YEAR.findall(heading)]
    if AHEAD.search(heading) or (top and AHEAD_ON_TOP.search(heading)) or (year and told and max(told) >= year and top):
        return "future", True
    if top and year and told and max(told) < year:
        return "past", True  # 2024年工作情况, in a text of 2025
    past, future = _cues()
    if past.search(heading):
        return "past", False
    return ("future", False) if future.search(heading) else None
