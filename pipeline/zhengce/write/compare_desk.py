"""What the sheets of a comparison's workbook are written with: styles, words, sheets ready to be read and printed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from zhengce.write.compare_terms import Language, terms
from zhengce.write.visible import visible
from zhengce.write.xlsx_cell import put_text

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

__all__ = ["A3", "A4", "Desk", "colours", "height", "shown"]

A4, A3 = 9, 8
LINE_POINTS, MOST_POINTS = 14.5, 409  # Excel's highest row
WIDE = frozenset("WF")


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A workbook, its formats by what they ask for, and the language of its words."""

    book: Workbook
    style: Callable[..., Format]
    lang: Language

    def word(self, key: str, group: str = "word") -> str:
        """A word in the language of the workbook."""
        return terms(group, self.lang)[key]

    def marked(self, group: str, key: str) -> str:
        """The word of a relation or a change behind its mark, so that it can be told without its colour."""
        return f"{terms(group, 'mark')[key]} {self.word(key, group)}"

    def sheet(self, key: str, heads: Sequence[str], widths: Sequence[float]) -> Worksheet:
        """A new sheet whose first row stays, on screen and on paper, and whose first column stays on screen."""
        sheet = self.book.add_worksheet(self.word(key, "sheet"))
        head = self.style(bold=True, bg_color="#E3E8ED", border=1)
        for place, (text, width) in enumerate(zip(heads, widths, strict=True)):
            sheet.set_column(place, place, width)
            put_text(sheet, (0, place), text, head)
        sheet.set_row(0, height(heads, widths))
        sheet.freeze_panes(1, 1)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(0.4, 0.4, 0.5, 0.6)
        sheet.set_footer("&L&A&R&P / &N")
        return sheet


def height(texts: Sequence[str], widths: Sequence[float], most: float = MOST_POINTS) -> float:
    """Points that a row of wrapped texts needs in columns of these widths: not every program works it out by itself.

    >>> height(["劳务品牌" * 10, "短"], [20, 20]), height(["劳务品牌" * 10], [100])
    (79.5, 21.5)
    """
    lines = max((_lines(text, width) for text, width in zip(texts, widths, strict=True)), default=1)
    return min(most, 7 + LINE_POINTS * lines)


def _lines(text: str, width: float) -> int:
    room = max(1, int(width) - 2)
    if 2 * len(text) <= room and "\n" not in text:  # most cells
        return 1
    return sum(max(1, -(-sum(map(_places, line)) // room)) for line in text.split("\n"))


@cache
def _places(char: str) -> int:
    return 2 if east_asian_width(char) in WIDE else 1


def colours(group: str, key: str) -> dict[str, str]:
    """The fill and the ink of a relation or a change."""
    return {"bg_color": terms(group, "light")[key], "font_color": terms(group, "ink")[key]}


def shown(value: object) -> str:
    """A value of a row as text, nothing for None."""
    return "" if value is None else visible(str(value)).strip()
