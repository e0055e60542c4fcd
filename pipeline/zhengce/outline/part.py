"""The texts that share a file: a notice and the opinion it carries, an interpretation, the articles of a page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from zhengce.document import DocumentKind, Part
from zhengce.outline.title import is_title, kind_of_title
from zhengce.text import Span
from zhengce.value.day import FULL_DAY

__all__ = ["parts"]

LINE = re.compile(r"[^\n]+")
DATE_LINE = re.compile(rf"\s*(?:{FULL_DAY})\s*")
ANNEX = re.compile(r"\s*附\s*(?:件|录|表|图)\s*[\d一二三四五六七八九十]*(?:[-—之]\d+)?\s*[:：.．、]?\s*")
ITEM = re.compile(r"\s*(?:\d{1,2}[.．、]|[（(]\d{1,2}[）)]|[一二三四五六七八九十]+、)")
BREAKS_OFF = re.compile(r"[的和及与、]$|[《（(][^》）)]*$")
SPACED = re.compile(r"(?<=[\u4e00-\u9fff])[ \u3000](?=[\u4e00-\u9fff](?:[ \u3000]|$))")
CLOSING = re.compile(r"[（(]?(?:此件|联系人|本文有删减|附件[:：]|公开属性|信息公开)[^\n]*")
CONTINUED = re.compile(r"[《（(]\s?(?:上接)?第?\d{1,2}版[^\n]{0,6}")  # an article that began on another page
HEADLINE = re.compile(r"#{1,2} (?P<title>[^\n]+)")
BYLINE = re.compile(r"\s*(?:[□■◎●]\s*)?(?:[^\n，。]{0,16}(?:记者|通讯员|实习生)[ 　]?[^\n，。]{2,24})\s*")
TITLED: frozenset[DocumentKind] = frozenset(
    {"opinion", "plan", "measures", "interpretation", "list", "report", "notice", "speech"}
)


def parts(
    text: str, title: str | None, kind: DocumentKind, articles: Mapping[int, str | None] | None = None
) -> Iterator[Part]:
    """The parts of a text in order; together they cover it. `articles` are where the page itself says that one begins,
    with its headline (None for one that began on another page).

    A new part begins at a headline of a newspaper page (`# …`), at an interpretation's title, at the line of an annex
    (附件1), and at the title of an official document that stands after a date line (so a notice and what it carries are
    two parts). The list of annexes under a notice (附件说明, GB/T 9704-2012, 7.3.4) begins none.

    >>> text = "关于印发《乙方案》的通知\\n各县：\\n现印发给你们。\\n2024年5月6日\\n乙方案\\n一、目标\\n甲乙丙。\\n"
    >>> text = text.replace("乙方案", "技能培训实施方案")
    >>> [(p.id, p.kind, p.title) for p in parts(text, "关于印发《技能培训实施方案》的通知", "notice")]
    [('p1', 'notice', '关于印发《技能培训实施方案》的通知'), ('p2', 'plan', '技能培训实施方案')]
    """
    told: list[tuple[int, str | None, DocumentKind]] = [(at, name, "news") for at, name in (articles or {}).items()]
    starts = sorted([*told, *(start for start in _starts(text) if start[0] not in (articles or {}))])
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
    titled = 0  # the lines up to here belong to the title of an annex
    for at, line in enumerate(lines):
        if headline := HEADLINE.fullmatch(line[0]):
            yield line.start(), headline["title"], "news"
        elif CONTINUED.fullmatch(line[0]):
            yield line.start(), None, "news"
        elif at >= 3 and ANNEX.fullmatch(line[0]) and not ITEM.match(_at(lines, at + 1)):
            title, titled = _annex_title(lines, at + 1)
            yield line.start(), title, kind_of_title(title or "")
        elif at >= max(3, titled) and (title := _title_at(lines, at)) and _begins(lines, at, title):
            yield line.start(), title, kind_of_title(title)


def _at(lines: list[re.Match[str]], at: int) -> str:
    return lines[at][0] if at < len(lines) else ""


def _begins(lines: list[re.Match[str]], at: int, title: str) -> bool:
    kind = kind_of_title(title)
    return kind in TITLED and (_opens(lines, at) or (kind == "interpretation" and len(title) >= 8))


def _annex_title(lines: list[re.Match[str]], at: int) -> tuple[str | None, int]:
    """The title of an annex, over up to three lines, and the number of the line behind it."""
    shown: list[str] = []
    for line in lines[at : at + 3]:
        bare = SPACED.sub("", line[0].strip())
        if "\t" in bare or len(bare) > 60 or ITEM.match(bare) or bare[-1:] in "。；：:;，":
            break
        shown.append(bare)
        if is_title("".join(shown)):
            return "".join(shown), at + len(shown)
    # no kind of document at its end: a line that breaks off is carried on by the next one
    count = next((number for number, line in enumerate(shown, 1) if not BREAKS_OFF.search(line)), len(shown))
    return "".join(shown[:count]) or None, at + count


def _title_at(lines: list[re.Match[str]], at: int) -> str | None:
    """The title that begins at a line and runs over up to three."""
    joined = ""
    for last in range(at, min(at + 3, len(lines))):
        line = lines[last][0].strip()
        if line.endswith(("。", "；", "：", ":", ";")) or len(line := SPACED.sub("", line)) > 60:
            break
        joined += line
        if is_title(joined):
            return joined
    return None


def _opens(lines: list[re.Match[str]], at: int) -> bool:
    """Whether the line follows a date line, the remarks that close a notice between them."""
    for line in reversed(lines[max(0, at - 3) : at]):
        if DATE_LINE.fullmatch(line[0]):
            return True
        if not CLOSING.fullmatch(line[0].strip()):
            return False
    return False
