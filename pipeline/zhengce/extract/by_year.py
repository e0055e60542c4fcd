"""Lists by year: which of several years each of several numbers belongs to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from zhengce.record import Quantity
from zhengce.text import Span
from zhengce.value.date import DateMention, dates
from zhengce.value.listed import places

__all__ = ["years_of"]

LINK = re.compile(r"\s*(?:[、，,]|和|及|与)\s*")
BARE_YEARS = re.compile(r"(?:(?<!\d)(?:19|20)\d\d[、，,和及]\s?)+$")  # 2024、2025、2026年
SPAN_OF_YEARS = re.compile(r"((?:19|20)\d\d)年?[—–\-~～至到]+((?:19|20)\d\d)年")


def years_of(text: str, sentence: Span, found: Sequence[Quantity], year: int | None) -> list[DateMention | None]:
    """For each quantity of a clause the year that 分别 (respectively) gives it, or None.

    2024年、2025年分别新建300座、400座 gives the first year to 300 and the second to 400.
    """
    given: list[DateMention | None] = [None] * len(found)
    for at, (place, count) in enumerate(places(text, found)):
        listed = place == 0 and count > 1
        if listed and "分别" in text[sentence.start : found[at].span.start] + found[at].text:
            years = _years(text, Span(start=sentence.start, end=found[at].span.start), year)
            given[at : at + count] = years if len(years) == count else [None] * count
    return given


def _years(text: str, head: Span, year: int | None) -> list[DateMention]:
    """The last run of listed dates before a list of numbers; a span of years counts as its years."""
    words = text[head.start : head.end]
    run: list[DateMention] = []
    for mention in dates(words, year):
        if mention.day is None:
            continue
        placed = replace(mention, span=mention.span.shift(head.start))
        if run and not LINK.fullmatch(text[run[-1].span.end : placed.span.start]):
            run = []
        run.append(placed)
    if len(run) == 1 and (bare := BARE_YEARS.search(text[head.start : run[0].span.start])):
        elided = [replace(run[0], day=date(int(n), 12, 31), text=f"{n}年") for n in re.findall(r"\d{4}", bare[0])]
        return [*elided, run[0]]
    if len(run) != 1 or not (ends := SPAN_OF_YEARS.search(run[0].text)):
        return run
    return [replace(run[0], day=date(n, 12, 31), text=f"{n}年") for n in range(int(ends[1]), int(ends[2]) + 1)]
