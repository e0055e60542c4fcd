"""Weights that the comparison has learned from marked families of documents (`models/parallel/`)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from zhengce.weights import weights

__all__ = ["Learned", "learned", "read_learned"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """A linear score of named evidence for each label, and thresholds on it."""

    weights: Mapping[str, Mapping[str, float]]
    intercept: Mapping[str, float]
    thresholds: Mapping[str, float]

    def score(self, label: str, evidence: Mapping[str, float]) -> float:
        """The log-odds of a label; evidence that was not learned counts nothing."""
        held = self.weights[label]
        return self.intercept[label] + sum(held.get(name, 0.0) * value for name, value in evidence.items())

    def best(self, evidence: Mapping[str, float]) -> str:
        """The label with the highest score."""
        return max(self.weights, key=lambda label: self.score(label, evidence))


@cache
def learned(name: str) -> Learned:
    """The weights `answers`, `values` or `relations` that come with zhengce."""
    return read_learned(weights("parallel", f"{name}.json"))


def read_learned(path: Path) -> Learned:
    """The weights in a file."""
    told = json.loads(path.read_text(encoding="utf-8"))
    return Learned(**{field: MappingProxyType(told[field]) for field in ("weights", "intercept", "thresholds")})
