"""Pages that are turned, set top-down, locked or read by the second engine: the same text comes out."""

from __future__ import annotations

import random
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from damage.texts import policy_texts
from made_files import pdf
from newspapers import FONT, Grid, Paper, masthead, typeset, width

from zhengce.document import Raw, Source
from zhengce.errors import Encrypted
from zhengce.read import read_file
from zhengce.read.layout import lay_out_pages
from zhengce.read.pdf_pdfium import pdfium_sheet
from zhengce.read.pdf_plumber import plumber_sheets

SIZE, LEADING, WIDE = 12.0, 20.0, 400.0
PARAGRAPHS = [line for line in next(policy_texts(1, 5)).replace(" ", "").split("\n") if line.endswith("。")][:4]


def made(draw: Callable[[Any], None], *, size: tuple[float, float] = (595, 842), **options: Any) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    width("一", SIZE)  # registers the font
    out = BytesIO()
    canvas = Canvas(out, pagesize=size, invariant=1, **options)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def block_of_text(canvas: Any, x: float = 90, top: float = 742) -> None:
    """The paragraphs on a page of 595 by 842, from (x, top), y counted from the foot."""
    canvas.setFont(FONT, SIZE)
    lines = [line for paragraph in PARAGRAPHS for line in typeset(paragraph, WIDE, SIZE)]
    for at, (text, indent, blank) in enumerate(lines):
        canvas.drawString(x + indent, top - at * LEADING, text, charSpace=blank)


def read(data: bytes) -> Raw:
    return read_file(data, "通知.pdf")


def inside(raw: Raw, size: tuple[float, float]) -> bool:
    boxes = [block.box for block in raw.blocks]
    return all(box and 0 <= box[0] < box[2] <= size[0] and 0 <= box[1] < box[3] <= size[1] for box in boxes)


def upright(canvas: Any) -> None:
    block_of_text(canvas)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_page_that_says_how_it_is_turned_and_is_drawn_so(turn: int) -> None:
    def draw(canvas: Any) -> None:
        canvas.setPageRotation(turn)
        canvas.rotate(turn)
        canvas.translate(*{0: (0, 0), 90: (0, -842), 180: (-595, -842), 270: (-595, 0)}[turn])
        block_of_text(canvas)

    raw = read(made(draw))  # reportlab swaps the sides of a page that is turned
    assert raw.text.split("\n") == PARAGRAPHS
    assert inside(raw, (595, 842))
    assert raw.blocks[0].box == pytest.approx((90 + 2 * SIZE, 842 - 742 - 10.56, 90 + WIDE, 842 - 742 + 1.44), abs=2)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_is_turned_and_does_not_say_so(turn: int) -> None:
    """A page scanned sideways: shown turned, read all the same, the boxes are those on the page as it is shown."""
    size = (595, 842) if turn == 180 else (842, 595)
    raw = read(made(lambda canvas: [canvas.setPageRotation(turn), upright(canvas)], size=size))
    assert raw.text.split("\n") == PARAGRAPHS
    assert inside(raw, size)
    first = raw.blocks[0].box
    assert first is not None
    long_side = (first[3] - first[1]) if turn in (90, 270) else (first[2] - first[0])
    assert long_side == pytest.approx(WIDE - 2 * SIZE, abs=1)


def test_a_whole_page_set_top_down() -> None:
    """直排: characters below each other, lines from the right; page number at the foot."""

    def draw(canvas: Any) -> None:
        canvas.setFont(FONT, SIZE)
        lines = [line for paragraph in CHINESE for line in typeset(paragraph, 600.0, SIZE)]
        places = [
            (char, 500 - at * 22, 750 - indent - place * (SIZE + blank))
            for at, (text, indent, blank) in enumerate(lines)
            for place, char in enumerate(text)
        ]
        random.Random(3).shuffle(places)
        for char, x, y in places:
            canvas.drawString(x, y, char)
        canvas.drawString(290, 40, "— 7 —")

    raw = read(made(draw))
    texts = {block.kind: raw.text[block.span.start : block.span.end] for block in raw.blocks}
    assert texts["furniture"] == "— 7 —"
    assert [line for line in raw.text.split("\n") if line != "— 7 —"] == CHINESE
    assert inside(raw, (595, 842))
    first = next(block.box for block in raw.blocks if block.kind == "paragraph")
    assert first is not None
    assert (first[0], first[2]) == (500, 512)
    assert first[3] - first[1] > 400


CHINESE = [
    "".join(char for char in paragraph if not char.isascii()).replace("（）", "") for paragraph in PARAGRAPHS
]  # fmt: skip


def test_a_story_set_top_down_among_columns() -> None:
    paper, grid = Paper(12), Grid(5, 18)
    masthead(paper, 1)
    first = paper.headline(["山乡来了培训车"], grid.x(0), grid.x(3) + grid.wide, 70, 34)
    paper.story(first, grid.slots(0, 3, 130, 700), grid.wide)
    x0, x1 = grid.x(4), grid.x(4) + grid.wide
    paper.box(x0 - 3, 66, x1 + 3, 560)
    title = paper.standing(["老手艺新课堂"], x1 - 6, 80, 26)
    lines = [line for text in CHINESE[:2] for line in typeset(text, 440.0, 10.5)]
    for at, (text, indent, blank) in enumerate(lines):
        paper.put_down(text, x1 - 54 - at * 17, 80 + indent, 10.5, blank)
    title.paragraphs += CHINESE[:2]
    raw = read(paper.pdf())
    assert raw.text.split("\n")[1:] == [*first.lines, *title.lines]
    kinds = {raw.text[block.span.start : block.span.end]: block.kind for block in raw.blocks}
    assert kinds["老手艺新课堂"] == "heading"


def test_an_owner_password_alone_keeps_nobody_from_reading() -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    locked = StandardEncryption("", ownerPassword="secret", canPrint=0, canCopy=0, strength=128)
    assert read(made(upright, encrypt=locked)).text.split("\n") == PARAGRAPHS
    locked = StandardEncryption("user", ownerPassword="secret", strength=128)
    with pytest.raises(Encrypted, match="password"):
        read(made(upright, encrypt=locked))


def test_the_second_engine_reads_columns_with_boxes_too() -> None:
    columns = ["左栏第%s行讲的是就业服务和品牌", "右栏第%s行讲的是品牌建设和就业"]
    lines = [
        (x, 700 - 20.0 * at, text % number)
        for at, number in enumerate("一二三四五六七八")
        for x, text in zip((60.0, 270.0), columns, strict=True)
    ]
    first, second = (read(pdf([lines], own_encoding=own)) for own in (False, True))
    assert first.text == second.text == "".join(text % n for text in columns for n in "一二三四五六七八")
    for one, other in zip(first.blocks, second.blocks, strict=True):
        assert one.box == pytest.approx(other.box, abs=1.5)


@pytest.mark.parametrize("drawn", [0, 90])
@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_the_two_engines_agree_on_places(turn: int, drawn: int) -> None:
    def draw(canvas: Any) -> None:
        canvas.setPageRotation(turn)
        canvas.translate(842 if drawn else 0, 0)
        canvas.rotate(drawn)
        block_of_text(canvas)

    data = made(draw, size=(842, 842))
    (first,) = plumber_sheets(data, Source(name="", sha256="", media_type=""))
    second = pdfium_sheet(data, 1)
    assert (first.width, first.height, first.turn) == (second.width, second.height, second.turn)
    (one, blocks), (other, others) = lay_out_pages([first]), lay_out_pages([second])
    assert one == other == "\n".join(PARAGRAPHS)
    for here, there in zip(blocks, others, strict=True):
        assert here.box == pytest.approx(there.box, abs=2.5)


def test_a_watermark_at_a_slant_is_furniture() -> None:
    def draw(canvas: Any) -> None:
        upright(canvas)
        canvas.saveState()
        canvas.translate(300, 400)
        canvas.rotate(45)
        canvas.setFont(FONT, 60)
        canvas.drawString(-120, 0, "内部资料")
        canvas.restoreState()

    raw = read(made(draw))
    assert raw.text.split("\n") == [*PARAGRAPHS, "内部资料"]
    assert raw.blocks[-1].kind == "furniture"
