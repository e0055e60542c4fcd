"""The server and its pages together: what is decided in a browser is in the file, and nothing leaves this machine."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from made_comparison import comparison
from made_review import HOSTILE, TEXTS
from made_run import made_run
from test_batch import lay, stand_in
from test_cli_review import posix, running

from zhengce import batch
from zhengce.cli import main
from zhengce.write.stored import stored

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


FORGIVEN: list[str] = []  # what a test brings about on purpose


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    opened, told = context.new_page(), list[str]()
    opened.on("console", lambda message: told.append(message.text))
    opened.on("pageerror", lambda error: told.append(str(error)))
    FORGIVEN.clear()
    yield opened
    left = [one for one in told if not any(words in one for words in FORGIVEN)]
    assert left == [], "nothing on the console, no breach of either policy"
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


def signed(page: Page, url: str, document: str) -> None:
    page.goto(f"{url}documents/{document}.html")
    page.keyboard.press("j")


@posix
def test_what_was_decided_is_there_after_a_reload_and_after_a_kill(tmp_path: Path, page: Page) -> None:
    out = made_run(tmp_path)
    document = next(str(row["document"]) for row in stored(out, "documents") if row["source"] == "opinion.txt")
    with running(out, "--coder", "甲组") as server:
        signed(page, server.told["url"], document)
        for key in "yyn":
            with page.expect_response("**/decide"):
                page.keyboard.press(key)
        page.wait_for_selector("#bar[value='3']", state="attached")
        states = page.locator(".card .state").all_inner_texts()
        page.reload()
        assert page.locator(".card .state").all_inner_texts() == states
        os.kill(server.process.pid, signal.SIGKILL)
        server.process.wait(10)
        page.keyboard.press("j")
        page.keyboard.press("y")
        page.locator("#status", has_text="zhengce review").wait_for()
        assert page.evaluate("document.querySelector('#bar').value") == 3, "what was not saved is not shown as saved"
    FORGIVEN.append("ERR_CONNECTION_REFUSED")
    with running(out, "--coder", "甲组") as server:
        signed(page, server.told["url"], document)
        assert page.locator(".card .state").all_inner_texts() == states


@posix
def test_a_record_over_a_line_break_reaches_the_file_and_the_corrected_tables(tmp_path: Path, page: Page) -> None:
    out = made_run(tmp_path)
    about = next(row for row in stored(out, "documents") if row["source"] == "opinion.txt")
    with running(out, "--coder", "甲组") as server:
        signed(page, server.told["url"], str(about["document"]))
        page.evaluate(
            """() => {
              const lines = [...document.querySelectorAll("#clean p")];
              const first = lines.find((one) => one.textContent.includes("牵头")).lastChild;
              const last = lines.find((one) => one.textContent.includes("省财政厅"));
              getSelection().setBaseAndExtent(first, 0, last, last.childNodes.length);
            }"""
        )
        page.wait_for_selector("#marking", state="visible")
        page.keyboard.press("1")
        page.fill("form.edit [data-column=indicator]", "分工落实")
        page.select_option("form.edit [data-column=nature]", "qualitative")
        with page.expect_response("**/decide") as answered:
            page.keyboard.press("Enter")
        (line,) = answered.value.json()["decisions"]
    assert str(about["text"])[line["start"] : line["end"]] == line["quote"]
    assert "\n" in line["quote"]
    assert main(["apply-edits", str(out), "-o", str(tmp_path / "new"), "--quiet", "--format", "jsonl"]) == 0
    (added,) = (row for row in stored(tmp_path / "new", "targets") if row["rule"] == "edit.add")
    assert (added["quote"], added["indicator"]) == (line["quote"], "分工落实")
    assert added["raw_quote"]


@posix
def test_the_comparison_is_served_beside_the_documents(tmp_path: Path, page: Page) -> None:
    out = made_run(tmp_path)
    comparison(out)
    with running(out) as server:
        page.goto(server.told["url"])
        page.click("a[href='compare.html']")
        page.wait_for_url("**/compare.html")
        page.locator(".matrix .open").first.click()
        assert page.locator(".detail .clause").count() >= 2
