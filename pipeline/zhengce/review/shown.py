"""What the server shows: the pages of a run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

__all__ = ["Line", "Pages"]

Line = Mapping[str, Any]  # a line of the edits file, with its id


class Pages(Protocol):
    """The pages of the run in a folder, each made when it is asked for, in pieces of HTML."""

    documents: tuple[str, ...]

    def rows(self, table: str, document: str) -> list[dict[str, object]]:
        """The rows of one table of one document; raises KeyError for an unknown document."""
        ...

    def index(self, decisions: Sequence[Line] = ()) -> Iterator[str]:
        """The page of all documents."""
        ...

    def document(self, document: str, decisions: Sequence[Line] = ()) -> Iterator[str]:
        """The page of one document; raises KeyError for an unknown one."""
        ...

    def compare(self) -> Iterator[str] | None:
        """The page of the comparison; None where there is none."""
        ...
