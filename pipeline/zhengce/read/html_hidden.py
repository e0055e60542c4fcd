"""What a page hides: readings of a trap, a telephone's copy of the text; and what it only folds up."""

from __future__ import annotations

import re
from functools import lru_cache

from zhengce.read.page import Element

__all__ = ["is_hidden", "is_second_copy"]

NOT_SHOWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
UNSEEN = re.compile(
    r"opacity\s*:\s*0(?:\.0+)?\s*(?:;|$)|text-indent\s*:\s*-\d{3,}|(?<![\w-])(?:left|top|right)\s*:\s*-\d{3,}|(?<![\w-])color\s*:\s*transparent",
    re.IGNORECASE,
)
NO_SIZE = re.compile(r"font-size\s*:\s*0(?:px|pt|em|rem|%)?\s*(?:;|!|$)", re.IGNORECASE)
SIZED = re.compile(r"font-size\s*:", re.IGNORECASE)
# what unfolds on a click: the answers of an accordion, panels behind tabs
FOLDED = re.compile(
    r"answer|accordion|collaps|panel|fold|toggle|slide|tab|spoiler|expand|^dd$|detail|reply|hide-?content",
    re.IGNORECASE,
)
QUESTION = re.compile(r"[？?]$|^(?:问|Q\s*\d*)[:：.、]")
# classes of what only a telephone shows
TELEPHONE = re.compile(
    r"\b(?:pc-?hide|hidden-pc|hidden-(?:md|lg)|visible-(?:xs|sm)|m-?show|mobile(?:-\w+)?|phone|wap|h5)\b", re.IGNORECASE
)
SENTENCE = re.compile(r"[^。！？；\n]{8,}")
MOST, LONGEST_TRAP = 0.8, 80
KEPT = 1024  # styles


def is_hidden(element: Element) -> bool:
    """Whether a page keeps an element out of sight for good; what unfolds on a click is not hidden.

    By the style on the element: display, visibility, opacity, no size of type, a place off the page. A fold is known by
    its class, or by the question before it.
    """
    way = _way(element.attributes.get("style", ""))
    if way is UNSEEN:
        return element.size <= LONGEST_TRAP  # whole sections may be about to fade in
    if way is NO_SIZE:
        inner = (other for other in element.walk() if other is not element)
        return not any(SIZED.search(other.attributes.get("style", "")) for other in inner)
    if way is NOT_SHOWN or "hidden" in element.attributes:
        return not _unfolds(element)
    return False


@lru_cache(maxsize=KEPT)
def _way(style: str) -> re.Pattern[str] | None:
    """How a style hides: the first of the patterns that is found in it; a page repeats few styles many times."""
    return next((pattern for pattern in (UNSEEN, NO_SIZE, NOT_SHOWN) if pattern.search(style)), None)


def _unfolds(element: Element) -> bool:
    text = element.text()
    if "。" not in text or element.parent is None:
        return False
    names = f"{element.attributes.get('class', '')} {element.attributes.get('id', '')} {element.tag}"
    siblings = [child for child in element.parent.children if isinstance(child, Element)]
    at = siblings.index(element)
    asked = at > 0 and bool(QUESTION.search(siblings[at - 1].text()))
    return asked or any(FOLDED.search(name) for name in names.split())


def is_second_copy(element: Element, root: Element) -> bool:
    """Whether an element is the telephone's copy of a text: by its class, and its sentences stand elsewhere too."""
    if not TELEPHONE.search(element.attributes.get("class", "")) or element.parent is None:
        return False
    own, whole = element.text(), root.text()
    sentences = SENTENCE.findall(own)
    twice = sum(len(sentence) for sentence in sentences if whole.count(sentence) > own.count(sentence))
    return bool(sentences) and twice >= MOST * sum(map(len, sentences))
