"""`zhengce compare` from the command line: files or tables in, every kind of file out, errors told with what to do."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

import networkx
import pyarrow.parquet as pq
import pytest

from zhengce.batch import run as extract
from zhengce.cli import main
from zhengce.cli.compare import KNOWN
from zhengce.comparing import FORMATS
from zhengce.write.columns import COMPARISON, columns

SAMPLES = Path(__file__).parent.parent / "corpora" / "samples"
OPINIONS = [str(path) for path in sorted(SAMPLES.iterdir()) if "opinion" in path.name]


def rows(out: Path, table: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (out / f"{table}.jsonl").read_text("utf-8").splitlines()]


def test_formats_named_by_help_are_those_there_are() -> None:
    assert KNOWN == FORMATS


def test_opinions_beside_the_one_that_they_cite(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", *OPINIONS, "-o", str(tmp_path), "--quiet"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["baseline"] == "central_opinion.html"
    assert told["documents"] == 4
    for name in ("compare.html", "compare.xlsx", "compare.docx", "network.graphml", "compare_wide.csv"):
        assert (tmp_path / name).stat().st_size > 1000
    for table, held in columns(COMPARISON).items():
        assert told["rows"][table] == len(rows(tmp_path, table))
        for row in rows(tmp_path, table):
            assert list(row) == [column.name for column in held]
        with (tmp_path / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
            assert len(list(csv.DictReader(file))) == len(rows(tmp_path, table))


def test_what_the_tables_quote_stands_in_the_documents(tmp_path: Path) -> None:
    run, out = tmp_path / "run", tmp_path / "out"
    extract(OPINIONS, run)
    assert main(["compare", str(run), "-o", str(out), "--quiet", "--format", "csv"]) == 0
    texts = {row["document"]: str(row["text"]) for row in rows(run, "documents")}
    records = {row["record"] for table in ("targets", "facts") for row in rows(run, table)}

    def stands(row: dict[str, object], document: object, words: object, start: object, end: object) -> bool:
        return words is None or texts[document][start:end] == words  # type: ignore[index,misc]

    for row in rows(out, "parallels"):
        assert stands(row, row["document"], row["quote"], row["start"], row["end"])
        assert stands(row, row["baseline"], row["base_quote"], row["base_start"], row["base_end"])
    for row in rows(out, "differences"):
        assert stands(row, row["document"], row["words"], row["start"], row["end"])
        assert stands(row, row["baseline"], row["base_words"], row["base_start"], row["base_end"])
    for row in rows(out, "indicators"):
        assert stands(row, row["document"], row["quote"], row["start"], row["end"])
        assert row["record"] is None or row["record"] in records


def test_headings_over_a_provision_are_those_of_the_outline(tmp_path: Path) -> None:
    run, out = tmp_path / "run", tmp_path / "out"
    extract(OPINIONS, run)
    assert main(["compare", str(run), "-o", str(out), "--quiet", "--format", "csv"]) == 0
    outline = {(row["document"], row["provision"]): row for row in rows(run, "provisions")}

    def over(document: object, provision: object) -> list[object]:
        row = outline.get((document, outline[document, provision]["parent"]))
        return [*over(document, row["provision"]), row["heading"]] if row else []

    found = rows(out, "parallels")
    for row in found:
        for side, document in (("", row["document"]), ("base_", row["baseline"])):
            if row[f"{side}provision"] is not None:
                assert row[f"{side}headings"] == over(document, row[f"{side}provision"])
    assert {str(row["base_headings"][0]) for row in found if row["base_headings"]} == {
        "总体要求", "加强发现培育", "拓展就业空间", "提升发展质量", "强化组织保障",
    }  # fmt: skip


def test_a_value_changed_is_told_with_both_words(tmp_path: Path) -> None:
    assert main(["compare", *OPINIONS, "-o", str(tmp_path), "--quiet", "--format", "csv"]) == 0
    found = {
        (row["name"], row["kind"], row["change"], row["base_words"], row["words"])
        for row in rows(tmp_path, "differences")
    }
    assert ("湖南省", "value", "stronger", "达到60%左右", "达到65%以上") in found
    assert ("云南省", "deadline", "stronger", "到2025年", "到2023年") in found
    assert ("四川省", "value", "scope", "500个以上", "60个以上") in found


def test_a_baseline_may_be_named_and_need_not_be_given_twice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    central = str(SAMPLES / "central_opinion.html")
    others = [path for path in OPINIONS if path != central]
    assert main(["compare", *others, "--baseline", central, "-o", str(tmp_path), "--quiet", "--format", "csv"]) == 0
    assert json.loads(capsys.readouterr().out)["baseline"] == "central_opinion.html"
    assert main(["compare", *OPINIONS, "--baseline", "湖南省", "-o", str(tmp_path), "--quiet", "--format", "csv"]) == 0
    assert json.loads(capsys.readouterr().out)["baseline"] == "hunan_opinion.txt"
    assert main(["compare", *OPINIONS, "--baseline", "nowhere.txt", "-o", str(tmp_path), "--quiet"]) == 2
    assert "nowhere.txt" in capsys.readouterr().err


def test_by_indicator_needs_no_baseline(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for place, rate, jobs in (("甲省", "5.5%左右", "40万人以上"), ("乙省", "6%", "25万人")):
        goals = f"地区生产总值增长{rate}，城镇新增就业{jobs}，居民收入增长与经济增长同步。"
        text = f"{place}2031年政府工作报告\n今年发展主要预期目标是：{goals}"
        (tmp_path / f"{place}.txt").write_text(text, "utf-8")
    out = tmp_path / "out"
    inputs = [str(tmp_path / "甲省.txt"), str(tmp_path / "乙省.txt")]
    assert main(["compare", *inputs, "-o", str(out), "--quiet", "--format", "csv"]) == 2
    assert "--baseline" in capsys.readouterr().err
    assert main(["compare", *inputs, "--by", "indicator", "-o", str(out), "--quiet"]) == 0
    with (out / "indicators_wide.csv").open(encoding="utf-8-sig", newline="") as file:
        wide = {
            row["indicator"]: [value for name, value in row.items() if name.endswith("_value")]
            for row in csv.DictReader(file)
        }
    assert sorted(wide["gdp_growth"]) == ["5.5%左右", "6%"] or sorted(wide["gdp_growth"]) == ["6%", "about 5.5%"]
    assert len(wide["household_income_growth"]) == 2
    assert {row["baseline"] for row in rows(out, "reproduction")} == {None}


def test_a_bad_file_does_not_stop_the_others(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 nothing more")
    out = tmp_path / "out"
    assert main(["compare", *OPINIONS, str(broken), "-o", str(out), "--quiet", "--format", "csv"]) == 1
    captured = capsys.readouterr()
    assert "broken.pdf" in captured.err
    assert json.loads(captured.out)["documents"] == 4
    assert main(["compare", str(broken), "-o", str(out), "--quiet"]) == 2
    assert "broken.pdf" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["compare", "extract"])
def test_without_pyarrow_nothing_is_read(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("pyarrow", "pyarrow.parquet"):
        monkeypatch.setitem(sys.modules, name, None)
    out = tmp_path / "out"
    assert main([command, *OPINIONS, "-o", str(out), "--quiet", "--format", "parquet"]) == 2
    assert "zhengce[parquet]" in capsys.readouterr().err
    assert not out.exists()


def test_every_file_that_failed_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = [tmp_path / f"broken_{number}.pdf" for number in range(25)]
    for number, path in enumerate(broken):
        path.write_bytes(b"%PDF-1.7 nothing more" + bytes([number]))
    given = [*OPINIONS, *map(str, broken)]
    assert main(["compare", *given, "-o", str(tmp_path / "out"), "--quiet", "--format", "csv"]) == 1
    error = capsys.readouterr().err
    assert all(path.name in error for path in broken)


def test_tables_of_another_make_are_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "parallels.csv").write_text("mine,yours\n", "utf-8")
    assert main(["compare", *OPINIONS, "-o", str(tmp_path), "--quiet"]) == 2
    assert "parallels.csv" in capsys.readouterr().err
    assert (tmp_path / "parallels.csv").read_text("utf-8") == "mine,yours\n"


def test_the_graph_opens(tmp_path: Path) -> None:
    assert main(["compare", *OPINIONS, "-o", str(tmp_path), "--quiet", "--format", "csv"]) == 0
    graph = networkx.read_graphml(tmp_path / "network.graphml")
    assert graph.number_of_edges() == len(rows(tmp_path, "network_edges"))
    assert {data["kind"] for _, _, data in graph.edges(data=True)} == {"joint_issue", "duty"}


def test_wide_tables_are_parquet_too(tmp_path: Path) -> None:
    assert main(["compare", *OPINIONS, "-o", str(tmp_path), "--quiet", "--format", "parquet"]) == 0
    for table in ("parallels", "differences", "compare_wide", "indicators_wide"):
        assert pq.read_table(tmp_path / f"{table}.parquet").num_rows == len(rows(tmp_path, table))
    found = pq.read_table(tmp_path / "compare_wide.parquet")
    assert found.schema.field("row").type == "int64"
    assert found.column("p530000_relation")[1].as_py() == "strengthen"


def test_unsure_records_can_be_left_out(tmp_path: Path) -> None:
    held = []
    for least in ("0", "0.99"):
        out = tmp_path / least
        assert (
            main(["compare", *OPINIONS, "-o", str(out), "--quiet", "--format", "csv", "--min-confidence", least]) == 0
        )
        held.append(len(rows(out, "indicators")))
    assert held[1] < held[0]


def test_a_folder_is_compared_with_its_own_results_in_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for path in OPINIONS:
        (tmp_path / Path(path).name).write_bytes(Path(path).read_bytes())
    out = tmp_path / "out"
    for name in ("zhengce.sqlite-wal", "zhengce.sqlite-shm"):  # as a killed run leaves them beside its store
        (tmp_path / name).write_bytes(b"\0\1")
    for _ in range(2):
        assert main(["compare", str(tmp_path), "-o", str(out), "--quiet", "--format", "csv"]) == 0
        told = json.loads(capsys.readouterr().out)
        assert (told["documents"], told["failures"]) == (len(OPINIONS), 0)


def test_what_was_read_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def run() -> int:
        return main(["compare", *OPINIONS, "-o", str(tmp_path / "out"), "--quiet", "--format", "csv"])

    assert run() == 0
    monkeypatch.setattr("zhengce.pool.Children._start", None)  # nobody is asked to read
    assert run() == 0
