"""Builds the tagger of organisations and persons, and measures it on the documents that it has not seen.

    python models/tagger/build.py

Source: `corpora/training/entities.tsv` over `corpora/training/train`, nothing else; sentences with persons are taken
three times more with other names drawn from `NAMES` by a fixed seed. The same inputs give the same bytes.
"""

from __future__ import annotations

import csv
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from time import perf_counter

from zhengce.lessons import read_marked
from zhengce.model.tagger import SURNAMES, Entity, entities, fit_tagger, labelled
from zhengce.sentence import sentences
from zhengce.text import Span

HERE = Path(__file__).parent
CORPUS = HERE.parents[1] / "corpora" / "training"
NAMES = (
    "伟芳娜敏静秀丽强磊军洋勇艳杰涛明超霞平刚桂英华玉兰红建国文斌海波春燕志豪雅婷美玲小梅晓薇栋立新振珍永生长林占奎"
    "思远子涵雪金凤宝山德全福来秋月淑芬香树庆丰启广才世勋怡云飞成竹保麦萍翠花向东学卫民爱琴"
)
TIMES, SEED = 3, 0
LEADER = "习近平"  # never called otherwise
Known = tuple[str, list[Entity]]


def known(part: str) -> Iterator[Known]:
    """The texts of a part of the corpus with the names in them."""
    with (CORPUS / "entities.tsv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    for path in sorted((CORPUS / part).glob("*.xml")):
        words = [(row["kind"], row["words"]) for row in rows if row["document"] == path.stem]
        if words:
            text = read_marked(path).text
            yield text, named(text, words)


def named(text: str, words: Iterable[tuple[str, str]]) -> list[Entity]:
    """Every occurrence of the words, the longest first, none overlapping; a 部 before 门 (财政部门) ends no name."""
    taken: set[int] = set()
    found = []
    for kind, word in sorted(words, key=lambda row: -len(row[1])):
        for match in re.finditer(re.escape(word), text):
            span = Span(start=match.start(), end=match.end())
            if taken.isdisjoint(range(*match.span())):
                taken.update(range(*match.span()))
                if not (word.endswith("部") and text[span.end : span.end + 1] == "门"):
                    found.append(Entity(kind=kind, span=span))
    return sorted(found, key=lambda entity: entity.span)


def lessons(texts: Iterable[Known]) -> Iterator[tuple[str, list[str]]]:
    """Sentences with their labels, those with persons again under other names."""
    draw = random.Random(SEED)
    for text, names in texts:
        for sentence in sentences(text):
            words = text[sentence.start : sentence.end]
            within = [Entity(kind=n.kind, span=n.span.shift(-sentence.start)) for n in names if n.span in sentence]
            yield words, labelled(len(words), within)
            persons = [n.span for n in within if n.kind == "person" and words[n.span.start : n.span.end] != LEADER]
            if persons:
                yield from (renamed(words, labelled(len(words), within), persons, draw) for _ in range(TIMES))


def renamed(words: str, labels: list[str], persons: list[Span], draw: random.Random) -> tuple[str, list[str]]:
    """A sentence with other persons in it."""
    for span in reversed(persons):
        name = draw.choice(sorted(SURNAMES)) + "".join(draw.choice(NAMES) for _ in range(draw.choice((1, 2, 2))))
        words = words[: span.start] + name + words[span.end :]
        labels = labels[: span.start] + ["B-person"] + ["I-person"] * (len(name) - 1) + labels[span.end :]
    return words, labels


def measured(texts: list[Known], find: Callable[[str], Iterable[Entity]]) -> dict[str, dict[str, float]]:
    """Precision, recall and F1 of whole names by kind."""
    held, said, both = Counter[str](), Counter[str](), Counter[str]()
    for text, names in texts:
        found = set(find(text))
        held.update(name.kind for name in names)
        said.update(name.kind for name in found)
        both.update(name.kind for name in found & set(names))
    return {
        kind: {
            "held": held[kind],
            "precision": round(both[kind] / max(said[kind], 1), 3),
            "recall": round(both[kind] / held[kind], 3),
            "f1": round(2 * both[kind] / (held[kind] + said[kind]), 3),
        }
        for kind in ("org", "person")
    }


def main(target: Path = HERE / "tagger.crfsuite") -> None:
    """Fits the tagger, writes its weights, and its figures but for the speed, which differs between machines."""
    train, test = list(known("train")), list(known("test"))
    fit_tagger(lessons(train), target)
    start = perf_counter()
    figures = measured(test, lambda text: entities(text, target))
    speed = 1e6 * (perf_counter() - start) / sum(len(text) for text, _ in test)
    told = {"documents": {"train": len(train), "test": len(test)}, "bytes": target.stat().st_size, "test": figures}
    (target.parent / "metrics.json").write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
    print(f"{json.dumps(figures)}, {speed:.1f} ms for 1,000 characters", file=sys.stderr)


if __name__ == "__main__":
    main()
