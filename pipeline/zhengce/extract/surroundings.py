"""Where a stretch stands, as features for a judge: kind of text, section, headings, words and characters around."""

from __future__ import annotations

import re
from functools import lru_cache

from zhengce.document import Document
from zhengce.extract.section import section_at
from zhengce.extract.tense import anchor_year, in_goal_passage
from zhengce.text import Span
from zhengce.words import words

__all__ = ["surroundings", "tail_and_head"]

DIGITS = re.compile(r"\d+(?:\.\d+)?")
NEAR = 4  # characters whose place counts; farther ones count by their words
FAR = 8  # words on each side


def surroundings(document: Document, at: int) -> list[str]:
    """Features of the place of a character: kind of its text, section, goal passage, words of the headings over it."""
    part = document.part_at(at)
    kind = part.kind if part else document.header.kind
    section = section_at(document, at, anchor_year(document))
    tense = section.tense if section else None
    features = [f"kind={kind}", f"section={tense}", f"kind+section={kind}/{tense}"]
    if in_goal_passage(document, at):
        features.append("goals")
    features += _of_heading("title", (part.title if part else None) or document.header.title)
    provision = document.provision_at(at)
    if provision:
        features += (f"level={provision.level}", f"in_heading={at < provision.span.end}")
        features += _of_heading("heading", provision.heading)
    return features


def tail_and_head(document: Document, span: Span, around: Span) -> list[str]:
    """Features of the words before and after a stretch within `around`: characters by place, words by side."""
    before, after = _plain(document.text[around.start : span.start]), _plain(document.text[span.end : around.end])
    features: list[str] = []
    for size in range(1, NEAR + 1):
        features += (f"<{size}:{before[-size:]}", f">{size}:{after[:size]}")
    features += [f"before:{word}" for word in _content(before)[-FAR:]]
    features += [f"after:{word}" for word in _content(after)[:FAR]]
    return features


@lru_cache(maxsize=64)  # the statements of a section stand under the same headings
def _of_heading(name: str, words_over: str | None) -> tuple[str, ...]:
    return tuple(f"{name}:{word}" for word in _content(_plain((words_over or "")[-30:])))


def _plain(text: str) -> str:
    """The text with every number as one sign, so that figures are not learned by heart."""
    return DIGITS.sub("0", text)


@lru_cache(maxsize=4096)
def _content(text: str) -> tuple[str, ...]:
    return tuple(word for word in words(text) if not word.isspace())
