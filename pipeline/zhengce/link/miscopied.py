"""Numbers that copies of a report changed, with all copies that say one or the other."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import islice

from zhengce.link.body import Told, body
from zhengce.link.closeness import closest, ratio
from zhengce.link.contradiction import contradict
from zhengce.link.matter import number_of
from zhengce.link.slip import is_slip
from zhengce.link.statement import share_a_word, words
from zhengce.link.union import united
from zhengce.linked import Conflict, Copy, Report, Side
from zhengce.record import Fact, Record, Subsidy, Target

__all__ = ["miscopied"]

SAME_SENTENCE, SAME_WORDS = 70, 85  # of 100, numbers left out
LONGEST = 400
PERSONS = "人"
NUMBER = re.compile(r"[\d.,]+[千万亿]*")

Stated = tuple[str, Record]


def miscopied(
    held: Mapping[str, Report], copies: Mapping[str, Copy], duplicates: Mapping[str, str]
) -> Iterator[Conflict]:
    """The numbers that copies changed, each with the sides of all copies; `held` are the reports by their ids.

    Sentence by sentence where a sentence was kept; of what was written anew, numbers that can be those of the source
    with a slip (216 and 261, 12.6万 and 12.6), for what is called by the same word.
    """
    stated: dict[str, tuple[Report, Record]] = {}
    pairs: list[tuple[str, str]] = []
    for copy in copies.values():
        if copy.copied_from is None or copy.kind == "identical":
            continue
        one, other = held[copy.copied_from], held[copy.report]
        for first, second in (*_changed(one, other), *_slipped(one, other)):
            stated |= {first[0]: (one, first[1]), second[0]: (other, second[1])}
            pairs.append((first[0], second[0]))
    repeats: dict[str, list[tuple[str, Record, Report]]] = defaultdict(list)
    for report in held.values() if pairs else ():
        for name, record in report.records:
            if name in duplicates:
                repeats[duplicates[name]].append((name, record, report))
    for group in united(stated, pairs):
        told = sorted(group, key=lambda name: (stated[name][0].date or date.max, name))
        sides = [_side(stated[name][0], name, stated[name][1]) for name in told]
        sides += _followers(sides, repeats, copies)
        about = NUMBER.sub("…", stated[told[0]][1].citation.quote)
        yield Conflict(kind="value", about=about, sides=tuple(sides), found_in="copies")


def _followers(
    told: Sequence[Side], repeats: Mapping[str, Sequence[tuple[str, Record, Report]]], copies: Mapping[str, Copy]
) -> list[Side]:
    """The other copies that say what one of the sides says."""
    known, cluster = {side.report for side in told}, copies[told[0].report].cluster
    return [
        _side(report, name, record)
        for side in told
        for name, record, report in repeats.get(side.record or "", ())
        if report.id not in known and copies[report.id].cluster == cluster
    ]


def _changed(one: Report, other: Report) -> Iterator[tuple[Stated, Stated]]:
    """Records of two sentences that are the same but for a number."""
    sources = [told.words[:LONGEST] for told in body(one).told]
    for told in body(other).told:
        best = closest(_bare(told.words), [_bare(source) for source in sources], SAME_SENTENCE)
        if best is None or told.words == sources[best]:
            continue
        before, now = (list(_within(*pair)) for pair in ((one, body(one).told[best]), (other, told)))
        known, kept = ({_value(record) for _, record in held} for held in (before, now))
        for name, record in now:
            if _value(record) in known:
                continue
            for earlier, source in before:
                if _value(source) not in kept and _worded(source, record) and _differ(source, record):
                    yield (earlier, source), (name, record)
                    break


def _slipped(one: Report, other: Report) -> Iterator[tuple[Stated, Stated]]:
    """Numbers of a copy that can be those of its source miscopied, where neither has the other's, and only one can."""
    before, now = _numbers(one), _numbers(other)
    for unit, held in now.items():
        sources = before.get(unit, {})
        fresh, gone = held.keys() - sources.keys(), sources.keys() - held.keys()
        for value in sorted(fresh):
            met = [former for former in gone if is_slip(former, value)]
            if len(met) != 1 or sum(is_slip(met[0], rival) for rival in fresh) != 1:
                continue
            told = ((first, second) for second in held[value] for first in sources[met[0]])
            yield from islice((pair for pair in told if share_a_word(pair[0][1], pair[1][1])), 1)


def _numbers(report: Report) -> dict[str, dict[Decimal, list[Stated]]]:
    """The records of each number that a report states, by its unit; persons are counted in several."""
    found: dict[str, dict[Decimal, list[Stated]]] = defaultdict(dict)
    for name, record in report.records:
        if number := number_of(record):
            found[PERSONS if number[1] in ("人", "名", "位") else number[1]].setdefault(number[0], []).append(
                (name, record)
            )
    return found


def _bare(sentence: str) -> str:
    return "".join(char for char in sentence[:LONGEST] if not char.isdigit())


def _within(report: Report, told: Told) -> Iterator[tuple[str, Record]]:
    return ((name, record) for name, record in report.records if record.citation.span in told.span)


def _worded(one: Record, other: Record) -> bool:
    same_unit = getattr(one, "unit", None) == getattr(other, "unit", None)
    here, there = words(one), words(other)
    return same_unit and bool(here and there) and ratio(here, there) >= SAME_WORDS


def _value(record: Record) -> tuple[Decimal, Decimal | None, str | None] | None:
    match record:
        case Target(value=Decimal() as value) | Fact(value=Decimal() as value):
            return value, record.value_max, record.bound
        case Subsidy(amount=Decimal() as amount):
            return amount, record.amount_max, record.bound
        case _:
            return None


def _differ(one: Record, other: Record) -> bool:
    here, there = _value(one), _value(other)
    return here is not None and there is not None and contradict(here, there)  # type: ignore[arg-type]


def _side(report: Report, name: str, record: Record) -> Side:
    number = number_of(record)
    return Side(
        report=report.id, document=report.document, value=f"{number[0]:f}{number[1]}" if number else "",
        quote=record.citation.quote, span=record.citation.span, record=name,
    )  # fmt: skip
