"""What reviewers differ on, record by record and column by column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from zhengce.reviewed import REJECTED, Opinion, Unit

__all__ = ["VERDICT", "disagreements"]

VERDICT = "verdict"  # stands where a column does: whether it is a record, and of which table


def disagreements(units: Iterable[Unit]) -> Iterator[dict[str, Any]]:
    """A row for each record and column on which coders differ, their verdict first, with what each of them says.

    What a record says is compared between those who keep it in one table.
    """
    for unit in units:
        opinions = unit.opinions
        if len({opinion.label for opinion in opinions.values()}) > 1:
            yield _row(unit, VERDICT, {coder: (one, one.label) for coder, one in opinions.items()})
        for label in sorted({opinion.label for opinion in opinions.values()} - {REJECTED}):
            kept = {coder: one for coder, one in opinions.items() if one.label == label}
            for column in dict.fromkeys(column for one in kept.values() for column in one.values):
                told = {coder: (one, one.values.get(column)) for coder, one in kept.items()}
                if len({value for _, value in told.values()}) > 1:
                    yield _row(unit, column, told)


def _row(unit: Unit, column: str, told: Mapping[str, tuple[Opinion, str | None]]) -> dict[str, Any]:
    return {
        "document": unit.document, "source": unit.source, "table": unit.places[0].table,
        "record": unit.places[0].record, "quote": unit.quote, "column": column,
        "coders": [
            {"coder": coder, "decision": one.decision, "value": value, "reason": one.reason, "time": one.time}
            for coder, (one, value) in sorted(told.items())
        ],
    }  # fmt: skip
