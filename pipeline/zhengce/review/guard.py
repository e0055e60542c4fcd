"""What stands before every request: an address that nobody can guess, this machine's name, and strict headers."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any

__all__ = ["Guard"]

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Served = Callable[[Message, Receive, Send], Awaitable[None]]

# the pages bring their own stricter policy with the hashes of their style and script, which this one must not forbid
POLICY = "; ".join((
    "frame-ancestors 'none'", "base-uri 'none'", "form-action 'none'", "object-src 'none'", "frame-src 'none'",
    "worker-src 'none'", "connect-src 'self'",
))  # fmt: skip
HEADERS: tuple[tuple[bytes, bytes], ...] = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cache-control", b"no-store"),
)
WORDS: Mapping[int, bytes] = {
    403: b"Forbidden", 404: b"Not Found", 405: b"Method Not Allowed", 415: b"Unsupported Media Type"
}  # fmt: skip


class Guard:
    """An ASGI application round another one, which only sees what a page of this server can have asked for.

    A wrong Host is 403, so that no name of somebody else's leads here (DNS rebinding); a path without the token is 404
    without a hint; a POST that another site's page may have sent is 403 or 415. No answer may be framed, sniffed,
    kept or read by another site.
    """

    def __init__(self, served: Served, *, token: str, port: int) -> None:
        self._served = served
        self._token = token.encode()
        self._hosts = {f"{name}:{port}".encode() for name in ("127.0.0.1", "localhost")}

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":  # no websockets, and nothing to be done at start and end
            return

        async def sealed(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *HEADERS]
            await send(message)

        refused = self._refused(scope)
        if refused is None:
            await self._served(scope, receive, sealed)
            return
        told = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", b"%d" % len(WORDS[refused]))]
        await sealed({"type": "http.response.start", "status": refused, "headers": told})
        await sealed({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else WORDS[refused]})

    def _refused(self, scope: Message) -> int | None:
        sent: dict[bytes, list[bytes]] = {}
        for name, value in scope["headers"]:
            sent.setdefault(name.lower(), []).append(value)
        hosts = sent.get(b"host", [])
        if len(hosts) != 1 or hosts[0] not in self._hosts:
            return 403
        first = scope["path"].encode("utf-8", "surrogateescape").split(b"/", 2)[1:2]
        if not first or not secrets.compare_digest(first[0], self._token):
            return 404
        if scope["method"] in ("GET", "HEAD"):
            return None
        if scope["method"] != "POST":
            return 405
        if any(origin != b"http://" + hosts[0] for origin in sent.get(b"origin", [])):
            return 403
        if any(site != b"same-origin" for site in sent.get(b"sec-fetch-site", [])):
            return 403
        kinds = [value.split(b";")[0].strip().lower() for value in sent.get(b"content-type", [])]
        return None if kinds == [b"application/json"] else 415
