"""Titles of official documents and what they say of the kind of a text."""

from __future__ import annotations

import re

from zhengce.document import DocumentKind

__all__ = ["carried", "is_title", "kind_of_title"]

# 文种 (kinds of official document, GB/T 9704-2012 and 党政机关公文处理工作条例) and the forms that notices carry
KINDS: tuple[tuple[DocumentKind, str], ...] = (
    ("interpretation", "解读|问答|答记者问|图解|一图读懂|政策说明|起草说明"),
    ("speech", "讲话|发言|致辞|讲话稿|主持词|发言稿"),
    ("report", "工作报告|报告|总结|调研报告|公报|工作打算"),
    ("list", "名单|目录|清单|公示|名录"),
    ("opinion", "意见|指导意见|实施意见|若干意见"),
    ("plan", "方案|规划|计划|要点|纲要|行动方案|行动计划|预案|工作安排|分工|任务书|路线图"),
    ("measures", "办法|规定|细则|措施|条例|规则|标准|指南|规范|制度|章程|准则|规程|法|若干政策"),
    ("notice", "通知|公告|通告|通报|函|批复|决定|命令|令|决议|请示|复函|答复|议案|纪要"),
)
DECORATION = re.compile(
    r"[（(](?:试行|暂行|草案|修订|修订稿|修正|征求意见稿|讨论稿|节选|全文|摘要|\d{4}[^）)]{0,12}|[^（）()]{0,12}版)[）)]|[（(]\d+[）)]$"
)
CARRIES = re.compile(
    r"(?:印发|转发|批转|公布|发布)(?:《(?P<quoted>.{4,120}?)》(?:等[^《》]{0,16})?|(?P<plain>[^《》]{6,120}?))的(?:通知|公告|通告|函|决定)$"
)
TITLE = re.compile(rf"(?:{'|'.join(words for _, words in KINDS)})$")


def kind_of_title(title: str) -> DocumentKind:
    """The kind of document that a title names at its end; `other` where it names none.

    >>> kind_of_title("关于印发《劳务品牌建设实施方案》的通知"), kind_of_title("职业培训补贴管理办法（试行）")
    ('notice', 'measures')
    """
    bare = DECORATION.sub("", title.strip()).strip()
    bare = bare[1:-1] if re.fullmatch(r"《[^《》]+》", bare) else bare
    for kind, words in KINDS:
        if re.search(rf"(?:{words})$", bare):
            return kind
    return "other"


def carried(title: str) -> str | None:
    """The title of the text that a cover notice (印发…的通知) carries; None where the title is no such cover's.

    >>> carried("某省人民政府关于印发《某省就业促进办法》的通知"), carried("关于印发某市培训实施方案的通知（试行）")
    ('某省就业促进办法', '某市培训实施方案')
    >>> carried("关于做好2024年就业工作的通知") is None
    True
    """
    match = CARRIES.search(DECORATION.sub("", title.strip()).strip())
    return (match["quoted"] or match["plain"]) if match else None


def is_title(line: str) -> bool:
    """Whether a line stands as the title of an official document.

    >>> is_title("关于加强劳务品牌建设的实施意见"), is_title("各地要抓好落实，提出工作意见。"), is_title("一、总体要求")
    (True, False, False)
    """
    line = line.strip()
    if (
        not 6 <= len(line) <= 90
        or re.search(r"[。；，,;:：]$", line)
        or re.match(r"[一二三四五六七八九十]+、|[（(]|\d+[.．、]|第.{1,4}[章条]", line)
    ):
        return False
    return bool(TITLE.search(DECORATION.sub("", line))) and not re.search(
        r"。|(?<!\d)[，,].*[，,]|请结合|现将|特此", line
    )
