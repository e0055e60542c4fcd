"""pdfplumber's and pdfminer's pages as sheets."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from zhengce.document import Source
from zhengce.errors import Encrypted, TooLarge
from zhengce.read.layout_sheet import Area, Glyph, Sheet
from zhengce.read.layout_turn import side_of
from zhengce.read.pdf_bounds import Bomb, bounded

__all__ = ["plumber_sheets", "ruled_tables"]

THIN, LEAST_BOX, MOST_RULES = 3.0, 30.0, 4000
# a frame with stories in it has few cells, and more characters in a cell than a table
MOST_FRAMES, LONG_CELL = 12, 250

MOST_PAGES = 10_000


def plumber_sheets(data: bytes, source: Source) -> Iterator[Sheet]:
    """Every page as pdfminer reads it, places in points on the page as it is shown; one that fails to parse is empty.

    The characters are taken from the layout tree that pdfplumber's own lists are made of, for making those costs half
    of the reading. Raises Encrypted where a password is needed, TooLarge for what `bounded` refuses
    and for more than 10,000 pages.
    """
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    with _silent(), bounded(source):
        try:
            document = pdfplumber.open(BytesIO(data))
        except PdfminerException as error:
            if error.args and isinstance(error.args[0], PDFPasswordIncorrect):
                reason = "the PDF needs a password: save or print it to a PDF without one and read that copy"
                raise Encrypted(source.name, reason) from error
            raise
        with document:
            if len(document.pages) > MOST_PAGES:
                raise TooLarge(source.name, f"more than {MOST_PAGES:,} pages: split the document")
            for number, page in enumerate(document.pages, start=1):
                try:
                    yield _sheet(page, number)
                except PdfminerException as error:
                    if error.args and isinstance(error.args[0], Bomb):
                        raise
                    yield Sheet(number=number, width=float(page.width), height=float(page.height), glyphs=())
                page.close()


def _sheet(page: Any, number: int) -> Sheet:
    from pdfminer.layout import LTChar, LTCurve, LTFigure, LTImage

    chars: list[Any] = []
    drawn: list[Any] = []
    pictures: list[Any] = []
    waiting = list(page.layout)
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, LTChar):
            chars.append(thing)
        elif isinstance(thing, LTFigure):
            waiting.extend(thing)
        elif isinstance(thing, LTImage):
            pictures.append(thing)
        elif isinstance(thing, LTCurve):
            drawn.append(thing)
    dx, foot = float(page.mediabox[0]), float(page.height) + float(page.mediabox[1])

    def area(thing: Any) -> Area:
        return Area(thing.x0 + dx, foot - thing.y1, thing.x1 + dx, foot - thing.y0)

    turn, glyphs, aside = _glyphs(chars, dx, foot)
    rules, boxes = _ruled([(area(thing), bool(thing.stroke)) for thing in drawn])
    return Sheet(
        number=number, width=float(page.width), height=float(page.height), glyphs=glyphs, rules=rules, boxes=boxes,
        pictures=tuple(map(area, pictures)), tables=ruled_tables(rules, glyphs), aside=aside, turn=turn,
    )  # fmt: skip


def _glyphs(chars: Sequence[Any], dx: float, foot: float) -> tuple[int, tuple[Glyph, ...], str]:
    """How most characters are turned, those characters, and the text of the others."""
    sides = Counter(side_of(char.matrix) for char in chars)
    turn = max((side for side in sides if side >= 0), key=lambda side: (sides[side], -side), default=0)
    glyphs = []
    aside = []
    for char in chars:
        if (char.matrix[1] == 0 and char.matrix[0] > 0 and turn == 0) or side_of(char.matrix) == turn:
            x0, y0, x1, y1 = char.bbox
            size = x1 - x0 if turn in (90, 270) else y1 - y0
            glyphs.append(Glyph(char.get_text() or "\ufffd", x0 + dx, foot - y1, x1 + dx, foot - y0, size))
        else:
            aside.append(char.get_text())
    return turn, tuple(glyphs), "".join(reversed(aside))


def _ruled(drawn: Sequence[tuple[Area, bool]]) -> tuple[tuple[Area, ...], tuple[Area, ...]]:
    """The ruled lines among what is drawn (and whether it has an outline), with the sides of boxes, and the boxes."""
    rules: list[Area] = []
    boxes: list[Area] = []
    for area, outlined in drawn:
        x0, top, x1, bottom = area
        if min(x1 - x0, bottom - top) <= THIN:
            if max(x1 - x0, bottom - top) > THIN:
                rules.append(area)
            continue
        if outlined:
            rules += [Area(x0, top, x1, top), Area(x0, bottom, x1, bottom)]
            rules += [Area(x0, top, x0, bottom), Area(x1, top, x1, bottom)]
        if x1 - x0 > LEAST_BOX and bottom - top > LEAST_BOX / 3:
            boxes.append(area)
    return tuple(rules), tuple(boxes)


def ruled_tables(rules: Sequence[Area], glyphs: Sequence[Glyph]) -> tuple[tuple[tuple[Area | None, ...], ...], ...]:
    """The ruled tables of two rows and two columns or more, by pdfplumber's finder; frames round stories are none."""
    from pdfplumber.table import TableFinder, TableSettings

    across = [_edge(rule, "h") for rule in rules if rule.x1 - rule.x0 > rule.bottom - rule.top]
    down = [_edge(rule, "v") for rule in rules if rule.x1 - rule.x0 <= rule.bottom - rule.top]
    if min(len(across), len(down)) < 3 or len(rules) > MOST_RULES:
        return ()
    settings = TableSettings.resolve({
        "vertical_strategy": "explicit", "horizontal_strategy": "explicit",
        "explicit_vertical_lines": down, "explicit_horizontal_lines": across,
    })  # fmt: skip
    found = []
    no_page: Any = None  # lines that are given to it need none
    for table in TableFinder(no_page, settings).tables:
        rows = tuple(tuple(cell and Area(*cell) for cell in row.cells) for row in table.rows)
        if len(rows) > 1 and max(map(len, rows)) > 1 and not _is_frame(rows, glyphs):
            found.append(rows)
    return tuple(found)


def _edge(rule: Area, orientation: str) -> dict[str, Any]:
    """A ruled line as pdfplumber has it, without its thickness."""
    x, y = (rule.x0 + rule.x1) / 2, (rule.top + rule.bottom) / 2
    x0, top, x1, bottom = (rule.x0, y, rule.x1, y) if orientation == "h" else (x, rule.top, x, rule.bottom)
    return {
        "object_type": "line", "orientation": orientation, "x0": x0, "x1": x1, "top": top, "bottom": bottom,
        "width": x1 - x0, "height": bottom - top,
    }  # fmt: skip


def _is_frame(rows: Sequence[Sequence[Area | None]], glyphs: Sequence[Glyph]) -> bool:
    """Whether most of the cells that are not empty hold so much text that they must be stories in frames."""
    cells = [cell for row in rows for cell in row if cell]
    if len(cells) > MOST_FRAMES:
        return False
    held = [
        sum(cell.x0 <= glyph.x0 < cell.x1 and cell.top <= glyph.top < cell.bottom for glyph in glyphs)
        for cell in cells
    ]  # fmt: skip
    return sum(count > LONG_CELL for count in held) > 0.5 * sum(count > 0 for count in held)


@contextmanager
def _silent() -> Iterator[None]:
    """Keep pdfminer's running commentary on faulty files off the standard error stream."""
    logger = logging.getLogger("pdfminer")
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(level)
