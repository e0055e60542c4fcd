"""The judges that are shipped: rebuilt from the corpus, measured on unseen documents, labelled further by people."""

import csv
import json
import tomllib
from pathlib import Path
from shutil import copy

import pytest
from openpyxl import load_workbook

from zhengce.candidate import LABELS
from zhengce.cli import main
from zhengce.errors import BadUsage
from zhengce.labelling import COLUMNS, labelled, least_certain, read_rows
from zhengce.lessons import Example, read_marked
from zhengce.model.linear import load
from zhengce.training import corpus, figures, read_part, train
from zhengce.weights import weights

SHIPPED = weights("judge", "metrics.json").parent
TEXT = """2025年某县劳务品牌建设方案
一、去年工作回顾
培育劳务品牌12个，带动就业3万人。推介“某县绣娘”“山里红”等，办好“一码通”窗口。
二、目标任务
到2026年，新建基地8个，合格率95%以上，6月底前出台办法。对参训人员每人补贴500元。（县人社局负责）
"""


@pytest.fixture(scope="module")
def lessons() -> tuple[list[Example], list[Example]]:
    """The examples that the judges are trained on: written, and made by the grammar."""
    return read_part(corpus() / "train"), read_part(corpus() / "grammar")


def test_the_shipped_judges_are_those_of_the_corpus(
    lessons: tuple[list[Example], list[Example]], tmp_path: Path
) -> None:
    """Bit for bit on one machine; the last of three decimals may differ between processors."""
    rebuilt = tmp_path
    train(*lessons, rebuilt)
    for question in LABELS:
        ours, theirs = load(SHIPPED / f"{question}.json"), load(rebuilt / f"{question}.json")
        assert ours.labels == theirs.labels
        for name in {*ours.weights, *theirs.weights}:
            none = (0.0,) * len(ours.labels)
            pairs = zip(ours.weights.get(name, none), theirs.weights.get(name, none), strict=True)
            assert all(abs(one - other) < 0.0025 for one, other in pairs), (question, name)


def test_the_shipped_figures_are_those_of_the_shipped_judges() -> None:
    judges = {question: load(SHIPPED / f"{question}.json") for question in LABELS}
    told = figures(judges, read_part(corpus() / "test"))
    assert json.loads((SHIPPED / "metrics.json").read_text(encoding="utf-8")) == json.loads(json.dumps(told))


def test_the_judges_stay_above_their_floors() -> None:
    floors = tomllib.loads((Path(__file__).parent / "quality.toml").read_text(encoding="utf-8"))
    told = json.loads((SHIPPED / "metrics.json").read_text(encoding="utf-8"))
    asked = ("statement", "name", "goal")
    reached = {label: figure["f1"] for one in asked for label, figure in told["questions"][one]["taken"].items()}
    assert {label: reached[label] for label, floor in floors["judge"].items() if reached[label] < floor} == {}
    errors = {table: told["tables"][table]["calibration_error"] for table in floors["judge_error"]}
    assert {table: error for table, error in errors.items() if error > floors["judge_error"][table]} == {}


def test_no_document_stands_in_two_parts() -> None:
    texts = [
        read_marked(path).text for part in ("train", "test", "grammar") for path in (corpus() / part).glob("*.xml")
    ]
    assert len(texts) == len(set(texts))


def test_the_corpus_is_as_large_as_it_says(lessons: tuple[list[Example], list[Example]]) -> None:
    assert len({(example.document, example.candidate.sentence) for part in lessons for example in part}) >= 1500


def test_the_weights_stay_small() -> None:
    assert sum(path.stat().st_size for path in SHIPPED.parent.rglob("*") if path.is_file()) < 20_000_000


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A corpus of few documents, so that training takes no time."""
    for part, many in (("train", 60), ("grammar", 3), ("test", 3)):
        folder = tmp_path / "corpus" / part
        folder.mkdir(parents=True)
        for path in sorted((corpus() / part).glob("*.xml"))[:many:3]:
            copy(path, folder)
    monkeypatch.setattr("zhengce.training.corpus", lambda: tmp_path / "corpus")


@pytest.mark.usefixtures("small")
def test_a_sheet_is_labelled_by_people_and_trains(tmp_path: Path) -> None:
    document, sheet, models = tmp_path / "plan.txt", tmp_path / "labels.csv", tmp_path / "models"
    document.write_text(TEXT, encoding="utf-8")
    assert main(["label", str(document), "-o", str(sheet), "--sample", "6", "--lang", "en"]) == 0
    with sheet.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) == 6
    assert len({row["question"] for row in rows}) > 2
    for row in rows:
        assert row["candidate"] in TEXT
        assert f"【{row['candidate']}】" in row["context"]
        row["label"] = row["proposed"]
    with sheet.open("w", encoding="gb18030", newline="") as file:  # as Excel of a Chinese Windows saves it
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    assert [example.label for example in labelled(read_rows(sheet), [document])] != []
    assert main(["train", "--labels", str(sheet), "--documents", str(document), "-o", str(models), "--quiet"]) == 0
    assert main(["extract", str(document), "-o", str(tmp_path / "out"), "--models", str(models), "--quiet"]) == 0


def test_the_workbook_offers_the_labels_of_each_question(tmp_path: Path) -> None:
    document, sheet = tmp_path / "plan.txt", tmp_path / "labels.xlsx"
    document.write_text(TEXT, encoding="utf-8")
    assert main(["label", str(document), "-o", str(sheet)]) == 0
    book = load_workbook(sheet)
    offered = {str(rule.sqref): rule.formula1 for rule in book["labels"].data_validations.dataValidation}
    column = "ABCDEFGHIJ"[COLUMNS.index("label")]
    for at, row in enumerate(read_rows(sheet), start=2):
        labels = next(labels for question, labels in LABELS.items() if question == row["question"])
        assert offered[f"{column}{at}"] == f'"{",".join(labels)}"'


def test_a_sheet_with_labels_in_it_is_not_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document, sheet = tmp_path / "plan.txt", tmp_path / "labels.csv"
    document.write_text(TEXT, encoding="utf-8")
    sheet.write_text("mine", encoding="utf-8")
    assert main(["label", str(document), "-o", str(sheet), "--lang", "en"]) == 2
    assert "is there already" in capsys.readouterr().err
    assert sheet.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"label": "goal"}, "no such label for statement: goal"),
        ({"start": "x"}, "not a sheet that `zhengce label` wrote"),
        ({"end": "3", "label": "target"}, "not in the documents given"),
    ],
)
def test_a_row_that_cannot_be_taken_says_why(change: dict[str, str], said: str, tmp_path: Path) -> None:
    document = tmp_path / "plan.txt"
    document.write_text(TEXT, encoding="utf-8")
    row = next(row for row in least_certain([document], 50) if row["question"] == "statement")
    with pytest.raises(BadUsage, match=said):
        labelled([row | {"label": "fact"} | change], [document])


def test_labels_without_their_documents_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", "--labels", "a.csv", "-o", str(tmp_path), "--lang", "en"]) == 2
    assert "go together" in capsys.readouterr().err


def test_what_is_less_likely_than_asked_for_is_left_out(tmp_path: Path) -> None:
    document = tmp_path / "plan.txt"
    document.write_text(TEXT, encoding="utf-8")
    rows: dict[str, list[dict[str, str | None]]] = {}
    for least in ("0", "0.9"):
        assert main(["extract", str(document), "-o", str(tmp_path / least), "--min-confidence", least, "--quiet"]) == 0
        tables = [
            tmp_path / least / f"{name}.jsonl" for name in ("targets", "facts", "subsidies", "assignments", "brands")
        ]
        lines = [line for table in tables for line in table.read_text(encoding="utf-8").splitlines()]
        rows[least] = [json.loads(line) for line in lines]
    kept = [row for row in rows["0"] if row["confidence"] is None or float(row["confidence"]) >= 0.9]
    assert rows["0.9"] == kept
    assert len(kept) < len(rows["0"])
