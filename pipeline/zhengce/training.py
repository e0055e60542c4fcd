"""Training of all judges from marked documents, and their figures on the documents that none of them has seen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from zhengce.candidate import LABELS, Candidate, Question
from zhengce.errors import BadUsage
from zhengce.lessons import Example, examples, read_marked
from zhengce.measure.figures import f1
from zhengce.model.calibration import calibration_error, reliability
from zhengce.model.fit import fit
from zhengce.model.judge import taken
from zhengce.model.linear import Linear, save

__all__ = ["corpus", "figures", "read_part", "train"]

FEWEST = 30  # examples of a question below which nothing is learned
RULED = "ruled"  # features that tell what the rules decided
# the table whose row a label makes
TABLES: Mapping[tuple[Question, str], str] = {
    ("statement", "target"): "targets", ("goal", "yes"): "targets", ("statement", "fact"): "facts",
    ("name", "brand"): "brands", ("name", "programme"): "brands", ("subsidy", "yes"): "subsidies",
    ("assignment", "yes"): "assignments", ("reference", "yes"): "references",
}  # fmt: skip


def corpus() -> Path:
    """The folder of the training corpus: in the package when it is installed, in `corpora/` in a checkout."""
    package = Path(__file__).parent
    installed = package / "training_corpus"
    return installed if installed.is_dir() else package.parents[1] / "corpora" / "training"


def read_part(folder: Path) -> list[Example]:
    """The examples of the marked documents in a folder, in the order of their names; raises BadUsage for none."""
    files = sorted(folder.glob("*.xml"))
    if not files:
        raise BadUsage(f"{folder} holds no marked documents (*.xml)")
    return [example for file in files for example in examples(read_marked(file))]


def train(
    written: Sequence[Example],
    generated: Sequence[Example],
    out: Path,
    *,
    progress: Callable[[str], None] = lambda question: None,
) -> dict[Question, Linear]:
    """Fit a judge for every question that the examples answer, and write each to `out` as `<question>.json`.

    The examples of `generated` documents teach, but do not say how sure the judge may be.
    """
    out.mkdir(parents=True, exist_ok=True)
    judges: dict[Question, Linear] = {}
    for question, labels in LABELS.items():
        asked = [example for example in (*written, *generated) if example.candidate.question == question]
        if len(asked) < FEWEST or len({example.label for example in asked}) < len(labels):
            continue
        progress(question)
        judges[question] = fitted(asked, labels, generated=frozenset(example.document for example in generated))
        save(judges[question], out / f"{question}.json")
    return judges


def fitted(
    asked: Sequence[Example],
    labels: Sequence[str],
    *,
    with_rules: bool = True,
    generated: frozenset[str] = frozenset(),
) -> Linear:
    """A judge for the labels of one question; `with_rules` lets it see what the rules decided."""
    return fit(
        [features(example.candidate, with_rules) for example in asked],
        [example.label for example in asked],
        [example.document for example in asked],
        labels,
        generated=generated,
    )


def features(candidate: Candidate, with_rules: bool) -> tuple[str, ...]:
    """The features of a candidate, those from the rules' decisions among them or not."""
    return tuple(f for f in candidate.features if with_rules or not f.startswith(RULED))


def figures(judges: Mapping[Question, Linear], unseen: Sequence[Example]) -> dict[str, Any]:
    """How right rules and judges are on examples, and how well their confidence is calibrated.

    `questions`: precision, recall and F1 of each label by the rules, by the judge, and as `taken` of the two; `tables`:
    the reliability curve and the expected calibration error of the confidence that rows of a table bear.
    """
    told: dict[str, Any] = {"questions": {}, "tables": {}}
    borne: dict[str, list[tuple[float, bool]]] = {}
    for question, judge in judges.items():
        asked = [example for example in unseen if example.candidate.question == question]
        likely = [judge.probabilities(example.candidate.features) for example in asked]
        given = [example.label for example in asked]
        final = [taken(example.candidate, one) for example, one in zip(asked, likely, strict=True)]
        said = {
            "rules": [example.candidate.ruled for example in asked],
            "judge": [max(one, key=one.__getitem__) for one in likely],
            "taken": final,
        }
        told["questions"][question] = {
            "examples": len(asked),
            "documents": len({example.document for example in asked}),
            **{who: _by_label(given, labels, judge.labels) for who, labels in said.items()},
        }
        for one, label, right in zip(likely, final, given, strict=True):
            if table := TABLES.get((question, label)):
                borne.setdefault(table, []).append((one[label], label == right))
    for table, answers in sorted(borne.items()):
        curve = reliability(answers)
        told["tables"][table] = {
            "rows": len(answers),
            "calibration_error": calibration_error(curve),
            "reliability": [asdict(bin_) for bin_ in curve],
        }
    return told


def _by_label(given: Sequence[str], said: Sequence[str], labels: Iterable[str]) -> dict[str, dict[str, float]]:
    return {label: _scores(given, said, label) for label in labels}


def _scores(given: Sequence[str], said: Sequence[str], label: str) -> dict[str, float]:
    both = sum(one == other == label for one, other in zip(given, said, strict=True))
    held, told = list(given).count(label), list(said).count(label)
    precision, recall = both / told if told else 0.0, both / held if held else 0.0
    mean = f1(both, held, told) or 0.0
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(mean, 4), "held": held}
