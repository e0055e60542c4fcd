"""What a page shows as a whole, before its furniture is taken out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from zhengce.read.html_tree import Page
from zhengce.read.page import Element

__all__ = ["Survey", "survey"]

NEXT = re.compile(
    r"[\[【]?(?:[<＜«]*\s*[上下]一?[页頁](?:\s*[>＞»]+)?|余下全文|阅读全文|点击(?:查看|阅读)全文|查看全文)[\]】]?"
)
EMBEDDED = {"iframe": "src", "embed": "src", "object": "data"}
REFRESH = re.compile(r"url\s*=\s*['\"]?([^'\"\s]+)", re.IGNORECASE)
LOCATION = re.compile(r"\blocation(?:\.href)?\s*(?:=|\.replace\()\s*[\"']([^\"']+)[\"']")
FEW_WORDS = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """Counts of a page, its title and first words, addresses of its frames and viewers, of the page after
    it, and of the one that it sends the browser on to.

    `size` and `linked` are characters without white space; `main_frames` are those of a frameset.
    """

    size: int
    linked: int
    links: int
    pictures: int
    title: str
    words: str
    main_frames: tuple[str, ...]
    frames: tuple[str, ...]
    following: str
    target: str


def survey(page: Page) -> Survey:
    """The survey of a page whose elements are weighed; to be made before anything is taken out of it."""
    elements = page.root.walk()
    return Survey(
        size=page.root.size,
        linked=page.root.linked,
        links=sum(element.tag == "a" for element in elements),
        pictures=sum(element.tag == "img" for element in elements),
        title=next((element.text() for element in elements if element.tag == "title"), ""),
        words=page.root.text()[:FEW_WORDS],
        main_frames=tuple(element.attributes.get("src", "") for element in elements if element.tag == "frame"),
        frames=tuple(address for element in elements if element.tag in EMBEDDED and (address := _address(element))),
        following=next(
            (element.attributes["href"] for element in elements if element.tag == "a" and _is_next(element)), ""
        ),
        target=_target(page, elements),
    )


def _target(page: Page, elements: list[Element]) -> str:
    """Where the page sends the browser at once."""
    contents = [
        element.attributes.get("content", "") for element in elements if element.tag == "meta" and _refreshes(element)
    ]
    for content in contents:
        if found := REFRESH.search(content):
            return found[1]
    return next((found[1] for _, script in page.scripts if (found := LOCATION.search(script))), "")


def _address(element: Element) -> str:
    """What a frame or an embedded viewer shows."""
    address = element.attributes.get(EMBEDDED[element.tag], "").strip()
    return "" if address.startswith(("about:", "javascript:")) else address


def _is_next(link: Element) -> bool:
    address = link.attributes.get("href", "").strip()
    turning = bool(address) and not address.startswith(("#", "javascript:"))
    return turning and bool(NEXT.fullmatch(link.text()))


def _refreshes(meta: Element) -> bool:
    return meta.attributes.get("http-equiv", "").lower() == "refresh"
