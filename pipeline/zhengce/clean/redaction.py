"""Names that a page has masked: *县, XX市, ×××, 某某, empty quotes. They are flagged and never filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhengce.document import Note
from zhengce.text import Span

__all__ = ["redactions"]

# what a masked name is the name of; the words that only begin like it are none
KIND = (
    r"(?:省(?!级|域|直|属|内|际|份|略|力|钱|去|时)|市(?!场|级|域|直|属|内|民|值|价|面)|县(?!级|域|直|属|内|乡)|区(?!域|块|间|位|别|级|分)|"
    r"州(?!级|属)|旗(?!下|舰|帜)|镇(?!级|域|区)|乡(?!村|镇|级|土|亲)|村(?!级|民|庄|两委)|街道|社区(?!服务|治理|矫正)|厅(?!级)|"
    r"局(?!面|部|限)|委(?!托|员|派|会|办)|集团|公司|企业|学校|大学|学院|中学|小学|医院|银行|协会|同志|书记|市长|县长|区长|镇长|乡长|"
    r"局长|主任|先生|女士|老师|董事长|总经理|主席|日报|电视台|劳务品牌)"
)
MASK = r"(?:[Xx]{2,12}|×{1,12}|\*{1,12}|○{2,12}|某某某?)"
NO_WORD = r"(?<![A-Za-z0-9×*○])"
RULES = (
    re.compile(rf"{NO_WORD}{MASK}{KIND}"),
    re.compile(r"(?<![A-Za-z0-9×*])X[省市县镇乡](?![级域场村])"),
    # in quotes or a title, in a row of names, between people's doings
    re.compile(rf"(?<=[“《])(?:{MASK}(?=[”》])|\*{{1,4}}(?=[\u4e00-\u9fff]))"),
    re.compile(r"(?<=[\u4e00-\u9fff]、)\*{1,4}(?=[\u4e00-\u9fff])"),
    re.compile(
        r"(?<=[在到赴由与和经])(?:[Xx]{2,5}|×{2,5}|\*{2,5}|某某)(?=考察|调研|视察|检查|召开|举行|举办|进行|参加|担任|主持)"
    ),
    re.compile(
        r"(?<=[赵钱孙李周吴郑王冯陈杨朱秦许何吕张曹金魏姜谢邹章苏潘葛范彭鲁韦马任袁柳史唐罗毕郝傅齐康伍余顾孟黄萧尹姚邵汪毛狄宋庞熊纪舒项祝董梁杜阮蓝季贾江童颜郭梅林钟徐邱骆高夏蔡田樊胡霍万柯卢莫房丁邓])(?:某某?|××|\*\*|[Xx]{2})(?=[，,、（(等说在系的为是与和因])"
    ),
    re.compile(r"(?:\d{4}|[X×*]{1,4})年[X×*]{1,2}月(?:[X×*]{1,2}日)?|(?<![X×*\w])[X×*]{1,2}月[X×*]{1,2}日"),
    re.compile(
        r"(?<=[\u4e00-\u9fff、，。；：])(?:“”|《》)(?=[\u4e00-\u9fff、，。；])|(?:“”|《》)(?=劳务品牌|品牌|工程|行动|计划)"
    ),
    re.compile(r"(?<=[\u4e00-\u9fff])\"\"(?=[\u4e00-\u9fff])"),
)
# where a mask may begin: the rules are tried there and nowhere else
MARK = re.compile("|".join([*(rf"{re.escape(mark)}[Xx×*○]*" for mark in "Xx×*○"), "某某*", "“”", "《》", '""']))
CUES = ("X", "x", "×", "*", "○", "某", "“”", "《》", '""')
MARK_OR_YEAR = re.compile(rf"{MARK.pattern}|\d{{4}}年(?=[X×*])")
MASKED_MONTHS = ("年X", "年×", "年*")
# a multiplication, and a sentence about the marks themselves
FORMULA = re.compile(r"[=＝÷／＋+]|公式|乘以|相乘|系数|之积")
OPERAND = re.compile(r"[数额率价量准积度费资人元天例）)]$")
OF_MARKS = re.compile(
    r"引号|符号|书名号|括号|星号|空格|占位|标点|字样|用“”|以“”|加“”|“”[内中里号]|评级|星级|带\*|注[:：]"
)
# a line that begins with a masked name, and not with the star of a footnote
NAMES = re.compile(r"关于|人民政府|20\d\d|同志|[、和与]\*")
BOLD = re.compile(r"\*\*")
CLAUSE_END = "，,。；;！？\n"


def redactions(text: str) -> Iterator[Note]:
    """Flags the places where a mask stands for a name or a date; multiplications, ratings and footnotes are none.

    >>> page = "2024年，XX市与*县共建“”劳务品牌，补贴=人数×县级标准。*为重点县。"
    >>> [page[note.span.start : note.span.end] for note in redactions(page)]
    ['XX市', '*县', '“”']
    """
    if not any(cue in text for cue in CUES):
        return
    marks = MARK_OR_YEAR if any(cue in text for cue in MASKED_MONTHS) else MARK
    found = [max(matches, key=re.Match.end) for mark in marks.finditer(text) if (matches := _at(text, mark.start()))]
    bold = {at for line in re.finditer(r"(?m)^[^\n]*\*\*[^\n]*", text) for at in _bold(line)} if found else set()
    done = 0
    for match in found:
        if match.start() < done or match.start() in bold or not _masks(text, match):
            continue
        done = match.end()
        message = f"a name or a date was taken out here and is not filled in: {match[0]}"
        yield Note(doubt="redacted", span=Span(start=match.start(), end=match.end()), message=message)


def _at(text: str, at: int) -> list[re.Match[str]]:
    return [match for rule in RULES if (match := rule.match(text, at))]


def _masks(text: str, match: re.Match[str]) -> bool:
    clause = text[_start(text, match.start()) : _end(text, match.end())]
    if OF_MARKS.search(clause):
        return False
    if match[0][0] in "×*":
        before = text[max(0, match.start() - 1) : match.start()]
        single = match[0][:2] not in ("××", "**")
        footnote = single and before in ("", "\n") and match[0][0] == "*" and not NAMES.search(clause)
        return not footnote and not (single and (FORMULA.search(clause) or OPERAND.search(before)))
    return True


def _start(text: str, at: int) -> int:
    return max(text.rfind(mark, 0, at) for mark in CLAUSE_END) + 1


def _end(text: str, at: int) -> int:
    return min((found for mark in CLAUSE_END if (found := text.find(mark, at)) >= 0), default=len(text))


def _bold(line: re.Match[str]) -> Iterator[int]:
    """The places of the marks of a line that uses ** in pairs, as Markdown does to set words in bold."""
    marks = [match.start() for match in BOLD.finditer(line[0])]
    opening = [line[0][at + 2 : at + 6] for at in marks[::2]]
    closing = [line[0][at + 2 : at + 6] for at in marks[1::2]]
    masked = [bool(re.match(KIND, words)) for words in opening]
    if marks and len(marks) % 2 == 0 and (not all(masked) or not any(re.match(KIND, words) for words in closing)):
        yield from (line.start() + at for at in marks)
