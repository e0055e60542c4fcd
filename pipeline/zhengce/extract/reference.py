"""References: the documents that a text names, with their numbers and what they are to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from zhengce.document import Document
from zhengce.extract.reference_issuer import issued_by
from zhengce.name.number import NUMBER, normal_number, numbers
from zhengce.record import Reference
from zhengce.text import Cover, Span

__all__ = ["references"]

Relation = Literal["basis", "cited", "relayed", "repealed", "self"]
TITLE = re.compile(r"《(?P<title>[^《》\n]{1,120}(?:《[^《》\n]{1,80}》[^《》\n]{0,40})?)》")
FOLLOWING_NUMBER = re.compile(rf"\s*(?P<bracket>[（(])\s*(?:以下简称[^）)]*[，,])?\s*{NUMBER.pattern}")
FORMS = (
    r"(?:工作要点|实施方案|工作方案|行动计划|实施意见|指导意见|管理办法|暂行办法|实施细则|规划纲要|"
    r"发展规划|若干措施|行动方案|工作计划|工作报告|报告|意见|方案|办法|规定)"
)
# a title without brackets, named as the object of 印发/出台/制定 (issue, bring out, draw up)
UNBRACKETED = re.compile(
    rf"(?:印发|出台|颁布|发布)(?!之日|[后前])(?:了|的|实施)?(?P<titles>(?:[\u4e00-\u9fff0-9—\-]{{4,40}}?{FORMS}(?:、|和|$|(?=[，,。；;]))){{1,4}})"
)
ONE = re.compile(rf"[\u4e00-\u9fff0-9—\-]{{4,40}}?{FORMS}(?=、|和|$|[，,。；;])")
CONGRESS = re.compile(r"(?:党的)[一二三四五六七八九十]+大报告")
ALIAS = re.compile(r"以下(?:统称|简称|称)[：:为]?[“\"《]?(?P<alias>[\u4e00-\u9fff]{2,20})[”\"》]?")
BASIS = re.compile(
    r"(?:根据|按照|依据|依照|遵照|贯彻落实?|落实|为(?:认真|深入|全面)?(?:贯彻|落实|执行))[^。；\n]{0,80}$"
)
RELAYED = re.compile(r"(?:转发|批转)[^。；\n]{0,40}$")
RELAYED_AFTER = re.compile(r"(?:（[^）]*）)?(?:[，,](?:现|特)?)?(?:予以)?(?:转发|批转)")  # 《…报告》，现转发给你们
REPEALED = re.compile(r"^[^。；\n]{0,60}(?:同时)?(?:废止|停止执行|失效)")
# works of art, broadcasts and books; the cue may stand before the first of several titles
NOT_A_DOCUMENT = re.compile(
    r"(?:电影|[\u4e00-\u9fff]剧|影片|动画片|专题片|纪录片|交响乐|舞蹈|歌曲|组歌|图书|专著|小说|诗集|栏目|专栏|节目|央视|卫视|杂志|"
    r"系列片|短片|宣传片|丛书|报纸|主题曲|出品的?|(?:白话文|中文|英文|外文|点校|影印)版)[^，。]{0,4}$|"
    r"(?:观看|演出|演唱|播出|收看)[^，。]{0,4}$"
)
REPORTS = re.compile(
    r"(?:、?《[^》]{2,16}》)*等?(?:主流|中央|多家)?(?:媒体|报纸|报刊|杂志)|"
    r"[^，。、《]{0,4}(?:报道|刊发|刊登|刊载)|记者|(?:系列)?(?:节目|短视频|纪录片|专题片|电视剧|歌舞剧|舞台剧)|系列(?![文政])|[一二三\d]?等?(?:节目|剧目)|"
    r"[^，。；]{0,40}(?:“五个一工程”|栏目|[部首台件]?(?:文艺)?作品|剧目|热播|热映|火遍|票房|“爆款”|知名品牌)|"
    r"[^，。；《]{0,16}(?:荣?获|摘得|斩获)[^，。；]{0,20}奖"
)
# 报 at the end is a newspaper's, but not of 通报, 公报, 简报, 年报
PAPER = re.compile(r"(?:(?<![通公简年月季快申填汇警])报|周刊|杂志|期刊|新闻|电视台|文摘)$")


def references(document: Document) -> Iterator[Reference]:
    """Every document named: 《titles》 with the numbers behind them, bare numbers, issued texts without brackets.

    Relations: self (also by an announced short form), basis (根据, 贯彻落实 …), relayed, repealed, else cited.

    >>> from zhengce.flow import annotate
    >>> found = annotate("根据《关于支持灵活就业的若干意见》（国办发〔2020〕27号），制定本方案。")["references"]
    >>> [(r.title, r.number, r.relation) for r in found]
    [('关于支持灵活就业的若干意见', '国办发〔2020〕27号', 'basis')]
    """
    text = document.text
    found: list[Reference] = []
    covered = Cover()
    aliases = _own_aliases(document)
    for match in TITLE.finditer(text):
        title = match["title"]
        before, after = text[max(0, match.start() - 12) : match.start()], text[match.end() : match.end() + 40]
        if NOT_A_DOCUMENT.search(before) or PAPER.search(title) or REPORTS.match(after):
            continue
        behind = FOLLOWING_NUMBER.match(text, match.end())
        span = Span(start=match.start(), end=match.end())
        covered.add(Span(start=span.start, end=behind.end() if behind else span.end))
        found.append(_reference(document, span, title, normal_number(behind) if behind else None, aliases.get(title)))
    for pattern in (CONGRESS, UNBRACKETED):
        for match in pattern.finditer(text):
            spans = (
                [match.span()]
                if pattern is CONGRESS
                else [one.span() for one in ONE.finditer(text, match.start("titles"), match.end("titles"))]
            )
            for start, end in spans:
                span = _after_and(text, Span(start=start, end=end))
                if not covered.overlaps(span) and not re.match(r"本|该|具体|实施|相关|有关|配套", document[span]):
                    covered.add(span)
                    found.append(_reference(document, span, document[span], None, None))
    for match in numbers(text):
        span = Span(start=match.start("year") - 1 - len(normal_number(match).split("〔")[0]), end=match.end())
        own = normal_number(match) == document.header.number
        if not own and not covered.overlaps(span) and normal_number(match)[0] != "〔":
            found.append(_reference(document, span, None, normal_number(match), None))
    yield from sorted(found, key=lambda reference: reference.citation.span)


def _own_aliases(document: Document) -> dict[str, bool]:
    """Announced short forms (以下简称), each with whether it is that of the document's own title."""
    found: dict[str, bool] = {}
    for match in ALIAS.finditer(document.text):
        clause = document.text[max(0, match.start() - 160) : match.start()]
        titles = [
            title for title in TITLE.finditer(clause) if re.fullmatch(r"\s*(?:[（(][^。；\n]*)?", clause[title.end() :])
        ]
        bare = re.search(r"本[\u4e00-\u9fff]{1,6}[（(]?$", clause)
        found.setdefault(match["alias"], _is_own(document, titles[-1]["title"]) if titles else bool(bare))
    return found


def _is_own(document: Document, title: str) -> bool:
    bare = re.compile(r"[\s《》〈〉]")  # inner title marks change with the outer ones
    return bool(title) and bare.sub("", title) in bare.sub("", document.header.title or "")


def _after_and(text: str, span: Span) -> Span:
    start = span.start
    while text[start] in "、和的了":
        start += 1
    return Span(start=start, end=span.end)


def _reference(document: Document, span: Span, title: str | None, number: str | None, alias: bool | None) -> Reference:
    before, after = document.text[max(0, span.start - 90) : span.start], document.text[span.end : span.end + 80]
    issuer, day = issued_by(document, span.start, title, number) if span.start else (None, None)
    relation: Relation = "cited"
    own = alias if alias is not None else bool(title) and _is_own(document, title or "")
    if own or (number and number == document.header.number):
        relation = "self"
    elif REPEALED.match(after):
        relation = "repealed"
    elif RELAYED.search(before) or RELAYED_AFTER.match(after):
        relation = "relayed"
    elif BASIS.search(before):
        relation = "basis"
    return Reference(
        citation=document.cite(span),
        rule="reference.title" if title else "reference.number",
        title=title,
        number=number,
        issuer=issuer,
        date=day,
        relation=relation,
    )
