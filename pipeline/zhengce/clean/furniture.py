"""What a page prints round its text: calls to follow, source and editor lines, controls, links, paywall notes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from zhengce.clean.links import HEADINGS, link_lists
from zhengce.clean.repeat import repeats
from zhengce.clean.spam import spam
from zhengce.lexicon import alternation, column, present
from zhengce.text import Edit, Span

__all__ = ["MESSAGES", "furniture"]

NAME = r"(?:[\u4e00-\u9fff·]{2,4}|[\u4e00-\u9fff] [\u4e00-\u9fff])(?<![局部厅委办镇乡县市区处科])"
NAMED = r"(?:审核|初审|复审|终审|统筹|作者|排版|监制|总监制|校对|校审)"
EDITOR = r"(?:责任编辑|责编|本期编辑|值班编辑|编辑|编审|供稿|通讯员)"
OTHER_PAGES = (
    "上一篇", "下一篇", "相关栏目", "相关阅读", "相关链接", "相关新闻", "相关文章", "相关报道", "推荐阅读", "延伸阅读",
    "友情链接", "热门推荐", "热门文章",
)  # fmt: skip
# The words are those of which one stands in all that a rule takes, where they are rare: they are looked for first, by
# one scan. Patterns begin with the end of the line before, so that a search goes from line to line; the text gets one
# in front.
LINES: tuple[tuple[str, tuple[str, ...], re.Pattern[str]], ...] = (
    (
        "furniture.banner",
        ("点击", "关注我们", "二维码", "扫一扫", "扫码关注"),
        re.compile(
            r"(?m)\n(?:点击(?:上方|下方|右上角)?(?:蓝字|标题|关注)|关注我们|长按(?:识别|扫描)?二维码|扫一扫|扫码关注)[^\n]{0,40}$"
        ),
    ),
    (
        "furniture.source",
        ("来源", "转载自", "文章出处"),
        re.compile(r"(?m)\n(?:(?:信息|文章|稿件|内容|资料|消息)?来源|转载自|本文来源|文章出处)[ :：丨|][^\n。]{1,40}$"),
    ),
    (
        # what only names do in a colophon (审核, 统筹 …) a department does in a provision, so there names are asked for
        "furniture.editor",
        (),
        re.compile(
            rf"(?m)\n(?=[（(【]?(?:{EDITOR}|{NAMED})[ :：丨|])(?=[^\n]{{1,200}}$)[（(【]?"
            rf"(?:{EDITOR}[ :：丨|][^\n。，]{{1,40}}?|"
            rf"{NAMED}[ :：丨|] ?{NAME}(?:[ 、/|丨]+{NAME})*"
            rf"(?:[ /|丨]+(?:{NAMED}|{EDITOR})[ :：丨|] ?{NAME})*)[）)】]?$"
        ),
    ),
    (
        "furniture.page",
        (),
        re.compile(
            r"(?m)\n(?:[—–\-]{1,2} ?\d{1,4} ?[—–\-]{1,2}|第 ?\d{1,4} ?页(?:[ ,，/]?共 ?\d{1,4} ?页)?|"
            r"\d{1,3}/\d{1,3}|Page \d+(?: of \d+)?)$"
        ),
    ),
    (
        "furniture.tool",
        ("打印本页", "关闭窗口", "返回顶部", "分享到", "分享至", "字体", "字号", "扫一扫"),
        re.compile(
            r"(?m)\n[^\n]{0,12}(?:打印本页|关闭窗口|返回顶部|分享[到至][:：]|字[体号][:：] ?[\[【]?大|"
            r"扫一扫在手机打开当前页)[^\n]{0,30}$"
        ),
    ),
    (
        "furniture.tool",
        (),
        re.compile(
            r"(?m)\n(?:(?:浏览|阅读|点击)(?:次数|量|数)[:：] ?[\d,，]+ ?次?|"
            r"(?:您?(?:当前|现在)?的?(?:所在)?的?)位置[:：][^\n。]{0,20}(?:首页|主页|[>»›])[^\n。]{0,80})$"
        ),
    ),
    (
        "furniture.rights",
        ("版权", "免责声明", "©", "opyright", "转载", "ICP备", "公网安备", "网站标识码"),
        re.compile(
            r"(?m)\n(?:[【\[]?(?:版权声明|免责声明)[】\]]?(?:[:：][^\n]{0,200})?|(?:©|[Cc]opyright\b)[^\n]{0,120}|"
            r"版权所有(?![人者权])[^\n。]{0,80}|(?:未经[^\n。]{0,12}(?:授权|许可|同意)[^\n。]{0,8})?"
            r"(?:不得|请勿|严禁|禁止)(?:擅自)?转载[^\n。]{0,30}。?|转载(?:时)?[请须]注明(?:出处|来源)[^\n。]{0,30}。?|"
            r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]?(?:ICP备\d{6,}|公网安备)[^\n。]{0,60}|"
            r"(?:政府)?网站标识码[:：][^\n。]{0,40})$"
        ),
    ),
    (
        "furniture.links",
        OTHER_PAGES,
        re.compile(rf"(?m)(?<!\S){alternation(OTHER_PAGES)}[:：][^\n。]*$"),
    ),
    (
        "furniture.continued",
        ("下转", "上接"),
        re.compile(r"[（(《] ?(?:下转|上接)第?[\dA-Z一二三四五六七八九十]{1,3}版[^）)》\n]{0,8}[）)》]"),
    ),
    (
        "furniture.column",
        ("# ",),
        re.compile(
            r"(?m)^(?:关注|聚焦|要闻|观察|视点|时评|综合|专题|特别报道|深度|声音|一线|民生|焦点|记者观察|经济|"
            r"社会|国内|评论)\n+(?=(?:[^\n。]{4,60}(?:摄|供图)[）)]?\n+)?#{1,2} )"
        ),
    ),
)
CONTROL = (
    r"(?:(?:新浪|腾讯)?微博|微信(?:好友|朋友圈)?|朋友圈|QQ(?:空间|好友)?|豆瓣|人人网|复制链接|打印(?:页面)?|关闭(?:页面)?|加入收藏|"
    r"收藏|分享|点赞|在看|评论|转发|[大中小]|字体|字号|纠错|返回(?:首页)?|首页|保存|繁体|简体|无障碍阅读)"
)
CONTROL_LINE = re.compile(rf"(?m)\n[【\[（(]?{CONTROL}[^\n\t。，；]{{3,60}}$")
BETWEEN = re.compile(r"[\s|｜丨/、·:：\[\]【】()（）]+")
GAP = re.compile(
    r"(?:…{1,4})?[^\S\n]?[（(][^（）()\n]{0,80}?(?:省略\d+字|正式会员|会员可(?:完整)?阅读|当前只显示\d+字|未完[,，]全文|登录后(?:可)?(?:查看|阅读)|付费(?:后)?阅读|剩余\d+%?)[^（）()\n]{0,120}[）)][^\S\n]?(?:…{1,4})?"
)
GAP_WORDS = ("省略", "正式会员", "会员可", "只显示", "未完", "登录后", "付费阅读", "付费后", "剩余")
SITE_TITLE = re.compile(r"\A\s*标题[:：](?P<title>[^\n|]{4,80}?)\s*\|[^\n]*\n(?=\s*(?P=title))")

# what each rule took, said to a person
MESSAGES = {
    "furniture.banner": "a call to follow an account, not part of the text",
    "furniture.source": "a line that names the source of the page",
    "furniture.editor": "a line that names editors",
    "furniture.page": "a page number",
    "furniture.margin": "what the page prints in its margins",
    "furniture.tool": "a control of the page",
    "furniture.rights": "a notice of the site on its rights",
    "furniture.links": "links to other pages",
    "furniture.list": "a list of links to other pages",
    "furniture.continued": "a newspaper's mark that the article goes on at another page",
    "furniture.column": "a newspaper's column label",
    "furniture.repeat": "a block that the page shows a second time; the first is kept",
    "furniture.spam": "an advertisement that was spliced in",
    "furniture.title": "the site's title line, which the text repeats",
    "gap.paywall": "the site left out text here (paywall)",
}


def furniture(text: str) -> Iterator[Edit]:
    """Proposes to take out what belongs to the page and not to the text; each edit becomes a note with what it took.

    Lines of the page's own, lists of links, spliced advertisements, blocks shown twice. Where a paywall cut the text
    an ellipsis stays, so that no clause runs over the gap.

    >>> from zhengce.text import apply
    >>> page = "点击蓝字，关注“某地人社”\\n会议强调抓好落实。\\n微信 微博 QQ空间\\n编辑：张三"
    >>> apply(page, furniture(page))[0]
    '会议强调抓好落实。\\n'
    """
    words = _words()(text)
    found = list(_lines(f"\n{text}", words))
    if not words.isdisjoint(GAP_WORDS):
        found += [(match.start(), match.end(), "gap.paywall", "……") for match in GAP.finditer(text)]
    found += [(match.start(), match.end(), "furniture.title", "") for match in SITE_TITLE.finditer(text)]
    found += [(span.start, span.end, "furniture.list", "") for span in link_lists(text, words)]
    found += [(span.start, span.end, "furniture.spam", "") for span in spam(text, words)]
    found += [(span.start, span.end, "furniture.repeat", "") for span in repeats(text)]
    taken = 0
    for start, end, rule, replacement in sorted(found, key=lambda edit: (edit[0], -edit[1])):
        if start >= taken or (end > taken and not replacement):  # of two that overlap, the rest of the second
            start, taken = max(start, taken), end
            yield Edit(span=Span(start=start, end=end), replacement=replacement, rule=rule)


@cache
def _words() -> Callable[[str], set[str]]:
    of_lines = (word for _, words, _ in LINES for word in words)
    return present([*GAP_WORDS, *of_lines, *HEADINGS, *column("spam", "word")])


def _lines(text: str, found: set[str]) -> Iterator[tuple[int, int, str, str]]:
    """Lines of the page's own in a text that has a line end in front; places are those without it."""
    for rule, words, pattern in LINES:
        for match in pattern.finditer(text) if not words or not found.isdisjoint(words) else ():
            closes = rule != "furniture.continued" and _line_end(text, match)
            yield match.start() - (match[0][0] != "\n"), match.end() - 1 + closes, rule, ""
    for match in CONTROL_LINE.finditer(text):
        if _is_controls(match[0]):
            yield match.start(), match.end() - 1 + _line_end(text, match), "furniture.tool", ""


def _line_end(text: str, match: re.Match[str]) -> bool:
    return text[match.end() : match.end() + 1] == "\n" and text[match.end() - 1] != "\n"


def _is_controls(line: str) -> bool:
    """Whether a line is nothing but three or more controls of a page."""
    words = [word for word in BETWEEN.split(line) if word]
    return (
        len(words) >= 3 and all(re.fullmatch(CONTROL, word) for word in words) and any(len(word) > 1 for word in words)
    )
