"""The door of Starlette: what is served under the token, and how it is answered."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import chain
from typing import TYPE_CHECKING

from zhengce.errors import BadUsage
from zhengce.review.decision import decisions
from zhengce.review.guard import Guard
from zhengce.review.ledger import Ledger
from zhengce.review.refusal import Refused
from zhengce.review.search import Search

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from zhengce.reporting import Pages

__all__ = ["app"]

LARGEST = 1_000_000  # bytes of a body
PIECE = 1 << 16  # characters that are sent together


def app(pages: Pages, ledger: Ledger, search: Search, *, token: str, port: int) -> Guard:
    """The pages of a run, a search over them and an edits file as an ASGI application under `/<token>/`.

    `index.html` (or nothing), `documents/<id>.html`, `compare.html`; `search?q=&offset=` answers with JSON; `decide`
    takes decisions by POST and answers with the lines that are on disk then, or with 422 and the reason. Documents are
    looked up by their ids: no file is served by its name.
    """
    from starlette.applications import Starlette
    from starlette.routing import Route

    routes = [
        Route(f"/{token}{path}", handler, methods=["POST" if path == "/decide" else "GET"])
        for path, handler in _handlers(pages, ledger, search).items()
    ]
    served = Starlette(routes=routes, exception_handlers={BadUsage: _told})
    served.router.redirect_slashes = False
    return Guard(served, token=token, port=port)


def _handlers(pages: Pages, ledger: Ledger, search: Search) -> dict[str, Callable[[Request], object]]:
    from starlette.concurrency import run_in_threadpool

    def index(request: Request) -> Response:
        return _page(pages.index(ledger.lines()))

    def document(request: Request) -> Response:
        asked = request.path_params["document"]
        if asked not in pages.documents:
            return _page(None)
        return _page(pages.document(asked, [line for line in ledger.lines() if line["document"] == asked]))

    def compare(request: Request) -> Response:
        return _page(pages.compare())

    async def find(request: Request) -> Response:
        offset = request.query_params.get("offset", "0")
        if not (offset.isascii() and offset.isdecimal() and len(offset) < 10):
            return _json(Refused("bad_offset").told(), 422)
        await search.ready()  # here, where those who wait take no thread from the pages
        return _json(await run_in_threadpool(search.find, request.query_params.get("q", ""), int(offset)))

    async def decide(request: Request) -> Response:
        body = bytearray()
        async for piece in request.stream():
            body += piece
            if len(body) > LARGEST:
                return _json(Refused("too_large", most=LARGEST).told(), 413)
        return await run_in_threadpool(_decide, bytes(body), pages, ledger)

    return {
        "/": index, "/index.html": index, "/documents/{document}.html": document, "/compare.html": compare,
        "/search": find, "/decide": decide,
    }  # fmt: skip


def _decide(body: bytes, pages: Pages, ledger: Ledger) -> Response:
    try:
        return _json({"decisions": ledger.append(lambda lines: decisions(body, pages, lines))})
    except Refused as refused:
        return _json(refused.told(), 422)
    except (OSError, BadUsage) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else error
        return _json(Refused("not_written", reason=reason).told(), 500)


def _told(request: Request, error: Exception) -> Response:
    """What the tables are at fault for, such as that they were written anew."""
    from starlette.responses import PlainTextResponse

    return PlainTextResponse(str(error), 503)


def _page(pieces: Iterator[str] | None) -> Response:
    """A page as it is made; what is wrong with it shows before anything is sent."""
    from starlette.responses import PlainTextResponse, StreamingResponse

    if pieces is None:
        return PlainTextResponse("Not Found", 404)
    made = _together(pieces)
    first = next(made, b"")
    return StreamingResponse(chain((first,), made), media_type="text/html")


def _together(pieces: Iterator[str]) -> Iterator[bytes]:
    held: list[str] = []
    size = 0
    for piece in pieces:
        held.append(piece)
        size += len(piece)
        if size >= PIECE:
            yield "".join(held).encode("utf-8", "replace")
            held, size = [], 0
    yield "".join(held).encode("utf-8", "replace")


def _json(value: object, status: int = 200) -> Response:
    from starlette.responses import Response

    # escaped: lines that others wrote may hold halves of characters
    return Response(json.dumps(value), status, media_type="application/json")
