"""Glyphs of all pages → the raw text in reading order, with a block for every printed line or cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from zhengce.document import Block, BlockKind
from zhengce.read.layout_frames import frames_of
from zhengce.read.layout_gutters import Gutter
from zhengce.read.layout_heads import captions_apart, is_head, set_marks_apart
from zhengce.read.layout_lines import lines_of
from zhengce.read.layout_margins import page_numbers, set_margins_apart
from zhengce.read.layout_order import in_order
from zhengce.read.layout_paragraphs import Paragraph, paragraphs_of
from zhengce.read.layout_runs import is_top_down, runs_of
from zhengce.read.layout_sheet import Run, Sheet, common_size
from zhengce.read.layout_stacks import Stack, stacks_of
from zhengce.read.layout_stories import stories_of
from zhengce.read.layout_tables import tables_of
from zhengce.read.layout_text import text_of
from zhengce.read.layout_topdown import top_down_runs
from zhengce.read.layout_turn import turned, turned_back, turned_on

__all__ = ["lay_out_pages"]

NUMBER_LINE = re.compile(r"[^\n，。]{2,20}[〔\[【（(]\s?\d{4}\s?[〕\]】）)]\s?第?\s?\d+\s?号")
TITLE_WORD = re.compile(r"关于|印发|转发|通知|意见|办法|方案|规划|决定|公告|通告|报告|批复|纪要|函$|令$")
LATER: tuple[BlockKind, ...] = ("furniture", "caption")


@dataclass(slots=True)
class _Page:
    """A page on its way: as an engine found it (turned where needed), its lines, its gutters, its tables."""

    sheet: Sheet
    lines: list[Run]
    gutters: list[Gutter]
    tables: list[Stack]
    size: float


def lay_out_pages(sheets: Iterable[Sheet]) -> tuple[str, tuple[Block, ...]]:
    """The text of the pages in reading order, and its blocks: spans are code points of that text, boxes are points.

    Columns are read one after the other, stories one after the other, each with its headline (kind heading) first and
    its captions last; hard wraps are undone, also over columns and pages. What stands in the margins (kind furniture)
    is a line of its own behind the paragraph that goes on over it. The order of the glyphs plays no part.
    """
    pages = [_opened(sheet) for sheet in sheets]
    set_margins_apart([page.lines for page in pages], [page.sheet for page in pages])
    body = common_size(line for page in pages for line in page.lines if not page.gutters)
    flows = [_flow(page, body) for page in pages]
    frames = frames_of(
        [[stack for stack in flow if stack.lines[0].kind == "paragraph"] for flow in flows],
        [bool(page.gutters) for page in pages],
    )
    shown = {page.sheet.number: page.sheet for page in pages}
    stacks = [stack for flow in flows for stack in flow]
    first = list(paragraphs_of([stack for stack in stacks if stack.lines[0].kind not in LATER], frames))
    return text_of(
        Paragraph(tuple(_shown(line, shown[line.page]) for line in paragraph.lines))
        for paragraph in _with_later(first, stacks)
    )


def _opened(sheet: Sheet) -> _Page:
    sheet = replace(
        sheet, glyphs=tuple(glyph if glyph.size >= 1 else glyph._replace(size=1.0) for glyph in sheet.glyphs)
    )
    numbers: list[Run] = []
    turn = sheet.turn
    if not turn and is_top_down(sheet.glyphs):
        turn = 90
        numbers, rest = page_numbers(sheet)
        sheet = replace(sheet, glyphs=rest)
    sheet = turned(sheet, turn) if turn else sheet
    tables, glyphs = tables_of(sheet)
    runs = runs_of(glyphs, sheet.number)
    size = common_size(runs)
    lines, gutters = lines_of(runs if turn == 90 else top_down_runs(runs, size), sheet.rules, sheet.pictures)
    bare = replace(sheet, glyphs=())  # the glyphs of a long document would take much room
    return _Page(bare, [*lines, *(turned_on(number, sheet) for number in numbers)], gutters, tables, size)


def _flow(page: _Page, body: float) -> list[Stack]:
    """The stacks of a page in reading order, every line with its kind; `body` is the size of pages without columns."""
    lines = [line for line in page.lines if line.kind != "furniture"]
    margins = [line for line in page.lines if line.kind == "furniture"]
    set_marks_apart(lines)
    stacks = [*stacks_of(lines, page.sheet.rules, page.size), *page.tables]
    width = _column_width(stacks, page)
    ordered: list[Stack] = []
    if page.gutters:
        for story in stories_of(stacks, page.sheet.pictures, page.sheet.boxes, page.size, width):
            head = story.head.stacks if story.head else []
            _set_kind(head, "heading")
            ordered += [*head, *story.body, *story.captions]
    else:
        bodies, captions = captions_apart(stacks, page.sheet.pictures, page.size)
        ordered = in_order([*bodies, *captions])
        _set_kind(list(_titles(ordered, body)), "heading")
    middle = page.sheet.height / 2
    above = [Stack([line]) for line in margins if line.top < middle]
    below = [Stack([line]) for line in margins if line.top >= middle]
    if page.sheet.aside.strip():
        below.append(Stack([Run(page.sheet.aside, 0, 0, 0, 0, 0, page.sheet.number, "furniture")]))
    return [*in_order(above), *ordered, *in_order(below)]


def _column_width(stacks: Sequence[Stack], page: _Page) -> float:
    """The width of a usual column of the page."""
    prose = [stack for stack in stacks if len(stack.lines) >= 4 and abs(stack.size - page.size) < 0.1 * page.size]
    return median(stack.area.x1 - stack.area.x0 for stack in prose) if prose else page.sheet.width


def _set_kind(stacks: Sequence[Stack], kind: BlockKind) -> None:
    for stack in stacks:
        for line in stack.lines:
            line.kind = kind


def _titles(stacks: Sequence[Stack], size: float) -> Iterator[Stack]:
    """The titles of a page without columns; an issuer's name set large over the document number is none (红头)."""
    for at, stack in enumerate(stacks):
        after = stacks[at + 1].lines[0].text if at + 1 < len(stacks) else ""
        red = stack.text.endswith("文件") or (NUMBER_LINE.match(after) and not TITLE_WORD.search(stack.text))
        if stack.lines[0].kind == "paragraph" and is_head(stack, size, 0) and not red:
            yield stack


def _shown(line: Run, sheet: Sheet) -> Run:
    return turned_back(line, sheet) if sheet.turn and line.x1 > line.x0 else line


def _with_later(paragraphs: Sequence[Paragraph], stacks: Sequence[Stack]) -> Iterator[Paragraph]:
    """The paragraphs, and what interrupts them (captions, margins) behind the one that goes on over it."""
    ends = {id(line): at for at, paragraph in enumerate(paragraphs) for line in paragraph.lines}
    later: dict[int, list[Paragraph]] = {}
    at = -1
    for stack in stacks:
        if stack.lines[0].kind in LATER:
            found = [Paragraph(tuple(stack.lines))]
            later.setdefault(at, []).extend(found)
        else:
            at = ends[id(stack.lines[-1])]
    for at in range(-1, len(paragraphs)):
        if at >= 0:
            yield paragraphs[at]
        yield from later.get(at, ())
