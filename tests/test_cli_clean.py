"""`zhengce clean`: the text, the changes, the table; places, widths, exit codes."""

import io
import json
import sys
from pathlib import Path

import pytest

from zhengce.cli import main
from zhengce.cli.fit import width
from zhengce.flow import repaired

DAMAGED = (
    "點擊藍字，關注某縣發布\n勞(láo)務(wù)輸(shū)出人數(shù)增長(zhǎng)５％，穩(wěn)崗?fù)貚彺倬蜆I(yè)。\n"
    "　　省*縣組織專場𠮷招聘。\n編輯：張三\n"
)
PLAIN = "某县就业工作通知\n2024年培训500人。\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    made.mkdir()
    (made / "damaged.txt").write_text(DAMAGED, encoding="utf-8")
    (made / "plain.txt").write_text(PLAIN, encoding="utf-8")
    return made


def said(capsys: pytest.CaptureFixture[str], *words: object, code: int = 0) -> "tuple[str, str]":
    assert main(["clean", *map(str, words), "--lang", "en"]) == code
    printed = capsys.readouterr()
    return printed.out, printed.err


def test_one_file_is_printed_clean(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, err = said(capsys, folder / "damaged.txt")
    assert out == "劳务输出人数增长5%，稳岗拓岗促就业。\n省*县组织专场𠮷招聘。\n"
    assert err == ""
    assert said(capsys, folder / "plain.txt")[0] == PLAIN


def test_a_folder_of_texts_is_written(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "plain.html").write_text("<html><body><p>某县网页通知，培训300人。</p></body></html>", encoding="utf-8")
    (folder / "sub").mkdir()
    (folder / "sub" / "deep.txt").write_text("某乡简报。\n", encoding="utf-8")
    out = tmp_path / "out"
    printed, err = said(capsys, folder, "-o", out)
    assert printed == ""
    assert f"4 texts: {out}" in err
    texts = {path.relative_to(out).as_posix(): path.read_text(encoding="utf-8") for path in out.rglob("*.txt")}
    assert texts.pop("damaged.txt").startswith("劳务输出")
    assert texts.pop("sub/deep.txt") == "某乡简报。\n"
    assert sorted(texts) == ["plain.txt", "plain.txt.txt"]
    assert sorted(text.strip() for text in texts.values()) == sorted([PLAIN.strip(), "某县网页通知，培训300人。"])


def test_a_second_run_into_a_folder_below_reads_no_output(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(2):
        assert "2 texts" in said(capsys, folder, "-o", folder / "texts")[1]


def test_an_input_is_never_overwritten(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, err = said(capsys, folder, "-o", folder, code=2)
    assert "would overwrite the input" in err
    assert (folder / "damaged.txt").read_text(encoding="utf-8") == DAMAGED


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["IN"], "2 files: give -o OUT"),
        (["IN", "--json"], "--json goes with --report"),
        (["IN", "--report", "--all"], "--all goes with --diff"),
        (["IN", "--diff", "--report"], "not allowed with"),
        (["IN", "-o", "IN/plain.txt"], "is a file; -o wants a folder"),
        (["IN/empty"], "no input"),
    ],
)
def test_what_cannot_be_is_refused(
    folder: Path, capsys: pytest.CaptureFixture[str], words: list[str], reason: str
) -> None:
    (folder / "empty").mkdir()
    printed, err = said(capsys, *(word.replace("IN", str(folder)) for word in words), code=2)
    assert reason in err
    assert printed.strip() == ""


def test_the_changes_are_shown_by_rule_with_their_places(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, _ = said(capsys, folder / "damaged.txt", "--diff")
    lines = out.splitlines()
    assert lines[0] == "=== damaged.txt"
    at = DAMAGED.index("?fù)貚")
    shown = next(line for line in lines if "拓崗促就業" in line)
    _, changes = repaired(DAMAGED.encode(), "damaged.txt")
    certainty = next(change.certainty for change in changes if change.rule == "rephase.bytes")
    assert shown.startswith(f"  2:{at}  {certainty}  ")
    assert "→ 拓崗促就業】" in shown
    assert any("【５ → 5】" in line for line in lines)
    assert any("【编辑：张三\\n → 】" in line for line in lines), "furniture is shown as what stood there"
    assert any("redacted  【*县】" in line for line in lines), "what is only flagged is shown too"
    assert sum(line.startswith("--- pinyin.") for line in lines) == 1, "one group for each rule"
    assert not any(line.startswith(("--- script.", "--- space.")) for line in lines)
    assert any("script.t2s: determined" in line and "--all shows them" in line for line in lines)


def test_all_shows_script_and_white_space_too(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, _ = said(capsys, folder / "damaged.txt", "--diff", "--all")
    assert "--- script.t2s" in out
    assert "【縣 → 县】" in out
    assert "【\\u3000\\u3000 → 】" in out
    assert "--all shows them" not in out


def test_counts_of_the_changes_add_up(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = said(capsys, folder / "damaged.txt", "--diff", "--all")[0].splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith("Changes: "))
    counts = [int(line.split()[0]) for line in lines[at + 1 :] if line]
    assert int(lines[at].split()[-1]) == sum(counts) == sum("→" in line for line in lines)


def test_an_untouched_file_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("某县通知", encoding="utf-8")
    assert said(capsys, tmp_path / "a.txt", "--diff")[0].splitlines() == ["=== a.txt", "nothing was changed", ""]


def test_the_changes_can_be_shown_on_a_gbk_console(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, _ = said(capsys, folder / "damaged.txt", "--diff", "--all")
    assert out.encode("gbk").decode("gbk") == out
    assert "\\U00020bb7" in out


def test_the_text_on_a_gbk_console_loses_only_what_it_lacks(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    console = io.TextIOWrapper(io.BytesIO(), encoding="gbk")
    monkeypatch.setattr(sys, "stdout", console)
    assert main(["clean", str(folder / "damaged.txt")]) == 0
    assert console.buffer.getvalue().decode("gbk").splitlines()[1] == "省*县组织专场?招聘。"  # type: ignore[attr-defined]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_table_fits_eighty_columns(folder: Path, capsys: pytest.CaptureFixture[str], language: str) -> None:
    (folder / "long.txt").write_text(
        "关于进一步做好新形势下外出务工人员就业服务工作的通知\n各县：\n请执行。\n", encoding="utf-8"
    )
    assert main(["clean", str(folder), "--report", "--lang", language]) == 0
    head, ruled, *rows = capsys.readouterr().out.splitlines()
    assert {width(line) for line in (head, ruled, *rows[:3])} == {79}
    damaged = next(row for row in rows if row.startswith("damaged.txt"))
    assert damaged.split()[2].endswith("%")
    assert float(damaged.split()[2].rstrip("%")) > 0
    assert damaged.split()[3:7] == ["8", "0", "18", "-"], "seven notes and a stretch out of phase"


def test_the_table_as_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "cut.txt").write_text("会议强调三点。……（未完，全文共3500字，登录后查看）\n", encoding="utf-8")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 broken")
    out, err = said(capsys, folder, "--report", "--json", code=1)
    report = json.loads(out)
    assert [failure["source"] for failure in report["failures"]] == ["broken.pdf"]
    assert "broken.pdf: " in err
    rows = {row["source"]: row for row in report["documents"]}
    assert set(rows) == {"cut.txt", "damaged.txt", "plain.txt"}
    assert rows["cut.txt"]["truncated"] is True
    assert rows["plain.txt"] | {"title": None} == {
        "source": "plain.txt", "title": None, "script": "hans", "characters": len(PLAIN), "damage": 0.0, "repaired": 0,
        "flagged": 0, "furniture": 0, "truncated": False, "notes": {}, "changes": {},
    }  # fmt: skip
    damaged = rows["damaged.txt"]
    assert (damaged["script"], damaged["notes"]["redacted"]) == ("hant", 1)
    assert damaged["changes"]["rephase.bytes"] == 1
    assert damaged["furniture"] == len("點擊藍字，關注某縣發布\n") + len("編輯：張三\n")


def test_one_bad_file_does_not_stop_the_others(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "a.bin").write_bytes(b"")
    out, err = said(capsys, folder, folder / "gone.txt", "--diff", code=1)
    assert "=== damaged.txt" in out
    assert "=== plain.txt" in out
    assert "gone.txt: No such file or directory" in err
    assert "a.bin: " in err
