"""What became of one input; known to notebooks, so apart from the stages, which take long to load."""

from __future__ import annotations

from dataclasses import dataclass, field

from zhengce.document import Document
from zhengce.record import Failure, Records
from zhengce.showing import html

__all__ = ["Outcome"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one input: a document with its records, or a failure."""

    document: Document | None = None
    records: Records = field(default_factory=Records)
    failure: Failure | None = None

    def _repr_html_(self) -> str | None:
        return html(self)
