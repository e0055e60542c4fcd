"""The units of a text that are compared: its measures, each with the headings over it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from zhengce.compare.fold import LABEL
from zhengce.document import Part, Provision
from zhengce.pair import Unit
from zhengce.text import Span

__all__ = ["units"]

# texts that tell of a measure and are none
ABOUT = ("interpretation", "news")
# 一是 … 二是 … part a measure, they do not make several of it; neither do “一” and ——
STEP = re.compile(r"[一二三四五六七八九十]+(?:是|要)|[“”‘’一二三四五六七八九十—]+")
# the lines behind the last measure: in force from, attachments, who signs and when
CLOSING = re.compile(
    r"本(?:意见|通知|方案|办法|措施|规定|计划|细则|规划|政策)[^。，]{0,10}自[^。，]{0,24}(?:起|施行|执行)|附件|附表|附[:：]|[（(]此件|\d{4}年\d{1,2}月\d{1,2}日$"
)
LEAST_WORDS = 12  # characters of a paragraph below which it is a heading or a signature
PARAGRAPH = re.compile(r"[^\n]+")


def units(document: str, text: str, parts: Sequence[Part], provisions: Sequence[Provision]) -> tuple[Unit, ...]:
    """The units of a text in its order: leaves of the outline, and paragraphs where a heading has no numbered ones.

    Printed numbers are never looked at: a double （七） or a missing one changes nothing. What stands inside a
    measure (一是, 二是, continued lines) stays in it; opening, closing formulas and signatures are no units, nor are an
    interpretation or a report beside the text itself.
    """
    held = [part for part in parts if part.kind not in ABOUT] or list(parts)
    within = {part.id for part in held}
    outline = _measures(text, [one for one in provisions if one.part in within])
    found: list[tuple[Provision | None, tuple[str, ...], Span]]
    if outline:
        found = list(_of_outline(text, outline))
    else:
        stretches = [part.span for part in held] or [Span(start=0, end=len(text))]
        found = [(None, (), span) for stretch in stretches for span in _paragraphs(text, stretch)]
    found = [one for one in found if not CLOSING.match(LABEL.sub("", text[one[2].start : one[2].end], count=1))]
    return tuple(
        Unit(
            document=document, place=place, provision=one.id if one else None, label=one.label if one else None,
            heading=one.heading if one else None, headings=over, span=span, text=text[span.start : span.end],
        )
        for place, (one, over, span) in enumerate(found, start=1)
    )  # fmt: skip


def _measures(text: str, provisions: Sequence[Provision]) -> list[Provision]:
    """The provisions that are measures; what hangs on a step hangs on the measure over that."""
    only_steps = all(STEP.fullmatch(one.label) for one in provisions)
    kept = {one.id for one in provisions if _is_measure(text, one, only_steps)}
    over = {one.id: one.parent for one in provisions}

    def parent(one: Provision) -> str | None:
        above = one.parent
        while above is not None and above not in kept:
            above = over.get(above)
        return above

    return [replace(one, parent=parent(one)) for one in provisions if one.id in kept]


def _is_measure(text: str, provision: Provision, only_steps: bool) -> bool:
    """Whether a provision is more than a step of the one over it, or there are none but steps.

    What is below （一） must begin a line.
    """
    start = provision.span.start
    if provision.level not in (1, 2) and text[text.rfind("\n", 0, start) + 1 : start].strip():
        return False
    return only_steps or not STEP.fullmatch(provision.label)


def _of_outline(text: str, outline: Sequence[Provision]) -> Iterator[tuple[Provision | None, tuple[str, ...], Span]]:
    by_id = {one.id: one for one in outline}
    parents = {one.parent for one in outline}
    last = {one.part: one.id for one in outline}
    firsts: dict[str, int] = {}
    for one in outline:
        if one.parent:
            firsts.setdefault(one.parent, one.span.start)
    for one in outline:
        over = tuple(_over(one, by_id))
        line_end = text.find("\n", one.span.end, one.body.end)
        line = Span(start=one.span.start, end=one.body.end if line_end < 0 else line_end)
        told = bool(text[one.span.end : line.end].strip("。：: \u3000")) or _is_sentence(text[line.start : line.end])
        if one.id in parents:
            start = one.span.start if told else line.end
            stretches = _paragraphs(text, Span(start=start, end=firsts[one.id]))
        elif told:
            stretches = iter(_with_closing(text, one, line, one.id == last[one.part]))
        else:
            stretches = _paragraphs(text, Span(start=line.end, end=one.body.end))
        yield from ((one, over, span) for span in stretches)


def _is_sentence(line: str) -> bool:
    """Whether a line that the outline takes for a heading says what is to be done."""
    return len(line) >= 2 * LEAST_WORDS and "。" in line


def _over(provision: Provision, by_id: dict[str, Provision]) -> list[str]:
    """The headings over a provision, outermost first."""
    above = by_id.get(provision.parent or "")
    return [*_over(above, by_id), *([above.heading] if above.heading else [])] if above else []


def _with_closing(text: str, provision: Provision, line: Span, is_last: bool) -> list[Span]:
    """A measure as one unit; of the last one of a text its first paragraph, and those behind it alone."""
    if not is_last:
        return [_stripped(text, Span(start=line.start, end=provision.body.end))]
    return [_stripped(text, line), *_paragraphs(text, Span(start=line.end, end=provision.body.end))]


def _paragraphs(text: str, stretch: Span) -> Iterator[Span]:
    """The paragraphs in a stretch that say something, up to the first that closes the text."""
    for match in PARAGRAPH.finditer(text, stretch.start, stretch.end):
        span = _stripped(text, Span(start=match.start(), end=match.end()))
        words = text[span.start : span.end]
        if CLOSING.match(words):
            return
        if len(words) >= LEAST_WORDS and "。" in words:
            yield span


def _stripped(text: str, span: Span) -> Span:
    words = text[span.start : span.end]
    start = span.start + len(words) - len(words.lstrip())
    return Span(start=start, end=max(start, span.start + len(words.rstrip())))
