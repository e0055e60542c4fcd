"""Bodies at the centre by the years in which they bore a name (国家计委 of 2002 is not that of 1996)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from zhengce.lexicon import table

__all__ = ["central_body"]

# forms that no local office shares: 环保局, 西部开发办 and 经贸委 exist in provinces too
UNSHARED = re.compile(
    r"(?:国|中[国央共华纪]|党中央|全国|共青团).*|.*(?:部|总局|总署|总社|总会|监会|中央|总工会)|农发行|全总"
)


def central_body(text: str, level: str | None, year: int | None) -> str | None:
    """The full official name of a central body as printed in a text of that year; None for what is not known as one.

    Of names that share a form the one of the year counts, the newer one in the year of a reform; a text younger than a
    name speaks of the past, an older one keeps what it prints. Source: `lexicons/central_bodies.tsv`.

    >>> central_body("国家计委", "central", 2001), central_body("国家计委", "central", 1996)
    ('国家发展计划委员会', '国家计划委员会')
    >>> central_body("铁道部", None, 2005), central_body("环保局", "city", 1996), central_body("农业部", None, 1980)
    ('中华人民共和国铁道部', None, None)
    """
    rows = _bodies().get(text, ())
    if level != "central" and not UNSHARED.fullmatch(text):
        return None
    if year is None:
        still = {row["name"] for row in rows if not row["until"]} or {row["name"] for row in rows}
        return still.pop() if len(still) == 1 else None
    begun = [row for row in rows if int(row["since"] or 0) <= year]
    return max(begun, key=lambda row: int(row["since"] or 0))["name"] if begun else None


@cache
def _bodies() -> Mapping[str, tuple[Mapping[str, str], ...]]:
    found: dict[str, tuple[Mapping[str, str], ...]] = {}
    for row in table("central_bodies"):
        for form in {*row["shorts"].split(";"), row["name"]}:
            found[form] = (*found.get(form, ()), row)
    return found
