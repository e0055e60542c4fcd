"""Whether a record that was found says what the record of the gold says, column by column."""

from __future__ import annotations

from zhengce.measure.mark import Mark, Value

__all__ = ["CORE", "NO_STATEMENT", "agree", "core", "stated"]

# what must agree for a record to be right; what a kind is about, not how it was found
CORE = {
    "targets": ("value", "value_max", "unit", "bound", "deadline"),
    "facts": ("value", "unit", "bound"),
    "subsidies": ("kind", "amount", "amount_max", "rate", "per"),
    "assignments": ("department", "role"),
    "brands": ("name", "kind"),
    "references": ("title",),
    "provisions": ("label", "level"),
}
# ids, places and how a record was made
NO_STATEMENT = {
    "record",
    "document",
    "part",
    "quote",
    "start",
    "end",
    "raw_spans",
    "raw_quote",
    "page",
    "boxes",
    "rule",
}
NO_STATEMENT |= {"confidence", "group", "body_start", "body_end"}


def core(gold: Mark) -> tuple[str, ...]:
    """The columns that must agree with this record of the gold: those of its kind's core that were coded at all."""
    coded = gold.values.keys()
    if gold.kind == "references" and "number" in coded:
        return CORE["references"]
    return tuple(column for column in CORE[gold.kind] if column in coded)


def stated(gold: Mark) -> tuple[str, ...]:
    """The columns in which this record of the gold states something."""
    ids = {"provision", "parent"} if gold.kind == "provisions" else set()
    return tuple(column for column, value in gold.values.items() if value is not None and column not in ids)


def agree(column: str, gold: Mark, found: Mark) -> bool:
    """Whether the two agree in one column; what the gold leaves open there agrees with anything.

    Open are the unit of an elided or a relative number, the level of a label without one, and whether a start date is
    a deadline. A document is named by its title, part of it, or its number.
    """
    wanted, got = gold.values.get(column), found.values.get(column)
    match gold.kind, column:
        case "assignments", "department":
            return wanted is not None and wanted == got
        case "references", "title":
            number = gold.values.get("number")
            return _names(wanted, got) or (number is not None and number == found.values.get("number"))
        case "provisions", "level":
            return wanted is None or wanted == got
        case "targets" | "facts", "unit":
            return wanted in (None, "比例") or wanted == got
        case _, "duplicate_of":  # the ids depend on what else was found
            return (wanted is None) == (got is None)
        case _, "deadline":
            return wanted == got or (got is not None and got in gold.also)
        case _:
            return wanted == got


def _names(wanted: Value, got: Value) -> bool:
    return isinstance(wanted, str) and isinstance(got, str) and (wanted in got or got in wanted)
