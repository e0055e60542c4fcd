"""A document beside its baseline: every provision of both, with what answers it and what differs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from zhengce.compare.answer import Answer, answers
from zhengce.compare.difference import Pair, differences
from zhengce.compare.evidence import Views
from zhengce.compare.relation import relation_evidence, relations, reuse
from zhengce.pair import Difference, Form, Member, Parallel

__all__ = ["parallels"]


def parallels(base: Member, member: Member, seen: Mapping[str, Views]) -> tuple[Parallel, ...]:
    """The pairs of provisions of a baseline and a document, in the order of the baseline, then what was added.

    Every provision of both stands in at least one: with what answers it, or alone as omitted or added. `seen` are the
    views of both.
    """
    before, after = seen[base.document], seen[member.document]
    found, likely = answers(before, after)
    ordered = sorted(found, key=lambda answer: -answer.confidence)
    differ = differences(base, member, [(answer.base, answer.other) for answer in ordered])
    told = [_paired(base, member, answer, (before, after), found, differ) for answer in found]
    answered, answering = {answer.base for answer in found}, {answer.other for answer in found}
    told += [_omitted(base, row, likely) for row in range(len(base.units)) if row not in answered]
    told.sort(key=lambda pair: pair.base.place if pair.base else 0)
    added = [_added(member, place, likely) for place in range(len(member.units)) if place not in answering]
    return (*told, *added)


def _paired(
    base: Member, member: Member, answer: Answer, seen: tuple[Views, Views], found: Sequence[Answer],
    differ: Mapping[Pair, tuple[Difference, ...]],
) -> Parallel:  # fmt: skip
    first, second = base.units[answer.base], member.units[answer.other]
    folded = seen[0].folded[answer.base], seen[1].folded[answer.other]
    shared = reuse(*folded)
    changed = differ[answer.base, answer.other]
    run = folded[1].span(shared.start, shared.start + shared.length) if shared.length else None
    return Parallel(
        base=first, unit=second, form=_form(answer, found),
        relations=relations(relation_evidence(first, second, folded, shared), changed),
        likeness=answer.likeness, confidence=answer.confidence, copy_ratio=shared.ratio,
        longest_run=shared.length, run=second.text[run.start : run.end] if run else "", differences=changed,
    )  # fmt: skip


def _form(answer: Answer, found: Sequence[Answer]) -> Form:
    of_base, of_other = Counter(one.base for one in found), Counter(one.other for one in found)
    split, merged = of_base[answer.base] > 1, of_other[answer.other] > 1
    return "many" if split and merged else "split" if split else "merged" if merged else "one"


def _omitted(base: Member, row: int, likely: Any) -> Parallel:
    return Parallel(
        base=base.units[row], unit=None, form="none", relations=("omit",), confidence=_unanswered(likely[row])
    )


def _added(member: Member, place: int, likely: Any) -> Parallel:
    return Parallel(
        base=None, unit=member.units[place], form="none", relations=("add",), confidence=_unanswered(likely[:, place])
    )


def _unanswered(likely: Any) -> float:
    """The probability that none of them answers."""
    return 1 - float(likely.max()) if likely.size else 1.0
