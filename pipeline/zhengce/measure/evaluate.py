"""A run against gold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zhengce.errors import BadUsage
from zhengce.measure.bootstrap import MEAN, intervals
from zhengce.measure.coding import read_coding
from zhengce.measure.figures import Counts, columns_right, count, f1
from zhengce.measure.mark import KINDS, Coding, Mark
from zhengce.measure.match import match
from zhengce.measure.name import name
from zhengce.measure.pair import Pair, fits, pair
from zhengce.measure.place import place
from zhengce.measure.stratum import STRATA, strata
from zhengce.text import Span
from zhengce.version import VERSION

__all__ = ["evaluate"]

DIGITS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scored:
    """One document of the gold, against the run."""

    source: str
    held: bool
    strata: Mapping[str, str]
    pairs: Mapping[str, Sequence[Pair]]
    counts: Mapping[str, Counts]


def evaluate(run: Path, gold: Path, *, bootstrap: int = 1000, seed: int = 0) -> dict[str, Any]:
    """How right the run in a folder is against the gold in another, as one JSON object.

    `kinds` has precision, recall and F1 of detection (any overlap, intersection over union of a half, the same span)
    and of strict agreement (all columns of the core), with 95 % bounds of strict F1 from `bootstrap` samples of
    documents, and `columns`, [right, stated]; `strata` strict F1 by sort of document; `gold` and `found` every record
    by name with its verdict. Documents of the gold that the run lacks are missed whole, those of the run without gold
    left out. A document of the gold whose row has `partial` names kinds that were not gone through: what is found
    there besides the gold is left out too, but at the places in `rejected`. Figures are rounded to 4 digits. Raises
    BadUsage where either cannot be read.
    """
    coded, ran = read_coding(gold), read_coding(run)
    if not any("sha256" in row for row in ran.documents.values()):
        raise BadUsage(f"{run} has no table of documents: give the folder that `zhengce extract … -o {run}` wrote")
    scored = [_scored(document, found, coded, ran) for document, found in match(coded, ran).items()]
    scored.sort(key=lambda document: document.source)
    sums = intervals([document.counts for document in scored], bootstrap, seed)
    kinds = [kind for kind in KINDS if any(kind in document.pairs for document in scored)]
    figures = {kind: _figures(kind, scored, sums[kind]) for kind in kinds}
    return {
        "version": VERSION,
        "documents": {
            "gold": len(scored),
            "missing": [document.source for document in scored if not document.held],
            "without_gold": len(ran.documents) - sum(document.held for document in scored),
        },
        "mean_strict": _mean(figures, sums.get(MEAN)),
        "kinds": figures,
        "strata": {dimension: _stratum(dimension, scored) for dimension in STRATA},
        **_records(scored),
    }


def _scored(document: str, found: str | None, coded: Coding, ran: Coding) -> _Scored:
    about = coded.documents[document]
    row = ran.documents[found] if found is not None else None
    text = str((row or about).get("text") or "")
    trusted = about.get("text") == text or (row is None and not text)
    pairs = {}
    for kind, marks in coded.marks[document].items():
        owed: Iterable[Mark] = place(marks, text, trusted=trusted)
        pairs[kind] = pair(list(owed), _of(ran, found, kind))
        if kind in _listed(about.get("partial")):
            wrong = place(_rejected(kind, about), text, trusted=trusted)
            pairs[kind] = [one for one in pairs[kind] if one.gold or any(fits(mark, one.found) for mark in wrong)]
    return _Scored(
        source=str(about.get("source") or document),
        held=row is not None,
        strata=strata(about, row),
        pairs=pairs,
        counts={kind: count(of_kind) for kind, of_kind in pairs.items()},
    )


def _rejected(kind: str, about: Mapping[str, object]) -> Iterable[Mark]:
    places, text = about.get("rejected"), str(about.get("text") or "")
    for start, end in _listed(places.get(kind)) if isinstance(places, dict) else ():
        yield Mark(kind=kind, span=Span(start=start, end=end), quote=text[start:end])


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _of(ran: Coding, document: str | None, kind: str) -> tuple[Mark, ...]:
    marks = ran.marks[document].get(kind, ()) if document is not None else ()
    return tuple(mark for mark in marks if kind != "provisions" or mark.values.get("label") is not None)


def _figures(kind: str, scored: Sequence[_Scored], interval: tuple[float, float] | None) -> dict[str, Any]:
    pairs = [each for document in scored for each in document.pairs.get(kind, ())]
    counts = count(pairs)
    low, high = interval or (None, None)
    return {
        "gold": counts.gold,
        "found": counts.found,
        **{level: _rates(getattr(counts, level), counts) for level in ("overlap", "half", "exact")},
        "strict": _rates(counts.strict, counts) | {"low": _rounded(low), "high": _rounded(high)},
        "columns": {column: list(told) for column, told in columns_right(pairs).items()},
    }


def _rates(right: int, counts: Counts) -> dict[str, float | None]:
    return {
        "precision": _rounded(right / counts.found if counts.found else None),
        "recall": _rounded(right / counts.gold if counts.gold else None),
        "f1": _rounded(f1(right, counts.gold, counts.found)),
    }


def _mean(figures: Mapping[str, Any], interval: tuple[float, float] | None) -> dict[str, float | None]:
    """Over the kinds of which something is owed."""
    scores = [figure["strict"]["f1"] for figure in figures.values() if figure["gold"]]
    low, high = interval or (None, None)
    mean = sum(scores) / len(scores) if scores else None
    return {"f1": _rounded(mean), "low": _rounded(low), "high": _rounded(high)}


def _stratum(dimension: str, scored: Sequence[_Scored]) -> dict[str, Any]:
    """Strict F1 of each sort of document, over all kinds together and by kind."""
    sorts: dict[str, list[_Scored]] = {}
    for document in scored:
        sorts.setdefault(document.strata[dimension], []).append(document)
    return {sort: _sort(sorts[sort]) for sort in sorted(sorts)}


def _sort(documents: Sequence[_Scored]) -> dict[str, Any]:
    kinds = {
        kind: sum((document.counts[kind] for document in documents if kind in document.counts), Counts())
        for kind in KINDS
    }
    whole = sum(kinds.values(), Counts())
    return {
        "documents": len(documents),
        "gold": whole.gold,
        "strict": _rounded(f1(whole.strict, whole.gold, whole.found)),
        "kinds": {
            kind: {"gold": counts.gold, "strict": _rounded(f1(counts.strict, counts.gold, counts.found))}
            for kind, counts in kinds.items()
            if counts.gold
        },
    }


def _records(scored: Sequence[_Scored]) -> dict[str, dict[str, Any]]:
    """Every record of the gold, and every record of the run, by name."""
    gold: dict[str, Any] = {}
    found: dict[str, Any] = {}
    for document in scored:
        for kind, pairs in document.pairs.items():
            owed = [(each, each.gold) for each in pairs if each.gold]
            got = [(each, each.found) for each in pairs if each.found]
            names = dict(zip((each for each, _ in got), name(document.source, kind, (m for _, m in got)), strict=True))
            for (each, mark), own in zip(owed, name(document.source, kind, (m for _, m in owed)), strict=True):
                gold[own] = {"verdict": each.verdict, "quote": mark.quote, "found": names.get(each)}
                if each.wrong:
                    gold[own]["wrong"] = list(each.wrong)
                if mark.span is None and not mark.raw and document.held:
                    gold[own]["unplaced"] = True
            found |= {names[each]: {"verdict": each.verdict, "quote": mark.quote} for each, mark in got}
    return {"gold": gold, "found": found}


def _rounded(figure: float | None) -> float | None:
    return None if figure is None else round(figure, DIGITS)
