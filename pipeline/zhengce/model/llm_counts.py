"""What became of all that a language model was asked."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

__all__ = ["Counts", "Discarded", "Refusal", "Refused"]

# why an item is left as the rules have it
Refused = Literal[
    "wrong_json", "truncated", "too_long", "time_out", "connection_failed", "refused_by_server", "given_up",
    "unanswered", "unknown_label", "conflicting",
]  # fmt: skip
# why an entry of an answer stands for nothing
Discarded = Literal[
    "unknown_id", "wrong_entry", "unknown_label", "conflicting", "quote_not_found", "quote_ambiguous", "no_name"
]


class Refusal(Exception):
    """An answer that did not come, or that cannot be taken; `detail` is for people."""

    def __init__(self, reason: Refused, detail: str = "") -> None:
        super().__init__(reason)
        self.reason: Refused = reason
        self.detail = detail


@dataclass(slots=True, kw_only=True)
class Counts:
    """Items are candidates and, where names are looked for, sentences: `asked` is `answered` and all `refused`.

    `cached` are those whose answer came from the disk, `names` the names found beside the rules', `discarded` the
    entries of answers that stand for nothing. Tokens are as the server reports them, of this run only. `problem` is the
    last trouble with the server, in words.
    """

    asked: int = 0
    answered: int = 0
    cached: int = 0
    refused: Counter[Refused] = field(default_factory=Counter)
    names: int = 0
    discarded: Counter[Discarded] = field(default_factory=Counter)
    requests: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    problem: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The counts as values of JSON, reasons in the order of their names."""
        return asdict(self) | {
            "refused": dict(sorted(self.refused.items())),
            "discarded": dict(sorted(self.discarded.items())),
        }
