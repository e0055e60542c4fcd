"""Many inputs: which files there are, what becomes of each, and what stands in OUT after it."""

import hashlib
import json
import os
import re
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from zhengce.batch import FORMATS, run
from zhengce.document import Document, Header, Raw, Source
from zhengce.errors import BadUsage
from zhengce.flow import Outcome
from zhengce.inputs import Item, plan
from zhengce.record import Failure, Target
from zhengce.text import Alignment, Span
from zhengce.write.stored import stored

posix = pytest.mark.skipif(sys.platform == "win32", reason="needs links and modes of POSIX")


def stand_in(data: bytes, name: str, *, copies: tuple[str, ...] = ()) -> Outcome:
    """A target for each 新增就业N人; no document without UTF-8; Ctrl-C at a text that says so."""
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return Outcome(failure=Failure(source=name, sha256=sha256, error="UnknownFormat", message="no text in it"))
    if "按下停止" in text:
        raise KeyboardInterrupt
    source = Source(name=name, sha256=sha256, media_type="text/plain", encoding="utf-8", copies=copies)
    header = Header(title=text.partition("\n")[0] or None, kind="notice")
    raw = Raw(source=source, text=text)
    document = Document(raw=raw, text=text, alignment=Alignment.identity(len(text)), header=header)
    targets = tuple(
        Target(
            citation=document.cite(Span(start=found.start(), end=found.end())),
            rule="stand_in",
            indicator="新增就业",
            value=Decimal(found[1]),
            unit="人",
        )
        for found in re.finditer(r"新增就业(\d+)人", text)
    )
    return Outcome(document=document, records=targets)


def lay(folder: Path, **texts: str) -> Path:
    for name, text in texts.items():
        path = folder / name.replace("__", "/")
        path = path.with_name(f"{path.name}.txt")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def names(items: list[Item]) -> list[str]:
    return [item.name for item in items]


def test_a_folder_is_read_with_all_below_it_in_the_order_of_names(tmp_path: Path) -> None:
    folder = lay(tmp_path / "in", b="乙", a__z="子", a__y__x="丑", c="丙")
    assert names(plan([folder])) == ["a/y/x.txt", "a/z.txt", "b.txt", "c.txt"]
    assert [item.size for item in plan([folder])] == [3, 3, 3, 3]


def test_hidden_files_and_lock_files_are_left_out_of_folders_only(tmp_path: Path) -> None:
    folder = lay(tmp_path / "in", a="甲")
    for hidden in (".DS_Store", "~$a.docx", ".git/config"):
        (folder / hidden).parent.mkdir(exist_ok=True)
        (folder / hidden).write_text(hidden, encoding="utf-8")
    assert names(plan([folder])) == ["a.txt"]
    assert names(plan([folder / ".DS_Store"])) == [".DS_Store"]


def test_the_same_bytes_are_one_item_with_copies(tmp_path: Path) -> None:
    folder = lay(tmp_path / "in", a="相同内容", b="不同内容", c="相同内容", d__e="相同内容")
    (first, other) = plan([folder])
    assert (first.name, first.copies) == ("a.txt", ("c.txt", "d/e.txt"))
    assert (other.name, other.copies) == ("b.txt", ())


def test_a_path_given_twice_is_read_once(tmp_path: Path) -> None:
    folder = lay(tmp_path / "in", a="甲", b="乙")
    items = plan([folder / "a.txt", folder, folder / ".." / "in", folder / "a.txt"])
    assert [(item.name, item.copies) for item in items] == [("a.txt", ()), ("b.txt", ())]


def test_names_that_clash_keep_enough_of_the_path(tmp_path: Path) -> None:
    lay(tmp_path, x__2022__notice="甲", x__2023__notice="乙", y__2023__notice="丙", only="丁")
    given = [tmp_path / path for path in ("x/2022/notice.txt", "x/2023/notice.txt", "y/2023/notice.txt", "only.txt")]
    assert names(plan(given)) == ["2022/notice.txt", "x/2023/notice.txt", "y/2023/notice.txt", "only.txt"]
    assert names(plan([tmp_path / "x" / "2022", tmp_path / "x" / "2023"])) == ["2022/notice.txt", "2023/notice.txt"]


def test_relative_inputs_are_found_from_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lay(tmp_path, a="甲", b__c="乙")
    monkeypatch.chdir(tmp_path / "b")
    assert names(plan(["../a.txt", "."])) == ["a.txt", "c.txt"]


def test_what_is_missing_is_an_item_with_a_reason(tmp_path: Path) -> None:
    (item,) = plan([tmp_path / "无此文件.txt"])
    assert item.failure is not None
    assert item.failure.error == "FileNotFoundError"
    assert item.failure.source.endswith("无此文件.txt")
    assert item.failure.message == "No such file or directory"


@posix
def test_links_that_lead_back_or_nowhere_stop_nothing(tmp_path: Path) -> None:
    folder = lay(tmp_path / "in", a="甲", sub__b="乙")
    (folder / "sub" / "up").symlink_to(folder, target_is_directory=True)
    (folder / "self").symlink_to("self")
    (folder / "gone").symlink_to("nowhere")
    os.mkfifo(folder / "pipe")
    found = {item.name: item.failure and item.failure.message for item in plan([folder])}
    assert found == {
        "a.txt": None,
        "gone": "No such file or directory",
        "pipe": "not a regular file",
        "self": "Too many levels of symbolic links",
        "sub/b.txt": None,
    }


@posix
def test_a_name_that_is_no_unicode_can_be_written(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    Path(os.fsdecode(os.fsencode(folder) + b"/\xff.txt")).write_text("甲", encoding="utf-8")
    summary = run([folder], tmp_path / "out", formats=FORMATS, process=stand_in)
    assert summary.documents == 1
    assert [row["source"] for row in stored(tmp_path / "out", "documents")] == ["\\udcff.txt"]


def test_every_input_is_in_documents_or_in_failures(tmp_path: Path) -> None:
    folder = lay(tmp_path / "in", a="甲通知\n新增就业10人，新增就业20人。", b="乙通知\n新增就业30人。", c="丙通知")
    (folder / "d.bin").write_bytes(b"\xff\xfe\xff")
    (folder / "e.bin").write_bytes(b"\xff\xfe\xff")
    out = tmp_path / "out"
    seen: list[tuple[int, int, str]] = []
    summary = run(
        [folder, tmp_path / "gone.txt"],
        out,
        formats=("xlsx", "csv"),
        process=stand_in,
        on_progress=lambda *step: seen.append(step),
    )
    assert (summary.inputs, summary.done, summary.documents, summary.interrupted) == (5, 5, 3, False)
    assert summary.formats == ("jsonl", "csv", "xlsx")
    assert summary.records == {
        "targets": 3, "facts": 0, "subsidies": 0, "assignments": 0, "brands": 0, "references": 0, "events": 0
    }  # fmt: skip
    assert [row["source"] for row in stored(out, "documents")] == ["a.txt", "b.txt", "c.txt"]
    failures = list(stored(out, "failures"))
    assert [row["source"] for row in failures[:2]] == ["d.bin", "e.bin"], "a copy of a bad file has its own row"
    assert str(failures[2]["source"]).endswith("gone.txt")
    assert [failure.source for failure in summary.failures] == [row["source"] for row in failures]
    assert failures[0]["sha256"] == hashlib.sha256(b"\xff\xfe\xff").hexdigest()
    assert [row["value"] for row in stored(out, "targets")] == ["10", "20", "30"]
    assert (out / "targets.csv").exists()
    assert (out / "zhengce.xlsx").exists()
    assert [(done, total) for done, total, _ in seen] == [(done, 5) for done in range(6)]


@posix
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_a_failure(tmp_path: Path) -> None:
    folder = lay(tmp_path / "in", a="甲", b="乙乙")
    (folder / "a.txt").chmod(0)
    summary = run([folder], tmp_path / "out", process=stand_in)
    assert [failure.error for failure in summary.failures] == ["PermissionError"]
    assert summary.documents == 1


def test_a_file_that_goes_away_after_the_plan_is_a_failure(tmp_path: Path) -> None:
    folder = lay(tmp_path / "in", a="甲", b="乙乙")

    def remove(done: int, total: int, name: str) -> None:
        (folder / "b.txt").unlink(missing_ok=True)

    summary = run([folder], tmp_path / "out", process=stand_in, on_progress=remove)
    assert [(failure.source, failure.error) for failure in summary.failures] == [("b.txt", "FileNotFoundError")]


def test_ctrl_c_ends_the_reading_and_keeps_what_was_read(tmp_path: Path) -> None:
    folder = lay(tmp_path / "in", a="甲\n新增就业1人", b="乙\n新增就业2人", c="按下停止", d="丁\n新增就业4人")
    summary = run([folder], tmp_path / "out", formats=FORMATS, process=stand_in)
    assert (summary.interrupted, summary.done, summary.inputs, summary.documents) == (True, 2, 4, 2)
    assert [row["value"] for row in stored(tmp_path / "out", "targets")] == ["1", "2"]
    assert (tmp_path / "out" / "targets.csv").read_text(encoding="utf-8-sig").count("\n") == 3
    assert (tmp_path / "out" / "zhengce.xlsx").exists()


def test_a_new_run_replaces_the_tables_of_the_last_and_nothing_else(tmp_path: Path) -> None:
    folder = lay(tmp_path / "in", a="甲\n新增就业1人")
    out = tmp_path / "out"
    run([folder], out, formats=FORMATS, process=stand_in)
    (out / "我的笔记.txt").write_text("别动", encoding="utf-8")
    (folder / "a.txt").write_text("甲\n新增就业2人", encoding="utf-8")
    run([folder], out, process=stand_in)
    assert [row["value"] for row in stored(out, "targets")] == ["2"]
    assert not (out / "targets.csv").exists(), "a table of the last run would contradict this one's"
    assert (out / "我的笔记.txt").read_text(encoding="utf-8") == "别动"


def test_tables_in_out_are_not_read_as_inputs(tmp_path: Path) -> None:
    folder = lay(tmp_path, a="甲\n新增就业1人")
    for _ in range(2):
        summary = run([folder], folder, formats=FORMATS, process=stand_in)
        assert (summary.inputs, summary.documents) == (1, 1)


def test_limit_takes_the_first(tmp_path: Path) -> None:
    folder = lay(tmp_path / "in", a="甲", b="乙乙", c="丙丙丙")
    assert run([folder], tmp_path / "out", limit=2, process=stand_in).inputs == 2


def test_what_cannot_be_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    folder = lay(tmp_path / "in", a="甲")
    with pytest.raises(BadUsage, match="feather"):
        run([folder], tmp_path / "out", formats=("feather",), process=stand_in)
    (tmp_path / "empty").mkdir()
    with pytest.raises(BadUsage, match="no input"):
        run([tmp_path / "empty"], tmp_path / "out", process=stand_in)
    assert not (tmp_path / "out").exists()
    with pytest.raises(BadUsage, match=r"a\.txt"):
        run([folder], folder / "a.txt", process=stand_in)
    (tmp_path / "facts.csv").write_text("year\n", encoding="utf-8")
    with pytest.raises(BadUsage, match=r"facts\.csv"):
        run([folder], tmp_path, process=stand_in)


def test_the_rows_are_json_a_line(tmp_path: Path) -> None:
    run([lay(tmp_path / "in", a="甲\n新增就业1人")], tmp_path / "out", process=stand_in)
    (line,) = (tmp_path / "out" / "targets.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["quote"] == "新增就业1人"


def test_what_stands_beside_documents_in_a_folder_is_left_out_but_read_when_named(tmp_path: Path) -> None:
    (tmp_path / "page_files").mkdir()
    for name in ("page_files/site.css", "page_files/app.js", "tables.json", "notice.txt"):
        (tmp_path / name).write_text("新增就业1人", encoding="utf-8")
    (tmp_path / "notice.txt").write_text("新增就业2人", encoding="utf-8")
    assert [item.name for item in plan([tmp_path])] == ["notice.txt"]
    assert [item.name for item in plan([tmp_path / "tables.json"])] == ["tables.json"]
