"""The server and its pages together: what is decided in a browser is in the file, and nothing leaves this machine."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from made_review import HOSTILE, TEXTS
from test_batch import lay, stand_in
from test_cli_review import posix, running

from zhengce import batch

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    opened, told = context.new_page(), list[str]()
    opened.on("console", lambda message: told.append(message.text))
    opened.on("pageerror", lambda error: told.append(str(error)))
    yield opened
    assert told == [], "nothing on the console, no breach of either policy"
    context.close()


@posix
def test_what_is_decided_in_the_browser_is_in_the_file_and_in_the_next_tab(tmp_path: Path, page: Page) -> None:
    batch.run([lay(tmp_path / "in", **TEXTS)], tmp_path / "out", process=stand_in)
    edits, asked = tmp_path / "out" / "edits.jsonl", list[str]()
    page.on("request", lambda request: asked.append(request.url))
    with running(tmp_path / "out", "--coder", "甲组") as server:
        page.goto(server.told["url"])
        page.fill("#query", "數字ＡＩ就業")
        page.press("#query", "Enter")
        page.click("#hits .hit a")
        page.wait_for_url("**/documents/*")
        page.keyboard.press("j")
        for count, key in enumerate("ynu", start=1):
            with page.expect_response("**/decide") as answered:
                page.keyboard.press(key)
            assert answered.value.status == 200
            told = [json.loads(line) for line in edits.read_text(encoding="utf-8").splitlines()]
            assert len(told) == count
        assert [line["action"] for line in told] == ["confirm", "reject", "undo"]
        assert {line["coder"] for line in told} == {"甲组"}
        second = page.context.new_page()
        second.goto(page.url)
        assert second.evaluate("document.title") == page.title()
        assert HOSTILE.split(">")[0] in page.title(), "a title is only ever text"
        assert all(url.startswith((server.told["url"], "blob:", "data:")) for url in asked)
