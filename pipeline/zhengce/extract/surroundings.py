"""Where a stretch stands, as features for a judge: kind of text, section, headings, words and characters around."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import filterfalse

from zhengce.document import Document
from zhengce.extract.section import section_at
from zhengce.extract.tense import anchor_year, in_goal_passage
from zhengce.text import Span
from zhengce.words import words

__all__ = ["surroundings", "tail_and_head"]

DIGITS = re.compile(r"\d+(?:\.\d+)?")
FAR = 8  # words on each side; only the nearest four characters count by their place


def surroundings(document: Document, at: int) -> tuple[str, ...]:
    """Features of the place of a character: kind of its text, section, goal passage, words of the headings over it."""
    part, provision = document.part_at(at), document.provision_at(at)
    section = section_at(document, at, anchor_year(document))
    return _told(
        part.kind if part else document.header.kind,
        section.tense if section else None,
        in_goal_passage(document, at),
        (part.title if part else None) or document.header.title,
        (provision.level, at < provision.span.end, provision.heading) if provision else None,
    )


@lru_cache(maxsize=64)  # the statements of a section stand under the same headings
def _told(
    kind: str, tense: str | None, goals: bool, title: str | None, over: tuple[int | None, bool, str | None] | None
) -> tuple[str, ...]:
    """The features of a place in a text of a kind and title; `over`: level and heading, and whether it stands in it."""
    features = [f"kind={kind}", f"section={tense}", f"kind+section={kind}/{tense}", *(("goals",) if goals else ())]
    features += _of_heading("title", title)
    if over:
        level, inside, heading = over
        features += (f"level={level}", f"in_heading={inside}", *_of_heading("heading", heading))
    return tuple(features)


def _of_heading(name: str, words_over: str | None) -> list[str]:
    return [f"{name}:{word}" for word in _content(_plain((words_over or "")[-30:]))]


def tail_and_head(document: Document, span: Span, around: Span) -> list[str]:
    """Features of the words before and after a stretch within `around`: characters by place, words by side."""
    before, after = _plain(document.text[around.start : span.start]), _plain(document.text[span.end : around.end])
    return [
        f"<1:{before[-1:]}", f">1:{after[:1]}", f"<2:{before[-2:]}", f">2:{after[:2]}",
        f"<3:{before[-3:]}", f">3:{after[:3]}", f"<4:{before[-4:]}", f">4:{after[:4]}",
        *[f"before:{word}" for word in _content(before)[-FAR:]],
        *[f"after:{word}" for word in _content(after)[:FAR]],
    ]  # fmt: skip


def _plain(text: str) -> str:
    """The text with every number as one sign, so that figures are not learned by heart."""
    return DIGITS.sub("0", text)


@lru_cache(maxsize=4096)
def _content(text: str) -> tuple[str, ...]:
    return tuple(filterfalse(str.isspace, words(text)))
