"""Other names of a brand that a text tells: 原名“乙”, 前身是“乙”, 由“乙”升级为“甲”, 又称“乙”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from zhengce.text import Span

__all__ = ["Alias", "aliases"]

NAME = (
    r"(?:[“「‘](?P<{0}>[\u4e00-\u9fff]{{2,10}})[”」’]|"
    r"(?P<{0}_bare>(?:(?![的是了着])[\u4e00-\u9fff]){{2,8}})(?=[，,。；;）)、]))"
)
QUOTED = r"[“「‘](?P<{}>[\u4e00-\u9fff]{{2,10}})[”」’]"
FORMER = r"(?:原[名称叫为]|前身|曾用名|曾[名叫]|旧[称名]|本名|(?:过去|以前|原先|早先|最早|最初|早年)叫|唤作)"
OTHER = r"(?:又称|又名|又叫|也称|也叫|亦称|俗称|别称|别名|人称|简称|昵称|口中的|嘴里的)"
IS = r"(?:就?是|为|叫做?|作|系|名为|称为)?[:：]?"
BETWEEN = r"[^“”「」。；\n]{0,12}?"
RENAMED = r"(?:[更改易换正定]名|升级|提升|打造|更改|发展|蝶变|整合|变[更身成]|注册|成了)[^“”「」。；\n]{0,12}?"
TOLD = r"(?:[，,]?(?:就?是|叫)?[^“”「」。；\n]{0,14}?的)?"  # 前身，是当地人叫了二十年的“乙”
BETWEEN_CLAUSES = r"[^“”「」。；\n]{0,60}?"
SAME = r"(?:就?是|算|属于?)?(?:同一|一(?:回事|码事|个))"
NAMED = QUOTED.format("name")
ALIAS = QUOTED.format("alias")
Kind = Literal["former", "other"]
TOLD_SO: tuple[tuple[str, Kind], ...] = (
    (rf"{NAMED}(?:[（(，,的]?{BETWEEN}(?<!被){FORMER}{IS}|[（(]原){TOLD}{ALIAS}", "former"),
    (rf"{NAMED}{BETWEEN_CLAUSES}以{ALIAS}(?:的名义|之名)?起(?:步|家)", "former"),
    (rf"叫{IS}{ALIAS}，?[^“”「」。\n]{{0,6}}{NAMED}{SAME}", "former"),
    (rf"{NAMED}[（(，,]?{BETWEEN}{OTHER}{IS}{NAME.format('alias')}", "other"),
    (rf"(?:将|把|由|从)?{ALIAS}{BETWEEN}{RENAMED}{NAMED}", "former"),
    (rf"{NAMED}{BETWEEN}由{BETWEEN}{ALIAS}{BETWEEN}{RENAMED[:-1]}", "former"),
)
PATTERNS = tuple((re.compile(pattern), kind) for pattern, kind in TOLD_SO)
# the name told before, spoken of as 该品牌
SAID = r"(?:该|这一|这个|此)品牌|它|[这该]支队伍|队伍|他们|她们|该名号"
SPOKEN_OF = re.compile(
    QUOTED.format("name") + rf"[^“”「」\n]{{0,60}}?(?:{SAID})[^“”「」\n。]{{0,20}}?"
    rf"(?:(?P<other>{OTHER}|[也又]叫)|{FORMER}|[还曾]叫){IS}" + QUOTED.format("alias")
)
LONG_AGO = re.compile(
    QUOTED.format("alias") + r"[^“”「」]{0,60}?(?:变|改|升级|更名|蜕变|换)[^“”「」。]{0,12}" + QUOTED.format("name")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """Two names of one thing, and the words that say so; a former one is no longer used."""

    name: str
    alias: str
    kind: Kind
    span: Span


def aliases(text: str) -> Iterator[Alias]:
    """The pairs of names that a text says are the same thing's; whether they are brands is not looked at.

    >>> [(a.name, a.alias, a.kind) for a in aliases("“甲县护工”原名“乙门护工”，“丙州裁缝”升级为“丙州衣匠”。")]
    [('甲县护工', '乙门护工', 'former'), ('丙州衣匠', '丙州裁缝', 'former')]
    """
    seen: set[tuple[str, str]] = set()
    for pattern, kind in (*PATTERNS, (LONG_AGO, "former"), (SPOKEN_OF, None)):
        for match in pattern.finditer(text):
            shown = match.groupdict()
            alias = shown["alias"] or shown["alias_bare"]
            kind = kind or ("other" if shown["other"] else "former")
            pair = (match["name"], alias)
            if match["name"] != alias and pair not in seen:
                seen |= {pair, pair[::-1]}
                yield Alias(
                    name=match["name"], alias=alias, kind=kind,
                    span=Span(start=match.start(), end=match.end()),
                )  # fmt: skip
