"""Every regular expression takes time about linear in what it looks at, whatever that is."""

from __future__ import annotations

import json
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from adversarial import units
from patterns import written

from zhengce.flow import process
from zhengce.read.format import HOLDS_HTML
from zhengce.read.html_script import TAG
from zhengce.read.html_tree import TEMPLATE

SHORT, LONG = 2_000, 16_000
QUICK = 0.000_15  # seconds for 2,000 characters: what goes through them once
FLOOR, GROWTH = 0.005, 24  # seconds for 16,000 characters, and how many times those for 2,000
# sentences are cut at 1,200 characters, so what is seen with no more than these may cost their square
SENTENCE, BOUND = 1_500, 0.3
TOO_LONG = 3.0
# these are shown a text only as far as what closes them last stands in it, see the last test
CLOSED = {HOLDS_HTML.pattern.decode(), TAG.pattern, TEMPLATE.pattern, "<!--(.*?)-->"}


class Slow(Exception):
    """A search that would not end."""


@pytest.fixture(scope="module")
def patterns() -> list[dict[str, Any]]:
    script = Path(__file__).parent / "patterns.py"
    made = subprocess.run([sys.executable, str(script)], capture_output=True, check=True, text=True)
    return json.loads(made.stdout)  # type: ignore[no-any-return]


@pytest.fixture
def alarm() -> Iterator[None]:
    def slow(*_: object) -> None:
        raise Slow

    before = signal.signal(signal.SIGALRM, slow)
    yield
    signal.signal(signal.SIGALRM, before)


def taken(pattern: re.Pattern[Any], method: str, unit: Any, length: int) -> float:
    """The seconds for so many characters of a unit, alone and behind another sign, and an end that fits nothing."""
    begin, end = (b"-", b"\0") if isinstance(unit, bytes) else ("甲", "\0")
    text = (unit * (length // len(unit) + 1))[:length] + end
    whole = method in ("match", "fullmatch")
    return spent_on(pattern, method, text) + (0 if whole else spent_on(pattern, method, begin + text))


def spent_on(pattern: re.Pattern[Any], method: str, text: Any) -> float:
    signal.setitimer(signal.ITIMER_REAL, TOO_LONG)
    before = time.process_time()
    try:
        if method in ("search", "match", "fullmatch"):
            getattr(pattern, method)(text)
        else:
            for _ in pattern.finditer(text):
                pass
    except Slow:
        return TOO_LONG
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return time.process_time() - before


def is_slow(pattern: re.Pattern[Any], method: str, unit: Any, longest: int) -> bool:
    if 0 < longest <= SENTENCE:
        return taken(pattern, method, unit, SENTENCE) > BOUND
    short = taken(pattern, method, unit, SHORT)
    if short < QUICK:
        return False
    long = taken(pattern, method, unit, LONG) if short < TOO_LONG else TOO_LONG
    return long > FLOOR and long > GROWTH * min(short, TOO_LONG / GROWTH)


def slow_on(one: dict[str, Any]) -> tuple[str, str] | None:
    """The method and the unit that a pattern is slow with, if there is one."""
    source = one["pattern"].encode("latin-1") if one["bytes"] else one["pattern"]
    pattern = re.compile(source, one["flags"])
    for unit in units(source, one["flags"]):
        piece = unit.encode() if one["bytes"] else unit
        for method in set(one["methods"]) - {"pattern"}:
            if all(is_slow(pattern, method, piece, one["longest"]) for _ in range(3)):  # a machine may be busy
                return method, unit
    return None


def test_no_pattern_is_passed_over(patterns: list[dict[str, Any]]) -> None:
    found = {tuple(site) for one in patterns for site in one["sites"]}
    assert found == set(written())
    assert len(found) > 800
    assert sum(one["longest"] > SENTENCE for one in patterns) > 150, "too few have seen a long text"


@pytest.mark.usefixtures("alarm")
def test_every_pattern_is_linear(patterns: list[dict[str, Any]]) -> None:
    slow = [(one["sites"][0], found) for one in patterns if one["pattern"] not in CLOSED and (found := slow_on(one))]
    assert slow == []


NOTICE = "到2025年底，全县新增劳务品牌3个，培训农民工2万人次，给予每人500元补贴。"
UNITS = (
    "、", "（", "1", "第", "1,2,3,", "〔", "〔〔（", NOTICE, "《关于就业的通知》", "5%", "增长5%、", "一、\n",
    "（一）总体要求\n", "由县人社局牵头，", "、国家中医药管理委员会", "某某月嫂、", "任务 完成时限 责任单位\n",
    "（牵头单位：县人社局；配合单位：县财政局）\n", "附件：\n1.表\n", "審核 ", "\t \t", "２０２５年",
)  # fmt: skip
TAGS = (
    "<",
    "<p ",
    "<p>",
    "<!--",
    "<!--一-->",
    "<script>",
    "<template>",
    "<![CDATA[",
    "<td>甲",
    "&nbsp;",
    "<b><i>",
    "</p>",
)


def read(data: bytes, name: str) -> float:
    before = time.process_time()
    process(data, name)
    return time.process_time() - before


def spent(unit: str, length: int, name: str) -> float:
    return read((unit * (length // len(unit) + 1))[:length].encode(), name)


@pytest.mark.parametrize("unit", UNITS)
def test_a_text_that_repeats_itself_is_read_in_linear_time(unit: str) -> None:
    size = 5_000
    assert any(spent(unit, 4 * size, "甲.txt") < 8 * max(spent(unit, size, "甲.txt"), 0.06) for _ in range(3))


@pytest.mark.parametrize("unit", TAGS)
def test_a_page_whose_tags_never_close_is_read_in_linear_time(unit: str) -> None:
    size = 20_000
    before = NOTICE + "<html><body><![CDATA[甲]]>"
    assert any(
        spent(before + unit * (8 * size // len(unit)), 8 * size, "甲.html")
        < 16 * max(spent(before + unit * (size // len(unit)), size, "甲.html"), 0.06)
        for _ in range(3)
    )


def test_bytes_at_random_are_read_in_linear_time() -> None:
    """They look like GBK."""
    bytes_of = random.Random(10).randbytes(64_000)
    high = bytes(0x81 + byte % 0x7E if at % 2 == 0 else 0x40 + byte % 0xBE for at, byte in enumerate(bytes_of))
    assert any(read(high, "甲.txt") < 8 * max(read(high[:16_000], "甲.txt"), 0.06) for _ in range(3))
