"""The trained judge: one linear model a question, loaded once from the folder of models."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache, partial
from pathlib import Path

from zhengce.candidate import LABELS, Candidate, Judge, Question, Verdict
from zhengce.document import Document
from zhengce.model.linear import Linear, load
from zhengce.weights import weights

__all__ = ["taken", "trained_judge"]

NEVER = 2.0
# How likely another answer must be before that of the rules is overruled; not given: the likeliest is taken. Set on
# documents left out of training and by reading what changed on real pages, which have more numbers that are no claim
# and fewer brands than the corpus (models/judge/card.md). What the rules found as a name is one, and they know best
# which clause is a goal; of other records too the probability is a confidence and decides nothing.
OVERRULED: Mapping[tuple[Question, str], float] = {
    ("statement", "none"): 0.9,
    ("statement", "target"): 0.55,
    ("statement", "fact"): 0.8,
    ("name", "other"): 0.65,
    ("name", "brand"): NEVER,
    ("name", "programme"): NEVER,
    ("goal", "yes"): NEVER,
    ("goal", "no"): NEVER,
    ("subsidy", "yes"): NEVER,
    ("assignment", "yes"): NEVER,
    ("reference", "yes"): NEVER,
}


@lru_cache(maxsize=4)
def trained_judge(folder: Path | None = None) -> Judge:
    """The judge whose weights lie in `folder`, a file `<question>.json` each, or the one that is shipped.

    A question without a file is left to the rules. Raises BadUsage where a file holds no weights.
    """
    paths = {question: _path(question, folder) for question in LABELS}
    models: Mapping[Question, Linear] = {question: load(path) for question, path in paths.items() if path.is_file()}
    return partial(_verdicts, models)  # no closure: it is sent to child processes and clusters


def _verdicts(
    models: Mapping[Question, Linear], document: Document, candidates: Sequence[Candidate]
) -> list[Verdict | None]:  # fmt: skip
    return [_verdict(models.get(candidate.question), candidate) for candidate in candidates]


def _path(question: Question, folder: Path | None) -> Path:
    return folder / f"{question}.json" if folder else weights("judge", f"{question}.json")


def _verdict(model: Linear | None, candidate: Candidate) -> Verdict | None:
    if model is None:
        return None
    likely = model.probabilities(candidate.features)
    return Verdict(label=taken(candidate, likely), probabilities=likely)


def taken(candidate: Candidate, likely: Mapping[str, float]) -> str:
    """The label that is taken of a candidate: the likeliest, or that of the rules where it is not likely enough.

    A norm (不少于5个工作日) that the rules took for a target stays one, as the guideline of the gold has it.
    """
    label = max(likely, key=likely.__getitem__)
    norm = candidate.ruled == "target" and "norm" in candidate.features
    needed = NEVER if norm else OVERRULED.get((candidate.question, candidate.ruled), 0)
    return label if likely[label] >= needed else candidate.ruled
