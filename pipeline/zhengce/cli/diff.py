"""What cleaning changed in a document, before and after, in characters that a GBK console has."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from zhengce.cli.messages import Say

if TYPE_CHECKING:
    from zhengce.document import Document
    from zhengce.flow import Change
    from zhengce.text import Span

__all__ = ["diff"]

FOLDED = ("script.", "space.")
CONTEXT, LONG, SHOWN = 6, 80, 30


def diff(document: Document, changes: Sequence[Change], say: Say, *, every: bool = False) -> Iterator[str]:
    """The lines of a page: every change by rule, in the order of the raw page, what was only flagged, and the counts.

    A change is `line:character  certainty  before【old → new】after`, placed in the raw page (lines and characters
    count from 1 and 0). Changes of script and of white space are only counted, unless `every`.
    """
    raw = document.raw.text
    starts = [0, *(at + 1 for at, char in enumerate(raw) if char == "\n")]
    for rule in dict.fromkeys(change.rule for change in changes):
        if every or not rule.startswith(FOLDED):
            ours = [change for change in changes if change.rule == rule]
            yield f"--- {rule}: {len(ours)}"
            for change in sorted(ours, key=lambda change: _first(change.raw_spans)):
                yield f"  {_place(starts, change.raw_spans)}  {change.certainty}  {_shown(raw, change, every)}"
    yield from _flagged(document, starts, say)
    yield from _counts(changes, say, every)


def _flagged(document: Document, starts: Sequence[int], say: Say) -> Iterator[str]:
    notes = [note for note in document.notes if note.raw_spans is None and note.doubt != "inferred"]
    if notes:
        yield say("clean_flagged")
    for note in notes:
        words = _short(document[note.span], False)
        yield f"  {_place(starts, document.trace(note.span))}  {note.doubt}  【{words}】 {_printable(note.message)}"


def _counts(changes: Sequence[Change], say: Say, every: bool) -> Iterator[str]:
    if not changes:
        yield say("clean_none")
        return
    yield say("clean_counts", count=len(changes))
    for rule, count in Counter(change.rule for change in changes).most_common():
        kinds = Counter(change.certainty for change in changes if change.rule == rule)
        sure = ", ".join(f"{kind} {number}" for kind, number in kinds.items())
        folded = f"  ({say('clean_folded')})" if rule.startswith(FOLDED) and not every else ""
        yield f"  {count:6}  {rule}: {sure}{folded}"


def _first(spans: Sequence[Span]) -> int:
    return spans[0].start if spans else 0


def _place(starts: Sequence[int], spans: Sequence[Span]) -> str:
    """Line and character in the raw page."""
    at = _first(spans)
    return f"{bisect_right(starts, at)}:{at}"


def _shown(raw: str, change: Change, every: bool) -> str:
    start = _first(change.raw_spans)
    end = change.raw_spans[-1].end if change.raw_spans else start
    left = raw[max(0, start - CONTEXT) : start].rpartition("\n")[2]
    right = raw[end : end + CONTEXT].partition("\n")[0]
    before, after = _short(change.before, every), _short(change.after, every)
    return f"{_printable(left)}【{before} → {after}】{_printable(right)}"


def _short(text: str, every: bool) -> str:
    if every or len(text) <= LONG:
        return _printable(text)
    return f"{_printable(text[:SHOWN])}……({len(text)})……{_printable(text[-SHOWN:])}"


def _printable(text: str) -> str:
    r"""The text in characters that every console of a Chinese Windows has, others and white space as escapes.

    >>> _printable("务工\n𠮷\u3000(wù)")
    '务工\\n\\U00020bb7\\u3000(wù)'
    """
    return "".join(char if char == " " or _has_glyph(char) else _escape(char) for char in text)


def _has_glyph(char: str) -> bool:
    if not char.isprintable():
        return False
    try:
        char.encode("gbk")
    except UnicodeEncodeError:
        return False
    return True


def _escape(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")
