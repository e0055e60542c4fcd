"""Learns what the comparison needs to know from marked families of documents, and measures it on families unseen.

    python models/parallel/build.py

Source: `corpora/parallel/train`; figures are of `corpora/parallel/test`, which no weight and no threshold has seen.
Writes `answers.json` (which provision answers which), `values.json` (which value is the same indicator's),
`relations.json` (copied, reworded or refined) and `metrics.json` beside itself. The same inputs give the same figures.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from zhengce.compare.answer import answers, assigned
from zhengce.compare.counterpart import counterparts
from zhengce.compare.difference import differences
from zhengce.compare.direction import change_of
from zhengce.compare.learned import Learned, read_learned
from zhengce.compare.relation import relations

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))  # its parts stand beside it, also where a test loads it

from beside import Beside, Pairs, beside, cells, manner, marked, prf, read, values_of  # noqa: E402
from learn import learn_answers, learn_relations, learn_values, unseen_scores  # noqa: E402
from plain import PLAIN, graded, plain  # noqa: E402

RELATIONS = ("strengthen", "weaken", "quantify", "refine", "paraphrase", "copy")


def left_out_figures(train: Sequence[Beside], thresholds: Mapping[str, float]) -> dict[str, dict[str, float]]:
    """F1 of each family of the training part by weights, and by plain methods, that have not seen it."""
    ours = [(one.family, grid, one.right) for grid, one in zip(unseen_scores(train), train, strict=True)]
    by_hand = {name: graded(score, train) for name, score in PLAIN.items()}
    told = {}
    for family in sorted({one.family for one in train}):
        found = [(cells(assigned(grid, thresholds)), right) for name, grid, right in ours if name == family]
        told[family] = {"zhengce": prf(found)["f1"]}
        for method, grades in by_hand.items():
            others, own = ([one for one in grades if (one[0] == family) == is_own] for is_own in (False, True))
            told[family][method] = plain(others, own)["f1"]
    return told


def value_figures(held: Sequence[Beside], weights: Learned) -> dict[str, Any]:
    """How right matched values are in units that answer each other, and what is said to have become of them."""
    found, seen = [], Counter[tuple[str, str]]()
    for one in held:
        for row, column in sorted(one.right):
            before, after = values_of(one, row, column)
            matched = counterparts(before, after, weights)
            right = {(at, place) for at, first in enumerate(before) for place, second in enumerate(after)
                     if marked(one.known, first, second)}  # fmt: skip
            found.append(({pair[:2] for pair in matched}, right))
            for at, place, _ in matched:
                if change := marked(one.known, before[at], after[place]):
                    seen[change, change_of(before[at], after[place], one.known.base, one.known.member)] += 1
    agreed = sum(count for (marked, said), count in seen.items() if marked == said)
    changed = Counter({pair: count for pair, count in seen.items() if pair != ("equal", "equal")})
    return prf(found) | {
        "change_right": round(agreed / max(sum(seen.values()), 1), 4),
        "changed": sum(changed.values()),
        "changed_right": sum(count for (marked, said), count in changed.items() if marked == said),
    }


def relation_figures(held: Sequence[Beside], weights: Learned) -> dict[str, Any]:
    """How right relations are on pairs that answer each other: each one told, and the first one."""
    told: list[tuple[tuple[str, ...], tuple[str, ...]]] = []
    for one in held:
        pairs = sorted(one.right)
        found = differences(one.known.base, one.known.member, pairs)
        for row, column in pairs:
            said = relations(manner(one, row, column), found[row, column], weights)
            told.append((one.known.answers[row + 1, column + 1], said))
    by_relation = {
        name: prf([({(at, 0) for at, (_, said) in enumerate(told) if name in said},
                    {(at, 0) for at, (marked, _) in enumerate(told) if name in marked})])
        for name in RELATIONS
    }  # fmt: skip
    first = sum(marked[0] == said[0] for marked, said in told) / max(len(told), 1)
    mean = sum(one["f1"] for one in by_relation.values()) / len(by_relation)
    confused = Counter(f"{marked[0]} > {said[0]}" for marked, said in told if marked[0] != said[0])
    return {"first_right": round(first, 4), "macro_f1": round(mean, 4), "pairs": len(told), "by_relation": by_relation,
            "confused": dict(confused.most_common())}  # fmt: skip


def size(held: Sequence[Beside]) -> dict[str, int]:
    """How much there is of a part."""
    families, pairs = len({one.family for one in held}), sum(len(one.right) for one in held)
    return {"families": families, "documents": len(held), "pairs": pairs}


def calibration(held: Sequence[Beside], weights: Learned) -> dict[str, Any]:
    """How often pairs that are taken are right, by their confidence."""
    bins: dict[str, list[int]] = {}
    for one in held:
        for answer in answers(one.base, one.other, weights)[0]:
            name = next(f">= {edge}" for edge in (0.9, 0.7, 0.0) if answer.confidence >= edge)
            bins.setdefault(name, []).append((answer.base, answer.other) in one.right)
    return {name: {"pairs": len(hits), "right": round(sum(hits) / len(hits), 4)} for name, hits in sorted(bins.items())}


def figures(train: Sequence[Beside], test: Sequence[Beside], folder: Path) -> dict[str, Any]:
    """All figures on the test part."""
    held = {name: read_learned(folder / f"{name}.json") for name in ("answers", "values", "relations")}

    def taken(one: Beside) -> Pairs:
        return {(answer.base, answer.other) for answer in answers(one.base, one.other, held["answers"])[0]}

    by_family = {family: prf((taken(one), one.right) for one in test if one.family == family)
                 for family in sorted({one.family for one in test})}  # fmt: skip
    return {
        "train": size(train),
        "test": size(test),
        "alignment": prf((taken(one), one.right) for one in test) | {"by_family": by_family},
        **{name: plain(graded(score, train), graded(score, test)) for name, score in PLAIN.items()},
        "left_out": left_out_figures(train, held["answers"].thresholds),
        "confidence": calibration(test, held["answers"]),
        "values": value_figures(test, held["values"]),
        "relations": relation_figures(test, held["relations"]),
    }  # fmt: skip


def build(folder: Path) -> dict[str, Any]:
    """Learns everything, writes it to a folder and gives the figures."""
    train = beside(read("train"))
    for name, learn in (("answers", learn_answers), ("values", learn_values), ("relations", learn_relations)):
        (folder / f"{name}.json").write_text(json.dumps(learn(train), ensure_ascii=False, indent=1) + "\n", "utf-8")
    told = figures(train, beside(read("test")), folder)
    (folder / "metrics.json").write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return told


if __name__ == "__main__":
    print(json.dumps(build(HERE), ensure_ascii=False, indent=1))
