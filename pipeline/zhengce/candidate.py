"""What rules find and a judge decides on: a stretch of the text, the question asked of it, and the evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, runtime_checkable

from zhengce.document import Document
from zhengce.text import Span

__all__ = ["LABELS", "Candidate", "Judge", "Proposer", "Question", "Verdict"]

Question = Literal["statement", "name", "goal", "subsidy", "assignment", "reference"]

# What may be answered. A statement holds a number: a target is aimed at, a fact achieved or asserted, a standard is an
# amount, rate, limit or condition that a rule sets, none is no claim. A name is a labour brand (劳务品牌), a training
# programme that bears such a name, or any other quoted phrase. A goal is a target without a number: is a clause one?
# Of other records it is asked whether they are of their kind.
YES_NO = ("yes", "no")
LABELS: Mapping[Question, tuple[str, ...]] = {
    "statement": ("target", "fact", "standard", "none"),
    "name": ("brand", "programme", "other"),
    "goal": YES_NO,
    "subsidy": YES_NO,
    "assignment": YES_NO,
    "reference": YES_NO,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A stretch of the text in its sentence, what the rules say of it, and the features that a trained judge weighs."""

    question: Question
    span: Span
    sentence: Span
    ruled: str
    features: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The label that a judge chose, and the calibrated probability of every label; empty where the judge has none."""

    label: str
    probabilities: Mapping[str, float]


@runtime_checkable
class Proposer(Protocol):
    """A judge that can also point at names which no rule has found."""

    def proposals(self, document: Document, known: Iterable[Span]) -> Iterable[tuple[Candidate, Verdict]]:
        """Names in the text, each with its verdict; none that touches what is `known`."""
        ...


# one verdict a candidate, in their order; None where the judge has nothing to say
Judge = Callable[[Document, Sequence[Candidate]], Sequence[Verdict | None]]
