"""The number (文号) that a line prints as a document's own."""

from __future__ import annotations

import re

from zhengce.name.number import CLOSE, NUMBER, OPEN
from zhengce.value.number import parse_number

__all__ = ["numbered"]

LABEL = re.compile(r"^(?:发\s*文\s*字\s*号|发文文号|公文字号|文件编号|文件号|文\s*号|字\s*号)\s*[:：]?\s*")
BEHIND = re.compile(r"(?<!\s)\s*+(?:签\s?发\s?人|有效性|是否有效)[:：].*$")
WRAPPED = re.compile(r"[（(](?P<inner>[^（()）]+(?:[（(〔\[]\d{4}[）)〕\]][^（()）]*)?)[）)]")
NUMBERS = re.compile(
    rf"(?P<first>{NUMBER.pattern})(?:[\s、，,/;；]+[\u4e00-\u9fff]{{1,14}}\s?[{OPEN}]\d{{4}}[{CLOSE}]\d+号)*"
)
# the name of the authority before its own code: of six characters at least, and a code of three is left
GLUED = re.compile(r"^.*(?:文件|.{5,}(?:人民政府|委员会|办公[厅室]|[局厅部]))(?=[\u4e00-\u9fff]{3,})")
# a year without brackets, or of two figures as until the 1990s (国发[81]88号)
LOOSE = re.compile(
    r"(?P<code>[\u4e00-\u9fff]{1,12}[发函字规通办文电呈批复议])\s?"
    rf"(?:(?P<year>(?:19|20)\d\d)\s?年?|[{OPEN}](?P<short>[5-9]\d)[{CLOSE}])\s?第?\s?(?P<number>\d{{1,4}})\s?号"
)
# orders and announcements count by themselves: 某省人民政府令第9号, 某部公告2024年第5号
SERIES = re.compile(
    r"(?P<body>[\u4e00-\u9fff][\u4e00-\u9fff\s、]{0,80}?)\s?(?P<form>令|公\s?告|通\s?告)\s?"
    rf"[（(]?(?:[{OPEN}]?\s?(?P<year>(?:19|20)\d\d)\s?年?\s?[{CLOSE}]?)?\s?第\s?"
    r"(?P<number>\d{1,5}|[一二三四五六七八九十百零〇○]{1,6})\s?号\s?[）)]?"
)
SENTENCE = re.compile(r"关于|根据|按照|贯彻|依据|依照|现将|[。；，,！]|《(?!\d{4}》)")


def numbered(line: str) -> str | None:
    """The number on a line that holds a document's number and nothing else, normalised; None for any other line.

    Orders and announcements have no code (某省人民政府令第9号, 某部公告2024年第5号). Of the numbers of a joint notice
    the first counts. Source: GB/T 9704-2012, 7.2.5; for orders 党政机关公文处理工作条例.

    >>> numbered("黔府办发[2021] 023号"), numbered("中华人民共和国国务院令 第七〇七号")
    ('黔府办发〔2021〕23号', '国务院令第707号')
    >>> numbered("（2021）京民申7816号"), numbered("见人社部发〔2021〕66号文件"), numbered("国发[81]88号")
    (None, None, '国发〔1981〕88号')
    """
    line = BEHIND.sub("", LABEL.sub("", line.strip())).strip()
    wrapped = WRAPPED.fullmatch(line)
    line = wrapped["inner"].strip() if wrapped else line
    if SENTENCE.search(line):
        return None
    if series := SERIES.fullmatch(line):
        return _of_series(series)
    if match := NUMBERS.fullmatch(GLUED.sub("", line)):
        code = re.sub(r"\s", "", match["code"]).strip("（()）")
        return f"{code}〔{match['year']}〕{int(match['number'])}号" if code else None
    if loose := LOOSE.fullmatch(line):
        return f"{loose['code']}〔{loose['year'] or '19' + loose['short']}〕{int(loose['number'])}号"
    return None


def _of_series(match: re.Match[str]) -> str:
    body = match["body"].strip()
    spelt = all(len(token) == 1 for token in body.split())
    names = "" if spelt else " "
    body = names.join(token for token in re.split(r"[\s、]+", body) if token)
    body = re.sub(r"^中华人民共和国(?=国务院)", "", "国务院" if body == "国" else body)
    year = f"{match['year']}年" if match["year"] else ""
    return f"{body}{''.join(match['form'].split())}{year}第{int(parse_number(match['number'].replace('○', '〇')))}号"
