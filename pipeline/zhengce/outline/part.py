"""The texts that share a file: a notice and the opinion it carries, an interpretation, the articles of a page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhengce.document import DocumentKind, Part
from zhengce.outline.title import is_title, kind_of_title
from zhengce.text import Span
from zhengce.value.date import FULL_DAY

__all__ = ["parts"]

LINE = re.compile(r"[^\n]+")
DATE_LINE = re.compile(rf"\s*(?:{FULL_DAY})\s*")
ANNEX = re.compile(r"\s*附(?:件|录|表)\s*[\d一二三四五六七八九十]*\s*[:：.．]?\s*")
CLOSING = re.compile(r"[（(]?(?:此件|联系人|本文有删减|附件[:：]|公开属性|信息公开)[^\n]*")
CONTINUED = re.compile(r"[《（(]\s?(?:上接)?第?\d{1,2}版[^\n]{0,6}")  # an article that began on another page
HEADLINE = re.compile(r"#{1,2} (?P<title>[^\n]+)")
BYLINE = re.compile(r"\s*(?:[□■◎●]\s*)?(?:[^\n，。]{0,16}(?:记者|通讯员|实习生)[ 　]?[^\n，。]{2,24})\s*")
TITLED: frozenset[DocumentKind] = frozenset(
    {"opinion", "plan", "measures", "interpretation", "list", "report", "notice", "speech"}
)


def parts(text: str, title: str | None, kind: DocumentKind) -> Iterator[Part]:
    """The parts of a text in order; together they cover it.

    A new part begins at a headline of a newspaper page (`# …`), at an interpretation's title, and at the title of an
    official document that stands after a date line or an annex line (so a notice and what it carries are two parts).

    >>> text = "关于印发《乙方案》的通知\\n各县：\\n现印发给你们。\\n2024年5月6日\\n乙方案\\n一、目标\\n甲乙丙。\\n"
    >>> text = text.replace("乙方案", "技能培训实施方案")
    >>> [(p.id, p.kind, p.title) for p in parts(text, "关于印发《技能培训实施方案》的通知", "notice")]
    [('p1', 'notice', '关于印发《技能培训实施方案》的通知'), ('p2', 'plan', '技能培训实施方案')]
    """
    starts = list(_starts(text))
    if not starts or text[: starts[0][0]].strip():
        starts.insert(0, (0, title, kind))
    starts[0] = (0, starts[0][1] or title, starts[0][2])
    ends = [start for start, _, _ in starts[1:]] + [len(text)]
    for ordinal, ((start, name, what), end) in enumerate(zip(starts, ends, strict=True), 1):
        lines = LINE.finditer(text, start, min(end, start + 400))
        byline = next((_bare_byline(line[0]) for line in lines if BYLINE.fullmatch(line[0])), None)
        yield Part(id=f"p{ordinal}", kind=what, title=name, byline=byline, span=Span(start=start, end=end))


def _bare_byline(line: str) -> str:
    """Without the mark before it and the blank that spreads a name of two characters (安 宁)."""
    return re.sub(r"(?<=\s[\u4e00-\u9fff])\s(?=[\u4e00-\u9fff]$)", "", line.strip(" □■◎●\t"))


def _starts(text: str) -> Iterator[tuple[int, str | None, DocumentKind]]:
    lines = list(LINE.finditer(text))
    for at, line in enumerate(lines):
        headline = HEADLINE.fullmatch(line[0])
        if headline:
            yield line.start(), headline["title"], "news"
            continue
        if CONTINUED.fullmatch(line[0]):
            yield line.start(), None, "news"
            continue
        if at < 3 or ANNEX.fullmatch(line[0]):
            continue
        title = _title_at(lines, at)
        if (
            title
            and kind_of_title(title) in TITLED
            and (_opens(lines, at) or (kind_of_title(title) == "interpretation" and len(title) >= 8))
        ):
            yield line.start(), title, kind_of_title(title)


def _title_at(lines: list[re.Match[str]], at: int) -> str | None:
    """The title that begins at a line and runs over up to three."""
    joined = ""
    for last in range(at, min(at + 3, len(lines))):
        line = lines[last][0].strip()
        if len(line) > 60 or re.search(r"[。；：:;]$", line):
            break
        joined += line
        if is_title(joined):
            return joined
    return None


def _opens(lines: list[re.Match[str]], at: int) -> bool:
    """Whether the line follows a date line, an annex line, or the remark that closes a notice."""
    for line in reversed(lines[max(0, at - 3) : at]):
        if DATE_LINE.fullmatch(line[0]) or ANNEX.fullmatch(line[0]):
            return True
        if not CLOSING.fullmatch(line[0].strip()):
            return False
    return False
