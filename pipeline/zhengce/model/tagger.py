"""Organisations and persons that no lexicon holds: a chain of conditional probabilities over a text's characters."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal

from zhengce.lexicon import finder, table
from zhengce.sentence import sentences
from zhengce.text import Span
from zhengce.weights import weights
from zhengce.words import tag

__all__ = ["Entity", "entities", "features", "trained"]

Kind = Literal["org", "person"]
# what the names of bodies end in
TAILS = frozenset("厅局委部办署司处科股室院会社行所站队校馆府网报团厂店组党协校区")
SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚"
    "谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文覃韦莫普童葛苗"
)
AROUND = 3  # characters to each side that a character is judged by


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """The name of an organisation or a person in a text."""

    kind: Kind
    span: Span


def entities(text: str, model: Path | None = None) -> Iterator[Entity]:
    """The organisations and persons that a text names, in its order, by the model shipped or another.

    Characters are judged one by one in their sentence, so that a name's ends are no word's.

    >>> text = "由市人社局就业促进科牵头，科长韦小兰负责。"
    >>> [(entity.kind, text[entity.span.start : entity.span.end]) for entity in entities(text)]
    [('org', '市人社局就业促进科'), ('person', '韦小兰')]
    """
    told = _tagger(model or weights("tagger", "tagger.crfsuite"))
    for sentence in sentences(text):
        labels = told.tag(features(text[sentence.start : sentence.end]))
        yield from _runs(labels, sentence.start)


def _runs(labels: Sequence[str], offset: int) -> Iterator[Entity]:
    start, kind = 0, ""
    for at, label in enumerate([*labels, "O"]):
        if kind and label != f"I-{kind}":
            yield Entity(kind=kind, span=Span(start=offset + start, end=offset + at))  # type: ignore[arg-type]
            kind = ""
        if label.startswith("B"):
            start, kind = at, label[2:]


@lru_cache(maxsize=2)
def _tagger(path: Path) -> Any:
    import pycrfsuite

    tagger = pycrfsuite.Tagger()
    tagger.open(str(path))
    return tagger


def trained(lessons: Sequence[tuple[list[list[str]], list[str]]], path: Path) -> None:
    """Fit a model to sentences as features and labels and write it to a path; the same lessons give the same bytes."""
    import pycrfsuite

    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params({"c1": 0.05, "c2": 0.05, "max_iterations": 150, "feature.minfreq": 2})
    for given, labels in lessons:
        trainer.append(given, labels)
    trainer.train(str(path))


@cache
def _lexicons() -> tuple[tuple[str, Callable[[str], list[tuple[int, int]]]], ...]:
    stems = {short for row in table("departments") for short in row["shorts"].split(";") if len(short) > 1}
    bodies = {form for row in table("central_bodies") for form in (row["name"], *row["shorts"].split(";"))}
    places = {form for row in table("regions") for form in (row["name"], row["short"]) if len(form) > 1}
    return ("stem", finder(stems)), ("body", finder(bodies)), ("place", finder(places))


def features(text: str) -> list[list[str]]:
    """For each character of a sentence the features that it is judged by."""
    own = [_of_character(char) for char in text]
    word = _words(text)
    held = [[] for _ in text]  # type: list[list[str]]
    for name, find in _lexicons():
        for start, end in find(text):
            for at in range(start, end):
                place = "B" if at == start else "E" if at == end - 1 else "I"
                held[at].append(f"{name}={place}")
    found = []
    for at in range(len(text)):
        here = ["bias"]
        for near in range(-AROUND, AROUND + 1):
            if 0 <= at + near < len(text):
                here.append(f"c{near}={text[at + near]}")
                here.extend(f"{near}{what}" for what in own[at + near])
                if -2 <= near <= 2:
                    here.extend(f"{near}{what}" for what in held[at + near])
                    here.append(f"w{near}={word[at + near][0]}")
            else:
                here.append(f"c{near}=")
        for near in (-2, -1, 0, 1):
            here.append(f"b{near}={text[max(at + near, 0) : max(at + near + 2, 0)]}")
        here.append(f"word={word[at][1]}")
        here.append(f"next={word[at][2]}")
        here.append(f"last={word[at][3]}")
        found.append(here)
    return found


def _of_character(char: str) -> tuple[str, ...]:
    found = []
    if char in TAILS:
        found.append("tail")
    if char in SURNAMES:
        found.append("surname")
    if not "\u4e00" <= char <= "\u9fff":
        found.append("sign")
    return tuple(found)


def _words(text: str) -> list[tuple[str, str, str, str]]:
    """For each character its place in its word with the word's part of speech, the word, and the words around."""
    pieces = tag(text)
    found = []
    for at, (word, flag) in enumerate(pieces):
        after = pieces[at + 1][0] if at + 1 < len(pieces) else ""
        before = pieces[at - 1][0] if at else ""
        for n in range(len(word)):
            place = "S" if len(word) == 1 else "B" if n == 0 else "E" if n == len(word) - 1 else "I"
            found.append((f"{place}{flag}", word, after, before))
    return found
