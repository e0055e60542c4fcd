"""Reading order of a newspaper page whose articles were saved column by column, each one cut where another begins."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from zhengce.text import Span

__all__ = ["reading_order"]

HEADLINE = re.compile(r"#{1,2} [^\n]+")
BYLINE = re.compile(r"(?:[□■◎●]\s*)?(?:本报|本社|见习|特约)?(?:记者|通讯员)\s?[^\n，。]{2,16}|[□■◎●][^\n，。]{2,24}")
CUES = ("#", "记者", "通讯员", "□", "■", "◎", "●")  # of headlines and bylines
OPENINGS = frozenset("#□■◎●本见特记通")  # what they begin with
CAPTION = re.compile(r"[^\n。]{4,60}(?:摄|摄影|供图|资料图)[）)]?")
CONTINUED = re.compile(r"[《（(]?\s?(?:上接|下转)?第?\s?[1-9A-Z]\d?版[^\n]{0,6}")
OPEN_END = re.compile(r"[\u4e00-\u9fff\w，,、“]$")
NO_START = re.compile(r"[的了着过、，。；！？）”们]")
MIN_TEXT = 12
# a paragraph leaves the thread at hand only for one that it shares clearly more words with
MARGIN, BROKEN_COST = 0.06, 0.3


@dataclass(slots=True)
class _Thread:
    """An article as far as it has been read.

    It is `fresh` until its first paragraph after a headline or byline, and `done` when complete.
    """

    spans: list[Span] = field(default_factory=list)
    captions: list[Span] = field(default_factory=list)
    bigrams: Counter[str] = field(default_factory=Counter)
    headline: bool = False
    byline: bool = False
    fresh: bool = True
    done: bool = False
    last: str = ""

    def is_open(self) -> bool:
        return bool(self.last and OPEN_END.search(self.last))


def reading_order(text: str) -> tuple[Span, ...]:
    """The lines of a page in reading order, as spans that together are the text; as they stand where nothing is cut.

    Only a page with three or more headlines and bylines is touched. A line belongs to the article whose open end it
    continues or with which it shares most character pairs; captions that cut an article go behind it.

    >>> page = "# 甲\\n□ 记者 张三\\n镇上种茶的农户越来越多，春茶\\n□ 记者 李四\\n地铁开通以来客流稳步上升，早\\n"
    >>> page += "采摘的农户比种茶的农户更多。\\n# 乙\\n高峰客流占全天的三成。\\n"
    >>> print("".join(page[span.start : span.end] for span in reading_order(page)), end="")
    # 甲
    □ 记者 张三
    镇上种茶的农户越来越多，春茶
    采摘的农户比种茶的农户更多。
    # 乙
    □ 记者 李四
    地铁开通以来客流稳步上升，早
    高峰客流占全天的三成。
    """
    if not any(cue in text for cue in CUES):
        return (Span(start=0, end=len(text)),)
    marks = [line.strip() for line in text.split("\n")]
    opening = [mark for mark in marks if mark[:1] in OPENINGS]
    if sum(bool(HEADLINE.fullmatch(mark) or BYLINE.fullmatch(mark)) for mark in opening) < 3:
        return (Span(start=0, end=len(text)),)
    lines = [Span(start=match.start(), end=match.end()) for match in re.finditer(r"[^\n]*\n|[^\n]+$", text)]
    threads = [_Thread()]
    current = threads[0]
    for span, mark in zip(lines, marks, strict=False):  # behind the last line end a mark may be empty
        if CAPTION.fullmatch(mark):
            current.captions.append(span)
            continue
        current = _place(threads, current, mark)
        late = HEADLINE.fullmatch(mark) and current.spans  # the headline of an article that began without it
        current.spans.insert(0 if late else len(current.spans), span)
        if len(mark) >= MIN_TEXT and not HEADLINE.fullmatch(mark) and not BYLINE.fullmatch(mark):
            current.last, current.fresh = mark, False
            current.bigrams.update(_bigrams(mark))
    return tuple(span for thread in threads for span in (*thread.spans, *thread.captions))


def _place(threads: list[_Thread], current: _Thread, mark: str) -> _Thread:
    """The thread that a line goes to."""
    if HEADLINE.fullmatch(mark):
        headless = next((thread for thread in reversed(threads[1:]) if thread.byline and not thread.headline), None)
        if headless:
            headless.headline = headless.fresh = True
            return headless
        if not current.spans or not current.last:
            current.headline = True
            return current
        return _opened(threads, headline=True)
    if CONTINUED.fullmatch(mark):
        return _opened(threads, headline=True)
    if BYLINE.fullmatch(mark):
        if current.fresh and not current.byline:
            current.byline = True
            return current
        return _opened(threads, byline=True)
    return _continued(threads, current, mark)


def _opened(threads: list[_Thread], *, headline: bool = False, byline: bool = False) -> _Thread:
    """A new article; one that a headline opens finds the articles before it complete, unless they were cut."""
    for thread in threads:
        thread.done = thread.done or (headline and not thread.is_open())
    threads.append(_Thread(headline=headline, byline=byline))
    return threads[-1]


def _continued(threads: list[_Thread], current: _Thread, mark: str) -> _Thread:
    live = [thread for thread in threads[-3:] if thread.last and not thread.done and thread is not current]
    if not live or current.fresh or len(mark) < MIN_TEXT:
        return current
    pairs = _bigrams(mark)

    cut = current.is_open()
    likeness = {id(thread): _likeness(pairs, thread) for thread in (current, *live)}
    # an article that was cut goes on in another column: here stands one that was cut before, or this one
    if cut:
        live = [thread for thread in live if thread.is_open()]
    elif NO_START.match(mark):
        likeness[id(current)] -= BROKEN_COST
    best = max(live, key=lambda thread: likeness[id(thread)], default=current)
    margin = 0 if cut else MARGIN
    return best if likeness[id(best)] > likeness[id(current)] + margin else current


def _likeness(pairs: set[str], thread: _Thread) -> float:
    """The share of character pairs that the thread has already."""
    return sum(1 for pair in pairs if thread.bigrams[pair]) / max(len(pairs), 1)


def _bigrams(line: str) -> set[str]:
    return {line[at : at + 2] for at in range(len(line) - 1)}
