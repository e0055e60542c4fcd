"""What the review server takes from a page: decisions looked at in every part, or refused with nothing written."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from made_review import about, target
from test_review import HOME, Opened
from test_review import opened as opened
from test_review import row as row

import zhengce.review
from zhengce.amend.edit import moment, read_edits
from zhengce.lexicon import table
from zhengce.review.app import LARGEST
from zhengce.review.decision import MOST
from zhengce.review.ledger import Ledger

REVIEW = Path(zhengce.review.__file__).parent


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
    used = {code for path in REVIEW.glob("*.py") for code in re.findall(r'Refused\("(\w+)"', path.read_text("utf-8"))}
    assert [row["code"] for row in rows] == list(dict.fromkeys(row["code"] for row in rows))
    assert used == {row["code"] for row in rows}
    assert all(row["zh"] and row["en"] for row in rows)
