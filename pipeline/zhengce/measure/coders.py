"""Coders against one another, over the same documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any

from zhengce.errors import BadUsage
from zhengce.measure.agreement import Units, cohen, fleiss, krippendorff
from zhengce.measure.coding import read_coding
from zhengce.measure.mark import RECORDS, Coding, Mark
from zhengce.measure.match import match
from zhengce.measure.place import place
from zhengce.measure.unit import LEVELS, SET, labelled

__all__ = ["coders"]

DIGITS = 4
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def coders(paths: Sequence[Path], texts: Path | None = None) -> dict[str, Any]:
    """How far two or more coders agree, as one JSON object.

    `levels` has, for each character, sentence and provision, and for each kind and the set of kinds together, how many
    units there are, Krippendorff's alpha, Fleiss' kappa and Cohen's kappa of each pair of coders, who are called by
    letters. Texts and provisions are those of the run in the folder `texts`, or else of the first coder with texts.
    `unplaced` counts the quotes of each coder that stand nowhere in their text. Raises BadUsage for fewer than two
    coders, for more than there are letters, and where no text or nothing in common is found.
    """
    if not 2 <= len(paths) <= len(LETTERS):
        raise BadUsage("agreement is between coders: give the tables of two or more (at most 26)")
    coded = [read_coding(path) for path in paths]
    base = _texts(coded, texts)
    matched = [{theirs: ours for ours, theirs in match(coding, base).items()} for coding in coded]
    kinds = [kind for kind in RECORDS if sum(any(kind in marks for marks in c.marks.values()) for c in coded) > 1]
    shared = [document for document in base.documents if sum(document in own for own in matched) > 1]
    if not kinds or not shared:
        raise BadUsage("the coders have no document and kind in common: name the documents alike in all tables")
    counts: dict[tuple[str, str], Counter[tuple[Any, ...]]] = {}
    unplaced: Counter[str] = Counter()
    for document in shared:
        text = str(base.documents[document]["text"])
        seen = [_seen(coding, own.get(document), text) for coding, own in zip(coded, matched, strict=True)]
        provisions = [mark.span for mark in base.marks[document].get("provisions", ()) if mark.span]
        for letter, own in zip(LETTERS, seen, strict=False):
            unplaced[letter] += sum(mark.span is None for marks in (own or {}).values() for mark in marks)
        for key, found in labelled(text, provisions, seen, kinds).items():
            counts.setdefault(key, Counter()).update(found)
    return {
        "coders": {letter: path.as_posix() for letter, path in zip(LETTERS, paths, strict=False)},
        "documents": len(shared),
        "unplaced": dict(unplaced),
        "levels": {
            level: {kind: _coefficients(counts[level, kind], len(paths)) for kind in (*kinds, SET)} for level in LEVELS
        },
    }


def _texts(coded: Sequence[Coding], texts: Path | None) -> Coding:
    """The coding whose texts are the ones that are labelled, with those of its documents that have one."""
    candidates = coded if texts is None else [read_coding(texts)]
    for coding in candidates:
        with_text = {document: row for document, row in coding.documents.items() if row.get("text")}
        if with_text:
            return replace(coding, documents=with_text)
    raise BadUsage("no texts: give the run too (zhengce evaluate RUN --agree A B), whose documents.jsonl has them")


def _seen(coding: Coding, document: str | None, text: str) -> Mapping[str, list[Mark]] | None:
    """What a coder has marked in a text, placed in it; None where the coder did not see it."""
    if document is None:
        return None
    trusted = coding.documents[document].get("text") == text
    return {
        kind: place([replace(mark, raw=()) for mark in marks], text, trusted=trusted)
        for kind, marks in coding.marks[document].items()
        if kind in RECORDS
    }


def _coefficients(units: Units, number: int) -> dict[str, Any]:
    pairs = combinations(range(number), 2)
    return {
        "units": sum(count for labels, count in units.items() if sum(label is not None for label in labels) > 1),
        "alpha": _rounded(krippendorff(units)),
        "fleiss": _rounded(fleiss(units)),
        "cohen": {f"{LETTERS[a]}-{LETTERS[b]}": _rounded(cohen(units, a, b)) for a, b in pairs},
    }


def _rounded(figure: float | None) -> float | None:
    return None if figure is None else round(figure, DIGITS)
