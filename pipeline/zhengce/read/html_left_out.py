"""What a page holds only a part of: articles in several pages, embedded files, pictures beside few words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from zhengce.document import Note
from zhengce.read.html_survey import Survey
from zhengce.read.html_tree import Page
from zhengce.read.page import Element
from zhengce.text import Span

__all__ = ["left_out"]

# the pagers of the content systems that write them by script
PAGED = (
    re.compile(r"createPage(?:HTML|Html)?\s*\(\s*['\"]?(?P<all>\d{1,3})['\"]?\s*,\s*['\"]?(?P<at>\d{1,3})"),
    re.compile(r"\b(?:countPage|pageCount|totalPages?)\s*=\s*['\"]?(?P<all>\d{1,3})"),
)
FILE = re.compile(r"\.(?:pdf|docx?|wps|ofd|xlsx?)(?:$|[?#&])", re.IGNORECASE)
SHORT = 100


def left_out(page: Page, bodies: Sequence[Element], seen: Survey, size: int) -> Iterator[Note]:
    """Notes on further pages of the article and on what a viewer or pictures in it hold."""
    whole = Span(start=0, end=0)
    pages = next((found for _, script in page.scripts for pattern in PAGED if (found := pattern.search(script))), None)
    if pages and int(pages["all"]) > 1:
        at = f"{int(pages.groupdict()['at']) + 1} of " if "at" in pages.groupdict() else "one of "
        message = f"the file is page {at}{pages['all']} of the article: fetch the others too"
        yield Note(doubt="truncated", span=whole, message=message)
    elif seen.following:
        message = f"the article has another page ({seen.following}): fetch that too"
        yield Note(doubt="truncated", span=whole, message=message)
    if files := [address for address in seen.frames if FILE.search(address)]:
        message = f"part of the text stands in an embedded file: fetch it too ({', '.join(files[:3])})"
        yield Note(doubt="unreadable_part", span=whole, message=message)
    images = sum(inner.tag == "img" for body in bodies for inner in body.walk())
    if images and size < SHORT:
        message = f"{images} picture(s) stand in a short text: they may hold the rest of it"
        yield Note(doubt="unreadable_part", span=whole, message=message)
