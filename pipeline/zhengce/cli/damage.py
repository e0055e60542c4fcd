"""The table of damage that `zhengce clean --report` prints: one line a document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from zhengce.cli.fit import fit
from zhengce.cli.messages import Say

if TYPE_CHECKING:
    from zhengce.document import Document
    from zhengce.flow import Change

__all__ = ["figures", "heading", "line"]

NAME = 26  # with the numbers: 79 columns, one less than where a console wraps
NUMBERS = {"script": 7, "damage": 8, "repaired": 9, "flagged": 8, "furniture": 10, "truncated": 5, "notes": 6}
LABELS = {"flagged": "doubtful"}
RESTORING = ("mojibake.", "rephase.", "pinyin.")
IN_COLUMNS = ("damaged", "furniture", "truncated")


def figures(name: str, document: Document, changes: Sequence[Change]) -> dict[str, Any]:
    """What cleaning found in a document, as values of JSON: stretches, characters of furniture, notes by doubt.

    `damage` is the share of characters repaired or flagged, from 0 to 1; `notes` leaves out what has a column.
    """
    doubts = Counter(note.doubt for note in document.notes)
    taken = [note.raw_spans or () for note in document.notes if note.doubt == "furniture"]
    return {
        "source": name,
        "title": document.header.title,
        "script": document.script,
        "characters": len(document.text),
        "damage": document.damage,
        "repaired": sum(change.rule.startswith(RESTORING) for change in changes),
        "flagged": doubts["damaged"],
        "furniture": sum(len(span) for spans in taken for span in spans),
        "truncated": bool(doubts["truncated"]),
        "notes": {doubt: count for doubt, count in sorted(doubts.items()) if doubt not in IN_COLUMNS},
        "changes": dict(sorted(Counter(change.rule for change in changes).items())),
    }


def heading(say: Say) -> list[str]:
    """The names of the columns and a rule under them."""
    names = "".join(fit(say(f"clean_{LABELS.get(key, key)}"), width, right=True) for key, width in NUMBERS.items())
    return [fit(say("clean_file"), NAME) + names, "-" * (NAME + sum(NUMBERS.values()))]


def line(row: Mapping[str, Any], say: Say) -> str:
    """A document's line of the table."""
    shown = {
        "script": say(f"clean_{row['script']}"),
        "damage": f"{row['damage']:.2%}",
        "truncated": say("clean_yes") if row["truncated"] else "-",
        "notes": sum(row["notes"].values()),
    }
    numbers = (fit(str(shown.get(key, row.get(key))), width, right=True) for key, width in NUMBERS.items())
    return fit(" ".join((row["title"] or row["source"]).split()), NAME) + "".join(numbers)
