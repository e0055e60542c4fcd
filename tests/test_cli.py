"""The command line: exit codes, streams, languages, the demo."""

import io
import json
import os
import string
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import get_args

import openpyxl
import pytest
from test_batch import lay, stand_in

from zhengce import __version__, batch
from zhengce.cli import demo, extract, main
from zhengce.cli.fit import width
from zhengce.cli.messages import LANGUAGES, messages
from zhengce.document import DocumentKind
from zhengce.record import TABLES
from zhengce.write.stored import stored

HERE = Path(__file__).parent
# the command with the stand-in of test_batch for the flow: what is tested is the console
COMMAND = """
import sys, test_batch, zhengce.flow, zhengce.pool
zhengce.pool.START = "fork"
zhengce.flow.process = test_batch.stand_in
from zhengce.cli import main
sys.exit(main())
"""

HEAVY = "pdfplumber pypdfium2 docx selectolax xlsxwriter tqdm spacy jieba rjieba opencc numpy sklearn openpyxl".split()  # noqa: SIM905


@pytest.fixture(autouse=True)
def _stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zhengce.flow.process", stand_in)
    monkeypatch.setattr("zhengce.pool.START", "fork")  # so that children have the stand-in too
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(variable, raising=False)


def command(*words: object, encoding: str = "utf-8", **options: object) -> "subprocess.CompletedProcess[bytes]":
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(HERE), *sys.path]), "PYTHONIOENCODING": encoding}
    environment.pop("PYTHONUTF8", None)
    line = [sys.executable, "-c", COMMAND, *map(str, words)]
    return subprocess.run(line, env=environment, capture_output=True, timeout=60, check=False, **options)  # type: ignore[call-overload, no-any-return]


def test_extract_writes_tables_and_one_json_object(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = lay(tmp_path / "in", a="甲\n新增就业1人", b="乙\n新增就业2人，新增就业3人")
    out = tmp_path / "out"
    assert main(["extract", str(folder), "-o", str(out), "--format", "csv,xlsx"]) == 0
    printed = capsys.readouterr()
    summary = json.loads(printed.out)
    assert summary == {
        "inputs": 2,
        "documents": 2,
        "read": 2,
        "failures": 0,
        "records": dict.fromkeys(TABLES.values(), 0) | {"targets": 3},
        "out": str(out),
        "formats": ["jsonl", "csv", "xlsx"],
        "interrupted": False,
    }
    assert "2 documents read, 0 failed" in printed.err
    assert "it/s" not in printed.err, "no progress where standard error is no terminal"
    assert (out / "targets.csv").exists()
    assert openpyxl.load_workbook(out / "zhengce.xlsx")["目标"].max_row == 4


def test_failed_files_are_named_with_their_reason_even_when_quiet(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = lay(tmp_path / "in", a="甲")
    (folder / "坏.bin").write_bytes(b"\xff")
    assert main(["extract", str(folder), str(folder / "gone.txt"), "-o", str(tmp_path / "out"), "--quiet"]) == 1
    printed = capsys.readouterr()
    assert json.loads(printed.out)["failures"] == 2
    assert "  坏.bin: no text in it" in printed.err.splitlines()
    assert "gone.txt: No such file or directory" in printed.err
    assert "documents read" not in printed.err


def test_many_failures_do_not_flood_the_console(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(25):
        (folder / f"{number:02}.bin").write_bytes(b"\xff" * (number + 1))
    assert main(["extract", str(folder), "-o", str(tmp_path / "out")]) == 1
    error = capsys.readouterr().err
    assert error.count("no text in it") == 20
    assert "and 5 more, see" in error


def test_dry_run_lists_and_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = lay(tmp_path / "in", a="甲", b="甲", c="丙丙")
    before = sorted(tmp_path.rglob("*"))
    assert main(["extract", str(folder), "-o", str(tmp_path / "out"), "--dry-run"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert [(file["name"], file["size"], file["copies"]) for file in listed["files"]] == [
        ("a.txt", 3, ["b.txt"]),
        ("c.txt", 6, []),
    ]
    assert (listed["bytes"], listed["duplicates"], listed["failures"]) == (9, 1, [])
    assert sorted(tmp_path.rglob("*")) == before
    assert main(["extract", str(tmp_path / "gone"), "--dry-run"]) == 1
    assert json.loads(capsys.readouterr().out)["failures"][0]["error"] == "FileNotFoundError"


def test_paths_can_come_from_standard_input(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = lay(tmp_path, a="甲", b="乙乙", c="丙丙丙")
    monkeypatch.setattr("sys.stdin", io.StringIO(f"\ufeff{folder / 'c.txt'}\r\n\n{folder / 'a.txt'}\n"))
    assert main(["extract", "-", str(folder / "b.txt"), "--dry-run"]) == 0
    assert [file["name"] for file in json.loads(capsys.readouterr().out)["files"]] == ["c.txt", "a.txt", "b.txt"]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ([], "required"),
        (["extract", "-o", "OUT"], "no input"),
        (["extract", "--again", "-o", "OUT"], "no run was made"),
        (["extract", "IN"], "-o OUT is missing"),
        (["extract", "IN", "-o", "OUT", "--format", "pdf"], "no such format: pdf"),
        (["extract", "IN", "-o", "OUT", "--limit", "0"], "not a number of inputs: 0"),
        (["extract", "IN", "-o", "IN/a.txt"], "is a file"),
        (["extract", "EMPTY", "-o", "OUT"], "no input"),
        (["extract", "EMPTY", "--dry-run"], "no input"),
        (["demo", "-o", "IN/a.txt"], "is a file"),
        (["destroy"], "invalid choice"),
    ],
)
def test_what_cannot_be_ends_with_2_and_a_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], reason: str
) -> None:
    lay(tmp_path / "in", a="甲")
    (tmp_path / "empty").mkdir()
    places = {"IN": tmp_path / "in", "OUT": tmp_path / "out", "EMPTY": tmp_path / "empty"}
    places["IN/a.txt"] = tmp_path / "in" / "a.txt"
    assert main([str(places.get(word, word)) for word in words]) == 2
    printed = capsys.readouterr()
    assert reason in printed.err
    assert printed.out == ""
    assert not (tmp_path / "out").exists()


def test_ctrl_c_ends_with_130_and_tables_of_what_was_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = lay(tmp_path / "in", a="甲\n新增就业1人", b="乙\n新增就业2人", c="按下停止", d="丁\n新增就业4人")
    words = ["extract", str(folder), "-o", str(tmp_path / "out"), "--format", "jsonl,csv", "--workers", "1"]
    assert main(words) == 130
    printed = capsys.readouterr()
    assert json.loads(printed.out)["interrupted"] is True
    assert "2 of 4 inputs" in printed.err
    assert [row["value"] for row in stored(tmp_path / "out", "targets")] == ["1", "2"]
    assert (tmp_path / "out" / "targets.csv").exists()


def test_progress_can_be_forced_and_is_ascii(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = lay(tmp_path / "in", a="甲", b="乙乙")
    words = ["extract", str(folder), "-o", str(tmp_path / "out"), "--progress"]
    assert main(words) == 0
    bar = capsys.readouterr().err
    assert "2/2" in bar
    assert bar.isascii()
    assert main([*words, "--quiet"]) == 0
    assert capsys.readouterr().err == ""


def test_the_language_is_asked_for_or_that_of_the_locale(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ["extract", str(lay(tmp_path / "in", a="甲")), "-o", str(tmp_path / "out")]
    assert main([*words, "--lang", "zh"]) == 0
    assert "读取文件 1 份, 失败 0 份" in capsys.readouterr().err
    assert main(["--lang", "zh", *words]) == 0
    assert "读取文件 1 份" in capsys.readouterr().err
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert main(["--help"]) == 0
    assert "把中文政策文件变成" in capsys.readouterr().out
    assert main([*words, "--lang=en"]) == 0
    assert "1 documents read" in capsys.readouterr().err


def test_both_languages_say_the_same_and_any_console_can_show_it() -> None:
    text = (Path(extract.__file__).parent / "messages.toml").read_text(encoding="utf-8")
    tables = tomllib.loads(text)
    assert sorted(tables) == sorted(LANGUAGES)
    assert list(tables["en"]) == list(tables["zh"])
    for key in tables["en"]:
        blanks = [{name for _, name, _, _ in string.Formatter().parse(tables[lang][key])} for lang in LANGUAGES]
        assert blanks[0] - {None} == blanks[1] - {None}, key
    assert text.encode("gbk").decode("gbk") == text
    assert all(sign.isascii() or "\u3000" <= sign <= "\u9fff" or sign in "“”" for sign in text)


def test_every_kind_of_document_has_a_name_in_the_demo() -> None:
    for language in LANGUAGES:
        say = messages(language)
        assert all(0 < width(say(f"kind_{kind}")) < demo.KIND for kind in get_args(DocumentKind))


def test_the_light_list_of_formats_is_that_of_the_batch() -> None:
    assert extract.KNOWN == batch.FORMATS


def test_a_gbk_console_shows_what_it_can_and_breaks_nothing(tmp_path: Path) -> None:
    folder = lay(tmp_path / "输入", 通知="甲\n新增就业1人")
    (folder / "坏😀.bin").write_bytes(b"\xff")
    ended = command("extract", folder, "-o", tmp_path / "输出😀", "--lang", "zh", encoding="gbk")
    assert ended.returncode == 1, ended.stderr
    assert "坏?.bin: no text in it" in ended.stderr.decode("gbk")
    assert "读取文件 1 份" in ended.stderr.decode("gbk")
    assert json.loads(ended.stdout.decode("gbk"))["out"] == str(tmp_path / "输出😀"), "the JSON loses nothing"
    ended = command("demo", "-o", tmp_path / "演示", "--lang", "zh", encoding="gbk")
    assert "样例文件" in ended.stdout.decode("gbk")
    assert b"Traceback" not in ended.stderr


def test_a_utf8_console_gets_readable_json(tmp_path: Path) -> None:
    ended = command("extract", lay(tmp_path / "输入", 通知="甲"), "--dry-run")
    assert '"name": "通知.txt"' in ended.stdout.decode("utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="closes a pipe by its number")
@pytest.mark.parametrize("words", [["--help"], ["extract", "IN", "--dry-run"], ["demo", "-o", "OUT"]])
def test_a_reader_that_has_gone_is_no_error(tmp_path: Path, words: list[str]) -> None:
    places = {"IN": lay(tmp_path / "in", a="甲"), "OUT": tmp_path / "out"}
    reading, writing = os.pipe()
    os.close(reading)
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(HERE), *sys.path])}
    line = [sys.executable, "-c", COMMAND, *(str(places.get(word, word)) for word in words)]
    ended = subprocess.run(line, env=environment, stdout=writing, stderr=subprocess.PIPE, timeout=60, check=False)
    os.close(writing)
    assert b"Broken" not in ended.stderr
    assert b"Traceback" not in ended.stderr
    assert ended.returncode in (0, 1)


def test_help_and_version_load_nothing_heavy() -> None:
    script = (
        "import sys; from zhengce.cli import main; main(['--help']); "
        f"print([name for name in {HEAVY} if name in sys.modules])"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    ended = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, timeout=60, check=True)
    assert ended.stdout.decode().splitlines()[-1] == "[]"


def test_python_m_zhengce_is_the_command() -> None:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    line = [sys.executable, "-m", "zhengce", "--version"]
    ended = subprocess.run(line, env=environment, capture_output=True, timeout=60, check=True)
    assert ended.stdout.decode().strip() == f"zhengce {__version__}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_demo_fits_a_console_and_leads_from_a_value_to_its_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    folder = lay(tmp_path / "in", a="关于做好二〇二五年重点群体就业服务工作的实施意见\n新增就业1200人", b="乙通知")
    monkeypatch.setattr(demo, "_samples", lambda: sorted(folder.iterdir()))
    monkeypatch.chdir(tmp_path)
    assert main(["demo", "--lang", language]) == 0
    page = capsys.readouterr().out
    assert max(map(width, page.splitlines())) < 80
    say = messages(language)
    overview = next(line for line in page.splitlines() if line.startswith("关于做好二〇二五年"))
    assert overview.split()[-6:] == [say("kind_notice"), "1", "0", "0", "0", "0"]
    assert "1200 人  (" in page
    assert "<- 新增就业1200人" in page
    assert "<- a.txt, " in page
    for name in ("targets.csv", "targets.jsonl", "zhengce.xlsx"):
        assert (tmp_path / "zhengce-demo" / name).exists()


def test_the_demo_says_when_its_samples_are_missing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(demo, "_samples", list)
    assert main(["demo", "-o", str(tmp_path / "out")]) == 2
    assert "missing" in capsys.readouterr().err


def test_the_samples_are_files_and_the_gold_beside_them_is_none() -> None:
    samples = demo._samples()
    assert len(samples) >= 5
    assert all(path.is_file() and path.parent.name == "samples" for path in samples)
