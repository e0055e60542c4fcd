"""Agreement of coders: the coefficients on published examples, and on what coders mark in texts."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengce.batch import run
from zhengce.errors import BadUsage
from zhengce.measure.agreement import cohen, fleiss, krippendorff
from zhengce.measure.coders import coders

# Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), example C: four observers, twelve units
OBSERVERS = ("12332141 2...", "12332241 25.3", ".3332342 251.", "12332441 251.")
# Fleiss' kappa, the worked example of Wikipedia: ten subjects, how many of 14 raters put each into each of five classes
RATINGS = ("0 0 0 0 14", "0 2 6 4 2", "0 0 3 5 6", "0 3 9 2 0", "2 2 8 1 1",
           "7 7 0 0 0", "3 2 6 3 0", "2 5 3 2 2", "6 5 2 1 0", "0 2 2 3 7")  # fmt: skip
# Krippendorff's alpha, the worked example of Wikipedia: three coders, fifteen units
CODERS = (".....34121133.3", "1.213343.......", "..21344.21133.4")

TEXT = "一、总体目标。\n全县培训农民工2万人次。\n二、扶持政策。\n给予每人500元补贴。带动就业3000人。\n"


def units(lines: Sequence[str]) -> Counter[tuple[str | None, ...]]:
    labels = [[None if label == "." else label for label in line.replace(" ", "")] for line in lines]
    return Counter(zip(*labels, strict=True))


def test_alpha_is_that_of_the_published_examples() -> None:
    assert krippendorff(units(OBSERVERS)) == pytest.approx(0.743, abs=5e-4)
    assert krippendorff(units(CODERS)) == pytest.approx(0.691, abs=5e-4)


def test_fleiss_is_that_of_the_published_example() -> None:
    rated = Counter(
        tuple(label for label, times in enumerate(map(int, line.split())) for _ in range(times)) for line in RATINGS
    )
    assert fleiss(rated) == pytest.approx(0.210, abs=5e-4)


def test_cohen_is_that_of_the_published_example_and_leaves_out_what_one_did_not_see() -> None:
    # the worked example of Wikipedia: 45/15/25/15 of 100
    table = {("yes", "yes"): 45, ("yes", "no"): 15, ("no", "yes"): 25, ("no", "no"): 15, ("yes", None): 99}
    assert cohen(table, 0, 1) == pytest.approx(0.1304, abs=5e-4)


LABELS = st.lists(st.tuples(st.sampled_from("甲乙丙"), st.sampled_from("甲乙丙")), min_size=1, max_size=30)


@given(LABELS)
def test_coefficients_are_related_as_their_definitions_say(pairs: list[tuple[str, str]]) -> None:
    counted = Counter(pairs)
    alpha, pi, swapped = krippendorff(counted), fleiss(counted), Counter((b, a) for a, b in pairs)
    assert (alpha is None) == (pi is None)
    if alpha is not None and pi is not None:
        # for two coders who saw everything alpha is Scott's pi with a correction for small samples
        assert alpha == pytest.approx(pi + (1 - pi) / (2 * len(pairs)))
        assert krippendorff(swapped) == pytest.approx(alpha)
        assert cohen(swapped, 0, 1) == pytest.approx(cohen(counted, 0, 1))


@given(st.lists(st.sampled_from("甲乙丙"), min_size=1, max_size=20))
def test_one_coder_agrees_with_himself(labels: list[str]) -> None:
    same = Counter((label, label) for label in labels)
    found = [cohen(same, 0, 1), fleiss(same), krippendorff(same)]
    assert found == ([None] * 3 if len(set(labels)) == 1 else pytest.approx([1.0] * 3))


def test_nothing_to_compare_is_no_agreement() -> None:
    for empty in ({}, {("甲", None): 4}):
        assert [cohen(empty or {("甲", None): 1}, 0, 1), fleiss(empty), krippendorff(empty)] == [None] * 3


@pytest.fixture
def ran(tmp_path: Path) -> Path:
    for name, text in (("a.txt", TEXT), ("b.txt", "全县新增就业5000人。\n")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    run([tmp_path / "a.txt", tmp_path / "b.txt"], tmp_path / "run")
    return tmp_path / "run"


def coded(path: Path, *rows: tuple[str, str]) -> Path:
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("source", "quote"), *rows])
    return path


def test_coders_are_compared_by_character_sentence_and_provision(ran: Path, tmp_path: Path) -> None:
    first = coded(tmp_path / "anna" / "facts.csv", ("a.txt", "带动就业3000人"), ("a.txt", "每人500元"))
    second = coded(tmp_path / "ben" / "facts.csv", ("a.txt", "就业3000人"), ("a.txt", "新增就业"), ("b.txt", "就业"))
    coded(tmp_path / "anna" / "targets.csv", ("a.txt", "培训农民工2万人次"))
    coded(tmp_path / "ben" / "targets.csv", ("a.txt", "培训农民工2万人次"))
    agreed = coders([first.parent, second.parent], ran)
    assert agreed["documents"] == 1, "the second text was seen by one coder only"
    assert agreed["unplaced"] == {"A": 0, "B": 1}
    characters = agreed["levels"]["character"]
    assert characters["targets"]["units"] == len((tmp_path / "a.txt").read_text(encoding="utf-8"))
    assert characters["targets"]["alpha"] == characters["targets"]["cohen"]["A-B"] == 1.0
    # 15 characters against 7 of them, of 51
    n, ours, theirs = characters["facts"]["units"], len("带动就业3000人每人500元"), len("就业3000人")
    chance = (ours * theirs + (n - ours) * (n - theirs)) / n**2
    agreement = 1 - (ours - theirs) / n
    assert characters["facts"]["cohen"]["A-B"] == pytest.approx((agreement - chance) / (1 - chance), abs=1e-4)
    sentences, provisions = agreed["levels"]["sentence"], agreed["levels"]["provision"]
    assert sentences["facts"]["units"] == 5
    assert sentences["facts"]["alpha"] < 1.0
    assert (provisions["facts"]["units"], provisions["facts"]["alpha"], provisions["set"]["alpha"]) == (2, 1.0, 1.0)


def test_a_kind_that_a_third_coder_did_not_look_for_is_missing_not_absent(ran: Path, tmp_path: Path) -> None:
    for name in ("anna", "ben", "carl"):
        coded(tmp_path / name / "facts.csv", ("a.txt", "带动就业3000人"))
    for name in ("anna", "ben"):
        coded(tmp_path / name / "targets.csv", ("a.txt", "培训农民工2万人次"))
    levels = coders([tmp_path / name for name in ("anna", "ben", "carl")], ran)["levels"]["sentence"]
    assert levels["facts"]["fleiss"] == levels["facts"]["alpha"] == levels["targets"]["alpha"] == 1.0
    assert levels["targets"]["fleiss"] is None
    assert levels["targets"]["cohen"] == {"A-B": 1.0, "A-C": None, "B-C": None}


def test_texts_come_from_the_coders_own_tables_where_they_have_them(ran: Path, tmp_path: Path) -> None:
    first = coded(tmp_path / "anna" / "facts.csv", ("a.txt", "带动就业3000人"))
    assert coders([first, ran])["documents"] == 1
    second = coded(tmp_path / "ben" / "facts.csv", ("a.txt", "就业3000人"))
    with pytest.raises(BadUsage, match="give the run too"):
        coders([first, second])
    with pytest.raises(BadUsage, match="two or more"):
        coders([first], ran)
    with pytest.raises(BadUsage, match="in common"):
        coders([first, coded(tmp_path / "ben" / "facts.csv", ("b.txt", "就业"))], ran)
