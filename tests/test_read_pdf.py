import logging
from contextlib import suppress

import pytest
from made_files import pdf

from zhengce.document import Raw
from zhengce.errors import Encrypted, NoTextLayer, UnreadableFile
from zhengce.read import pdf as reader
from zhengce.read import read_file

LEFT = [f"左栏第{n}行讲的是就业服务" for n in "一二三四五六"]
RIGHT = [f"右栏第{n}行讲的是品牌建设" for n in "一二三四五六"]


def read(data: bytes) -> Raw:
    return read_file(data, "通知.pdf")


def two_columns(gap: float = 40) -> list[tuple[float, float, str]]:
    start = 60 + 12 * len(LEFT[0]) + gap
    rows = zip(LEFT, RIGHT, strict=True)
    return [
        part
        for at, (left, right) in enumerate(rows)
        for part in ((60.0, 700 - 20.0 * at, left), (start, 700 - 20.0 * at, right))
    ]


def test_lines_pages_and_boxes() -> None:
    raw = read(pdf([[(72, 680, "要落实补贴政策。"), (72, 700, "一、总体要求")], [(72, 700, "二、保障措施")]]))
    assert raw.text == "一、总体要求\n要落实补贴政策。\n二、保障措施"
    assert [raw.text[block.span.start : block.span.end] for block in raw.blocks] == raw.text.split("\n")
    assert [block.page for block in raw.blocks] == [1, 1, 2]
    box = raw.blocks[0].box
    assert box is not None
    assert (box[0], round(box[2]), round(box[3] - box[1])) == (72, 72 + 6 * 12, 12)
    assert 842 - 720 < box[1] < 842 - 700 < box[3] < 842 - 690


def test_characters_a_little_off_the_line_stay_on_it_and_gaps_are_spaces() -> None:
    raw = read(pdf([[(72, 700, "每人"), (96, 702, "五百"), (120, 699, "元"), (160, 700, "按月发放")]]))
    assert raw.text == "每人五百元 按月发放"


@pytest.mark.parametrize("number", ["— 3 —", "3", "第3页", "- 12 -", "3/10", "第3页 共10页"])
@pytest.mark.parametrize("y", [40, 800])
def test_page_numbers_are_furniture(number: str, y: float) -> None:
    raw = read(pdf([[(72, 600, "正文第一行"), (280, y, number)]]))
    assert number in raw.text.split("\n")
    assert [block.kind for block in raw.blocks if number in raw.text[block.span.start : block.span.end]] == [
        "furniture"
    ]


def test_numbers_in_the_text_and_words_in_the_margin_are_no_furniture() -> None:
    raw = read(pdf([[(72, 400, "35"), (72, 60, "第3项由财政部门负责")]]))
    assert {block.kind for block in raw.blocks} == {"paragraph"}


def test_letters_drawn_twice_come_once() -> None:
    assert read(pdf([[(72, 700, "重要通知"), (72.3, 700, "重要通知")]])).text == "重要通知"


def test_columns_are_read_one_after_the_other() -> None:
    headline = (100.0, 760.0, "两栏之上的一行标题横贯整个版面不属于任何一栏的内容")
    # full lines without a mark at their end are one paragraph, also over the gutter; the blocks are the printed lines
    raw = read(pdf([two_columns()]))
    assert raw.text == "".join(LEFT + RIGHT)
    assert [raw.text[block.span.start : block.span.end] for block in raw.blocks] == LEFT + RIGHT
    assert read(pdf([[headline, *two_columns()]])).text.split("\n") == [headline[2], "".join(LEFT + RIGHT)]


def test_rows_of_a_ruled_table_and_of_short_cells_stay_together() -> None:
    rules = [(50, 550, 716 - 20.0 * at) for at in range(7)]
    rows = [f"{left} {right}" for left, right in zip(LEFT, RIGHT, strict=True)]
    assert read(pdf([two_columns()], rules=rules)).text.split("\n") == rows
    cells = [(x, 700 - 20.0 * at, text) for at in range(8) for x, text in ((60.0, "某某县"), (300.0, "一百二十人"))]
    assert read(pdf([cells])).text.split("\n") == ["某某县 一百二十人"] * 8


def test_a_page_that_pdfplumber_finds_blank_is_read_all_the_same() -> None:
    raw = read(pdf([[(72, 700, "就业优先")]], own_encoding=True))
    assert raw.text == "就业优先"
    (block,) = raw.blocks
    assert block.page == 1
    assert block.box is not None
    assert (block.box[0], block.box[2]) == (72, 72 + 4 * 12)
    assert 842 - 720 < block.box[1] < 842 - 700 < block.box[3] < 842 - 690


def test_pictures_need_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "can_read", lambda: False)
    with pytest.raises(NoTextLayer, match="OCR"):
        read(pdf([[], []], picture=True))
    with pytest.raises(NoTextLayer, match="no page"):
        read(pdf([[]]))
    raw = read(pdf([[(72, 700, "正文")], [], [(72, 700, "附件")]], picture=True))
    assert raw.text == "正文\n附件"
    (note,) = raw.notes
    assert (note.doubt, note.span.start, raw.text[note.span.start :]) == ("unreadable_part", 3, "附件")
    assert "page 2" in note.message


def test_passwords_and_broken_files() -> None:
    with pytest.raises(Encrypted, match="password"):
        read(pdf([[(72, 700, "就业")]], locked=True))
    with pytest.raises(UnreadableFile, match="broken"):
        read(b"%PDF-1.7\n" + bytes(300))


def test_the_parser_keeps_silent(capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture) -> None:
    level = logging.getLogger("pdfminer").level
    whole = pdf([[(72, 700, "就业优先")]])
    broken = whole.replace(b"/DW 1000", b"/DW (x)").replace(b"startxref", b"startxrex")
    with suppress(UnreadableFile):
        read(broken)
    assert capfd.readouterr().err == ""
    assert caplog.records == []
    assert logging.getLogger("pdfminer").level == level
