"""Judges: what they may change, how their probabilities come to the records, how they are trained and measured."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengce import Document
from zhengce.candidate import LABELS, Candidate, Verdict
from zhengce.errors import BadUsage
from zhengce.flow import annotate, candidates, extracted, judged, repaired
from zhengce.lessons import examples, read_marked
from zhengce.model.calibration import calibration_error, reliability
from zhengce.model.fit import fit
from zhengce.model.linear import Linear, load, save

REPORT = (
    "2025年某县人民政府工作报告\n一、去年工作回顾\n城镇新增就业1.2万人。打造“某县绣娘”劳务品牌，推行“一码通”服务。\n"
    "二、今年工作安排\n新建零工市场12个。6月底前，建成线上平台。"
)


def always(question: str, label: str, likely: float = 0.9):
    """A judge that says one thing of all candidates of one question."""

    def judge(document: Document, asked: Sequence[Candidate]) -> list[Verdict | None]:
        rest = {other: (1 - likely) / (len(LABELS[question]) - 1) for other in LABELS[question]}
        verdict = Verdict(label=label, probabilities=rest | {label: likely})
        return [verdict if candidate.question == question else None for candidate in asked]

    return judge


@pytest.mark.parametrize(
    ("question", "label", "table", "expected"),
    [
        ("statement", "target", "targets", {"12000", "12", "None"}),
        ("statement", "fact", "facts", {"12000", "12"}),
        ("statement", "standard", "targets", {"None"}),
        ("statement", "none", "facts", set()),
        ("goal", "no", "targets", {"12"}),
    ],
)
def test_a_judge_moves_numbers_between_the_tables(question: str, label: str, table: str, expected: set[str]) -> None:
    found = annotate(REPORT, judges=[always(question, label)])[table]
    assert {str(record.value) for record in found} == expected  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("brand", {("某县绣娘", "labour_brand"), ("一码通", "labour_brand")}),
        ("programme", {("某县绣娘", "training_programme"), ("一码通", "training_programme")}),
        ("other", set()),
    ],
)
def test_a_judge_decides_what_a_name_is(label: str, expected: set[tuple[str, str]]) -> None:
    found = annotate(REPORT, judges=[always("name", label)])["brands"]
    quoted = [brand for brand in found if brand.citation.quote.startswith("“")]
    assert {(brand.name, brand.kind) for brand in quoted} == expected  # type: ignore[attr-defined]


def test_what_a_judge_has_made_says_so_and_bears_its_probability() -> None:
    made = annotate(REPORT, judges=[always("statement", "fact", 0.75)])["facts"]
    assert [(record.rule.endswith(".judged"), record.confidence) for record in made] == [(False, 0.75), (True, 0.75)]


def test_without_judges_there_is_no_confidence() -> None:
    found = annotate(REPORT, judges=())
    assert [record.confidence for records in found.values() for record in records] == [None] * sum(
        map(len, found.values())
    )


def test_a_later_judge_is_believed_and_the_probability_stays_that_of_the_trained_one() -> None:
    def unsure(document: Document, asked: Sequence[Candidate]) -> list[Verdict | None]:
        return [Verdict(label="fact", probabilities={}) if one.question == "statement" else None for one in asked]

    facts = annotate(REPORT, judges=[always("statement", "target", 0.8), unsure])["facts"]
    assert [round(record.confidence or 0, 3) for record in facts] == [0.067, 0.067]


def test_a_name_that_a_judge_finds_is_found_wherever_it_stands_again() -> None:
    text = "说起劳务品牌，这里的人都知道“蓝衣绣娘”的故事。据介绍，蓝衣绣娘已有三十人。"

    def judge(document: Document, asked: Sequence[Candidate]) -> list[Verdict | None]:
        sure = Verdict(label="brand", probabilities={"brand": 0.7, "programme": 0.1, "other": 0.2})
        return [sure if document[one.span].startswith("“") else None for one in asked]

    found = annotate(text, judges=[judge])["brands"]
    shown = [(brand.citation.quote, brand.confidence) for brand in found]
    assert shown == [("“蓝衣绣娘”", 0.7), ("蓝衣绣娘", 0.7)]


def test_every_candidate_is_cited_within_its_sentence() -> None:
    document, _ = repaired(REPORT.encode(), "report.txt")
    asked = candidates(document, extracted(document))
    assert {candidate.question for candidate in asked} >= {"statement", "goal", "name"}
    for candidate in asked:
        assert candidate.sentence.start <= candidate.span.start < candidate.span.end <= candidate.sentence.end
        assert candidate.ruled in LABELS[candidate.question]
        assert len(candidate.features) > 5


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=60))
def test_the_calibration_error_lies_between_none_and_all(answers: list[tuple[float, bool]]) -> None:
    curve = reliability(answers)
    assert sum(bin_.count for bin_ in curve) == len(answers)
    assert 0 <= calibration_error(curve) <= 1


def taught() -> Linear:
    """A judge of toy examples: what has the feature a is yes."""
    rows = [(["a", f"n{at % 7}"], "yes") if at % 2 else (["b", f"n{at % 5}"], "no") for at in range(80)]
    return fit(
        [row for row, _ in rows], [label for _, label in rows], [str(at % 10) for at in range(80)], ("yes", "no")
    )


def test_training_is_the_same_bit_for_bit_and_comes_back_from_its_file(tmp_path: Path) -> None:
    save(taught(), tmp_path / "one.json")
    save(taught(), tmp_path / "two.json")
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()
    back = load(tmp_path / "one.json")
    assert back == taught()
    assert back.probabilities(["a"])["yes"] > 0.8 > 0.2 > back.probabilities(["b"])["yes"]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"labels": 3}', '{"labels": ["yes"], "intercept": [0]}'])
def test_a_file_without_a_judge_says_what_to_do(text: str, tmp_path: Path) -> None:
    path = tmp_path / "statement.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadUsage, match=r"statement\.json holds no trained judge.*zhengce train"):
        load(path)


MARKED = """<document kind="report">
2025年某县人民政府工作报告
一、去年工作回顾
<fact>新增就业<none>三项</none>1.2万人</fact>，打造<brand>“某县绣娘”</brand>劳务品牌，推行<other>“一码通”</other>服务。
二、今年工作安排
<target>新建零工市场12个</target>，<standard unsure="yes">招用5人以上</standard>的企业优先。
<target>6月底前建成线上平台</target>。
</document>
"""


def labels(tmp_path: Path) -> Mapping[tuple[str, str], str]:
    path = tmp_path / "d.xml"
    path.write_text(MARKED, encoding="utf-8")
    marked = read_marked(path)
    assert all(marked.text[mark.span.start : mark.span.end] for mark in marked.marks)
    return {(one.candidate.question, one.context.split("【")[1].split("】")[0]): one.label for one in examples(marked)}


def test_marks_become_the_labels_of_the_candidates_that_the_rules_find(tmp_path: Path) -> None:
    found = labels(tmp_path)
    assert found[("statement", "1.2万人")] == "fact"
    assert found[("statement", "12个")] == "target"
    assert found[("name", "“某县绣娘”")] == "brand"
    assert found[("name", "“一码通”")] == "other"
    assert found[("goal", "6月底前建成线上平台")] == "yes"
    assert not any("5人" in shown for _, shown in found), "what is unsure teaches nothing"


def test_a_file_that_is_no_marked_document_is_named(tmp_path: Path) -> None:
    path = tmp_path / "broken.xml"
    path.write_text("<document>某县<fact>", encoding="utf-8")
    with pytest.raises(BadUsage, match=r"broken\.xml: no marked document"):
        read_marked(path)


def test_judged_records_are_those_of_the_flow() -> None:
    document, _ = repaired(REPORT.encode(), "report.txt")
    assert json.dumps(sorted(record.citation.quote for record in judged(document, ()))) == json.dumps(
        sorted(record.citation.quote for record in extracted(document))
    )
