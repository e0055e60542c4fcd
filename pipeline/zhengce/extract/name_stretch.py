"""Stretches that may be the name of a labour brand without quotes: they end in a person's trade."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhengce.text import Span
from zhengce.words import tag

__all__ = ["unquoted_names"]

# what may stand before a name: a mark, the edge of a line, a word that leads to it
BEFORE = r"(?:(?<=[、，,。；;：:（(！!”」』’【+\s])|^|(?<=[和与及像如是叫有的]))"
TRADE = r"(?:师傅|艺人|保姆|管家|司机|铁军|工匠|大嫂|阿姨|大姐|[工匠师嫂娘姐妹哥姑女员手])"
NAME = re.compile(rf"(?m){BEFORE}[\u4e00-\u9fff]{{1,7}}?{TRADE}(?![们会作会厂场程业人资时地])")
# callings and ranks that everybody has, and what names nobody
PLAIN = re.compile(
    r"[职员民务技施加开完返复用招手社罢停动竣分]工$|教师|医师|律师|讲师|老师|学员|人员|会员|成员|委员|党员|队员|官员|演员|职员|店员|动员|全员|一员|"
    r"技师|[高中初]级工|妇女|子女|儿女|男女|少女|对手|选手|助手|双手|动手|着手|入手|携手|联手|新手|能手|高手|水手|歌手|抓手|姐妹|兄妹|工程师|设计师|大师|导师|厨师$|[零散短长]工$|技术员|运动员|公务员"
)


def unquoted_names(text: str) -> Iterator[Span]:
    """The stretches of a text on labour brands (劳务品牌) that a judge may take for names of brands, in text order.

    >>> text = "会上推介了“乙州绣娘”、丙山石刻工等劳务品牌，企业职工到场。"
    >>> [text[name.start : name.end] for name in unquoted_names(text)]
    ['丙山石刻工']
    """
    if "劳务品牌" not in text and "用工品牌" not in text:
        return
    for match in NAME.finditer(text):
        if len(match[0]) > 2 and not PLAIN.search(match[0]) and _is_nominal(match[0]):
            yield Span(start=match.start(), end=match.end())


def _is_nominal(name: str) -> bool:
    """Whether a stretch reads as a name: it begins with no verb, number or 现有, and no word links it to a sentence."""
    pieces = tag(name)
    word, flag = pieces[0]
    described = flag[0] in "ab" and len(word) > 1  # 现有, 优秀; but 大圩 and 新寮 are places
    return flag[0] not in "vmd" and not described and not {flag[0] for _, flag in pieces} & set("dcpur")
