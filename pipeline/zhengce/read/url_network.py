"""The door of httpx and httpcore: one request, sent to an IP address that was looked at, and ended in time."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from zhengce.exchange import Unfetched
from zhengce.read.url_guard import Resolve, public_ips, resolved

if TYPE_CHECKING:
    import ssl

    import httpcore
    import httpx

__all__ = ["Client", "Deadline", "Network", "answering", "open_client"]

Dial = Callable[[str, int, float | None], Any]


def _dial(ip: str, port: int, timeout: float | None) -> Any:
    import httpcore

    return httpcore.SyncBackend().connect_tcp(ip, port, timeout=timeout)


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """What reaches hosts: `dial` gives an httpcore stream to an IP address, `tls` is None for certifi's authorities."""

    resolve: Resolve = resolved
    dial: Dial = _dial
    tls: ssl.SSLContext | None = None


@dataclass(slots=True, kw_only=True)
class Deadline:
    """When the request under way ends, whatever it has brought; on the monotonic clock."""

    ends: float = field(default=float("inf"))

    def within(self, timeout: float | None) -> float:
        """The seconds that one step may take; raises httpcore.ReadTimeout where none are left."""
        import httpcore

        left = self.ends - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the time for one document is over")
        return left if timeout is None else min(left, timeout)


class _Stream:
    """An httpcore stream that knows the deadline: a drip of bytes never lets a read time out by itself."""

    def __init__(self, inner: Any, deadline: Deadline) -> None:
        self._inner, self._deadline = inner, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        data: bytes = self._inner.read(max_bytes, self._deadline.within(timeout))
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._deadline.within(timeout))

    def start_tls(self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None) -> _Stream:
        inner = self._inner.start_tls(ssl_context, server_hostname, self._deadline.within(timeout))
        return _Stream(inner, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)

    def close(self) -> None:
        self._inner.close()


class _Backend:
    """An httpcore backend that connects to the very IP address it looked at, so that no name is bound anew between."""

    def __init__(self, network: Network, deadline: Deadline, allow_private: bool) -> None:
        self._network, self._deadline, self._allow_private = network, deadline, allow_private

    def connect_tcp(self, host: str, port: int, timeout: float | None = None, **options: Any) -> _Stream:
        import httpcore

        ips = public_ips(host, port, resolve=self._network.resolve, allow_private=self._allow_private)
        failed: Exception = httpcore.ConnectError(f"no IP address for {host}")
        for ip in ips:
            try:
                return _Stream(self._network.dial(ip, port, self._deadline.within(timeout)), self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
        raise failed


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """httpx makes the requests and holds the cookies, httpcore sends: httpx.Client.send would read a Location itself.

    (It does so even where it is not to follow, and raises on what is no address.)
    """

    http: httpx.Client
    pool: httpcore.ConnectionPool

    def close(self) -> None:
        """Close the connections."""
        self.pool.close()
        self.http.close()


@cache
def _authorities() -> ssl.SSLContext:
    import httpcore

    return httpcore.default_ssl_context()


def open_client(network: Network, deadline: Deadline, *, agent: str, allow_private: bool, timeout: float) -> Client:
    """A client whose every connection is of the guarded backend; no proxy, no .netrc, no redirect by itself."""
    import httpcore
    import httpx

    # identity: what is archived and hashed are then the document's own bytes
    headers = {"User-Agent": agent, "Accept-Encoding": "identity"}
    tls = network.tls or _authorities()
    pool = httpcore.ConnectionPool(
        ssl_context=tls,
        network_backend=_Backend(network, deadline, allow_private),  # type: ignore[arg-type]
        max_keepalive_connections=4,
        keepalive_expiry=30,
    )
    return Client(http=httpx.Client(headers=headers, timeout=timeout, verify=tls, trust_env=False), pool=pool)


@contextmanager
def answering(
    client: Client, url: httpx.URL, headers: Mapping[str, str]
) -> Iterator[tuple[httpx.Response, Iterable[bytes]]]:
    """An answer, and the pieces of its body as they were sent; raises Unfetched, within the block too."""
    import ssl

    import httpcore
    import httpx

    request = client.http.build_request("GET", url, headers=headers)
    target = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
    sent = httpcore.Request("GET", target, headers=request.headers.raw, extensions=request.extensions)
    try:
        with closing(client.pool.handle_request(sent)) as answer:
            told = httpx.Response(answer.status, headers=answer.headers, extensions=answer.extensions, request=request)
            client.http.cookies.extract_cookies(told)
            yield told, answer.iter_stream()
    except httpcore.TimeoutException as error:
        raise Unfetched("TimedOut", f"timed out: {error or 'no answer'}", again=True) from error
    except (httpcore.NetworkError, httpcore.ProtocolError) as error:
        if isinstance(error.__cause__ or error.__context__, ssl.SSLCertVerificationError):
            raise Unfetched("Tls", f"the certificate is not valid: {error}") from error
        raise Unfetched("Broken", f"the connection failed: {error}", again=True) from error
