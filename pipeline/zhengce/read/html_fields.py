"""What a web page states of its document: meta tags, the index table above the text, the line of date and source.

Sources of rules: the index tables (信息索引) that government sites print above a document, whose labels are spaced out
(索 引 号：) and set as table cells, list items or definition lists.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhengce.read.page import Element

__all__ = ["take_fields"]

LABELS = frozenset({
    "索引号", "主题分类", "发文机关", "成文日期", "标题", "名称", "信息名称", "发文字号", "文号", "发布日期",
    "发布时间", "发文日期", "主题词", "有效性", "生效日期", "失效日期", "废止日期", "生成日期", "公开日期",
    "公开方式", "公开范围", "公开类别", "公开时限", "信息分类", "分类", "组配分类", "体裁分类", "服务对象",
    "发布机构", "发布单位", "制发机关", "公开主体", "公文种类", "文种", "来源", "内容概述", "关键词", "主题",
    "印发日期", "公文时效", "效力状态", "统一登记号", "登记号", "签发日期",
})  # fmt: skip
SURELY_INDEX = frozenset({"索引号", "发文字号", "文号", "主题分类", "发文机关", "成文日期", "公开日期", "统一登记号"})
TABLE_OF_ONE = frozenset({"主题词", "有效性"})
TELLING = re.compile("|".join(sorted(SURELY_INDEX | TABLE_OF_ONE)))  # no index is without one of them
METAS = frozenset({
    "og:title", "articletitle", "pubdate", "contentsource", "sitename", "keywords", "description", "columnname",
    "columnkeywords", "columntype", "author", "publishdate", "firstpublishedtime", "source",
    "subject", "department", "filenumber",
})  # fmt: skip
LONGEST_INDEX = 1500
MOST_ELEMENTS = 400  # of an index or a line; without a limit deep pages take quadratic time
LONGEST_LINE = 200
LINE_TAGS = frozenset({"p", "div", "li", "span", "td", "dd", "dl", "h2", "h3", "h4", "h5", "font", "em", "i"})
DATE = r"\d{4}\s*[-年/.]\s*\d{1,2}\s*[-月/.]\s*\d{1,2}(?:\s*日)?"
HOUR = r"\s+\d{1,2}:\d{2}(?::\d{2})?"
DAY = rf"{DATE}(?:{HOUR})?"
PUBLISHED = re.compile(rf"(?:发布时间|发布日期|发表时间|(?<![\u4e00-\u9fff])(?:时间|日期))\s*[:：]\s*({DAY})")
# without a label: only with the hour, or beside the source
TIMED = re.compile(rf"({DATE}{HOUR})(?=\s|$)")
DATED = re.compile(rf"({DAY})(?=\s|$)")
ORIGIN = re.compile(r"(?:信息来源|稿件来源|文章来源|来源)\s*[:：]\s*([^\s|｜:：【】\[\]]+)")
# an outlet and a day before the name of who wrote it: no label, but neither the line of a list
BYLINED = re.compile(
    rf"(?P<origin>[^\s\d，。:：|｜]{{2,20}})[\s|｜]+(?P<day>{DAY})[\s|｜]+(?:责编|責編|责任编辑|責任編輯|编辑|編輯|记者|記者|作者|文|发布于|發布於|来自|來自)\s?[/:：]?.{{2,30}}"
)
YEAR_OR_ORIGIN = re.compile(r"\d{4}|来源")  # no line of date and source is without
LABELLED = re.compile(r"([\u4e00-\u9fff][\u4e00-\u9fff\s]{0,14})[:：](.*)", re.DOTALL)


def take_fields(root: Element) -> dict[str, str]:
    """The fields of a page by printed label, without white space and colon, or by the name of the meta tag.

    Index tables are taken out of the page, since they are furniture and no part of the text. Blank values are left
    out; where a label comes twice the first value stays. A visible line of date and source gives 发布时间 and 来源.
    """
    fields: dict[str, str] = {}
    for index in _indexes(root):
        for label, value in _pairs(index):
            if value:
                fields.setdefault(label, value)
        index.remove()
    for label, value in (*_metas(root), *_line_of_source(root)):
        if value:
            fields.setdefault(label, value)
    return fields


def _indexes(root: Element) -> list[Element]:
    """The innermost tables and lists in which index labels stand, of which at least one stands nowhere else."""
    found = []
    for element in root.walk():
        if element.tag not in ("table", "ul", "dl", "div") or not _is_small(element, LONGEST_INDEX):
            continue
        if not TELLING.search(element.text()):
            continue
        if element.tag == "table" and any(inner.tag == "table" for inner in element.walk() if inner is not element):
            continue
        pairs = list(_pairs(element))
        labels = {label for label, _ in pairs}
        known = sum(len(label) + len("".join(value.split())) + 1 for label, value in pairs)
        table_of_one = element.tag == "table" and bool(labels & TABLE_OF_ONE) and known > element.size / 2
        if (len(labels) > 1 and labels & SURELY_INDEX and known > element.size / 2) or table_of_one:
            found.append(element)
    tops = set(found)
    return [element for element in found if tops.isdisjoint(element.ancestors())]


def _is_small(element: Element, characters: int) -> bool:
    return 0 < element.size <= characters and element.elements <= MOST_ELEMENTS


def _pairs(index: Element) -> Iterator[tuple[str, str]]:
    """The labels and values of cells side by side, or of lines like 文号：某政发〔2024〕3号."""
    cells = [element for element in index.walk() if element.tag in ("td", "th", "li", "dt", "dd", "p")]
    holders = {above for cell in cells for above in cell.ancestors()}
    cells = [cell for cell in cells if cell not in holders]
    if not cells:
        cells = [child for child in index.children if isinstance(child, Element)]
    label = ""
    for cell in cells:
        text = _spaced(cell)
        here = LABELLED.fullmatch(text)
        bare = "".join(text.split()).rstrip(":：")
        if bare in LABELS and cell.tag not in ("li", "p"):
            label = bare
        elif here and (own := "".join(here[1].split())) in LABELS:
            yield own, here[2].strip()
            label = ""
        elif label:
            yield label, text
            label = ""
    if label:
        yield label, ""


def _metas(root: Element) -> Iterator[tuple[str, str]]:
    for element in root.walk():
        if element.tag == "title":
            yield "title", _spaced(element)
        elif element.tag == "meta" and (name := _meta_name(element)).lower() in METAS:
            yield name, " ".join(element.attributes.get("content", "").split())


def _meta_name(meta: Element) -> str:
    return (meta.attributes.get("name") or meta.attributes.get("property") or "").strip()


def _line_of_source(root: Element) -> Iterator[tuple[str, str]]:
    """Date and source of short lines only: a sentence of the text may well speak of its own sources (来源)."""
    for element in root.walk():
        if element.tag in LINE_TAGS and _is_small(element, LONGEST_LINE):
            text = _spaced(element)
            if not YEAR_OR_ORIGIN.search(text):
                continue
            origin = ORIGIN.search(text)
            day = PUBLISHED.search(text) or TIMED.match(text) or (DATED.match(text) if origin else None)
            bylined = BYLINED.fullmatch(text)
            if bylined:
                yield "发布时间", bylined["day"]
                yield "来源", bylined["origin"]
            if day:
                yield "发布时间", day[1]
            if origin and (day or text.startswith(origin[0])):
                yield "来源", origin[1]


def _spaced(element: Element) -> str:
    """The text under an element, its texts parted by spaces where tags part them."""
    return " ".join(" ".join(element.texts()).split())
