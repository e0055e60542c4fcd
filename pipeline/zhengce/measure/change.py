"""What a run gained and lost against a former one, by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

__all__ = ["changes"]

Report = Mapping[str, Any]


def changes(before: Report, now: Report) -> dict[str, list[str]]:
    """Names of records gained (right now, not before) and lost, of false records that are new and gone.

    Both are what `evaluate` returns. Records of the gold that only one of them has are told apart as `owed_anew` and
    `owed_no_more`: the gold has changed there, not the run.
    """
    old, new = before["gold"], now["gold"]
    both = [name for name in new if name in old]
    false_old, false_new = _false(before), _false(now)
    return {
        "lost": [name for name in both if _strict(old[name]) and not _strict(new[name])],
        "gained": [name for name in both if _strict(new[name]) and not _strict(old[name])],
        "false_new": [name for name in false_new if name not in false_old],
        "false_gone": [name for name in false_old if name not in false_new],
        "owed_anew": [name for name in new if name not in old],
        "owed_no_more": [name for name in old if name not in new],
    }


def _strict(record: Mapping[str, Any]) -> bool:
    return bool(record["verdict"] == "strict")


def _false(report: Report) -> list[str]:
    return [name for name, record in report["found"].items() if record["verdict"] == "extra"]
