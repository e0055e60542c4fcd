"""A review server that is killed: what it acknowledged is there, what was half written is gone, and posting goes on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import Any

import httpx
import made_review
import pytest
from made_review import FakePages, about, target

from zhengce.amend.edit import read_edits

HERE = Path(__file__).parent
pytest.importorskip("uvicorn")


@contextmanager
def serving(edits: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(HERE), *sys.path])}
    line = [sys.executable, made_review.__file__, str(edits)]
    with subprocess.Popen(line, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        try:
            yield process, json.loads(process.stdout.readline())["url"]
        finally:
            process.kill()


def post_until_killed(url: str, row: dict[str, Any], taken: list[str], over: Event) -> None:
    """Post two decisions at a time; `taken` are the ids of those that were acknowledged."""
    with httpx.Client(trust_env=False) as client:
        for number in range(100_000):
            reason = f"第{number}次" * (1 + number % 300)
            body = {"decisions": [about(row, "reject", reason=reason[:2000]), about(row, "confirm")]}
            try:
                answer = client.post(f"{url}decide", json=body)
            except httpx.TransportError:
                break
            assert answer.status_code == 200
            taken += [line["edit"] for line in answer.json()["decisions"]]
            if over.is_set():
                break


def test_every_acknowledged_decision_is_there_after_a_kill(tmp_path: Path) -> None:
    edits, row = tmp_path / "edits.jsonl", target(FakePages())
    taken: list[str] = []
    for seconds in (0.02, 0.11, 0.23, 0.31):
        with serving(edits) as (process, url):
            before, over = len(taken), Event()
            client = Thread(target=post_until_killed, args=(url, row, taken, over))
            client.start()
            while len(taken) == before:
                time.sleep(0.001)
            time.sleep(seconds)
            process.kill()
            process.wait()
            over.set()
            client.join()
            assert len(taken) > before, "posting goes on"
        stored = [edit.id for edit in read_edits(edits)]
        assert set(taken) <= set(stored)
        assert len(stored) == len(set(stored))
    with serving(edits) as (_, url):
        over = Event()
        over.set()
        post_until_killed(url, row, taken, over)
    assert set(taken) <= {edit.id for edit in read_edits(edits)}


def test_a_line_that_was_being_written_is_cut_off_at_the_next_start(tmp_path: Path) -> None:
    edits, row = tmp_path / "edits.jsonl", target(FakePages())
    over, taken = Event(), []
    over.set()
    with serving(edits) as (_, url):
        post_until_killed(url, row, taken, over)
    with edits.open("ab") as file:
        file.write(edits.read_bytes()[:77])
    with serving(edits) as (process, url):
        post_until_killed(url, row, taken, over)
        process.kill()
        assert process.stderr
        assert process.stderr.read() == b"cut 77\n"
    assert [edit.id for edit in read_edits(edits)] == taken
    assert edits.read_bytes().endswith(b"}\n")
