"""The command `zhengce fetch`: lists of addresses, exit codes, streams, the sources that come with the project."""

import io
import json
import tomllib
from inspect import signature
from pathlib import Path

import openpyxl
import pytest

pytest.importorskip("httpx")
pytest.importorskip("protego")
pytest.importorskip("tenacity")

from fetched import HASTY, log
from misbehaving_server import page, serving

from zhengce import fetching
from zhengce.cli import fetch, main
from zhengce.cli.messages import LANGUAGES
from zhengce.errors import BadUsage
from zhengce.read.source_list import addresses
from zhengce.read.url import Manners
from zhengce.read.url_guard import checked
from zhengce.read.url_pace import LONGEST

PROJECT = Path(__file__).parents[1]
A, B = "http://a.example/1", "http://b.example/2"


def sheet(file: Path, *rows: list[object]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file


def test_lists_of_every_kind_are_read_in_order(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(f"\ufeff# 省级\r\n{A}#x\r\n\r\n  {B}  # 市\r\n".encode())
    (tmp_path / "b.csv").write_bytes(f"名称,网址\r\n通知,{A}\r\n意见,\r\n,{B}\r\n".encode("gb18030"))
    (tmp_path / "c.tsv").write_text(f"URL\tname\n{A}\ta, b\n", encoding="utf-8")
    (tmp_path / "d.toml").write_text(f'[[source]]\naddress = "{A}"\ntitle = "t"\n', encoding="utf-8")
    sheet(tmp_path / "e.xlsx", ["清单"], [None, "链接"], [1, A], [2, None], [3], [4, B])
    assert addresses([str(tmp_path / "a.txt")]) == [f"{A}#x", B]
    assert addresses([str(tmp_path / "b.csv")]) == [A, B]
    assert addresses([str(tmp_path / "c.tsv")]) == [A]
    assert addresses([str(tmp_path / "d.toml")]) == [A]
    assert addresses([str(tmp_path / "e.xlsx")]) == [A, B]
    assert addresses([B, "-", str(tmp_path / "d.toml")], io.StringIO(f"{A}\n")) == [B, A, A]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.csv", "name\nb\n", "no column"),
        ("a.csv", "", "no column"),
        ("a.toml", "address = [", "no TOML"),
        ("a.toml", "", r"\[\[source\]\]"),
        ("a.toml", "[source]\naddress = 1\n", r"\[\[source\]\]"),
        ("a.toml", "[[source]]\naddress = 1\n", r"\[\[source\]\]"),
        ("a.xlsx", "text", "no Excel"),
        ("gone/a.txt", None, "cannot be read"),
    ],
)
def test_a_list_that_is_none_says_what_to_do(tmp_path: Path, name: str, text: str | None, said: str) -> None:
    if text is not None:
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(BadUsage, match=said):
        addresses([str(tmp_path / name)])


def test_the_sources_of_the_project_are_addresses_that_may_be_asked() -> None:
    file = PROJECT / "corpora" / "sources.toml"
    sources = tomllib.loads(file.read_text(encoding="utf-8"))["source"]
    assert 8 <= len(sources) <= 12
    assert all(source.keys() == {"address", "title", "note"} and all(source.values()) for source in sources)
    listed = addresses([str(file)])
    assert len(set(listed)) == len(sources)
    assert all(checked(address).host == "www.gov.cn" and checked(address).scheme == "https" for address in listed)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_run_is_one_json_object_and_words_for_people(
    tmp_path: Path, language: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    with serving() as site:
        site.acts = {"/a": [page(b"a")], "/b": [page(b"bb")]}
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{site.address}/b\n# no more\n"))
        words = [
            "--delay",
            "0",
            "--retries",
            "0",
            "--allow-private",
            "--contact",
            "who@example.org",
            "--lang",
            language,
        ]
        assert main(["fetch", f"{site.address}/a", "-", f"{site.address}/c", "-o", str(out), *words]) == 1
        agents = {headers["User-Agent"] for _, headers in site.asked}
        printed = capsys.readouterr()
        site.acts["/c"] = [page(b"ccc")]
        again = ["--retry-failed", "--quiet"]
        assert main(["fetch", f"{site.address}/a", f"{site.address}/c", "-o", str(out), *words, *again]) == 0
    assert agents == {"zhengce/0.1.0 (+research; contact: who@example.org)"}
    figures = {"addresses": 3, "fetched": 2, "unchanged": 0, "kept": 0, "failures": 1, "bytes": 3}
    assert json.loads(printed.out) == figures | {"out": str(out), "interrupted": False}
    assert f"{site.address}/c: HTTP 404 Not Found" in printed.err
    assert "--retry-failed" in printed.err
    assert f"zhengce extract {out}" in printed.err
    printed = capsys.readouterr()
    assert (json.loads(printed.out)["kept"], json.loads(printed.out)["fetched"], printed.err) == (1, 1, "")


def test_progress_goes_to_standard_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with serving() as site:
        site.acts = {"/a": [page(b"a")]}
        words = ["fetch", f"{site.address}/a", "-o", str(tmp_path), "--delay", "0", "--allow-private", "--progress"]
        assert main([*words, "--lang", "en"]) == 0
    printed = capsys.readouterr()
    assert "1/1" in printed.err
    assert json.loads(printed.out)["fetched"] == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([A], "-o FOLDER"),
        ([A, "-o", "FILE"], "is a file"),
        (["FILE", "-o", "out"], "no address"),
        ([A, "-o", "out", "--contact", "a@b\r\nX: y"], "not a mail address"),
        ([A, "-o", "out", "--delay", "-1"], "not a number of seconds"),
        ([A, "-o", "out", "--delay", "nan"], "not a number of seconds"),
        ([A, "-o", "out", "--retries", "x"], "not a number"),
    ],
)
def test_what_cannot_be_is_said(
    tmp_path: Path, words: list[str], said: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "FILE").write_text("# nothing\n", encoding="utf-8")
    assert main(["fetch", *words, "--lang", "en"]) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_the_extra_is_named_where_it_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("zhengce.read.url.find_spec", lambda name: None if name == "protego" else object())
    assert main(["fetch", A, "-o", str(tmp_path / "out")]) == 2
    assert 'pip install "zhengce[fetch]"' in capsys.readouterr().err


def test_a_run_that_is_stopped_says_so_and_goes_on(tmp_path: Path) -> None:
    def stop(done: int, total: int, name: str) -> None:
        if done == 1:
            raise KeyboardInterrupt

    with serving() as site:
        site.acts = {f"/{name}": [page(name.encode())] for name in "abc"}
        listed = [f"{site.address}/{name}" for name in "abc"]
        done = fetching.run(listed, tmp_path, manners=HASTY, on_progress=stop)
        assert (done.interrupted, done.fetched, len(log(tmp_path))) == (True, 1, 1)
        assert fetching.run(listed, tmp_path, manners=HASTY).kept == 1
        assert site.paths() == ["/a", "/b", "/c"]


def test_the_light_defaults_are_those_of_the_fetcher() -> None:
    own = {name: parameter.default for name, parameter in signature(Manners).parameters.items()}
    assert (own["delay"], own["retries"], own["max_bytes"]) == (fetch.DELAY, fetch.RETRIES, fetch.MAX_BYTES)
    assert fetch.MOST_DELAY == LONGEST
