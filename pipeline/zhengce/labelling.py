"""Active learning: the candidates that the judges are least sure of, as a sheet for people, and the sheet read back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from heapq import nsmallest
from itertools import zip_longest
from pathlib import Path

from zhengce.candidate import LABELS, Candidate, Question
from zhengce.document import Document
from zhengce.errors import BadUsage, UnreadableFile
from zhengce.inputs import contents, plan
from zhengce.lessons import Example, in_place
from zhengce.record import Failure
from zhengce.sheet import read_sheets

__all__ = ["COLUMNS", "labelled", "least_certain", "read_rows"]

# what the sheet holds; `label` is for people to fill in, the last three find the place again
COLUMNS = ("question", "context", "candidate", "proposed", "probability", "label", "source", "document", "start", "end")

Row = dict[str, str]


def least_certain(inputs: Iterable[str | Path], count: int) -> list[Row]:
    """The `count` candidates in some documents whose two likeliest labels are nearest each other, as rows of a sheet.

    Every question has its turn, as long as it has candidates; a candidate that stands in the same words twice is taken
    once. What cannot be read is passed over.
    """
    from zhengce.flow import candidates, extracted
    from zhengce.model.judge import trained_judge

    found: dict[Question, dict[str, tuple[float, Row]]] = {question: {} for question in LABELS}
    for document in _documents(inputs):
        asked = candidates(document, extracted(document))
        for candidate, verdict in zip(asked, trained_judge()(document, asked), strict=True):
            if verdict:
                first, second, *_ = sorted(verdict.probabilities.values(), reverse=True)
                row = _row(document, candidate, verdict.label, first)
                found[candidate.question].setdefault(row["context"], (first - second, row))
    ranked = [nsmallest(count, rows.values(), key=lambda pair: pair[0]) for rows in found.values()]
    turns = [row for turn in zip_longest(*ranked) for _, row in filter(None, turn)]
    return turns[:count]


def _documents(inputs: Iterable[str | Path]) -> Iterator[Document]:
    from zhengce.flow import repaired

    for item, data in contents(plan(inputs)):
        if not isinstance(data, Failure):
            try:
                yield repaired(data, item.name)[0]
            except UnreadableFile:
                continue


def _row(document: Document, candidate: Candidate, proposed: str, likely: float) -> Row:
    return {
        "question": candidate.question,
        "context": in_place(document, candidate),
        "candidate": document[candidate.span],
        "proposed": proposed,
        "probability": f"{likely:.2f}",
        "label": "",
        "source": document.raw.source.name,
        "document": document.id,
        "start": str(candidate.span.start),
        "end": str(candidate.span.end),
    }


def read_rows(path: Path) -> list[Row]:
    """The rows of a sheet that `zhengce label` wrote, filled in or not; raises BadUsage for any other file."""
    for _, lines in read_sheets(path):
        head = [str(cell or "") for cell in lines[0]] if lines else []
        if set(COLUMNS) <= set(head):
            cells = [["" if cell is None else str(cell) for cell in line] for line in lines[1:]]
            return [dict(zip(head, line, strict=False)) for line in cells]
    raise BadUsage(f"{path} has no sheet with the columns that `zhengce label` writes: {', '.join(COLUMNS)}")


def labelled(rows: Sequence[Row], inputs: Iterable[str | Path]) -> list[Example]:
    """The examples in the rows of a sheet that people have filled in, found again in the documents they came from.

    Rows without a label are passed over. Raises BadUsage for a label that the question does not have, and for a row
    whose candidate is not in the documents: other documents were given, or rules have changed since.
    """
    from zhengce.flow import candidates, extracted

    asked = {_key(row): _label(row) for row in rows if row.get("label", "").strip()}
    wanted = {document for document, *_ in asked}
    made: list[Example] = []
    for document in _documents(inputs):
        if document.id not in wanted:
            continue
        for candidate in candidates(document, extracted(document)):
            key = (document.id, candidate.question, candidate.span.start, candidate.span.end)
            if label := asked.pop(key, None):
                context = in_place(document, candidate)
                made.append(Example(candidate=candidate, label=label, document=document.id, context=context))
    if asked:
        raise BadUsage(
            f"{len(asked)} labelled rows are not in the documents given, the first in {next(iter(asked))[0]}"
        )
    return made


def _key(row: Row) -> tuple[str, str, int, int]:
    try:
        return row["document"], row["question"], int(float(row["start"])), int(float(row["end"]))
    except (KeyError, ValueError) as error:
        raise BadUsage(f"not a sheet that `zhengce label` wrote: {error}") from error


def _label(row: Row) -> str:
    label = row["label"].strip().lower()
    known = LABELS.get(row["question"], ())  # type: ignore[call-overload]
    if label not in known:
        raise BadUsage(f"no such label for {row['question']}: {label} (known: {', '.join(known)})")
    return label
