"""The command `zhengce dataset`: exit codes, streams, both languages, checking against a manifest."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from made_dataset import REPORTS, about, decide, lay, rows
from test_batch import stand_in
from test_containers import warced

from zhengce import flow, pool
from zhengce.cli import main
from zhengce.cli.messages import LANGUAGES

Captured = pytest.CaptureFixture[str]
FILES = [REPORTS / f"t{number:02}.txt" for number in (1, 3, 4, 5)]
PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title></head><body><h1>{title}</h1>
<p>发布时间：2025-07-11　来源：{outlet}</p><p>7月8日，“榕江绣娘”技能提升培训班在古州镇开班，60名妇女参加。</p>
<p>目前，“榕江绣娘”从业人员6200余人，2024年产值1.3亿元。</p></body></html>"""


@pytest.fixture(autouse=True)
def _no_language(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(variable, raising=False)


def dataset(capsys: Captured, *words: object) -> tuple[int, dict[str, Any], str]:
    """The exit code, the JSON object on standard output, standard error."""
    code = main(["dataset", *map(str, words)])
    printed = capsys.readouterr()
    return code, json.loads(printed.out) if printed.out else {}, printed.err


def test_it_makes_a_dataset_and_tells_what_is_in_it(tmp_path: Path, capsys: Captured) -> None:
    out = tmp_path / "out"
    code, told, error = dataset(capsys, *FILES, "-o", out, "--title", "甲", "--creator", "某甲", "--creator", "某乙")
    assert code == 0
    assert (told["documents"], told["failures"], told["formats"]) == (4, 0, ["jsonl", "csv", "xlsx"])
    assert told["rows"]["reports"] == told["reports"] == len(rows(out, "reports"))
    assert told["brands"] == len(rows(out, "brand_registry")) > 0
    assert told["observations"] == len(rows(out, "brand_observations"))
    assert told["texts"] == sum(row["is_representative"] for row in rows(out, "reports"))
    assert told["events"] == len(rows(out, "event_registry"))
    assert told["conflicts"] == len({row["conflict"] for row in rows(out, "conflicts")})
    assert "4 documents, " in error
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["title"], manifest["creators"]) == ("甲", ["某甲", "某乙"])
    assert manifest["options"] == {"min_confidence": None, "rules_only": False, "limit": None, "models": None}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_speaks_both_languages_and_leaves_no_blank_unfilled(tmp_path: Path, capsys: Captured, lang: str) -> None:
    (tmp_path / "坏.bin").write_bytes(b"\x00\xff\x00")
    out, language = tmp_path / "out", ["--lang", lang]
    code, _, error = dataset(capsys, FILES[0], tmp_path / "坏.bin", "-o", out, *language)
    said = [error]
    assert code == 1
    assert "坏.bin" in error
    said.append(dataset(capsys, FILES[1], "-o", out, "--check", out / "manifest.json", *language)[2])
    said.append(dataset(capsys, FILES[1], "-o", out, "--check", out / "facts.csv", *language)[2])
    said.append(dataset(capsys, "-o", out, *language)[2])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flow, "process", stand_in)
        patch.setattr(pool, "START", "fork")  # so that children have the stand-in too
        stop = lay(tmp_path / "in", "甲", "按下停止")
        said.append(dataset(capsys, *stop, "-o", tmp_path / "stopped", *language)[2])
    main(["dataset", "--help", *language])
    said.append(capsys.readouterr().out)
    for text in said:
        assert text.strip()
        assert not re.search(r"\{\w+\}", text), text
        chinese = re.search("[一-龥]{2}", re.sub(r"坏\.bin|榕江|绣娘", "", text)) is not None
        assert chinese == (lang == "zh"), text


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["-o", "OUT"], "no input"),
        (["EMPTY", "-o", "OUT"], "no input"),
        (["--add", "-o", "OUT"], "no input"),
        (["IN"], "-o/--out"),
        (["IN", "-o", "FILE"], "is a file"),
        (["IN", "-o", "UNDER"], "cannot hold the tables"),
        (["IN", "-o", "OUT", "--format", "pdf"], "no such format: pdf"),
        (["IN", "-o", "OUT", "--limit", "0"], "not a number of inputs: 0"),
        (["IN", "-o", "OUT", "--edits", "FILE"], "line 1: no JSON"),
        (["IN", "-o", "OUT", "--edits", "GONE"], "cannot be read"),
        (["IN", "-o", "OUT", "--check", "GONE"], "is no manifest"),
        (["IN", "-o", "OUT", "--models", "EMPTY"], "EMPTY"),
    ],
)
def test_what_cannot_be_ends_with_2_and_a_reason_and_writes_nothing(
    tmp_path: Path, capsys: Captured, words: list[str], reason: str
) -> None:
    (file,) = lay(tmp_path / "in", "甲\n正文")
    (tmp_path / "EMPTY").mkdir()
    places = {"IN": tmp_path / "in", "OUT": tmp_path / "out", "FILE": file, "GONE": tmp_path / "gone.json",
              "UNDER": file / "out", "EMPTY": tmp_path / "EMPTY"}  # fmt: skip
    code, told, error = dataset(capsys, *(places.get(word, word) for word in words))
    assert (code, told) == (2, {})
    assert reason in error
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("manifest", ["[]", "{", '{"options": null, "formats": []}', '{"options": {}, "formats": []}'])
def test_a_manifest_that_is_none_is_told(tmp_path: Path, capsys: Captured, manifest: str) -> None:
    (tmp_path / "m.json").write_text(manifest, encoding="utf-8")
    code, _, error = dataset(capsys, FILES[0], "-o", tmp_path / "out", "--check", tmp_path / "m.json")
    assert code == 2
    assert "is no manifest of a dataset" in error


@pytest.mark.parametrize("name", ["README.md", "manifest.json"])
def test_files_of_others_are_left_alone_and_named(tmp_path: Path, capsys: Captured, name: str) -> None:
    (file,) = lay(tmp_path / "out", '{"mine": 1}')
    file.rename(tmp_path / "out" / name)
    code, _, error = dataset(capsys, FILES[0], "-o", tmp_path / "out")
    assert code == 2
    assert name in error
    assert [(path.name, path.read_text(encoding="utf-8")) for path in (tmp_path / "out").iterdir()] == [
        (name, '{"mine": 1}')
    ]


def test_what_cannot_be_written_is_told(tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("zhengce.collecting.write_manifest", full)
    code, _, error = dataset(capsys, FILES[0], "-o", tmp_path / "out")
    assert code == 2
    assert "No space left on device" in error


def test_ctrl_c_ends_the_reading_and_not_the_dataset(
    tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flow, "process", stand_in)
    monkeypatch.setattr(pool, "START", "fork")
    out = tmp_path / "out"
    code, told, error = dataset(
        capsys, *lay(tmp_path / "in", "甲\n新增就业1人", "按下停止", "乙"), "-o", out, "--workers", "1"
    )
    assert (code, told["interrupted"], told["documents"]) == (130, True, 1)
    assert "1 of 3" in error
    assert [row["title"] for row in rows(out, "documents")] == ["甲"]
    assert json.loads((out / "manifest.json").read_text(encoding="utf-8"))["tables"]


# ---- checking


def test_the_same_inputs_and_options_are_found_the_same(tmp_path: Path, capsys: Captured) -> None:
    first = tmp_path / "first"
    dataset(capsys, *FILES, "-o", first, "--rules-only", "--min-confidence", "0.5", "--format", "csv", "--title", "甲")
    code, told, error = dataset(capsys, *FILES, "-o", tmp_path / "second", "--check", first / "manifest.json")
    assert (code, told["differences"]) == (0, [])
    assert "byte for byte" in error
    count = len(json.loads((first / "manifest.json").read_text(encoding="utf-8"))["tables"])
    assert f"the same {count} tables" in error
    code, told, _ = dataset(capsys, *FILES, "-o", first, "--check", first / "manifest.json")
    assert (code, told["differences"]) == (0, []), "in the same folder"


def test_what_differs_is_named_and_the_exit_code_says_so(tmp_path: Path, capsys: Captured) -> None:
    first = tmp_path / "first"
    dataset(capsys, *FILES[:3], "-o", first, "--format", "csv")
    manifest = first / "manifest.json"

    def other(*words: object) -> list[str]:
        code, told, error = dataset(capsys, *words, "-o", tmp_path / "out", "--check", manifest)
        assert code == 1
        assert all(line in error for line in told["differences"])
        shutil.rmtree(tmp_path / "out")
        return [str(line) for line in told["differences"]]

    assert other(*FILES[:2])[0] == "inputs: 1 other or missing"
    models = Path(shutil.copytree(Path(__file__).parents[1] / "models" / "judge", tmp_path / "judges"))
    assert "options: models" in other(*FILES[:3], "--models", models)
    fact = rows(first, "facts")[0]
    edits = decide(tmp_path / "e.jsonl", about(fact, "facts", "reject"))
    found = other(*FILES[:3], "--edits", edits)
    assert found[0] == "edits"
    assert "facts.csv" in found[-1]
    assert "audit.jsonl" in found[-1]
    told = json.loads(manifest.read_text(encoding="utf-8"))
    told["lexicons"]["units.tsv"] = "0" * 64
    manifest.write_text(json.dumps(told), encoding="utf-8")
    assert other(*FILES[:3]) == ["lexicons: units.tsv"]


# ---- growing, corrected, from the web


def test_a_dataset_grows_and_keeps_what_was_corrected(tmp_path: Path, capsys: Captured) -> None:
    out = tmp_path / "out"
    dataset(capsys, *FILES[:2], "-o", out, "--format", "csv")
    fact = rows(out, "facts")[0]
    edits = decide(
        tmp_path / "e.jsonl", about(fact, "facts", "reject"), about(rows(out, "facts")[1], "facts", "confirm")
    )
    code, told, _ = dataset(capsys, "--add", "-o", out, "--edits", edits, "--format", "csv")
    assert (code, told["audit"], told["documents"], told["inputs"]) == (0, {"applied": 2}, 2, 0)
    code, told, _ = dataset(capsys, "--add", *FILES[2:], FILES[0], "-o", out, "--format", "csv")
    assert (code, told["audit"], told["documents"], told["inputs"]) == (0, {"applied": 2}, 4, 3)
    assert fact["quote"] not in {row["quote"] for row in rows(out, "facts") if row["document"] == fact["document"]}
    code, told, _ = dataset(capsys, *FILES, "-o", out, "--check", out / "manifest.json", "--format", "csv")
    assert (code, told["differences"], told["audit"]) == (0, [], {"applied": 2}), (
        "the corrections in the folder hold for a run from the files too"
    )


def test_an_archive_of_the_web_keeps_its_addresses(tmp_path: Path, capsys: Captured) -> None:
    pages = {
        "https://rongjiang.example/news/1.html": PAGE.format(title="榕江绣娘培训班开班", outlet="榕江县人民政府网"),
        "https://qdn.example/a?id=2": PAGE.format(title="转载：榕江绣娘培训班开班", outlet="黔东南日报"),
    }
    packed = warced(
        *((address, "200 OK", "text/html; charset=utf-8", page.encode()) for address, page in pages.items())
    )
    (tmp_path / "pages.warc.gz").write_bytes(packed)
    out = tmp_path / "out"
    code, told, _ = dataset(capsys, tmp_path / "pages.warc.gz", "-o", out, "--format", "csv")
    assert (code, told["reports"]) == (0, 2)
    sources = [row["source"] for row in rows(out, "reports")]
    assert all(any(address in source for source in sources) for address in pages), sources
    assert told["texts"] == 1, "one tells what the other told"


def test_the_judges_that_are_asked_for_decide(tmp_path: Path, capsys: Captured) -> None:
    dataset(capsys, *FILES, "-o", tmp_path / "ruled", "--rules-only", "--format", "csv")
    dataset(capsys, *FILES, "-o", tmp_path / "judged", "--format", "csv")
    sure = [row["confidence"] for row in rows(tmp_path / "judged", "facts")]
    assert {row["confidence"] for row in rows(tmp_path / "ruled", "facts")} == {None}
    assert any(one is not None for one in sure)
