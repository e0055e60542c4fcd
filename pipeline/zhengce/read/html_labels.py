"""The labels of numbered lists, which no file holds and every browser shows."""

from __future__ import annotations

import re

from zhengce.read.page import Element

__all__ = ["item_labels"]

OWN = re.compile(
    r"\s*(?:[（(]?[\d一二三四五六七八九十]{1,3}[)）.、．]|第.{1,4}[条章节]|[①-⑳]|[一二三四五六七八九十]是)"
)
STYLE = re.compile(r"list-style(?:-type)?\s*:\s*(?P<type>[\w-]+)", re.IGNORECASE)
TYPES = {"a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman", "1": "decimal"}
CHINESE = frozenset({
    "cjk-ideographic", "simp-chinese-informal", "simp-chinese-formal", "trad-chinese-informal", "cjk-decimal",
})  # fmt: skip
UNNUMBERED = frozenset({"none", "disc", "circle", "square"})
ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
DIGITS = "〇一二三四五六七八九"


def item_labels(listing: Element) -> dict[Element, str]:
    """The labels of a list's items with what parts them from the text; none in lists that are not numbered.

    Counted as HTML has it: `start` and `reversed` of the list, `value` of an item; printed in the style of `type` or
    list-style-type. An item that prints a label of its own gets no second one.
    """
    if listing.tag != "ol":
        return {}
    items = [child for child in listing.children if isinstance(child, Element) and child.tag == "li"]
    step = -1 if "reversed" in listing.attributes else 1
    number = _whole(listing.attributes.get("start", ""), len(items) if step < 0 else 1) - step
    labels = {}
    for item in items:
        number = _whole(item.attributes.get("value", ""), number + step)
        kind = _kind(item, listing)
        if kind not in UNNUMBERED and not OWN.match(_beginning(item)):
            labels[item] = _printed(number, kind)
    return labels


def _kind(item: Element, listing: Element) -> str:
    style = STYLE.search(item.attributes.get("style", "")) or STYLE.search(listing.attributes.get("style", ""))
    return (
        style["type"].lower()
        if style
        else TYPES.get(item.attributes.get("type") or listing.attributes.get("type", ""), "")
    )


def _beginning(item: Element) -> str:
    """The first words of an item."""
    stack: list[Element | str] = [item]
    while stack:
        inner = stack.pop()
        if isinstance(inner, Element):
            stack.extend(reversed(inner.children))
        elif inner.strip():
            return inner
    return ""


def _printed(number: int, kind: str) -> str:
    if kind in CHINESE and 0 < number < 100:
        return f"{_in_chinese(number)}、"
    if kind.endswith(("alpha", "latin")) and 0 < number <= 26:
        shown = chr(ord("a") + number - 1)
    elif kind.endswith("roman") and 0 < number < 400:
        shown = _in_roman(number)
    else:
        shown = str(number)
    return f"{shown.upper() if kind.startswith('upper') else shown}. "


def _whole(text: str, otherwise: int) -> int:
    return int(text) if re.fullmatch(r"-?\d{1,6}", text.strip()) else otherwise


def _in_chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else DIGITS[tens]) + ("十" if tens else "") + (DIGITS[ones] if ones else "")


def _in_roman(number: int) -> str:
    shown = ""
    for value, sign in ROMAN:
        count, number = divmod(number, value)
        shown += sign * count
    return shown
