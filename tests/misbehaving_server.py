"""A web server on this machine that behaves as badly as it is told to."""

import gzip
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ssl import SSLContext

Act = Callable[["Request"], None]


class Request(BaseHTTPRequestHandler):
    """One request; acts write their answers byte by byte."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    site: "Site"

    def do_GET(self) -> None:
        self.site.asked.append((self.path, dict(self.headers)))
        acts = self.site.acts.get(self.path, [page(b"not here", status="404 Not Found")])
        (acts.pop(0) if len(acts) > 1 else acts[0])(self)

    def log_message(self, format: str, *args: object) -> None:
        pass


class Site:
    """What the server was asked (path and headers), and its acts by path: one after the other, the last for ever."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.acts: dict[str, list[Act]] = {}
        self.address = ""
        self.port = 0
        self.over = threading.Event()  # acts that wait end with the server

    def paths(self) -> list[str]:
        """What was asked for but robots.txt."""
        return [path for path, _ in self.asked if path != "/robots.txt"]


def page(body: bytes, *, status: str = "200 OK", kind: str = "text/html", **headers: str) -> Act:
    """An answer as it ought to be; underscores in the names of headers are hyphens."""
    told = {"Content-Type": kind, "Content-Length": str(len(body))}
    told |= {name.replace("_", "-"): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in told.items())
    return raw(f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body)


def raw(answer: bytes, *, close: bool = False) -> Act:
    """These bytes and nothing else; with `close` the connection ends behind them."""

    def act(request: Request) -> None:
        request.wfile.write(answer)
        request.close_connection = close

    return act


def moved(location: str | bytes, status: str = "302 Found") -> Act:
    """A redirect."""
    target = location.encode() if isinstance(location, str) else location
    return raw(f"HTTP/1.1 {status}\r\nContent-Length: 0\r\nLocation: ".encode() + target + b"\r\n\r\n")


def dripping(head: bytes, drop: bytes, seconds: float) -> Act:
    """A drop every few milliseconds, for ever (or until the client has gone)."""

    def act(request: Request) -> None:
        request.close_connection = True
        with suppress(OSError):
            request.wfile.write(head)
            while not request.site.over.wait(seconds):
                request.wfile.write(drop)

    return act


def silent(request: Request) -> None:
    """No answer at all."""
    request.close_connection = True
    request.site.over.wait(60)


def endless(request: Request) -> None:
    """A body without an end, as fast as it goes."""
    request.close_connection = True
    with suppress(OSError):
        request.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        while not request.site.over.is_set():
            request.wfile.write(b"<p>" + bytes(65536))


def bomb(megabytes: int) -> bytes:
    """Zeros as gzip packs them: a thousandth of their size."""
    return gzip.compress(bytes(megabytes << 20))


@contextmanager
def serving(tls: SSLContext | None = None) -> Iterator[Site]:
    """A server at `address` that runs until the end of the block."""
    site = Site()

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False

        def handle_error(self, request: object, client_address: object) -> None:
            pass  # who asked has gone

    handler = type("Handler", (Request,), {"site": site})
    with Server(("127.0.0.1", 0), handler) as server:
        if tls is not None:
            server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        site.port = server.server_port
        site.address = f"http{'s' if tls else ''}://127.0.0.1:{server.server_port}"
        yield site
        site.over.set()
        server.shutdown()
        thread.join()
