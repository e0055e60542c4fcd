"""A linear judge: weights of features, calibrated; loaded and asked without any library."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import exp
from pathlib import Path

from zhengce.errors import BadUsage

__all__ = ["Linear", "load", "save"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Linear:
    """Weights of binary features for each label; `slope` and `shift` calibrate the scores (vector scaling, Guo 2017).

    The probabilities are softmax(slope · score + shift); features that were not seen in training weigh nothing.
    """

    labels: tuple[str, ...]
    intercept: tuple[float, ...]
    slope: float
    shift: tuple[float, ...]
    weights: Mapping[str, tuple[float, ...]]

    def scores(self, features: Iterable[str]) -> list[float]:
        """The uncalibrated score of each label."""
        known = filter(None, map(self.weights.get, dict.fromkeys(features)))
        return list(map(sum, zip(self.intercept, *known, strict=True)))

    def probabilities(self, features: Iterable[str]) -> dict[str, float]:
        """The calibrated probability of each label; they add up to 1.

        >>> judge = Linear(
        ...     labels=("yes", "no"), intercept=(0, 0), slope=1, shift=(0, 0), weights={"unit=人": (1, -1)}
        ... )
        >>> {label: round(likely, 3) for label, likely in judge.probabilities(["unit=人", "unknown"]).items()}
        {'yes': 0.881, 'no': 0.119}
        """
        scaled = [self.slope * score + by for score, by in zip(self.scores(features), self.shift, strict=True)]
        top = max(scaled)
        powers = [exp(score - top) for score in scaled]
        whole = sum(powers)
        return {label: power / whole for label, power in zip(self.labels, powers, strict=True)}


def load(path: Path) -> Linear:
    """The judge in a file that `save` wrote; raises BadUsage for a file that holds none."""
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
        same: dict[float, float] = {}  # a thousand numbers fill all rows: kept once each, they stay in the cache
        return Linear(
            labels=tuple(held["labels"]), intercept=tuple(held["intercept"]), slope=held["slope"],
            shift=tuple(held["shift"]),
            weights={
                feature: tuple([same.setdefault(number, number) for number in row])
                for feature, row in held["weights"].items()
            },
        )  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadUsage(f"{path} holds no trained judge ({error}); rebuild it with `zhengce train`") from error


def save(judge: Linear, path: Path) -> None:
    """Write a judge as JSON, one feature a line in alphabetical order: the same judge makes the same bytes."""
    head = {"labels": judge.labels, "intercept": judge.intercept, "slope": judge.slope, "shift": judge.shift}
    lines = [f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in head.items()]
    rows = [
        f"{json.dumps(feature, ensure_ascii=False)}: {json.dumps(judge.weights[feature])}"
        for feature in sorted(judge.weights)
    ]
    body = ",\n".join(rows)
    path.write_text("{\n" + ",\n".join(lines) + ',\n"weights": {\n' + body + "\n}\n}\n", encoding="utf-8", newline="\n")
