"""Fetching many addresses into a web archive: which are asked, in what order, and what is kept of each."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from zhengce.errors import BadUsage
from zhengce.exchange import Exchange, Unfetched, Visit, now
from zhengce.read.url_guard import checked
from zhengce.record import Failure
from zhengce.version import VERSION
from zhengce.write.web_archive import WebArchive, open_archive

if TYPE_CHECKING:
    from zhengce.read.url import Fetcher, Manners
    from zhengce.read.url_network import Network

__all__ = ["Fetched", "agent", "run"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What a run did with `addresses` different addresses.

    `fetched` have a new copy, `unchanged` were asked again and had nothing new, `kept` were not asked because a copy
    is there. `failures` are all that have no copy or could not be asked again, of former runs too; `bytes` is the size
    of the new documents.
    """

    addresses: int
    fetched: int
    unchanged: int
    kept: int
    failures: tuple[Failure, ...]
    bytes: int
    interrupted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What the log says of an address: its last visit, and the last one that has a copy."""

    last: Visit
    copy: Visit | None


def agent(contact: str | None = None) -> str:
    """How hosts are told who asks.

    >>> agent("name@university.example")
    'zhengce/0.1.0 (+research; contact: name@university.example)'
    """
    return f"zhengce/{VERSION} (+research{f'; contact: {contact}' if contact else ''})"


def run(
    addresses: Iterable[str],
    out: Path,
    *,
    manners: Manners | None = None,
    contact: str | None = None,
    refresh: bool = False,
    retry_failed: bool = False,
    network: Network | None = None,
    on_progress: Callable[[int, int, str], None] = lambda done, total, name: None,
) -> Fetched:
    """Fetch what is not yet in the archive in the folder `out`, one request at a time.

    With `refresh` all are asked, whether they have changed; with `retry_failed` those that failed. `network` is the
    real one unless given. Ctrl-C ends the run; what was fetched stays, and the next run goes on. Raises BadUsage
    without addresses, without the extra `fetch`, and for a folder that cannot be used; OSError where writing fails.
    """
    from zhengce.read.url import Fetcher, Manners, can_fetch

    if not can_fetch():
        raise BadUsage('fetching needs the extra fetch: pip install "zhengce[fetch]"')
    listed = _listed(addresses)
    if not listed:
        raise BadUsage("no address in what was given")
    fetcher = Fetcher(manners or Manners(), agent=agent(contact), network=network)
    try:
        with open_archive(out, agent=agent(contact)) as archive:
            known = _known(archive.visits)
            asked = {key: told for key, told in listed.items() if _is_due(known.get(key), refresh, retry_failed)}
            counts, interrupted = _ask_all(asked, known, fetcher, archive, on_progress)
    finally:
        fetcher.close()
    last = {key: known[key].last for key in listed if key in known}
    return Fetched(
        addresses=len(listed),
        fetched=counts["fetched"],
        unchanged=counts["unchanged"],
        kept=sum(1 for key, visit in last.items() if key not in asked and not visit.error),
        failures=tuple(_failure(listed[key], visit) for key, visit in last.items() if visit.error),
        bytes=counts["bytes"],
        interrupted=interrupted,
    )


def _ask_all(
    asked: Mapping[str, str],
    known: dict[str, _Known],
    fetcher: Fetcher,
    archive: WebArchive,
    on_progress: Callable[[int, int, str], None],
) -> tuple[Counter[str], bool]:
    """Ask for all, tell `known` of each; how many were fetched or unchanged, and whether Ctrl-C ended it."""
    counts: Counter[str] = Counter()
    try:
        on_progress(0, len(asked), "")
        for done, key in enumerate(_by_readiness(asked, fetcher), start=1):
            known[key] = _visited(key, asked[key], known.get(key), fetcher, archive, counts)
            on_progress(done, len(asked), asked[key])
    except KeyboardInterrupt:
        return counts, True
    return counts, False


def _listed(addresses: Iterable[str]) -> dict[str, str]:
    """Each address once, as it was given, by the form in which it is asked for."""
    listed: dict[str, str] = {}
    for address in addresses:
        listed.setdefault(_key(address), address)
    return listed


def _key(address: str) -> str:
    try:
        return str(checked(address))
    except Unfetched:
        return address


def _known(visits: Iterable[Visit]) -> dict[str, _Known]:
    known: dict[str, _Known] = {}
    for visit in visits:
        key = _key(visit.address)
        copy = visit if visit.length else known[key].copy if key in known else None
        known[key] = _Known(last=visit, copy=copy)
    return known


def _is_due(known: _Known | None, refresh: bool, retry_failed: bool) -> bool:
    return known is None or refresh or (retry_failed and known.last.error is not None)


def _by_readiness(keys: Iterable[str], fetcher: Fetcher) -> Iterator[str]:
    """The addresses, those first whose host need not be waited for; those of one host in their order."""
    queues: dict[str, deque[str]] = {}
    for key in keys:
        try:
            host = checked(key).host
        except Unfetched:
            host = ""
        queues.setdefault(host, deque()).append(key)
    while queues:
        host = min(queues, key=fetcher.pace.ready)
        yield queues[host].popleft()
        if not queues[host]:
            del queues[host]


def _visited(
    key: str, address: str, known: _Known | None, fetcher: Fetcher, archive: WebArchive, counts: Counter[str]
) -> _Known:
    """Ask for one address, keep what is new, and log what became of it."""
    copy = known.copy if known else None
    try:
        exchange = fetcher.fetch(key, former=copy)
    except Unfetched as error:
        visit = _failed(address, error)
    else:
        if copy is not None and (exchange.status == 304 or exchange.sha256 == copy.sha256):
            counts["unchanged"] += 1
            visit = _confirmed(address, exchange, copy)
        else:
            counts["fetched"] += 1
            counts["bytes"] += exchange.size
            visit = _copied(address, exchange, archive.keep(exchange))
    archive.log(visit)
    return _Known(last=visit, copy=visit if visit.length else copy)


def _failed(address: str, error: Unfetched) -> Visit:
    return Visit(
        address=address,
        final=error.final,
        redirects=error.redirects,
        status=error.status,
        fetched=now(),
        error=error.reason,
        message=error.message,
        attempts=error.attempts,
    )


def _copied(address: str, exchange: Exchange, place: tuple[int, int]) -> Visit:
    return Visit(
        address=address,
        final=exchange.final,
        redirects=exchange.redirects,
        status=exchange.status,
        content_type=exchange.header("content-type"),
        etag=exchange.header("etag"),
        last_modified=exchange.header("last-modified"),
        sha256=exchange.sha256,
        bytes=exchange.size,
        fetched=exchange.fetched,
        offset=place[0],
        length=place[1],
        attempts=exchange.attempts,
    )


def _confirmed(address: str, exchange: Exchange, copy: Visit) -> Visit:
    """A visit that found nothing new: the copy stays where it is, the server's marks of its version may be new."""
    return replace(
        copy,
        address=address,
        final=exchange.final,
        redirects=exchange.redirects,
        status=exchange.status,
        etag=exchange.header("etag") or copy.etag,
        last_modified=exchange.header("last-modified") or copy.last_modified,
        fetched=exchange.fetched,
        attempts=exchange.attempts,
    )


def _failure(address: str, visit: Visit) -> Failure:
    return Failure(source=address, sha256=None, error=visit.error or "", message=visit.message or "")
