"""The numbered outline: 一、（一） 1. （1） 第X条 一是 ——, also several on one physical line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from zhengce.document import Part, Provision
from zhengce.text import Cover, Span
from zhengce.value.number import parse_number

__all__ = ["provisions"]

CN = "一二三四五六七八九十百零〇"
# style → (pattern of the label, level by printed form: GB/T 9704-2012, 7.3.3)
STYLES: tuple[tuple[str, str, int | None], ...] = (
    ("chapter", rf"第[{CN}]+[章编]\s?", 1),
    ("article", rf"第[{CN}]+条(?:之[{CN}])?\s?", 2),
    ("comma", rf"第?[{CN}]+、", 1),
    ("bracket", rf"[（(][{CN}]+[）)]、?", 2),
    ("decimal", r"\d{1,2}(?:[.．]\d{1,2}){1,3}(?![\d%％‰万亿元亩吨倍]|公里|平方|立方)[.．、]?", None),
    ("whole", r"[1-9]\d?(?=[ \u3000]{1,3}[\u4e00-\u9fff]{2,20}\s*$)", None),
    ("digit", r"\d{1,2}[.．、](?!\d)", 3),
    ("is", rf"[{CN}]+是(?!否|由|为|以|否)", 3),
    ("digit_bracket", r"[（(]\d{1,2}[）)]、?", 4),
    ("circle", "[①-⑳]", 4),
    ("quoted", rf"“[{CN}]”(?=是)", None),
    ("dash", "——", None),
)
LABEL = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern, _ in STYLES))
LEVELS = {name: level for name, _, level in STYLES}
AT_LINE = re.compile(rf"(?m)^(?:{LABEL.pattern})")
INLINE = re.compile(
    rf"(?=[{CN}（(①-⑳])(?:(?<=[。；;\s：:])(?:(?P<comma>[{CN}]+、)|(?P<bracket>[（(][{CN}]+[）)])|(?P<is>[{CN}]+是(?!否|由|为|以))|(?P<digit_bracket>[（(]\d{{1,2}}[）)])|(?P<circle>[①-⑳]))|(?<=[，,])(?P<is2>[{CN}]+是(?!否|由|为|以)))"
)
CIRCLES = {char: number for number, char in enumerate("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", 1)}
CONTENTS = re.compile(r"(?m)^目\s*录\s*$")
ANNEX_LIST = re.compile(r"(?m)^[^\S\n]*附件\s*[:：][^\n。]*(?:\n\s*\d{1,2}[.．、][^\n。]{2,80}(?=\n|$))*")
# notes on the terms of a text stand behind it, below none of its clauses
GLOSSARY = re.compile(r"(?m)^[^\n。；]{0,24}(?:名词|术语|用语|注)\s*(?:解释|注释|说明|释)\s*[:：]?\s*$")
MAX_HEADING = 90


@dataclass(slots=True)
class _Label:
    span: Span
    style: str
    number: int | None
    own_line: bool


def provisions(text: str, parts: tuple[Part, ...]) -> Iterator[Provision]:
    """The provisions of all parts in text order.

    `level` goes by the printed form, `depth` by nesting; ids are ordinal paths (`p2.1.3`), so a duplicate, a gap or a
    restart of the printed numbers is noted as an anomaly and never renumbered.

    >>> from zhengce.document import Part
    >>> text = "一、目标\\n（一）规模。到2025年培训2万人。\\n（一）质量。提高质量。\\n"
    >>> whole = Part(id="p1", kind="plan", title=None, byline=None, span=Span(start=0, end=len(text)))
    >>> [(p.id, p.level, p.heading, p.anomaly) for p in provisions(text, (whole,))]
    [('p1.1', 1, '目标', None), ('p1.1.1', 2, '规模', None), ('p1.1.2', 2, '质量', 'duplicate')]
    """
    for part in parts:
        yield from _nest(text, part, _accepted(_labels(text, part.span)))


def _labels(text: str, span: Span) -> list[_Label]:
    found: dict[int, _Label] = {}
    listed = Cover([*_contents(text, span), *_annex_lists(text, span)])
    head = _head(text, span)
    for pattern, own_line in ((AT_LINE, True), (INLINE, False)):
        for match in pattern.finditer(text, span.start, span.end):
            style = str(match.lastgroup).rstrip("2")
            if listed.overlaps(Span(start=match.start(), end=match.start() + 1)) or (
                style == "dash" and match.start() in head
            ):
                continue
            if style == "decimal":
                style += str(len(re.findall(r"\d+", match[0])))
            label = _Label(Span(start=match.start(), end=match.end()), style, _number(match[0], style), own_line)
            found.setdefault(match.start(), label)
    return list(_whole_over_decimal(text, [found[start] for start in sorted(found)]))


def _whole_over_decimal(text: str, labels: list[_Label]) -> Iterator[_Label]:
    """Whole numbers (1 总则) with decimal ones of theirs (1.1) behind; 3．10种 in a run of 1. 2. is its third."""
    listed = 0
    following = {id(one): other for one, other in pairwise(one for one in labels if one.style in ("whole", "decimal2"))}
    for label in labels:
        shown = text[label.span.start : label.span.end]
        if label.style == "whole":
            below = following.get(id(label))
            if below is None or not re.match(rf"{shown}[.．]1(?!\d)", text[below.span.start : below.span.end]):
                continue
            label = _Label(label.span, "decimal1", None, True)
        elif label.style == "decimal2" and listed and (met := re.match(rf"{listed + 1}[.．]", shown)):
            span = Span(start=label.span.start, end=label.span.start + met.end())
            label = _Label(span, "digit", listed + 1, True)
        listed = (label.number or 0) if label.style == "digit" else 0 if label.own_line else listed
        yield label


def _contents(text: str, span: Span) -> Iterator[Span]:
    """The lines of a table of contents (目录): up to where its first line comes again as a heading."""
    head = CONTENTS.search(text, span.start, min(span.end, span.start + 3000))
    if not head:
        return
    first = re.compile(r"\S[^\n]*").search(text, head.end(), span.end)
    again = text.find("\n" + first[0].strip() + "\n", first.end(), span.end) if first else -1
    if again > 0:
        yield Span(start=head.start(), end=again)


def _annex_lists(text: str, span: Span) -> Iterator[Span]:
    """The lists of annexes under a text (附件说明, GB/T 9704-2012, 7.3.4): titles in numbered lines, no sentences."""
    for match in ANNEX_LIST.finditer(text, span.start, span.end):
        yield Span(start=match.start(), end=match.end())


def _head(text: str, span: Span) -> range:
    """The head of a text, where a line with —— is a subtitle or says where a speech was held."""
    lines = re.compile(r"[^\n]+").finditer(text, span.start, span.end)
    prose = next((line.start() for line in lines if re.search(r"[。：:]", line[0])), span.start)
    return range(span.start, prose)


def _number(label: str, style: str) -> int | None:
    if style == "dash" or style.startswith("decimal"):
        return None
    if style == "circle":
        return CIRCLES[label]
    digits = re.search(rf"\d+|[{CN}]+", label)
    try:
        return int(parse_number(digits[0])) if digits else None
    except ValueError:
        return None


def _accepted(labels: list[_Label]) -> list[_Label]:
    """Without what only looks like a label: a lone 一是, an inline label that no sequence leads to."""
    runs = [label for label in labels if label.style == "is"]
    paired = {id(a) for a, b in pairwise(runs) if b.number == (a.number or 0) + 1}
    paired |= {id(b) for a, b in pairwise(runs) if b.number == (a.number or 0) + 1}
    kept: list[_Label] = []
    last: dict[str, int] = {}
    for label in labels:
        if label.style == "is" and id(label) not in paired:
            continue
        if not label.own_line and label.style != "is" and label.number not in (1, last.get(label.style, 0) + 1):
            continue
        kept.append(label)
        if label.number is not None:
            last[label.style] = label.number
    return _inner_lists(kept)


def _inner_lists(labels: list[_Label]) -> list[_Label]:
    """一是 within a paragraph that begins with 七是 opens a list below it, up to the next label that begins a line."""
    outer = inner = False
    for label in labels:
        if label.own_line:
            outer, inner = label.style == "is", False
        elif label.style == "is" and outer:
            inner = inner or label.number == 1
            label.style = "is2" if inner else "is"
    return labels


def _nest(text: str, part: Part, labels: list[_Label]) -> Iterator[Provision]:
    stack: list[str] = []
    counts: list[int] = []
    last: dict[str, int] = {}
    open_ids: list[str] = []
    placed: list[tuple[_Label, str, int, str | None]] = []
    notes = GLOSSARY.search(text, part.span.start, part.span.end)
    for label in labels:
        if notes and stack and label.span.start > notes.end():
            notes = None
            del stack[1:], counts[1:], open_ids[:]
            stack[0], depth = label.style, 0
            counts[0] += 1
        elif label.style in stack:
            depth = stack.index(label.style)
            del stack[depth + 1 :], counts[depth + 1 :], open_ids[depth:]
            counts[depth] += 1
        else:
            depth = len(stack)
            if stack and _outranks(label.style, stack):
                depth = next(at for at, style in enumerate(stack) if _rank(style) > _rank(label.style))
                del stack[depth:], counts[depth + 1 :], open_ids[depth:]
                stack.append(label.style)
                counts[depth] += 1
            else:
                stack.append(label.style)
                counts.append(1)
        path = ".".join([part.id, *(str(count) for count in counts)])
        placed.append((label, path, depth, open_ids[-1] if open_ids else None))
        open_ids.append(path)
    ends = _ends([(label.span.start, depth) for label, _, depth, _ in placed], part.span.end)
    for at, (label, path, depth, parent) in enumerate(placed):
        anomaly = _anomaly(label, last, first=path.endswith(".1"))
        limit = placed[at + 1][0].span.start if at + 1 < len(placed) else part.span.end
        heading = _heading(text, label, limit)
        yield Provision(
            id=path, part=part.id, label=text[label.span.start : label.span.end].strip(), level=_level(label.style),
            depth=depth + 1, heading=text[heading.start : heading.end] if heading else None,
            span=Span(start=label.span.start, end=heading.end if heading else label.span.end),
            body=Span(start=heading.end if heading else label.span.end, end=ends[at]), parent=parent, anomaly=anomaly,
        )  # fmt: skip


def _ends(placed: Sequence[tuple[int, int]], last: int) -> list[int]:
    """Where each label's text ends, by starts and depths: at the next one that stands as high, or at `last`."""
    ends = [last] * len(placed)
    open_at: list[int] = []
    for at, (start, depth) in enumerate(placed):
        while open_at and placed[open_at[-1]][1] >= depth:
            ends[open_at.pop()] = start
        open_at.append(at)
    return ends


def _level(style: str) -> int | None:
    return LEVELS[style.rstrip("0123456789")]


def _rank(style: str) -> int:
    """How high a style stands: by its form, decimal numbers (1.2.1) by their length."""
    name = style.rstrip("0123456789")
    return (
        next(at for at, (other, _, _) in enumerate(STYLES) if other == name) * 10
        + len(style)
        - len(name)
        + (int(style[len(name) :] or 0))
    )


def _outranks(style: str, stack: list[str]) -> bool:
    """Whether a style that appears for the first time belongs above one that is open (第X章 after a preamble's 1.)."""
    if style == "bracket" and "dash" in stack:
        return True
    return (style in ("chapter", "comma") or style.startswith("decimal")) and any(
        _rank(other) > _rank(style) for other in stack
    )


def _anomaly(label: _Label, last: dict[str, int], *, first: bool) -> Literal["duplicate", "gap", "restart"] | None:
    number, before = label.number, last.get(label.style)
    if number is None:
        return None
    last[label.style] = number
    if number == before:
        return "duplicate"
    if before is None:
        return "gap" if number > 1 else None
    if number == 1:
        return None if first else "restart"
    return None if number == before + 1 else "gap"


def _heading(text: str, label: _Label, limit: int) -> Span | None:
    """The heading: up to the first full stop, but none where that sentence is the whole paragraph."""
    line_end = text.find("\n", label.span.end, limit)
    line_end = limit if line_end < 0 else line_end
    stop = re.compile(r"[。？！?!]").search(text, label.span.end, line_end)
    start = label.span.end
    while start < line_end and text[start].isspace():
        start += 1
    if label.style == "quoted":
        start += len(re.match(r"是指?", text[start : start + 2])[0])  # type: ignore[index]
    if not stop:
        end = line_end
        blank = re.compile(r"\s").search(text, start + 4, line_end)
        if blank and text[blank.end() : line_end].strip():
            end = blank.start()
    elif stop[0] in "？?" and not text[stop.end() : line_end].strip():
        end = stop.end()
    else:
        blank = re.compile(r" ").search(text, start + 4, stop.start())
        if (
            blank
            and blank.start() - start <= 40
            and "，" not in text[start : blank.start()]
            and label.style in ("comma", "bracket")
        ):
            end = blank.start()
        elif not text[stop.end() : line_end].strip() and label.style not in ("quoted", "is", "is2"):
            return None
        else:
            end = stop.start()
    comma = re.compile(r"[，,]").search(text, start + 4, end)
    if comma and (label.style == "quoted" or (label.style.startswith("is") and end - start > 30)):
        end = comma.start()
    while end > start and text[end - 1] in " 　\n。；;，,：:":
        end -= 1
    return Span(start=start, end=end) if 0 < end - start <= MAX_HEADING else None
