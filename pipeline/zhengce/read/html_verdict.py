"""Pages that hold no document: lists of links, search results, errors, frames, pictures of a text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from zhengce.errors import NoTextLayer, UnreadableFile
from zhengce.read.html_body import FOOT
from zhengce.read.html_lines import is_register
from zhengce.read.html_survey import Survey
from zhengce.read.page import Element

__all__ = ["check"]

ERROR = re.compile(
    r"(?:页面|网页|内容|文章|信息|资源|链接)[^。，,]{0,12}(?:不存在|已?被?删除|未找到|无法找到|找不到|已下线|已失效|已过期|违规)|"
    r"(?:找不到|无法(?:找到|访问|显示))[^。]{0,10}(?:页|内容|网站)|404(?:错误)?\s*(?:$|[^\d万亿元人个家名项户亩公])|"
    r"(?:访问|操作|请求)(?:过于|太)频繁|访问(?:出错|异常|被拒绝|受限)|请?(?:输入|获取|完成)[^。]{0,6}验证|安全验证|"
    r"(?:系统|网站)(?:正在|临时)?(?:维护|升级|错误|繁忙)|服务器(?:内部)?(?:错误|繁忙|异常)|"
    r"Not Found|Forbidden|Bad Gateway"
)
OFFICIAL = re.compile(r"关于.{2,60}的(?:通知|公告|通告|通报|意见|函|决定|报告|批复)")
SEARCH = re.compile(
    r"(?:找到|搜索到|检索到|搜索)[^。\n]{0,12}(?:结果|信息|内容|记录|文档|网页)[^。\n]{0,6}\d|(?:找到|搜索到|检索到)约?\s*[\d,]+\s*[个条篇]|"
    r"没有找到[^。]{0,20}(?:结果|信息|内容)"
)
SEARCH_TITLE = re.compile(r"(?:搜索|检索)(?:结果|中心)?|全文检索|站内搜索")
FILE = re.compile(r"\.(?:pdf|docx?|wps|ofd|xlsx?)(?:$|[?#&])", re.IGNORECASE)
BEFORE = re.compile(r"[\[(（【]?[\d\-/.年月日:：·•\s]{0,20}[\])）】]?")
MOST_LINKED = 0.5
FEW_LINKS = 5
LITTLE = 3
SHORT, LEAST_BODY = 300, 40
ITEMS, ITEM_LENGTH, HEADLINE, MOST_OF_BODY = 6, 260, 8, 0.7


def check(bodies: Sequence[Element], seen: Survey, name: str) -> None:
    """Raises NoTextLayer or UnreadableFile, with what to do, where the page holds no document."""
    size = sum(body.size for body in bodies)
    text = "".join(body.text() for body in bodies)
    if seen.main_frames:
        frames = ", ".join(seen.main_frames)
        raise UnreadableFile(name, f"the page only divides the window into frames: fetch the pages in them ({frames})")
    free = seen.size - seen.linked
    if size < SHORT and free < 2 * SHORT and _failed(seen.title, text):
        raise UnreadableFile(name, f"an error page instead of the document ({text[:40]}): fetch it again later")
    if seen.links >= FEW_LINKS and (SEARCH.search(seen.words) or SEARCH_TITLE.fullmatch(seen.title[:6])):
        raise UnreadableFile(name, "a page of search results, not a document: fetch the pages that it links to")
    images = sum(inner.tag == "img" for body in bodies for inner in body.walk())
    if not size and (images or seen.pictures):
        reason = f"the text of the page is {images or seen.pictures} picture(s): save the pictures and run OCR on them"
        raise NoTextLayer(name, reason)
    own = sum(body.size - body.linked for body in bodies)
    if "。" not in FOOT.split(text)[0] and own < LEAST_BODY + len(seen.title) and seen.frames:
        reason = f"the text of the page stands in a frame or a viewer: fetch that one ({', '.join(seen.frames[:3])})"
        raise UnreadableFile(name, reason)
    if "。" not in text and size < LEAST_BODY and images:
        reason = f"the text of the page is {images} picture(s): save the pictures and run OCR on them"
        raise NoTextLayer(name, reason)
    _check_lists(bodies, seen, name, size)


def _failed(title: str, text: str) -> bool:
    return bool(ERROR.search(title) or (ERROR.search(text) and not OFFICIAL.search(text)))


def _check_lists(bodies: Sequence[Element], seen: Survey, name: str, size: int) -> None:
    sentences = any("。" in text and not FOOT.search(text) for text in (body.text() for body in bodies))
    listed = seen.linked > MOST_LINKED * seen.size and LITTLE * size < seen.linked and not sentences
    linked = sum(body.linked for body in bodies)
    tabular = any(is_register(inner) for body in bodies for inner in body.walk())
    many = seen.links >= FEW_LINKS and (listed or (linked > MOST_LINKED * size and not (tabular and sentences)))
    if many or (not tabular and any(_is_list(body, size) for body in bodies)):
        reason = f"the page is a list of links, not a document ({seen.links} links): fetch the pages it links to"
        raise UnreadableFile(name, reason)


def _is_list(body: Element, size: int) -> bool:
    """Whether most of a text is items of one kind, each a headline that links to its own page and a few words."""
    for element in body.walk():
        groups: dict[tuple[str, str], list[Element]] = defaultdict(list)
        for child in element.children:
            if isinstance(child, Element) and 0 < child.size <= ITEM_LENGTH:
                groups[child.tag, child.attributes.get("class", "")].append(child)
        for items in groups.values():
            if len(items) >= ITEMS and sum(item.size for item in items) >= MOST_OF_BODY * size:
                heads = [_headlines(item) for item in items]
                if (
                    sum(bool(head) for head in heads) >= 0.9 * len(items)
                    and len({h for hs in heads for h in hs}) >= ITEMS
                ):
                    return True
    return False


def _headlines(item: Element) -> set[str]:
    """The pages that an item which begins with a link, perhaps behind a day, links to by a headline."""
    links = [inner for inner in item.walk() if inner.tag == "a" and inner.size >= HEADLINE]
    first = links[0].text() if links else ""
    if not first or first.startswith("《") or not BEFORE.fullmatch(item.text().partition(first)[0]):
        return set()
    addresses = {link.attributes.get("href", "#") for link in links}
    return {address for address in addresses if address[:1] != "#" and not FILE.search(address)}
