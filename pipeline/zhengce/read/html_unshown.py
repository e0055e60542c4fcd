"""What a page states where no browser shows it: variables of scripts, comments; and the files that it links to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from zhengce.read.html_tree import Page

__all__ = ["ATTACHMENT", "take_unshown"]

ATTACHMENT = re.compile(r"\.(?:docx?|wps|pdf|xlsx?|et|zip|rar|ofd)(?:$|[?#])", re.IGNORECASE)
SAVED = re.compile(r"saved from url=\(\d+\)(\S+)")
# e-papers state an article's properties in a comment: <title>…</title><date>2024-03-05 00:00:00.0</date>
PROPERTY = re.compile(r"<(?P<name>title|date|author|sourcename)>(?P<value>[^<]{1,200})</(?P=name)>", re.IGNORECASE)
PROPERTIES = {"title": "ArticleTitle", "date": "PubDate", "author": "作者", "sourcename": "来源"}
QUOTED = r"(?:htmlDecode\()?[\"'](?P<value>[^\"'\n]{1,200})[\"']"
# the articles of WeChat's public accounts
VARIABLES = (
    ("ArticleTitle", re.compile(rf"\bmsg_title\s*=\s*{QUOTED}")),
    ("来源", re.compile(rf"\bnickname\s*=\s*{QUOTED}")),
    ("PubDate", re.compile(r"\bct\s*=\s*[\"'](?P<value>\d{9,10})[\"']")),
)
CHINA = timedelta(hours=8)


def take_unshown(page: Page) -> dict[str, str]:
    """Fields from the variables of scripts and from comments, and 附件: the names of linked files, parted by "; ".

    Times that are counted in seconds (as WeChat does) come as local time of China.
    """
    fields: dict[str, str] = {}
    for label, value in (*_of_comments(page), *_of_scripts(page)):
        if value.strip():
            fields.setdefault(label, value.strip())
    names: list[str] = []
    for element in page.root.walk():
        address = element.attributes.get("href", "")
        if element.tag == "a" and (ATTACHMENT.search(address) or (address and ATTACHMENT.search(element.text()))):
            names.append(element.text() or address.rsplit("/", 1)[-1])
    if names:
        fields["附件"] = "; ".join(dict.fromkeys(names))
    return fields


def _of_comments(page: Page) -> Iterator[tuple[str, str]]:
    for comment in page.comments:
        if saved := SAVED.search(comment):
            yield "saved from url", saved[1]
        if "property" in comment[:20]:
            for match in PROPERTY.finditer(comment):
                yield PROPERTIES[match["name"].lower()], match["value"]


def _of_scripts(page: Page) -> Iterator[tuple[str, str]]:
    for _, script in page.scripts:
        for label, pattern in VARIABLES:
            if match := pattern.search(script):
                value = match["value"]
                yield label, str(datetime.fromtimestamp(int(value), UTC) + CHINA)[:16] if label == "PubDate" else value
