"""What a document says of itself: title, kind, issuers, number, dates, region."""

from __future__ import annotations

import re
from collections.abc import Mapping

from zhengce.document import DocumentKind, Header, Raw
from zhengce.name.department import official_name
from zhengce.name.number import NUMBER, normal_number
from zhengce.outline.addressee import addressees
from zhengce.outline.dated import dated
from zhengce.outline.headline import headline
from zhengce.outline.issuer import issuers
from zhengce.outline.masthead import masthead
from zhengce.outline.numbered import numbered
from zhengce.outline.signature import signature
from zhengce.outline.stated import stated
from zhengce.outline.territory import territory
from zhengce.outline.title import carried, kind_of_title

__all__ = ["header"]

NEWS = re.compile(r"本报讯|本报记者|记者|日电|日讯|据悉|据了解|新华社")
# how the first line of a report begins that is no official text: place and agency, or a day without a year
REPORTED = re.compile(
    r"(?:[（(【]?[^。\n]{0,24}(?:本报讯|日电|日讯|[（(]\S{0,10}记者|本报记者|本网讯)|记者[^。\n]{0,12}(?:从|获悉|了解)|"
    r"[^。\n]{0,12}(?:近日|日前|记者从|获悉)[，,]?|(?:\d{4}年)?\d{1,2}月\d{1,2}日(?:上午|下午)?[，,至—])"
)
ADDRESSED = re.compile(r"(?m)^[^。\n]{2,200}[:：]$")
PAGE_TITLE = re.compile(
    r"\s*(?:[_|｜]|\s[-–—]{1,2}\s|[-–—]{1,2}(?=[^-–—]{2,20}(?:网|政府|厅|局|委|部|日报)$))[^_|｜]{2,30}$"
)
ORDERED = re.compile(r"令(?:(?:19|20)\d\d年)?第\d+号$")
ENACTED = re.compile(
    r"《(?P<title>[^《》]{4,80})》[^。《》]{0,80}(?:公布|发布|施行)|(?:公布|发布)[^。《》]{0,14}《(?P<issued>[^《》]{4,80})》"
)
OFFICIAL: frozenset[DocumentKind] = frozenset({"notice", "opinion", "plan", "measures", "list", "report"})
# what a headline may end with as well (某市出台十条措施)
HEADLINED: frozenset[DocumentKind] = frozenset({"opinion", "plan", "measures", "list", "other"})
TITLES = ("标题", "ArticleTitle", "信息名称", "名称")
REPORTS: frozenset[DocumentKind] = frozenset({"news", "interpretation", "speech", "other"})
NO_OUTLET = frozenset({"网络", "互联网", "本站", "本网", "转载", "未知", "原创", "佚名", "其他", "綜合", "综合"})
OUTLETS = ("来源", "ContentSource", "contentsource", "source")
HEAD, FEW = 2000, 20
SHORTEST = 7  # characters of a title


def header(raw: Raw, text: str) -> Header:
    """The header of a document from the fields that its page states, else from the text.

    成文日期 (date of writing) and 发布日期 (date of publication) are kept apart; region and level go by the issuers,
    else by the title. The kind is that of the text which a cover notice carries. Source of the labels: gov.cn metadata;
    of the layout: GB/T 9704-2012.
    """
    fields = {**stated(text), **stated(raw.text), **raw.fields}
    number = _number(fields, text)
    title = _title(fields, text, number)
    signed = signature(text)
    kind = _kind(title, text, fields, bool(signed.signers or number))
    if kind not in OFFICIAL and not (fields.get("发文字号") or fields.get("文号")):
        number = None  # a report of the news or an interpretation speaks of another text's
    names = [] if kind == "news" else issuers(fields, text, title, number, signed.signers)
    place, level = territory(names, title, number, text, fields)
    written, published = dated(fields, raw.text, text, kind, signed)
    lines = [masthead(page) for page in (text, raw.text)] if kind in REPORTS else []
    published = published or next((line.day for line in lines if line.day), None)
    dated_in = written or published
    year = dated_in.year if dated_in else None
    return Header(
        title=title,
        kind=kind,
        issuers=tuple(dict.fromkeys(official_name(name, place, level, year).name or name for name in names)),
        number=number,
        written=written,
        published=published,
        region=place.name if place else None,
        region_code=place.code if place else None,
        level=level,
        outlet=_outlet(fields) or next((line.outlet for line in lines if line.outlet), None),
        index_number=fields.get("索引号") or None,
        topic=fields.get("主题分类") or None,
        addressees=addressees(text) if kind in OFFICIAL else (),
    )


def _outlet(fields: Mapping[str, str]) -> str | None:
    """Who published it, without a link's words and the byline that follow on the line; none for 来源：网络."""
    said = next((fields[label] for label in OUTLETS if fields.get(label)), "")
    name = re.split(r"\s{2,}|[|｜\t]|\s?(?:作者|记者|编辑|责编|责任编辑|时间|日期|浏览|点击|字体|打印)", said)[
        0
    ].strip()
    return name if name and name not in NO_OUTLET else None


def _number(fields: Mapping[str, str], text: str) -> str | None:
    """The number that the page states, else one that stands by itself above the first sentence."""
    stated_number = fields.get("发文字号") or fields.get("文号") or ""
    if stated_number:
        match = NUMBER.search(stated_number)
        return numbered(stated_number) or (normal_number(match) if match else None)
    lines = [line.strip() for line in text[:HEAD].split("\n") if line.strip()][:FEW]
    for at, line in enumerate(lines):
        if len(lines) > 1 and ("。" in line or ADDRESSED.fullmatch(line)):
            break
        head = line.partition("。")[0]
        found = numbered(head) or (numbered(lines[at - 1] + head) if at else None) or _behind(head)
        if found:
            return found
    return None


def _behind(line: str) -> str | None:
    """The number that stands behind a title on its line, or between title and text on a page of one line."""
    behind = re.search(
        r"(?:通知|意见|决定|公告|通告|通报|批复|函|办法|规定|方案|细则)\s?(?P<number>[（(][^《》]{6,40}[）)])$", line
    )
    if behind:
        return numbered(behind["number"])
    return next((found for token in line.split()[1:6] if (found := numbered(token))), None)


def _title(fields: Mapping[str, str], text: str, number: str | None) -> str | None:
    printed = headline(text)
    enacted = ENACTED.search(text[:HEAD]) if ORDERED.search(number or "") else None
    title = next((fields[label] for label in TITLES if fields.get(label)), None)
    if title is None and enacted and not (printed and kind_of_title(printed) not in ("notice", "other")):
        title = enacted["title"] or enacted["issued"]
    title = title or _confirmed(fields, text) or printed or PAGE_TITLE.sub("", fields.get("title", "")) or None
    return re.sub(r"\s+", " ", title).strip() if title else None


def _confirmed(fields: Mapping[str, str], text: str) -> str | None:
    """The title that the page bears in its window, site and section cut off, where a line of the text is the same."""
    shown = {line.strip() for line in text[:HEAD].split("\n")[:FEW]}
    told = fields.get("title", "").strip()
    while told and told not in shown and (shorter := PAGE_TITLE.sub("", told)) != told:
        told = shorter
    return told if told in shown and len(told) > SHORTEST else None


def _kind(title: str | None, text: str, fields: Mapping[str, str], official: bool) -> DocumentKind:
    """The kind of the carried text, else of the title, else what the page states; news by how it begins."""
    kind = kind_of_title(carried(title or "") or title or "")
    kind = kind_of_title(title or "") if kind == "other" else kind
    if kind == "other":
        kind = kind_of_title(fields.get("公文种类") or fields.get("文种") or "")
    opening = next((line.strip() for line in text[:HEAD].split("\n") if "。" in line), "")
    reported = not official and "关于" not in (title or "") and not ADDRESSED.search(text[:HEAD])
    if reported and kind in HEADLINED and REPORTED.match(opening):
        return "news"
    if kind == "other" and not official and NEWS.search(text):
        return "news"
    return kind
