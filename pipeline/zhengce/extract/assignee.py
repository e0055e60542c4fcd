"""Lists of departments as prose names them, shared prefixes restored."""

from __future__ import annotations

import re
from functools import cache

from zhengce.lexicon import alternation, table
from zhengce.name.department import SUFFIXES
from zhengce.name.place import find_place

__all__ = ["EVERYONE", "assignees", "is_department"]

EVERYONE = re.compile(r"^(?:各|有关|相关)(?:有关|相关|级)?(?:部门|单位|地区|地|成员单位)+(?:和单位)?$")
SEPARATOR = re.compile(r"、|，|,|\s|(?:(?<=[厅局委部办会行院社署])|(?<=政府)|(?<=公司)|(?<=中心))(?:和|与|及|以及)")
TERRITORY = re.compile(
    r"各(?:自治县|自治旗|开发区|省|市|州|县|区|旗|自治区|直辖市|自治州|盟|地|设区市|乡镇|街道|[（(]含[^（）()]{1,20}[）)]|[、，（）()和及])+(?:人民)?(?:政府|党委)"
)
TRAILER = re.compile(r"(?:等(?:\d+|[一二三四五六七八九十]+)?个?(?:有关|相关)?(?:部门|单位)?|等)$")
PREFIX = re.compile(r"(?:自治区|省|市|县|区|州)(?!场|政|域|级)")
# what has a region of its own, or answers to no local government
OWN_REGION = re.compile(
    r"自治区|人民银行|银保监|证监|税务|[省市县区州](?!场)|各|国|全|中[国共央]|团[省市县区州]委|[^、]{2,4}[省市县区州]"
)


def assignees(who: str) -> tuple[str, ...]:
    """The names in a list, shared prefixes restored.

    >>> assignees("由市人社局、财政局、融媒体中心等部门")
    ('市人社局', '市财政局', '市融媒体中心')
    """
    found: list[str] = []
    territories = [match[0] for match in TERRITORY.finditer(who)]
    who = TERRITORY.sub("\0", who)  # 各州、市人民政府 is one name
    for piece in SEPARATOR.split(re.sub(r"^(?:由|请|具体由)", "", who.strip())):
        name = TRAILER.sub("", piece.strip(" 　。：:")).strip().replace("\0", territories[0] if territories else "")
        if not name:
            continue
        shared = PREFIX.match(found[0]) if found else None
        if shared and _lacks_region(name):
            name = shared[0] + name
        found.append(name)
    return tuple(found)


def is_department(name: str) -> bool:
    """Whether a name is one of a department, a body or a commission of them."""
    return 2 <= len(name) <= 36 and bool(
        EVERYONE.match(name)
        or re.search(
            rf"(?:{SUFFIXES}|团[省市县区]?委|妇联|残联|工商联|科协|工会|单位|支队|海关|日报社|报社|广播电视台|电视台|广播电视总台|融媒体中心|国网[^、，]+电力|领导小组|指挥部|管委会)$",
            name,
        )
        or _stem_pattern().search(name)
    )


@cache
def _stem_pattern() -> re.Pattern[str]:
    return re.compile(alternation(short for row in table("departments") for short in row["shorts"].split(";")))


def _lacks_region(name: str) -> bool:
    """Whether a name is that of an office whose region stands before an earlier one (财政局, not 贵州证监局)."""
    if OWN_REGION.match(name) or not re.search(r"(?:[厅局委办]|中心|妇联|残联|供销社|工商联|科协)$", name):
        return False
    return bool(_stem_pattern().match(name)) or (len(name) <= 10 and find_place(name) is None)
