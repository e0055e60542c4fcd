"""Reports made of invented texts by the flow itself: read, extracted, written as tables, restored from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from zhengce.flow import process
from zhengce.linked import Report
from zhengce.restored import reports
from zhengce.write.jsonl import open_tables
from zhengce.write.row import rows

__all__ = ["made", "page", "restored_from"]

# prose of which no two reports of a case get the same, so that they are no copies of one another
FILLERS = (
    "清晨的站台上，行李箱的轮子声此起彼伏，送行的老人把煮熟的鸡蛋塞进孩子的口袋，反复叮嘱到了就来电话。",
    "傍晚收工后，灶膛里的火映红了半面墙，几位师傅围坐在院坝里，说起年轻时翻山学艺的往事，笑声传得很远。",
    "雨后的巷子里晾满了刚染好的布，一位奶奶眯着眼穿针，她说手上的活计不能断，断了就对不起教她的外婆。",
    "村口的大榕树下摆着几张旧课桌，驻村干部把政策一条一条念给大家听，听不懂的就用方言再讲一遍。",
    "车间的灯彻夜亮着，质检员端着茶杯在流水线旁走来走去，偶尔停下来，用指尖轻轻敲一敲刚下线的零件。",
    "离开时已近黄昏，山路弯弯绕绕，后视镜里的炊烟越来越淡，司机哼着一首没有歌词的小调。",
)

GIVEN = {"region_code", "region", "number", "kind", "date"}  # what a case may say of a report that its text does not


def page(told: Mapping[str, Any], filler: str = "") -> str:
    """A report as a portal shows it: headline, the line of outlet and day, prose."""
    line = "　".join(told[key] for key in ("outlet", "day") if key in told)
    return "\n".join(filter(None, (told.get("title", ""), line, told["text"], filler)))


@cache
def restored_from(texts: tuple[tuple[str, str], ...]) -> tuple[Report, ...]:
    """The reports of texts by the names of their files, with the rules alone: a judge is no part of linking."""
    with TemporaryDirectory() as folder:
        with open_tables(Path(folder)) as append:
            for name, text in texts:
                outcome = process(text.encode(), f"{name}.txt", judges=())
                assert outcome.document, outcome.failure
                append(rows(outcome.document, outcome.records))
        return tuple(reports(Path(folder)))


def made(told: Sequence[Mapping[str, Any]], apart: bool = False) -> dict[str, Report]:
    """The reports of a case by their names, the second part of one as `a-p2`; set `apart` by prose of their own."""
    fillers = FILLERS if apart else [""] * len(told)
    pages = tuple((one["name"], page(one, filler)) for one, filler in zip(told, fillers, strict=False))
    assert len(pages) == len(told), "more reports than fillers"
    found = {}
    for report in restored_from(pages):
        file = report.source.removesuffix(".txt")
        name = file if report.part == "p1" else f"{file}-{report.part}"
        given = next({key: one[key] for key in GIVEN & set(one)} for one in told if one["name"] == file)
        found[name] = replace(report, **given)
    return found
