"""A comparison as plain rows, ready for JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from zhengce.pair import AtRisk, Comparison, Difference, Edge, Goal, Member, Parallel, Relation, Unit
from zhengce.write.columns import COMPARISON, columns
from zhengce.write.row import Row, plain

__all__ = ["COUNTS", "compare_rows"]

# the column of `reproduction` that counts each relation
COUNTS: dict[Relation, str] = {
    "copy": "copied", "paraphrase": "paraphrased", "refine": "refined", "quantify": "quantified",
    "strengthen": "strengthened", "weaken": "weakened", "add": "added", "omit": "omitted",
}  # fmt: skip


def compare_rows(comparison: Comparison) -> dict[str, list[Row]]:
    """The tables of a comparison, keyed by table name, with the keys of `lexicons/compare_columns.tsv` in their order.

    Values are what JSON has, as in `write.row`; ids count from 1 in the order of a document's pairs.
    """
    tables: dict[str, list[Row]] = {name: [] for name in columns(COMPARISON)}
    for member in comparison.members:
        for row, differences in _parallel_rows(comparison, member):
            tables["parallels"].append(row)
            tables["differences"] += differences
    tables["reproduction"] = [_reproduction_row(comparison, member) for member in comparison.members]
    by_id = {member.document: member for member in comparison.members}
    tables["indicators"] = [_goal_row(by_id[goal.document], goal) for goal in comparison.goals]
    tables["diffusion_panel"] = [_risk_row(comparison, one) for one in comparison.at_risk]
    tables["network_edges"] = [_edge_row(edge) for edge in comparison.edges]
    return {name: [_ordered(name, row) for row in rows] for name, rows in tables.items()}


def _ordered(table: str, row: Row) -> Row:
    return {column.name: row.get(column.name) for column in columns(COMPARISON)[table]}


def _about(member: Member) -> Row:
    """What is told of a document: its id, name, region and other columns of that name."""
    told = {field.name: getattr(member, field.name) for field in fields(member)}
    return {name: plain(value) for name, value in told.items() if name not in ("text", "units", "records")}


def _parallel_rows(comparison: Comparison, member: Member) -> Iterator[tuple[Row, list[Row]]]:
    about = _about(member)
    for number, pair in enumerate(comparison.parallels.get(member.document, ()), start=1):
        name = f"{member.document}-parallel-{number}"
        where: Row = {"parallel": name, "baseline": comparison.baseline and comparison.baseline.document}
        row = about | where | _unit("", pair.unit) | _unit("base_", pair.base) | _likeness(pair)
        yield row, [about | _difference(where, at, one) for at, one in enumerate(pair.differences, start=1)]


def _unit(side: str, unit: Unit | None) -> Row:
    """The columns of one side of a pair; `quote` is the unit's text."""
    if unit is None:
        return {}
    told = {
        "provision": unit.provision, "label": unit.label, "heading": unit.heading, "headings": plain(unit.headings),
        "quote": unit.text, "start": unit.span.start, "end": unit.span.end,
    }  # fmt: skip
    return {f"{side}{name}": value for name, value in told.items()}


def _likeness(pair: Parallel) -> Row:
    names = ("relation", "relations", "form", "likeness", "confidence", "copy_ratio", "shared_addition")
    told = {name: plain(getattr(pair, name)) for name in names}
    both = pair.base and pair.unit
    return told | {"longest_run": pair.longest_run if both else None, "run": pair.run or None}


def _difference(where: Row, number: int, one: Difference) -> Row:
    told = {field.name: plain(getattr(one, field.name)) for field in fields(one)}
    for side in ("", "base_"):
        span = getattr(one, f"{side}span")
        told |= {f"{side}start": span and span.start, f"{side}end": span and span.end}
    return where | {"difference": f"{where['parallel']}-difference-{number}"} | told


def _goal_row(member: Member, goal: Goal) -> Row:
    told = {field.name: plain(getattr(goal, field.name)) for field in fields(goal) if field.name != "indicator"}
    named = {"indicator": goal.indicator.id, "indicator_zh": goal.indicator.zh, "indicator_en": goal.indicator.en}
    return _about(member) | told | named | {"start": goal.span.start, "end": goal.span.end}


def _reproduction_row(comparison: Comparison, member: Member) -> Row:
    """The row of a document; of the baseline only what it is."""
    found, base = comparison.reproductions.get(member.document), comparison.baseline
    row = _about(member) | {"provisions": len(member.units)}
    if found is None or base is None:
        return row
    link = found.upstream
    return row | {
        "baseline": base.document, "base_provisions": len(base.units),
        "upstream": link and link.member.document, "upstream_by": link and link.by,
        "upstream_quote": link and link.quote,
        "lag_days": found.lag, "copy_ratio": plain(found.copy_ratio),
        "answered": found.answered,
        **{column: found.relations.get(relation, 0) for relation, column in COUNTS.items()},
    }  # fmt: skip


def _risk_row(comparison: Comparison, one: AtRisk) -> Row:
    found = comparison.reproductions[one.member.document]
    return _about(one.member) | {
        "baseline": comparison.baseline and comparison.baseline.document,
        "month": f"{one.month:%Y-%m}", "months_since": one.months_since, "adopted": int(one.adopted),
        "adopters_before": one.adopters_before, "provisions_adopted": found.answered if one.adopted else 0,
        "copy_ratio": plain(found.copy_ratio) if one.adopted else None,
    }  # fmt: skip


def _edge_row(edge: Edge) -> Row:
    return {field.name: plain(getattr(edge, field.name)) for field in fields(edge)}
