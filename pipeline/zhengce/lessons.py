"""The training corpus: marked documents in, labelled candidates out, found by the rules as in any run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from zhengce.candidate import LABELS, Candidate
from zhengce.document import Document
from zhengce.markup import read_markup
from zhengce.text import Span

__all__ = ["Example", "Mark", "Marked", "examples", "in_place", "read_marked"]

STATEMENTS = LABELS["statement"]
NAMES = LABELS["name"]
# which marks make a record of these questions one of its kind
KINDS = {"goal": "target", "subsidy": "subsidy", "assignment": "assignment", "reference": "reference"}
# A norm (公示不少于5个工作日) is a target by the guideline of the gold, and a standard by that of the corpus where it
# binds others than authorities: it teaches neither.
NORM, MONEY = "norm", "measure=money"
ENOUGH = 0.5  # of the shorter of record and mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A stretch of a marked text with its label; `unsure` where who marked it could not decide."""

    span: Span
    label: str
    unsure: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A text with its marks, outer ones first."""

    name: str
    text: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A candidate with the label that a person gave it, the name of its document, and how it is shown in its place."""

    candidate: Candidate
    label: str
    document: str
    context: str


def read_marked(path: Path) -> Marked:
    """The text and the marks of an XML file: elements named by labels round the words they hold of, nested or not.

    Raises BadUsage for a file that is no XML.
    """
    text, marked = read_markup(path)
    marks = (Mark(span=span, label=element.tag, unsure=element.get("unsure") == "yes") for element, span in marked)
    ordered = sorted(marks, key=lambda mark: (mark.span.start, -mark.span.end))
    return Marked(name=path.stem, text=text, marks=tuple(ordered))


def examples(marked: Marked) -> Iterator[Example]:
    """The candidates that the rules find in a marked text, each with the label of the mark that it stands in.

    What no mark covers, or an unsure one, is left out; a record of a kind is none where no mark of the kind is.
    """
    from zhengce.flow import candidates, extracted, repaired

    document, _ = repaired(marked.text.encode(), f"{marked.name}.txt")
    marks = [replace(mark, span=document.alignment.locate(mark.span)) for mark in marked.marks]
    for candidate in candidates(document, extracted(document)):
        label = _label(candidate, marks)
        settled = label != "standard" or MONEY in candidate.features or NORM not in candidate.features
        if label and settled:
            yield Example(candidate=candidate, label=label, document=marked.name, context=in_place(document, candidate))


def in_place(document: Document, candidate: Candidate) -> str:
    """The sentence of a candidate with the candidate between 【 and 】, the heading over it before a bar."""
    span, sentence = candidate.span, candidate.sentence
    provision = document.provision_at(span.start)
    before, after = document.text[sentence.start : span.start], document.text[span.end : sentence.end]
    heading = f"{provision.heading}｜" if provision and provision.heading else ""
    return f"{heading}{before}【{document[span]}】{after}"


def _label(candidate: Candidate, marks: Iterable[Mark]) -> str | None:
    if candidate.question in KINDS:
        near = [mark for mark in marks if mark.label == KINDS[candidate.question] and _agree(mark.span, candidate.span)]
        return None if any(mark.unsure for mark in near) else "yes" if near else "no"
    if candidate.question == "statement":
        over = [mark for mark in marks if mark.label in STATEMENTS and candidate.span in mark.span]
    else:
        over = [mark for mark in marks if mark.label in NAMES and _agree(mark.span, candidate.span)]
        if not over and (candidate.ruled != "other" or "quoted=False" in candidate.features):
            return "other"
    innermost = min(over, key=lambda mark: len(mark.span), default=None)
    return innermost.label if innermost and not innermost.unsure else None


def _agree(mark: Span, span: Span) -> bool:
    """Whether the two share enough of the shorter one."""
    shared = min(mark.end, span.end) - max(mark.start, span.start)
    return shared >= ENOUGH * max(min(len(mark), len(span)), 1)
