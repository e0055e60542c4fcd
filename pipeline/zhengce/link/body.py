"""What a report tells, as it is compared with others: its sentences without title, byline and marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from zhengce.linked import Report
from zhengce.name.place import places_in
from zhengce.sentence import sentences
from zhengce.text import Span

__all__ = ["Body", "Told", "body"]

SIZE = 4  # characters of a shingle: two words
FEWEST = 6  # characters of a sentence that is looked at
# who wrote it and who spread it: a copy has others
STAMP = re.compile(
    r"^(?:(?:本报|本刊|本网|本台)[^，。（）()]{0,12}(?:讯|电|消息)|[^，。；（）()\s]{2,14}(?:[讯电](?=[\s（(]))|"
    r"[^，。]{0,16}\d{1,2}月\d{1,2}日[讯电])?"
    r"\s*(?:[（(【][^（）()【】]{0,30}(?:记者|通讯员|见习|实习|特约|编译|供稿|文/|图/)[^（）()【】]{0,40}[）)】])?\s*"
)
LABEL = (
    "信息来源|来源|稿源|责编|责任编辑|编辑|校对|审核|初审|终审|监制|发布时间|发布日期|时间|日期|作者|记者|通讯员|图文|文字|文|图|供稿|"
    "原标题|标签|浏览|阅读|点击|声明|免责声明"
)
REMARK = re.compile(
    rf"[（(【]?(?:{LABEL})(?:次数|量|人|单位)?(?:[:：/|｜]|[ \t\u3000]+)[^。！？!?]{{0,80}}[）)】]?$|"
    r"(?:上一篇|下一篇|转载自|本文转载|版权声明|免责声明)[^。！？!?]{0,60}$|"
    r"[（(][^（）()]{0,20}(?:记者|通讯员)[^（）()]{0,30}[）)]$|"
    r"(?:本报|本网|融媒)?(?:全媒体|见习|首席)?(?:记者|通讯员)[^，。！？!?]{1,30}$"
)
FULL_DAY = re.compile(r"(?:19|20)\d\d\s?[-年/.]\s?\d{1,2}\s?[-月/.]\s?\d{1,2}")
LONGEST_LINE = 80  # characters of a line of outlet and day
NOT_WORDS = re.compile(r"[^\u4e00-\u9fffA-Za-z0-9%]|(?<!\d)\.|\.(?!\d)")
YEAR = re.compile(r"(?:19|20)\d\d年?")  # all reports of a year have it in common
NUMBER = re.compile(r"\d+(?:\.\d+)?[\u4e00-\u9fff%]?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A sentence: its place in the document's text, and its words without marks."""

    span: Span
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """The sentences of a report, the shingles of all of them, and its anchors: the numbers and places it names."""

    told: tuple[Told, ...]
    words: str
    shingles: frozenset[str]
    anchors: frozenset[str]


def body(report: Report) -> Body:
    """The body of a report: prose, and lines that are neither title nor byline nor remark of an editor.

    >>> text = "某县：招聘会举行\\n本报讯（记者 张三）2月9日，招聘会举行。\\n责任编辑：李四"
    >>> span = Span(start=0, end=len(text))
    >>> told = Report(id="d-p1", document="d", part="p1", source="a", title="某县：招聘会举行", text=text, span=span)
    >>> body(told).words, sorted(body(told).anchors)
    ('2月9日招聘会举行', ['2月', '9日'])
    """
    return _made(report.title or "", report.outlet or "", report.text, report.span)


@lru_cache(maxsize=100_000)  # by strings, which know their hashes: that of a report goes over all its records
def _made(title: str, outlet: str, text: str, within: Span) -> Body:
    told = tuple(_told(title, outlet, text, within))
    words = "".join(one.words for one in told)
    return Body(
        told=told, words=words,
        shingles=frozenset(words[at : at + SIZE] for at in range(max(1, len(words) - SIZE + 1)) if words),
        anchors=frozenset(_anchors("。".join(text[one.span.start : one.span.end] for one in told))),
    )  # fmt: skip


def _told(title: str, outlet: str, text: str, within: Span) -> Iterator[Told]:
    title = NOT_WORDS.sub("", title)
    for sentence in sentences(text):
        start, end = max(sentence.start, within.start), min(sentence.end, within.end)
        if start >= end:
            continue
        start += STAMP.match(text[start:end]).end()  # type: ignore[union-attr] # it matches nothing, too
        shown = text[start:end].strip()
        words = NOT_WORDS.sub("", shown).lower()
        stamped = _is_stamp(shown, outlet) or REMARK.match(shown)
        if len(words) >= FEWEST and not stamped and (words != title or shown.endswith("。")):
            yield Told(span=Span(start=start, end=end), words=words)


def _is_stamp(line: str, outlet: str) -> bool:
    """Whether a line tells who printed the text and when, and nothing of what it is about."""
    if len(line) > LONGEST_LINE or line.endswith(("。", "！", "？", "；", "，")):
        return False
    return bool(FULL_DAY.search(line) and "，" not in line) or bool(outlet and line.startswith(outlet))


def _anchors(text: str) -> Iterator[str]:
    yield from (number for number in NUMBER.findall(text) if not YEAR.fullmatch(number))
    yield from (text[start:end] for start, end in places_in(text))
