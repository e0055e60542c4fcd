"""Values in the cells of a workbook: numbers as numbers, all else as text that Excel neither runs nor refuses."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from zhengce.write.columns import ColumnType

__all__ = ["EPOCH", "OFF", "fitted", "put", "put_text"]

# what a workbook must not make of text
OFF = dict.fromkeys(("strings_to_numbers", "strings_to_formulas", "strings_to_urls"), False)
EPOCH = datetime.datetime(2000, 1, 1)  # when a workbook says it was made: the same bytes on every day
# Excel's own limits: characters (UTF-16 units) a cell, digits a number keeps
CELL_UNITS = 32_767
DIGITS = 15


def fitted(text: str, rest: str) -> str:
    """The text; where a cell cannot hold it, its beginning and `rest`, which says where the whole is.

    >>> len(fitted("就" * 40_000, " …")), fitted("就业", " …")
    (32767, '就业')
    """
    if 2 * len(text) <= CELL_UNITS or len(text.encode("utf-16-le", "replace")) <= 2 * CELL_UNITS:
        return text
    units = text.encode("utf-16-le", "replace")[: 2 * (CELL_UNITS - len(rest))]
    return units.decode("utf-16-le", "ignore") + rest


def put(
    sheet: Worksheet, place: tuple[int, int], kind: ColumnType, text: str, whole: Format, style: Format | None = None
) -> None:
    """Writes the text of a column of that type; integers and decimals are numbers (in the format `whole` where they
    have no decimals) unless Excel would round them.
    """
    if kind in ("integer", "decimal") and text and len(text.lstrip("-0.").replace(".", "")) <= DIGITS:
        sheet.write_number(*place, float(text), style if "." in text else whole)
    else:
        put_text(sheet, place, text, style)


def put_text(sheet: Worksheet, place: tuple[int, int], text: str, style: Format | None = None) -> None:
    """Writes text, cut to what a cell can hold, or an empty cell that has the style."""
    text = fitted(text, " …")
    if text.startswith("<r>") and text.endswith("</r>"):
        text = f" {text}"  # xlsxwriter takes such a string for its own markup and does not escape it
    if text:
        sheet.write_string(*place, text, style)
    elif style is not None:
        sheet.write_blank(*place, None, style)
