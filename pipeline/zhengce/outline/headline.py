"""The title that a text prints above itself."""

from __future__ import annotations

import re

from zhengce.outline.numbered import numbered
from zhengce.outline.signature import names_on
from zhengce.outline.stated import LABELLED
from zhengce.outline.title import is_title
from zhengce.value.day import FULL_DAY

__all__ = ["headline"]

FEW, MOST, HEAD = 25, 5, 3000
LONGEST_LINE, LONGEST = 90, 240
OPENS, CLOSES = "《（(〈“", "》）)〉”"
OF_THE_PAGE = re.compile(
    r"[^。]{0,20}(?:首页|主页)\s?[>＞»›→\-/].*|(?:当前|您的?|现在的?|所在的?)+位置.*|.*(?:浏览|阅读|点击)(?:次数|量|数|率)?[:：].*|"
    r"(?:字[体号]\s?[:：【\[（(]|分享到?[:：]|打印|收藏|保存|关闭|扫一扫|【[大中小])[^。]{0,30}|\d+|特急|加急|特提|平急|[机绝秘]密.{0,6}|"
    rf"[—\-–\s]*\d+[—\-–\s]*|(?:(?:{FULL_DAY})|\d{{4}}[-./]\d{{1,2}}[-./]\d{{1,2}})(?:\s.*)?|\d{{2}}:\d{{2}}.*|"
    r"(?:本报)?(?:记者|通讯员|作者|编辑|责编|责任编辑|审核|校对|供稿)[\s:：].{1,30}|[^。，]{2,20}(?:门户网|政府网|政务网|信息网|官网|网站|公众号|客户端|发布网)"
)
RED_HEAD = re.compile(r"(?!.*关于)[^。，；：《》]{2,60}文\s?件|[^。，；：]{0,30}(?:会议纪要|简\s?报)\s?第.{1,4}期")
CAPTION = re.compile(rf"[（(][^（）()]*(?:(?:{FULL_DAY})|通过|修订|修正|试行|节选|摘要)[^（）()]*[）)]|[—\-–]{{1,2}}.*")
SPELT = re.compile(r"(?<!\S)(?:\S\s){2,}\S(?!\S)")
ITEM = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、]|第[一二三四五六七八九十\d]{1,4}[章节条]|[#•●◆■▪]"
)
BEGINS = re.compile(r"关于|印发|转发|批转|公布|发布|《|.{2,40}(?:关于|印发|转发|批转|公布|对)")
FORMAL = re.compile(
    r"(?>[^。；！]*?(?:关于|印发|转发|批转|公布|废止|修改))[^。；！]*(?:通知|意见|决定|公告|通告|通报|批复|函|方案|办法|规定|报告|请示|细则|措施|答复|决议|"
    r"规划|计划|要点|命令|令|条例|说明|解读|政策|清单|名单|公示|建议|讲话|规则|指南|纲要|若干)(?:[（(][^（）()]{1,20}[）)])*"
)
NUMBER_BEHIND = re.compile(
    r"\s?[（(]?(?P<number>[\u4e00-\u9fff]{2,14}\s?[〔［\[【（(﹝]\d{4}[〕］\]】）)﹞]\s?第?\d{1,4}号)[）)]?$"
)


def headline(text: str) -> str | None:
    r"""The title of an official document, over up to five lines; else the first line that is no sentence; else None.

    A title begins with who issues it or what it is about, ends with the kind of document, and is carried on where a
    line breaks it, a bracket is open, or its words are spaced out. Lines of the page (breadcrumbs, dates, labels), the
    red head (某省人民政府文件) and the number are passed over. Source: GB/T 9704-2012, 7.3.1.

    >>> headline("某省人民政府文件\n某政发〔2024〕3号\n某省人民政府关于印发《某省促进就业\n实施方案》的通知\n各县：")
    '某省人民政府关于印发《某省促进就业实施方案》的通知'
    >>> headline("某县就业工作取得新进展\n近日，某县举办招聘会。"), headline("今年以来，某县新增就业3万人。")
    ('某县就业工作取得新进展', None)
    """
    lines = [_closed_up(bare) for line in text[:HEAD].split("\n") if (bare := line.strip(" #\t\u3000\xa0"))][:FEW]
    prose = next((at for at, line in enumerate(lines) if _is_prose(line)), len(lines))
    if lines and prose == 0:
        return _first_words(lines[0])
    kept = [re.sub(r"^标\s?题\s?[:：]\s?", "", line) for line in lines[:prose]]
    for at in range(len(kept)):
        title = _title_at(kept, at)
        if title:
            return title
    return next(
        (line for line in kept if 4 <= len(line) <= 60 and not _is_apart(line) and line[-1] not in "，；：,;:"), None
    )


def _is_prose(line: str) -> bool:
    return "。" in line and not CAPTION.fullmatch(line)


def _first_words(line: str) -> str | None:
    """A page on one line: the title ends at a blank, but for those between its issuers."""
    tokens = line[:LONGEST].split(" ")
    for count in range(1, min(len(tokens), 6)):
        head = " ".join(tokens[:count])
        if is_title(head):
            return head
        if "。" in head or head.endswith(("：", ":")):
            return None
    return None


def _title_at(lines: list[str], at: int) -> str | None:
    """The title that begins at a line and ends at that line or one of the four below it."""
    if _is_apart(lines[at]) or not (BEGINS.match(lines[at]) or names_on(lines[at]) or is_title(lines[at])):
        return None
    joined = ""
    for last in range(at, min(at + MOST, len(lines))):
        line = lines[last]
        if last > at and (_is_apart(line) or re.search(r"[!！?？]", joined + line)):
            return None
        joined = _joined(joined, line, lines[last - 1] if last > at else "")
        bare = NUMBER_BEHIND.sub("", joined)
        if _is_open(bare) or len(joined) > LONGEST:
            continue
        if (is_title(bare) or FORMAL.fullmatch(bare)) and not _goes_on(bare, lines, last):
            return bare
    return None


def _goes_on(title: str, lines: list[str], last: int) -> bool:
    """Whether the next line carries the title on, which only seemed to end (…实施意见 / 任务分工的通知)."""
    if last + 1 >= len(lines) or _is_apart(lines[last + 1]) or BEGINS.match(lines[last + 1]):
        return False
    following = lines[last + 1]
    joined = title + following
    return (
        len(following) <= 40
        and bool(re.search(r"的(?:通知|意见|决定|公告|通告|通报|批复|函|复函|报告)$", following))
        and (
            bool(FORMAL.fullmatch(joined))
            and not re.search(r"的(?:通知|意见|决定|公告|通告|通报|批复|函|复函|报告)$", title)
        )
    )


def _joined(title: str, line: str, above: str) -> str:
    """Lines of a title follow on without a blank, but for issuers that stand one a line."""
    return title + (" " if title and names_on(above) and names_on(line) else "") + line


def _is_open(title: str) -> bool:
    return any(title.count(left) > title.count(right) for left, right in zip(OPENS, CLOSES, strict=True))


def _is_apart(line: str) -> bool:
    """Whether a line stands above a text without being of its title."""
    whole = bool(FORMAL.fullmatch(line))
    patterns = (OF_THE_PAGE, RED_HEAD, CAPTION)
    return (
        line[-1] in "。；;：:，,"
        or (not whole and (len(line) > LONGEST_LINE or bool(LABELLED.match(line))))
        or bool(ITEM.match(line) or numbered(line))
        or any(pattern.fullmatch(line) for pattern in patterns)
    )


def _closed_up(line: str) -> str:
    """A line without the blanks that set its characters apart (几 个 问 题 的 通 知)."""
    return SPELT.sub(lambda spelt: "".join(spelt[0].split()), line)
