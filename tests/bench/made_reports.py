"""Reports for `tests/bench/dataset.py`, made of those in `corpora/reports/train`; a known share of them are copies.

A report has the lines of one of the thirty, with other counties, cities, provinces, days, numbers and names of persons,
and with other words in place of about half of those that no record rests on. A copy has the lines of an earlier report
under another headline and outlet, at most three days later, and lacks one of them now and then. Years stay what they
are. The same number makes the same report.
"""

from __future__ import annotations

import datetime
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from zhengce.flow import process
from zhengce.lexicon import table
from zhengce.words import words

__all__ = ["Made", "made_reports"]

TRAIN = Path(__file__).parents[2] / "corpora" / "reports" / "train"
COPIES = 0.2  # of the reports
OTHER_WORDS = 0.5  # of the words outside records
FIRST, DAYS = datetime.date(2024, 1, 10), 700
STAMP = re.compile(r"来源|发布|编辑|审核|浏览|索引号|作者[：:]|APP|隐私|版权")
DAY = re.compile(r"(?:(20\d\d)年)?(\d{1,2})月(\d{1,2})日")
NUMBER = re.compile(r"(?<![\d.:年月])\d+(?:\.\d+)?(?![\d.:年月日〕])")
PERSON = re.compile(r"(?<=记者)[\u4e00-\u9fff]{2,3}(?=[ ）])|(?<=[长员任人民])[\u4e00-\u9fff]{3}(?=[说表介])")
CHINESE = re.compile(r"[\u4e00-\u9fff]{2,4}")
SURNAMES, GIVEN = "王李张刘陈杨赵黄周吴", "明芳强丽军敏杰静伟霞平红"


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A report as it is put in a file; `copy_of` is the number of the one that it copies."""

    number: int
    title: str
    lines: tuple[str, ...]
    day: datetime.date
    outlet: str
    copy_of: int | None = None

    @property
    def text(self) -> str:
        """The text of the file."""
        return "\n\n".join([self.title, f"发布时间：{self.day}　来源：{self.outlet}", *self.lines]) + "\n"


def made_reports(count: int, *, same_words: bool = False) -> Iterator[Made]:
    """So many reports; with `same_words` only places, days, numbers and persons differ, as in 30 filled templates."""
    held: list[Made] = []
    for number in range(count):
        chance = random.Random(number)
        originals = [one for one in held if one.copy_of is None]
        if originals and chance.random() < COPIES:
            one = _copied(chance.choice(originals), number, chance)
        else:
            one = _original(number, chance, same_words)
        held.append(one)
        yield one


@cache
def _models() -> tuple[tuple[str, tuple[str, ...], frozenset[str]], ...]:
    """Title, lines and the words that records rest on, of each of the thirty."""
    found = []
    for path in sorted(TRAIN.glob("t*.*")):
        outcome = process(path.read_bytes(), path.name)
        one = outcome.document
        assert one, outcome.failure
        title = one.header.title or ""
        lines = [line for line in one.text.split("\n") if line.strip() and not STAMP.search(line) and line != title]
        kept = "".join(record.citation.quote for record in outcome.records) + title
        found.append((title, tuple(lines), frozenset(_chinese(kept))))
    return tuple(found)


def _chinese(text: str) -> list[str]:
    return [word for word in words(text) if CHINESE.fullmatch(word)]


@cache
def _vocabulary() -> dict[int, tuple[str, ...]]:
    """The words of all thirty by their length."""
    found = sorted({word for _, lines, _ in _models() for line in lines for word in _chinese(line)})
    return {size: tuple(word for word in found if len(word) == size) for size in (2, 3, 4)}


@cache
def _places() -> dict[str, tuple[tuple[str, str], ...]]:
    """Names and short names of places by level; short ones of one character are left out."""
    rows = [row for row in table("regions") if len(row["short"]) > 1 and len(row["name"]) <= 5]
    return {
        level: tuple((row["name"], row["short"]) for row in rows if row["level"] == level)
        for level in ("province", "city", "county")
    }


def _original(number: int, chance: random.Random, same_words: bool) -> Made:
    title, lines, kept = _models()[number % len(_models())]
    day = FIRST + datetime.timedelta(days=chance.randrange(DAYS))
    told = "\n".join((title, *lines))
    if not same_words:
        told = _reworded(told, kept, chance)
    told = _elsewhere(told, chance)
    told = PERSON.sub(lambda _: chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=2)), told)
    told = _at_other_days(told, day, chance)
    told = NUMBER.sub(lambda match: _other(match[0], chance), told)
    head, *rest = told.split("\n")
    return Made(number=number, title=head, lines=tuple(rest), day=day, outlet=_outlet(chance))


def _copied(one: Made, number: int, chance: random.Random) -> Made:
    lines = list(one.lines)
    if len(lines) > 4 and chance.random() < 0.5:
        del lines[chance.randrange(1, len(lines))]
    day = one.day + datetime.timedelta(days=chance.randrange(4))
    return replace(
        one, number=number, title=f"{one.title}（图）", lines=tuple(lines), day=day, outlet=_outlet(chance),
        copy_of=one.number,
    )  # fmt: skip


def _reworded(text: str, kept: frozenset[str], chance: random.Random) -> str:
    def told(word: str) -> str:
        other = CHINESE.fullmatch(word) and word not in kept and chance.random() < OTHER_WORDS
        return chance.choice(_vocabulary()[len(word)]) if other else word

    return "".join(map(told, words(text)))


def _elsewhere(text: str, chance: random.Random) -> str:
    """The text with each place replaced by another of its level, full names and short ones alike."""
    other: dict[str, str] = {}
    for places in _places().values():
        for name, short in places:
            if short in text:
                there = chance.choice(places)
                other |= {name: there[0], short: there[1]}
    if not other:
        return text
    return re.sub("|".join(sorted(other, key=len, reverse=True)), lambda match: other[match[0]], text)


def _at_other_days(text: str, day: datetime.date, chance: random.Random) -> str:
    """Days told are some days before that of the report."""

    def told(match: re.Match[str]) -> str:
        then = day - datetime.timedelta(days=chance.randrange(1, 4))
        year = f"{then.year}年" if match[1] else ""
        return f"{year}{then.month}月{then.day}日"

    return DAY.sub(told, text)


def _other(number: str, chance: random.Random) -> str:
    value = float(number) * chance.uniform(0.5, 1.8)
    return f"{value:.1f}" if "." in number else str(max(round(value), 1))


def _outlet(chance: random.Random) -> str:
    return f"{chance.choice(_places()['city'])[1]}{chance.choice(('日报', '晚报', '融媒', '人社'))}"
