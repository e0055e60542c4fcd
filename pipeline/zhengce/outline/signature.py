"""The signature under a text: who signed it and when (署名, 成文日期)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from zhengce.name.department import SUFFIXES
from zhengce.name.place import find_place
from zhengce.value.day import FULL_DAY, parse_day

__all__ = ["BODY", "Signature", "names_on", "signature"]

BODY = (
    rf"(?:{SUFFIXES}|小组|指挥部|联席会议|专班|工会|法院|检察院|党组|党委|军区|大队|支队|事务所|研究所|服务站|医院|学校|"
    r"银行|供销社|联社|妇联|残联|工商联|科协|文联|团委|政协|人大|编辑部|管理处|街道|开发区|自治区|集团)"
)
NAME = rf"[\u4e00-\u9fff（）()·]{{1,38}}{BODY}"
SEAL = re.compile(r"[（(](?:盖?印?公?章|代章|印|代)[）)]")
DAY = rf"(?P<day>{FULL_DAY}|(?:19|20)\d\d[./\-]\d{{1,2}}[./\-]\d{{1,2}})"
ENDS_AS_DATE = re.compile(r"(?m)^[^\n]{4,260}(?<=[日\d\s])$")
DATED = re.compile(rf"[^\S\n]*+(?:(?P<signers>[^\n，。；：:《]{{2,200}}?)[^\S\n]*)??{DAY}[^\S\n]*")
IN_PROSE = re.compile(rf"(?<=[。！）)])\s?(?P<signers>(?:{NAME}\s)+){DAY}(?=\s|$|[（(]|附件)")
DAY_BEHIND_BLANK = re.compile(rf"\s{DAY}")
OFFICER = re.compile(
    r"(?:代?(?:省长|市长|县长|区长|州长|旗长|乡长|镇长)|总理|(?:部|厅|局|署|行|院|处|会|社)长|主任|主席|检察长)\s*[\u4e00-\u9fff·]{1,3}"
    r"(?:\s?[\u4e00-\u9fff·]{1,12})?"
)
PRINTED = re.compile(r"印发|抄送|分送|抄报|主送|联系|附件|附：|关于")
SPELT = re.compile(r"(?<![^\s])(?:[\u4e00-\u9fff]\s){2,}[\u4e00-\u9fff](?![^\s])")
ENDED = re.compile(rf"[\u4e00-\u9fff]{{2,}}?(?:{SUFFIXES})(?=[\u4e00-\u9fff]{{3,}}|$)")
MOST_SIGNERS, WINDOW = 40, 1500


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """The names that stand by a date line, as printed and in their order, and the day."""

    signers: tuple[str, ...] = ()
    written: date | None = None


def signature(text: str) -> Signature:
    r"""The first date line by which names stand, else the first one under prose; both blank where there is none.

    Names stand above the date, in its line, or below it; joint ones one a line or several in a line. Source: GB/T
    9704-2012, 7.3.5 (发文机关署名、成文日期和印章).

    >>> signed = signature("请认真执行。\n某省教育厅 某省财政厅\n某省总工会（章）\n二〇二四年三月五日\n（公开）")
    >>> signed.signers, str(signed.written)
    (('某省教育厅', '某省财政厅', '某省总工会'), '2024-03-05')
    """
    bare: date | None = None
    prose = text.find("。") if "。" in text else len(text)
    for line in ENDS_AS_DATE.finditer(text):
        match = DATED.fullmatch(line[0])
        day = parse_day(match["day"]) if match else None
        beside = (match["signers"] or "").strip() if match else ""
        if day is None or PRINTED.search(beside) or (beside and not names_on(beside)):
            continue
        above = text[max(0, line.start() - WINDOW) : line.start()].rstrip().split("\n")
        signers = names_on(beside) or _upward(above) or _downward(text[line.end() : line.end() + WINDOW])
        if signers and (line.start() > prose or not bare):
            return Signature(signers=tuple(signers), written=day)
        if line.start() > prose and not bare:
            bare = day
    inside = IN_PROSE.search(text) if DAY_BEHIND_BLANK.search(text) else None
    if inside:
        return Signature(signers=tuple(names_on(inside["signers"])), written=parse_day(inside["day"]))
    return Signature(written=bare)


def names_on(line: str) -> list[str]:
    """The names of bodies on a line that holds nothing else; none for any other line.

    >>> names_on("财 政 部  教育部"), names_on("某市人民政府办公室"), names_on("总理 某某某"), names_on("特此通知")
    (['财政部', '教育部'], ['某市人民政府办公室'], [], [])
    """
    line = SEAL.sub("", line).strip()
    if not line or len(line) > 200 or re.search(r"[，。；：:！？《》“”\d]", line) or OFFICER.fullmatch(line):
        return []
    line = SPELT.sub(lambda spelt: _apart("".join(spelt[0].split())), line)
    names = [name for token in re.split(r"[\s、]+", line) if token for name in _unglued(token)]
    return names if all(re.fullmatch(NAME, name) for name in names) else []


def _apart(run: str) -> str:
    """Characters set apart by blanks, which may be several names (民 政 部 财 政 部)."""
    return " ".join(ENDED.findall(run)) if "".join(ENDED.findall(run)) == run else run


def _unglued(token: str) -> Iterable[str]:
    """Names that follow on without a blank, each beginning with the same place."""
    place = find_place(token)
    if place is None or not token.startswith(place.name) or token.count(place.name) < 2:
        return [token]
    return [part for part in re.split(rf"(?<=[厅局委会部署院室府行])(?={place.name})", token) if part]


def _upward(lines: Sequence[str]) -> list[str]:
    """The names on the lines right above a date, from the first to the last; the officer who signs an order is none."""
    found: list[list[str]] = []
    for line in reversed(lines[-MOST_SIGNERS:]):
        if not line.strip() or OFFICER.fullmatch(line.strip()):
            continue
        names = names_on(line)
        if not names:
            break
        found.append(names)
    return [name for names in reversed(found) for name in names]


def _downward(text: str) -> list[str]:
    found: list[str] = []
    for line in text.split("\n")[: MOST_SIGNERS + 1]:
        names = names_on(line)
        if line.strip() and not names:
            break
        found += names
    return found
