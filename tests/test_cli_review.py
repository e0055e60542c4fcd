"""`zhengce review`: the address, the end by Ctrl-C, what cannot be, and bad clients of a real server."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from test_batch import lay, stand_in

from zhengce import batch
from zhengce.cli import main, review
from zhengce.review import decision, server
from zhengce.write.stored import stored

posix = pytest.mark.skipif(sys.platform == "win32", reason="sends Ctrl-C as POSIX does")


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("review")
    lay(folder / "in", a="甲市\n全年新增就业500人。", b="乙市\n新增就业3人，新增就业4人。")
    batch.run([folder / "in"], folder / "out", process=stand_in)
    return folder / "out"


@dataclass
class Running:
    """A server process, what it said on standard output, and its port."""

    process: subprocess.Popen[bytes]
    told: dict[str, str]

    @property
    def port(self) -> int:
        return int(self.told["url"].split(":")[2].split("/")[0])

    def interrupted(self) -> str:
        """Standard error, after Ctrl-C."""
        self.process.send_signal(signal.SIGINT)
        _, error = self.process.communicate(timeout=20)
        assert self.process.returncode == 0, error
        return error.decode()

    def raw(self, request: bytes) -> bytes:
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as client:
            found = []
            with suppress(ConnectionError):  # it may close before it has read everything
                client.sendall(request)
                while piece := client.recv(65536):
                    found.append(piece)
            return b"".join(found)


@contextmanager
def running(*words: object, **environment: str) -> Iterator[Running]:
    held = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    held |= {"PYTHONPATH": os.pathsep.join(sys.path), "PYTHONIOENCODING": "utf-8", "LC_ALL": "C"} | environment
    line = [sys.executable, "-m", "zhengce", "review", *map(str, words)]
    with subprocess.Popen(line, env=held, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        try:
            yield Running(process, json.loads(process.stdout.readline()))
        finally:
            process.kill()


def decision_on(row: dict[str, Any], **more: object) -> dict[str, Any]:
    named = {name: row[name] for name in ("document", "record", "quote", "start", "end")}
    return {"decisions": [{"action": "confirm", "table": "targets", "coder": "甲", **named, **more}]}


@posix
def test_it_serves_until_ctrl_c_and_keeps_every_decision(out: Path, tmp_path: Path) -> None:
    edits, (row, *_) = tmp_path / "second.jsonl", stored(out, "targets")
    with running(out, "--edits", edits, "--coder", "乙组") as server, httpx.Client(trust_env=False) as client:
        assert server.told == {"url": server.told["url"], "edits": str(edits), "coder": "乙组"}
        page = client.get(server.told["url"])
        assert page.status_code == 200
        assert "server" not in page.headers
        assert client.get(f"{server.told['url']}documents/{row['document']}.html").status_code == 200
        assert client.post(f"{server.told['url']}decide", json=decision_on(row)).status_code == 200
        assert client.get(server.told["url"].replace("127.0.0.1", "localhost")).status_code == 200
        error = server.interrupted()
    assert error.count(server.told["url"]) == 1, "no log has the token"
    assert all(len(line) < 80 for line in error.splitlines() if str(edits) not in line)
    assert error.splitlines()[-1] == f"Ended. Decisions: {edits}"
    assert len(edits.read_text(encoding="utf-8").splitlines()) == 1
    assert not (out / "edits.jsonl").exists(), "the first coder's file is not touched"


@posix
def test_slow_and_broken_clients_hinder_nobody(out: Path, tmp_path: Path) -> None:
    (row, *_) = stored(out, "targets")
    with running(out, "--edits", tmp_path / "e.jsonl") as server, httpx.Client(trust_env=False) as client:
        url, host = server.told["url"], f"127.0.0.1:{server.port}".encode()
        path = url.split(str(server.port))[1].encode()
        head = (
            b"POST "
            + path
            + b"decide HTTP/1.1\r\nHost: "
            + host
            + b"\r\nConnection: close\r\nContent-Type: application/json\r\n"
        )
        waiting = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(30)]
        for at, one in enumerate(waiting):
            one.sendall((head + b"Content-Length: 500000\r\n\r\n{", b"GET " + path, b"")[at % 3])
        assert b" 400 " in server.raw(b"\x16\x03\x01\x02\x00 hello\r\n\r\n")
        with socket.create_connection(("127.0.0.1", server.port)) as large, suppress(ConnectionError):
            large.sendall(head + b"Content-Length: 9000000\r\n\r\n" + b" " * 9_000_000)
        other = b"GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
        for request in (b"GET / HTTP/1.0\r\n\r\n", other):
            assert b" 403 " in server.raw(request)
        for name in (b"../edits.jsonl", b"%2e%2e/%2e%2e/etc/passwd", b"documents/..%2f..%2fe.jsonl", b"//etc/passwd"):
            answer = server.raw(
                b"GET " + path + name + b" HTTP/1.1\r\nHost: " + host + b"\r\nConnection: close\r\n\r\n"
            )
            assert b" 404 " in answer
            assert b"x-frame-options: DENY" in answer
            assert b"uvicorn" not in answer
        with ThreadPoolExecutor(2) as tabs:
            answers = list(tabs.map(lambda at: client.post(f"{url}decide", json=decision_on(row)), range(20)))
        assert {answer.status_code for answer in answers} == {200}
        error = server.interrupted()
        for one in waiting:
            one.close()
    assert len((tmp_path / "e.jsonl").read_text(encoding="utf-8").splitlines()) == 20
    assert "Traceback" not in error
    assert error.count(path.decode()) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="127.0.0.2 is this machine on Linux only")
def test_nobody_else_reaches_it_and_a_port_is_taken_once(
    out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with running(out, "--edits", tmp_path / "e.jsonl") as server:
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.2", server.port), timeout=5)
        words = ["review", str(out), "--port", str(server.port), "--edits", str(tmp_path / "f.jsonl"), "--lang", "en"]
        assert main(words) == 2
        assert f"port {server.port} cannot be used" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["EMPTY"], "EMPTY"),
        (["GONE"], "GONE"),
        (["OUT", "--edits", "EMPTY"], "is no file"),
        (["OUT", "--edits", "GONE/e.jsonl"], "cannot be written"),
        (["OUT", "--edits", "OUT/documents.jsonl"], "a decision needs"),
        (["OUT", "--port", "65536"], "not a port"),
        (["OUT", "--port", "-1"], "not a port"),
        (["OUT", "--port", "８０"], "not a port"),
        (["OUT", "--coder", "甲\n乙"], "a name is one line"),
        (["OUT", "--coder", "甲" * 61], "a name is one line"),
        (["OUT", "--coder", ""], "a name is one line"),
    ],
)
def test_what_cannot_be_ends_with_2_and_a_reason(
    out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], reason: str
) -> None:
    (tmp_path / "EMPTY").mkdir()
    places = {"OUT": str(out), "EMPTY": str(tmp_path / "EMPTY"), "GONE": str(tmp_path / "GONE")}
    told = [places.get(word.split("/")[0], word.split("/")[0]) + word[len(word.split("/")[0]) :] for word in words]
    assert main(["review", *told, "--lang", "en"]) == 2
    printed = capsys.readouterr()
    assert reason in printed.err
    assert printed.out == ""


Serve = Callable[..., None]


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The browser's windows, with a server that ends as soon as it has begun."""
    opened: list[str] = []
    monkeypatch.setattr(server, "serve", lambda pages, ledger, *, port, on_open: on_open("http://127.0.0.1:1/t/"))
    monkeypatch.setattr("webbrowser.open", opened.append)
    monkeypatch.setattr("sys.platform", "linux")
    for variable in ("DISPLAY", "WAYLAND_DISPLAY", "ZHENGCE_CODER"):
        monkeypatch.delenv(variable, raising=False)
    return opened  # type: ignore[return-value]


def coder(out: Path, capsys: pytest.CaptureFixture[str], words: Sequence[str] = ()) -> str:
    assert main(["review", str(out), *words]) == 0
    return str(json.loads(capsys.readouterr().out)["coder"])


def test_the_browser_opens_where_there_is_a_screen(
    out: Path, served: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    coder(out, capsys)
    assert served == []
    monkeypatch.setenv("DISPLAY", ":0")
    coder(out, capsys, ["--no-browser"])
    assert served == []
    coder(out, capsys)
    assert served == ["http://127.0.0.1:1/t/"]


def test_a_coder_has_a_name(
    out: Path, served: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("getpass.getuser", lambda: "张\u202e三\n")
    assert coder(out, capsys) == "张 三"
    monkeypatch.setenv("ZHENGCE_CODER", "甲组")
    assert coder(out, capsys) == "甲组"
    assert coder(out, capsys, ["--coder", "乙组"]) == "乙组"
    monkeypatch.delenv("ZHENGCE_CODER")

    def nobody() -> str:
        raise OSError("no user")

    monkeypatch.setattr("getpass.getuser", nobody)
    assert coder(out, capsys) == "coder"
    assert review.NAME == decision.NAME


def test_the_extra_is_asked_for_where_it_is_missing(
    out: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(server, "find_spec", lambda name: None if name == "uvicorn" else name)
    assert main(["review", str(out)]) == 2
    assert 'pip install "zhengce[review]"' in capsys.readouterr().err


def test_the_server_is_deaf_to_the_network_and_leaves_no_log(
    out: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    import uvicorn
    from made_review import FakePages

    from zhengce.review.ledger import Ledger

    asked: list[Any] = []
    addresses: list[str] = []
    monkeypatch.setattr(uvicorn.Server, "run", lambda self, sockets: asked.append((self.config, sockets)))
    for _ in range(2):
        server.serve(FakePages(), Ledger(tmp_path / "e.jsonl"), on_open=addresses.append)
    config, _ = asked[0]
    assert [config.access_log, config.proxy_headers, config.server_header] == [False] * 3
    tokens = {address.rstrip("/").split("/")[-1] for address in addresses}
    assert len(tokens) == 2, "a new one each time"
    assert all(len(token) >= 32 and token.replace("-", "").replace("_", "").isalnum() for token in tokens)
