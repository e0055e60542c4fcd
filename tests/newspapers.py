"""Newspaper pages with known truth, set and drawn by the code here in a Chinese font that is named and not embedded.

The text is made (`damage.texts`), the pages have the size of a real one, and the characters are drawn in no order.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from damage.texts import policy_texts

FONT = "STSong-Light"
NO_START = "，。、；：！？）”》%"
NO_END = "（“《"
PAGE = (1020.0, 1440.0)
MARGIN, BODY, LEADING = 50.0, 10.5, 15.0
SUBHEADS = ("搭好平台", "育强技能", "打响品牌", "留住乡亲")
Slot = tuple[float, float, float]  # x, top, bottom


@dataclass
class Truth:
    """An article as it was set: its headline, its paragraphs, the captions of its pictures, a kicker over it."""

    headline: str
    paragraphs: list[str] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    kicker: str = ""

    @property
    def lines(self) -> list[str]:
        return [*([self.kicker] if self.kicker else []), self.headline, *self.paragraphs, *self.captions]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


@dataclass
class Paper:
    """A PDF in the making: what is drawn on each page, and the truth."""

    seed: int
    size: tuple[float, float] = PAGE
    subheads: bool = False
    pages: list[list[tuple[Any, ...]]] = field(default_factory=lambda: [[]])
    truth: list[Truth] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)

    def put(self, text: str, x: float, top: float, size: float, spacing: float = 0.0) -> None:
        """Draws a line from the left, a few characters at a time."""
        while text:
            length = self.chance.randint(1, 7)
            part, text = text[:length], text[length:]
            self.pages[-1].append(("text", part, x, top, size, spacing))
            x += sum(width(char, size) + spacing for char in part)

    def put_down(self, text: str, x: float, top: float, size: float, spacing: float = 0.0) -> None:
        """Draws a line from the top."""
        for char in text:
            self.pages[-1].append(("text", char, x, top, size, 0.0))
            top += size + spacing

    def rule(self, x0: float, top: float, x1: float, bottom: float) -> None:
        self.pages[-1].append(("rule", x0, top, x1, bottom))

    def box(self, x0: float, top: float, x1: float, bottom: float, shade: float | None = None) -> None:
        self.pages[-1].append(("box", x0, top, x1, bottom, shade))

    def picture(self, x0: float, top: float, x1: float, bottom: float) -> None:
        self.pages[-1].append(("picture", x0, top, x1, bottom))

    def headline(self, lines: Sequence[str], x0: float, x1: float, top: float, size: float) -> Truth:
        """A headline over several columns, centred."""
        for at, line in enumerate(lines):
            self.put(line, (x0 + x1 - sum(width(char, size) for char in line)) / 2, top + at * size * 1.25, size)
        self.truth.append(Truth("".join(lines)))
        return self.truth[-1]

    def standing(self, lines: Sequence[str], x1: float, top: float, size: float) -> Truth:
        """A headline set top-down, its lines from the right."""
        for at, line in enumerate(lines):
            self.put_down(line, x1 - (at + 1) * size - at * 0.3 * size, top, size, 0.12 * size)
        self.truth.append(Truth("".join(lines)))
        return self.truth[-1]

    def story(self, truth: Truth, slots: Sequence[Slot], wide: float, *, byline: str = "", size: float = BODY) -> None:
        """Fills columns with made text, byline first; `wide` is the width of a column."""
        rows = [
            (x, top + at * LEADING) for x, top, bottom in slots for at in range(int((bottom - top) // LEADING))
        ]  # fmt: skip
        if byline:
            self.put(byline, *rows.pop(0), size)
            truth.paragraphs.append(byline)
        for count, paragraph in enumerate(self._texts(len(self.truth)), start=1):
            if self.subheads and count % 4 == 0 and len(rows) > 8:
                title = SUBHEADS[count // 4 % len(SUBHEADS)]
                x, top = rows.pop(0)
                self.put(title, x + (wide - len(title) * 12) / 2, top, 12)
                truth.paragraphs.append(title)
            lines = typeset(paragraph, wide, size)
            while len(lines) > len(rows):
                paragraph = paragraph[: paragraph.rfind("。", 0, len(paragraph) - 1) + 1]
                lines = typeset(paragraph, wide, size)
            if not paragraph:
                break
            for line, (x, top) in zip(lines, rows, strict=False):
                self.put(line[0], x + line[1], top, size, line[2])
            del rows[: len(lines)]
            truth.paragraphs.append(paragraph)
            if not rows:
                break

    def _texts(self, number: int) -> Iterator[str]:
        for text in policy_texts(40, self.seed * 100 + number):
            for paragraph in text.split("\n"):
                if paragraph.endswith("。") and len(paragraph) > 20 and paragraph[0] not in "（一二三":
                    yield paragraph.replace(" ", "")

    def caption(self, truth: Truth, text: str, x: float, top: float, size: float = 8.5) -> None:
        self.put(text, x, top, size)
        truth.captions.append(text)

    def turn_page(self) -> None:
        self.pages.append([])

    def pdf(self) -> bytes:
        """The bytes, everything that a page shows drawn in an order of its own."""
        from reportlab.pdfgen.canvas import Canvas

        out = BytesIO()
        canvas = Canvas(out, pagesize=self.size, invariant=1)
        for number, things in enumerate(self.pages):
            shuffled = sorted(things, key=lambda thing: thing[0] == "text")
            characters = [thing for thing in shuffled if thing[0] == "text"]
            random.Random(f"{self.seed} {number}").shuffle(characters)
            for thing in [*(thing for thing in shuffled if thing[0] != "text"), *characters]:
                draw(canvas, self.size[1], *thing)
            canvas.showPage()
        canvas.save()
        return out.getvalue()


def draw(canvas: Any, height: float, kind: str, *what: Any) -> None:
    if kind == "text":
        text, x, top, size, spacing = what
        canvas.setFillGray(0)
        canvas.setFont(FONT, size)
        canvas.drawString(x, height - top - 0.88 * size, text, charSpace=spacing)
    elif kind == "rule":
        x0, top, x1, bottom = what
        canvas.line(x0, height - top, x1, height - bottom)
    elif kind == "box":
        x0, top, x1, bottom, shade = what
        canvas.setFillGray(1 if shade is None else shade)
        canvas.rect(x0, height - bottom, x1 - x0, bottom - top, stroke=shade is None, fill=shade is not None)
    else:
        from PIL import Image
        from reportlab.lib.utils import ImageReader

        x0, top, x1, bottom = what
        canvas.drawImage(ImageReader(Image.new("L", (8, 8), 128)), x0, height - bottom, x1 - x0, bottom - top)


def width(char: str, size: float) -> float:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont

    if FONT not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    return float(pdfmetrics.stringWidth(char, FONT, size))


def typeset(paragraph: str, wide: float, size: float) -> list[tuple[str, float, float]]:
    """The lines of a justified paragraph: text, indent, blank between its characters. Marks begin no line."""
    lines: list[tuple[str, float, float]] = []
    rest, indent = paragraph, 2 * size
    while rest:
        room, at = wide - indent, 0
        while at < len(rest) and room - width(rest[at], size) >= -0.01:
            room -= width(rest[at], size)
            at += 1
        if at < len(rest):
            while at > 2 and (rest[at] in NO_START or rest[at - 1] in NO_END or _is_word(rest[at - 1 : at + 1])):
                at -= 1
            blank = wide - indent - sum(width(char, size) for char in rest[:at])
            lines.append((rest[:at], indent, blank / max(at - 1, 1)))
        else:
            lines.append((rest, indent, 0.0))
        rest, indent = rest[at:], 0.0
    return lines


def _is_word(pair: str) -> bool:
    return len(pair) == 2 and all(char.isascii() and (char.isalnum() or char in ".%") for char in pair)


@dataclass(frozen=True)
class Grid:
    """Columns of equal width with gutters between."""

    columns: int
    gutter: float

    @property
    def wide(self) -> float:
        return (PAGE[0] - 2 * MARGIN - (self.columns - 1) * self.gutter) / self.columns

    def x(self, column: int) -> float:
        return MARGIN + column * (self.wide + self.gutter)

    def slots(self, first: int, last: int, top: float, bottom: float) -> list[Slot]:
        return [(self.x(column), top, bottom) for column in range(first, last + 1)]


def masthead(paper: Paper, page: int) -> None:
    paper.put(f"2026年3月{page + 4}日 星期四 第{page}版 要闻", MARGIN, 30, 11)
    paper.rule(MARGIN, 48, PAGE[0] - MARGIN, 48)


def lead_over_three_columns() -> Paper:
    """A lead over 3 of 5 columns with a picture and its caption, one beside it, two below."""
    paper, grid = Paper(1), Grid(5, 18)
    masthead(paper, 1)
    lead = paper.headline(["深耕技能沃土培育带得动的", "县域劳务队伍"], grid.x(0), grid.x(2) + grid.wide, 70, 40)
    paper.picture(grid.x(1), 420, grid.x(2) + grid.wide, 600)
    paper.caption(lead, "学员在实训基地练习焊接。本报记者 李晓禾摄", grid.x(1) + 30, 606)
    slots = [(grid.x(0), 190.0, 760.0), (grid.x(1), 190.0, 410.0), (grid.x(1), 630.0, 760.0)]
    slots += [(grid.x(2), 190.0, 410.0), (grid.x(2), 630.0, 760.0)]
    paper.story(lead, slots, grid.wide, byline="本报记者 李晓禾 周望川")
    side = paper.headline(["零工市场开到家门口"], grid.x(3), grid.x(4) + grid.wide, 70, 26)
    paper.story(side, grid.slots(3, 4, 120, 760), grid.wide, byline="本报记者 沈知秋")
    paper.rule(MARGIN, 775, PAGE[0] - MARGIN, 775)
    low = paper.headline(["农机手跨区作业忙"], grid.x(0), grid.x(1) + grid.wide, 790, 26)
    paper.story(low, grid.slots(0, 1, 840, 1390), grid.wide)
    last = paper.headline(["绣娘巧手织就增收路"], grid.x(2), grid.x(4) + grid.wide, 790, 30)
    paper.story(last, grid.slots(2, 4, 850, 1390), grid.wide, byline="本报通讯员 何一川")
    return paper


def boxed_stories() -> Paper:
    """A story round two boxes, one ruled and one shaded, in six narrow columns with a narrow gutter."""
    paper, grid = Paper(2), Grid(6, 12)
    masthead(paper, 2)
    main = paper.headline(["产业园里的新工种"], grid.x(0), grid.x(3) + grid.wide, 70, 36)
    paper.story(main, grid.slots(0, 3, 130, 700), grid.wide, byline="本报记者 林远舟")
    ruled = Grid(6, 12)
    x0, x1 = grid.x(4), grid.x(5) + grid.wide
    paper.box(x0, 66, x1, 704)
    inner = ruled.wide - 8
    note = paper.headline(["一图读懂补贴怎么领"], x0, x1, 80, 20)
    paper.story(note, [(x0 + 7, 120, 690), (grid.x(5) + 2, 120, 690)], inner)
    second = paper.headline(["夜校点亮学技之灯"], grid.x(0), grid.x(1) + grid.wide, 730, 24)
    paper.story(second, grid.slots(0, 1, 775, 1390), grid.wide)
    paper.box(grid.x(2) - 4, 724, grid.x(3) + grid.wide + 4, 1100, shade=0.9)
    shaded = paper.headline(["短评：技能是饭碗"], grid.x(2), grid.x(3) + grid.wide, 740, 22)
    paper.story(shaded, [(grid.x(2) + 3, 785, 1090), (grid.x(3) + 3, 785, 1090)], grid.wide - 6)
    third = paper.headline(["返乡创业园开园"], grid.x(2), grid.x(3) + grid.wide, 1120, 22)
    paper.story(third, grid.slots(2, 3, 1160, 1390), grid.wide)
    fourth = paper.headline(["家政服务有了标准"], grid.x(4), grid.x(5) + grid.wide, 730, 24)
    paper.story(fourth, grid.slots(4, 5, 775, 1390), grid.wide, byline="本报记者 白露")
    return paper


def vertical_headlines() -> Paper:
    """Two stories with headlines set top-down at their right and left, one with a usual one between them."""
    paper, grid = Paper(3), Grid(5, 18)
    masthead(paper, 3)
    right = paper.standing(["千家门店稳岗位", "一纸合同暖人心"], grid.x(1) + grid.wide, 70, 34)
    paper.story(right, [(grid.x(0), 70, 700), (grid.x(1), 70, 700)], grid.wide - 54)
    top = paper.headline(["山乡来了培训车"], grid.x(2), grid.x(4) + grid.wide, 70, 34)
    paper.story(top, grid.slots(2, 4, 130, 700), grid.wide, byline="本报记者 顾长风")
    low = paper.headline(["老手艺走进新课堂"], grid.x(0), grid.x(2) + grid.wide, 730, 30)
    paper.story(low, grid.slots(0, 2, 790, 1390), grid.wide)
    left = paper.standing(["清河月嫂出省记"], grid.x(3) + 34, 735, 34)
    paper.story(left, [(grid.x(3) + 50, 735, 1390), (grid.x(4), 735, 1390)], grid.wide - 50)
    return paper


def continued() -> Paper:
    """Two pages: a lead that goes on at the top of the second, among the stories there."""
    paper, grid = Paper(4), Grid(4, 20)
    masthead(paper, 1)
    lead = paper.headline(["让每一份手艺都有去处"], grid.x(0), grid.x(3) + grid.wide, 70, 44)
    paper.story(lead, grid.slots(0, 3, 140, 750), grid.wide, byline="本报记者 宋清如 特约记者 郑一鸣")
    lead.paragraphs.append("（下转第2版）")
    paper.put("（下转第2版）", grid.x(3) + grid.wide - 80, 755, BODY)
    one = paper.headline(["建筑工人有了电子证"], grid.x(0), grid.x(1) + grid.wide, 790, 26)
    paper.story(one, grid.slots(0, 1, 840, 1390), grid.wide)
    two = paper.headline(["县城里的直播间"], grid.x(2), grid.x(3) + grid.wide, 790, 26)
    paper.story(two, grid.slots(2, 3, 840, 1390), grid.wide, byline="本报记者 田野")
    paper.turn_page()
    masthead(paper, 2)
    paper.put("（上接第1版）", grid.x(0), 70, BODY)
    paper.truth.append(Truth("（上接第1版）"))
    paper.story(paper.truth[-1], [(grid.x(0), 90, 600), (grid.x(1), 70, 600)], grid.wide)
    three = paper.headline(["务工车票一键退改"], grid.x(2), grid.x(3) + grid.wide, 70, 30)
    paper.story(three, grid.slots(2, 3, 130, 600), grid.wide)
    four = paper.headline(["茶乡请来栽培师傅教新法"], grid.x(0), grid.x(3) + grid.wide, 640, 34)
    paper.story(four, grid.slots(0, 3, 700, 1390), grid.wide, byline="本报记者 汤圆")
    return paper


def uneven() -> Paper:
    """Columns that begin at different heights, a headline over 2 of 5 between two columns' text, ruled columns."""
    paper, grid = Paper(5), Grid(5, 16)
    masthead(paper, 5)
    one = paper.headline(["技工院校扩招之后"], grid.x(0), grid.x(2) + grid.wide, 70, 36)
    slots = [(grid.x(0), 130.0, 700.0), (grid.x(1), 130.0, 700.0), (grid.x(2), 130.0, 560.0)]
    paper.story(one, slots, grid.wide, byline="本报记者 秦岭")
    two = paper.headline(["码头上的夜班课"], grid.x(3), grid.x(4) + grid.wide, 70, 30)
    paper.story(two, [(grid.x(3), 120, 560), (grid.x(4), 160, 560)], grid.wide)
    paper.picture(grid.x(4), 118, grid.x(4) + grid.wide, 150)
    three = paper.headline(["社区食堂招来大厨"], grid.x(2), grid.x(4) + grid.wide, 590, 30)
    paper.story(three, [(grid.x(2), 640, 1000), (grid.x(3), 640, 1000), (grid.x(4), 640, 1000)], grid.wide)
    four = paper.headline(["竹编出海"], grid.x(0), grid.x(1) + grid.wide, 725, 30)
    paper.story(four, grid.slots(0, 1, 780, 1390), grid.wide)
    five = paper.headline(["护工培训送进村卫生室"], grid.x(2), grid.x(4) + grid.wide, 1030, 28)
    paper.story(five, grid.slots(2, 4, 1080, 1390), grid.wide, byline="本报通讯员 江水")
    for column in (2, 3):
        paper.rule(grid.x(column) + grid.wide + 8, 1080, grid.x(column) + grid.wide + 8, 1390)
    return paper


PAPERS = (lead_over_three_columns, boxed_stories, vertical_headlines, continued, uneven)
