"""The door of tenacity: documents from the web, fetched politely, one after the other."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.util import find_spec
from typing import TYPE_CHECKING

from zhengce.exchange import Exchange, Headers, Unfetched, Visit, now
from zhengce.read import url_robots
from zhengce.read.url_body import read_body
from zhengce.read.url_guard import checked, joined
from zhengce.read.url_network import Deadline, Network, answering, open_client
from zhengce.read.url_pace import LONGEST, Pace
from zhengce.read.url_robots import Robots

if TYPE_CHECKING:
    import httpx
    from tenacity import Retrying

__all__ = ["Fetcher", "Manners", "can_fetch"]

MOST_REDIRECTS = 5
REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """How politely and how long hosts are asked; times are in seconds.

    `delay` lies between two requests to a host, `read_timeout` is how long a server may be silent, `total` is what one
    document may take in all, waiting between requests aside; `pause` comes before the first retry and doubles.
    """

    delay: float = 1.0
    retries: int = 3
    pause: float = 1.0
    read_timeout: float = 20.0
    total: float = 60.0
    max_bytes: int = 50_000_000
    allow_private: bool = False


def can_fetch() -> bool:
    """Whether the extra `fetch` is installed."""
    return all(find_spec(name) is not None for name in ("httpx", "protego", "tenacity"))


@dataclass(slots=True, kw_only=True)
class _Budget:
    """What is left of the time for one document, and where its last try has come."""

    left: float
    path: list[httpx.URL]
    asked: bool = False


class Fetcher:
    """Fetches addresses; remembers of every site its robots.txt and when it was asked. Not for several threads."""

    def __init__(
        self, manners: Manners, *, agent: str, network: Network | None = None, pace: Pace | None = None
    ) -> None:
        """`agent` is the User-Agent; `network` is the real one and `pace` that of the manners unless given."""
        self._manners = manners
        self._deadline = Deadline()
        self._client = open_client(
            network or Network(), self._deadline, agent=agent, allow_private=manners.allow_private,
            timeout=manners.read_timeout,
        )  # fmt: skip
        self.pace = pace or Pace(manners.delay)
        self._robots = Robots(self._robots_txt, self.pace.slow)

    def fetch(self, address: str, *, former: Visit | None = None) -> Exchange:
        """The answer with status 200, or 304 where the copy of the `former` visit is still the newest.

        Raises Unfetched, which bears how far it came.
        """
        budget = _Budget(left=self._manners.total, path=[])
        tries = self._tries()
        try:
            url = checked(address)
            self._client.http.cookies.clear()  # they serve the redirects of one document
            answer, _ = tries(self._followed, url, budget, former=former)
            if answer.status not in (200, 304) or (answer.status == 304 and former is None):
                raise Unfetched("HttpStatus", f"HTTP {answer.status} {answer.reason}".rstrip(), status=answer.status)
        except Unfetched as error:
            error.attempts = tries.statistics["attempt_number"] if budget.asked else 0
            error.final = str(budget.path[-1]) if budget.path else None
            error.redirects = tuple(map(str, budget.path[1:]))
            raise
        attempts = tries.statistics["attempt_number"]
        return replace(answer, address=address, redirects=tuple(map(str, budget.path[1:])), attempts=attempts)

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def _tries(self) -> Retrying:
        from tenacity import Retrying, retry_if_exception, stop_after_attempt, wait_exponential, wait_random

        pause = self._manners.pause
        return Retrying(
            stop=stop_after_attempt(self._manners.retries + 1),
            wait=wait_exponential(multiplier=pause, max=60) + wait_random(0, pause / 4),
            retry=retry_if_exception(lambda error: isinstance(error, Unfetched) and error.again),
            reraise=True,
        )

    def _robots_txt(self, url: httpx.URL) -> tuple[Exchange, bytes]:
        budget = _Budget(left=self._manners.total, path=[])
        return self._tries()(self._followed, url, budget, robots=True)

    def _followed(
        self, url: httpx.URL, budget: _Budget, *, former: Visit | None = None, robots: bool = False
    ) -> tuple[Exchange, bytes]:
        """The first answer that leads nowhere else, and the document in it."""
        budget.path = []
        while len(budget.path) <= MOST_REDIRECTS:
            budget.path.append(url)
            if not robots:
                self._robots.check(url)
            answer, document, location = self._asked(url, budget, _conditions(url, former), robots)
            if answer.status not in REDIRECTS or location is None:
                return answer, document
            url = joined(url, location)
        raise Unfetched("Redirects", f"redirected more than {MOST_REDIRECTS} times")

    def _asked(
        self, url: httpx.URL, budget: _Budget, conditions: Mapping[str, str], robots: bool
    ) -> tuple[Exchange, bytes, bytes | None]:
        """One answer, the document in it, and where it leads; raises Unfetched, also where one should ask again."""
        self.pace.wait(url.host)
        budget.asked = True
        begun = time.monotonic()
        self._deadline.ends = begun + budget.left
        limit = url_robots.MOST_BYTES if robots else self._manners.max_bytes
        try:
            with answering(self._client, url, conditions) as (answer, pieces):
                if answer.status_code == 429 or answer.status_code >= 500:
                    raise self._refused(url, answer)
                sent = document = b""
                if answer.status_code == 200:
                    sent, document = read_body(pieces, answer.headers, limit=limit, cut=robots)
                return _exchange(url, answer, sent, document), document, _location(answer)
        except Unfetched as error:
            if budget.left <= time.monotonic() - begun:
                raise Unfetched("TimedOut", f"not done in {self._manners.total:g} s") from error
            raise
        finally:
            budget.left -= time.monotonic() - begun
            self.pace.done(url.host)

    def _refused(self, url: httpx.URL, answer: httpx.Response) -> Unfetched:
        seconds = _told(answer.headers.get("Retry-After", ""))
        self.pace.hold(url.host, seconds)
        status = answer.status_code
        message = f"HTTP {status} {answer.reason_phrase}".rstrip()
        if seconds > LONGEST:
            message += f", to be asked again in {seconds:,.0f} s"
        return Unfetched("HttpStatus", message, again=seconds <= LONGEST, status=status)


def _conditions(url: httpx.URL, former: Visit | None) -> dict[str, str]:
    """The headers by which a server that has nothing new says so; only for the address that sent what we have."""
    if former is None or former.final != str(url):
        return {}
    told = {"If-None-Match": former.etag, "If-Modified-Since": former.last_modified}
    return {name: value for name, value in told.items() if value and value.isascii() and value.isprintable()}


def _told(header: str) -> float:
    """The seconds of a Retry-After, which is a number or a date; 0 for what is neither."""
    if header.isascii() and header.isdecimal():
        return float(header[:9])
    try:
        when = parsedate_to_datetime(header)
    except ValueError:
        return 0.0
    # a date with the zone -0000 comes without one
    return max((when.replace(tzinfo=when.tzinfo or UTC) - datetime.now(UTC)).total_seconds(), 0.0)


def _location(answer: httpx.Response) -> bytes | None:
    return next((value for name, value in answer.headers.raw if name.lower() == b"location"), None)


def _exchange(url: httpx.URL, answer: httpx.Response, sent: bytes, document: bytes) -> Exchange:
    stream = answer.extensions.get("network_stream")
    peer = stream.get_extra_info("server_addr") if stream is not None else None
    return Exchange(
        address=str(url),
        final=str(url),
        asked=_texts(answer.request.headers.raw),
        status=answer.status_code,
        reason=answer.reason_phrase,
        version=answer.http_version,
        headers=_texts(answer.headers.raw),
        payload=sent,
        sha256=hashlib.sha256(document).hexdigest(),
        size=len(document),
        fetched=now(),
        ip=str(peer[0]) if peer else None,
    )


def _texts(headers: list[tuple[bytes, bytes]]) -> Headers:
    return tuple((name.decode("latin-1"), _text(value)) for name, value in headers)


def _text(value: bytes) -> str:
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")
