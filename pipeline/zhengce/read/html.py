"""Web pages: the text of the document, without what the site puts round it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from zhengce.document import Raw, Source
from zhengce.errors import NoTextLayer, UnreadableFile
from zhengce.read.encoding import decode, lost_notes
from zhengce.read.html_body import FOOT, find_bodies
from zhengce.read.html_fields import take_fields
from zhengce.read.html_lines import render
from zhengce.read.lines import Line, lay_out
from zhengce.read.page import Element, weigh

__all__ = ["read_html"]

DECLARED = re.compile(rb"<meta[^>]*?charset\s*=\s*[\"']?\s*([\w-]+)|<\?xml[^>]*?encoding=[\"']([\w-]+)", re.IGNORECASE)
# a no-break space mistyped or escaped twice, so that browsers show its letters
MISSPELT_SPACE = re.compile(r"&(?:amp;)?(?:nbsp|bsp|nsp|nbp|nbs|sp|nbsb);|&nbsp(?![a-z])")
UNSHOWN = frozenset({"script", "style", "template"})
TITLE_CLASSES = frozenset({
    "title", "arc_title", "article_title", "article-title", "articletitle", "xl_title", "newstitle", "news_title",
    "con_title",
})  # fmt: skip
FURNITURE_LINE = re.compile(
    r"扫一扫.{0,12}|手机扫一扫.{0,10}|分享到?[:：]?(?:微信|微博|QQ空间|QQ|人人网|复制链接|[|｜、])*|"
    r"[【\[(（]?(?:打印本页|打印|关闭窗口|关闭本页|关闭|收藏本页|收藏|加入收藏|返回顶部|返回|纠错)[】\])）]?|"
    r"(?:打印|关闭|收藏|返回顶部|[|｜\[\]【】])+|(?:字体|字号)[:：]?[【\[(（]?(?:[大中小特默认超]|[|｜、\s])+[】\])）]?|"
    r"(?:当前位置|您的位置|您现在的位置|您所在的位置)[:：].*"
)
MOST_LINKED = 0.5
FEW_LINKS = 5
LITTLE = 3
HEAD_CHARACTERS = 400
LEAST_HEADLINE = 5


def read_html(data: bytes, source: Source) -> Raw:
    """The lines of the page's main text, joined by newlines, its headline first, and the fields that the page states.

    Index tables, navigation, link lists and the like are left out; rows of tables are lines with tabs between cells.
    Raises NoTextLayer where the text is a picture, UnreadableFile where the page is a list of links or holds no text.
    """
    match = DECLARED.search(data[:8192])
    declared = (match[1] or match[2]).decode("ascii") if match else None
    text, encoding, lost = decode(data, declared)
    root = _tree(text)
    weigh(root)
    pictures = sum(element.tag == "img" for element in root.walk())
    links = (root.linked, root.size, sum(element.tag == "a" for element in root.walk()))
    fields = take_fields(root)
    headlines = _headlines(root)
    bodies = find_bodies(root)
    _check(bodies, links, pictures, source)
    lines = [line for body in bodies for line in render(body)]
    lines = [line for line in lines if not FURNITURE_LINE.fullmatch(_folded(line))]
    if not lines:
        raise UnreadableFile(source.name, "the page holds no text: a script may load it when a browser shows the page")
    shown, blocks = lay_out(_headed(lines, headlines))
    notes = (lost[0], *lost_notes(shown, encoding)) if lost else ()
    return Raw(source=replace(source, encoding=encoding), text=shown, blocks=blocks, fields=fields, notes=notes)


def _tree(text: str) -> Element:
    """The page as elements, without comments and what is never shown."""
    from selectolax.lexbor import LexborHTMLParser

    root = Element("html")
    parsed = LexborHTMLParser(text).root
    stack = [(root, child) for child in parsed.iter(include_text=True)] if parsed is not None else []
    stack.reverse()
    while stack:
        parent, node = stack.pop()
        if node.tag == "-text":
            parent.children.append(MISSPELT_SPACE.sub("\u00a0", node.text_content or ""))
        elif node.is_element_node and node.tag not in UNSHOWN:
            attributes = {name: value or "" for name, value in node.attributes.items()}
            element = Element(str(node.tag), attributes, parent)
            parent.children.append(element)
            stack.extend((element, child) for child in reversed(list(node.iter(include_text=True))))
    return root


def _check(bodies: Sequence[Element], links: tuple[int, int, int], pictures: int, source: Source) -> None:
    size = sum(body.size for body in bodies)
    if not size and (images := sum(inner.tag == "img" for body in bodies for inner in body.walk()) or pictures):
        reason = f"the text of the page is {images} picture(s): save the pictures and run OCR on them"
        raise NoTextLayer(source.name, reason)
    linked, shown, number = links
    sentences = any("。" in text and not FOOT.search(text) for text in (body.text() for body in bodies))
    listed = linked > MOST_LINKED * shown and LITTLE * size < linked and not sentences
    if number >= FEW_LINKS and (listed or sum(body.linked for body in bodies) > MOST_LINKED * size):
        reason = f"the page is a list of links, not a document ({number} links): fetch the pages that it links to"
        raise UnreadableFile(source.name, reason)


def _headlines(root: Element) -> list[str]:
    """The texts of h1 and of title blocks, in the order of trust; a headline is never a link to another page."""
    found: list[tuple[int, str]] = []
    for element in root.walk():
        named = not TITLE_CLASSES.isdisjoint(element.attributes.get("class", "").lower().split())
        named = named or element.attributes.get("id", "").lower() in TITLE_CLASSES
        if (element.tag == "h1" or named) and element.tag != "title" and element.size and not element.linked:
            lines = render(element)
            if 0 < len(lines) <= 3:
                found.append((element.tag != "h1", "".join(line.cells[0] for line in lines)))
    page_title = next((element.text() for element in root.walk() if element.tag == "title"), "")
    found = [(rank, text) for rank, text in found if len(text) >= LEAST_HEADLINE]
    return [text for _, text in sorted(found, key=lambda item: ("".join(item[1].split()) not in page_title, item[0]))]


def _headed(lines: list[Line], headlines: list[str]) -> list[Line]:
    """The lines with the headline before them, unless it is among the first of them already."""
    if not headlines:
        return lines
    head, start = "".join(headlines[0].split()), "".join(_folded(line) for line in lines)[:HEAD_CHARACTERS]
    return lines if head in start else [Line(cells=(headlines[0],), kind="heading"), *lines]


def _folded(line: Line) -> str:
    return "".join("".join(line.cells).split())
