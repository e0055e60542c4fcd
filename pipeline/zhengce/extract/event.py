"""Events: meetings, releases, fairs, contests, ceremonies and classes that were held or are announced for a day."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import cast

from zhengce.document import Document, DocumentKind
from zhengce.extract.day import days_in
from zhengce.extract.event_notice import announced
from zhengce.lexicon import finder, table
from zhengce.name.place import find_place
from zhengce.record import Event, EventKind
from zhengce.sentence import clauses, sentences_over, trim
from zhengce.text import Cover, Span
from zhengce.value.occasion import Occasion, occasions

__all__ = ["events"]

ADVERB = "隆重|圆满|成功|正式|顺利|如期|同步|共同|联合|主持"
HELD = r"(?:举行|举办|召开|开幕|启幕|开赛|开班|落幕|闭幕|收官|拉开帷幕|拉开序幕|启动|开锣|开讲|举牌|[办开搞]了)"
VERB = re.compile(HELD)
AFTER = re.compile(rf"(?:[”」》]|[（(][^（）()]{{1,30}}[）)])*(?P<between>[^。；\n]{{0,50}}?)(?:{ADVERB})*{HELD}")
BEFORE = re.compile(rf"{HELD}(?:了|过)?(?P<name>[^，,。；;：:\n]{{0,60}})$")
NO_PLACE = r"(?!这里|此|当地|我|近|日前|当[日天]|[昨今明][日天]|\d+[年月日])"
PLACE = rf"[在于]{NO_PLACE}(?P<place>[^，,。；;：:\n在于]{{2,34}}?)(?:{ADVERB})*"
PLACED = re.compile(f"{PLACE}$")
# what stands before a name and is none of it
LEAD_IN = re.compile(
    r"^(?:[^“”]*(?:主办|承办|协办|组织|举办|联办|参加|出席|召集)的?(?=[“\u4e00-\u9fff\d])|[^“”]{0,12}(?:记者(?=从|在|获悉|了解|看到|近日|日前)|获悉|了解到)从?|(?:上午|下午|晚上?|当天|当日|\d{1,2}(?:[:：]\d\d|[时点]半?(?:\d{1,2}分)?))|"
    r"(?:随着|一?[场次个]|为期.{1,4}天的|由|在|的|和|与|[，,、]))+"
)
ORGANISED = re.compile(r"由(?P<hosts>[^。；;\n]{2,80}?)(?:共同|联合)?(?:主办|承办|举办|组织)")
SUBJECT = re.compile(
    r"(?P<hosts>[\u4e00-\u9fff（）、和与]{2,60}?(?:局|厅|委|部|政府|办公室|中心|联合会|工会|总工会|妇联|团委|公司|学院|学校|大学|协会|商会|[省市县区镇乡]))(?:共同|联合)?$"
)
# 人力资源和社会保障局 is one
HOSTS = re.compile(r"、|(?<=[局厅委部府办会司院校心联团县市区])(?:以及|[和与及])")
COUNTED = re.compile(
    r"(?:^|[^\d第])\d+(?:余|多)?[场次期个]|(?<![第一二三四五六七八九十])[两二三四五六七八九十]+[场次期](?!全)|系列$|各类|各种|多[场次]|(?<!专)[场次]$"
)
GENERAL = re.compile(
    r"(?:要|应|应当|须|定期|每年|每月|每季度?|每周|支持|鼓励|积极|适时|计划|不定期|广泛|常态化|大力|集中)(?:组织)?(?:开展)?$"
)
NOT_HELD = re.compile(r"^(?:堂|厅|上(?:要求|强调)?的?精神|精神|纪要|室|地点|期间)")
ANNOUNCING: frozenset[DocumentKind] = frozenset({"notice", "plan", "list", "other"})
ANNOUNCED = re.compile(r"[”」》]?(?:活动)?的?(?:公告|通知|通告|启事|邀请函|预告|方案|预通知)")
OPENING = re.compile(r"(?:[^\n]{0,30}关于)?(?:组织)?(?:召开|举办|举行|开展|参加)?")
OF_DAY = re.compile(
    r"(?:上午|下午|晚间?)?(?:(?:举行|召开|举办|开展)的|的|)(?:[^，,。；;：:\n]{0,16}在)?(?:[一这][场次]|首场|本次)?"
    r"(?P<name>[^，,。；;：:\n的在]{0,20})"
)
CARRIED_ON = re.compile(r"[^，,。；;：:\n的在与和及、由于上召举](?:[^，,。；;：:\n的在与和及、由于上召举]{0,7})?")
QUOTED = re.compile(r"[“「][^”」]*$")  # behind a mark that is still open
TITLE = 120  # characters from the beginning of a text in which its title stands
QUOTES = '“”「」『』《》"‘’'
SHORTEST, LONGEST_NAME = 2, 48
REACH = 60  # characters of a sentence before a name in which its day may stand


@dataclass(frozen=True, slots=True)
class _Named:
    """A name, what stands between its sentence's beginning and it, and the words that tell where it was held."""

    span: Span
    held: int
    place: Span | None


@cache
def _heads() -> tuple[Callable[[str], list[tuple[int, int]]], dict[str, str]]:
    kinds = {row["word"]: row["kind"] for row in table("event_heads")}
    return finder(kinds), kinds


def events(document: Document) -> Iterator[Event]:
    """Every telling of an event: a name that ends in what events are called, a verb of holding, and a day.

    The day may be loose (近日); a name without any day, a number of events and what is demanded in general are none.

    >>> from zhengce.flow import annotate
    >>> text = "2025年2月9日，全省劳务品牌推介会在甲市人民广场举行。各县每年要举办招聘会20场。"
    >>> [(e.name, e.kind, str(e.starts), e.place) for e in annotate(text)["events"]]
    [('全省劳务品牌推介会', 'fair', '2025-02-09', '甲市人民广场')]
    """
    find, kinds = _heads()
    text = document.text
    found = [Span(start=start, end=end) for start, end in find(text)]
    over = sentences_over(text, found)
    seen = Cover()
    for head, then in zip(found, [*found[1:], None], strict=False):
        if (then and CARRIED_ON.fullmatch(text, head.end, then.start)) or (then and then.start == head.end):
            continue  # 发展大会新闻发布会: the name goes on
        told = _told(document, head, over[head])
        if told and not seen.overlaps(told[0].span):
            seen.add(told[0].span)
            yield _event(document, *told, over[head], cast(EventKind, kinds[document[head]]))


def _told(document: Document, head: Span, sentence: Span) -> tuple[_Named, Occasion] | None:
    """The name that ends in a head, with its day: what was held, what a notice announces, what is spoken of."""
    named = _named(document, head, sentence)
    day = _day(document, named, sentence) if named else None
    if named and day and day.first:
        return named, day
    return _announced(document, head) or (named and day and (named, day)) or _spoken_of(document, head)


def _announced(document: Document, head: Span) -> tuple[_Named, Occasion] | None:
    """What the title of a notice names and its headings give a day to."""
    part = document.part_at(head.start)
    line = document.text.rfind("\n", 0, head.start) + 1
    if not part or part.kind not in ANNOUNCING or line - part.span.start > TITLE:
        return None
    if not ANNOUNCED.match(document.text, head.end):
        return None
    found = announced(document, part.span)
    opening = OPENING.match(document.text, line, head.end)
    name = _name_span(document.text, opening.end() if opening else line, head.end) if found else None
    return (_Named(name, name.end, found.place), found.day) if found and name else None


def _spoken_of(document: Document, head: Span) -> tuple[_Named, Occasion] | None:
    """What is spoken of by its day: 4月2日的动员会, 18日举行的一场新闻发布会."""
    told = list(days_in(document, Span(start=max(0, head.start - REACH), end=head.start)))
    if not told or not told[-1].first or NOT_HELD.match(document.text[head.end : head.end + 6]):
        return None
    between = OF_DAY.fullmatch(document.text, told[-1].span.end, head.start)
    if not between:
        return None
    return _Named(Span(start=between.start("name"), end=head.end), head.end, None), told[-1]


def _named(document: Document, head: Span, sentence: Span) -> _Named | None:
    text = document.text
    clause = next((one for one in clauses(text, sentence) if one.start <= head.start < one.end), sentence)
    if NOT_HELD.match(text[head.end : head.end + 6]):
        return None
    before = text[clause.start : head.start]
    verb = BEFORE.search(before)
    if verb:
        start = clause.start + verb.start("name")
        lead = text[clause.start : clause.start + verb.start()]
        place = PLACED.search(lead)
        inner = PLACED.search(verb["name"]) if not place else None
        span = _name_span(text, start if not inner else start + inner.end(), head.end)
        where = _shifted(place, clause.start)
        held = clause.start + verb.start()
        if GENERAL.search(lead[: place.start()] if place else lead):
            return None
    else:
        after = AFTER.match(text, head.end, min(sentence.end, head.end + 90))
        if not after:
            return None
        place = PLACED.search(after["between"])
        where = _shifted(place, after.start("between"))
        span, held = _name_span(text, clause.start, head.end), after.end()
    if span is None or COUNTED.search(text[span.start : head.end]):
        return None
    return _Named(span, held, where)


def _shifted(match: re.Match[str] | None, by: int) -> Span | None:
    return Span(start=match.start("place") + by, end=match.end("place") + by) if match else None


def _name_span(text: str, start: int, end: int) -> Span | None:
    """The name without days, hosts and other words before it; None where only the head is left."""
    for one in occasions(text[start:end], None):
        if QUOTED.search(text[start : start + one.span.start]):
            break
        if one.span.end < end - start - SHORTEST and text[start + one.span.end : start + one.span.end + 1] != "全":
            start += one.span.end
            break
    while lead := LEAD_IN.match(text[start:end]):
        if not lead.end():
            break
        start += lead.end()
    if opening := max(text.rfind(mark, start, end) for mark in "“「《"):
        closed = any(mark in text[opening:end] for mark in "”」》")
        start = opening + 1 if opening >= start and not closed else start
    while start < end and text[start] in QUOTES + "的了":
        start += 1
    name = trim(text, Span(start=start, end=end))
    return name if SHORTEST + 2 <= len(name) <= LONGEST_NAME else None


def _day(document: Document, named: _Named, sentence: Span) -> Occasion | None:
    """The day nearest before the name in its sentence, else the first behind it; document dates anchor it."""
    first = max(sentence.start, named.span.start - REACH)
    told = [
        one
        for one in days_in(document, Span(start=first, end=max(named.held, named.span.end)))
        if not QUOTED.search(document.text[first : one.span.start])
    ]
    before = [one for one in told if one.span.end <= named.span.start]
    behind = [one for one in told if one.span.start >= named.span.end]
    return before[-1] if before else next(iter(behind), None)


def _event(document: Document, named: _Named, day: Occasion, sentence: Span, kind: EventKind) -> Event:
    places = [named.place] if named.place else []
    spans = [named.span, day.span, *places]
    end = max(*(one.end for one in spans), min(named.held, sentence.end))
    quote = trim(document.text, Span(start=min(one.start for one in spans), end=end))
    place = document[named.place] if named.place else None
    name = _full_name(document, named.span)
    where = find_place(place or "") or find_place(name)
    hosts = _hosts(document.text[sentence.start : named.span.start], document.text[named.span.end : named.held])
    return Event(
        citation=document.cite(quote), rule="event.held", name=re.sub("[“”「」]", "", name), kind=kind,
        starts=day.first, ends=day.last, date_text=day.text, place=place,
        region=where.name if where else document.header.region, hosts=hosts,
    )  # fmt: skip


def _full_name(document: Document, span: Span) -> str:
    """The name; where it is hardly more than the word for such events, the one in the title that ends like it."""
    name, title = document[span], document.header.title or ""
    if len(name) > SHORTEST + 4 or name not in title:
        return name
    longer = _name_span(title, 0, title.index(name) + len(name))
    return title[longer.start : longer.end] if longer else name


def _hosts(before: str, behind: str) -> tuple[str, ...]:
    """Who held it: what stands between 由 and 主办, else the body that the verb follows."""
    match = ORGANISED.search(before) or ORGANISED.search(behind)
    if not match:
        lead = PLACED.sub("", VERB.sub("", before[: m.start()]) if (m := VERB.search(before)) else "")
        match = SUBJECT.search(re.split(r"[，,：:日]", lead)[-1].strip()) if lead else None
    return tuple(filter(None, HOSTS.split(match["hosts"]))) if match else ()
