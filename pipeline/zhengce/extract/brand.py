"""Labour brands (劳务品牌) and training programmes that bear the same kind of name."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from typing import Literal

from zhengce.document import Document
from zhengce.extract.brand_list import listed_names
from zhengce.extract.statement import statements
from zhengce.lexicon import alternation, column, finder, table
from zhengce.name.place import find_place
from zhengce.record import Brand
from zhengce.text import Cover, Span
from zhengce.words import words

__all__ = ["CONTEST", "MARKS", "brand_at", "brands", "repeats", "shape_of"]

NEAR = 40  # characters behind a name in which its workers and its output may stand
MARKS = '“”‘’「」『』"'
LIST = re.compile(r"[“「\"][^”」\"\n，。；、]{2,14}[”」\"](?:[、和及与]?[“「\"][^”」\"\n，。；、]{2,14}[”」\"]){2,}")
QUOTED = re.compile(r"[“「\"](?P<name>[^”」\"\n，。；、]{0,14})[”」\"]")
SERIES = r"(?:[、和及与]?[“「\"][^”」\"\n]{0,14}[”」\"])*"
CUE_AFTER = re.compile(
    rf"^{SERIES}(?:等)?(?:特色|知名|优秀|省级|市级|国家级|区域|地方|系列|\d+个|[一二两三四五六七八九十]+个|一批)*(?:劳务(?:协作|输出|服务|合作)?|技能|用工|就业|劳动力)品牌"
    rf"|^{SERIES}等[\u4e00-\u9fff]{{0,8}}?(?:劳务|用工)品牌"
)
# beside these the name must end in a job: firms have brands of domestic service too
JOB_CUE = re.compile(
    rf"^{SERIES}(?:等)?(?:特色|知名|优秀|区域|地方)*(?:家政(?:服务)?|技工|护工|月嫂|建筑工|人力)?品牌(?!故事|建设|服务|形象|活动)"
)
# jobs of persons, not trades or wares (康养, 小吃), so that a bare 品牌 makes the name a labour brand
PERSON = re.compile(r"(?:[工匠师嫂娘员]|师傅|阿姨|保姆|管家|司机|骑手|铁军)$")
# the bare word counts only where the text is about labour brands: every product has a brand
BARE_CUE = re.compile(rf"^{SERIES}(?:等|这类|这样的)?(?:一批|老|新|知名|特色)?品牌(?!故事|建设|服务|形象|活动)")
ABOUT_LABOUR_BRANDS = 3
CUE_BEFORE = re.compile(
    r"(?:劳务品牌|劳务输出品牌|用工品牌)(?:有|包括|如|为|是|——|—|:|：|例如|主要有|分别是|、)*(?:[“「\"][^”」\"\n]{0,14}[”」\"][、和及与]?)*$"
)
TRAINING_AFTER = re.compile(
    rf"^{SERIES}(?:等)?(?:[一二两三四五六七八九十\d]+(?:项|个|大|类))?(?:专项|职业技能|技能|劳务|系列|特色)?培训(?!基地|中心|机构|学校|学院|满|合格|结业|课时|时间|后|\d+(?:课时|学时|小时|天))"
)
OTHER_BRAND = re.compile(
    r"党建|公益|志愿|(?<!家政)(?<!劳务)服务品牌|文化品牌|旅游品牌|农产品品牌|产品品牌|企业品牌|活动品牌|公共品牌|区域公用品牌|商标"
)
NOT_A_NAME = re.compile(
    r"行动|计划|工程|平台|网$|之家$|热线|班$|大赛|论坛|节$|模式|机制|战略|理念|精神|[+＋\d]|一[^，]{1,4}一|[化性度率]$|新$|党员|服务站|码$|卡$|券$|通$|贷$|讲堂|课堂|学院$|中心$|基地$|字号$|空白|出海|抱团|招牌|名片"
)
TRUNK = (
    r"(?:[\u4e00-\u9fff]{2,10}(?:工匠|技工|家政|师傅|绣娘|月嫂|厨师|劳务|大嫂|妹子家政|电工|焊工|建筑工|"
    r"护工|保安|司机|面点|铁军|建工|缝纫工?|装修工?|油漆工|瓦工|木工|裁缝|刺绣|织女|茶艺师|米粉师|厨工|"
    r"康养|护理|海员|船员|渔工|果农|药工))"
)
LISTED = re.compile(
    rf"(?:劳务品牌)(?:主要)?(?:有|包括|如|例如|分别是)[:：]?(?P<names>{TRUNK}(?:、{TRUNK})*)|"
    rf"以(?P<one>{TRUNK})(?:等)?(?:特色)?劳务品牌为例|"
    rf"(?<=[、，。：“ 以如像有])(?P<two>{TRUNK})(?=等?(?:特色)?劳务品牌)"
)
GRADES = frozenset(
    [
        "高级",
        "中级",
        "初级",
        "新型",
        "优秀",
        "数控",
        "职业",
        "技能",
        "农民",
        "产业",
        "现代",
        "专业",
        "持证",
        "金牌",
        "首席",
        "特级",
        "青年",
        "乡村",
        "农村",
        "返乡",
        "机械",
        "汽车",
        "智能",
        "养老",
        "育婴",
        "家庭",
        "社区",
        "企业",
        "全国",
        "本土",
        "传统",
    ]
)
# a contest or a forum bears the name
CONTEST = re.compile(r"[\u4e00-\u9fff]{0,6}?(?:大赛|展示赛|竞赛|比赛|选拔赛|挑战赛|论坛|评选)")
# an event that bears a name of its own: “莲乡春早”劳务品牌推介会
EVENT_AFTER = re.compile(r"(?:劳务|用工|技能)品牌(?:推介|展示|展销|博览|招聘|交流|大赛|论坛|评选|发布会|大会)")
PROPOSED = re.compile(r"(?:可|拟|计划|例如|比如|争取|推动)[^。；]{0,30}$")


@cache
def _regions() -> frozenset[str]:
    names = {
        name
        for row in table("regions")
        if row["level"] != "county" or len(row["short"]) > 1
        for name in (row["name"], row["short"], *row["alias"].split(";"))
        if name
    }
    return frozenset(names | {*column("brand_regions", "word")})


@cache
def _longest_region() -> int:
    return max(map(len, _regions()))


@cache
def _occupations() -> re.Pattern[str]:
    return re.compile(alternation(column("occupations", "word")) + "$")


def brands(document: Document) -> Iterator[Brand]:
    """Every occurrence of a labour brand or training programme, quoted or introduced as one.

    A quoted name is a brand where the cue 劳务品牌 (or 品牌) stands beside it or where it is a region with an
    occupation; it is a training programme where it governs 培训. Decision order: annotation guideline, section 6.

    >>> from zhengce.flow import annotate
    >>> found = annotate("打造“黔北焊工”等劳务品牌，开展“黔北焊工”培训，推广“一码通”平台。")["brands"]
    >>> [(b.name, b.kind) for b in found]
    [('黔北焊工', 'labour_brand'), ('黔北焊工', 'training_programme')]
    """
    found: dict[Span, Literal["labour_brand", "training_programme"]] = {}
    about = document.text.count("劳务品牌") >= ABOUT_LABOUR_BRANDS
    for match in QUOTED.finditer(document.text):
        kind = _kind(document.text, match, about)
        if kind:
            found[Span(start=match.start(), end=match.end())] = kind
    found |= _siblings(document.text, found)
    taken = Cover(found)
    for match in LISTED.finditer(document.text) if "劳务品牌" in document.text else ():
        group = next(name for name in ("names", "one", "two") if match[name])
        start = match.start(group)
        for name in match[group].split("、"):
            span = Span(start=start, end=start + len(name))
            start = span.end + 1
            if not taken.overlaps(span):
                found[span] = "labour_brand"
                taken.add(span)
    for span in listed_names(document.text, about):
        if not taken.overlaps(span):
            found[span] = "labour_brand"
            taken.add(span)
    found |= repeats(document, found)
    for span in sorted(found):
        yield brand_at(document, span, found[span])


def shape_of(name: str) -> tuple[bool, str | None]:
    """Whether a name begins with a region, and the occupation that ends it.

    >>> shape_of("黔北焊工"), shape_of("一码通")
    ((True, '焊工'), (False, None))
    """
    occupation = _occupations().search(name)
    return _has_region(name), occupation[0] if occupation else None


def _kind(text: str, match: re.Match[str], about: bool) -> Literal["labour_brand", "training_programme"] | None:
    name, before, after = (
        match["name"],
        text[max(0, match.start() - 40) : match.start()],
        text[match.end() : match.end() + 60],
    )
    numbered = re.match(r"[一二三四五六七八九十两]", name) and not _has_region(name)
    if CONTEST.match(after):
        return None
    if name and (numbered or NOT_A_NAME.search(name) or (len(name) < 3 and not _signed(name))):
        return None
    cued = bool(
        CUE_AFTER.match(after) or CUE_BEFORE.search(before) or (about and BARE_CUE.match(after))
    ) and not OTHER_BRAND.search(before[-8:] + after[:12])
    occupation = _occupations().search(name) if name else None
    if occupation is None and EVENT_AFTER.match(after):
        return None
    person = occupation is not None and len(occupation[0]) > 1 and PERSON.search(name) is not None
    graded = occupation is not None and name[: occupation.start()] in GRADES
    job = (person and not graded) or bool(occupation and re.match(rf"{SERIES}(?:等)?家政", after))
    named = bool(occupation and (_has_region(name) or (about and _coined(name[: occupation.start()], occupation[0]))))
    if name and TRAINING_AFTER.match(after) and (named or (cued and _occupations().search(name))):
        return "training_programme"
    if not name:
        return "labour_brand" if re.match(r"劳务品牌", after) else None
    by_job = job and JOB_CUE.match(after) and not OTHER_BRAND.search(before[-8:] + after[:12])
    return "labour_brand" if named or by_job or (cued and re.search(r"[\u4e00-\u9fff]{2}", name)) else None


def _siblings(
    text: str, found: dict[Span, Literal["labour_brand", "training_programme"]]
) -> dict[Span, Literal["labour_brand", "training_programme"]]:
    """Quoted names in one list with labour brands, which most of the list are."""
    more: dict[Span, Literal["labour_brand", "training_programme"]] = {}
    for series in LIST.finditer(text):
        spans = [Span(start=one.start(), end=one.end()) for one in QUOTED.finditer(text, *series.span())]
        known = [span for span in spans if found.get(span) == "labour_brand"]
        if len(spans) > 2 and 2 * len(known) > len(spans):
            for span in spans:
                name = text[span.start + 1 : span.end - 1]
                if span not in found and 3 <= len(name) <= 8 and not NOT_A_NAME.search(name):
                    more[span] = "labour_brand"
    return more


def _coined(front: str, occupation: str) -> bool:
    """Whether a text about brands puts two characters before an occupation that are no grade or trade (青衣瓦匠)."""
    return len(front) == 2 and len(occupation) >= 2 and front not in GRADES


def _has_region(name: str) -> bool:
    """Whether a name begins with a region; a one-character one must be a word of its own (甘蔗 is not 甘)."""
    sizes = range(min(len(name), _longest_region()), 0, -1)
    region = next((name[:size] for size in sizes if name[:size] in _regions()), "")
    return len(region) > 1 or (region != "" and words(name)[0] == region and region not in "新青台")


def _signed(name: str) -> bool:
    """Whether a name is a province's sign and a job of one character (皖嫂)."""
    return len(name) == 2 and name[0] in _signs() and name[1] in "嫂妹姐娘匠师工厨哥"


@cache
def _signs() -> frozenset[str]:
    return frozenset(sign for row in table("regions") if row["level"] == "province" for sign in row["alias"].split(";"))


def repeats(
    document: Document, found: dict[Span, Literal["labour_brand", "training_programme"]]
) -> dict[Span, Literal["labour_brand", "training_programme"]]:
    """Names that the document introduces as brands, wherever else they stand; quoted ones if they end in a job."""
    shown = {document[span] for span, kind in found.items() if kind == "labour_brand"}
    names = {name for name in shown if name[:1] not in MARKS}
    bare = {name.strip(MARKS) for name in shown - names}
    names |= {name for name in bare if len(name) >= 4 and _occupations().search(name)}
    more: dict[Span, Literal["labour_brand", "training_programme"]] = {}
    covered = Cover(found)
    text = document.text
    for start, end in finder(names)(text) if names else ():
        span = Span(start=start, end=end)
        if text[start - 1 : start] in ("“", "「") and text[end : end + 1] in ("”", "」"):
            span = Span(start=start - 1, end=end + 1)
        if not covered.overlaps(span):
            trains = TRAINING_AFTER.match(text[span.end : span.end + 40])
            more[span] = "training_programme" if trains else "labour_brand"
            covered.add(span)
    return more


def brand_at(document: Document, span: Span, kind: Literal["labour_brand", "training_programme"]) -> Brand:
    """The record of a name that is one, with what its sentence tells of it."""
    name = document[span].strip(MARKS)
    place = find_place(name)
    occupation = _occupations().search(name)
    industry = {row["word"]: row["industry"] for row in table("occupations")}.get(occupation[0]) if occupation else None
    workers = output = None
    told = statements(document)
    for at in range(bisect_left(told, span.end, key=lambda one: one.quantity.span.start), len(told)):
        statement = told[at]
        if statement.quantity.span.start - span.end > NEAR:
            break
        near = statement.clause.sentence.start <= span.start < statement.clause.sentence.end
        if near and statement.quantity.unit == "人" and workers is None:
            workers = statement.quantity.value
        elif (
            near
            and statement.quantity.unit == "元"
            and output is None
            and re.search(r"产值|效益|收入|营收", document[statement.span])
        ):
            output = statement.quantity.value
    proposed = PROPOSED.search(document.text[max(0, span.start - 40) : span.start])
    quoted = document[span][:1] in MARKS
    return Brand(
        citation=document.cite(span), rule="brand.quoted" if quoted else "brand.named", name=name, kind=kind,
        region=place.name if place else None, industry=industry, workers=workers, output_yuan=output,
        status="proposed" if proposed else "named",
    )  # fmt: skip
