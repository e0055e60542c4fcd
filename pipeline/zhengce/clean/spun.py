"""Pages that a thesaurus has rewritten (生长改造委 for 发展改革委): found and flagged, never restored."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from zhengce.document import Note
from zhengce.lexicon import column, present, table
from zhengce.text import Span

__all__ = ["spun"]

SEVERAL = 3


def spun(text: str) -> Iterator[Note]:
    """Flags the spun official terms of a page that has three or more different ones; one alone may be a slip.

    The terms are in `lexicons/spun.tsv`. What stood there is named as a guess and written nowhere.

    >>> page = "省生长改造委会同教导部分完善包管办法，引导农夫工返乡。"
    >>> [page[note.span.start : note.span.end] for note in spun(page)]
    ['生长改造委', '教导部分', '包管办法', '农夫工']
    >>> list(spun("为农夫工作室挂牌。"))
    []
    """
    terms = _terms()(text)
    found = [row for row in table("spun") if row["spun"] in terms]
    if len({row["genuine"] for row in found}) < SEVERAL:
        return
    places = [(match, row) for row in found for match in re.finditer(re.escape(row["spun"]), text)]
    for match, row in sorted(places, key=lambda place: place[0].start()):
        message = f"a page that a thesaurus has rewritten: {row['genuine']} may have stood here; nothing is restored"
        yield Note(doubt="spun", span=Span(start=match.start(), end=match.end()), message=message)


@cache
def _terms() -> Callable[[str], set[str]]:
    return present(column("spun", "spun"))
