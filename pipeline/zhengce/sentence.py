"""Sentences and clauses of a text, as spans."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from zhengce.text import Span

__all__ = ["LONGEST", "clauses", "sentences", "sentences_over", "trim"]

# an ASCII ? before a stray reading is a lost byte, not a question
QUESTION = r"\?(?![\u4e00-\u9fff]{0,3}[^\W\d_]{1,6}\))"
# these patterns begin with all that they may begin with, so that a search does not stop at each character
SENTENCE_END = re.compile(rf"(?=[。！？!\n?…])(?:(?:[。！？!\n]|{QUESTION})+[”’」』\"]?|……+\n?)")
# a comma between digits groups thousands, a colon between them tells the time
CLAUSE_END = re.compile(
    rf"(?=[，,；;。！？!\n?：:])(?:[；;。！？!\n]|[，,](?:(?<!\d.)|(?!\d{{3}}(?!\d)))|[：:](?:(?<!\d.)|(?!\d))|{QUESTION})"
)
BRACKETS = re.compile(r"[（(《](?:(?<!《)[^（）()\n]{0,40}[）)]|(?<=《)[^》\n]{1,120}》)")
# a page without full stops is no sentence: it is cut at clauses, so that no rule looks back over the whole of it
LONGEST = 1200
MARGIN = "，,。；;：:、！？!? \t\n\u3000"


@lru_cache(maxsize=2)  # several extractors go over the sentences of one text
def sentences(text: str) -> tuple[Span, ...]:
    """The sentences of a text: up to 。！？ or the end of a line, without white space round them.

    What has more than 1,200 characters is cut behind a comma or semicolon.

    >>> [(s.start, s.end) for s in sentences("到2025年，培训2万人。力争达到95%")]
    [(0, 13), (13, 20)]
    """
    return tuple(_sentences(text))


def sentences_over(text: str, spans: Iterable[Span]) -> dict[Span, Span]:
    """The sentence that each stretch stands in, as far as the stretch where that goes on behind its end.

    >>> sentences_over("到2025年，培训2万人。力争达到95%", [Span(start=13, end=15)])
    {Span(start=13, end=15): Span(start=13, end=20)}
    """
    waiting = sorted(set(spans), reverse=True)
    found: dict[Span, Span] = {}
    for sentence in sentences(text) if waiting else ():
        while waiting and waiting[-1].start < sentence.end:
            span = waiting.pop()
            found[span] = Span(start=min(span.start, sentence.start), end=max(span.end, sentence.end))
    return found | {span: span for span in waiting}


def _sentences(text: str) -> Iterator[Span]:
    ends = [match.end() for match in SENTENCE_END.finditer(text)]
    at = 0
    for cut in _bounded(text, 0, [*ends, len(text)]):
        start, end = at, cut
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if end > start:
            yield Span(start=start, end=end)
        at = cut


def _bounded(text: str, at: int, ends: Iterable[int]) -> Iterator[int]:
    for end in ends:
        while end - at > LONGEST:
            cut = max(text.rfind(mark, at + LONGEST // 2, at + LONGEST) for mark in "，；,;、 ")
            at = cut + 1 if cut >= 0 else at + LONGEST
            yield at
        yield end
        at = end


def clauses(text: str, sentence: Span) -> Iterator[Span]:
    """The clauses of a sentence, at commas, semicolons and colons outside brackets, without the marks.

    >>> text = "到2025年，各县（市、区）至少建1个，共1,200个"
    >>> [text[c.start : c.end] for c in clauses(text, Span(start=0, end=len(text)))]
    ['到2025年', '各县（市、区）至少建1个', '共1,200个']
    """
    shielded = [match.span() for match in BRACKETS.finditer(text, sentence.start, sentence.end)]
    at = sentence.start
    for match in CLAUSE_END.finditer(text, sentence.start, sentence.end):
        mark, after = match.span()
        if shielded and any(start < mark < end - 1 for start, end in shielded):
            continue
        start, end = _edges(text, at, mark)
        if start < end:
            yield Span(start=start, end=end)
        at = after
    start, end = _edges(text, at, sentence.end)
    if start < end:
        yield Span(start=start, end=end)


def trim(text: str, span: Span) -> Span:
    """The span without punctuation and white space at its ends."""
    start, end = _edges(text, span.start, span.end)
    return Span(start=start, end=end)


def _edges(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in MARGIN:
        start += 1
    while end > start and text[end - 1] in MARGIN:
        end -= 1
    return start, end
