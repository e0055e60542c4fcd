"""The documents character by character, with the records as marks, for those who train taggers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from zhengce.version import VERSION
from zhengce.write.kind import kinds
from zhengce.write.marked import marked
from zhengce.write.replacing import replacing

__all__ = ["tags", "write_conll"]

NAME = "records.conll"
COMMENT = "#"


def write_conll(out: Path) -> int:
    """Write `records.conll` from the run in the folder `out`; how many records it had to leave out.

    A line a character: the character, then one column a kind of record with B-, I- or O, so that kinds may overlap.
    Of records of one kind that overlap only the longest is marked; the last line tells how many were left out. An
    empty line stands for every line break of the text; a record goes on over it with I-. White space, what cannot be
    printed and # are written by their code (U+3000). Raises OSError where it cannot write.
    """
    tables = [kind.table for kind in kinds()]
    left_out = 0
    with replacing(out / NAME) as path, path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f"# zhengce {VERSION}\n# columns = character {' '.join(tables)}\n")
        for held in marked(out):
            text = str(held.document["text"])
            spans: dict[str, list[tuple[int, int]]] = {table: [] for table in tables}
            for kind, row in held.records:
                spans[kind.table].append((int(str(row["start"])), int(str(row["end"]))))
            columns = []
            for table in tables:
                marks, lost = tags(text, spans[table], table)
                columns.append(marks)
                left_out += lost
            file.write(f"# document = {held.document['document']}\n")
            file.writelines(_lines(text, columns))
        file.write(f"# left out, since they overlap a longer record of their kind = {left_out}\n")
    return left_out


def tags(text: str, spans: Iterable[tuple[int, int]], label: str) -> tuple[list[str], int]:
    """The tag of every character of a text, and how many spans are not marked since a longer one has their place.

    Spans are in code points, half-open; the same span twice is marked once and not counted as left out. A line break
    at either end of a span is not marked.

    >>> tags("补贴元", [(0, 2), (1, 2)], "x")
    (['B-x', 'I-x', 'O'], 1)
    """
    marks = ["O"] * len(text)
    left_out = 0
    inner = {(start, end) for start, end in (_inner(text, *span) for span in spans) if start < end}
    for start, end in sorted(inner, key=lambda span: (span[0] - span[1], span)):
        if any(mark != "O" for mark in marks[start:end]):
            left_out += 1
        else:
            marks[start:end] = [f"B-{label}", *[f"I-{label}"] * (end - start - 1)]
    return marks, left_out


def _inner(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] == "\n":
        start += 1
    while start < end and text[end - 1] == "\n":
        end -= 1
    return start, end


def _lines(text: str, columns: Sequence[Sequence[str]]) -> Iterator[str]:
    """The lines of a document, and the empty one after it."""
    for char, *marks in zip(text, *columns, strict=True):
        yield "\n" if char == "\n" else "\t".join((_printed(char), *marks)) + "\n"
    yield "\n"


def _printed(char: str) -> str:
    return f"U+{ord(char):04X}" if char.isspace() or not char.isprintable() or char == COMMENT else char
