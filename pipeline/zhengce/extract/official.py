"""The official name of a body that a document prints, by its place, level and year."""

from __future__ import annotations

import re
from functools import lru_cache

from zhengce.document import Document, Level
from zhengce.name.department import Department, official_name
from zhengce.name.number import NUMBER, normal_number
from zhengce.name.place import Place, find_place, last_place, province_by_sign

__all__ = ["official"]

# words of texts from Taiwan and Hong Kong, whose 劳动部 and 教育部 are not the mainland's
ABROAD = re.compile(
    r"行政院|立法院|新?台币|中华民国\d|卫生福利部|内政部|劳工处|教育局局长|港元|特区政府|(?<!\d)1[01]\d年(?:度|底|\d{1,2}月)"
)

COUNTY = re.compile(r"[县区旗](?![域级])")
NEAR = 2000  # characters before an office in which its county is named


def official(document: Document, name: str, year: int | None = None, at: int | None = None) -> Department:
    """A body as the document means it: 省教育厅 of its province, 国家计委 of its year or of a given one.

    A county's office named at a place of a text that is no county's own is that of the county named last before it.
    Bodies in a text from Taiwan or Hong Kong keep what is printed.
    """
    home, level, own, abroad = _setting(document)
    if at is not None and COUNTY.match(name) and document.header.level not in ("county", "township"):
        home = last_place(document.text[max(0, at - NEAR) : at], "county") or home
    if abroad:
        return Department(name=name, level=level, region=None)
    return official_name(name, home, level, year or own)


@lru_cache(maxsize=2)
def _setting(document: Document) -> tuple[Place | None, Level | None, int | None, bool]:
    header, text = document.header, document.text
    home = find_place(header.region or "") or find_place(header.title or "") or find_place(text[:200])
    dated = header.written or header.published
    if home is None and (cited := NUMBER.search(text)):
        home = province_by_sign(normal_number(cited))  # what an interpretation explains bears its province's sign
    foreign = home is None or document.script == "hant"
    abroad = foreign and "国务院" not in text and ABROAD.search(text) is not None
    return home, header.level or (home.level if home else None), dated.year if dated else None, abroad
