"""Who thinks what of which record, out of the audit of what was decided."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields

from zhengce.amend.audit import as_text
from zhengce.amend.edit import Edit
from zhengce.record import TABLES, Record
from zhengce.reviewed import REJECTED, Opinion, Place, Unit

__all__ = ["opinions"]

Row = Mapping[str, object]
Key = tuple[str, str]  # table and record
SHARED = {one.name for one in fields(Record)}
OWN = {table: [one.name for one in fields(kind) if one.name not in SHARED] for kind, table in TABLES.items()}


@dataclass(slots=True)
class _Making:
    """A unit while the audit is read; `standing` are the labels since a disagreement was last settled."""

    document: str
    quote: str | None
    added: bool
    places: list[Place] = field(default_factory=list)
    opinions: dict[str, Opinion] = field(default_factory=dict)
    standing: dict[str, str] = field(default_factory=dict)
    last: str | None = None

    def tell(self, row: Row, base: Mapping[str, str | None]) -> None:
        """Take in what the audit says of a decision; `base` is what the record said before anybody decided."""
        coder, table = str(row["coder"]), str(row["table"])
        before = self.opinions.get(coder)
        if row["action"] == "reject":
            # rejected here and kept as a record of another kind
            label = before.label if before and before.label != table else REJECTED
            values: Mapping[str, str | None] = before.values if before and label != REJECTED else {}
        else:
            label = table
            values = before.values if before and before.label == table and row["action"] != "add" else base
            if row["column"]:
                values = {**values, str(row["column"]): as_text(row["after"])}
        self.opinions[coder] = Opinion(
            label=label, values=values, decision=str(row["action"]), reason=as_text(row["reason"]),
            time=str(row["time"]),
        )  # fmt: skip
        if len(set(self.standing.values())) > 1 and coder != self.last:
            self.standing = {}
        self.standing[coder], self.last = label, coder


def opinions(
    documents: Iterable[Mapping[str, Sequence[Row]]], edits: Iterable[Edit], audit: Sequence[Row]
) -> list[Unit]:
    """The records that people decided about, each with what every coder thinks of it, in the order of time.

    `documents` are the tables before the decisions, `edits` all decisions, `audit` what became of them in the order of
    time; what was undone or could not be applied is nobody's opinion. Additions of two coders are one record where they
    stand in one table and overlap, and an addition `instead_of` a record is that record in another table. A coder who
    decided about every record proposed in a document thinks that what another one added there is none.

    A disagreement about where a record is kept is settled by the next decision of anybody but the coder who spoke last:
    a third coder, or the first one again. It is open until then.
    """
    held = list(documents)
    proposed = {
        (table, str(row["record"])): row for tables in held for table in TABLES.values() for row in tables[table]
    }
    said = [row for row in audit if row["action"] != "undo" and row["outcome"] in ("applied", "overruled")]
    known = {(one.document, one.coder, one.id, one.time, one.action): one for one in edits}
    bases = _bases(proposed, said)
    units: dict[Key, _Making] = {}
    for row in said:
        key = (str(row["table"]), str(row["record"]))
        edit = known.get(tuple(row[name] for name in ("document", "coder", "edit", "time", "action")))  # type: ignore[arg-type]
        if key not in units:
            units[key] = _unit(key, row, edit, units, proposed)
            units[key].places.append(_place(key, proposed.get(key), edit))
        units[key].tell(row, bases.get(key, {}))
    made = list({id(unit): unit for unit in units.values()}.values())
    _not_there(made, units, proposed)
    sources = {str(tables["documents"][0]["document"]): str(tables["documents"][0]["source"]) for tables in held}
    return [_made(unit, sources.get(unit.document, "")) for unit in made]


def _bases(proposed: Mapping[Key, Row], said: Iterable[Row]) -> dict[Key, dict[str, str | None]]:
    """What records said before anybody decided: of a former run's the audit has it."""
    bases = {key: {column: as_text(row.get(column)) for column in OWN[key[0]]} for key, row in proposed.items()}
    seen = set()
    for row in said:
        key, column = (str(row["table"]), str(row["record"])), row["column"]
        if row["action"] == "add" and key not in seen:
            told = json.loads(str(row["after"] or "{}"))
            bases[key] = {one: as_text(told.get(one)) for one in OWN[key[0]]}
        elif column and (key, column) not in seen:
            bases.setdefault(key, {})[str(column)] = as_text(row["before"])
        seen |= {key, (key, column)}
    return bases


def _unit(
    key: Key, row: Row, edit: Edit | None, units: dict[Key, _Making], proposed: Mapping[Key, Row]
) -> _Making:  # fmt: skip
    """The unit that a record belongs to which nobody has spoken of yet: another one's, or its own."""
    document, quote = str(row["document"]), as_text(row["quote"])
    if row["action"] != "add":
        return _Making(document, quote, added=False)
    if edit and edit.instead_of:
        keys = ((table, edit.instead_of) for table in TABLES.values())
        former = next((one for one in keys if one in units or one in proposed), None)
        if former and former not in units:
            units[former] = _Making(document, as_text(proposed[former]["quote"]), added=False)
            units[former].places.append(_place(former, proposed[former], None))
        if former:
            return units[former]
    place = _place(key, proposed.get(key), edit)
    for other in units.values():
        same = other.added and other.document == document and row["coder"] not in other.opinions
        if same and _overlap(other, place):
            return other
    return _Making(document, quote, added=True)


def _place(key: Key, row: Row | None, edit: Edit | None) -> Place:
    start, end = (row["start"], row["end"]) if row else (edit.start, edit.end) if edit else (None, None)
    return Place(
        table=key[0], record=key[1], start=start if isinstance(start, int) else None,
        end=end if isinstance(end, int) else None,
    )  # fmt: skip


def _overlap(unit: _Making, place: Place) -> bool:
    return any(
        None not in (one.start, one.end, place.start, place.end)
        and max(one.start or 0, place.start or 0) < min(one.end or 0, place.end or 0)
        for one in unit.places
        if one.table == place.table
    )


def _not_there(made: Iterable[_Making], units: Mapping[Key, _Making], proposed: Mapping[Key, Row]) -> None:
    """Let those who had a whole document think that what they did not add there is no record."""
    wanted: dict[str, list[Mapping[str, Opinion]]] = defaultdict(list)
    for key, row in proposed.items():
        if row["rule"] != "edit.add":
            wanted[str(row["document"])].append(units[key].opinions if key in units else {})
    coders: dict[str, set[str]] = defaultdict(set)
    for unit in made:
        coders[unit.document] |= set(unit.opinions)
        if not unit.added:
            wanted[unit.document].append(unit.opinions)
    through = {
        document: [coder for coder in sorted(own) if all(coder in told for told in wanted[document])]
        for document, own in coders.items()
    }
    for unit in made:
        if unit.added:
            for coder in through[unit.document]:
                unit.opinions.setdefault(coder, Opinion(label=REJECTED, values={}))


def _made(unit: _Making, source: str) -> Unit:
    labels = set(unit.standing.values())
    return Unit(
        document=unit.document, source=source, quote=unit.quote, places=tuple(unit.places), added=unit.added,
        opinions=unit.opinions, label=labels.pop() if len(labels) == 1 else None,
    )  # fmt: skip
