"""A picture of a page → its sheet: read by OCR, turned upright, levelled, seals off, vertical lines read as such."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from math import atan2, cos, degrees, hypot, radians, sin
from statistics import mean, median
from typing import Any, NamedTuple

from zhengce.document import Block, Note
from zhengce.read.layout_sheet import Box, Glyph, Sheet
from zhengce.read.ocr import Character, Line, read_lines, read_strip
from zhengce.read.pdf_plumber import ruled_tables
from zhengce.read.scan_rules import rules_of
from zhengce.read.scan_seal import without_seals

__all__ = ["Scan", "scan", "with_confidence"]

TALL, MANY = 1.8, 0.6
# the box that is found round a line is so much higher than the type is large
TYPE = 0.86
LEVEL, STEEP = 0.05, 30.0
UNSURE = 0.85
# middles of characters so many type sizes apart have a blank between them
APART = 1.9
NEAR = 0.16


class Scan(NamedTuple):
    """A page as OCR read it, and how sure it is of each line, by its place in points."""

    sheet: Sheet
    lines: tuple[tuple[Box, float], ...]


def scan(picture: Any, number: int, points: float) -> Scan:
    """The page in a picture (an array of height × width × 3, red first); a pixel is `points` wide.

    A page that lies on its side is turned. What is askew is levelled by the median slope of its lines.
    """
    picture = without_seals(picture)
    lines = list(read_lines(picture))
    if _on_its_side(lines):
        turned = [picture[:, ::-1].swapaxes(0, 1), picture.swapaxes(0, 1)[:, ::-1]]
        tries = [(list(read_lines(one)), one) for one in turned]
        best, shown = max(tries, key=lambda one: _sureness(one[0]))
        if _sureness(best) > _sureness([_upright(line, picture) for line in lines]):
            lines, picture = best, shown
    lines = [_upright(line, picture) for line in lines]
    height, width = picture.shape[:2]
    slope = _slope(lines)
    glyphs: list[Glyph] = []
    places: list[tuple[Box, float]] = []
    usual = _usual_side(lines)
    for line in lines:
        set_down = _glyphs(line, slope, (width / 2, height / 2), points, usual)
        if set_down:
            glyphs += set_down
            places.append((_hull(set_down), round(line.confidence, 4)))
    rules = rules_of(picture, slope, points)
    sheet = Sheet(
        number=number, width=width * points, height=height * points, glyphs=tuple(glyphs), rules=rules,
        tables=ruled_tables(rules, glyphs),
    )  # fmt: skip
    return Scan(sheet, tuple(places))


def with_confidence(blocks: Sequence[Block], scans: Iterable[Scan]) -> tuple[tuple[Block, ...], tuple[Note, ...]]:
    """The blocks with the least confidence of the lines in each, and a note for each of which OCR is unsure."""
    by_page = {one.sheet.number: one.lines for one in scans}
    sure: list[Block] = []
    notes: list[Note] = []
    for block in blocks:
        found = [how for place, how in by_page.get(block.page or 0, ()) if block.box and _within(place, block.box)]
        block = replace(block, confidence=min(found, default=None))
        if block.confidence is not None and block.confidence < UNSURE:
            message = f"OCR is unsure of this line (score {block.confidence:.2f})"
            notes.append(Note(doubt="inferred", span=block.span, message=message))
        sure.append(block)
    return tuple(sure), tuple(notes)


def _size(line: Line) -> tuple[float, float]:
    (x0, y0), (x1, y1), (x2, y2), _ = line.corners
    return hypot(x1 - x0, y1 - y0), hypot(x2 - x1, y2 - y1)


def _is_tall(line: Line) -> bool:
    width, height = _size(line)
    return height > TALL * width


def _on_its_side(lines: Sequence[Line]) -> bool:
    long = [line for line in lines if max(_size(line)) > 2 * TALL * min(_size(line))]
    return len(long) >= 3 and sum(map(_is_tall, long)) > MANY * len(long)


def _sureness(lines: Sequence[Line]) -> float:
    return mean([line.confidence for line in lines]) if lines else 0.0


def _upright(line: Line, picture: Any) -> Line:
    """A line that stands tall, read character by character; as it was where that reads no better."""
    import numpy as np

    if not _is_tall(line):
        return line
    xs, ys = [x for x, _ in line.corners], [y for _, y in line.corners]
    left, right, top, bottom = max(int(min(xs)), 0), int(max(xs)), max(int(min(ys)), 0), int(max(ys))
    count = max(round((bottom - top) / max(right - left, 1)), 2)
    cells = [(top + (bottom - top) * at // count, top + (bottom - top) * (at + 1) // count) for at in range(count)]
    high = min(end - start for start, end in cells)
    strip = np.concatenate([picture[start : start + high, left:right] for start, _ in cells], axis=1)
    text, confidence = read_strip(strip)
    text = "".join(text.split())
    if not text or confidence <= line.confidence:
        return line
    step = (bottom - top) / len(text)
    places = [
        Character(char, (left + right) / 2, top + step * (at + 0.5), float(right - left))
        for at, char in enumerate(text)
    ]
    return Line(tuple(places), line.corners, confidence)


def _slope(lines: Sequence[Line]) -> float:
    """The slope in degrees of the lines that are long and lie."""
    slopes = []
    for line in lines:
        (x0, y0), (x1, y1), *_ = line.corners
        width, height = _size(line)
        if width > 4 * height:
            slopes.append(degrees(atan2(y1 - y0, x1 - x0)))
    slope = median(slopes) if slopes else 0.0
    return slope if LEVEL < abs(slope) < STEEP else 0.0


def _usual_side(lines: Sequence[Line]) -> float:
    """The type size of most characters, in pixels."""
    sides = sorted((min(_size(line)) * TYPE, len(line.characters)) for line in lines)
    half = sum(count for _, count in sides) / 2
    for side, count in sides:
        half -= count
        if half <= 0:
            return side
    return 0.0


def _glyphs(line: Line, slope: float, middle: tuple[float, float], points: float, usual: float) -> list[Glyph]:
    """The characters in points on the levelled page, all of a lying line at one height.

    How high a box is found depends on its characters, so a size near the usual one is the usual one.
    """
    across, along = sin(radians(-slope)), cos(radians(-slope))
    placed = []
    for char in line.characters:
        x, y = char.x - middle[0], char.y - middle[1]
        placed.append((char, middle[0] + x * along - y * across, middle[1] + x * across + y * along))
    if not placed:
        return []
    width, height = _size(line)
    tall = _is_tall(line)
    side = (width if tall else height) * TYPE
    side = usual if abs(side - usual) <= NEAR * usual else side
    level = median(y for _, _, y in placed)
    edges = [(x - side / 2, x + side / 2) for _, x, _ in placed] if tall else _edges([x for _, x, _ in placed], side)
    found = []
    for (char, _, y), (left, right) in zip(placed, edges, strict=True):
        y = y if tall else level
        found.append(
            Glyph(
                char.text, left * points, (y - side / 2) * points,
                right * points, (y + side / 2) * points, side * points,
            )
        )  # fmt: skip
    return found


def _edges(middles: Sequence[float], side: float) -> list[tuple[float, float]]:
    """Left and right edges of a line's characters, which touch where no more than a blank may stand between two."""
    borders = [(middles[0] - side / 2, middles[0] - side / 2)]
    for before, behind in pairwise(middles):
        apart = behind - before > APART * side
        middle = (before + behind) / 2
        borders.append((before + side / 2, behind - side / 2) if apart else (middle, middle))
    borders.append((middles[-1] + side / 2, middles[-1] + side / 2))
    return [(start, max(end, start)) for (_, start), (end, _) in pairwise(borders)]


def _hull(glyphs: Sequence[Glyph]) -> Box:
    return (
        min(glyph.x0 for glyph in glyphs), min(glyph.top for glyph in glyphs),
        max(glyph.x1 for glyph in glyphs), max(glyph.bottom for glyph in glyphs),
    )  # fmt: skip


def _within(place: Box, box: Box) -> bool:
    """Whether the middle of a line as read lies in a block, or that of the block in the line."""
    for inner, outer in ((place, box), (box, place)):
        x, y = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
        if outer[0] - 1 <= x <= outer[2] + 1 and outer[1] - 1 <= y <= outer[3] + 1:
            return True
    return False
