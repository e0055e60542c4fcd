"""Candidates as a sheet that people label: a workbook with the labels to choose from, or CSV."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

from zhengce.candidate import LABELS
from zhengce.write.replacing import replacing
from zhengce.write.xlsx_cell import EPOCH, OFF

__all__ = ["write_label_sheet"]

HOWTO = (
    "请在 label 列填写一个标签，拿不准的留空。Fill in the column label; leave it empty where you cannot tell.",
    "statement: 【】中的数字是 target 目标、fact 事实、standard 标准（补贴标准、限额、门槛、时限），还是 none 都不是",
    "goal: 没有数字的分句是不是有时限的或定性的目标 (yes / no)",
    "name: brand 劳务品牌，programme 以品牌命名的培训项目，other 其他引语",
    "subsidy, assignment, reference: 【】中的文字是不是补贴、分工、引用的文件 (yes / no)",
)
WIDTHS = {"context": 90, "candidate": 24, "source": 30, "document": 18}
WRAPPED = "context"


def write_label_sheet(path: Path, columns: Sequence[str], rows: Sequence[Mapping[str, str]]) -> None:
    """Write rows to `path`, a workbook if it ends in .xlsx and CSV (UTF-8 with a byte order mark) else.

    In the workbook the cells of `label` offer the labels of their question. Raises OSError where it cannot write.
    """
    with replacing(path) as partial:
        if path.suffix.lower() == ".xlsx":
            _workbook(partial, columns, rows)
            return
        with partial.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.DictWriter(file, columns, lineterminator="\r\n")
            writer.writeheader()
            writer.writerows(rows)


def _workbook(path: Path, columns: Sequence[str], rows: Sequence[Mapping[str, str]]) -> None:
    from xlsxwriter.workbook import Workbook

    book = Workbook(str(path), OFF)
    book.set_properties({"author": "zhengce", "created": EPOCH})
    sheet = book.add_worksheet("labels")
    bold, wrapped = book.add_format({"bold": True, "bottom": 1}), book.add_format({"text_wrap": True, "valign": "top"})
    top, choice = book.add_format({"valign": "top"}), book.add_format({"valign": "top", "bg_color": "#FFF8DC"})
    for place, column in enumerate(columns):
        sheet.set_column(place, place, WIDTHS.get(column, 11))
        sheet.write_string(0, place, column, bold)
    for at, row in enumerate(rows, start=1):
        for place, column in enumerate(columns):
            style = wrapped if column == WRAPPED else choice if column == "label" else top
            sheet.write_string(at, place, row[column], style) if row[column] else sheet.write_blank(
                at, place, "", style
            )
            if column == "label":
                labels = next(labels for question, labels in LABELS.items() if question == row["question"])
                sheet.data_validation(at, place, at, place, {"validate": "list", "source": list(labels)})
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(rows), len(columns) - 1)
    howto = book.add_worksheet("说明")
    howto.set_column(0, 0, 110)
    for at, line in enumerate(HOWTO):
        howto.write_string(at, 0, line)
    book.close()
