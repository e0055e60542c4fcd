"""The door of uvicorn: a server for this machine alone, until Ctrl-C."""

from __future__ import annotations

import logging
import secrets
import socket
from collections.abc import Callable
from contextlib import closing, suppress
from importlib.util import find_spec
from typing import TYPE_CHECKING

from zhengce.errors import BadUsage
from zhengce.review.ledger import Ledger

if TYPE_CHECKING:
    from zhengce.reporting import Pages

__all__ = ["can_serve", "serve"]

HOST = "127.0.0.1"
TOKEN = 32  # bytes
PATIENCE = 1  # seconds in which answers that are under way come to their end


def can_serve() -> bool:
    """Whether the libraries of the extra `review` are installed."""
    return all(find_spec(name) for name in ("starlette", "uvicorn"))


def serve(pages: Pages, ledger: Ledger, *, port: int = 0, on_open: Callable[[str], object]) -> None:
    """Serve the pages of a run on this machine until Ctrl-C; `on_open` gets the address once it answers.

    The address holds a new random token, without which nothing is shown; port 0 is any that is free. Raises BadUsage
    for a port that is taken or needs an administrator, and without the extra `review`.
    """
    if not can_serve():
        raise BadUsage('reviewing needs the extra review: pip install "zhengce[review]"')
    import uvicorn

    from zhengce.review.app import app
    from zhengce.review.search import FILE, Search

    try:
        listening = socket.create_server((HOST, port))
    except (OSError, OverflowError) as error:
        raise BadUsage(f"port {port} cannot be used: {error}; --port 0 takes one that is free") from error
    with listening, closing(Search(pages, pages.out / FILE)) as search:
        port, token = listening.getsockname()[1], secrets.token_urlsafe(TOKEN)
        config = uvicorn.Config(
            app(pages, ledger, search, token=token, port=port), loop="asyncio", http="h11", ws="none", lifespan="off",
            log_config=None, log_level="error", access_log=False, proxy_headers=False, server_header=False,
            timeout_graceful_shutdown=PATIENCE,
        )  # fmt: skip
        on_open(f"http://{HOST}:{port}/{token}/")
        server = uvicorn.Server(config)
        # clients that still wait when it ends are no error
        logging.getLogger("uvicorn.error").addFilter(lambda record: not server.should_exit)
        with suppress(KeyboardInterrupt):
            server.run(sockets=[listening])
