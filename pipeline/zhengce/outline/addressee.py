"""To whom a text is sent (主送机关): the line above its first sentence that ends with a colon."""

from __future__ import annotations

import re

__all__ = ["addressees"]

LINE = re.compile(r"(?m)^[ \t\u3000]*(?P<names>[^\n。：:《》]{2,600})[：:][ \t\u3000]*$")
# the first sentence of a page on one line begins behind the colon
INLINE = re.compile(r"(?:^|[号日通知意见函 ])(?P<names>各[^。：:《》]{2,300})[：:]")
BODY = re.compile(
    r"政府|委员会|[厅局署部委办院校会社行处科组团室站所]$|单位|部门|机构|公司|企业|机关|同志|代表|工会|中心|集团|国务院|中央"
)
SPLIT = re.compile(r"[，,；;]|、(?=各)")
PREAMBLE = 1500


def addressees(text: str) -> tuple[str, ...]:
    r"""The addressees of an official text as printed, one for each group between commas; none where there is none.

    Source: GB/T 9704-2012, 7.3.2.

    >>> addressees("关于做好就业工作的通知\n各市、县人民政府，省政府各部门、各直属机构：\n为做好就业工作，现通知如下。")
    ('各市、县人民政府', '省政府各部门', '各直属机构')
    >>> addressees("今年的任务有三项：\n一是稳就业。")
    ()
    """
    head = text[:PREAMBLE]
    first = head.find("。")
    head = head[:first] if first >= 0 else head
    for match in (*LINE.finditer(head), *INLINE.finditer(head)):
        names = tuple(name.strip() for name in SPLIT.split(match["names"]) if name.strip())
        if all(BODY.search(re.sub(r"[（(][^（）()]*[）)]$", "", name)) or name.startswith("各") for name in names):
            return names
    return ()
