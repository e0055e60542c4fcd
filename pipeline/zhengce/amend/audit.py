"""What the table `audit` says of a decision: who, when, about what, and what became of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Literal

from zhengce.amend.edit import Edit

__all__ = ["Outcome", "as_text", "audit_row"]

Outcome = Literal["applied", "not_found", "changed", "overruled", "invalid", "undone"]


def audit_row(
    edit: Edit, outcome: Outcome, *, column: str | None = None, before: object = None, after: object = None,
    row: Mapping[str, object] | None = None,
) -> dict[str, object]:  # fmt: skip
    """The row for a decision, or for one `column` of it; `row` is the record that it was found to be about."""
    return {
        "edit": edit.id, "time": edit.time, "coder": edit.coder, "action": edit.action, "outcome": outcome,
        "document": edit.document, "table": edit.table, "record": str(row["record"]) if row else edit.record,
        "column": column, "before": as_text(before), "after": as_text(after),
        "quote": str(row["quote"]) if row else edit.quote, "reason": edit.reason,
    }  # fmt: skip


def as_text(value: object) -> str | None:
    """The value of a column as the audit has it."""
    return value if value is None or isinstance(value, str) else json.dumps(value, ensure_ascii=False)
