"""Names of what is measured, as printed, taken apart: the form that the lexicon knows and the words round it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from zhengce.lexicon import alternation, column, table
from zhengce.pair import Indicator

__all__ = ["Measured", "indicators", "measured"]

Change = Literal["growth", "fall"] | None
Measure = Literal["level", "growth", "fall", "added", "done"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A name taken apart: the form, the way it changes, whether a verb makes more of it, and what follows it."""

    form: str
    change: Change
    made: Literal["yes", "finished"] | None
    rest: str = ""

    def indicators(self, unit: str | None) -> Iterator[Indicator]:
        """The indicators that it may be of, the likeliest first; a unit of None is that of a goal in words."""
        for measure in self._measures(unit):
            for one in _rows()[self.form, measure]:
                if unit is None or unit in one.units:
                    yield one

    def _measures(self, unit: str | None) -> tuple[Measure, ...]:
        if unit is None:
            return (self.change,) if self.change else ("level", "growth", "fall", "done")
        if unit == "%":
            return (self.change,) if self.change else ("level",)
        if self.change == "fall":
            return ()  # less by so many is no number of its own
        if self.made == "yes" or self.change:
            return ("added", "done")
        return ("added", "done", "level") if self.made else ("level", "done")


@cache
def _rows() -> Mapping[tuple[str, str], list[Indicator]]:
    """Form and measure → indicators."""
    found: dict[tuple[str, str], list[Indicator]] = defaultdict(list)
    for row in table("indicators"):
        one = Indicator(
            id=row["id"], zh=row["zh"], en=row["en"], units=tuple(row["units"].split(";")), group=row["group"],
            better=row["better"],  # type: ignore[arg-type]
        )  # fmt: skip
        for form in row["forms"].split(";"):
            for measure in row["measures"].split(";"):
                found[form, measure].append(one)
    return found


@cache
def indicators() -> tuple[Indicator, ...]:
    """Every indicator of the lexicon, in its order."""
    return tuple(dict.fromkeys(one for held in _rows().values() for one in held))


@cache
def _pattern(whole: bool) -> re.Pattern[str]:
    """A pattern for a name; behind one that only begins some words nothing is filling (粮食产量保持稳定)."""
    forms = alternation(form for row in table("indicators") for form in row["forms"].split(";"))
    end = rf"{_words('rise', 'fall', 'making', 'filling')}*\Z" if whole else f"{_words('rise', 'fall')}*"
    lead = _words("whole", "making", "finishing", "leading", "joining")
    return re.compile(rf"(?P<lead>{lead}*)(?P<form>{forms})(?P<tail>{end})")


@cache
def _words(*kinds: str) -> str:
    """A pattern for the words of some kinds that stand round names."""
    return alternation(word for kind in kinds for word in column("indicator_words", "word", kind=kind))


def measured(words: str, *, whole: bool = True) -> Measured | None:
    """The name that some words are, or, unless they must be it as a `whole`, begin with; None where it is unknown.

    >>> name = measured("全省规上工业增加值同比增长")
    >>> name.form, name.change, [one.id for one in name.indicators("%")]
    ('规上工业增加值', 'growth', ['industry_growth'])
    >>> measured("开发区规上工业增加值增长")
    """
    match = _pattern(whole).match(words)
    if not match:
        return None
    tail = match["tail"]
    change: Change = "fall" if _has(tail, "fall") else "growth" if _has(tail, "rise") else None
    made = match["lead"] + ("" if change else tail)
    return Measured(
        form=match["form"], change=change, rest=words[match.end() :],
        made="yes" if _has(made, "making") else "finished" if _has(made, "finishing") else None,
    )  # fmt: skip


def _has(words: str, kind: str) -> bool:
    return bool(re.search(_words(kind), words))
