"""What a page prints round its text: calls to follow, source and editor lines, link lists, paywall notes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhengce.text import Edit, Span

__all__ = ["MESSAGES", "furniture"]

LINES = (
    (
        "furniture.banner",
        re.compile(
            r"(?m)^(?:点击(?:上方|下方|右上角)?(?:蓝字|标题|关注)|关注我们|长按(?:识别|扫描)?二维码|扫一扫|扫码关注)[^\n]{0,40}$"
        ),
    ),
    (
        "furniture.source",
        re.compile(r"(?m)^(?:(?:信息|文章|稿件|内容|资料|消息)?来源|转载自|本文来源|文章出处)[ :：丨|][^\n。]{1,40}$"),
    ),
    (
        "furniture.editor",
        re.compile(
            r"(?m)^(?:[（(【]?(?:责任编辑|责编|本期编辑|值班编辑|编辑|编审|审核|校对|校审|初审|复审|终审|监制|"
            r"总监制|统筹|排版|供稿|通讯员|作者)[ :：丨|][^\n。，]{1,40}?[）)】]?)$"
        ),
    ),
    (
        "furniture.page",
        re.compile(
            r"(?m)^(?:[—–\-]{1,2} ?\d{1,4} ?[—–\-]{1,2}|第 ?\d{1,4} ?页(?:[ ,，/]?共 ?\d{1,4} ?页)?|"
            r"\d{1,3}/\d{1,3}|Page \d+(?: of \d+)?)$"
        ),
    ),
    (
        "furniture.tool",
        re.compile(
            r"(?m)^[^\n]{0,12}(?:打印本页|关闭窗口|返回顶部|分享到|字体[:：] ?\[?大|扫一扫在手机打开当前页)[^\n]{0,30}$"
        ),
    ),
    (
        "furniture.links",
        re.compile(
            r"(?:^|(?<=[\s\n]))(?:上一篇|下一篇|相关(?:栏目|阅读|链接|新闻|文章)|推荐阅读|延伸阅读|热门(?:推荐|文章))[:：][^\n]*"
        ),
    ),
)
GAP = re.compile(
    r"(?:…{1,4})?\s?[（(][^（）()\n]{0,80}?(?:省略\d+字|正式会员|会员可(?:完整)?阅读|当前只显示\d+字|未完[,，]全文|登录后(?:可)?(?:查看|阅读)|付费(?:后)?阅读|剩余\d+%?)[^（）()\n]{0,120}[）)]\s?(?:…{1,4})?"
)
BULLET = re.compile(r"(?:^|(?<=\n))(?:[-•·►▪◆○]\s?[^\n]{4,60}\n?)+")
STAMP = re.compile(r"\d{4}-\d{2}-\d{2}(?: \d{2}:\d{2}(?::\d{2})?)?\s*$", re.MULTILINE)
SITE_TITLE = re.compile(r"\A\s*标题[:：](?P<title>[^\n|]{4,80}?)\s*\|[^\n]*\n(?=\s*(?P=title))")

# what each rule took, said to a person
MESSAGES = {
    "furniture.banner": "a call to follow an account, not part of the text",
    "furniture.source": "a line that names the source of the page",
    "furniture.editor": "a line that names editors",
    "furniture.page": "a page number",
    "furniture.tool": "a control of the page",
    "furniture.links": "links to other pages",
    "furniture.list": "a list of links to other pages",
    "furniture.title": "the site's title line, which the text repeats",
    "gap.paywall": "the site left out text here (paywall)",
}


def furniture(text: str) -> Iterator[Edit]:
    """Proposes to take out what belongs to the page and not to the text; each edit becomes a note with what it took.

    A list of links is a run of five or more short bulleted lines of which most end in no full stop and which close the
    text or carry time stamps. Where a paywall cut the text an ellipsis stays, so that no clause runs over the gap.

    >>> from zhengce.text import apply
    >>> page = "点击蓝字，关注“某地人社”\\n会议强调抓好落实。\\n编辑：张三"
    >>> apply(page, furniture(page))[0]
    '会议强调抓好落实。\\n'
    """
    found = [
        (match.start(), match.end() + (text[match.end() : match.end() + 1] == "\n"), rule, "")
        for rule, pattern in LINES
        for match in pattern.finditer(text)
    ]
    found += [(match.start(), match.end(), "gap.paywall", "……") for match in GAP.finditer(text)]
    found += [
        (match.start(), match.end(), "furniture.list", "")
        for match in BULLET.finditer(text)
        if _is_link_list(match, text)
    ]
    found += [(match.start(), match.end(), "furniture.title", "") for match in SITE_TITLE.finditer(text)]
    taken = 0
    for start, end, rule, replacement in sorted(found, key=lambda edit: (edit[0], -edit[1])):
        if start >= taken:
            taken = end
            yield Edit(span=Span(start=start, end=end), replacement=replacement, rule=rule)


def _is_link_list(match: re.Match[str], text: str) -> bool:
    lines = match[0].strip().split("\n")
    unfinished = sum(not line.rstrip().endswith(("。", "；", "：", ";", ":")) for line in lines)
    closing = len(text) - match.end() < 200
    stamped = len(STAMP.findall(match[0]))
    return len(lines) >= 5 and unfinished >= 0.8 * len(lines) and (closing or stamped >= 2)
