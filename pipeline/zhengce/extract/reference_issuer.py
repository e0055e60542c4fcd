"""Who issued a document that a text names, and on which day, by the words before its title."""

from __future__ import annotations

import datetime
import re

from zhengce.document import Document
from zhengce.extract.assignee import assignees
from zhengce.extract.named_body import ELIDED, NAME, is_named
from zhengce.extract.official import official

__all__ = ["issued_by"]

ISSUER = (
    rf"(?:{NAME}|中共中央|党中央|中央军委|全国人大(?:常委会)?|"
    r"[\u4e00-\u9fff]{0,12}(?:人民代表大会|人大)(?:常委会|常务委员会)?)"
)
ISSUERS = re.compile(rf"(?P<names>{ISSUER}(?:(?:[、和及与]|以及|会同){ISSUER})*){ELIDED}")
VERB = (
    r"(?:印发实施|印发|下发|发布|公布|颁布|颁发|出台|制定|制订|转发|批转|"
    r"批准|审议通过|通过|上报|报送|报来|提交|编制|修订|发出)"
)
DAY = r"(?P<year>(?:19|20)\d\d)年(?P<month>\d{1,2})月(?P<day>\d{1,2})日"
# what may stand between the bodies and the title: 联合印发了, 于2024年3月5日发布的, 的
BEFORE = re.compile(
    rf"(?:{DAY}[，,]?)?(?P<run>[\u4e00-\u9fff、（）]*?)"
    rf"(?:(?:于?(?P<at>(?:19|20)\d\d年(?:\d{{1,2}}月(?:\d{{1,2}}日)?)?))?(?:联合|共同|近日|正式|专门|率先|先后|相继|又|还|已)*{VERB}(?:了|的)?|的)?$"
)
# those whom a document was sent to, or who are to join in what is still to come
TOWARDS = re.compile(r"(?:[向对给至呈经]|会同|联合)$")
# another title of the same row, with its number
ROW = re.compile(r"《[^《》\n]{2,80}》(?:[（(][^（）()\n]{4,30}[）)])?(?:[、和及与]|以及)?$")
LEADING = re.compile(r"(?P<names>.+?)(?=关于|印发|转发|批转)")
REACH = 90


def issued_by(
    document: Document, start: int, title: str | None, number: str | None
) -> tuple[str | None, datetime.date | None]:
    """The official names of the bodies directly before a title at `start`, else of those it begins with; the day.

    Several are joined by 、. Names are those of the number's year, else of the document's. Bodies that only drafted
    (拟定), pronouns (你局) and kinds (有关部门) are none.
    """
    year = int(number.split("〔")[1][:4]) if number and "〔" in number else None
    line = document.text.rfind("\n", 0, start) + 1
    before = document.text[max(line, start - REACH) : start]
    while row := ROW.search(before):
        before = before[: row.start()]
    met = next((met for at in range(len(before) + 1) if (met := BEFORE.match(before, at)) and _told(met)), None)
    names = _names(met["run"]) if met else ()
    day = _day(met) if met and (names or not met["run"]) else None
    if not names and title and (head := LEADING.match(title)):
        names = _names(re.sub(r"\s+", "、", head["names"].strip()), whole=True)
    issuers = [official(document, name, year or (day.year if day else None)).name or name for name in names]
    return "、".join(dict.fromkeys(issuers)) or None, day


def _told(met: re.Match[str]) -> bool:
    """Whether the stretch begins with a day, or is the last run of characters before the title."""
    return bool(met["year"] or met["run"])


def _names(run: str, *, whole: bool = False) -> tuple[str, ...]:
    """The bodies that end a run of characters, from the first place at which all of the rest are named ones."""
    for at in range(1 if whole else len(run)):
        met = ISSUERS.fullmatch(run, at)
        if met and TOWARDS.search(run[:at]):
            return ()
        if met:
            names = assignees(met["names"].replace("会同", "、"))
            if names and all(name in ("党中央",) or is_named(name) for name in names):
                return names
    return ()


def _day(met: re.Match[str]) -> datetime.date | None:
    parts = re.findall(r"\d+", met["at"]) if met["at"] else [met["year"], met["month"], met["day"]]
    try:
        return datetime.date(*map(int, parts)) if parts[0] and len(parts) == 3 else None
    except ValueError:
        return None
