"""The edits file: nothing that was written is lost or changed, whatever is cut off, by whomever."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhengce.amend.edit import moment, read_edits
from zhengce.errors import BadUsage
from zhengce.review.ledger import Ledger, Line

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


def said(edit: str, **more: Any) -> dict[str, Any]:
    return {
        "edit": edit, "action": "confirm", "coder": "甲", "document": "d", "table": "targets", "record": "d-target-1",
        **more,
    }  # fmt: skip


def append(ledger: Ledger, *lines: Line) -> list[Line]:
    return ledger.append(lambda known: lines)


def ids(lines: Sequence[Line]) -> list[str]:
    return [line["edit"] for line in lines]


def test_a_file_is_made_with_the_first_decision_and_reads_as_corrections(tmp_path: Path) -> None:
    path = tmp_path / "edits.jsonl"
    ledger = Ledger(path)
    assert not path.exists()
    stored = append(ledger, said("a1", reason="写作\u2028换行"), said("a2"))
    assert [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n")[:-1]] == stored
    assert [(edit.id, edit.reason) for edit in read_edits(path)] == [("a1", "写作\u2028换行"), ("a2", None)]
    assert list(Ledger(path).lines()) == list(ledger.lines()) == stored


def test_times_only_grow_whatever_the_clock_says(tmp_path: Path) -> None:
    path = tmp_path / "e.jsonl"
    line = json.dumps(said("future", time="2999-01-01T00:00:00+08:00"))
    path.write_text(line + "\n", encoding="utf-8")
    ledger = Ledger(path)
    stored = [*append(ledger, said("b1"), said("b2")), *append(ledger, said("b3")), *append(Ledger(path), said("b4"))]
    times = [moment(line["time"]) for line in stored]
    assert times == sorted(set(times))
    assert times[0] > moment("2999-01-01T00:00:00+08:00")
    assert all(line["time"][-6] in "+-" and len(line["time"]) == 32 for line in stored)
    path.write_text(json.dumps(said("end", time="9999-12-31T23:59:59.999999Z")) + "\n", encoding="utf-8")
    assert ids(append(Ledger(path), said("c1"))) == ["c1"], "there is no later time, and no error"


def test_a_line_without_an_id_has_that_of_the_corrections(tmp_path: Path) -> None:
    path = tmp_path / "e.jsonl"
    old = {name: value for name, value in said("x", time="2026-03-01").items() if name != "edit"}
    path.write_text("\ufeff" + json.dumps(old, ensure_ascii=False) + "\r\n\n", encoding="utf-8", newline="")
    ledger = Ledger(path)
    assert ids(ledger.lines()) == [read_edits(path)[0].id]
    append(ledger, said("new"))
    assert ids(Ledger(path).lines()) == [edit.id for edit in read_edits(path)]


@given(
    st.lists(st.lists(WORDS, min_size=1, max_size=3), min_size=1, max_size=6),
    st.data(),
    st.sampled_from(["", "\0" * 7]),
)
@settings(max_examples=60, deadline=None)
def test_whatever_is_cut_off_at_the_end_all_whole_lines_stay(
    tmp_path_factory: pytest.TempPathFactory, requests: list[list[str]], data: st.DataObject, zeros: str
) -> None:
    path = tmp_path_factory.mktemp("ledger") / "e.jsonl"
    ledger = Ledger(path)
    for at, reasons in enumerate(requests):
        append(ledger, *(said(f"{at}-{place}", reason=reason) for place, reason in enumerate(reasons)))
        if data.draw(st.booleans()):
            whole = path.read_bytes()
            cut = data.draw(st.integers(0, len(whole)))
            path.write_bytes(whole[:cut] + zeros.encode())
            kept = whole[:cut].split(b"\n")
            expected = [json.loads(line) for line in kept[:-1]]
            if cut < len(whole) and whole[cut : cut + 1] == b"\n" and not zeros:
                expected.append(json.loads(kept[-1]))  # only its line break is missing
            told: list[int] = []
            ledger = Ledger(path, on_cut=told.append)
            assert list(ledger.lines()) == expected
            assert bool(told) == (path.stat().st_size < cut + len(zeros))
            assert path.read_bytes() == b"".join(line + b"\n" for line in whole.split(b"\n")[: len(expected)])
    append(ledger, said("last"))
    assert ids(ledger.lines())[-1] == "last"
    assert len(read_edits(path)) == len(ledger.lines())


def test_a_server_that_runs_ends_the_torn_line_of_another_before_it_writes(tmp_path: Path) -> None:
    path = tmp_path / "e.jsonl"
    told: list[int] = []
    ledger = Ledger(path, on_cut=told.append)
    append(ledger, said("a"))
    with path.open("ab") as other:
        other.write(b'{"edit": "torn", "action": "conf')
    append(ledger, said("b"))
    assert (ids(ledger.lines()), told) == (["a", "b"], [32])
    with path.open("ab") as other:
        other.write(json.dumps(said("whole", time="2026-03-01")).encode())
    append(ledger, said("c"))
    assert ids(ledger.lines()) == ids(Ledger(path).lines()) == ["a", "b", "whole", "c"]


def test_what_others_write_is_read_on_and_a_replaced_file_anew(tmp_path: Path) -> None:
    path = tmp_path / "e.jsonl"
    one, other = Ledger(path), Ledger(path)
    append(one, said("a"))
    append(other, said("b"))
    append(one, said("c"))
    assert ids(one.lines()) == ids(other.lines()) == ["a", "b", "c"]
    lines = path.read_bytes().split(b"\n")[:-1]
    (tmp_path / "new").write_bytes(b"\n".join([lines[1], lines[0], *lines[2:], lines[2].replace(b'"c"', b'"d"'), b""]))
    (tmp_path / "new").replace(path)
    assert ids(one.lines()) == ["b", "a", "c", "d"]
    path.write_bytes(lines[0] + b"\n")
    assert ids(other.lines()) == ["a"]
    path.unlink()
    assert ids(one.lines()) == []
    append(one, said("e"))
    assert ids(other.lines()) == ["e"]


def test_a_repeated_id_is_not_written_again(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "e.jsonl")
    (stored,) = append(ledger, said("a"))
    before = ledger.path.read_bytes()
    assert ledger.append(lambda known: [known[0]]) == [stored]
    assert ledger.path.read_bytes() == before


def test_threads_do_not_mix(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "e.jsonl")
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda at: append(ledger, said(f"{at}-0"), said(f"{at}-1")), range(40)))
    found = ids(Ledger(ledger.path).lines())
    assert len(set(found)) == 80
    assert all(one.split("-")[0] == two.split("-")[0] for one, two in zip(found[::2], found[1::2], strict=True))


@pytest.mark.parametrize(
    "content",
    [
        b"notes of mine",
        b"first\nsecond\n",
        b"[1]\n",
        b'{"a": 1}\n',
        b'{"a": NaN}\n{"',
        b"\xff\xfe\n",
        b"PK\x03\x04" * 9,
    ],
)
def test_a_file_of_something_else_is_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "thesis.docx"
    path.write_bytes(content)
    with pytest.raises(BadUsage, match="thesis"):
        Ledger(path)
    assert path.read_bytes() == content


def test_what_cannot_be_written_is_told_at_once(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "gone" / "e.jsonl", Path(os.devnull)):
        with pytest.raises(BadUsage):
            Ledger(path)


def test_a_full_disk_leaves_no_half_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = Ledger(tmp_path / "e.jsonl")
    append(ledger, said("a"))
    before, write = ledger.path.read_bytes(), os.write
    monkeypatch.setattr(os, "write", lambda file, data: write(file, data[:20]))
    with pytest.raises(OSError, match="space"):
        append(ledger, said("b"))
    assert ledger.path.read_bytes() == before
    monkeypatch.setattr(os, "write", write)

    def no_sync(file: int) -> None:
        raise OSError(5, "bad disk")

    monkeypatch.setattr(os, "fsync", no_sync)
    with pytest.raises(OSError, match="bad disk"):
        append(ledger, said("b"))
    assert ledger.path.read_bytes() == before, "what is not on disk is not said to be decided"
    monkeypatch.undo()
    append(ledger, said("b"))
    assert ids(Ledger(ledger.path).lines()) == ["a", "b"]
