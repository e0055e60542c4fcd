"""Pairs, figures, intervals and names: what `zhengce.measure` makes of a run and gold."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengce.batch import run
from zhengce.errors import BadUsage
from zhengce.measure.bootstrap import MEAN, intervals
from zhengce.measure.canonical import canonical
from zhengce.measure.change import changes
from zhengce.measure.evaluate import evaluate
from zhengce.measure.figures import Counts, count
from zhengce.measure.mark import Mark
from zhengce.measure.pair import pair
from zhengce.text import Span

TEXT = (
    "一、总体目标。\n到2025年底，全县培训农民工2万人次，合格率力争达到95%以上。\n"
    "二、扶持政策。\n对稳定就业的脱贫人口，给予每人500元的一次性交通补贴。\n"
)
NEWS = "据统计，全县已培育劳务品牌12个，带动就业3000人。\n"


@pytest.fixture
def ran(tmp_path: Path) -> Path:
    """A run over two documents."""
    for name, text in (("001_plan.txt", TEXT), ("002_news.txt", NEWS)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    run([tmp_path / "001_plan.txt", tmp_path / "002_news.txt"], tmp_path / "run")
    return tmp_path / "run"


def rows(folder: Path, table: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / f"{table}.jsonl").read_text(encoding="utf-8").splitlines()]


def code(path: Path, header: Sequence[str], *cells: Sequence[str], encoding: str = "utf-8-sig") -> Path:
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows([header, *cells])
    return path


def copy(folder: Path, to: Path, **changed: Mapping[int, Mapping[str, object]]) -> Path:
    """The tables of a run with some values changed, by table and row."""
    to.mkdir()
    for path in folder.glob("*.jsonl"):
        lines = [row | changed.get(path.stem, {}).get(at, {}) for at, row in enumerate(rows(folder, path.stem))]
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in lines if not row.get("gone"))
        (to / path.name).write_text(text, encoding="utf-8")
    return to


def test_a_run_is_right_against_itself(ran: Path) -> None:
    report = evaluate(ran, ran, bootstrap=20)
    told = {kind: figures for kind, figures in report["kinds"].items() if figures["gold"]}
    assert told.keys() >= {"targets", "facts", "subsidies", "provisions"}
    for figures in told.values():
        assert figures["gold"] == figures["found"]
        assert {figures[level]["f1"] for level in ("overlap", "half", "exact", "strict")} == {1.0}
        assert all(right == of for right, of in figures["columns"].values())
    assert report["mean_strict"] == {"f1": 1.0, "low": 1.0, "high": 1.0}
    assert {record["verdict"] for record in report["gold"].values()} == {"strict"}


def test_each_sort_of_mistake_has_its_verdict(ran: Path, tmp_path: Path) -> None:
    targets = rows(ran, "targets")
    assert [row["value"] for row in targets] == ["20000", "95"]
    gold = copy(ran, tmp_path / "gold", targets={0: {"unit": "人"}}, subsidies={0: {"gone": True}})
    worse = copy(ran, tmp_path / "worse", facts={0: {"gone": True}})
    report = evaluate(worse, gold, bootstrap=0)
    verdicts = {name.split("/")[1] + name[-3:]: record["verdict"] for name, record in report["gold"].items()}
    assert sorted(verdicts.values()).count("partly") == 1
    assert sorted(verdicts.values()).count("missed") == 1
    wrong = [record["wrong"] for record in report["gold"].values() if "wrong" in record]
    assert wrong == [["unit"]]
    assert [name.split("/")[1] for name, record in report["found"].items() if record["verdict"] == "extra"] == [
        "subsidies"
    ]
    targets_right = report["kinds"]["targets"]
    assert (targets_right["overlap"]["f1"], targets_right["strict"]["f1"]) == (1.0, 0.5)
    assert targets_right["columns"]["unit"] == [1, 2]
    assert targets_right["columns"]["value"] == [2, 2]


def test_what_is_open_counts_on_neither_side(ran: Path, tmp_path: Path) -> None:
    gold = copy(ran, tmp_path / "gold", targets={0: {"rule": "gold.open", "value": "1"}, 1: {"rule": "gold"}})
    figures = evaluate(ran, gold, bootstrap=0)["kinds"]["targets"]
    assert (figures["gold"], figures["found"], figures["strict"]["f1"]) == (1, 1, 1.0)


def test_a_document_that_the_run_lacks_is_missed_whole(ran: Path, tmp_path: Path) -> None:
    half = tmp_path / "half"
    run([tmp_path / "002_news.txt"], half)
    report = evaluate(half, ran, bootstrap=0)
    assert report["documents"] == {"gold": 2, "missing": ["001_plan.txt"], "without_gold": 0}
    assert report["kinds"]["targets"]["strict"] == {"precision": None, "recall": 0, "f1": 0, "low": None, "high": None}
    assert report["kinds"]["facts"]["strict"]["f1"] == 1.0
    assert evaluate(ran, half, bootstrap=0)["documents"]["without_gold"] == 1


def test_strata_are_those_of_the_documents(ran: Path, tmp_path: Path) -> None:
    document = rows(ran, "documents")[0]["document"]
    gold = copy(ran, tmp_path / "gold", documents={0: {"kind": "opinion"}, 1: {"kind": "news"}})
    worn = copy(ran, tmp_path / "worn", documents={0: {"damage": "0.2", "script": "hant"}, 1: {"damage": "0.001"}})
    strata = evaluate(worn, gold, bootstrap=0)["strata"]
    owed = sum(row["document"] == document for table in ("targets", "facts", "subsidies") for row in rows(ran, table))
    assert strata["format"]["txt"]["documents"] == 2
    assert {sort: told["documents"] for sort, told in strata["damage"].items()} == {"<1%": 1, ">=1%": 1}
    assert {sort: told["strict"] for sort, told in strata["script"].items()} == {"hans": 1.0, "hant": 1.0}
    assert strata["document"]["opinion"]["gold"] == owed + 2
    assert strata["document"]["opinion"]["kinds"]["provisions"] == {"gold": 2, "strict": 1.0}


def test_a_sheet_coded_by_hand_owes_only_the_columns_that_it_has(ran: Path, tmp_path: Path) -> None:
    header = ("source", "quote", "value", "单位", "备注")
    sheet = (
        ("001_plan.txt", "全县 培训农民工2万人次", "20,000", "人次", "看过"),
        ("001_plan.txt", "合格率力争达到９５％以上", "95", "%", ""),
        ("", "", "", "", ""),
        ("001_plan.txt", "培训农名工", "1", "人", "打错"),
    )
    files = [code(tmp_path / "a" / "targets.csv", header, *sheet)]
    files.append(code(tmp_path / "b" / "targets.csv", header, *sheet, encoding="gb18030").parent)
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.title = "目标"
    for line in (header, *[(*cells[:2], float(cells[2].replace(",", "") or 0) or None, *cells[3:]) for cells in sheet]):
        book.active.append(line)
    book.save(tmp_path / "coded.xlsx")
    for path in (*files, tmp_path / "coded.xlsx"):
        report = evaluate(ran, path, bootstrap=0)
        assert list(report["kinds"]) == ["targets"]
        assert report["kinds"]["targets"]["columns"] == {"value": [2, 2], "unit": [2, 2]}
        assert report["kinds"]["targets"]["strict"]["recall"] == pytest.approx(2 / 3, abs=1e-4)
        assert [record["quote"] for record in report["gold"].values() if record.get("unplaced")] == ["培训农名工"]


def test_hand_made_json_is_placed_by_quotes_or_by_raw_spans(ran: Path, tmp_path: Path) -> None:
    at = TEXT.index("合格率")
    gold = {"targets": [
        {"quote": "到2025年底，全县培训农民工2万人次", "cls": "quantified", "value_min": 20000, "value_max": None,
         "unit": "人次", "comparator": "==", "deadline": {"iso": "2025-12-31"}},
        {"spans": [{"start": at, "end": at + 12, "text": TEXT[at : at + 12]}], "cls": "quantified", "value_min": 95,
         "value_max": 95, "unit": "%", "comparator": ">=", "deadline": None, "deadline_context": "2025-12-31"},
        {"quote": "总体目标", "cls": "qualitative", "value_min": None, "value_max": None, "unit": None},
    ]}  # fmt: skip
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "001.json").write_text(json.dumps(gold), encoding="utf-8")
    report = evaluate(ran, tmp_path / "gold", bootstrap=0)
    assert [record["verdict"] for record in report["gold"].values()] == ["strict", "strict", "open"]
    assert list(report["kinds"]) == ["targets"]


def test_gold_of_another_version_of_the_text_is_placed_by_its_quotes(ran: Path, tmp_path: Path) -> None:
    gold = copy(ran, tmp_path / "gold")
    for table in ("targets", "facts", "subsidies", "documents"):
        moved = [
            row | {key: row[key] + 7 for key in ("start", "end") if key in row} | {"raw_spans": []}
            for row in rows(ran, table)
        ]
        moved = [row | {"text": "（旧版网页）\n" + row["text"]} if "text" in row else row for row in moved]
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in moved)
        (gold / f"{table}.jsonl").write_text(text, encoding="utf-8")
    report = evaluate(ran, gold, bootstrap=0)
    assert [report["kinds"][kind]["exact"]["f1"] for kind in ("targets", "facts", "subsidies")] == [1.0, 1.0, 1.0]


def test_changes_are_told_by_name(ran: Path, tmp_path: Path) -> None:
    good = evaluate(ran, ran, bootstrap=0)
    poor = evaluate(copy(ran, tmp_path / "poor", targets={0: {"value": "3"}}, facts={0: {"start": 0, "end": 2}}), ran)
    there, back = changes(good, poor), changes(poor, good)
    assert there["lost"] == back["gained"]
    assert [name.split("/")[1] for name in there["lost"]] == ["targets", "facts"]
    assert there["lost"][0] == "001_plan.txt/targets/到2025年底，全县培训农民工2@8"
    assert there["false_new"] == back["false_gone"] == ["002_news.txt/facts/全县已培育劳务品牌12个@0"]
    assert there["gained"] == there["owed_anew"] == there["owed_no_more"] == []
    assert json.loads(json.dumps(good)) == evaluate(ran, ran, bootstrap=0)


@pytest.mark.parametrize(
    ("file", "content", "reason"),
    [
        ("targets.csv", "quote,value\n培训2万人次,20000\n", "names no document"),
        ("targets.csv", "source,value\n001_plan.txt,20000\n", "stands nowhere"),
        ("targets.csv", "source,quote,value\n001_plan.txt,培训,约2万\n", "targets.csv row 2.*no number"),
        ("facts.jsonl", '{"document": "x", "quote": "y"}\n{"document"', "facts.jsonl line 2 is no JSON"),
        ("facts.jsonl", "[1]\n", "line 1 is no JSON object"),
        ("x.json", "{", "x.json is no JSON"),
        ("x.json", '{"targets": [{"spans": [{"from": 1}]}]}', "x.json targets 1 is not as gold is written"),
        ("other.csv", "a,b\n1,2\n", "holds no coded records"),
        ("coded.xlsx", "no workbook", "is no Excel workbook"),
        ("facts.csv", "source,quote\n00,全县\n00,\n", "facts.csv row 3 stands nowhere"),
    ],
)
def test_bad_gold_is_named_with_what_to_do(ran: Path, tmp_path: Path, file: str, content: str, reason: str) -> None:
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / file).write_text(content, encoding="utf-8")
    with pytest.raises(BadUsage, match=reason):
        evaluate(ran, tmp_path / "gold", bootstrap=0)


def test_a_document_that_may_be_two_is_not_guessed(ran: Path, tmp_path: Path) -> None:
    (tmp_path / "001_news.txt").write_text("甲" + NEWS, encoding="utf-8")
    run([tmp_path / "001_plan.txt", tmp_path / "001_news.txt"], tmp_path / "two")
    gold = code(tmp_path / "targets.csv", ("source", "quote"), ("001", "培训农民工2万人次"))
    assert evaluate(ran, gold, bootstrap=0)["kinds"]["targets"]["overlap"]["recall"] == 1.0
    with pytest.raises(BadUsage, match="may be"):
        evaluate(tmp_path / "two", gold, bootstrap=0)
    both = code(tmp_path / "facts.csv", ("source", "quote"), ("001", "就业"), ("001_plan", "就业"))
    with pytest.raises(BadUsage, match="call a document by one name"):
        evaluate(ran, both, bootstrap=0)
    with pytest.raises(BadUsage, match="no table of documents"):
        evaluate(gold, gold, bootstrap=0)


SPANS = st.tuples(st.integers(0, 30), st.integers(1, 9)).map(lambda at: Span(start=at[0], end=at[0] + at[1]))
VALUES = st.sampled_from(["1", "2"]).map(lambda value: {"value": canonical("facts", "value", value)})


def marks(spans: st.SearchStrategy[Span]) -> st.SearchStrategy[list[Mark]]:
    mark = st.builds(Mark, kind=st.just("facts"), span=spans, values=VALUES, open=st.booleans())
    return st.lists(mark, max_size=6)


@given(marks(SPANS), marks(SPANS))
def test_every_record_is_in_one_pair_and_the_levels_are_nested(gold: list[Mark], found: list[Mark]) -> None:
    pairs = pair(gold, found)
    assert sorted(id(each.gold) for each in pairs if each.gold) == sorted(map(id, gold))
    assert sorted(id(each.found) for each in pairs if each.found) == sorted(map(id, found))
    counts = count(pairs)
    assert counts.exact <= counts.half <= counts.overlap <= min(counts.gold, counts.found)
    assert counts.strict <= counts.overlap
    assert counts.gold == sum(not mark.open for mark in gold)


@given(marks(SPANS))
def test_nothing_is_wrong_with_the_gold_itself(gold: list[Mark]) -> None:
    counts = count(pair(gold, gold))
    assert counts.strict == counts.exact == counts.gold


def test_a_quote_fits_that_holds_the_gold_with_forty_characters_to_spare() -> None:
    gold = Mark(kind="facts", span=Span(start=50, end=55))
    verdicts = [pair([gold], [Mark(kind="facts", span=Span(start=50, end=end))])[0].verdict for end in (51, 52, 95, 96)]
    assert verdicts == ["partly", "strict", "strict", "partly"]


def test_intervals_hold_the_figure_and_follow_the_seed() -> None:
    documents = [{"facts": Counts(gold=10, found=10, strict=right)} for right in (10, 9, 8, 4, 10)]
    first = intervals(documents, 200, 1)
    assert first == intervals(documents, 200, 1)
    assert first != intervals(documents, 200, 2)
    assert first["facts"] == first[MEAN]
    low, high = first["facts"] or (1.0, 0.0)
    assert 0.4 <= low < 0.82 < high <= 1.0
    assert intervals(documents[:1], 200, 1)["facts"] is None
    assert intervals(documents, 0, 1)[MEAN] is None
