"""What fetching leaves behind: an archive that extract reads, that no killed run breaks, that grows by versions."""

import gzip
import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("httpx")
pytest.importorskip("protego")
pytest.importorskip("tenacity")

from fetched import HASTY, fetch, log, notice, visit
from misbehaving_server import Request, Site, page, raw, serving
from warcio.archiveiterator import ArchiveIterator

from zhengce import batch
from zhengce.errors import BadUsage
from zhengce.inputs import contents, plan


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


def records(folder: Path) -> list[dict[str, Any]]:
    """All records of the WARC file, their digests checked."""
    found = []
    with (folder / "pages.warc.gz").open("rb") as file:
        for record in ArchiveIterator(file, check_digests="raise"):
            about = dict(record.rec_headers.headers)
            first = record.http_headers and f"{record.http_headers.protocol} {record.http_headers.statusline}"
            headers = dict(record.http_headers.headers) if record.http_headers else {}
            found.append({"about": about, "first": first, "headers": headers, "body": record.raw_stream.read()})
    return found


def bodies(folder: Path) -> list[bytes]:
    return [one["body"] for one in records(folder) if one["about"]["WARC-Type"] == "response"]


def documents(folder: Path, out: Path) -> list[dict[str, Any]]:
    summary = batch.run([folder], out)
    assert summary.failures == ()
    return [json.loads(line) for line in (out / "documents.jsonl").read_text(encoding="utf-8").splitlines()]


def test_what_is_kept_is_what_was_sent(site: Site, tmp_path: Path) -> None:
    body = notice().encode("gb18030")
    site.acts = {"/a?b=c": [page(body, ETag='"x"', Last_Modified="Mon, 06 May 2024 00:00:00 GMT", X_Own="通知")]}
    fetch(tmp_path, f"{site.address}/a?b=c", contact="who@example.org")
    (line,) = log(tmp_path)
    assert (line["address"], line["final"]) == (f"{site.address}/a?b=c",) * 2
    assert (line["status"], line["etag"], line["error"], line["attempts"]) == (200, '"x"', None, 1)
    assert (line["content_type"], line["last_modified"]) == ("text/html", "Mon, 06 May 2024 00:00:00 GMT")
    assert (line["sha256"], line["bytes"]) == (hashlib.sha256(body).hexdigest(), len(body))
    info, answer, asked = records(tmp_path)
    assert b"zhengce/" in info["body"]
    assert b"who@example.org" in info["body"]
    assert (answer["first"], answer["body"]) == ("HTTP/1.1 200 OK", body)
    assert (answer["headers"]["ETag"], answer["about"]["WARC-Target-URI"]) == ('"x"', line["final"])
    assert (answer["about"]["WARC-Date"], answer["about"]["WARC-IP-Address"]) == (line["fetched"], "127.0.0.1")
    assert answer["about"]["WARC-Payload-Digest"].startswith("sha1:")
    assert (asked["first"], asked["about"]["WARC-Type"]) == ("GET /a?b=c HTTP/1.1", "request")
    assert "contact: who@example.org" in asked["headers"]["User-Agent"]
    assert asked["about"]["WARC-Concurrent-To"] == answer["about"]["WARC-Record-ID"]
    stored = (tmp_path / "pages.warc.gz").read_bytes()
    assert body in gzip.decompress(stored[line["offset"] : line["offset"] + line["length"]])


def test_extract_reads_the_folder_whatever_servers_say_of_their_pages(site: Site, tmp_path: Path) -> None:
    titles = ["关于促进就业的通知", "关于职业培训的意见", "关于返乡创业的方案"]
    chunk = notice(titles[1], 3).encode()
    site.acts = {
        "/wrong": [page(notice(titles[0]).encode("gbk"), kind="text/html; charset=iso-8859-1")],
        "/chunked": [raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
                         b"%x\r\n3\r\n<!%s\r\n0\r\n\r\n" % (len(chunk) + 5, chunk))],
        "/packed": [page(gzip.compress(notice(titles[2], 4).encode()), Content_Encoding="gzip")],
    }  # fmt: skip
    done = fetch(tmp_path / "in", *(site.address + path for path in site.acts))
    assert (done.fetched, done.failures) == (3, ())
    rows = documents(tmp_path / "in", tmp_path / "out")
    read = {row["source"].removeprefix(f"pages.warc.gz/{site.address}"): row for row in rows}
    assert [read[path]["title"] for path in ("/wrong", "/packed")] == [titles[0], titles[2]]
    assert titles[1] in read["/chunked"]["text"]
    logged = {line["final"].removeprefix(site.address): line["sha256"] for line in log(tmp_path / "in")}
    assert {path: row["sha256"] for path, row in read.items()} == logged, "the hash is the document's, however packed"
    targets = map(json.loads, (tmp_path / "out" / "targets.jsonl").read_text(encoding="utf-8").splitlines())
    assert {row["value"] for row in targets} >= {"20000", "30000", "40000"}


def test_a_second_run_asks_for_nothing(site: Site, tmp_path: Path) -> None:
    site.acts = {"/a": [page(b"a")], "/c": [page(b"c")]}
    addresses = [f"{site.address}/{name}" for name in ("a", "b", "a#again", "c")]
    done = fetch(tmp_path, *addresses)
    assert (done.addresses, done.fetched, len(done.failures), done.bytes) == (3, 2, 1, 2)
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    asked = len(site.asked)
    done = fetch(tmp_path, *addresses)
    assert (done.fetched, done.kept, len(done.failures)) == (0, 2, 1)
    assert len(site.asked) == asked
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before
    site.acts["/b"] = [page(b"b")]
    done = fetch(tmp_path, *addresses, retry_failed=True)
    assert (done.fetched, done.kept, done.failures) == (1, 2, ())
    assert site.paths()[-1] == "/b"
    assert sorted(bodies(tmp_path)) == [b"a", b"b", b"c"]


def versioned(body: bytes, etag: str) -> Callable[[Request], None]:
    """A page that says 304 to those who have it."""

    def act(request: Request) -> None:
        has = request.headers["If-None-Match"] == etag
        (raw(b"HTTP/1.1 304 Not Modified\r\n\r\n") if has else page(body, ETag=etag))(request)

    return act


def test_versions_of_an_address_are_documents_beside_each_other(site: Site, tmp_path: Path) -> None:
    old, new = notice("关于促进就业的通知", 2).encode(), notice("关于促进就业的通知", 5).encode()
    same = page(notice("关于职业培训的意见", 3).encode())  # a server that knows nothing of versions
    site.acts = {"/a": [versioned(old, '"1"')], "/b": [same]}
    addresses = [f"{site.address}/{name}" for name in "ab"]
    folder = tmp_path / "in"
    assert fetch(folder, *addresses).fetched == 2
    done = fetch(folder, *addresses, refresh=True)
    assert (done.fetched, done.unchanged) == (0, 2)
    assert [line["status"] for line in log(folder)] == [200, 200, 304, 200]
    assert len(bodies(folder)) == 2, "what has not changed is not kept twice"
    site.acts["/a"] = [versioned(new, '"2"')]
    assert fetch(folder, *addresses, refresh=True).fetched == 1
    site.acts["/a"] = [page(b"", status="500 Oh")]
    assert len(fetch(folder, *addresses, refresh=True).failures) == 1
    site.acts["/a"] = [versioned(new, '"2"')]
    assert fetch(folder, addresses[0], retry_failed=True).unchanged == 1, "a failure does not forget the copy"
    name = f"pages.warc.gz/{addresses[0]}"
    assert [data for item, data in contents(plan([folder])) if item.name == name] == [old, new]
    assert [row["source"] for row in documents(folder, tmp_path / "out")].count(name) == 2


def test_conditions_are_told_to_who_sent_the_copy_only(site: Site, tmp_path: Path) -> None:
    site.acts = {"/a": [page(b"a", ETag='"通知"')], "/b": [page(b"b", ETag='"1"')]}
    site.acts["/to"] = [raw(b"HTTP/1.1 302 Found\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n")]
    for _ in range(2):
        fetch(tmp_path, f"{site.address}/a", f"{site.address}/to", refresh=True)
    told = [(path, headers.get("If-None-Match")) for path, headers in site.asked if path != "/robots.txt"]
    assert told == [("/a", None), ("/to", None), ("/b", None), ("/a", None), ("/to", None), ("/b", '"1"')]


@pytest.mark.parametrize(
    "garbage", [b"", b"\0" * 500, b"\x1f\x8b\x08\x00garbled", b"WARC/1.1\r\nWARC-Type: response\r\n"]
)
@pytest.mark.parametrize("lost", [0, 5, 40, 10_000])
def test_a_tail_that_is_no_answer_is_cut_off(site: Site, tmp_path: Path, garbage: bytes, lost: int) -> None:
    site.acts = {f"/{name}": [page(name.encode() * 9)] for name in "abcd"}
    addresses = [f"{site.address}/{name}" for name in "abcd"]
    fetch(tmp_path, *addresses[:3])
    pages, lines = tmp_path / "pages.warc.gz", tmp_path / "fetched.jsonl"
    stored = pages.read_bytes()
    pages.write_bytes(stored[: max(len(stored) - lost, 0)] + garbage)
    if not lost:  # the run was ended after it wrote the third answer, and within the line about it
        lines.write_bytes(lines.read_bytes()[:-30])
    site.asked.clear()
    done = fetch(tmp_path, *addresses)
    asked = {0: ["/c", "/d"], 10_000: ["/a", "/b", "/c", "/d"]}.get(lost, ["/c", "/d"])
    assert site.paths() == asked
    assert (done.fetched, done.kept) == (len(asked), 4 - len(asked))
    assert sorted(bodies(tmp_path)) == [name.encode() * 9 for name in "abcd"]
    assert len(log(tmp_path)) == 4
    assert fetch(tmp_path, *addresses).kept == 4


def test_bytes_that_changed_within_the_last_answer_are_fetched_again(site: Site, tmp_path: Path) -> None:
    site.acts = {"/a": [page(b"a" * 99)], "/b": [page(b"b" * 99)]}
    addresses = [f"{site.address}/a", f"{site.address}/b"]
    fetch(tmp_path, *addresses)
    pages = tmp_path / "pages.warc.gz"
    data = bytearray(pages.read_bytes())
    data[visit(tmp_path)["offset"] + 60] ^= 0xFF
    pages.write_bytes(data)
    assert fetch(tmp_path, *addresses).fetched == 1
    assert bodies(tmp_path) == [b"a" * 99, b"b" * 99]


@pytest.mark.parametrize("line", [b"\0\0\0\n", b"[1]\n", b'{"address": "x"}\n', b"\xff\n"])
def test_a_line_of_the_log_that_is_none_costs_nothing_else(site: Site, tmp_path: Path, line: bytes) -> None:
    site.acts = {"/a": [page(b"a")], "/b": [page(b"b")]}
    fetch(tmp_path, f"{site.address}/a", f"{site.address}/b")
    lines = (tmp_path / "fetched.jsonl").read_bytes().splitlines(keepends=True)
    (tmp_path / "fetched.jsonl").write_bytes(lines[0] + line + lines[1])
    assert fetch(tmp_path, f"{site.address}/a", f"{site.address}/b").kept == 2
    assert (tmp_path / "fetched.jsonl").read_bytes() == lines[0] + lines[1]


@pytest.mark.parametrize(
    ("name", "data"), [("pages.warc.gz", gzip.compress(b"WARC/1.0\r\n")), ("fetched.jsonl", b'{"mine": 1}\n')]
)
def test_files_of_others_are_left_alone(site: Site, tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(BadUsage, match="another folder"):
        fetch(tmp_path, f"{site.address}/a")
    assert (tmp_path / name).read_bytes() == data


def test_two_runs_do_not_write_to_one_folder(site: Site, tmp_path: Path) -> None:
    said: list[str] = []

    def second(request: Request) -> None:
        with pytest.raises(BadUsage) as refused:
            fetch(tmp_path, f"{site.address}/b")
        said.append(str(refused.value))
        page(b"a")(request)

    site.acts = {"/a": [second]}
    assert fetch(tmp_path, f"{site.address}/a", manners=HASTY).fetched == 1
    assert "another zhengce fetch" in said[0]


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGINT])
def test_a_run_that_was_ended_goes_on(site: Site, tmp_path: Path, end: signal.Signals) -> None:
    names = [str(number) for number in range(8)]
    site.acts = {f"/{name}": [page(notice(f"关于第{name}项的通知", int(name) + 1).encode())] for name in names}
    good = site.acts["/5"]

    def stuck(request: Request) -> None:
        request.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\nhalf")
        request.site.over.wait(30)

    site.acts["/5"] = [stuck]
    (tmp_path / "list.txt").write_text("".join(f"{site.address}/{name}\n" for name in names), encoding="utf-8")
    out = tmp_path / "out"
    command = ["fetch", tmp_path / "list.txt", "-o", out, "--delay", "0", "--allow-private", "--lang", "en"]
    line = [sys.executable, "-m", "zhengce", *map(str, command)]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    run = subprocess.Popen(line, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    patience = time.monotonic() + 30
    while "/5" not in site.paths() and time.monotonic() < patience:
        time.sleep(0.01)
    run.send_signal(end)
    told, said = run.communicate(timeout=30)
    if end == signal.SIGINT:
        assert (run.returncode, json.loads(told)["interrupted"]) == (130, True)
        assert "goes on where it was stopped" in said
    else:
        assert run.returncode == -signal.SIGKILL
        stored = (out / "pages.warc.gz").read_bytes()
        (out / "pages.warc.gz").write_bytes(stored + stored[:300])  # the worst moment: in the middle of an answer
    assert len(log(out)) == 5
    site.acts["/5"] = good
    site.asked.clear()
    done = fetch(out, *(f"{site.address}/{name}" for name in names))
    assert (done.kept, done.fetched, site.paths()) == (5, 3, ["/5", "/6", "/7"])
    assert sorted(row["title"] for row in documents(out, tmp_path / "tables")) == [
        f"关于第{name}项的通知" for name in names
    ]
