"""Newspaper pages laid out by chance, with known truth: rectangles of columns, each a story, split again and again."""

from __future__ import annotations

import random
from collections.abc import Iterator

from newspapers import LEADING, Grid, Paper, Truth, masthead

TITLES = (
    "稳岗扩面见实效", "县乡夜校亮起灯", "一技在手走天下", "山里绣娘进城来", "车间就在家门口", "数字工匠站上台",
    "护工持证上岗忙", "老区新路通四方", "零工驿站暖人心", "育婴师成香饽饽", "果园里的直播课", "装配线上的青年",
    "焊花照亮返乡路", "技校学子抢手俏", "月嫂品牌走出省", "快递小哥有了家",
)  # fmt: skip


KICKER = "技能照亮前程系列报道"


class Chance(Paper):
    """A page whose paragraphs hold no bracket after a full stop, for that looks like a label at a line's beginning."""

    def _texts(self, number: int) -> Iterator[str]:
        return (text for text in super()._texts(number) if "。（" not in text)


def by_chance(seed: int) -> Paper:
    """A page of 4 to 6 columns with 5 to 8 stories; every choice follows from the seed."""
    chance = random.Random(seed)
    paper = Chance(seed + 50, subheads=chance.random() < 0.3)
    grid = Grid(chance.choice([4, 5, 6]), chance.choice([11, 14, 18, 22]))
    masthead(paper, 1)
    _split(paper, grid, chance, (0, grid.columns - 1), (70.0, 1390.0), 0)
    return paper


def _split(
    paper: Paper, grid: Grid, chance: random.Random, columns: tuple[int, int], rows: tuple[float, float], depth: int
) -> None:
    (first, last), (top, bottom) = columns, rows
    if depth < 3 and len(paper.truth) < 7:
        if bottom - top > 560 and (chance.random() < 0.5 or last - first < 2):
            cut = top + (bottom - top) * chance.uniform(0.4, 0.6)
            _split(paper, grid, chance, columns, (top, cut - 14), depth + 1)
            if chance.random() < 0.4:
                paper.rule(grid.x(first), cut - 4, grid.x(last) + grid.wide, cut - 4)
            _split(paper, grid, chance, columns, (cut + 10, bottom), depth + 1)
            return
        if last - first >= 2:
            cut = chance.randint(first, last - 1)
            _split(paper, grid, chance, (first, cut), rows, depth + 1)
            _split(paper, grid, chance, (cut + 1, last), rows, depth + 1)
            return
    _story(paper, grid, chance, columns, rows)


def _story(
    paper: Paper, grid: Grid, chance: random.Random, columns: tuple[int, int], rows: tuple[float, float]
) -> None:
    """A story, sometimes in a box, its headline centred or flush, with a picture or ruled columns by chance."""
    (first, last), (top, bottom) = columns, rows
    x0, x1 = grid.x(first), grid.x(last) + grid.wide
    title = chance.choice([title for title in TITLES if title not in {truth.headline for truth in paper.truth}])
    boxed = chance.random() < 0.2
    inset = 4.0 if boxed else 0.0
    if boxed:
        paper.box(x0 - 3, top - 6, x1 + 3, bottom + 4, chance.choice([None, 0.92]))
    wide = grid.wide - 2 * inset
    kicker = chance.random() < 0.2 and not boxed
    if kicker:
        paper.put(KICKER, x0, top, 13)
        top += 22
    size = min(chance.choice([20, 24, 28, 34, 40]), (x1 - x0 - 8) / len(title))
    if chance.random() < 0.65:
        truth = paper.headline([title], x0, x1, top, size)
    else:
        paper.put(title, x0 + inset, top, size)
        truth = Truth(title)
        paper.truth.append(truth)
    truth.kicker = KICKER if kicker else ""
    start = top + size * 1.25 + chance.choice([6, 10, 16])
    late = [0.0] * 12 + [LEADING, 2 * LEADING, 40.0]
    slots = [(grid.x(column) + inset, start + chance.choice(late), bottom) for column in range(first, last + 1)]
    if last > first and bottom - start > 380 and chance.random() < 0.5:
        at, height, low = chance.randint(0, last - first), chance.choice([90, 120]), start + chance.choice([100, 150])
        x, begin, end = slots[at]
        paper.picture(x, low, x + wide, low + height)
        paper.caption(truth, "图为培训现场。王小满摄", x + 4, low + height + 4)
        slots[at : at + 1] = [(x, begin, low - 6), (x, low + height + 22, end)]
    paper.story(truth, slots, wide, byline="本报记者 李望舒" if chance.random() < 0.5 else "")
    if chance.random() < 0.3:
        for column in range(first, last):
            middle = grid.x(column) + grid.wide + grid.gutter / 2
            paper.rule(middle, start, middle, bottom)
