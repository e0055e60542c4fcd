"""Scores a repair against damage with known truth.

A repair takes the damaged text and gives back the repaired text and the (start, end) of what it flags *in that text*.
A stretch is found again by the sound text on both sides of it. It is *exact* when it reads as the truth (full-width and
ASCII forms of a mark count as one, as many sites fold them), *bare* when it does but for swallowed ASCII, which may be
left out or shown as any one character; left as it was (or without its notes), it is *flagged* if a flagged span covers
all of it, else *missed*; otherwise, and where the sides cannot be found, it is *wrong*.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from damage.simulate import FOLD, Damaged, Stretch

__all__ = ["Repair", "Report", "evaluate"]

Repair = Callable[[str], tuple[str, Sequence[tuple[int, int]]]]
NOTE = re.compile(r"\([a-züāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]+ ?\)")
BRACKET = re.compile(r"\([^()\n]{1,20}\)")
SIDE = 8  # characters of sound text by which a stretch is found where the whole text cannot be matched


@dataclass(slots=True)
class Report:
    """Counts. `stretches` is kind → verdict → count; `changed` counts clean documents that did not stay as they were.

    `altered` counts damaged documents in which the repair changed sound text other than by dropping a bracket.
    """

    annotations: int = 0
    removed: int = 0
    brackets: int = 0
    lost: int = 0
    documents: int = 0
    altered: int = 0
    clean: int = 0
    changed: int = 0
    stretches: dict[str, Counter[str]] = field(
        default_factory=lambda: {kind: Counter() for kind in ("kind1", "kind2", "both")}
    )


@dataclass(frozen=True, slots=True)
class Matched:
    """Where the repaired text was found to show what; `brackets` are those still there, None if unknown."""

    places: list[tuple[int, int] | None]
    kept_notes: int
    kept_brackets: int
    whole: bool


def evaluate(repair: Repair, documents: Iterable[Damaged]) -> Report:
    """Runs the repair over the documents; those without any damage count as clean ones."""
    report = Report()
    for document in documents:
        repaired, flagged = repair(document.text)
        if not document.stretches and not document.annotations:
            report.clean += 1
            report.changed += repaired != document.text
            continue
        repaired = repaired.translate(FOLD)
        matched = _matched(document, repaired)
        brackets = sum(len(BRACKET.findall(part)) for part in _sound(document))
        report.documents += 1
        report.annotations += len(document.annotations)
        report.removed += len(document.annotations) - matched.kept_notes
        report.brackets += brackets
        report.lost += brackets - matched.kept_brackets
        report.altered += not matched.whole
        for stretch, place in zip(document.stretches, matched.places, strict=True):
            report.stretches[stretch.kind][_verdict(document, stretch, repaired, place, flagged)] += 1
    return report


def _sound(document: Damaged) -> list[str]:
    """The true text between the stretches, marks folded."""
    edges = [(0, 0), *(stretch.clean for stretch in document.stretches), (len(document.clean),) * 2]
    return [document.clean[before[1] : after[0]].translate(FOLD) for before, after in pairwise(edges)]


def _noted(document: Damaged) -> list[str]:
    """The same as patterns: notes are optional, in groups named n…, and so are real brackets, in groups named b…."""
    edges = [(0, 0), *(stretch.shown for stretch in document.stretches), (len(document.text),) * 2]
    patterns = []
    for number, (clean, (before, after)) in enumerate(zip(_sound(document), pairwise(edges), strict=True)):
        begin, end = before[1], after[0]
        notes = 0
        pieces = [re.escape(char) for char in clean]
        for order, match in enumerate(BRACKET.finditer(clean)):
            pieces[match.start()] = f"(?P<b{number}_{order}>" + pieces[match.start()]
            pieces[match.end() - 1] += ")?"
        for start, stop in document.annotations:
            if begin <= start < end:
                # the place in the clean text of the character that bears the note
                at = start - begin - notes - 1
                pieces[at] += f"(?P<n{start}>{re.escape(document.text[start:stop].translate(FOLD))})?"
                notes += stop - start
        patterns.append("".join(pieces))
    return patterns


def _matched(document: Damaged, repaired: str) -> Matched:
    sound = _noted(document)
    pattern = sound[0]
    for number, (stretch, after) in enumerate(zip(document.stretches, sound[1:], strict=True)):
        truth = re.escape(document.clean[slice(*stretch.clean)].translate(FOLD))
        seen = re.escape(document.text[slice(*stretch.shown)].translate(FOLD))
        width = 2 * (stretch.shown[1] - stretch.shown[0]) + 20
        # the truth and the text as it stands come first, so that short sound text cannot mislead
        pattern += f"(?P<s{number}>{truth}|{seen}|(?s:.{{0,{width}}}?))" + after
    found = re.fullmatch(pattern, repaired)
    if found is None:
        return _searched(document, repaired)
    groups = [name for name, value in found.groupdict().items() if value is not None]
    return Matched(
        places=[found.span(f"s{number}") for number in range(len(document.stretches))],
        kept_notes=sum(name.startswith("n") for name in groups),
        kept_brackets=sum(name.startswith("b") for name in groups),
        whole=True,
    )


def _searched(document: Damaged, repaired: str) -> Matched:
    """Each stretch by itself, between a few characters of sound text; brackets and notes by their number."""
    text = document.text.translate(FOLD)
    sound = _sound(document)
    places: list[tuple[int, int] | None] = []
    at = 0
    for stretch, before, after in zip(document.stretches, sound, sound[1:], strict=False):
        width = 2 * (stretch.shown[1] - stretch.shown[0]) + 20
        pattern = f"{_loose(before[-SIDE:])}((?s:.{{0,{width}}}?)){_loose(after[:SIDE])}" + ("" if after else r"\Z")
        found = re.compile(pattern).search(repaired, at)
        places.append(found.span(1) if found else None)
        at = found.end(1) if found else at
    notes = Counter(text[slice(*span)] for span in document.annotations)
    real = Counter(bracket for part in sound for bracket in BRACKET.findall(part))
    there = Counter(BRACKET.findall(repaired))
    return Matched(
        places=places,
        kept_notes=sum(min(count, there[note] - min(real[note], there[note])) for note, count in notes.items()),
        kept_brackets=sum(min(count, there[bracket]) for bracket, count in real.items()),
        whole=False,
    )


def _loose(text: str) -> str:
    return "".join(f"{re.escape(char)}(?:{NOTE.pattern})*" for char in text)


def _verdict(
    document: Damaged,
    stretch: Stretch,
    repaired: str,
    place: tuple[int, int] | None,
    flagged: Sequence[tuple[int, int]],
) -> str:
    if place is None:
        return "wrong"
    piece = repaired[slice(*place)]
    truth = document.clean[slice(*stretch.clean)].translate(FOLD)
    seen = document.text[slice(*stretch.shown)].translate(FOLD)
    if piece == truth:
        return "exact"
    if piece == seen or NOTE.sub("", piece) == NOTE.sub("", seen):
        covered = any(start <= place[0] and place[1] <= end and start < end for start, end in flagged)
        return "flagged" if covered else "missed"
    gone = {at - stretch.clean[0] for at in stretch.swallowed}
    bare = "".join("(?s:.?)" if at in gone else re.escape(char) for at, char in enumerate(truth))
    return "bare" if gone and re.fullmatch(bare, piece) else "wrong"
