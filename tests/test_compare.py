"""Documents beside each other: cases of two provisions, what must hold of every one, which is the baseline."""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhengce.batch import run as extract
from zhengce.compare.difference import differences
from zhengce.compare.evidence import views
from zhengce.compare.member import member_of, named
from zhengce.compare.parallel import parallels
from zhengce.compare.relation import relation_evidence, relations, reuse
from zhengce.comparing import compare, read_members
from zhengce.errors import BadUsage
from zhengce.flow import process
from zhengce.pair import Comparison, Member, Parallel, Reproduction
from zhengce.record import identified
from zhengce.restored import restored

CORPORA = Path(__file__).parent.parent / "corpora"
OPINIONS = [path for path in sorted((CORPORA / "samples").iterdir()) if "opinion" in path.name]
FAMILY = CORPORA / "parallel" / "train" / "cold_chain"
CASES: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "cases" / "compare.toml").read_text("utf-8"))[
    "case"
]


def read(text: str, name: str = "文件.txt", **about: Any) -> Member:
    """A text as it is compared."""
    outcome = process(text.encode(), name, judges=())
    document = outcome.document
    assert document
    return replace(member_of(document, outcome.records), **about)


def beside(base: str, other: str) -> tuple[Member, Member]:
    """A national opinion and a provincial one with a provision each."""
    return (
        read(f"关于做好有关工作的意见\n{base}\n", level="central", date=datetime.date(2022, 3, 1)),
        read(f"某省关于做好有关工作的实施意见\n{other}\n", level="province", region="湖南省", region_code="430000",
             date=datetime.date(2022, 6, 1)),
    )  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=[str(number) for number in range(1, len(CASES) + 1)])
def test_two_provisions(case: dict[str, Any]) -> None:
    first, second = beside(case["base"], case["other"])
    assert (len(first.units), len(second.units)) == (1, 1)
    found = differences(first, second, [(0, 0)])[0, 0]
    if "changes" in case:
        told = [[one.kind, one.change, one.base_words or "", one.words or ""] for one in found if one.change != "equal"]
        assert sorted(told) == sorted(case["changes"]), case["why"]
    if "relations" in case:
        seen = views([first, second])
        folded = seen[first.document].folded[0], seen[second.document].folded[0]
        evidence = relation_evidence(first.units[0], second.units[0], folded, reuse(*folded))
        said = relations(evidence, found)
        kept = [one for one in said if one != "refine" or "refine" in case["relations"] or len(said) == 1]
        assert kept == case["relations"], case["why"]


def sample() -> Comparison:
    return compare(read_members(OPINIONS, process=process).members)


def check(comparison: Comparison) -> None:
    """What must hold of every comparison."""
    base = comparison.baseline
    assert base
    for other in comparison.members[1:]:
        found = comparison.parallels[other.document]
        assert {pair.base.place for pair in found if pair.base} == {unit.place for unit in base.units}
        assert {pair.unit.place for pair in found if pair.unit} == {unit.place for unit in other.units}
        for pair in found:
            for unit, of in ((pair.base, base), (pair.unit, other)):
                assert unit is None or of.text[unit.span.start : unit.span.end] == unit.text
            assert (pair.base is None) == (pair.relation == "add")
            assert (pair.unit is None) == (pair.relation == "omit")
            assert pair.unit is None or pair.run in pair.unit.text
            assert pair.confidence is not None
            assert 0 <= pair.confidence <= 1
            for one in pair.differences:
                for span, words, unit, of in (
                    (one.base_span, one.base_words, pair.base, base), (one.span, one.words, pair.unit, other),
                ):  # fmt: skip
                    assert span is None or of.text[span.start : span.end] == words
                    assert span is None or (unit is not None and span.overlaps(unit.span)) or one.kind != "value"


def test_every_provision_stands_in_a_comparison_with_its_words() -> None:
    check(sample())


def test_a_document_beside_itself_is_a_copy_throughout() -> None:
    one = read(plain(FAMILY / "baseline.xml"), "甲.txt")
    two = replace(one, document="0" * 16, units=tuple(replace(unit, document="0" * 16) for unit in one.units))
    found = parallels(one, two, views([one, two]))
    assert places(found) == [(unit.place, unit.place) for unit in one.units]
    assert {pair.relation for pair in found} == {"copy"}
    assert {pair.copy_ratio for pair in found} == {1.0}
    assert all(one.change == "equal" for pair in found for one in pair.differences)


LABEL = re.compile(r"(?m)^(\s*(?:<p[^>]*>)?)（([一二三四五六七八九十]+)）")


@settings(max_examples=8, deadline=None)
@given(st.lists(st.sampled_from("一二三五七九十"), min_size=14, max_size=14))
def test_printed_numbers_do_not_matter(numbers: list[str]) -> None:
    """A double, missing or wrong （七） changes neither units nor pairs."""
    base = read(plain(FAMILY / "baseline.xml"), "甲.txt")
    text = plain(FAMILY / "shandong.xml")
    wrong = iter(numbers)
    renumbered = re.sub(r"(?m)^（[一二三四五六七八九十]+）", lambda match: f"（{next(wrong, '八')}）", text)
    one, two = read(text, "乙.txt"), read(renumbered, "丙.txt")
    assert [unit.heading for unit in one.units] == [unit.heading for unit in two.units]
    assert places(parallels(base, one, views([base, one]))) == places(parallels(base, two, views([base, two])))


def places(found: Iterable[Parallel]) -> list[tuple[int | None, int | None]]:
    """Which unit answers which, by their places."""
    return [(pair.base and pair.base.place, pair.unit and pair.unit.place) for pair in found]  # type: ignore[misc]


def plain(path: Path) -> str:
    return re.sub(r"<[^>]+>", "", path.read_text("utf-8")).strip()


def test_the_baseline_is_the_one_that_others_cite() -> None:
    comparison = sample()
    assert comparison.baseline
    assert comparison.baseline.number == "人社部发〔2022〕901号"
    links = [found.upstream for found in comparison.reproductions.values()]
    assert {link.by for link in links if link} == {"cited"}
    assert {link.quote for link in links if link} == {"《关于培育壮大劳务品牌促进农村劳动力就业增收的指导意见》"}


def made(name: str, **about: Any) -> Member:
    text = f"关于某项工作的意见\n一、总体要求\n（一）工作目标。加强{name}有关工作，推动取得实效，形成长效机制。"
    return read(text, f"{name}.txt", **about)


def test_without_citation_the_baseline_is_the_eldest_of_the_highest_level() -> None:
    first, second = datetime.date(2021, 1, 1), datetime.date(2022, 1, 1)
    city = made("市", level="city", date=first)
    province = made("省", level="province", date=second)
    elder = made("老省", level="province", date=first)
    assert compare(named([city, province])).baseline == named([city, province])[1]
    found = compare(named([city, province, elder])).baseline
    assert found
    assert found.source == "老省.txt"
    links = {one.source: told.upstream for one, told in _told(compare(named([city, province, elder])))}
    assert links["省.txt"] is None, "a peer carries out nothing"
    assert links["市.txt"] is not None
    assert links["市.txt"].by == "level"


def _told(comparison: Comparison) -> list[tuple[Member, Reproduction]]:
    return [(one, comparison.reproductions[one.document]) for one in comparison.members[1:]]


def test_where_nothing_tells_the_baseline_is_asked_for() -> None:
    members = named([made("甲"), made("乙")])
    with pytest.raises(BadUsage, match="--baseline") as error:
        compare(members)
    assert "甲.txt" in str(error.value)
    given = compare(members, baseline="乙.txt")
    assert given.baseline == members[1]
    assert [found.upstream.by for found in given.reproductions.values() if found.upstream] == ["given"]
    with pytest.raises(BadUsage, match="丙"):
        compare(members, baseline="丙.txt")
    with pytest.raises(BadUsage, match="two documents"):
        compare(members[:1])


def test_names_tell_documents_apart() -> None:
    same = [made(name, region="湖南省", number=number) for name, number in (("甲", "湘政发〔2022〕1号"), ("乙", None))]
    others = [made("丙", region="四川省"), made("丁", region="湖南省"), made("戊")]
    names = [one.name for one in named([*same, *others])]
    assert len(set(names)) == len(names)
    assert all(names)
    assert names[0] == "湖南省 湘政发〔2022〕1号"
    assert names[2] == "四川省"


def test_tables_of_a_run_compare_as_its_files_do(tmp_path: Path) -> None:
    extract(OPINIONS, tmp_path)
    from_tables = compare(read_members([tmp_path], process=process).members)
    from_files = sample()
    assert from_tables.baseline
    assert from_files.baseline
    assert from_tables.baseline.document == from_files.baseline.document
    for document, found in from_files.parallels.items():
        assert from_tables.parallels[document] == found
    assert from_tables.edges == from_files.edges


def test_restored_records_are_those_of_the_run(tmp_path: Path) -> None:
    extract(OPINIONS[:1], tmp_path)
    (held,) = restored(tmp_path)
    outcome = process(OPINIONS[0].read_bytes(), OPINIONS[0].name)
    assert outcome.document
    expected = dict(identified(outcome.document.id, outcome.records))
    assert {name for name, _ in held.records} == set(expected)
    for name, record in held.records:
        told = replace(expected[name], citation=replace(expected[name].citation, boxes=()), confidence=None)
        assert replace(record, confidence=None) == told


def test_broken_tables_are_told_with_their_line(tmp_path: Path) -> None:
    extract(OPINIONS[:1], tmp_path)
    with (tmp_path / "targets.jsonl").open("a", encoding="utf-8") as file:
        file.write("{not json\n")
    with pytest.raises(BadUsage, match=r"targets\.jsonl, line \d+"):
        read_members([tmp_path], process=process)


def test_a_panel_has_a_row_a_month_until_adoption() -> None:
    comparison = sample()
    assert comparison.baseline
    rows = [one for one in comparison.at_risk if one.member.region == "湖南省"]
    assert [one.months_since for one in rows] == list(range(5))
    assert [one.adopted for one in rows] == [False] * 4 + [True]
    assert [one.adopters_before for one in rows] == [0, 0, 0, 1, 2]


def test_a_network_has_who_issues_and_who_leads_whom() -> None:
    edges = sample().edges
    joint = {(edge.source, edge.target) for edge in edges if edge.kind == "joint_issue"}
    assert ("云南省人力资源和社会保障厅", "云南省财政厅") in joint
    duty = {(edge.source, edge.target): edge.weight for edge in edges if edge.kind == "duty"}
    assert duty["四川省人力资源和社会保障厅", "四川省农业农村厅"] == 1


def test_texts_without_an_outline_are_compared_by_paragraph() -> None:
    base = read(
        "关于某项工作的通知\n各单位要公布办事指南，一次告知所需材料。\n办理时限不超过10个工作日，逾期视为同意。",
        "甲.txt",
    )
    other = read("关于某项工作的通知\n办理时限不超过5个工作日，逾期视为同意。", "乙.txt")
    found = parallels(base, other, views([base, other]))
    assert [pair.relation for pair in found] == ["omit", "strengthen"]


def test_nothing_to_compare_is_no_error() -> None:
    base, other = read("标题", "甲.txt"), read("关于某项工作的通知\n各单位要公布办事指南，一次告知所需材料。", "乙.txt")
    assert base.units == ()
    assert [pair.relation for pair in parallels(base, other, views([base, other]))] == ["add"]


def test_what_several_documents_added_is_known_as_such() -> None:
    common = "（二）设立流动服务车。每个乡镇配备流动服务车1辆，逢集日到集市受理老年证、医保报销和就业登记，现场出证。"
    other = "（三）推行流动服务车。各乡镇要配好流动服务车，逢集日开到集市，现场受理老年证、医保报销、就业登记等事项。"
    first = "关于优化服务的意见\n（一）公布办事指南。各级服务中心要公布办事指南，一次告知所需材料，不得要求重复提交。\n"
    base = read(first, "甲.txt", level="central", region=None)
    one = read(
        f"{first}{common}\n（三）挖掘古树保护潜力。对百年以上古树建立名录。\n",
        "乙.txt",
        level="province",
        region="湖南省",
    )
    two = read(
        f"{first}（二）支持沼气改造。鼓励养殖场改造沼气池。\n{other}\n", "丙.txt", level="province", region="四川省"
    )
    comparison = compare(named([base, one, two]))
    groups = {
        pair.unit.heading: pair.shared_addition
        for found in comparison.parallels.values()
        for pair in found
        if pair.unit and pair.relation == "add"
    }
    assert groups == {"设立流动服务车": 1, "推行流动服务车": 1, "挖掘古树保护潜力": None, "支持沼气改造": None}
