"""The options of the language model on the command line: never on unless asked for, never elsewhere unless allowed."""

import argparse
import json
from pathlib import Path

import pytest

pytest.importorskip("httpx")

from stub_llm import labelled, serving
from test_llm import CANDIDATES, DOCUMENT, labels

from zhengce.cli import main
from zhengce.cli.llm import CACHE, add_llm_arguments, llm_from, tell_llm
from zhengce.cli.messages import LANGUAGES, messages
from zhengce.errors import BadUsage
from zhengce.inputs import plan


def parsed(*words: str, language: str = "en", out: Path = Path("out")) -> argparse.Namespace:
    parser = argparse.ArgumentParser(exit_on_error=False)
    parser.add_argument("inputs", nargs="+")
    parser.add_argument("-o", "--out", type=Path, default=out)
    add_llm_arguments(parser, messages(language))
    return parser.parse_args(["in", *words])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["--llm"], "--llm-model"),
        (["--llm-model", "tiny"], "--llm"),
        (["--llm-remote"], "--llm"),
        (["--llm-cache", "file"], "--llm"),
        (["--llm", "https://llm.example.com/v1", "--llm-model", "tiny"], "--llm-remote"),
        (["--llm", "http://", "--llm-model", "tiny"], "http"),
    ],
)
def test_what_does_not_fit_is_said(words: list[str], named: str, language: str) -> None:
    with pytest.raises(BadUsage, match=named):
        llm_from(parsed(*words), messages(language))


def test_a_folder_behind_the_option_is_not_its_address() -> None:
    with pytest.raises(argparse.ArgumentError, match="put INPUT before --llm"):
        parsed("--llm", "folder")


def test_no_model_is_asked_unless_one_was_named() -> None:
    assert llm_from(parsed(), messages("en")) is None


def test_the_extra_is_named_where_it_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zhengce.model.llm_server.can_ask", lambda: False)
    with pytest.raises(BadUsage, match=r"pip install zhengce\[llm\]"):
        llm_from(parsed("--llm", "--llm-model", "tiny"), messages("en"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_run_says_what_became_of_its_questions(
    tmp_path: Path, language: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ZHENGCE_LLM_KEY", " k-1\n")
    with serving() as stub:
        say = messages(language)
        judge = llm_from(parsed("--llm", stub.address, "--llm-model", "tiny", out=tmp_path), say)
        assert judge is not None
        with judge:
            stub.acts = [lambda _: (404, b"", {})]
            assert labels(judge) == [None] * 4
            assert all(judge(DOCUMENT, CANDIDATES))
        assert stub.headers[0]["Authorization"] == "Bearer k-1"
    tell_llm(judge.counts, say)
    told = capsys.readouterr().err
    assert all(figure in told for figure in ("refused_by_server 4", "HTTP 404", " 8 ", "100"))
    assert json.loads(json.dumps(judge.counts.as_json()))["refused"] == {"refused_by_server": 4}
    assert (tmp_path / CACHE).is_file()
    assert plan([tmp_path]) == []  # hidden: no input where OUT lies in a folder that is read


def test_extract_asks_the_model_and_reports_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "方案.txt").write_text("到2027年底，培训农民工2万人。", encoding="utf-8")
    counts = {}
    with serving() as stub:
        stub.always = lambda request: labelled(request, "fact")
        for words in ((), ("--llm", stub.address, "--llm-model", "tiny")):
            assert main(["extract", str(tmp_path / "in"), "-o", str(tmp_path / "out"), "--lang", "en", *words]) == 0
            printed = capsys.readouterr()
            summary = json.loads(printed.out)
            counts[bool(words)] = (summary["records"]["targets"], summary["records"]["facts"], "llm" in summary)
    assert counts == {False: (1, 0, False), True: (0, 1, True)}
    assert summary["llm"]["answered"] == 1
    assert "1 answered" in printed.err
