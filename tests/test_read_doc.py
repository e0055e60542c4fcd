"""Binary Word documents, made by `made_doc`; the reader was also held against files that Word itself wrote."""

import pytest
from made_doc import (
    BOXES,
    DELETED,
    ENDNOTES,
    FOOTNOTES,
    HEADERS,
    HIDDEN,
    IN_TABLE,
    MAIN,
    ROW_END,
    Made,
    Text,
    doc,
    fonts,
    level,
    lists,
    numbered,
    override,
    positions,
    row_end,
    signed,
    styles,
)  # fmt: skip
from made_ole import ole

from zhengce.document import Raw
from zhengce.errors import Encrypted, NoTextLayer, UnknownFormat, UnreadableFile
from zhengce.flow import process
from zhengce.read import read_file

BIG = 70  # more paragraphs than pages of formatting hold


def read(*texts: Text, **parts: object) -> Raw:
    return read_file(doc(texts), "通知.doc")


def cells(*texts: str) -> list[Text]:
    return [*(Text(text + "\x07", paragraph=IN_TABLE) for text in texts), Text("\x07", paragraph=IN_TABLE + ROW_END)]


def test_pieces_of_either_width_make_the_text() -> None:
    raw = read(Text("到2025年底，培训"), Text("20000"), Text("人次𠮷。\r"), Text("Caf\u00e9 ABC\r"), Text("末段"))
    assert raw.text == "到2025年底，培训20000人次𠮷。\nCafé ABC\n末段"
    assert raw.source.media_type == "application/msword"
    assert [raw.text[block.span.start : block.span.end] for block in raw.blocks] == raw.text.split("\n")
    assert raw.notes == ()


@pytest.mark.parametrize("name", ["通知.doc", "通知.wps", "通知.docx", "通知"])
def test_the_bytes_say_what_it_is(name: str) -> None:
    assert read_file(doc([Text("就业优先\r")]), name).text == "就业优先"


def test_long_documents_have_many_pages_of_formatting() -> None:
    texts = [Text(f"第{number}段\r", style=number % 2) for number in range(BIG)]
    made = Made({MAIN: texts}, {"styles": styles((0, 0xFFF, b""), (1, 0, b""))})
    raw = read_file(doc(made), "通知.doc")
    assert raw.text.split("\n") == [f"第{number}段" for number in range(BIG)]
    assert [block.kind for block in raw.blocks] == ["paragraph", "heading"] * (BIG // 2)


def test_special_characters() -> None:
    raw = read(Text("甲\t乙\x0b丙\x1e丁\x1f戊\x0c己\x01\x05\r"), Text("庚\x0c"), Text("辛\r"))
    assert raw.text == "甲\t乙\n丙-丁戊己\n庚\n辛"


def test_deleted_and_hidden_text_is_out() -> None:
    raw = read(
        Text("补贴"), Text("三百", run=DELETED), Text("五百元。"), Text("\r", run=DELETED), Text("按月发放"),
        Text("（内部）", run=HIDDEN), Text("。\r"), Text("整段隐藏\r", run=HIDDEN),
    )  # fmt: skip
    assert raw.text == "补贴五百元。按月发放。"


def test_fields_show_their_results() -> None:
    nested = "\x13 IF \x13 PAGE \x149\x15 = 1 \x14结果\x15"
    raw = read(Text("第\x13 PAGEREF _Toc1 \x143\x15页\r"), Text(nested + "\r"), Text("\x13 EQ \\o\\ac(○,2)\x15材料\r"))
    assert raw.text == "第3页\n结果\n②材料"
    lost = read(Text("\x13 LISTNUM \x15加强\r"))
    assert (lost.text, [note.doubt for note in lost.notes]) == ("加强", ["unreadable_part"])


def test_tables_are_rows_of_cells() -> None:
    raw = read(
        Text("表前\r"),
        *cells("类别", "标准", "备注"),
        Text("驿站\r", paragraph=IN_TABLE),
        *cells("服务站", "", "3"),
        *cells("一格之表"),
        Text("表后\r"),
    )
    assert raw.text.split("\n") == ["表前", "类别\t标准\t备注", "驿站 服务站\t\t3", "一格之表", "表后"]
    assert [block.kind for block in raw.blocks] == ["paragraph", *["cell"] * 6, "paragraph"]


def row(edges: tuple[int, ...], *texts: str) -> list[Text]:
    return [*(Text(text + "\x07", paragraph=IN_TABLE) for text in texts), Text("\x07", paragraph=row_end(*edges))]


def test_cells_that_span_columns_keep_the_others_in_place() -> None:
    raw = read(
        *row((0, 1000, 3000, 4000), "类别", "标准", "备注"),
        *row((0, 1010, 2000, 3000, 4000), "", "省级", "县级", "空"),
        *row((1000, 2000, 4000), "后移", "宽"),
    )
    assert raw.text.split("\n") == ["类别\t标准\t\t备注", "\t省级\t县级\t空", "\t后移\t宽"]
    loose = read(*row((0, 700, 3000), "甲", "乙"), *row((0, 1500, 3000), "丙", "丁"))
    assert loose.text == "甲\t乙\n丙\t丁", "no row shows all columns"


def test_the_properties_of_wide_rows_stand_in_a_stream_of_their_own() -> None:
    modifiers = row_end(0, 1000, 2000)
    data = bytes(64) + len(modifiers).to_bytes(2, "little") + modifiers
    huge = (0x6646).to_bytes(2, "little") + (64).to_bytes(4, "little")
    texts = [Text("甲\x07", paragraph=IN_TABLE), Text("乙\x07", paragraph=IN_TABLE), Text("\x07", paragraph=huge)]
    raw = read_file(doc(Made({MAIN: [*texts, Text("后\r")]}, data=data)), "通知.doc")
    assert raw.text == "甲\t乙\n后"


def test_numbers_are_counted_and_make_the_outline() -> None:
    chinese, thousand, decimal = 37, 39, 0
    made = lists(
        {7: [level(thousand, "%1、", suffix=2), level(chinese, "（%2）"), level(decimal, "%1.%3", legal=True)],
         9: [level(decimal, "%1.", start=3)]},
        [(7, []), (9, []), (9, [override(0, start=1)]), (9, [override(0, own=level(18, "%1"))])],
    )  # fmt: skip
    made.parts = {MAIN: [
        Text("总体要求\r", style=1),
        Text("指导思想\r", paragraph=numbered(1, 1)),
        Text("基本原则\r", paragraph=numbered(1, 1)),
        Text("附则\r", style=1, paragraph=numbered(0)),
        Text("重点任务\r", style=2),
        Text("三级\r", paragraph=numbered(1, 2)),
        Text("申请\r", paragraph=numbered(2)),
        Text("审核\r", paragraph=numbered(3)),
        Text("公示\r", paragraph=numbered(2)),
        Text("拨付\r", paragraph=numbered(4)),
        Text("正文\r", paragraph=numbered(99)),
    ]}  # fmt: skip
    made.tables["styles"] = styles((0, 0xFFF, b""), (1, 0, numbered(1)), (20, 1, b""), None)
    data = doc(made)
    assert read_file(data, "通知.doc").text.split("\n") == [
        "一、总体要求", "（一）指导思想", "（二）基本原则", "附则", "二、重点任务", "2.1 三级", "3. 申请", "1. 审核",
        "2. 公示", "③拨付", "正文",
    ]  # fmt: skip
    document = process(data, "通知.doc").document
    assert document is not None
    assert [one.label for one in document.provisions][:4] == ["一、", "（一）", "（二）", "二、"]


def test_an_unknown_format_is_noted_and_no_number_is_none() -> None:
    made = lists({1: [level(45, "%1.")], 2: [level(255, "")], 3: [level(23, "\uf0b7")]}, [(1, []), (2, []), (3, [])])
    made.parts = {MAIN: [Text(f"{text}\r", paragraph=numbered(at)) for at, text in enumerate("甲乙丙", 1)]}
    raw = read_file(doc(made), "通知.doc")
    assert raw.text == "1. 甲\n乙\n• 丙"
    assert [(note.doubt, note.span.start) for note in raw.notes] == [("inferred", 0)]


def test_a_broken_table_of_lists_costs_the_numbers_and_not_the_text() -> None:
    made = Made(
        {MAIN: [Text("加强培训\r", paragraph=numbered(1))]},
        {"instances": b"\x09\0\0\0", "styles": styles((1, 0, b""))[:34]},
    )
    raw = read_file(doc(made), "通知.doc")
    assert (raw.text, [note.doubt for note in raw.notes]) == ("加强培训", ["unreadable_part"])


def test_notes_stand_after_the_text_with_their_marks() -> None:
    parts = {
        MAIN: [Text("培训2万人\x02，补贴\x02到位，另行通知\x02*。\r")],
        FOOTNOTES: [Text("\x02 指户籍人口。\r"), Text("*另行。\r"), Text("\r")],
        ENDNOTES: [Text("\x02 按月发放。\r"), Text("\r")],
    }
    tables = {
        "footnote_marks": positions([5, 16, 18], [b"\x01\0", b"\0\0"]),
        "footnotes": positions([0, 9, 14, 15]),
        "endnote_marks": positions([9, 18], [b"\x01\0"]),
        "endnotes": positions([0, 8, 9]),
    }
    raw = read_file(doc(Made(parts, tables)), "通知.doc")
    assert raw.text.split("\n") == [
        "培训2万人[1]，补贴[i]到位，另行通知*。", "[1] 指户籍人口。", "[i] 按月发放。", "*另行。"
    ]  # fmt: skip
    assert [block.kind for block in raw.blocks] == ["paragraph", *["caption"] * 3]


def test_text_boxes_follow_the_paragraph_that_they_are_anchored_in() -> None:
    parts = {MAIN: [Text("前\x08\r"), Text("后\r")], BOXES: [Text("框中\r"), Text("游离\r")]}
    shape = [b"\0" * 14 + number.to_bytes(4, "little") + bytes(4) for number in (1025, 7)]
    tables = {
        "boxes": positions([0, 3, 6, 99], [*shape, bytes(22)]),
        "anchors": positions([1, 5], [(1025).to_bytes(4, "little") + bytes(22)]),
    }
    assert read_file(doc(Made(parts, tables)), "通知.doc").text == "前\n框中\n后\n游离"


def test_headers_are_fields_and_a_letterhead_is_not_lost() -> None:
    header, footer = "清河县人民政府文件\r清政发〔2024〕3号\r", "- 1 -\r"
    parts = {MAIN: [Text("关于开展技能培训的通知\r")], HEADERS: [Text(header), Text(footer)]}
    odd, foot = len(header), len(header) + len(footer)
    tables = {"headers": positions([0, 0, 0, 0, 0, 0, 0, 0, odd, odd, foot, foot, foot, foot])}
    raw = read_file(doc(Made(parts, tables)), "通知.doc")
    assert raw.text == "关于开展技能培训的通知"
    assert raw.fields == {
        "页眉": "清河县人民政府文件\n清政发〔2024〕3号", "发文字号": "清政发〔2024〕3号", "发文机关": "清河县人民政府"
    }  # fmt: skip


def test_signs_of_symbol_fonts() -> None:
    parts = {MAIN: [Text("(", run=signed(1, 0xF0FE)), Text("是"), Text("(", run=signed(0, 0xF041)), Text("\r")]}
    raw = read_file(doc(Made(parts, {"fonts": fonts("宋体", "Wingdings")})), "通知.doc")
    assert raw.text == "☑是\ufffd"
    assert [(note.doubt, note.span.start) for note in raw.notes] == [("undecodable", 2)]


@pytest.mark.parametrize(
    ("data", "error", "words"),
    [
        (doc([Text("密文\r")], flags=0x0100), Encrypted, "password"),
        (doc([Text("旧\r")], version=0x68), UnreadableFile, "Word 6 or 95"),
        (doc([Text("旧\r")], magic=0xA5DC, version=0x65), UnreadableFile, "Word 6 or 95"),
        (doc([Text("  \r")]), UnreadableFile, "blank"),
        (doc([Text("\x01\r")]), NoTextLayer, "OCR"),
        (ole({"WordDocument": bytes(4096)}), UnreadableFile, "broken"),
        (ole({"Book": "WordDocument".encode("utf-16-le")}), UnknownFormat, "OLE"),
        (ole({"Workbook": b""}), UnknownFormat, "Excel"),
        (ole({"CONTENTS": b""}), UnknownFormat, "Works"),
        (ole({"EncryptedPackage": b""}), Encrypted, "password"),
        (doc([Text("截断的文件\r" * 900)])[:9000], UnknownFormat, "cut off"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, error: type[UnreadableFile], words: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_file(data, "通知.doc")
    assert type(caught.value) is error
    assert words in caught.value.reason
