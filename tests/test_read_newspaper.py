"""Newspaper pages with known truth: articles apart, columns in order, every paragraph whole."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from functools import cache, partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from layouts import by_chance
from newspapers import PAPERS, Paper

from zhengce.document import BlockKind, Raw, Source
from zhengce.flow import clean, process
from zhengce.read import read_file
from zhengce.read.layout import lay_out_pages
from zhengce.read.layout_sheet import Sheet
from zhengce.read.pdf_plumber import plumber_sheets

Make = Callable[[], Paper]


def name(make: Make) -> str:
    return f"by_chance({make.args[0]})" if isinstance(make, partial) else make.__name__


PAGES = pytest.mark.parametrize("make", PAPERS, ids=name)


@cache
def read(make: Make) -> tuple[Paper, Raw]:
    paper = make()
    return paper, read_file(paper.pdf(), "报纸.pdf")


def lines(raw: Raw) -> Iterator[tuple[str, BlockKind]]:
    """The lines of a raw text, each with the kind of its first block."""
    kinds = {block.span.start: block.kind for block in raw.blocks}
    at = 0
    for line in raw.text.split("\n"):
        yield line, kinds[at]
        at += len(line) + 1


def articles(raw: Raw) -> list[list[str]]:
    """The lines of each article: one begins at the first heading after something else."""
    found: list[list[str]] = []
    before: BlockKind | None = None
    for line, kind in lines(raw):
        if kind == "furniture":
            continue
        if not found or (kind == "heading" and before != "heading"):
            found.append([])
        found[-1].append(line)
        before = kind
    return found


def f1(found: str, truth: str) -> float:
    """Of the characters that both have in the same order."""
    same = sum(block.size for block in SequenceMatcher(None, found, truth, autojunk=False).get_matching_blocks())
    return 2 * same / (len(found) + len(truth))


def grams(text: str) -> set[str]:
    return {text[at : at + 10] for at in range(len(text) - 9)}


@pytest.mark.parametrize("make", [*PAPERS, *(partial(by_chance, seed) for seed in (3, 5, 8))], ids=name)
def test_articles_are_told_apart_and_whole(make: Make) -> None:
    paper, raw = read(make)
    found = articles(raw)
    assert len(found) == len(paper.truth)
    for truth in paper.truth:
        best = max(found, key=lambda article: len({*article} & {truth.headline, *truth.paragraphs}))
        assert f1("\n".join(best), truth.text) >= 0.95, truth.headline
        assert best == truth.lines  # every line and column rejoined


@pytest.mark.parametrize("make", [*PAPERS, partial(by_chance, 8)], ids=name)
def test_every_article_is_a_part_of_the_document(make: Make) -> None:
    paper, _ = read(make)
    document = process(paper.pdf(), "报纸.pdf").document
    assert document is not None
    assert len(document.parts) == len(paper.truth)
    for truth in paper.truth:
        best = max(document.parts, key=lambda part: len({*document[part.span].split("\n")} & {*truth.paragraphs}))
        assert best.kind == "news"
        assert truth.headline in (best.title or "") or "上接" in truth.text
        assert f1(document[best.span].strip("\n"), truth.text) >= 0.95, truth.headline


@PAGES
def test_reading_order_survives_the_order_of_drawing(make: Make) -> None:
    paper, raw = read(make)
    wanted = set().union(*(grams(truth.text) for truth in paper.truth))
    assert len(wanted & grams(raw.text)) / len(wanted) >= 0.99


@PAGES
def test_kinds_and_boxes(make: Make) -> None:
    paper, raw = read(make)
    kinds = dict(lines(raw))
    for truth in paper.truth:
        assert kinds[truth.headline] == "heading"
        assert {kinds[caption] for caption in truth.captions} <= {"caption"}
    assert [line for line, kind in lines(raw) if kind == "furniture"] == [
        line for line, _ in lines(raw) if "星期四" in line
    ]
    width, height = paper.size
    for block in raw.blocks:
        assert block.box is not None
        x0, top, x1, bottom = block.box
        assert 0 <= x0 < x1 <= width
        assert 0 <= top < bottom <= height
        text = raw.text[block.span.start : block.span.end]
        assert "\n" not in text
        set_down = bottom - top > 2 * (x1 - x0) and len(text) > 2
        assert (bottom - top < 50) != set_down


def test_the_records_of_a_page_lead_to_the_lines_they_stand_on() -> None:
    paper, _ = read(PAPERS[0])
    outcome = process(paper.pdf(), "报纸.pdf")
    assert outcome.document is not None
    raw = outcome.document.raw
    assert outcome.records
    for record in outcome.records:
        boxes = record.citation.boxes
        assert boxes
        touched = [
            (block.page, *block.box)
            for block in raw.blocks
            if block.box and any(block.span.overlaps(span) for span in record.citation.raw_spans)
        ]
        assert sorted(boxes) == sorted(set(touched))


@PAGES
def test_cleaning_keeps_the_order_and_the_paragraphs(make: Make) -> None:
    _, raw = read(make)
    kept = [line for line, kind in lines(raw) if kind != "furniture"]
    cleaned = [line for line in clean(raw).text.split("\n") if line]
    assert [re.sub(r"\W", "", line) for line in cleaned] == [
        re.sub(r"\W", "", line) for line in kept if not re.search("（(?:上接|下转)", line)
    ]


def test_what_stands_in_the_margins_leaves_the_clean_text_with_a_note() -> None:
    document = clean(read(PAPERS[3])[1])
    assert "星期四" not in document.text
    notes = [note for note in document.notes if "margins" in note.message]
    taken = [document.raw.text[raw.start : raw.end].strip() for note in notes for raw in note.raw_spans or ()]
    assert taken == [f"2026年3月{day}日 星期四 第{day - 4}版 要闻" for day in (5, 6)]


@settings(max_examples=4, deadline=None)
@given(seed=st.integers(min_value=0))
def test_the_order_of_drawing_plays_no_part_on_a_newspaper_page(seed: int) -> None:
    (sheet,) = sheets()
    glyphs = list(sheet.glyphs)
    random.Random(seed).shuffle(glyphs)
    shuffled = Sheet(
        number=1, width=sheet.width, height=sheet.height, glyphs=tuple(glyphs), rules=sheet.rules[::-1],
        boxes=sheet.boxes[::-1], pictures=sheet.pictures[::-1],
    )  # fmt: skip
    assert lay_out_pages([shuffled]) == laid_out()


@cache
def sheets() -> tuple[Sheet, ...]:
    return tuple(plumber_sheets(PAPERS[1]().pdf(), Source(name="报纸.pdf", sha256="", media_type="")))


@cache
def laid_out() -> object:
    return lay_out_pages(sheets())
