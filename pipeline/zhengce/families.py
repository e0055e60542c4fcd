"""Families of parallel documents: a baseline and what carries it out, with a person's marks of what answers what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from zhengce.compare.member import member_of
from zhengce.errors import BadUsage
from zhengce.flow import process
from zhengce.markup import read_markup
from zhengce.pair import Member, Unit
from zhengce.text import Span

__all__ = ["Family", "Known", "MarkedValue", "read_family"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedValue:
    """A value that a baseline and a document both have: where it stands in each, and how the two compare."""

    base: Span
    span: Span
    change: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A document beside its baseline: `answers` says, by places of units, which relations hold between which two."""

    base: Member
    member: Member
    answers: Mapping[tuple[int, int], tuple[str, ...]]
    values: tuple[MarkedValue, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """A baseline with the documents that carry it out."""

    name: str
    known: tuple[Known, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Marked:
    member: Member
    provisions: Mapping[str, tuple[Span, str]]
    values: tuple[tuple[str, str, Span], ...]


def read_family(folder: Path) -> Family:
    """The family in a folder: `baseline.xml`, and one XML file a document that carries it out.

    `<p id="h3" answers="b3:refine b4:copy">` is a provision, `<v id="b3v1">` a value of the baseline, and
    `<v same="b3v1" change="stronger">` what became of it. Raises BadUsage for what is no such file.
    """
    base = _read(folder / "baseline.xml")
    others = sorted(path for path in folder.glob("*.xml") if path.stem != "baseline")
    return Family(name=folder.name, known=tuple(_known(base, _read(path), path) for path in others))


def _read(path: Path) -> _Marked:
    text, marks = read_markup(path)
    outcome = process(text.encode(), f"{path.parent.name}_{path.stem}.txt")
    document = outcome.document
    if document is None:
        raise BadUsage(f"{path}: {outcome.failure}")
    located = [(element, document.alignment.locate(span)) for element, span in marks]
    return _Marked(
        member=member_of(document, outcome.records),
        provisions={
            one.get("id", ""): (span, one.get("answers", "")) for one, span in located if one.tag == "p"
        },
        values=tuple(
            (one.get("id", one.get("same", "")), one.get("change", ""), span)
            for one, span in located
            if one.tag == "v"
        ),
    )  # fmt: skip


def _known(base: _Marked, marked: _Marked, path: Path) -> Known:
    answers: dict[tuple[int, int], tuple[str, ...]] = {}
    try:
        for span, answered in marked.provisions.values():
            for place in _places(marked.member.units, span):
                for at, relations in _answered(answered, base):
                    answers[at, place] = relations
        held = {name: span for name, _, span in base.values}
        values = [MarkedValue(base=held[name], span=span, change=change) for name, change, span in marked.values]
    except KeyError as error:
        raise BadUsage(f"{path}: the baseline has no {error}") from error
    return Known(base=base.member, member=marked.member, answers=MappingProxyType(answers), values=tuple(values))


def _answered(answered: str, base: _Marked) -> Iterator[tuple[int, tuple[str, ...]]]:
    for word in answered.split():
        name, _, relations = word.partition(":")
        for place in _places(base.member.units, base.provisions[name][0]):
            yield place, tuple(relations.split(","))


def _places(units: tuple[Unit, ...], span: Span) -> list[int]:
    """The units that a marked provision is: those of which it covers the greater part."""
    return [unit.place for unit in units if 2 * _shared(unit.span, span) > len(unit.span)]


def _shared(one: Span, other: Span) -> int:
    return min(one.end, other.end) - max(one.start, other.start)
