"""`zhengce evaluate` at the console: exit codes, streams, languages, width."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from zhengce.batch import run
from zhengce.cli import evaluate, main
from zhengce.cli.fit import width
from zhengce.measure.stratum import STRATA

PLAN = "一、总体目标。\n到2025年底，全县培训农民工2万人次，合格率力争达到95%以上。\n给予每人500元的一次性交通补贴。\n"
LONG = "关于进一步加强农村劳动力转移就业工作的实施意见之附件：年度目标任务分解表（征求意见稿）"


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("evaluate")
    for name, text in ((LONG, PLAN), ("news", "据统计，全县已培育劳务品牌12个，带动就业3000人。\n")):
        (place / f"{name}.txt").write_text(text, encoding="utf-8")
    run([place / f"{LONG}.txt", place / "news.txt"], place / "run")
    return place / "run"


@pytest.fixture
def worse(ran: Path, tmp_path: Path) -> Path:
    """The run with a value wrong, a record gone and a quote elsewhere."""
    for path in ran.glob("*.jsonl"):
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        if path.stem == "targets":
            rows[0]["value"] = "3"
        if path.stem == "facts":
            rows[0] |= {"start": 0, "end": 2, "quote": "据统"}
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows if path.stem != "subsidies")
        (tmp_path / "worse").mkdir(exist_ok=True)
        (tmp_path / "worse" / path.name).write_text(text, encoding="utf-8")
    return tmp_path / "worse"


def test_strata_of_the_command_are_those_of_the_room() -> None:
    assert evaluate.STRATA == STRATA


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("more", [[], ["--stratum", "format"], ["--stratum", "document"], ["--bootstrap", "0"]])
def test_report_fits_the_console(
    ran: Path, worse: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str, more: list[str]
) -> None:
    former = tmp_path / "former.json"
    words = ["--lang", language, "--gold", str(ran)]
    assert main(["evaluate", str(ran), *words, "--json", str(former)]) == 0
    assert str(former) in capsys.readouterr().err
    assert main(["evaluate", str(worse), *words, "--previous", str(former), *more]) == 0
    page = capsys.readouterr().out
    assert [line for line in page.splitlines() if width(line) > 79 or line != line.rstrip()] == []
    assert re.search(r"0\.500|0\.667", page)
    assert "据统" in page
    assert "/targets/" in page
    assert "到2025年底，全县培训农民工2万人次" in page


def test_losses_are_named_and_fail_only_when_asked(
    ran: Path, worse: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, poor = tmp_path / "good.json", tmp_path / "poor.json"
    gold = ["--gold", str(ran), "--lang", "en"]
    assert main(["evaluate", str(ran), *gold, "--json", str(good)]) == 0
    assert main(["evaluate", str(worse), *gold, "--json", str(poor)]) == 0
    capsys.readouterr()
    assert main(["evaluate", str(worse), *gold, "--previous", str(good), "--fail-on-loss"]) == 1
    page = capsys.readouterr().out
    assert "Lost (right before, not now): 3" in page
    assert "[value]" in page
    assert page.count("[missed]") == 2
    assert "New false records: 1" in page
    assert main(["evaluate", str(ran), *gold, "--previous", str(poor), "--fail-on-loss"]) == 0
    page = capsys.readouterr().out
    assert "Gained (right now, not before): 3" in page
    assert "False records gone: 1" in page


def test_json_on_standard_output_is_the_same_every_time(
    ran: Path, worse: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["evaluate", str(worse), "--gold", str(ran)]
    assert main([*words, "--json", "-"]) == 0
    first = capsys.readouterr()
    assert main([*words, "--json", "-"]) == 0
    assert capsys.readouterr().out == first.out
    assert main([*words, "--json", str(tmp_path / "f.json")]) == 0
    assert json.loads(first.out) == json.loads((tmp_path / "f.json").read_text(encoding="utf-8"))
    assert str(tmp_path) not in first.out


@pytest.mark.parametrize("language", ["en", "zh"])
def test_agreement_fits_the_console(ran: Path, worse: Path, capsys: pytest.CaptureFixture[str], language: str) -> None:
    assert main(["evaluate", "--lang", language, "--agree", str(ran), *[str(worse)] * 3]) == 0
    page = capsys.readouterr().out
    assert [line for line in page.splitlines() if width(line) > 79 or line != line.rstrip()] == []
    assert "Cohen A-B" in page
    assert "Cohen C-D" in page
    assert main(["evaluate", "--agree", str(ran), str(worse), "--json", "-"]) == 0
    assert json.loads(capsys.readouterr().out)["levels"]["sentence"]["targets"]["alpha"] == 1.0


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ([], "give RUN and --gold DIR"),
        (["RUN"], "give RUN and --gold DIR"),
        (["RUN", "--gold", "NONE"], "is not there"),
        (["RUN", "--gold", "RUN", "--fail-on-loss"], "goes with --previous"),
        (["RUN", "--gold", "RUN", "--previous", "NONE"], "run it once"),
        (["RUN", "--gold", "RUN", "--previous", "LIST"], "run it once"),
        (["RUN", "--gold", "RUN", "--bootstrap", "-1"], "not a number of samples|expected one argument"),
        (["RUN", "--gold", "RUN", "--json", "NONE/x.json"], "writing stopped"),
        (["--agree", "RUN"], "two or more"),
        (["--agree", "RUN", "RUN", "--gold", "RUN"], "leave out --gold"),
        (["RUN", "--gold", "RUN", "--stratum", "size"], "invalid choice"),
    ],
)
def test_what_cannot_be_ends_with_2_and_a_reason(
    ran: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], reason: str
) -> None:
    (tmp_path / "list.json").write_text('{"gold": [], "found": {}}', encoding="utf-8")
    places = {"RUN": ran, "NONE": tmp_path / "none", "LIST": tmp_path / "list.json"}
    places["NONE/x.json"] = tmp_path / "none" / "x.json"
    assert main(["evaluate", "--lang", "en", *(str(places.get(word, word)) for word in words)]) == 2
    printed = capsys.readouterr()
    assert re.search(reason, printed.err)
    assert printed.out == ""
