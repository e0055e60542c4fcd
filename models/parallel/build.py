"""Learns what the comparison needs to know from marked families of documents, and measures it on families unseen.

    python models/parallel/build.py

Source: `corpora/parallel/train`; figures are of `corpora/parallel/test`, which no weight and no threshold has seen.
Writes `answers.json` (which provision answers which), `values.json` (which value is the same indicator's),
`relations.json` (copied, reworded or refined) and `metrics.json` beside itself. The same inputs give the same figures.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import LeaveOneGroupOut

from zhengce.compare.answer import answers, assigned
from zhengce.compare.counterpart import counterpart_evidence, counterparts
from zhengce.compare.difference import differences
from zhengce.compare.direction import change_of
from zhengce.compare.evidence import EVIDENCE, Views, evidence, views
from zhengce.compare.learned import Learned, read_learned
from zhengce.compare.relation import relation_evidence, relations, reuse
from zhengce.compare.value import Value, values
from zhengce.families import Family, Known, read_family

HERE = Path(__file__).parent
CORPUS = HERE.parents[1] / "corpora" / "parallel"
DECIMALS = 4
STEPS = [step / 4 for step in range(-8, 9)]
STRENGTH = 1.0
WRONG_PAIRS = 0.05  # of the pairs of provisions that a run takes, by the precision on families left out
MANNERS = ("copy", "paraphrase", "refine")
RELATIONS = ("strengthen", "weaken", "quantify", "refine", "paraphrase", "copy")
Pairs = set[tuple[int, int]]
Graded = tuple[str, Any, Pairs]


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


def fitted(rows: Any, given: Sequence[str], names: Sequence[str], labels: Sequence[str]) -> dict[str, Any]:
    """The weights of a logistic regression, on evidence as it is, for each label (of two, for the second)."""
    mean, scale = rows.mean(axis=0), rows.std(axis=0)
    scale[scale == 0] = 1.0
    model = LogisticRegression(C=STRENGTH, max_iter=5000, tol=1e-10).fit((rows - mean) / scale, list(given))
    told = list(model.classes_) if len(model.classes_) > 2 else [model.classes_[1]]
    coefficients = model.coef_ / scale
    intercepts = model.intercept_ - coefficients @ mean
    at = {label: told.index(label) for label in labels if label in told}
    weights = {label: map(_rounded, coefficients[place]) for label, place in at.items()}
    return {
        "weights": {label: dict(zip(names, row, strict=True)) for label, row in weights.items()},
        "intercept": {label: _rounded(intercepts[place]) for label, place in at.items()},
        "thresholds": {},
    }  # fmt: skip


def _rounded(number: float) -> float:
    return round(float(number), DECIMALS)


def left_out(rows: Any, given: Any, groups: Any, names: Sequence[str], label: str) -> Any:
    """The scores of rows by weights that have not seen their family."""
    scores = np.zeros(len(rows))
    for train, test in LeaveOneGroupOut().split(rows, given, groups):
        told = fitted(rows[train], given[train], names, [label])
        weights = np.array([told["weights"][label][name] for name in names])
        scores[test] = rows[test] @ weights + told["intercept"][label]
    return scores


def unseen_scores(held: Sequence[Beside]) -> list[Any]:
    """For each document the scores of all pairs of units, by weights that have not seen its family."""
    rows, given, groups = answer_rows(held)
    # "apart" comes after "answers" in the alphabet: the second of two labels is the one that is scored
    scores = -left_out(rows, given, groups, EVIDENCE, "apart")
    ends = np.cumsum([one.layers.shape[0] * one.layers.shape[1] for one in held])
    return [part.reshape(one.layers.shape[:2]) for part, one in zip(np.split(scores, ends[:-1]), held, strict=True)]


def answer_rows(held: Sequence[Beside]) -> tuple[Any, Any, Any]:
    """The evidence of all pairs of units, whether they answer each other, and their families."""
    rows = np.concatenate([one.layers.reshape(-1, len(EVIDENCE)) for one in held])
    cell = ((one, at) for one in held for at in np.ndindex(one.layers.shape[:2]))
    given = np.array(["answers" if at in one.right else "apart" for one, at in cell])
    groups = np.array([one.family for one in held for _ in range(one.layers.shape[0] * one.layers.shape[1])])
    return rows, given, groups


def learn_answers(held: Sequence[Beside]) -> dict[str, Any]:
    """Weights of the evidence that two units answer each other; thresholds by F1 on families left out."""
    rows, given, _ = answer_rows(held)
    told = fitted(rows, given, EVIDENCE, ["apart"])
    turned: dict[str, Any] = {
        "weights": {"answers": {name: -value for name, value in told["weights"]["apart"].items()}},
        "intercept": {"answers": -told["intercept"]["apart"]},
    }
    grids = [(grid, one.right) for grid, one in zip(unseen_scores(held), held, strict=True)]

    def quality(thresholds: Mapping[str, float]) -> float:
        return prf((cells(assigned(grid, thresholds)), right) for grid, right in grids)["f1"]

    tried = [{"answers": first, "joins": second} for first in STEPS for second in STEPS if second >= first]
    return turned | {"thresholds": max(tried, key=quality)}


def value_rows(held: Sequence[Beside]) -> Iterator[tuple[str, tuple[Any, ...], dict[str, float], bool, bool]]:
    """Every two values of one measure in two units: where, the evidence, whether the same, whether the units answer.

    Units are those that answer each other, and each with the one that is most like it of those that do not: where a
    run pairs wrongly, values must not be taken for the same only because they stand alone.
    """
    for one in held:
        for row, column in sorted(one.right | mistaken(one)):
            before, after = _values(one, row, column)
            for at, first in enumerate(before):
                for place, second in enumerate(after):
                    if first.measure == second.measure:
                        where = (id(one), row, column, at, place)
                        told = counterpart_evidence(before, after, at, place)
                        same = _marked(one.known, first, second) is not None
                        yield one.family, where, told, same, (row, column) in one.right


def mistaken(one: Beside) -> Pairs:
    """Each unit with the one of the baseline that it does not answer and is most like."""
    likeness = one.layers[..., EVIDENCE.index("characters")] + one.layers[..., EVIDENCE.index("words")]
    for row, column in one.right:
        likeness[row, column] = -1
    return {(int(row), column) for column, row in enumerate(likeness.argmax(axis=0)) if likeness[row, column] > 0}


def _values(one: Beside, row: int, column: int) -> tuple[tuple[Value, ...], tuple[Value, ...]]:
    base, member = one.known.base, one.known.member
    return values(base.units[row], base.date), values(member.units[column], member.date)


def _marked(known: Known, first: Value, second: Value) -> str | None:
    """What a person said became of a value of the baseline."""
    return next(
        (one.change for one in known.values if one.base.overlaps(first.span) and one.span.overlaps(second.span)), None
    )


def learn_values(held: Sequence[Beside]) -> dict[str, Any]:
    """Weights of the evidence that two values measure the same; the threshold by F1 on families left out.

    There mistaken pairs count as often as a run makes them, not as often as they are shown here.
    """
    told = list(value_rows(held))
    names = tuple(told[0][2])
    rows = np.array([[evidence[name] for name in names] for _, _, evidence, *_ in told])
    given = np.array(["same" if same else "other" for _, _, _, same, _ in told])
    groups = np.array([family for family, *_ in told])
    scores = left_out(rows, given, groups, names, "same")
    learned = fitted(rows, given, names, ["same"])
    by_pair: dict[Any, list[int]] = defaultdict(list)
    for at, (_, where, *_) in enumerate(told):
        by_pair[where[:3]].append(at)

    def quality(threshold: float) -> float:
        right = found = both = 0.0
        for places in by_pair.values():
            share = 1.0 if told[places[0]][4] else WRONG_PAIRS
            firsts, seconds = (sorted({told[at][1][side] for at in places}) for side in (3, 4))
            gain = np.zeros((len(firsts), len(seconds)))
            for at in places:
                gain[firsts.index(told[at][1][3]), seconds.index(told[at][1][4])] = max(scores[at] - threshold, 0)
            chosen = {(firsts[row], seconds[column]) for row, column in zip(*linear_sum_assignment(-gain), strict=True)
                      if gain[row, column] > 0}  # fmt: skip
            same = {told[at][1][3:] for at in places if told[at][3]}
            right, found, both = right + len(same), found + share * len(chosen), both + len(same & chosen)
        return 2 * both / max(right + found, 1)

    return learned | {"thresholds": {"same": max(STEPS, key=quality)}}


def learn_relations(held: Sequence[Beside]) -> dict[str, Any]:
    """Weights that tell copied, reworded and refined apart, on pairs that are nothing more consequential."""
    rows, given = [], []
    for one in held:
        for (row, column), told in one.known.answers.items():
            if told[0] in MANNERS:
                rows.append(_manner(one, row - 1, column - 1))
                given.append(told[0])
    names = tuple(rows[0])
    return fitted(np.array([[row[name] for name in names] for row in rows]), given, names, MANNERS)


def _manner(one: Beside, row: int, column: int) -> dict[str, float]:
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


def plain_cosine(one: Beside) -> Any:
    """The cosine of TF-IDF vectors of single and double characters of the texts as printed."""
    base, member = one.known.base, one.known.member
    texts = [unit.text for unit in (*base.units, *member.units)]
    matrix = TfidfVectorizer(analyzer="char", ngram_range=(1, 2)).fit_transform(texts)
    return (matrix[: len(base.units)] @ matrix[len(base.units) :].T).toarray()


def plain_ratio(one: Beside) -> Any:
    """The ratio of difflib's SequenceMatcher of the texts as printed."""
    base, member = one.known.base, one.known.member
    ratios = [[SequenceMatcher(None, first.text, second.text, autojunk=False).ratio() for second in member.units]
              for first in base.units]  # fmt: skip
    return np.array(ratios)


PLAIN = {"plain_cosine": plain_cosine, "plain_difflib": plain_ratio}


def nearest(grid: Any, threshold: float) -> Pairs:
    """Each unit with the one of the baseline that is most alike, where it is alike enough: what is done by hand."""
    best = grid.argmax(axis=0)
    return {(int(row), column) for column, row in enumerate(best) if grid[row, column] >= threshold}


def graded(score: Callable[[Beside], Any], held: Sequence[Beside]) -> list[Graded]:
    """The likeness of all units of each document by a plain method, with the family and the pairs that are right."""
    return [(one.family, score(one), one.right) for one in held]


def plain(train: Sequence[Graded], test: Sequence[Graded]) -> dict[str, float]:
    """The figures of a plain method on the test part, its threshold the best one on the training part."""
    steps = [step / 100 for step in range(1, 80)]
    best = max(steps, key=lambda step: prf((nearest(grid, step), right) for _, grid, right in train)["f1"])
    return prf((nearest(grid, best), right) for _, grid, right in test) | {"threshold": best}


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
            before, after = _values(one, row, column)
            matched = counterparts(before, after, weights)
            right = {(at, place) for at, first in enumerate(before) for place, second in enumerate(after)
                     if _marked(one.known, first, second)}  # fmt: skip
            found.append((set(matched), right))
            for at, place in matched:
                if change := _marked(one.known, before[at], after[place]):
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
            said = relations(_manner(one, row, column), found[row, column], weights)
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
