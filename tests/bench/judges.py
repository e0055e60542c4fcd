"""Three kinds of judges on the same split: a linear one, a CRF over a document's candidates, a spaCy text classifier.

Each is trained on `train` and `grammar` in `corpora/training` and asked of every candidate in `test`; the rules
alone stand beside them. Printed: macro F1 over the labels, that of each, milliseconds a candidate (not counted: the
evidence, which the first two need), seconds of training, bytes. `python tests/bench/judges.py [--spacy]`
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Sequence
from itertools import groupby
from pathlib import Path
from time import perf_counter

from zhengce.candidate import LABELS
from zhengce.lessons import Example
from zhengce.model.linear import save
from zhengce.training import corpus, features, fitted, read_part

QUESTIONS = ("statement", "name", "goal")
# what is to be judged in, what judges it out, so that the clock runs over the judging alone
Judge = Callable[[Sequence[Example]], Callable[[], list[str]]]


def macro(unseen: Sequence[Example], said: Sequence[str], labels: Sequence[str]) -> tuple[float, list[float]]:
    scores = []
    for label in labels:
        both = sum(one.label == label == other for one, other in zip(unseen, said, strict=True))
        total = sum(one.label == label for one in unseen) + sum(other == label for other in said)
        scores.append(2 * both / total if total else 0.0)
    return sum(scores) / len(scores), scores


def rules(lessons: Sequence[Example], labels: Sequence[str]) -> tuple[Judge, int]:
    return lambda unseen: lambda: [example.candidate.ruled for example in unseen], 0


def linear(with_rules: bool) -> Callable[[Sequence[Example], Sequence[str]], tuple[Judge, int]]:
    def train(lessons: Sequence[Example], labels: Sequence[str]) -> tuple[Judge, int]:
        judge = fitted(lessons, labels, with_rules=with_rules)
        with tempfile.TemporaryDirectory() as folder:
            save(judge, Path(folder) / "judge.json")
            size = (Path(folder) / "judge.json").stat().st_size

        def ask(unseen: Sequence[Example]) -> Callable[[], list[str]]:
            rows = [features(example.candidate, with_rules) for example in unseen]

            def decide() -> list[str]:
                return [max(likely := judge.probabilities(row), key=likely.__getitem__) for row in rows]

            return decide

        return ask, size

    return train


def crf(with_rules: bool) -> Callable[[Sequence[Example], Sequence[str]], tuple[Judge, int]]:
    """A chain over the candidates of a document in their order: what comes before and after bears on each."""

    def train(lessons: Sequence[Example], labels: Sequence[str]) -> tuple[Judge, int]:
        import pycrfsuite

        trainer = pycrfsuite.Trainer(verbose=False)
        trainer.set_params({"c1": 0.1, "c2": 0.3, "max_iterations": 150, "feature.minfreq": 2})
        for _, group in groupby(lessons, key=lambda example: example.document):
            chain = list(group)
            trainer.append([list(features(one.candidate, with_rules)) for one in chain], [one.label for one in chain])
        path = Path(tempfile.mkdtemp()) / "chain.crfsuite"
        trainer.train(str(path))
        tagger = pycrfsuite.Tagger()
        tagger.open(str(path))

        def ask(unseen: Sequence[Example]) -> Callable[[], list[str]]:
            groups = groupby(unseen, key=lambda example: example.document)
            chains = [[list(features(one.candidate, with_rules)) for one in group] for _, group in groups]
            return lambda: [label for chain in chains for label in tagger.tag(chain)]

        return ask, path.stat().st_size

    return train


def spacy_classifier(lessons: Sequence[Example], labels: Sequence[str]) -> tuple[Judge, int]:
    """spaCy's ensemble of a convolutional and a bag-of-words classifier, on the sentence with the candidate in 【】."""
    import spacy
    from spacy.tokens import Doc
    from spacy.training import Example as Lesson

    from zhengce.words import words

    spacy.util.fix_random_seed(0)
    nlp = spacy.blank("zh")
    nlp.tokenizer = lambda text: Doc(nlp.vocab, words=words(text) or [" "])
    textcat = nlp.add_pipe("textcat", config={"model": {"@architectures": "spacy.TextCatEnsemble.v2"}})
    for label in labels:
        textcat.add_label(label)
    pairs = [
        Lesson.from_dict(nlp.make_doc(one.context), {"cats": {label: float(label == one.label) for label in labels}})
        for one in lessons
    ]
    optimizer = nlp.initialize(lambda: pairs)
    for _ in range(8):
        for batch in spacy.util.minibatch(pairs, 64):
            nlp.update(batch, sgd=optimizer, drop=0.2)

    def ask(unseen: Sequence[Example]) -> Callable[[], list[str]]:
        texts = [one.context for one in unseen]
        return lambda: [max(doc.cats, key=doc.cats.__getitem__) for doc in nlp.pipe(texts)]

    return ask, len(textcat.to_bytes())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--spacy", action="store_true", help="train the spaCy classifier too (minutes)")
    asked = parser.parse_args()
    lessons = [*read_part(corpus() / "train"), *read_part(corpus() / "grammar")]
    unseen = read_part(corpus() / "test")
    kinds = {
        "rules": rules, "linear alone": linear(False), "linear with rules": linear(True), "chain alone": crf(False),
        "chain with rules": crf(True), **({"spaCy": spacy_classifier} if asked.spacy else {}),
    }  # fmt: skip
    for question in QUESTIONS:
        labels = LABELS[question]
        known = [one for one in lessons if one.candidate.question == question]
        new = [one for one in unseen if one.candidate.question == question]
        print(f"{question}: {len(known)} examples, {len(new)} unseen; F1 of {', '.join(labels)}")
        for name, train in kinds.items():
            start = perf_counter()
            judge, size = train(known, labels)
            trained = perf_counter()
            decide = judge(new)
            begun = perf_counter()
            said = decide()
            spent = 1000 * (perf_counter() - begun) / len(new)
            mean, each = macro(new, said, labels)
            row = " ".join(f"{score:.3f}" for score in each)
            print(f"  {name:18} macro F1 {mean:.3f} ({row})  {spent:.4f} ms  {trained - start:.1f} s  {size} bytes")


if __name__ == "__main__":
    main()
