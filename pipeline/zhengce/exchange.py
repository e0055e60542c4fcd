"""What passes between a server and an archive: an answer as it came, a line of the log, why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

__all__ = ["Exchange", "Headers", "Reason", "Unfetched", "Visit", "now"]

Headers = tuple[tuple[str, str], ...]
Reason = Literal[
    "BadAddress", "PrivateAddress", "UnknownHost", "Robots", "Busy", "HttpStatus", "Redirects", "TimedOut", "Broken",
    "Tls", "TooLarge", "Encoding",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A request and its answer.

    `final` is the address that was asked in the end, by way of `redirects` (each address asked after `address`).
    `payload` is what the server sent, `sha256` and `size` are of the document in it: the same bytes unless the server
    compressed them. `fetched` is ISO 8601 in UTC, `ip` what was connected to.
    """

    address: str
    final: str
    redirects: tuple[str, ...] = ()
    asked: Headers
    status: int
    reason: str
    version: str
    headers: Headers
    payload: bytes
    sha256: str
    size: int
    fetched: str
    ip: str | None = None
    attempts: int = 1

    def header(self, name: str) -> str | None:
        """The first header of the answer that is called `name`, in lower case; None where there is none."""
        return next((value for key, value in self.headers if key.lower() == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A line of the log, which says what became of an address; `error` is a Reason, None where all went well.

    `offset` and `length` are where the answer stands in the WARC file, in bytes; None where nothing was kept.
    """

    address: str
    final: str | None = None
    redirects: tuple[str, ...] = ()
    status: int | None = None
    content_type: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    sha256: str | None = None
    bytes: int | None = None
    fetched: str
    offset: int | None = None
    length: int | None = None
    error: str | None = None
    message: str | None = None
    attempts: int = 0


def now() -> str:
    """The time as WARC files and the log tell it: ISO 8601 in UTC, to the microsecond."""
    return datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


class Unfetched(Exception):
    """An address that could not be fetched: `reason` for programs, `message` for people, `again` if one may retry."""

    def __init__(self, reason: Reason, message: str, *, again: bool = False, status: int | None = None) -> None:
        super().__init__(message)
        self.reason, self.message, self.again, self.status = reason, message, again, status
        self.final: str | None = None
        self.redirects: tuple[str, ...] = ()
        self.attempts = 0
