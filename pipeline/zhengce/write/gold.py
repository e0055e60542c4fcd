"""Records that people reviewed, as gold: the tables that `zhengce evaluate --gold` and `zhengce train --gold` take."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from zhengce.record import TABLES
from zhengce.reviewed import Place, Unit
from zhengce.write.jsonl import rewrite
from zhengce.write.row import Row

__all__ = ["write_gold"]

Tables = Mapping[str, Sequence[Row]]
Key = tuple[str, str]  # table and record


def write_gold(out: Path, documents: Iterable[tuple[Tables, Tables]], units: Iterable[Unit]) -> dict[str, int]:
    """Write the documents that people decided about to the folder `out`, one `<table>.jsonl` each; how many rows of a
    table are gold.

    `documents` are the tables of each before and after the decisions, `units` what coders think. What was confirmed,
    edited or added is gold; `open`, so neither owed nor punished, is what nobody decided about, and what coders
    disagree on without one of them or a third having settled it (`amend.opinions`). A row of the table of documents has
    besides `kinds`, the tables that there is gold for; `partial`, those of which not all that was proposed was decided
    about, or nothing was proposed in a document that was not gone through; and `rejected`, where what was proposed is
    none, by table. Raises OSError where a file cannot be written.
    """
    of: dict[str, list[Unit]] = {}
    for unit in units:
        of.setdefault(unit.document, []).append(unit)
    tables: dict[str, list[Row]] = {"documents": [], **{table: [] for table in TABLES.values()}}
    for before, after in documents:
        row = after["documents"][0]
        if own := of.get(str(row["document"])):
            for table, rows in _gold(before, after, own).items():
                tables[table] += rows
            tables["documents"].append({**row, "kinds": list(TABLES.values()), **_gone_through(before, own)})
    for table, rows in tables.items():
        rewrite(out, table, rows)
    return {
        table: len(rows) if table == "documents" else sum(not row["open"] for row in rows)
        for table, rows in tables.items()
    }


def _gold(before: Tables, after: Tables, units: Iterable[Unit]) -> dict[str, list[Row]]:
    held = {(table, str(row["record"])): row for table in TABLES.values() for row in after[table]}
    proposed = {(table, str(row["record"])): row for table in TABLES.values() for row in before[table]}
    is_open = dict.fromkeys(held, True)
    for unit in units:
        keys = [_key(place) for place in unit.places]
        for key in keys:
            is_open.pop(key, None)
        if unit.label:  # what two coders added is one record, as the later one has it
            kept = [key for key in keys if key in held and key[0] == unit.label]
            is_open |= dict.fromkeys(kept[-1:], False)
        else:
            is_open |= dict.fromkeys(
                [key for key in keys if key in held] or [key for key in keys if key in proposed], True
            )
    gold = [(key[0], {**(held.get(key) or proposed[key]), "open": doubt}) for key, doubt in is_open.items()]
    return {table: [row for own, row in gold if own == table] for table in TABLES.values()}


def _gone_through(before: Tables, units: Sequence[Unit]) -> dict[str, object]:
    decided = {_key(place) for unit in units for place in unit.places}
    held = {(table, str(row["record"])) for table in TABLES.values() for row in before[table]}
    waiting = {table: any(key[0] == table and key not in decided for key in held) for table in TABLES.values()}
    untouched = {table for table in waiting if not before[table] and not any(key[0] == table for key in decided)}
    for unit in units:  # what former runs took away, and coders disagree on
        if unit.label is None and not any(_key(place) in held for place in unit.places):
            waiting[unit.places[0].table] = True
    partial = [table for table, some in waiting.items() if some or (table in untouched and any(waiting.values()))]
    rejected: dict[str, list[list[int]]] = {}
    for unit in units:
        for place in unit.places:
            if unit.label and place.table != unit.label and place.start is not None and place.end is not None:
                rejected.setdefault(place.table, []).append([place.start, place.end])
    return {"partial": partial, "rejected": rejected}


def _key(place: Place) -> Key:
    return place.table, place.record
