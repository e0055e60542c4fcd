"""Traditional script → simplified, passage by passage; text that is simplified already is left byte for byte."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from zhengce.clean.damage import damage
from zhengce.lexicon import alternation, column
from zhengce.text import Edit, Span

__all__ = ["is_traditional", "only_simplified", "simplify", "to_simplified", "to_traditional"]

PASSAGE = re.compile(r"[^\n]+")
HAN = re.compile(r"[\u3400-\u9fff]")


@cache
def _opencc(config: str) -> Any:
    import opencc

    return opencc.OpenCC(config)


@cache
def _marks(char: str) -> int:
    """1 where only the traditional script writes the character, -1 where only the simplified one does, else 0."""
    to_simple, to_traditional = _opencc("t2s").convert(char), _opencc("s2t").convert(char)
    if to_simple != char:
        try:
            char.encode("gb2312")
        except UnicodeEncodeError:
            return 1
        return 0
    return -1 if to_traditional != char else 0


def to_simplified(text: str) -> str:
    """The simplified form of a text as OpenCC's t2s gives it, without own rules.

    >>> to_simplified("勞務")
    '劳务'
    """
    return str(_opencc("t2s").convert(text))


def to_traditional(text: str) -> str:
    """The traditional form of a text as OpenCC's s2t gives it.

    >>> to_traditional("劳务")
    '勞務'
    """
    return str(_opencc("s2t").convert(text))


def only_simplified(char: str) -> bool:
    """Whether only the simplified script writes a character.

    >>> only_simplified("节"), only_simplified("節"), only_simplified("業")
    (True, False, False)
    """
    return _marks(char) < 0


def is_traditional(text: str) -> bool:
    """Whether a text is mainly in traditional script.

    >>> is_traditional("加強勞務品牌建設"), is_traditional("加强劳务品牌建设")
    (True, False)
    """
    marks = [_marks(char) for char in HAN.findall(text[:20000])]
    return marks.count(1) > marks.count(-1)


def simplify(text: str) -> Iterator[Edit]:
    """Proposes the simplified form of each traditional passage (line), as edits of single characters where it can.

    A line is traditional where it has more characters that only the traditional script writes than characters that
    only the simplified one does; stretches that are flagged as damaged stay as they are.
    OpenCC's `t2s` converts script and no words (never `tw2sp`); 著 that stands for 着 and
    names that t2s would spoil (乾县) are own rules in `lexicons/script.tsv`.

    >>> from zhengce.text import apply
    >>> apply("著力打造「技工」品牌，成效顯著。", simplify("著力打造「技工」品牌，成效顯著。"))[0]
    '着力打造「技工」品牌，成效显著。'
    """
    whole = is_traditional(text)
    flagged = [note.span for note in damage(text)]
    for passage in PASSAGE.finditer(text):
        marks = [_marks(char) for char in HAN.findall(passage[0])]
        if marks.count(1) > marks.count(-1) or (whole and marks and not marks.count(-1)):
            for edit in _edits(passage[0], passage.start()):
                if not any(edit.span.overlaps(span) for span in flagged):
                    yield edit


def _edits(passage: str, offset: int) -> Iterator[Edit]:
    simple = _opencc("t2s").convert(passage)
    if len(simple) == len(passage):
        kept = {at for match in _kept().finditer(passage) for at in range(*match.span())}
        for at, (old, new) in enumerate(zip(passage, simple, strict=True)):
            if at in kept:
                new = _opencc("t2s").convert(old) if old not in "著乾於" else old
            elif old == new == "著":
                new = "着"
            if old != new:
                yield _edit(offset + at, offset + at + 1, new)
        return
    from difflib import SequenceMatcher

    for what, i1, i2, j1, j2 in SequenceMatcher(None, passage, simple, autojunk=False).get_opcodes():
        if what != "equal":
            yield _edit(offset + i1, offset + i2, simple[j1:j2])


def _edit(start: int, end: int, replacement: str) -> Edit:
    return Edit(span=Span(start=start, end=end), replacement=replacement, rule="script.t2s", certainty="determined")


@cache
def _kept() -> re.Pattern[str]:
    return re.compile(alternation(column("script", "word")))
