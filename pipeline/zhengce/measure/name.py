"""Names for records that stay the same from run to run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from zhengce.measure.mark import Mark

__all__ = ["name"]

PREFIX = 16


def name(source: str, kind: str, marks: Iterable[Mark]) -> Iterator[str]:
    """`source/kind/beginning of the quote@start` of each mark; `start` counts in the clean text, else in the raw file.

    A department comes behind (one bracket is several records), and a number behind what would else have one name.

    >>> from zhengce.text import Span
    >>> mark = Mark(kind="targets", quote="到2025年，培育 劳务品牌3个", span=Span(start=10, end=26))
    >>> list(name("方案.txt", "targets", [mark, mark]))
    ['方案.txt/targets/到2025年，培育劳务品牌3个@10', '方案.txt/targets/到2025年，培育劳务品牌3个@10#2']
    """
    seen: Counter[str] = Counter()
    for mark in marks:
        quote = "".join((mark.quote or "").split())[:PREFIX]
        place = mark.span or (mark.raw[0] if mark.raw else None)
        start = "?" if place is None else place.start
        department = mark.values.get("department_text") or mark.values.get("department")
        whole = f"{source}/{kind}/{quote}@{start}" + (f":{department}" if department else "")
        seen[whole] += 1
        yield whole if seen[whole] == 1 else f"{whole}#{seen[whole]}"
