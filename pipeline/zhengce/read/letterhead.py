"""The margins of pages (headers, footers) as fields, and the head of an official document that stands in them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from zhengce.name.department import SUFFIXES
from zhengce.name.number import NUMBER, normal_number

__all__ = ["margins"]

# 发文机关标志 (the issuer's name over a document, in red): GB/T 9704-2012, 7.2.4
ISSUER = rf"[\u4e00-\u9fff（） ]{{2,60}}?(?:{SUFFIXES}|国务院|中央)"
LETTERHEAD = re.compile(rf"(?P<issuers>(?>{ISSUER}\n)*+(?:{ISSUER})?)\s*文\s?件")
PAGE_NUMBER = re.compile(r"[-—–－·第共页\d\s/]*")
BEGINNING = 600
MOST_LINES = 30


def margins(headers: Iterable[str], footers: Iterable[str], text: str) -> dict[str, str]:
    """The lines of headers and footers as 页眉 and 页脚, each once, without page numbers.

    The issuer's name over the document and its number (文号), where the beginning of the text does not state one, are
    fields of their own.

    >>> margins(["清河县人民政府文件", "清政发〔2024〕3号"], ["- 1 -"], "关于开展技能培训的通知")["发文机关"]
    '清河县人民政府'
    >>> margins(["清河县教育局", "清河县财政局 文件"], [], "")["发文机关"]
    '清河县教育局、清河县财政局'
    """
    fields = {}
    for label, lines in (("页眉", headers), ("页脚", footers)):
        shown = dict.fromkeys(line.strip() for line in lines if not PAGE_NUMBER.fullmatch(line))
        if shown:
            fields[label] = "\n".join(shown)
    header = fields.get("页眉", "")
    number = NUMBER.search(header)
    if number and not NUMBER.search(text[:BEGINNING]):
        fields["发文字号"] = normal_number(number)
    lines = header.split("\n")[:MOST_LINES]
    heads = (
        LETTERHEAD.fullmatch("\n".join(lines[first:last])) for last in range(1, len(lines) + 1) for first in range(last)
    )
    if head := next((head for head in heads if head and head["issuers"].strip()), None):
        names = re.sub(r"(?<=[\u4e00-\u9fff])[ ](?=[\u4e00-\u9fff])", "", head["issuers"].strip())
        fields["发文机关"] = "、".join(names.split("\n"))
    return fields
