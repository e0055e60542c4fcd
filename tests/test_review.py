"""The review server: what it shows, what it takes, and whom it does not answer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

import anyio
import httpx
import pytest
from made_review import FakePages, about, target

from zhengce.review.ledger import Ledger
from zhengce.review.search import Search

pytest.importorskip("starlette")
from zhengce.review.app import app

if TYPE_CHECKING:
    from zhengce.review.guard import Guard

PORT = 8765
TOKEN = "t0ken-" + "x" * 32
HOME = f"http://127.0.0.1:{PORT}/{TOKEN}/"


def asked(function: Callable[..., Any], *arguments: Any) -> Any:
    """What a coroutine returns, in a thread of its own: a browser of other tests has the event loop of this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(anyio.run, function, *arguments).result()


class Client:
    """Asks an ASGI application as a browser would, without a network."""

    def __init__(self, served: Guard, *, raises: bool = True) -> None:
        self.served = served
        self.transport = httpx.ASGITransport(served, raise_app_exceptions=raises)  # type: ignore[arg-type]

    def request(self, method: str, url: str, **options: Any) -> httpx.Response:
        async def ask() -> httpx.Response:
            async with httpx.AsyncClient(transport=self.transport, base_url=HOME) as client:
                return await client.request(method, url, **options)

        answer: httpx.Response = asked(ask)
        return answer


class Opened:
    """A server in this process, its pages, its file, and a client."""

    def __init__(self, folder: Path) -> None:
        self.pages = FakePages()
        self.ledger = Ledger(folder / "edits.jsonl")
        self.search = Search(self.pages)
        served = app(self.pages, self.ledger, self.search, token=TOKEN, port=PORT)
        self.client = Client(served)

    def get(self, path: str = "", **options: Any) -> httpx.Response:
        return self.client.request("GET", HOME + path, **options)

    def post(self, *decisions: dict[str, Any], **options: Any) -> httpx.Response:
        return self.client.request("POST", f"{HOME}decide", json={"decisions": decisions}, **options)

    def refused(self, *decisions: dict[str, Any]) -> str:
        """The code of a refusal after which nothing has been written."""
        before = self.ledger.lines()
        answer = self.post(*decisions)
        assert answer.status_code == 422, answer.text
        assert self.ledger.lines() == before
        return str(answer.json()["error"])

    def taken(self, *decisions: dict[str, Any]) -> list[dict[str, Any]]:
        answer = self.post(*decisions)
        assert answer.status_code == 200, answer.text
        return list(answer.json()["decisions"])


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Opened]:
    found = Opened(tmp_path)
    yield found
    found.search.close()


@pytest.fixture
def row(opened: Opened) -> dict[str, Any]:
    return target(opened.pages)


# what it shows


def test_pages_are_served_with_all_that_is_decided(opened: Opened, row: dict[str, Any]) -> None:
    opened.taken(about(row, "confirm"), about(target(opened.pages, 1), "reject"))
    for path in ("", "index.html"):
        answer = opened.get(path)
        assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
        assert row["document"] in answer.text
        assert len(opened.pages.shown[-1]) == 2
    answer = opened.get(f"documents/{row['document']}.html")
    assert "着力打造“技工”劳务品牌" in answer.text
    assert [line["document"] for line in opened.pages.shown[-1]] == [row["document"]]
    assert "<script" not in opened.get(f"documents/{opened.pages.documents[1]}.html").text
    assert opened.get("compare.html").status_code == 404, "this run has no comparison"
    opened.pages.compare = lambda: iter(["<!doctype html>", "对照"])  # type: ignore[method-assign]
    assert opened.get("compare.html").text == "<!doctype html>对照"
    assert opened.client.request("HEAD", HOME).text == ""


def test_a_page_is_sent_in_pieces_as_it_is_made(opened: Opened) -> None:
    opened.pages.index = lambda decisions=(): iter(["就业" * 50_000, "\ud800", *["人"] * 70_000])  # type: ignore[method-assign]
    answer = opened.get()
    assert answer.text == "就业" * 50_000 + "?" + "人" * 70_000
    assert "content-length" not in answer.headers


def test_a_page_that_cannot_be_made_is_an_error_and_not_half_a_page(opened: Opened) -> None:
    def broken(decisions: object = ()) -> Iterator[str]:
        raise OSError("gone")
        yield ""

    opened.pages.index = broken  # type: ignore[method-assign, assignment]
    opened.client = Client(opened.client.served, raises=False)
    answer = opened.get()
    assert (answer.status_code, answer.text) == (500, "Internal Server Error")
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_search_answers_with_hits_that_stand_there(opened: Opened) -> None:
    told = opened.get("search", params={"q": "就業"}).json()
    assert [(hit["title"], hit["count"]) for hit in told["hits"]][1] == ("甲市就业工作要点", 2)
    for hit in told["hits"]:
        text = str(opened.pages.rows("documents", hit["document"])[0]["text"])
        assert text[hit["start"] :].startswith(hit["hit"] + hit["after"])
        assert text[: hit["start"]].endswith(hit["before"])
        assert hit["hit"] == "就业"
    assert told["total"] == 2
    assert opened.get("search", params={"q": "就业", "offset": "1"}).json()["hits"] == told["hits"][1:]
    assert opened.get("search").json() == {"total": 0, "hits": []}
    assert opened.get("search", params={"q": "甲", "offset": "-1"}).status_code == 422


def test_pages_open_while_many_wait_for_the_search(opened: Opened, tmp_path: Path) -> None:
    over = Event()

    class Slow(FakePages):
        def rows(self, table: str, document: str) -> list[dict[str, object]]:
            over.wait(20)
            return super().rows(table, document)

    pages = Slow()
    with closing(Search(pages)) as search:
        client = Client(app(pages, opened.ledger, search, token=TOKEN, port=PORT))

        async def wait_together() -> list[int]:
            async with httpx.AsyncClient(transport=client.transport, base_url=HOME) as asking:
                waiting = [asyncio.create_task(asking.get("search?q=就业")) for _ in range(100)]
                page = await asyncio.wait_for(asking.get(HOME), 10)
                over.set()
                return [page.status_code, *{answer.status_code for answer in await asyncio.gather(*waiting)}]

        assert asked(wait_together) == [200, 200]


# whom it does not answer


@pytest.mark.parametrize(
    "host", ["evil.example", f"evil.example:{PORT}", "127.0.0.1", f"127.0.0.1:{PORT + 1}", f"127.0.0.1.evil:{PORT}", ""]
)
def test_another_name_leads_nowhere(opened: Opened, row: dict[str, Any], host: str) -> None:
    assert opened.get(headers={"host": host}).status_code == 403
    assert opened.post(about(row, "confirm"), headers={"host": host}).status_code == 403
    assert opened.get(headers=[("host", f"127.0.0.1:{PORT}"), ("host", host)]).status_code == 403  # type: ignore[arg-type]
    assert opened.ledger.lines() == ()


def test_localhost_is_this_machine_too(opened: Opened) -> None:
    assert opened.client.request("GET", f"http://localhost:{PORT}/{TOKEN}/").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "", "/", "/index.html", f"/{TOKEN[:-1]}/", f"/{TOKEN}x/", f"/{TOKEN.upper()}/", f"//{TOKEN}/", "/favicon.ico",
        "/decide", f"/x/{TOKEN}/", f"/%20{TOKEN}/", "/search?q=就业", f"/?{TOKEN}", "/%00/", "/%ff/", f"/{TOKEN}",
    ],
)  # fmt: skip
def test_without_the_token_there_is_nothing(opened: Opened, row: dict[str, Any], path: str) -> None:
    for method in ("GET", "POST", "OPTIONS", "PUT"):
        answer = opened.client.request(method, f"http://127.0.0.1:{PORT}{path}", json=about(row, "confirm"))
        if path != f"/{TOKEN}" or method == "GET":
            assert (answer.status_code, answer.text) == (404, "Not Found")
        assert TOKEN not in str(answer.headers)
        assert "location" not in answer.headers


def test_the_token_is_compared_in_constant_time(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[tuple[bytes, bytes]] = []
    monkeypatch.setattr("secrets.compare_digest", lambda one, other: compared.append((one, other)) or False)
    assert opened.get().status_code == 404
    assert compared == [(TOKEN.encode(), TOKEN.encode())]


@pytest.mark.parametrize(
    "path",
    [
        "documents/../edits.jsonl", "documents/%2e%2e/edits.jsonl", "documents/%2e%2e%2fedits.jsonl", "edits.jsonl",
        "documents//etc/passwd", "documents/%2fetc%2fpasswd.html", "documents/..%5cedits.jsonl.html", "documents/.html",
        "documents/link.html", "documents/%00.html", "documents/x%00.html", "../edits.jsonl", "documents/..html",
        "documents/ID.html%00", "documents/ID.html/", "documents/ID", "documents/ID.jsonl", "documents/../index.html",
        "static/app.js", "decide", "documents/", "index.html/", "/", "/index.html",
    ],
)  # fmt: skip
def test_no_file_is_served_by_its_name(opened: Opened, tmp_path: Path, path: str) -> None:
    (tmp_path / "edits.jsonl").write_text("secret", encoding="utf-8")
    (tmp_path / "secret.html").write_text("secret", encoding="utf-8")
    (tmp_path / "link.html").symlink_to(tmp_path / "secret.html")
    name = path.replace("ID", opened.pages.documents[0])
    # as uvicorn hands it on: decoded, and not tidied up as a client would do
    from urllib.parse import unquote

    scope_path = unquote(f"/{TOKEN}/{name}")
    found: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b""}

    async def send(message: dict[str, Any]) -> None:
        found.append(message)

    scope = {
        "type": "http", "method": "GET", "path": scope_path, "raw_path": name.encode(), "query_string": b"",
        "headers": [(b"host", f"127.0.0.1:{PORT}".encode())], "http_version": "1.1", "scheme": "http", "root_path": "",
    }  # fmt: skip
    asked(opened.client.served, scope, receive, send)
    assert found[0]["status"] in (404, 405)
    assert b"secret" not in b"".join(message.get("body", b"") for message in found)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"content-type": "text/plain"}, 415),
        ({"content-type": "application/x-www-form-urlencoded"}, 415),
        ({"content-type": "multipart/form-data; boundary=application/json"}, 415),
        ({"content-type": ""}, 415),
        ({"origin": "http://evil.example"}, 403),
        ({"origin": f"https://127.0.0.1:{PORT}"}, 403),
        ({"origin": f"http://localhost:{PORT}"}, 403),
        ({"origin": f"http://127.0.0.1:{PORT + 1}"}, 403),
        ({"origin": "null"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"sec-fetch-site": "none"}, 403),
    ],
)
def test_a_post_of_another_site_is_refused(
    opened: Opened, row: dict[str, Any], headers: dict[str, str], status: int
) -> None:
    assert opened.post(about(row, "confirm"), headers=headers).status_code == status
    assert opened.ledger.lines() == ()


def test_a_post_of_its_own_page_is_taken(opened: Opened, row: dict[str, Any]) -> None:
    headers = {"origin": f"http://127.0.0.1:{PORT}", "sec-fetch-site": "same-origin"}
    headers |= {"content-type": "application/json; charset=utf-8"}
    assert opened.post(about(row, "confirm"), headers=headers).status_code == 200


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND"])
def test_no_other_method_is_known(opened: Opened, method: str) -> None:
    for path in ("", "decide", "search"):
        answer = opened.client.request(method, HOME + path)
        assert answer.status_code == 405
        assert "access-control-allow-origin" not in answer.headers
    assert opened.get("decide").status_code == 405
    assert opened.client.request("POST", HOME, json={}).status_code == 405


def test_every_answer_has_strict_headers(opened: Opened, row: dict[str, Any]) -> None:
    answers = [
        opened.get(), opened.get(f"documents/{row['document']}.html"), opened.get("search?q=就业"),
        opened.get("nothing"),
        opened.post(about(row, "confirm")), opened.post({}), opened.get(headers={"host": "evil.example"}),
        opened.client.request("GET", f"http://127.0.0.1:{PORT}/"), opened.client.request("PUT", HOME),
        opened.client.request("HEAD", HOME),
    ]  # fmt: skip
    assert len({answer.status_code for answer in answers}) == 5
    for answer in answers:
        headers = answer.headers
        policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
        assert policy.items() >= {
            ("frame-ancestors", "'none'"), ("base-uri", "'none'"), ("form-action", "'none'"), ("object-src", "'none'"),
            ("connect-src", "'self'"),
        }  # fmt: skip
        assert not {"default-src", "script-src", "style-src"} & set(policy), (
            "those are for the pages, with their hashes"
        )
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cross-origin-opener-policy"] == headers["cross-origin-resource-policy"] == "same-origin"
        assert headers["cache-control"] == "no-store"
        assert not {"server", "set-cookie", "access-control-allow-origin"} & set(headers)


def test_websockets_are_not_answered(opened: Opened) -> None:
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "websocket.connect"}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    asked(opened.client.served, {"type": "websocket", "path": f"/{TOKEN}/", "headers": []}, receive, send)
    assert sent == []
