"""Quantities: numbers with unit and bound, multiplied out, in running text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache

from zhengce.record import Bound, Quantity
from zhengce.text import Span
from zhengce.value.bound import after_pattern, bound_of, cue_before
from zhengce.value.listed import shared_bounds
from zhengce.value.numeral import Numeral, numerals
from zhengce.value.numeral_pattern import WORDS

__all__ = ["quantities"]


def quantities(text: str, skip: Iterable[Span] = ()) -> Iterator[Quantity]:
    """Every quantity of the text in its order, those touching a span of `skip` (dates, document numbers) left out.

    Numbers are multiplied out (266.2万 → 2662000); 百分之 and 成 become percent, 三分之二 a share of one (比例); a unit
    that is elided before a noun of persons is 人. Ordinals, codes, hotline numbers, formulas (1+6) and
    counts of headings are no quantities.

    >>> [(str(q.value), q.unit, q.bound) for q in quantities("签订协议2000多份，带动266.2万农村群众就业")]
    [('2000', '份', '>'), ('2662000', '人', '=')]
    >>> [(str(q.value), str(q.upper), q.unit, q.bound) for q in quantities("举办3—5场，占三分之二以上")]
    [('3', '5', '场', 'range'), ('0.6667', 'None', '比例', '>=')]
    """
    found = list(numerals(text))
    if not found:
        return
    skipped = list(skip)
    counted = (numeral for numeral in found if not any(map(numeral.span.overlaps, skipped)))
    yield from shared_bounds(text, [_bounded(numeral, text) for numeral in counted])


def _bounded(numeral: Numeral, text: str) -> Quantity:
    start, end, bound = numeral.span.start, numeral.span.end, "="
    if numeral.inside:
        bound = bound_of(numeral.inside, "inside") if numeral.inside != "几" else "~"
    elif text[start:end] in WORDS:
        bound = WORDS[text[start:end]][2]
    before = cue_before(text, start)
    if before:
        start, word = before
        said = bound_of(word, "before")
        bound = said if said != "reach" and (said != "=" or bound == "=") else bound  # type: ignore[comparison-overlap]
    after = _after().match(text, end)
    if after and not (before and bound_of(before[1], "before") in ("<", ">")):
        end = after.end()
        bound = bound_of(after["cue"], "after")
    if numeral.upper is not None and bound in ("=", "~") and numeral.inside != "几":
        bound = "range"
    return Quantity(
        value=_exact(numeral.value), upper=_exact(numeral.upper) if numeral.upper is not None else None,
        unit=numeral.unit, bound=_as_bound(bound), text=text[start:end],
        span=Span(start=start, end=end),
    )  # fmt: skip


@cache
def _after() -> re.Pattern[str]:
    return re.compile(rf"(?:/?[人户亩年月天日])?(?:\(含\)|（含）)?(?P<cue>{after_pattern()})")


def _exact(value: Decimal) -> Decimal:
    """Without the zeros that a scale leaves behind the point."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def _as_bound(bound: str) -> Bound:
    return bound  # type: ignore[return-value]
