"""The line of a newspaper or portal under a headline: who printed it and when (天水晚报　2025年10月16日　A02版)."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from zhengce.value.day import FULL_DAY, parse_day

__all__ = ["Masthead", "masthead"]

DAY = rf"(?:{FULL_DAY}|(?:19|20)\d\d[-./]\d{{1,2}}[-./]\d{{1,2}})"
GAP = r"[ \t\u3000|｜]+"
LINE = re.compile(
    rf"(?:(?:[（(]?来源[:：]\s?)?(?P<outlet>(?!截[至止]|自|从|于|至)[^。，,：:；\n\d]{{2,24}}?(?:[（(][^（）()\n]{{1,20}}[）)])?)(?:{GAP}|[:：]\s?|(?=(?:19|20)\d\d)))?"
    rf"(?:(?:发布)?(?:日期|时间)[:：]\s?)?(?P<day>{DAY})(?:\s*\d{{1,2}}[:：]\d\d(?:[:：]\d\d)?)?(?P<rest>(?:{GAP}[^。\n]{{1,60}})?)"
)
# where a text stood first, told under it
REPRINTED = re.compile(
    rf"[（(]?(?:原载|刊载?于|载于?|摘自)《?(?P<outlet>[^《》。，\n\d]{{2,20}}?)》?\s?(?P<day>{DAY})[^。\n]{{0,20}}"
)
FEW = 6
LONGEST = 100


class Masthead(NamedTuple):
    """Who published a text and on which day, each None where the line does not say it."""

    outlet: str | None
    day: date | None


def masthead(text: str) -> Masthead:
    """What the line of outlet and day among the first lines says, else the line at the end that tells where it stood.

    A day by itself at the end of a text is a signature and no such line; prose is none either.

    >>> masthead("手艺签大单\\n\\n天水晚报　2025年10月16日　A02版　本报记者 甲\\n昨日下午，仪式举行。")
    Masthead(outlet='天水晚报', day=datetime.date(2025, 10, 16))
    >>> masthead("半日见闻\\n中午收摊。\\n（原载《某某周刊》2025年2月13日第3版）")
    Masthead(outlet='某某周刊', day=datetime.date(2025, 2, 13))
    """
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    for line in lines[:FEW]:
        if "。" in line:
            break
        match = LINE.fullmatch(line.strip("【】[]")) if len(line) <= LONGEST else None
        if match and (match["outlet"] or match["rest"]):
            return Masthead(_bare(match["outlet"]), parse_day(match["day"]))
    match = REPRINTED.fullmatch(lines[-1].strip("（()）")) if lines else None
    return Masthead(_bare(match["outlet"]), parse_day(match["day"])) if match else Masthead(None, None)


def _bare(outlet: str | None) -> str | None:
    """A name without the marks and words of edition round it."""
    name = re.sub(r"[（(][^（）()]*[）)]|数字版|电子版|客户端版", "", outlet or "").strip("《》【】[]·|｜ \t\u3000")
    return name if len(name) > 1 and not re.match(r"(?:发布|更新)?(?:时间|日期)", name) else None
