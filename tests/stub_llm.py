"""A server on this machine that speaks as OpenAI's does, and behaves as badly as it is told to."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Response = tuple[int, bytes, dict[str, str]]
Act = Callable[[dict[str, Any]], Response]


def items_of(request: dict[str, Any]) -> list[dict[str, Any]]:
    """The items that a request asks about."""
    return json.loads(request["messages"][1]["content"])["items"]  # type: ignore[no-any-return]


def said(content: object, *, finish: str = "stop", status: int = 200) -> Response:
    """A whole answer with this content."""
    choices = [{"message": {"content": content}, "finish_reason": finish}]
    usage = {"prompt_tokens": 100, "completion_tokens": 10}
    return status, json.dumps({"choices": choices, "usage": usage}).encode(), {}


def labelled(request: dict[str, Any], label: str = "target") -> Response:
    """The answer of a server that behaves: the same label for every item."""
    return said(json.dumps({"answers": [{"id": item["id"], "label": label} for item in items_of(request)]}))


def slow(request: dict[str, Any]) -> Response:
    time.sleep(0.5)
    return labelled(request)


class Stub:
    """What the server was asked, and how it is to behave: `acts` one after the other, then `always`."""

    def __init__(self) -> None:
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.acts: list[Act] = []
        self.always: Act = labelled
        self.address = ""

    def forget(self) -> None:
        """Behave again, as if nothing had been asked."""
        self.requests, self.headers, self.acts, self.always = [], [], [], labelled


@contextmanager
def serving() -> Iterator[Stub]:
    """A server at `address` that runs until the end of the block."""
    stub = Stub()

    class Handler(BaseHTTPRequestHandler):
        disable_nagle_algorithm = True  # else every answer waits 40 ms for the client's word
        protocol_version = "HTTP/1.1"  # as all these servers speak, with connections that stay open

        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            stub.requests.append(request)
            stub.headers.append(dict(self.headers))
            status, body, headers = (stub.acts.pop(0) if stub.acts else stub.always)(request)
            self.send_response(status)
            for name, value in ({"Content-Length": str(len(body))} | headers).items():
                self.send_header(name, value)
            self.end_headers()
            if "Trickle" in headers:  # each piece comes soon enough, all of them do not
                for at in range(0, len(body), 50):
                    self.wfile.write(body[at : at + 50])
                    time.sleep(0.1)
                return
            self.wfile.write(body)
            if headers.get("Content-Length"):  # a length that is not kept: the connection ends before it
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False

        def handle_error(self, request: object, client_address: object) -> None:
            pass  # who asked has gone, after a time-out

    with Server(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        stub.address = f"http://127.0.0.1:{server.server_port}/v1"
        yield stub
        server.shutdown()
        thread.join()
