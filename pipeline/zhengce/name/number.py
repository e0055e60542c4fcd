"""Document numbers (文号): found in their many printed forms, normalised to one."""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["CLOSE", "NUMBER", "OPEN", "normal_number", "numbers"]

OPEN, CLOSE = "〔［\\[【（(〈《‘“〚﹝{", "〕］\\]】）)〉》’”〛﹞}"
NUMBER = re.compile(
    rf"(?P<code>[\u4e00-\u9fff（）()]{{1,14}}?)\s?[{OPEN}]\s?(?P<year>(?:19|20)\d{{2}})\s?年?\s?[{CLOSE}]"
    r"\s?第?\s?(?P<number>\d{1,5})\s?号"
)
LONGEST_CODE = 15  # with a blank
BRACKETED = re.compile(rf"[{OPEN}]\s?(?:19|20)\d{{2}}\s?年?\s?[{CLOSE}]\s?第?\s?\d{{1,5}}\s?号")
LEAD_IN = re.compile(
    r"^.*(?:根据|按照|依据|依照|参照|遵照|结合|贯彻|落实|执行|按|见|的|和|与|及|、|通知|意见|办法|规定|方案|精神|文件|号|为)(?=[\u4e00-\u9fff]{2,})"
)


def numbers(text: str) -> Iterator[re.Match[str]]:
    """The matches of NUMBER in a text, each looked for from its bracket: no search for a code at every character.

    >>> [match[0] for match in numbers("根据国办发〔2020〕27号和（人社部发〔2021〕66号），")]
    ['根据国办发〔2020〕27号', '和（人社部发〔2021〕66号']
    """
    at = 0
    for year in BRACKETED.finditer(text):
        match = NUMBER.search(text, max(at, year.start() - LONGEST_CODE), year.end())
        if match:
            at = match.end()
            yield match


def normal_number(match: re.Match[str]) -> str:
    """The document number (文号) in the form of GB/T 9704-2012, 7.2.5: 代字〔年〕号, no 第, no leading zeros.

    >>> normal_number(NUMBER.search("根据人社部发[2021]第066号"))
    '人社部发〔2021〕66号'
    """
    code = LEAD_IN.sub("", match["code"]).strip("（()） ")
    return f"{code}〔{match['year']}〕{int(match['number'])}号"
