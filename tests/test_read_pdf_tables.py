"""Ruled tables come out as rows of cells, tables without rules as lines, the prose round them whole."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from newspapers import FONT, width

from zhengce.document import Raw
from zhengce.read import read_file

PROSE = (
    "各县要按照本表确定的标准发放职业技能培训补贴，不得擅自提高或者降低，确需调整的应当报省人力资源社会保障厅备案同意后"
    "执行，执行中的问题请及时报告。"
)
ROWS = [
    ["序号", "培训工种", "补贴标准（元/人）", "备注"],
    ["1", "养老护理员（含失智老人照护、安宁疗护等方向）", "1500", "脱贫人口上浮20%"],
    ["2", "电工", "1800", ""],
    ["合计", "", "3300", ""],
]


def read(rows: list[list[str]], *, ruled: bool = True, merged: tuple[int, int, int, int] | None = None) -> Raw:
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

    width("一", 12)  # registers the font
    prose = ParagraphStyle("prose", fontName=FONT, fontSize=12, leading=20, wordWrap="CJK", firstLineIndent=24)
    small = ParagraphStyle("cell", fontName=FONT, fontSize=10.5, leading=15, wordWrap="CJK")
    cells: list[list[Any]] = [[Paragraph(text, small) if text else "" for text in row] for row in rows]
    style: list[Any] = [("GRID", (0, 0), (-1, -1), 0.5, "black")] if ruled else []
    if merged:
        style.append(("SPAN", merged[:2], merged[2:]))
    out = BytesIO()
    table = Table(cells, colWidths=[50, 150, 120, 120], style=TableStyle(style))
    SimpleDocTemplate(out, pagesize=A4, invariant=1).build(
        [Paragraph(PROSE, prose), Paragraph(PROSE, prose), table, Paragraph(PROSE, prose)]
    )
    return read_file(out.getvalue(), "补贴标准.pdf")


def test_a_ruled_table_is_rows_of_cells() -> None:
    raw = read(ROWS, merged=(0, 3, 1, 3))
    assert raw.text.split("\n") == [
        PROSE, PROSE,
        "序号\t培训工种\t补贴标准（元/人）\t备注",
        "1\t养老护理员（含失智老人照护、安宁疗护等方向）\t1500\t脱贫人口上浮20%",
        "2\t电工\t1800",
        "合计\t\t3300",
        PROSE,
    ]  # fmt: skip
    cells = {raw.text[block.span.start : block.span.end]: block for block in raw.blocks if block.kind == "cell"}
    assert set(cells) == {text for row in ROWS for text in row if text}
    long, number = cells[ROWS[1][1]].box, cells["1500"].box
    assert long is not None
    assert number is not None
    assert round(long[3] - long[1]) == 26  # two printed lines
    assert long[2] < number[0]
    assert long[1] <= number[1] < number[3] <= long[3]


def test_a_cell_over_several_rows_is_said_once() -> None:
    raw = read(
        [["地区", "工种", "标准", "备注"], ["青禾市", "电工", "1800", "无"], ["", "焊工", "1500", "无"]],
        merged=(0, 1, 0, 2),
    )
    assert raw.text.split("\n")[2:-1] == ["地区\t工种\t标准\t备注", "青禾市\t电工\t1800\t无", "\t焊工\t1500\t无"]


def test_a_table_over_two_pages_goes_on() -> None:
    rows = [[str(number), f"工种{number}", str(100 * number), "无"] for number in range(1, 50)]
    raw = read(rows)
    assert raw.text.split("\n") == [PROSE, PROSE, *("\t".join(row) for row in rows), PROSE]
    assert {block.page for block in raw.blocks if block.kind == "cell"} == {1, 2}


@pytest.mark.parametrize("rows", [ROWS[2:], [["甲县", "电工", "1800", "120人"]] * 6])
def test_a_table_without_rules_is_lines(rows: list[list[str]]) -> None:
    raw = read(rows, ruled=False)
    assert raw.text.split("\n") == [PROSE, PROSE, *(" ".join(filter(None, row)) for row in rows), PROSE]
    assert {block.kind for block in raw.blocks} == {"paragraph"}
