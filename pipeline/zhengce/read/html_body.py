"""Where the text of a web page stands: in a container that sites are known to use, else where the prose is densest."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from functools import lru_cache

from zhengce.read.html_hidden import is_hidden, is_second_copy
from zhengce.read.html_lines import is_data, is_register
from zhengce.read.page import Element, weigh

__all__ = ["FOOT", "find_bodies"]

# The containers of the content systems that Chinese government sites run on, the surest first; ids begin with #.
KNOWN = (
    ".pages_content", ".trs_editor_view", ".trs_editor", ".trs_ueditor", "#ucap-content", ".custom_unionstyle", "#zoom",
    "#js_content", "founder-content", "#ozoom", ".rm_txt_con", "#artibody", ".article", "article", ".view", "#content",
    ".article-content", ".article_content", ".content",
)  # fmt: skip
SURE = 11
CONTAINERS, SURELY = frozenset(KNOWN), frozenset(KNOWN[:SURE])
FURNITURE_TAGS = frozenset({
    "nav", "footer", "aside", "iframe", "noscript", "button", "select", "input", "textarea", "canvas", "svg",
    "object",
})  # fmt: skip
FURNITURE_WORDS = frozenset({
    "nav", "menu", "crumb", "crumbs", "breadcrumb", "breadcrumbs", "share", "bdshare", "bdsharebuttonbox", "qr",
    "qrcode", "footer", "foot", "sidebar", "related", "recommend", "comment", "comments", "pagination", "pager",
    "toolbar", "copyright", "banner", "search", "login", "weixin", "wechat", "weibo", "subscribe", "friendlink",
    "reward", "rightbar", "leftbar", "popup", "dialog", "modal", "kefu", "robot",
})  # fmt: skip
WORDS = re.compile(r"[a-z]+")
DESCENDED = frozenset({
    "html", "body", "div", "section", "main", "article", "center", "form", "table", "tbody", "tr", "td", "header",
})  # fmt: skip
ATTACHMENT = re.compile(r"\.(?:docx?|wps|pdf|xlsx?|zip|rar|ofd)(?:$|[?#])", re.IGNORECASE)
DAY = re.compile(r"[\[(（]?(?:\d{4}[-/.年])?\d{1,2}[-/.月]\d{1,2}日?[\])）]?")
LISTS = frozenset({"ul", "ol", "dl", "div", "table", "section", "p"})
FOOT = re.compile("版权所有|ICP备|网站标识码|公网安备")
SURE_FOOT = re.compile(r"ICP备(?:案号|\d)|版权所有[:：©（(]|网站标识码[:：]|公网安备\s*\d")
OF_SITE = re.compile("主办|承办|版权|网站|联系|地址|电话|关于我们|设为首页|技术支持|备案")
RELATED = re.compile(
    r"^[【\[]?(?:相关|关联|延伸|推荐|热门|更多)(?:解读|文件|链接|稿件|阅读|新闻|报道|政策|文章|文档|信息|内容|推荐)"
)
LONGEST_FOOT, MOST_INNER, HEADING = 500, 80, 14
LEAST = 20
COPY = 80
MAIN_SHARE = 0.7
HALF = 0.5
LINKED = 0.8
KEPT = 1024  # names that pages repeat


def find_bodies(root: Element) -> tuple[Element, ...]:
    """The elements that hold the text of a page, in order; furniture and second copies of a text leave the page.

    One element as a rule; several where a site cuts a text over containers of one class. Where no container is known,
    the search goes from the page down into the child that holds most of the prose (characters outside links, and
    punctuation marks), as long as there is one and no sentence stands beside it.
    """
    weigh(root)
    _take_out_furniture(root)
    _take_out_copies(root)
    _take_out_link_lists(root)
    weigh(root)
    known = [(element, selectors) for element in root.walk() if (selectors := _selectors(element))]
    for rank, selector in enumerate(KNOWN):
        found = [element for element, selectors in known if selector in selectors and element.size >= LEAST]
        tops = set(found)
        found = [element for element in found if tops.isdisjoint(element.ancestors())]
        if rank < SURE and found and sum(element.weight for element in found) > 0:
            return tuple(found)
        if selector == "article" and (texts := _texts(found)):
            return texts
        for element in sorted(found, key=lambda element: -element.weight)[:1]:
            if element.weight > HALF * root.weight:
                return (_densest(element),)
    sure = [element for element, selectors in known if not SURELY.isdisjoint(selectors)]
    pictured = [element for element in sure if any(inner.tag == "img" for inner in element.walk())]
    return tuple(pictured[:1]) or (_densest(root),)


def _texts(articles: list[Element]) -> tuple[Element, ...]:
    """Several articles of one page, each a text of its own; none where they are cards that link to texts."""
    texts = [element for element in articles if element.weight > 0 and element.size >= COPY and "。" in element.text()]
    unlinked = [element for element in texts if element.linked < HALF * element.size]
    return tuple(unlinked) if len(unlinked) > 1 else ()


def _selectors(element: Element) -> frozenset[str]:
    """Which of the known containers an element is."""
    return _containers(element.tag, element.attributes.get("id", ""), element.attributes.get("class", ""))


@lru_cache(maxsize=KEPT)
def _containers(tag: str, name: str, classes: str) -> frozenset[str]:
    return CONTAINERS.intersection((tag, f"#{name.lower()}", *(f".{one}" for one in classes.lower().split())))


@lru_cache(maxsize=KEPT)
def _names_furniture(names: str) -> bool:
    return not FURNITURE_WORDS.isdisjoint(WORDS.findall(names.lower()))


def _densest(element: Element) -> Element:
    while element.weight > 0:
        child = max(_inner(element), key=lambda child: child.weight, default=None)
        if child is None or child.weight < MAIN_SHARE * element.weight or (child.tag == "table" and is_data(child)):
            break
        if any(_is_prose(other) for other in element.children if other is not child):
            break
        element = child
    return element


def _is_prose(item: Element | str) -> bool:
    """Whether something beside the densest child belongs to the text: it has a sentence, and is not the site's foot."""
    text = item if isinstance(item, str) else item.text()
    return "。" in text and not FOOT.search(text)


def _take_out(root: Element, unwanted: Callable[[Element], bool]) -> None:
    """Remove what is unwanted, but never what holds half of the prose, nor a container that is known."""
    stack = [root]
    while stack:
        element = stack.pop()
        for child in [child for child in element.children if isinstance(child, Element)]:
            if unwanted(child) and child.weight <= HALF * root.weight and not _holds_known(child):
                child.remove()
            else:
                stack.append(child)


def _holds_known(element: Element) -> bool:
    return any(not SURELY.isdisjoint(_selectors(inner)) for inner in element.walk())


def _take_out_furniture(root: Element) -> None:
    def unwanted(element: Element) -> bool:
        return (
            element.tag in FURNITURE_TAGS
            or _names_furniture(element.attributes.get("id", ""))
            or _names_furniture(element.attributes.get("class", ""))
            or is_hidden(element)
            or _is_related(element)
        )

    around: set[Element] = set()
    for element in reversed(root.walk()):  # the innermost first: what stands round a foot may be the text
        if element not in around and _is_foot(element) and not _holds_known(element):
            around |= set(element.ancestors())
            element.remove()
    _take_out(root, unwanted)


def _is_foot(element: Element) -> bool:
    """Whether an element is the site's foot: nothing that reads like a text stands before its registration."""
    if element.tag not in LISTS or not 0 < element.size <= LONGEST_FOOT or element.elements > MOST_INNER:
        return False
    text = element.text()
    found = SURE_FOOT.search(text)
    if found is None or any(inner.tag == "h1" for inner in element.walk()):
        return False
    return "。" not in text[: found.start()] or bool(OF_SITE.match(text))


def _is_related(element: Element) -> bool:
    """Whether an element is a heading (相关解读) over links to other pages."""
    unlinked = element.size - element.linked
    if element.tag not in LISTS or not element.linked or unlinked > HEADING or element.elements > MOST_INNER:
        return False
    return bool(RELATED.match(element.text()))


def _take_out_copies(root: Element) -> None:
    """Of the desktop's and the telephone's copy of a text keep the first; wrappers of one text are no copies."""
    large = [element for element in root.walk() if element.tag in DESCENDED and element.size >= COPY]
    large = [element for element in large if not any(inner.size == element.size for inner in _inner(element))]
    sizes = Counter(element.size for element in large)
    texts = {element: element.text() for element in large if sizes[element.size] > 1}  # before any is taken out
    first: set[str] = set()
    for element, text in texts.items():
        if text in first:
            element.remove()
        first.add(text)
    for element in large:
        if is_second_copy(element, root):
            element.remove()


def _inner(element: Element) -> list[Element]:
    return [child for child in element.children if isinstance(child, Element) and child.tag in DESCENDED]


def _take_out_link_lists(root: Element) -> None:
    """Lists of other pages; a list of attachments belongs to the document."""

    def unwanted(element: Element) -> bool:
        if element.tag not in LISTS or not element.size or element.linked < HALF * element.size:
            return False
        if element.linked < LINKED * element.size:  # perhaps for the days beside the links
            undated = element.size - sum(map(len, DAY.findall(element.text())))
            if element.linked < LINKED * undated:
                return False
        links = [inner.attributes.get("href", "") for inner in element.walk() if inner.tag == "a"]
        return len(links) > 2 and not any(map(ATTACHMENT.search, links)) and not any(map(is_register, element.walk()))

    _take_out(root, unwanted)
