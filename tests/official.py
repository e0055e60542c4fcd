"""Official documents (公文) set by GB/T 9704-2012 as PDF: red head, title over several lines, body, 版记 (imprint)."""

from __future__ import annotations

from collections.abc import Sequence

from newspapers import Paper, typeset, width

A4 = (595.0, 842.0)
LEFT, RIGHT, TOP, FOOT = 79.0, 521.0, 105.0, 742.0
SIZE, LEADING = 16.0, 28.9
EM = 15.8  # 28 characters on a line of 156 mm


def official(
    title: Sequence[str], body: Sequence[str], *, closing: Sequence[str] = (), head: str = "", running: str = ""
) -> bytes:
    """A document of as many pages as `body` asks for; what is in `closing` stands at the right under it.

    `running` is a line that all pages print over their text.
    """
    paper = Paper(9, size=A4)
    page = 1
    top = TOP
    if running:
        centre(paper, running, 60, 10.5)
    centre(paper, "青禾省人力资源和社会保障厅文件", top, 32)
    paper.put("青人社发〔2026〕15号", LEFT + SIZE, top + 90, SIZE)
    paper.put("签发人：宋知远", RIGHT - 7 * SIZE - 8, top + 90, SIZE)
    paper.rule(LEFT, top + 118, RIGHT, top + 118)
    top += 160
    for line in title:
        centre(paper, line, top, 22)
        top += 32
    top += 20
    rows: list[tuple[str, float, float]] = []
    if head:
        rows.append((head, 0.0, 0.0))
    for paragraph in body:
        rows += typeset(paragraph, 28 * EM, SIZE)
    rows += [("", 0.0, 0.0)] * bool(closing)
    rows += [(line, RIGHT - LEFT - (len(line) + 2) * SIZE, 0.0) for line in closing]
    rows += [("（此件公开发布）", 2 * SIZE, 0.0)] * bool(closing)
    for text, indent, blank in rows:
        if top + SIZE > FOOT:
            number(paper, page)
            paper.turn_page()
            page, top = page + 1, TOP
            if running:
                centre(paper, running, 60, 10.5)
        paper.put(text, LEFT + indent, top, SIZE, blank)
        top += LEADING
    for line in (650.0, 680.0, 710.0):
        paper.rule(LEFT, line, RIGHT, line)
    paper.put("抄送：省委办公厅，省人大常委会办公厅，省政协办公厅。", LEFT + 14, 657, 14)
    paper.put("青禾省人力资源和社会保障厅办公室", LEFT + 14, 687, 14)
    paper.put("2026年3月9日印发", RIGHT - 130, 687, 14)
    number(paper, page)
    return paper.pdf()


def centre(paper: Paper, text: str, top: float, size: float) -> None:
    paper.put(text, (A4[0] - sum(width(char, size) for char in text)) / 2, top, size)


def number(paper: Paper, page: int) -> None:
    """The page number, at the right on odd pages and at the left on even ones."""
    paper.put(f"— {page} —", RIGHT - 60 if page % 2 else LEFT + 14, 765, 14)
