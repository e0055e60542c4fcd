"""The same input gives the same bytes: in any folder, locale and time zone, listed in any order, with any hash seed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CORPORA = Path(__file__).parents[1] / "corpora"
HERE = {"PYTHONHASHSEED": "0", "LC_ALL": "C.UTF-8", "TZ": "UTC"}
ELSEWHERE = [
    {"PYTHONHASHSEED": "1", "LC_ALL": "C", "TZ": "Asia/Shanghai"},
    {"PYTHONHASHSEED": "20260301", "LC_ALL": "zh_CN.GBK", "TZ": "America/St_Johns", "PYTHONUTF8": "0"},
]
STORE = ".sqlite"  # says which folders it was made of
# the folder that is read, how many files of it, and options
COMMANDS = {
    "extract": ("heldout", 12, ["--format", "jsonl,csv,xlsx,qdpx"]),
    "compare": ("samples", 4, []),
    "dataset": ("reports/train", 8, ["--format", "jsonl,csv,xlsx"]),
}


@pytest.fixture(scope="session", autouse=True)
def gbk_locale(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The locale of old Chinese systems, where they are not; without the sources of locales Python falls back on C."""
    place = tmp_path_factory.mktemp("locales")
    if shutil.which("localedef"):
        subprocess.run(["localedef", "-i", "zh_CN", "-f", "GBK", place / "zh_CN.GBK"], check=False, capture_output=True)
    if (place / "zh_CN.GBK").is_dir():
        ELSEWHERE[1]["LOCPATH"] = str(place)


def made(command: list[str], cwd: Path, environment: dict[str, str]) -> None:
    line = [sys.executable, "-m", "zhengce", *command, "--lang", "zh", "--quiet"]
    path = os.pathsep.join(str(Path(entry).resolve()) for entry in sys.path)
    subprocess.run(line, cwd=cwd, env=os.environ | environment | {"PYTHONPATH": path}, check=True, capture_output=True)


def held(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix != STORE
    }


def inputs(folder: str, most: int) -> list[Path]:
    files = [path for path in (CORPORA / folder).iterdir() if path.suffix in (".txt", ".html", ".docx", ".pdf")]
    return sorted(files)[:most]


@pytest.fixture(scope="module", params=COMMANDS)
def first(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    folder, most, options = COMMANDS[request.param]
    out = tmp_path_factory.mktemp(request.param) / "out"
    made([request.param, *map(str, inputs(folder, most)), "-o", str(out), *options], out.parent, HERE)
    return request.param, out


@pytest.mark.parametrize("environment", ELSEWHERE, ids=lambda one: one["LC_ALL"])
def test_nothing_but_the_input_changes_what_is_written(
    first: tuple[str, Path], tmp_path: Path, environment: dict[str, str]
) -> None:
    command, before = first
    cwd = tmp_path / "别处"
    cwd.mkdir()
    folder, most, options = COMMANDS[command]
    given = [os.path.relpath(path, cwd) for path in inputs(folder, most)]
    made([command, *given, "-o", "out", *options], cwd, environment)
    now, then = held(cwd / "out"), held(before)
    assert set(now) == set(then)
    assert len(now) > 8
    assert {name for name in now if now[name] != then[name]} == set()


def test_a_report_is_the_same_anywhere(tmp_path: Path) -> None:
    made(["extract", *map(str, inputs("heldout", 6)), "-o", str(tmp_path / "run")], tmp_path, HERE)
    folders = []
    for number, environment in enumerate([HERE, *ELSEWHERE]):
        cwd = tmp_path / f"报告{number}"
        cwd.mkdir()
        made(["report", str(tmp_path / "run"), "-o", "pages"], cwd, environment)
        folders.append(held(cwd / "pages"))
    assert len(folders[0]) > 6
    assert folders[1:] == folders[:1] * 2


def test_a_folder_is_read_in_one_order_whatever_the_system_lists_first(tmp_path: Path) -> None:
    for place in ("甲", "乙"):
        (tmp_path / place).mkdir()
    files = inputs("heldout", 6)
    for path in files:
        (tmp_path / "甲" / path.name).write_bytes(path.read_bytes())
    for path in reversed(files):
        (tmp_path / "乙" / path.name).write_bytes(path.read_bytes())
    for place in ("甲", "乙"):
        made(["extract", place, "-o", f"{place}表"], tmp_path, HERE)
    assert held(tmp_path / "甲表") == held(tmp_path / "乙表")
