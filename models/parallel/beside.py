"""Documents beside their baselines, as a run sees them and as people marked them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from zhengce.compare.evidence import Views, evidence, views
from zhengce.compare.relation import relation_evidence, reuse
from zhengce.compare.value import Value, values
from zhengce.families import Family, Known, read_family

CORPUS = Path(__file__).parents[2] / "corpora" / "parallel"
Pairs = set[tuple[int, int]]


@dataclass(frozen=True, kw_only=True)
class Beside:
    """A document beside its baseline, with the evidence for every two of their units, and the pairs that are right."""

    family: str
    known: Known
    base: Views
    other: Views
    layers: Any
    right: Pairs


def read(part: str) -> list[Family]:
    """The families of a part of the corpus."""
    return [read_family(folder) for folder in sorted((CORPUS / part).iterdir()) if folder.is_dir()]


def beside(families: Iterable[Family]) -> list[Beside]:
    """Every document beside its baseline, seen among the documents of its family as in a run."""
    found = []
    for family in families:
        seen = views([family.known[0].base, *(known.member for known in family.known)])
        for known in family.known:
            base, other = seen[known.base.document], seen[known.member.document]
            right = {(row - 1, column - 1) for row, column in known.answers}
            found.append(Beside(family=family.name, known=known, base=base, other=other,
                                layers=evidence(base, other), right=right))  # fmt: skip
    return found


def values_of(one: Beside, row: int, column: int) -> tuple[tuple[Value, ...], tuple[Value, ...]]:
    """The values in a unit of the baseline and in one of the document."""
    base, member = one.known.base, one.known.member
    return values(base.units[row], base.date), values(member.units[column], member.date)


def marked(known: Known, first: Value, second: Value) -> str | None:
    """What a person said became of a value of the baseline."""
    return next(
        (one.change for one in known.values if one.base.overlaps(first.span) and one.span.overlaps(second.span)), None
    )


def manner(one: Beside, row: int, column: int) -> dict[str, float]:
    """What tells a copy, a paraphrase and a refinement apart in a pair of units."""
    base, other = one.known.base.units[row], one.known.member.units[column]
    folded = one.base.folded[row], one.other.folded[column]
    return relation_evidence(base, other, folded, reuse(*folded))


def cells(chosen: Any) -> Pairs:
    """The cells of an array of truths that are true."""
    return {(int(row), int(column)) for row, column in np.argwhere(chosen)}


def prf(found: Iterable[tuple[Pairs, Pairs]]) -> dict[str, float]:
    """Precision, recall and F1 of found pairs against the right ones, over all documents."""
    both = said = right = 0
    for pairs, true in found:
        both, said, right = both + len(pairs & true), said + len(pairs), right + len(true)
    precision, recall = both / max(said, 1), both / max(right, 1)
    mean = 2 * both / max(said + right, 1)
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(mean, 4), "pairs": right}
