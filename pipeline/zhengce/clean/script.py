"""Traditional script → simplified, passage by passage; text that is simplified already is left byte for byte."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from zhengce.clean.damage import damage
from zhengce.clean.rare import rare
from zhengce.lexicon import alternation, table
from zhengce.text import Edit, Span

__all__ = ["is_traditional", "only_simplified", "simplify", "to_simplified", "to_traditional"]

# A passage is judged by its own characters; where they are too few, by those of the passage round it.
LEVELS = (
    re.compile(r"[^\n]+"),
    re.compile(r"[^\n。！？!?“”‘’「」『』《》〈〉（）()【】〔〕]+"),
    re.compile(r"[^\n。！？!?“”‘’「」『』《》〈〉（）()【】〔〕，、；：,;:…—\s]+"),
)
HAN = re.compile(r"[\u3400-\u9fff]")
KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30fa]")
# In GB 2312, yet no simplified text of today writes them.
STALE = frozenset("後菸夥")
# Variants that t2s converts and 通用规范汉字表 (2013) lets names keep: no evidence of traditional script.
NAMES = frozenset("昇邨甦陞祕逕氾剋濬澂祇苧脩砦絜")
SHARED = frozenset("淀")
ENOUGH = 2
LAST = "\uffff"
SAMPLE = 20_000


@dataclass(frozen=True, slots=True)
class _Traditional:
    """The characters that only the traditional script writes, and the simplified ones for them."""

    chars: re.Pattern[str]
    plain: dict[int, str]


@dataclass(frozen=True, slots=True)
class _Simplified:
    """The characters that only the simplified script writes; `chars` those of them that tell the scripts apart."""

    chars: re.Pattern[str]
    every: frozenset[str]


@cache
def _opencc(config: str) -> Any:
    import opencc

    return opencc.OpenCC(config)


@cache
def _every() -> str:
    """All characters of both scripts, a line each."""
    return "\n".join(
        chr(code) for first, last in ((0x3400, 0x9FFF), (0x20000, 0x323AF)) for code in range(first, last + 1)
    )


@cache
def _changed() -> dict[str, str]:
    """The characters that simplifying changes."""
    pairs = zip(_every().split("\n"), to_simplified(_every()).split("\n"), strict=True)
    return {char: new for char, new in pairs if char != new}


@cache
def _traditional() -> _Traditional:
    changed = _changed()
    chars = {char for char in changed if (char in STALE or not _encodes(char, "gb2312")) and char not in NAMES}
    chars |= {row["word"] for row in table("script") if _variant(row["word"])} - NAMES
    return _Traditional(_class(chars), {ord(char): changed[char] for char in chars if char in changed})


@cache
def _simplified() -> _Simplified:
    """Apart from the traditional ones: where a text has none of those, nobody asks."""
    every, changed = _every(), _changed()
    pairs = zip(every.split("\n"), to_traditional(every).split("\n"), strict=True)
    only = frozenset(char for char, new in pairs if char not in changed and char != new)
    # Big5's first plane holds what traditional prose writes every day: 里 后 台 云 准 tell nothing; nor does 温, which
    # Hong Kong writes for 溫.
    hong_kong = {new for old, new in zip(every, str(_opencc("t2hk").convert(every)), strict=True) if old != new}
    everyday = hong_kong | SHARED | {char for char in only if _encodes(char, "big5") and char.encode("big5") < b"\xc7"}
    return _Simplified(_class(only - everyday), only)


def _variant(word: str) -> bool:
    return len(word) == 1 and not _encodes(word, "gb2312")


def _encodes(char: str, encoding: str) -> bool:
    try:
        char.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _class(chars: Iterable[str]) -> re.Pattern[str]:
    """A pattern for any of the characters; those beyond the basic plane would make it fifty times slower."""
    return re.compile(f"[{''.join(sorted(char for char in chars if char <= LAST))}]")


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
    return char in _simplified().every


def is_traditional(text: str) -> bool:
    """Whether a text is mainly in traditional script.

    >>> is_traditional("加強勞務品牌建設"), is_traditional("加强劳务品牌建设")
    (True, False)
    """
    traditional, simplified = _counts(text[:SAMPLE]) if _may_hold(text) else (0, 0)
    return traditional > simplified


def simplify(text: str) -> Iterator[Edit]:
    """Proposes the simplified form of each traditional passage, as edits of single characters.

    A clause is traditional where it has more characters that only the traditional script writes than characters that
    only the simplified one does; where it has too few to tell, the sentence or quotation, the line, and the text
    decide. Stretches that are flagged as damaged and Japanese stay as they are. OpenCC's `t2s` converts script and no
    words (never `tw2sp`); what it would spoil, such as 著 for 着, is in `lexicons/script.tsv`.

    >>> from zhengce.text import apply
    >>> apply("著力打造「技工」品牌，成效顯著。", simplify("著力打造「技工」品牌，成效顯著。"))[0]
    '着力打造「技工」品牌，成效显著。'
    """
    if not _may_hold(text) or not _traditional().chars.search(text):
        return
    text = _masked(text)
    traditional, simplified = _counts(text)
    for line in LEVELS[0].finditer(text):
        if traditional <= simplified and not _traditional().chars.search(line[0]):
            continue
        passages = list(_passages(text, line.span(), traditional > simplified))
        if passages:
            simple = _simple(line[0])
            for at in (at for start, end in passages for at in range(start, end)):
                new = simple[at - line.start()]
                if new != text[at]:
                    yield _edit(at, new)


def _may_hold(text: str) -> bool:
    """Whether a text may have characters of the traditional script: it asks nothing of OpenCC, whose table is large."""
    return any(char in STALE or not _encodes(char, "gb2312") for char in HAN.findall(rare(text)))


def _counts(text: str) -> tuple[int, int]:
    """How many characters only the traditional and only the simplified script writes; the latter only if need be."""
    traditional = len(_traditional().chars.findall(text))
    return traditional, len(_simplified().chars.findall(text)) if traditional else 0


def _masked(text: str) -> str:
    """The text with blanks for what must stay: damaged stretches and clauses in Japanese."""
    spans = [(note.span.start, note.span.end) for note in damage(text)]
    if KANA.search(text):
        spans += [clause.span() for clause in LEVELS[-1].finditer(text) if len(KANA.findall(clause[0])) >= ENOUGH]
    if not spans:
        return text
    chars = list(text)
    for start, end in spans:
        chars[start:end] = [char if char == "\n" else " " for char in chars[start:end]]
    return "".join(chars)


def _passages(text: str, span: tuple[int, int], context: bool, level: int = 0) -> Iterator[tuple[int, int]]:
    """The clauses of a passage to convert; `context` is what the passage round it is."""
    for passage in LEVELS[level].finditer(text, *span):
        traditional, simplified = _counts(passage[0])
        verdict = context
        if traditional >= ENOUGH and traditional > simplified:
            verdict = True
        elif not traditional or simplified > traditional:
            # no mark of its own may still be 於 or 著; a mark of the other script settles it
            verdict = context and not _simplified().chars.search(passage[0])
        if level + 1 < len(LEVELS) and (verdict or traditional):
            yield from _passages(text, passage.span(), verdict, level + 1)
        elif verdict:
            yield passage.span()


def _simple(line: str) -> str:
    """The line in simplified script, as long as before."""
    simple = to_simplified(line)
    if len(simple) != len(line):
        simple = "".join(to_simplified(char)[0] for char in line)
    pivots, words, known = _words()
    if not pivots.search(line):
        return simple
    chars = list(simple)
    for match in words.finditer(line.translate(_traditional().plain)):
        chars[match.start() : match.end()] = known[match[0]]
    return "".join(chars)


@cache
def _words() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, str]]:
    """What a line must hold to need own rules, the pattern of their words, and the simplified form of each.

    Words are looked up with their plain characters simplified, so that 顯著 and 显著 are one.
    """
    rows = [(row["word"], row["simplified"]) for row in table("script")]
    known = {word.translate(_traditional().plain): simplified for word, simplified in rows}
    pivots = {word for word, _ in rows if len(word) == 1}
    for word, simplified in rows:
        pivots |= {old for old, t2s, new in zip(word, to_simplified(word), simplified, strict=True) if t2s != new}
    return _class(pivots), re.compile(alternation(known)), known


def _edit(at: int, replacement: str) -> Edit:
    return Edit(span=Span(start=at, end=at + 1), replacement=replacement, rule="script.t2s", certainty="determined")
