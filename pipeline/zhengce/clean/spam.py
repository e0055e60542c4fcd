"""Lines of advertising that were spliced into a page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from functools import cache

from zhengce.lexicon import column
from zhengce.text import Span

__all__ = ["spam"]

LINE = re.compile(r"[^\n]+\n?")
# how one is to get there: an account, a number, an address; or two of the words that lead there
CONTACT = re.compile(
    r"(?i)(?:微信|薇信|威信|V信|QQ|扣扣|电话|手机|联系)[号群]?[:：+]? ?[\w-]{5,}|https?://|www\.|\w\.(?:com|cn|net|vip)\b"
)
CALL = re.compile(
    r"官网|网址|下载|注册|开户|平台|入口|客服|登[录陆]|充值|礼包|开服|免费|送彩金|信誉|投注|手机版|在线观看|完整版"
)
# who writes of such things without selling them
AGAINST = re.compile(
    r"严禁|打击|查处|整治|举报|违法|依法|不得|禁止|防范|监管|犯罪|公益金|销售(?:网点|管理|机构|额)|条例|办法|警惕|谨防|"
    r"规范|整顿|赌博|风险|案件|抓获|治理|清理|取缔|防止|税务机关|公安"
)
LINKS = re.compile(r"(?i:https?://|www\.)[^\s\u4e00-\u9fff]+|(?i:\[url|<a href)")
LONG, MIN_LINKS = 200, 3


def spam(text: str, words: Set[str]) -> Iterator[Span]:
    """The lines that sell what policy texts only forbid (代开发票, 棋牌, 私服: `lexicons/spam.tsv`), or are bare links.

    An advertisement names two such goods, or one and how to get it; a line that forbids, fights or regulates them is
    text. Lines of three or more addresses with next to no words are links bought for search engines. `words` are those
    of the lexicon that stand in the text.

    >>> page = "会议部署就业工作。\\n代开发票加微信：fp88888\\n严厉打击代开发票等违法行为。\\n"
    >>> [page[span.start : span.end] for span in spam(page, {"代开发票"})]
    ['代开发票加微信：fp88888\\n']
    """
    goods = words & _goods()
    for line in LINE.finditer(text) if goods or "http" in text or "www." in text else ():
        if _sells(line[0], goods) or _links(line[0]):
            yield Span(start=line.start(), end=line.end())


@cache
def _goods() -> frozenset[str]:
    return frozenset(column("spam", "word"))


def _sells(line: str, goods: Set[str]) -> bool:
    if len(line) > LONG or AGAINST.search(line):
        return False
    named = [word for word in goods if word in line]
    apart = {word for word in named if not any(word != other and word in other for other in named)}
    return len(apart) >= 2 or bool(apart and (CONTACT.search(line) or len(set(CALL.findall(line))) >= 2))


def _links(line: str) -> bool:
    bare = LINKS.sub("", line)
    return len(LINKS.findall(line)) >= MIN_LINKS and len(re.findall(r"[\u4e00-\u9fff]", bare)) < len(line) / 4
