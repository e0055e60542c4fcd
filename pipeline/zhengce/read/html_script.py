"""The text of a page that a script writes when a browser shows it, and what its variables state."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import escape, unescape
from urllib.parse import unquote

from zhengce.read.html_tree import Page

__all__ = ["find_scripted"]

QUOTE = re.compile("[\"'`]")
INSIDE = {'"': re.compile(r'(?:[^"\\\n]|\\.)*+', re.DOTALL), "'": re.compile(r"(?:[^'\\\n]|\\.)*+", re.DOTALL)}
INSIDE["`"] = re.compile(r"(?:[^`\\]|\\.)*+", re.DOTALL)
JOINED = re.compile(r"\s*\+\s*")
WRITES = re.compile(r"document\.write(?:ln)?\s*\(\s*(?:\w+\()?$")
ADDS = re.compile(r"(?P<name>[\w.$]+)\s*\+=\s*$")
LOOKED_BACK = 60
ESCAPE = re.compile(r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
PERCENT = re.compile(r"%u([0-9a-fA-F]{4})")
PLAIN = {"n": "\n", "r": "\r", "t": "\t", "b": "", "f": "", "v": "", "0": "", "\n": ""}
ASSIGNED = re.compile(r"(?:(?<![=!<>])=|\()\s*(?=[{\[])")  # or handed to a function
TAG = re.compile(r"<[^>]*>")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
# what scripts say to those who look at the page
OF_THE_SITE = re.compile(r"浏览器|[Cc]ookie|版权声明|免责声明|登录|验证码|网络异常|请稍后|上传|请输入|请选择")
TITLES = ("title", "articletitle", "arttitle", "name", "subject", "headline", "newstitle", "infotitle", "maintitle")
DAYS = ("publishtime", "pubdate", "pubtime", "publishdate", "releasetime", "releasedate", "datepublished", "docreltime")
SOURCES = ("source", "sourcename", "articlesource", "docsourcename")
LEAST = 40
MOST_OBJECTS = 200


def find_scripted(page: Page) -> tuple[str, dict[str, str]] | None:
    """The markup of the longest prose in scripts, hidden inputs and text areas, with fields that stand beside it.

    Looked into are JSON (also where a script assigns it), string literals joined by `+`, in a row of document.write or
    `+=`, escaped in any way that scripts know (\\u4e00, %u4e00, %E4%B8%80). None where none holds forty Chinese
    characters and a full stop.
    """
    found: list[tuple[str, dict[str, str]]] = [(unescape(text) if "&lt;" in text else text, {}) for text in page.kept]
    for kind, script in page.scripts:
        if not CHINESE.search(script) and not re.search(r"\\u[4-9]|%u[4-9]|%[eE][4-9]", script):
            continue
        objects = [_parsed(script)] if "json" in kind else _assigned(script)
        found += [item for parsed in objects for item in _strings(parsed)]
        if "json" not in kind:
            found += [(text, {}) for text in _literals(script)]
    best = max(found, key=lambda item: _prose(item[0]), default=("", {}))
    if _prose(best[0]) < LEAST:
        return None
    text, fields = best
    return (
        text if _untagged(text) != text else "<br>".join(escape(line, quote=False) for line in text.split("\n"))
    ), fields


def _prose(markup: str) -> int:
    """How many Chinese characters a string shows; none where it is no prose of a document."""
    shown = _untagged(markup)
    return len(CHINESE.findall(shown)) if "。" in shown and not OF_THE_SITE.search(shown[:LEAST]) else 0


def _untagged(markup: str) -> str:
    """The text without tags; what opens behind the last > closes nowhere, and is not tried from each sign."""
    closed = markup.rfind(">") + 1
    return TAG.sub("", markup[:closed]) + markup[closed:]


def _parsed(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _assigned(script: str) -> Iterator[object]:
    decoder = json.JSONDecoder()
    for number, match in enumerate(ASSIGNED.finditer(script)):
        if number >= MOST_OBJECTS:
            return
        try:
            yield decoder.raw_decode(script, match.end())[0]
        except (ValueError, RecursionError):
            continue


def _strings(parsed: object) -> Iterator[tuple[str, dict[str, str]]]:
    """Every string of an object that may be a text, with what stands beside it."""
    stack: list[object] = [parsed]
    while stack:
        item = stack.pop()
        if isinstance(item, list):
            stack.extend(item)
        elif isinstance(item, dict):
            stack.extend(item.values())
            fields = _beside(item)
            for value in item.values():
                if isinstance(value, str) and len(value) >= LEAST:
                    yield (unescape(value) if "&lt;" in value else value), fields


def _beside(item: dict[str, object]) -> dict[str, str]:
    """Title, day and source among the keys of an object, by the labels of the fields."""
    plain = {key.lower().replace("_", ""): value for key, value in item.items() if isinstance(value, str) and value}
    fields = {}
    for label, keys in (("ArticleTitle", TITLES), ("PubDate", DAYS), ("来源", SOURCES)):
        value = next((plain[key] for key in keys if key in plain and len(plain[key]) <= 200), None)
        if value:
            fields[label] = _untagged(value)
    return fields


def _literals(script: str) -> Iterator[str]:
    """Chains of literals one by one, those that document.write writes in a row, those added to one variable."""
    written: list[str] = []
    added: dict[str, list[str]] = {}
    for start, parts in _chains(script):
        text = "".join(map(_decoded, parts))
        yield text
        before = script[max(0, start - LOOKED_BACK) : start]
        if WRITES.search(before):
            written.append(text)
        elif name := ADDS.search(before):
            added.setdefault(name["name"], []).append(text)
    yield from ("".join(texts) for texts in (written, *added.values()) if len(texts) > 1)


def _chains(script: str) -> Iterator[tuple[int, list[str]]]:
    """The literals of a script, those that `+` joins together, each with its place; one look at every character."""
    start, end, parts = 0, 0, list[str]()
    at, open_ended = 0, False
    while quote := QUOTE.search(script, at):
        inside = INSIDE[quote[0]].match(script, quote.end()) if not (open_ended and quote[0] == "`") else None
        if inside is None or script[inside.end() : inside.end() + 1] != quote[0]:  # never closed, or an apostrophe
            open_ended = open_ended or quote[0] == "`"
            at = quote.end() if quote[0] == "`" or inside is None else max(inside.end(), quote.end())
            continue
        if not (parts and JOINED.fullmatch(script, end, quote.start())):
            if parts:
                yield start, parts
            start, parts = quote.start(), []
        parts.append(inside[0])
        at = end = inside.end() + 1
    if parts:
        yield start, parts


def _decoded(literal: str) -> str:
    def sign(match: re.Match[str]) -> str:
        code = match[1] or match[2] or match[3]
        return chr(min(int(code, 16), 0x10FFFF)) if code else PLAIN.get(match[4], match[4])

    text = ESCAPE.sub(sign, literal)
    if re.search(r"[\ud800-\udfff]", text):  # halves of a pair, escaped one by one
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if PERCENT.search(text):
        return unquote(PERCENT.sub(lambda match: chr(int(match[1], 16)), text))
    return unquote(text) if re.search(r"%[eE][4-9]%", text) else text
