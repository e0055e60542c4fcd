"""Web pages: the text of the document, without what the site puts round it."""

from __future__ import annotations

import re
from dataclasses import replace

from zhengce.document import Note, Raw, Source
from zhengce.errors import UnreadableFile
from zhengce.read.encoding import decode, lost_notes
from zhengce.read.html_body import FOOT, find_bodies
from zhengce.read.html_fields import take_fields
from zhengce.read.html_left_out import left_out
from zhengce.read.html_lines import render
from zhengce.read.html_script import find_scripted
from zhengce.read.html_survey import survey
from zhengce.read.html_tree import Page, parse_page
from zhengce.read.html_unshown import ATTACHMENT, take_unshown
from zhengce.read.html_verdict import check
from zhengce.read.lines import Line, lay_out
from zhengce.read.page import Element, weigh
from zhengce.text import Span

__all__ = ["read_html"]

DECLARED = re.compile(
    rb"<meta[^<>]*?charset\s*=\s*[\"']?\s*([\w-]+)|<\?xml[^<>]*?encoding=[\"']([\w-]+)", re.IGNORECASE
)
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
PAGER = re.compile(r"(?=.*(?:[上下]一?页|余下全文))[首尾末页上下一共第余全文\d\[\]【】|<>＜＞«»…/／]{2,80}")
NO_HEADLINES = frozenset({"title", "head", "html", "body"})
HEAD_CHARACTERS = 400
LEAST_HEADLINE, LEAST_TITLE, LONGEST_TITLE = 5, 8, 200
SITE = re.compile(r"^[^关印]{2,16}(?:政府|网|网站|[局厅委部办院]|委员会|日报|平台)$")


def read_html(data: bytes, source: Source) -> Raw:
    """The lines of the page's main text, joined by newlines, its headline first, and the fields that the page states.

    Index tables, navigation, link lists and the like are left out; rows of tables are lines with tabs between cells.
    Where a script would have written the text, it is taken from there, with a note; notes also say what stands in
    other files. Raises NoTextLayer where the text is a picture, UnreadableFile where the page is a list of links,
    search results, an error page or holds no text.
    """
    match = DECLARED.search(data[:8192])
    declared = (match[1] or match[2]).decode("ascii") if match else None
    text, encoding, lost = decode(data, declared)
    page = parse_page(text)
    weigh(page.root)
    seen = survey(page)
    fields = take_fields(page.root) | {}
    for label, value in take_unshown(page).items():
        fields.setdefault(label, value)
    headlines = _headlines(page.root)
    for element in [element for element in page.root.walk() if element.tag == "title"]:
        element.remove()
    bodies, notes = _bodies(page, fields)
    check(bodies, seen, source.name)
    lines = [line for body in bodies for line in render(body)]
    files = set(fields.get("附件", "").split("; "))
    lines = [line for line in lines if not _is_furniture(_folded(line), files)]
    if not lines and seen.target:
        raise UnreadableFile(source.name, f"the page only sends the browser on to another one: fetch {seen.target}")
    if not lines:
        raise UnreadableFile(source.name, "the page holds no text: a script may load it when a browser shows the page")
    scripted = bool(notes)
    notes += left_out(page, bodies, seen, sum(body.size for body in bodies))
    headlines = headlines or _titles(fields, scripted=scripted)
    shown, blocks = lay_out(_headed(lines, headlines))
    notes += (lost[0], *lost_notes(shown, encoding)) if lost else ()
    return Raw(source=replace(source, encoding=encoding), text=shown, blocks=blocks, fields=fields, notes=tuple(notes))


def _titles(fields: dict[str, str], *, scripted: bool) -> list[str]:
    """What the page states as the title; that of its head only where nothing else of the text is shown."""
    title = fields.get("ArticleTitle", "")
    if not title and scripted:
        title = fields.get("title", "") if not SITE.search(fields.get("title", "")) else ""
    return [title] if len(title) >= LEAST_HEADLINE else []


def _bodies(page: Page, fields: dict[str, str]) -> tuple[tuple[Element, ...], list[Note]]:
    """The elements that hold the text, from what is shown or, where that has no sentence, from what a script writes."""
    bodies = find_bodies(page.root)
    if any("。" in body.text() and not FOOT.search(body.text()) for body in bodies):
        return bodies, []
    scripted = find_scripted(page)
    if scripted is None:
        return bodies, []
    markup, stated = scripted
    for label, value in stated.items():
        fields.setdefault(label, value)
    inner = parse_page(f"<div>{markup}</div>").root
    note = Note(doubt="inferred", span=Span(start=0, end=0), message="the text stood in a script or a hidden field")
    return find_bodies(inner), [note]


def _is_furniture(line: str, files: set[str]) -> bool:
    """Whether a line is a control of the page, its pager, or nothing but the name of a linked file."""
    return bool(FURNITURE_LINE.fullmatch(line) or PAGER.fullmatch(line)) or (
        line in files and bool(ATTACHMENT.search(line))
    )


def _headlines(root: Element) -> list[str]:
    """The texts of h1, of title blocks and of what repeats the page's title, in the order of trust.

    A headline is never a link to another page.
    """
    page_title = next((element.text() for element in root.walk() if element.tag == "title"), "")
    found: list[tuple[int, str]] = []
    for element in root.walk():
        if not element.size or element.linked or element.tag in NO_HEADLINES:
            continue
        named = not TITLE_CLASSES.isdisjoint(element.attributes.get("class", "").lower().split())
        named = named or element.attributes.get("id", "").lower() in TITLE_CLASSES
        rank = 0 if element.tag == "h1" else 1 if named else 2
        if rank == 2 and not _repeats(element, page_title):
            continue
        lines = render(element)
        if 0 < len(lines) <= 3:
            found.append((rank, "".join(line.cells[0] for line in lines)))
    found = [(rank, text) for rank, text in found if len(text) >= LEAST_HEADLINE]
    return [text for _, text in sorted(found, key=lambda item: ("".join(item[1].split()) not in page_title, item[0]))]


def _repeats(element: Element, page_title: str) -> bool:
    """Whether an element is the title that the page bears in its head, but for the name of the site behind it."""
    if not LEAST_TITLE <= element.size <= min(len(page_title), LONGEST_TITLE) or SITE.search(page_title):
        return False
    text = element.text()
    return (
        page_title.startswith(text)
        and not SITE.search(text)
        and page_title[len(text) :][:1] in ("", "_", "-", "|", "—", "–")
    )


def _headed(lines: list[Line], headlines: list[str]) -> list[Line]:
    """The lines with the headline before them, unless it is among the first of them already."""
    if not headlines:
        return lines
    head, start = "".join(headlines[0].split()), "".join(_folded(line) for line in lines)[:HEAD_CHARACTERS]
    return lines if head in start else [Line(cells=(headlines[0],), kind="heading"), *lines]


def _folded(line: Line) -> str:
    return "".join("".join(line.cells).split())
