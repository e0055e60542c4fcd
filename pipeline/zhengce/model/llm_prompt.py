"""What a language model is asked: the candidates or the sentences of a document, in requests of limited size."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from zhengce.candidate import Candidate
from zhengce.document import Document
from zhengce.sentence import sentences
from zhengce.text import Span

__all__ = ["Ask", "choices", "prompt", "searches"]

MOST_ITEMS = 20
# a local server may cut what is longer than its window of 4,096 tokens without saying so
MOST_CHARACTERS = 2000
AROUND = 200  # characters of the sentence on either side of a candidate
HEADING, TITLE = 40, 80
NAMED = re.compile(r"[“「\"]|品牌|培训")  # where a name may stand
OPEN, CLOSE = "⟦⟧"
BRACKETS = str.maketrans(OPEN + CLOSE, "[]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A request: its messages, and the places of its items, whose ids count from 1, among those that were given."""

    messages: tuple[Mapping[str, str], ...]
    places: tuple[int, ...]


@cache
def prompt() -> Mapping[str, Any]:
    """What stands in `llm_prompt.toml`."""
    return tomllib.loads((files("zhengce.model") / "llm_prompt.toml").read_text(encoding="utf-8"))


def choices(document: Document, candidates: Sequence[Candidate]) -> Iterator[Ask]:
    """The requests for labels, in each of which all candidates ask one question; what the rules say is not told.

    Candidates with a question that the prompt does not have are in none.
    """
    over = _headings(document)
    for question, told in prompt()["question"].items():
        items = (
            (place, {"heading": over(candidate.span.start), "text": _marked(document, candidate)})
            for place, candidate in enumerate(candidates)
            if candidate.question == question
        )
        yield from _asks(document, items, told, "choose")


def searches(document: Document) -> tuple[tuple[Span, ...], Iterator[Ask]]:
    """The sentences in which a name may stand, and the requests for the names in them."""
    over = _headings(document)
    spans = tuple(span for span in sentences(document.text) if NAMED.search(document.text, span.start, span.end))
    items = (
        (place, {"heading": over(span.start), "text": document[span].translate(BRACKETS)})
        for place, span in enumerate(spans)
    )
    return spans, _asks(document, items, prompt()["proposal"], "search")


def _asks(
    document: Document, items: Iterable[tuple[int, Mapping[str, str]]], told: Mapping[str, Any], form: str
) -> Iterator[Ask]:
    batch: list[tuple[int, Mapping[str, str]]] = []
    size = 0
    for place, item in items:
        length = sum(map(len, item.values()))
        if batch and (len(batch) == MOST_ITEMS or size + length > MOST_CHARACTERS):
            yield _ask(document, batch, told, form)
            batch, size = [], 0
        batch.append((place, item))
        size += length
    if batch:
        yield _ask(document, batch, told, form)


def _ask(document: Document, batch: Sequence[tuple[int, Mapping[str, str]]], told: Mapping[str, Any], form: str) -> Ask:
    labels = "".join(f"\n- {label}：{meaning}" for label, meaning in told["labels"].items())
    system = prompt()["role"] + told["about"] + labels + prompt()["data"] + prompt()[form]
    items = [{"id": at, **item} for at, (_, item) in enumerate(batch, start=1)]
    content = {"title": (document.header.title or "")[:TITLE], "items": items}
    return Ask(
        messages=(
            {"role": "system", "content": system},
            {"role": "user", "content": json.dumps(content, ensure_ascii=False)},
        ),
        places=tuple(place for place, _ in batch),
    )


def _marked(document: Document, candidate: Candidate) -> str:
    """The sentence with the candidate between ⟦ and ⟧, which stand nowhere else in it."""
    span, sentence = candidate.span, candidate.sentence
    before = Span(start=min(span.start, max(sentence.start, span.start - AROUND)), end=span.start)
    after = Span(start=span.end, end=max(span.end, min(sentence.end, span.end + AROUND)))
    pieces = (document[piece].translate(BRACKETS) for piece in (before, span, after))
    return "{}{open}{}{close}{}".format(*pieces, open=OPEN, close=CLOSE)


def _headings(document: Document) -> Callable[[int], str]:
    """A function that gives the headings over a character, from the outermost in."""
    known = {(provision.part, provision.id): provision for provision in document.provisions}

    def over(offset: int) -> str:
        provision = document.provision_at(offset)
        found: list[str] = []
        while provision:
            if provision.heading and offset not in range(provision.span.start, provision.span.end):
                found.append(provision.heading[:HEADING])
            provision = known.get((provision.part, provision.parent)) if provision.parent else None
        return " / ".join(reversed(found))

    return over
