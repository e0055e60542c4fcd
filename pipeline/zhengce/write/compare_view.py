"""A comparison as the page shows it: plain values, fit to be shown, for the template and its script."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import cast

from zhengce.pair import Relation
from zhengce.write.amount import amount
from zhengce.write.body import body
from zhengce.write.compare_change import change
from zhengce.write.compare_matrix import Cell, Line, Matrix, matrix
from zhengce.write.compare_row import COUNTS
from zhengce.write.compare_terms import Language, terms
from zhengce.write.differing import differing
from zhengce.write.stored import stored
from zhengce.write.visible import visible

__all__ = ["view"]

Values = dict[str, object]
CHIPS = 3  # changes that a cell of the matrix shows; the others are behind it


def view(out: Path, lang: Language) -> tuple[Values, Values]:
    """What the template needs and what its script needs, of the comparison in the folder `out`.

    The first has `baseline`, `documents`, `lines`, `additions` (lines of cells side by side, and how many documents
    have one in common), `changes`, `goals` and `goal_documents`. The second has for each cell, by its number, what
    opens with it: a clause of the baseline and one of the document with the lengths of shared and own stretches by
    turns, and what differs.
    """
    found = matrix(out)
    keys = {document: f"d{place}" for place, document in enumerate(found.documents)}
    numbers = count(1)
    details: dict[str, object] = {}
    lines = [_line(line, found, keys, numbers, details, lang) for line in found.lines]
    for before, line in zip([None, *lines], lines, strict=False):
        line["starts"] = before is None or before["chapter"] != line["chapter"]
    additions = [
        [_cell(one, keys[document], None, numbers, details, lang) for document, one in line.cells.items()]
        for line in found.additions
    ]
    goals, goal_documents = _goals(out, lang)
    shown: Values = {
        "baseline": _told(found.baseline) if found.baseline else None,
        "documents": [
            _told(row) | {"key": keys[document], "counts": _counts(row)} for document, row in found.documents.items()
        ],
        "lines": lines,
        "additions": [
            {"shared": len(line.cells) if line.shared else 0, "cells": _by_key(cells, keys.values())}
            for line, cells in zip(found.additions, additions, strict=True)
        ],
        "changes": [one for line in found.lines for one in _changes(line, keys, found.documents, lang)],
        "goals": goals,
        "goal_documents": goal_documents,
    }
    return shown, {"cells": details}


def _line(
    line: Line, found: Matrix, keys: Mapping[str, str], numbers: Iterable[int], details: Values, lang: Language
) -> Values:
    base = visible(line.words)
    cells = [
        _cell(line.cells[document], key, base, numbers, details, lang)
        for document, key in keys.items()
        if document in line.cells
    ]
    return {
        "chapter": visible(line.chapter),
        "label": _text(line.base["base_label"]),
        "heading": _text(line.base["base_heading"]),
        "quote": base,
        "cells": _by_key(cells, keys.values()),
    }


def _cell(one: Cell, key: str, base: str | None, numbers: Iterable[int], details: Values, lang: Language) -> Values:
    number = str(next(iter(numbers)))
    told = [change(row, lang) for row in one.changes]
    quoted = [row for row in one.parallels if row["quote"] is not None]
    details[number] = {
        "pairs": [_pair(row, base) for row in quoted],
        "changes": [
            [visible(text) for text in (told_one.code, told_one.kind, told_one.about, *_words(row), told_one.going)]
            for told_one, row in zip(told, one.changes, strict=True)
        ],
        "likely": [_text(one.parallels[0][name]) for name in ("likeness", "copy_ratio", "confidence", "form")],
    }
    moved = [one for one in told if one.code != "equal"]
    return {
        "key": key,
        "id": number,
        "relation": one.relation,
        "quotes": [(_text(row["label"]), _text(row["heading"]), _body(row)) for row in quoted],
        "chips": [
            (told_one.code, _chip(told_one.about or told_one.kind, told_one.base, told_one.own))
            for told_one in moved[:CHIPS]
        ],
        "more": max(0, len(moved) - CHIPS),
        "moved": bool(moved),
    }


def _chip(about: str, base: str, own: str) -> str:
    if base and own:
        return f"{about} {base} → {own}"
    said = own or base
    return f"{about} {said}".strip() if about not in said else said


def _pair(row: Mapping[str, object], base: str | None) -> Values:
    relations = [str(one) for one in cast(Sequence[object], row["relations"] or ())]
    if base is None:
        return {"relations": relations}
    ours, theirs = differing(base, _body(row))
    return {"relations": relations, "base": ours, "own": theirs}


def _body(row: Mapping[str, object]) -> str:
    """The document's words below its label and heading, which stand over them."""
    return visible(body(str(row["quote"]), row["label"], row["heading"]))


def _words(row: Mapping[str, object]) -> tuple[str, str]:
    """What either side says, in its own words."""
    return str(row["base_words"] or row["base_date"] or ""), str(row["words"] or row["date"] or "")


def _changes(
    line: Line, keys: Mapping[str, str], documents: Mapping[str, Mapping[str, object]], lang: Language
) -> Iterable[Values]:
    for document, one in line.cells.items():
        for row in one.changes:
            told = change(row, lang)
            yield {
                "key": keys[document],
                "name": _text(documents[document]["name"]),
                "provision": " ".join(filter(None, (_text(line.base["base_label"]), _text(line.base["base_heading"])))),
                "kind": row["kind"],
                "code": told.code,
                "about": visible(told.about),
                "sides": [
                    (visible(short), visible(words if words != short else ""))
                    for short, words in zip((told.base, told.own), _words(row), strict=True)
                ],
                "going": told.going,
            }


def _goals(out: Path, lang: Language) -> tuple[list[Values], list[str]]:
    """The goals of all documents, a row an indicator, and the names of the documents in their order."""
    rows = [row for row in stored(out, "indicators") if row["chosen"]]
    names = {str(row["document"]): _text(row["name"]) for row in rows}
    by_indicator: dict[str, dict[str, Values]] = {}
    titles: dict[str, tuple[str, str]] = {}
    for row in rows:
        told = amount(row["value"], row["value_max"], row["bound"], row["unit"], lang=lang) or _text(row["words"])
        goal: Values = {"value": told, "deadline": _text(row["deadline"]), "quote": _text(row["quote"])}
        by_indicator.setdefault(str(row["indicator"]), {})[str(row["document"])] = goal
        titles[str(row["indicator"])] = (_text(row["indicator_zh"]), _text(row["indicator_en"]))
    lines: list[Values] = [
        {"title": titles[indicator], "cells": [cells.get(document) for document in names]}
        for indicator, cells in by_indicator.items()
    ]
    return lines, list(names.values())


def _told(row: Mapping[str, object]) -> Values:
    names = ("name", "title", "number", "date", "source", "lag_days", "provisions", "answered")
    return {name: _text(row[name]) for name in names} | {"copy_ratio": row["copy_ratio"]}


def _counts(row: Mapping[str, object]) -> dict[str, int]:
    """How often each relation holds, in the order of the legend."""
    return {relation: int(str(row[COUNTS[cast(Relation, relation)]] or 0)) for relation in terms("relation", "zh")}


def _by_key(cells: Iterable[Values], keys: Iterable[str]) -> list[Values]:
    """A cell for each document; an empty one where it has none."""
    held = {str(cell["key"]): cell for cell in cells}
    return [held.get(key, {"key": key}) for key in keys]


def _text(value: object) -> str:
    return "" if value is None else visible(str(value))
