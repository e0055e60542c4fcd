"""What holds for any page, however odd: nothing is lost, nothing is said twice, the order of drawing plays no part."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from zhengce.document import Block
from zhengce.read.layout import lay_out_pages
from zhengce.read.layout_order import in_order
from zhengce.read.layout_sheet import Area, Glyph, Run, Sheet
from zhengce.read.layout_stacks import Stack

STEP = st.integers(min_value=0, max_value=60)
SIZES = st.sampled_from([0.0, 9.0, 10.0, 10.5, 22.0, 400.0])


@st.composite
def glyphs(draw: st.DrawFn) -> list[Glyph]:
    """Glyphs wherever they come to stand, also on top of each other."""
    places = st.tuples(st.sampled_from("就业a1，。 —"), STEP, STEP, SIZES, st.booleans())
    return [
        Glyph(char, 10.0 * x, 7.0 * y, 10.0 * x + size, 7.0 * y + size, size, down and char == "业")
        for char, x, y, size, down in draw(st.lists(places, max_size=80, unique=True))
    ]


@st.composite
def areas(draw: st.DrawFn) -> tuple[Area, ...]:
    """Rules, boxes or pictures, also thin and empty ones."""
    found = draw(st.lists(st.tuples(STEP, STEP, STEP, STEP), max_size=8))
    return tuple(Area(9.0 * x, 7.0 * y, 9.0 * (x + wide), 7.0 * (y + high)) for x, y, wide, high in found)


def laid_out(drawn: list[Glyph], **others: tuple[Area, ...]) -> tuple[str, tuple[Block, ...]]:
    return lay_out_pages([Sheet(number=1, width=620, height=450, glyphs=tuple(drawn), **others)])  # type: ignore[arg-type]


@settings(max_examples=120, deadline=None)
@given(st.data(), glyphs(), areas(), areas(), areas())
def test_the_order_of_drawing_plays_no_part(
    data: st.DataObject,
    drawn: list[Glyph],
    rules: tuple[Area, ...],
    boxes: tuple[Area, ...],
    pictures: tuple[Area, ...],
) -> None:
    first = laid_out(drawn, rules=rules, boxes=boxes, pictures=pictures)
    shuffled = data.draw(st.permutations(drawn))
    assert laid_out(shuffled, rules=rules[::-1], boxes=boxes[::-1], pictures=pictures[::-1]) == first


@settings(max_examples=120, deadline=None)
@given(glyphs(), areas(), areas(), areas())
def test_blocks_are_the_text_and_hold_what_was_drawn(
    drawn: list[Glyph], rules: tuple[Area, ...], boxes: tuple[Area, ...], pictures: tuple[Area, ...]
) -> None:
    text, blocks = laid_out(drawn, rules=rules, boxes=boxes, pictures=pictures)
    spans = [block.span for block in blocks]
    assert all(before.end <= after.start for before, after in pairwise(spans))
    assert all(text[span.start : span.end].strip() for span in spans)
    printed = Counter(char for span in spans for char in text[span.start : span.end] if not char.isspace())
    assert printed == Counter(char for char in text if not char.isspace())
    ink = Counter(glyph.text for glyph in drawn if not glyph.text.isspace())
    assert not printed - ink
    for glyph in drawn:  # a letter is left out only where the same one stands there already
        assert glyph.text.isspace() or printed[glyph.text]


@settings(max_examples=100, deadline=None)
@given(areas())
def test_the_order_of_areas_is_one_and_keeps_all(found: tuple[Area, ...]) -> None:
    stacks = [Stack([Run("字", *area, size=10)]) for area in found]
    ordered = [stack.area for stack in in_order(stacks)]
    assert sorted(ordered) == sorted(found)
    assert [stack.area for stack in in_order(stacks[::-1])] == ordered


def test_letters_that_were_drawn_twice_come_once_and_others_do_not() -> None:
    word = [Glyph(char, 50 + 12 * at, 40, 62 + 12 * at, 52, 12) for at, char in enumerate("重要通知人人")]
    shadow = [glyph._replace(x0=glyph.x0 + 0.4, x1=glyph.x1 + 0.4) for glyph in word]
    low = [glyph._replace(x0=glyph.x0 + 0.8, top=40.9, x1=glyph.x1 + 0.8, bottom=52.9) for glyph in word]
    assert laid_out(word + shadow)[0] == laid_out(word + low)[0] == "重要通知人人"


def test_lines_of_an_ocr_engine_go_the_same_way() -> None:
    left = [f"左栏第{n}行讲的是就业服务和补贴" for n in "一二三四五六七八"]
    right = [f"右栏第{n}行讲的是品牌建设和就业" for n in "一二三四五六七八"]
    boxes = [
        Glyph(text, x, 60 + 20.0 * at, x + 15 * 12, 72 + 20.0 * at, 12)
        for x, column in ((50.0, left), (260.0, right))
        for at, text in enumerate(column)
    ]
    text, blocks = laid_out(boxes[::-1])
    assert text == "".join(left + right)
    assert [block.box for block in blocks] == [(box.x0, box.top, box.x1, box.bottom) for box in boxes]
