"""Lists of brands, quoted and not, before the word that says what they are: 甲县护工、“乙地绣娘”、丙山厨嫂等品牌."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhengce.text import Span

__all__ = ["listed_names"]

QUOTED = r"[“「](?P<quoted>[^”」\n，。；、]{2,14})[”」]"
ITEM = r"(?:[\u4e00-\u9fff]{0,6}[“「][^”」\n，。；、]{2,14}[”」]|[\u4e00-\u9fff]{4,9}?)"
BRANDS = re.compile(
    rf"(?<![\u4e00-\u9fff”」])(?:对|像|如|打造|发布|推广)?(?P<list>{ITEM}(?:[、和及与]{ITEM}){{1,9}})"
    r"(?:(?:等|这类|这样的|等?[一二两三四五六七八九十\d]+个)[\u4e00-\u9fff]{0,5}?)?(?:(?P<cue>劳务品牌)|品牌)"
    r"(?!故事|建设|服务|形象|活动|景区|产品|企业|商品|门店|农产品)"
)
# what a person is called by a trade
PERSON = re.compile(r"(?:[工匠师嫂娘员哥姐妹]|艺人|师傅|保姆|管家|司机|铁军)$")
NOT_A_NAME = re.compile(r"职工|员工|农民工|教师|医师|律师|讲师|老师|学员|人员|会员|成员|委员|技师|高级工|中级工|初级工")


def listed_names(text: str, about: bool) -> Iterator[Span]:
    """The names in lists before 劳务品牌, or before 品牌 where the text is `about` labour brands, quotes included.

    Each name must end in a person's trade; a name without quotes counts only beside another one.

    >>> text = "甲县红城护工、“乙州绣娘”、丙山厨嫂等劳务品牌"
    >>> [text[name.start : name.end] for name in listed_names(text, about=False)]
    ['甲县红城护工', '“乙州绣娘”', '丙山厨嫂']
    """
    if ("品牌" if about else "劳务品牌") not in text:
        return
    for match in BRANDS.finditer(text):
        if not (match["cue"] or about):
            continue
        for item in re.finditer(r"[^、和及与]+", match["list"]):
            start, end = match.start("list") + item.start(), match.start("list") + item.end()
            quoted = re.search(QUOTED, item[0])
            name = quoted["quoted"] if quoted else item[0]
            if PERSON.search(name) and not NOT_A_NAME.search(name):
                start += quoted.start() if quoted else 0
                yield Span(start=start, end=end)
