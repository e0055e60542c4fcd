"""What a language model answered, taken only where it fits what was asked: labels for ids, names from the text."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from zhengce.model.llm_counts import Discarded, Refusal, Refused
from zhengce.text import Span

__all__ = ["Choices", "Names", "choices_in", "names_in", "object_in"]

THOUGHT = "</think>"  # some servers leave a model's musings before its answer
FENCE = re.compile(r"```(?:json)?(.*?)```", re.DOTALL)
SHORTEST, LONGEST = 2, 20  # characters of a name
NO_NAME = re.compile(r"[\n，。；！？]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """The label chosen for each id from 1, why the other ids have none, and what was thrown away."""

    labels: Mapping[int, str]
    refused: Counter[Refused]
    discarded: Counter[Discarded]


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Names found in the text, each with the id of its sentence and its label, and what was thrown away."""

    found: list[tuple[int, Span, str]] = field(default_factory=list)
    discarded: Counter[Discarded] = field(default_factory=Counter)


def object_in(text: str) -> Mapping[str, Any]:
    """The JSON object that is all of a text; raises Refusal for anything else, `truncated` where its end is missing.

    >>> object_in('{"answers": []}')
    {'answers': []}
    """
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        # what is wrong lies behind the last character, or begins with a quotation mark that nothing closes
        cut = text.startswith("{") and (error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated"))
        raise Refusal("truncated" if cut else "wrong_json") from None
    except (ValueError, RecursionError):  # a number of thousands of digits, brackets in thousands
        raise Refusal("wrong_json") from None
    if not isinstance(value, dict):
        raise Refusal("wrong_json")
    return value


def choices_in(content: str, size: int, labels: Iterable[str]) -> Choices:
    """The labels that an answer gives to the ids from 1 to `size`; raises Refusal where it is no answer at all.

    An id with two different labels has none.

    >>> chosen = choices_in('{"answers": [{"id": 1, "label": "target"}, {"id": 7, "label": "fact"}]}', 2, ["target"])
    >>> chosen.labels, dict(chosen.refused), dict(chosen.discarded)
    ({1: 'target'}, {'unanswered': 1}, {'unknown_id': 1})
    """
    known = frozenset(labels)
    said: dict[int, set[str | None]] = {at: set() for at in range(1, size + 1)}
    discarded: Counter[Discarded] = Counter()
    for at, entry in _entries(content, "answers", size, discarded):
        label = entry.get("label")
        said[at].add(label if isinstance(label, str) and label in known else None)
    chosen: dict[int, str] = {}
    refused: Counter[Refused] = Counter()
    for at, given in said.items():
        match list(given):
            case []:
                refused["unanswered"] += 1
            case [None]:
                refused["unknown_label"] += 1
            case [str(label)]:
                chosen[at] = label
            case _:
                refused["conflicting"] += 1
    return Choices(labels=chosen, refused=refused, discarded=discarded)


def names_in(content: str, text: str, sentences: Sequence[Span], labels: Iterable[str]) -> Names:
    """The names that an answer quotes from the sentences with the ids from 1, where each stands in the text.

    A name that stands in its sentence several times is taken where the answer has it as many times, in that order.
    Raises Refusal where it is no answer at all.

    >>> text = "打造“黔北焊工”劳务品牌，开展“黔北焊工”培训。"
    >>> twice = '{"id": 1, "quote": "黔北焊工", "label": "brand"}, {"id": 1, "quote": "黔北焊工", "label": "programme"}'
    >>> names = names_in('{"names": [%s]}' % twice, text, [Span(start=0, end=len(text))], ["brand", "programme"])
    >>> [(span.start, text[span.start : span.end], label) for _, span, label in names.found]
    [(3, '黔北焊工', 'brand'), (16, '黔北焊工', 'programme')]
    """
    known = frozenset(labels)
    names = Names()
    said: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
    for at, entry in _entries(content, "names", len(sentences), names.discarded):
        quote, label = entry.get("quote"), entry.get("label")
        if not isinstance(quote, str):
            names.discarded["wrong_entry"] += 1
        elif not isinstance(label, str) or label not in known:
            names.discarded["unknown_label"] += 1
        elif not SHORTEST <= len(quote) <= LONGEST or NO_NAME.search(quote) or not quote.strip():
            names.discarded["no_name"] += 1
        else:
            said[at, quote].append(label)
    for (at, quote), given in said.items():
        places = list(_places(text, sentences[at - 1], quote))
        if not places:
            names.discarded["quote_not_found"] += len(given)
        elif len(places) == 1 and len(set(given)) > 1:
            names.discarded["conflicting"] += len(given)
        elif len(places) == 1 or len(places) == len(given):
            names.found.extend((at, span, label) for span, label in zip(places, given, strict=False))
        else:
            names.discarded["quote_ambiguous"] += len(given)
    return names


def _places(text: str, sentence: Span, quote: str) -> Iterator[Span]:
    at = text.find(quote, sentence.start, sentence.end)
    while at >= 0:
        yield Span(start=at, end=at + len(quote))
        at = text.find(quote, at + len(quote), sentence.end)


def _entries(
    content: str, key: str, size: int, discarded: Counter[Discarded]
) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """The entries of the list `key` with their ids; what is no entry, or has an id that was not given, is counted."""
    text = content.rpartition(THOUGHT)[2].strip()
    if not text.startswith("{"):
        fenced = FENCE.search(text)
        text = (fenced[1] if fenced else text.removeprefix("```").removeprefix("json")).strip()
    entries = object_in(text).get(key)
    if not isinstance(entries, list):
        raise Refusal("wrong_json")
    for entry in entries:
        if not isinstance(entry, dict):
            discarded["wrong_entry"] += 1
        elif (at := _id(entry.get("id"))) is None or not 1 <= at <= size:
            discarded["unknown_id"] += 1
        else:
            yield at, entry


def _id(value: object) -> int | None:
    if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) < 5:
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None
