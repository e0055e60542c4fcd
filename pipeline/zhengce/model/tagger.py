"""Organisations and persons by name, known or not: a conditional random field over the characters of a sentence.

The door of python-crfsuite. No extractor asks it: `models/README.md` tells what was measured.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from zhengce.errors import BadUsage
from zhengce.lexicon import finder, table
from zhengce.sentence import sentences
from zhengce.text import Span
from zhengce.weights import weights
from zhengce.words import tag

if TYPE_CHECKING:
    from pycrfsuite import Tagger

__all__ = ["Entity", "entities", "fit_tagger", "labelled", "runs"]

Kind = Literal["org", "person"]
# what the names of bodies end in
TAILS = frozenset("厅局委部办署司处科股室院会社行所站队校馆府网报团店组党协区")
SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范"
    "方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文覃韦莫普童葛苗"
)
AROUND = 3  # characters to each side that one is judged by
HELD_AROUND = 2  # those whose words and lexicon entries count too
SETTINGS = {"c1": 0.05, "c2": 0.05, "max_iterations": 150, "feature.minfreq": 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """The name of an organisation or a person in a text."""

    kind: Kind
    span: Span


def entities(text: str, model: Path | None = None) -> Iterator[Entity]:
    """The organisations and persons that a text names, in its order, by the shipped model or another.

    Characters are judged, not words: 市人社局就业促进科 ends where no dictionary ends a word. Kinds of offices, such as
    财政部门, are no names. Raises BadUsage where python-crfsuite is not installed.

    >>> text = "这项工作由市人社局就业促进科牵头，科长韦小兰介绍了情况。"
    >>> [(entity.kind, text[entity.span.start : entity.span.end]) for entity in entities(text)]
    [('org', '市人社局就业促进科'), ('person', '韦小兰')]
    """
    told = _tagger(model or weights("tagger", "tagger.crfsuite"))
    text = text.encode("utf-8", "replace").decode("utf-8")  # a lone surrogate has no UTF-8; "?" is as long
    for sentence in sentences(text):
        for entity in runs(told.tag(_features(text[sentence.start : sentence.end]))):
            yield Entity(kind=entity.kind, span=entity.span.shift(sentence.start))


def labelled(length: int, names: Iterable[Entity]) -> list[str]:
    """A label for each of so many characters: B-org and I-org for the first and the other ones of a name, O outside.

    >>> labelled(4, [Entity(kind="org", span=Span(start=1, end=3))])
    ['O', 'B-org', 'I-org', 'O']
    """
    labels = ["O"] * length
    for name in names:
        labels[name.span.start : name.span.end] = [f"I-{name.kind}"] * len(name.span)
        labels[name.span.start] = f"B-{name.kind}"
    return labels


def runs(labels: Sequence[str]) -> Iterator[Entity]:
    """The names that labels of characters spell, as `labelled` takes them."""
    for at, label in enumerate(labels):
        if label.startswith("B"):
            kind: Kind = "org" if label == "B-org" else "person"
            end = next((n for n in range(at + 1, len(labels)) if labels[n] != f"I-{kind}"), len(labels))
            yield Entity(kind=kind, span=Span(start=at, end=end))


def fit_tagger(lessons: Iterable[tuple[str, Sequence[str]]], path: Path) -> None:
    """Fit a model to sentences with labels of their characters and write it: the same bytes for the same lessons."""
    import pycrfsuite

    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params(SETTINGS)
    for text, labels in lessons:
        trainer.append(_features(text), labels)
    trainer.train(str(path))


@lru_cache(maxsize=2)
def _tagger(path: Path) -> Tagger:
    try:
        import pycrfsuite
    except ImportError as error:
        raise BadUsage("the tagger of names needs python-crfsuite: pip install 'zhengce[tagger]'") from error
    tagger = pycrfsuite.Tagger()
    tagger.open(str(path))
    return tagger


@cache
def _lexicons() -> tuple[tuple[str, Callable[[str], list[tuple[int, int]]]], ...]:
    stems = {short for row in table("departments") for short in row["shorts"].split(";") if len(short) > 1}
    bodies = {form for row in table("central_bodies") for form in (row["name"], *row["shorts"].split(";"))}
    places = {form for row in table("regions") for form in (row["name"], row["short"]) if len(form) > 1}
    return ("stem", finder(stems)), ("body", finder(bodies)), ("place", finder(places))


def _features(text: str) -> list[list[str]]:
    """What each character of a sentence is judged by: itself and its neighbours, their words, the lexicons."""
    own, word, held = [_of_character(char) for char in text], _of_words(text), _of_lexicons(text)
    found = []
    for at in range(len(text)):
        here = ["bias", *word[at][1]]
        for near in range(-AROUND, AROUND + 1):
            if not 0 <= at + near < len(text):
                here.append(f"c{near}=")
                continue
            here.append(f"c{near}={text[at + near]}")
            here.extend(f"{near}{what}" for what in own[at + near])
            if abs(near) <= HELD_AROUND:
                here.append(f"w{near}={word[at + near][0]}")
                here.extend(f"{near}{what}" for what in held[at + near])
        here.extend(f"b{near}={text[max(at + near, 0) : max(at + near + 2, 0)]}" for near in range(-2, 2))
        found.append(here)
    return found


def _of_character(char: str) -> list[str]:
    told = {"tail": char in TAILS, "surname": char in SURNAMES, "sign": not "\u4e00" <= char <= "\u9fff"}
    return [name for name, holds in told.items() if holds]


def _of_words(text: str) -> list[tuple[str, tuple[str, str, str]]]:
    """For each character its place in its word with the word's part of speech; the word, the next and the last one."""
    pieces = tag(text)
    found = []
    for at, (word, flag) in enumerate(pieces):
        after = pieces[at + 1][0] if at + 1 < len(pieces) else ""
        before = pieces[at - 1][0] if at else ""
        around = (f"word={word}", f"next={after}", f"last={before}")
        found += [(f"{_place(n, len(word))}{flag}", around) for n in range(len(word))]
    return found


def _of_lexicons(text: str) -> list[list[str]]:
    found: list[list[str]] = [[] for _ in text]
    for name, find in _lexicons():
        for start, end in find(text):
            for at in range(start, end):
                found[at].append(f"{name}={_place(at - start, end - start)}")
    return found


def _place(at: int, length: int) -> str:
    """Whether a character begins, ends, continues or alone makes up a word of so many."""
    return "S" if length == 1 else "B" if at == 0 else "E" if at == length - 1 else "I"
