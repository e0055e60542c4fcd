"""Official documents by GB/T 9704-2012: everything in its order, paragraphs whole, over page breaks too."""

from __future__ import annotations

from damage.texts import policy_texts
from official import official

from zhengce.flow import process
from zhengce.read import read_file

TITLE = ["青禾省人力资源和社会保障厅", "关于做好2026年劳务品牌培育和", "职业技能提升工作的通知"]
HEAD = "各市（州）人力资源社会保障局，各有关单位："
BODY = [
    "一、总体要求",
    *[line for text in policy_texts(3, 77) for line in text.replace(" ", "").split("\n") if line.endswith("。")],
    "二、保障措施",
    "（一）到2026年底，全省开展补贴性职业技能培训12万人次。",
    *[line for text in policy_texts(2, 78) for line in text.replace(" ", "").split("\n") if line.endswith("。")],
]
CLOSING = ["青禾省人力资源和社会保障厅", "2026年3月6日"]
DATA = official(TITLE, BODY, closing=CLOSING, head=HEAD, running="内部资料 注意保存")


def test_lines_and_pages_are_joined_and_all_is_in_order() -> None:
    raw = read_file(DATA, "通知.pdf")
    kinds = {block.span.start: block.kind for block in raw.blocks}
    assert max(block.page or 0 for block in raw.blocks) >= 5
    lines, at = [], 0
    for line in raw.text.split("\n"):
        if kinds[at] != "furniture":
            lines.append((line, kinds[at]))
        at += len(line) + 1
    assert lines[:3] == [
        ("青禾省人力资源和社会保障厅文件", "paragraph"),
        ("青人社发〔2026〕15号", "paragraph"),
        ("签发人：宋知远", "paragraph"),
    ]
    assert lines[3] == ("".join(TITLE), "heading")
    rest = [line for line, _ in lines[4:]]
    assert rest == [
        HEAD, *BODY, *CLOSING, "（此件公开发布）",
        "抄送：省委办公厅，省人大常委会办公厅，省政协办公厅。",
        "青禾省人力资源和社会保障厅办公室 2026年3月9日印发",
    ]  # fmt: skip


def test_running_heads_and_page_numbers_are_furniture_and_leave_the_clean_text() -> None:
    document = process(DATA, "通知.pdf").document
    assert document is not None
    raw = document.raw
    furniture = [raw.text[block.span.start : block.span.end] for block in raw.blocks if block.kind == "furniture"]
    pages = max(block.page or 0 for block in raw.blocks)
    assert sorted(furniture) == sorted(
        [f"— {page} —" for page in range(1, pages + 1)] + ["内部资料 注意保存"] * pages
    )  # fmt: skip
    assert "注意保存" not in document.text
    assert "—" not in document.text.replace("2024—2026", "")


def test_the_header_is_read() -> None:
    document = process(DATA, "通知.pdf").document
    assert document is not None
    header = document.header
    assert header.title == "".join(TITLE)
    assert (header.kind, header.number, str(header.written)) == ("notice", "青人社发〔2026〕15号", "2026-03-06")
    assert header.issuers == ("青禾省人力资源和社会保障厅",)


def test_two_bodies_that_issue_together_are_told_apart() -> None:
    title = [
        "青禾省发展和改革委员会",
        "青禾省财政厅",
        "青禾省人力资源和社会保障厅",
        "关于印发《劳务品牌培育方案》的通知",
    ]
    document = process(official(title, BODY[:4], closing=CLOSING, head=HEAD), "通知.pdf").document
    assert document is not None
    assert document.header.title == f"{title[0]} {title[1]} {title[2]}{title[3]}"


def test_a_record_over_a_line_end_has_the_boxes_of_both_lines() -> None:
    outcome = process(DATA, "通知.pdf")
    assert outcome.document is not None
    (record,) = [one for one in outcome.records if "12万人次" in one.citation.quote and type(one).__name__ == "Target"]
    boxes = record.citation.boxes
    assert len(boxes) == 2
    (page, x0, top, x1, bottom), below = boxes
    assert page == record.citation.page == below[0]
    assert 28 < below[2] - top < 30
    assert (below[1], round(below[4] - below[2])) == (79.0, 16)
    assert x0 > below[1]
    assert (page, x0, top, x1, bottom) in {(b.page, *b.box) for b in outcome.document.raw.blocks if b.box}
