"""Training of all judges from marked documents, and their figures on the documents that none of them has seen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from zhengce.candidate import LABELS, Candidate, Question
from zhengce.errors import BadUsage
from zhengce.lessons import Example, examples, read_marked
from zhengce.model.calibration import calibration_error, reliability
from zhengce.model.fit import fit
from zhengce.model.linear import Linear, save

__all__ = ["corpus", "figures", "read_part", "train"]

FEWEST = 30  # examples of a question below which nothing is learned
RULED = "ruled"  # features that tell what the rules decided

Answers = Mapping[Question, Sequence[tuple[str, Mapping[str, float]]]]


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
    lessons: Sequence[Example], out: Path, *, progress: Callable[[str], None] = lambda question: None
) -> dict[Question, Linear]:
    """Fit a judge for every question that the examples answer, and write each to `out` as `<question>.json`."""
    out.mkdir(parents=True, exist_ok=True)
    judges: dict[Question, Linear] = {}
    for question, labels in LABELS.items():
        asked = [example for example in lessons if example.candidate.question == question]
        if len(asked) < FEWEST or len({example.label for example in asked}) < len(labels):
            continue
        progress(question)
        judges[question] = fitted(asked, labels)
        save(judges[question], out / f"{question}.json")
    return judges


def fitted(asked: Sequence[Example], labels: Sequence[str], *, with_rules: bool = True) -> Linear:
    """A judge for the labels of one question; `with_rules` lets it see what the rules decided."""
    return fit(
        [features(example.candidate, with_rules) for example in asked],
        [example.label for example in asked],
        [example.document for example in asked],
        labels,
    )


def features(candidate: Candidate, with_rules: bool) -> tuple[str, ...]:
    """The features of a candidate, those from the rules' decisions among them or not."""
    return tuple(f for f in candidate.features if with_rules or not f.startswith(RULED))


def figures(judges: Mapping[Question, Linear], unseen: Sequence[Example]) -> dict[str, Any]:
    """Precision, recall and F1 of each label by the rules and by the judges, and how well these are calibrated."""
    told: dict[str, Any] = {}
    for question, judge in judges.items():
        asked = [example for example in unseen if example.candidate.question == question]
        likely = [judge.probabilities(example.candidate.features) for example in asked]
        given = [example.label for example in asked]
        curves = {
            label: reliability((one[label], said == label) for one, said in zip(likely, given, strict=True))
            for label in judge.labels
        }
        told[question] = {
            "examples": len(asked),
            "documents": len({example.document for example in asked}),
            "rules": _by_label(given, [example.candidate.ruled for example in asked], judge.labels),
            "judge": _by_label(given, [max(one, key=one.__getitem__) for one in likely], judge.labels),
            "calibration_error": {label: calibration_error(curve) for label, curve in curves.items()},
            "reliability": {label: [asdict(bin_) for bin_ in curve] for label, curve in curves.items()},
        }
    return told


def _by_label(given: Sequence[str], said: Sequence[str], labels: Iterable[str]) -> dict[str, dict[str, float]]:
    return {label: _scores(given, said, label) for label in labels}


def _scores(given: Sequence[str], said: Sequence[str], label: str) -> dict[str, float]:
    both = sum(one == other == label for one, other in zip(given, said, strict=True))
    held, told = list(given).count(label), list(said).count(label)
    precision, recall = both / told if told else 0.0, both / held if held else 0.0
    f1 = 2 * both / (told + held) if told + held else 0.0
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4), "held": held}
