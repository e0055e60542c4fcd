"""A comparison as a matrix: provisions of the baseline down, documents across."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path
from typing import cast, get_args

from zhengce.pair import Relation
from zhengce.write.body import body
from zhengce.write.stored import stored

__all__ = ["Addition", "Cell", "Line", "Matrix", "matrix"]

Row = Mapping[str, object]
CONSEQUENCE = {relation: place for place, relation in enumerate(get_args(Relation))}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What one document does with one provision: its rows of `parallels`, in the order of its text.

    `differences` are the rows of `differences` of each of them.
    """

    parallels: Sequence[Row]
    differences: Mapping[str, Sequence[Row]] = field(default_factory=dict)

    @property
    def relation(self) -> Relation:
        """The most consequential relation of its rows."""
        return min((cast(Relation, row["relation"]) for row in self.parallels), key=CONSEQUENCE.__getitem__)

    @property
    def quotes(self) -> list[str]:
        """The words of the document, a provision each."""
        return [str(row["quote"]) for row in self.parallels if row["quote"] is not None]

    @property
    def changes(self) -> list[Row]:
        """All its differences."""
        return [one for row in self.parallels for one in self.differences.get(str(row["parallel"]), ())]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A provision of the baseline, told by one of its rows of `parallels`, and the cell of each document."""

    base: Row
    cells: Mapping[str, Cell]

    @property
    def words(self) -> str:
        """The words of the provision below its label and heading."""
        return body(str(self.base["base_quote"]), self.base["base_label"], self.base["base_heading"])

    @property
    def chapter(self) -> str:
        """The outermost heading over it."""
        return str(next(iter(cast(Sequence[str], self.base.get("base_headings") or ())), ""))


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """Provisions that documents added, by document: one that all of them have, or, not `shared`, one of each."""

    shared: bool
    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """`documents` are rows of `reproduction` but the baseline's, keyed by id in the order of the run.

    `baseline` is its row, None where indicators alone are compared; `additions` has what several documents added first,
    then what each added alone, side by side in the order of its text.
    """

    baseline: Row | None
    documents: Mapping[str, Row]
    lines: Sequence[Line]
    additions: Sequence[Addition]


def matrix(out: Path) -> Matrix:
    """The comparison whose tables stand in the folder `out`."""
    members = list(stored(out, "reproduction"))
    compared_with = {row["baseline"] for row in members if row["baseline"] is not None}
    baseline = next((row for row in members if row["document"] in compared_with), None)
    documents = {str(row["document"]): row for row in members if row is not baseline}
    differences: dict[str, list[Row]] = {}
    for row in stored(out, "differences"):
        differences.setdefault(str(row["parallel"]), []).append(row)
    provisions: dict[tuple[str, int], dict[str, list[Row]]] = {}
    additions: dict[str, list[Row]] = {document: [] for document in documents}
    for row in stored(out, "parallels"):
        document = str(row["document"])
        if row["base_start"] is None:
            additions.setdefault(document, []).append(row)
        else:
            at = (str(row["baseline"]), cast(int, row["base_start"]))
            provisions.setdefault(at, {}).setdefault(document, []).append(row)
    return Matrix(
        baseline=baseline,
        documents=documents,
        lines=[_line(provisions[at], differences) for at in sorted(provisions)],
        additions=[*_shared(additions), *_alone(additions)],
    )


def _shared(added: Mapping[str, Sequence[Row]]) -> Iterator[Addition]:
    """What several documents added, a line each."""
    groups: dict[int, dict[str, list[Row]]] = {}
    for document, rows in added.items():
        for row in _in_order(rows):
            if (number := cast("int | None", row["shared_addition"])) is not None:
                groups.setdefault(number, {}).setdefault(document, []).append(row)
    for _, group in sorted(groups.items()):
        yield Addition(shared=True, cells={document: _cell(rows, {}) for document, rows in group.items()})


def _alone(added: Mapping[str, Sequence[Row]]) -> Iterator[Addition]:
    """What each document added alone; the first of each in one line, then the second."""
    cells = [
        [(document, _cell([row], {})) for row in _in_order(rows) if row["shared_addition"] is None]
        for document, rows in added.items()
    ]
    for line in zip_longest(*cells):
        yield Addition(shared=False, cells=dict(filter(None, line)))


def _line(by_document: Mapping[str, Sequence[Row]], differences: Mapping[str, Sequence[Row]]) -> Line:
    cells = {document: _cell(_in_order(rows), differences) for document, rows in by_document.items()}
    return Line(base=next(iter(by_document.values()))[0], cells=cells)


def _cell(rows: Sequence[Row], differences: Mapping[str, Sequence[Row]]) -> Cell:
    names = [str(row["parallel"]) for row in rows]
    return Cell(parallels=rows, differences={name: differences[name] for name in names if name in differences})


def _in_order(rows: Sequence[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: cast(int, row["start"] or 0))
