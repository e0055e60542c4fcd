"""The review server: what it shows, what it takes, and whom it does not answer."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

import anyio
import httpx
import pytest
from made_review import FakePages, about, target

from zhengce.amend.edit import moment, read_edits
from zhengce.lexicon import table
from zhengce.review.decision import MOST
from zhengce.review.ledger import Ledger
from zhengce.review.search import Search

pytest.importorskip("starlette")
from zhengce.review.app import LARGEST, app

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


# what it takes


def test_a_confirmation_is_stored_as_corrections_read_it(opened: Opened, row: dict[str, Any]) -> None:
    (line,) = opened.taken(about(row, "confirm", reason="原文如此", proposed={"value": "9"}, time="1999-01-01"))
    assert line["proposed"]["value"] == "500"
    assert set(line["proposed"]) >= {"indicator", "value", "unit", "deadline"}
    assert moment(line["time"]).year > 2000
    (edit,) = read_edits(opened.ledger.path)
    assert (edit.id, edit.told) == (line["edit"], line)
    assert (edit.action, edit.coder, edit.record, edit.quote) == ("confirm", "甲组", row["record"], row["quote"])
    assert (edit.start, edit.end, edit.reason) == (row["start"], row["end"], "原文如此")


def test_an_edit_is_stored_as_the_tables_have_it(opened: Opened, row: dict[str, Any]) -> None:
    (line,) = opened.taken(about(row, "edit", decided={"value": 1500, "unit": " 人次 "}))
    assert line["decided"] == {"value": "1500", "unit": "人次"}
    assert line["proposed"] == {"value": "500", "unit": "人"}
    for decided in ({}, {"start": 3}, {"value": "许多"}, {"bound": "vielleicht"}, {"deadline": "2026-13-01"}, [], None):
        assert opened.refused(about(row, "edit", decided=decided)) == "bad_value"
    assert opened.refused(about(row, "edit", decided={"value": [["1"]]})) == "bad_value"


def test_a_record_is_added_then_edited_rejected_and_undone(opened: Opened, row: dict[str, Any]) -> None:
    text = str(opened.pages.rows("documents", row["document"])[0]["text"])
    start = text.index("每人1500元")
    new = {"action": "add", "document": row["document"], "table": "subsidies", "coder": "甲组", "edit": "new-0001"}
    new |= {"start": start, "end": start + 7, "quote": "每人1500元", "decided": {"kind": "standard", "amount": "1500"}}
    (line,) = opened.taken(new | {"instead_of": row["record"]})
    assert (line["proposed"], line["quote"], line["instead_of"]) == ({}, "每人1500元", row["record"])
    assert len(line["decided"]) > 2, "all columns of its kind"
    added = {**new, "record": f"{row['document']}-subsidie-new-0001", "action": "edit", "edit": None}
    (line,) = opened.taken(added | {"decided": {"amount": 2000}})
    assert (line["proposed"], line["record"], line["start"]) == ({"amount": "1500"}, added["record"], start)
    (confirmed,) = opened.taken(added | {"action": "confirm"})
    assert confirmed["proposed"]["amount"] == "1500"
    undo = {"action": "undo", "document": row["document"], "table": "subsidies", "coder": "甲组"}
    (undone,) = opened.taken(undo | {"undoes": ["new-0001"]})
    assert opened.refused(added | {"action": "confirm"}) == "unknown_record", "it is no more"
    opened.taken(undo | {"undoes": [undone["edit"]]})
    opened.taken(added | {"action": "reject"})
    assert [edit.id for edit in read_edits(opened.ledger.path)] == [line["edit"] for line in opened.ledger.lines()]
    assert Ledger(opened.ledger.path).lines() == opened.ledger.lines()


@pytest.mark.parametrize(
    "place",
    [(0, 0), (3, 2), (-1, 2), (0, 10_000), (0, 4.0), ("0", "4"), (True, 4), (None, None), (0, 3), (10**30, 10**31)],
)
def test_what_is_added_must_stand_there(opened: Opened, row: dict[str, Any], place: tuple[Any, Any]) -> None:
    new = {"action": "add", "document": row["document"], "table": "facts", "coder": "甲", "decided": {}}
    assert opened.refused(new | {"start": place[0], "end": place[1], "quote": "甲市就业"}) == "bad_span"


def test_places_count_characters_beyond_the_basic_plane_as_one(opened: Opened) -> None:
    document = opened.pages.documents[1]
    start = str(opened.pages.rows("documents", document)[0]["text"]).index("𠀀地")
    new = {"action": "add", "document": document, "table": "facts", "coder": "甲", "decided": {}}
    opened.taken(new | {"start": start, "end": start + 2, "quote": "𠀀地"})
    assert opened.refused(new | {"start": start, "end": start + 3, "quote": "𠀀地"}) == "bad_span"


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"action": "destroy"}, "unknown_action"),
        ({"action": ["confirm"]}, "unknown_action"),
        ({"document": "../../etc/passwd"}, "unknown_document"),
        ({"document": 7}, "unknown_document"),
        ({"table": "documents"}, "unknown_table"),
        ({"table": "facts"}, "unknown_record"),
        ({"record": "x"}, "unknown_record"),
        ({"record": None}, "unknown_record"),
        ({"quote": "新增就业600人"}, "changed"),
        ({"start": 0}, "changed"),
        ({"end": 1}, "changed"),
        ({"coder": ""}, "bad_coder"),
        ({"coder": None}, "bad_coder"),
        ({"coder": "甲\n乙"}, "bad_coder"),
        ({"coder": "甲\u2028乙"}, "bad_coder"),
        ({"coder": "\u202e甲"}, "bad_coder"),
        ({"coder": "甲" * 61}, "bad_coder"),
        ({"reason": "因" * 2001}, "bad_text"),
        ({"reason": {"a": 1}}, "bad_text"),
        ({"edit": "../../../1"}, "bad_edit"),
        ({"edit": "短"}, "bad_edit"),
        ({"edit": "１２３４５６７８９"}, "bad_edit"),
        ({"edit": 12345678}, "bad_edit"),
        ({"action": "undo"}, "bad_undo"),
        ({"action": "undo", "undoes": ["nobody-knows"]}, "bad_undo"),
        ({"action": "undo", "undoes": [["x"]]}, "bad_undo"),
    ],
)
def test_what_cannot_be_decided_is_refused(
    opened: Opened, row: dict[str, Any], wrong: dict[str, Any], code: str
) -> None:
    assert opened.refused(about(row, "confirm") | wrong) == code
    assert opened.refused(about(row, "reject"), about(row, "confirm") | wrong) == code, "all or nothing"


def test_only_own_decisions_on_the_same_document_are_undone(opened: Opened, row: dict[str, Any]) -> None:
    (line,) = opened.taken(about(row, "reject"))
    undo = {"action": "undo", "document": row["document"], "table": "targets", "undoes": [line["edit"]]}
    assert opened.refused(undo | {"coder": "乙组"}) == "bad_undo"
    assert opened.refused(undo | {"coder": "甲组", "document": opened.pages.documents[1]}) == "bad_undo"
    (undone,) = opened.taken(undo | {"coder": "甲组"})
    assert {name for name in undone if name not in undo} == {"edit", "time", "coder"}


def test_a_change_of_kind_is_one_request_and_one_write(
    opened: Opened, row: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    import os

    writes, write = [], os.write
    monkeypatch.setattr(os, "write", lambda file, data: writes.append(data) or write(file, data))
    add = about(row, "add", table="facts", decided={"value": "500", "unit": "人"}, instead_of=row["record"])
    told = opened.taken(about(row, "reject"), add)
    written = [data for data in writes if b'"action"' in data]
    assert [json.loads(line) for line in written[0].splitlines()] == told
    assert len(written) == 1
    assert told[0]["time"] < told[1]["time"]


def test_the_same_id_twice_is_one_decision(opened: Opened, row: dict[str, Any]) -> None:
    first = about(row, "edit", edit="0123abcd", decided={"value": "6"}, reason="查原文")
    (stored,) = opened.taken(first)
    assert opened.taken(first | {"decided": {"value": 6}}) == [stored]
    assert len(opened.ledger.lines()) == 1
    for other in ({"decided": {"value": "7"}}, {"action": "confirm"}, {"coder": "乙"}, {"reason": "x"}):
        assert opened.refused(first | other) == "taken"
    assert opened.refused(first | {"record": target(opened.pages, 1)["record"]}) == "taken"
    twice = about(row, "confirm", edit="within-one")
    assert len(opened.taken(twice, twice)) == 2
    assert len(opened.ledger.lines()) == 2


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "not_json"),
        (b"{", "not_json"),
        (b"\xff", "not_json"),
        (b'{"decisions": [NaN]}', "not_json"),
        (b'{"decisions": [{"reason": Infinity}]}', "not_json"),
        (b'{"decisions": [], "decisions": []}', "not_json"),
        (b'{"decisions": [{"action": "confirm", "action": "reject"}]}', "not_json"),
        (b'{"decisions": [{"reason": "\\ud800"}]}', "not_json"),
        (b"[" * 200_000, "not_json"),
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "not_json"),
        (b"1" * 10_000, "not_json"),
        (b"[]", "no_decisions"),
        (b"null", "no_decisions"),
        (b'{"decisions": []}', "no_decisions"),
        (b'{"decisions": {}}', "no_decisions"),
        (b'{"decisions": [7]}', "no_decisions"),
        (b'{"decisions": [%s]}' % b",".join([b"{}"] * (MOST + 1)), "no_decisions"),
    ],
)
def test_a_body_of_something_else_is_refused(opened: Opened, body: bytes, code: str) -> None:
    answer = opened.client.request("POST", f"{HOME}decide", content=body, headers={"content-type": "application/json"})
    assert (answer.status_code, answer.json()["error"]) == (422, code)
    assert answer.json()["message_zh"]
    assert answer.json()["message_en"]


def test_a_body_has_a_size(opened: Opened) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(50):
            yield b" " * (LARGEST // 20)

    headers = {"content-type": "application/json"}
    for body in (b" " * (LARGEST + 1), endless()):
        assert opened.client.request("POST", f"{HOME}decide", content=body, headers=headers).status_code == 413  # type: ignore[arg-type]
    assert opened.client.request("POST", f"{HOME}decide", content=b" " * LARGEST, headers=headers).status_code == 422


def test_what_could_not_be_written_is_not_said_to_be(
    opened: Opened, row: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(file: int, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.write", full)
    answer = opened.post(about(row, "confirm"))
    assert (answer.status_code, answer.json()["error"]) == (500, "not_written")
    assert "No space left" in answer.json()["message_zh"]


def test_every_refusal_has_words() -> None:
    rows = table("review_refusals")
    assert len({row["code"] for row in rows}) == len(rows)
    assert all(row["zh"] and row["en"] and row["example"] for row in rows)


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
