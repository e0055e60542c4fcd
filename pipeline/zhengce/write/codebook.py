"""The codebook: every table and column with what it means, in Chinese and English, as a page and as a workbook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from zhengce.write.columns import Column, columns, sheets
from zhengce.write.replacing import replacing
from zhengce.write.xlsx_cell import EPOCH, OFF

__all__ = ["write_codebook"]

TYPES = {
    "text": "文本 text", "integer": "整数 integer", "decimal": "小数 decimal", "date": "日期 date (ISO 8601)",
    "boolean": "是否 true/false", "list": "列表 list (; )", "spans": "区间 spans (start-end; )",
}  # fmt: skip
HEAD = ("表 table", "工作表 sheet", "字段 column", "类型 type", "中文名 label", "English label", "说明", "meaning")
WIDTHS = (22, 12, 24, 22, 18, 22, 60, 80)


def write_codebook(out: Path, books: Sequence[str]) -> None:
    """Write `codebook.md` and `codebook.xlsx` for the tables of some books to the folder `out`, from their schema.

    Raises OSError where a file cannot be written.
    """
    (out / "codebook.md").write_text("\n".join(_page(books)) + "\n", encoding="utf-8", newline="\n")
    with replacing(out / "codebook.xlsx") as path:
        _workbook(path, books)


def _page(books: Sequence[str]) -> Iterator[str]:
    yield "<!-- made by zhengce -->\n# 编码手册 Codebook\n"
    yield "一行一条记录; 空格表示原文未说明。One row a record; an empty cell means that the text does not say.\n"
    for table, held in _tables(books):
        yield f"## {sheets()[table]} `{table}`\n"
        yield "| 字段 column | 类型 type | 中文名 | English | 说明 meaning |\n|---|---|---|---|---|"
        for one in held:
            both = f"{one.meaning_zh}<br>{one.meaning}" if one.meaning_zh else one.meaning
            cells = (f"`{one.name}`", TYPES[one.type], one.label_zh, one.label_en, both.replace("|", "\\|"))
            yield f"| {' | '.join(cells)} |"
        yield ""


def _tables(books: Sequence[str]) -> Iterator[tuple[str, Sequence[Column]]]:
    for book in books:
        yield from columns(book).items()


def _workbook(path: Path, books: Sequence[str]) -> None:
    from xlsxwriter.workbook import Workbook

    book = Workbook(str(path), {"constant_memory": True, **OFF})
    book.set_properties({"author": "zhengce", "created": EPOCH})
    sheet, bold = book.add_worksheet("codebook"), book.add_format({"bold": True, "bottom": 1})
    for place, (name, width) in enumerate(zip(HEAD, WIDTHS, strict=True)):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, name, bold)
    rows = [
        (table, sheets()[table], one.name, TYPES[one.type], one.label_zh, one.label_en, one.meaning_zh, one.meaning)
        for table, held in _tables(books)
        for one in held
    ]
    for at, row in enumerate(rows, start=1):
        for place, text in enumerate(row):
            sheet.write_string(at, place, text)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(rows), len(HEAD) - 1)
    book.close()
