"""Linking lays aside early what cannot be a copy or a similar brand, and finds the same as by looking at all."""

from __future__ import annotations

import datetime
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from zhengce.flow import process
from zhengce.link import brand, copy, likeness
from zhengce.link.closeness import edits_apart
from zhengce.linked import BrandEntry, Report
from zhengce.text import Span

TRAIN = Path(__file__).parents[1] / "corpora" / "reports" / "train"
DAY = datetime.date(2025, 3, 1)
NAMES = st.text("甲乙丙工匠", min_size=1, max_size=6)


def report(name: str, place: str, counts: tuple[int, ...], day: datetime.date = DAY) -> Report:
    """A report of a fair; two of them differ in the place and in the numbers."""
    one, two, three = counts
    text = (
        f"{place}举行专场招聘会，有{one}家企业进场设展，提供岗位{two}个。\n"
        f"现场有{three}名求职者同用人单位签订了意向协议，不少人是刚刚返乡的务工人员。\n"
        "主办方还在会场一侧设了政策咨询台，为求职者讲解培训和创业方面的扶持办法。"
    )
    span = Span(start=0, end=len(text))
    return Report(
        id=f"{name}-p1",
        document=name,
        part="p1",
        source=name,
        kind="news",
        date=day,
        region=place,
        text=text,
        span=span,
    )


def entry(number: int, names: tuple[str, ...]) -> BrandEntry:
    return BrandEntry(
        id=f"brand-{number}", name=names[0], kind="labour_brand", aliases=names[1:], region_code=None, cells={},
        first_seen=None, last_seen=None, reports=(), records=(),
    )  # fmt: skip


def written(name: str, text: str) -> Report:
    span = Span(start=0, end=len(text))
    return Report(id=f"{name}-p1", document=name, part="p1", source=name, kind="news", date=DAY, text=text, span=span)


def test_sentences_are_laid_side_by_side_only_where_they_decide() -> None:
    """Thirty counties fill one template, and one report is taken over word for word: neither needs its sentences."""
    filled = [report(f"r{at:02}", f"{at}号县", (37 + 3 * at, 1201 + 7 * at, 411 + 5 * at)) for at in range(30)]
    again = replace(filled[0], id="s-p1", document="s", date=DAY + datetime.timedelta(days=1))
    with patch.object(likeness, "closest", side_effect=AssertionError("sentences were compared")):
        found = copy.copies([*filled, again])
    assert found["s-p1"].copied_from == "r00-p1"
    assert {one.kind for name, one in found.items() if name != "s-p1"} == {"original"}
    assert len({one.cluster for one in found.values()}) == 30


def test_the_same_numbers_in_other_sentences_are_no_rewriting() -> None:
    told = ("进场企业37家", "提供岗位1201个", "达成意向411人", "发放手册920份", "带动就业3300户", "开设专场12场")
    ends = (
        ("整个上午人头攒动热闹非凡气氛十分热烈而又秩序井然", "冒着小雨赶来的乡亲挤满了长长的一条街道迟迟不散"),
        ("据有关科室事后统计这一数目比往年略有增加令人欣慰", "牵头单位说接下来要把后续跟踪服务做得更加细致周到"),
    )
    one, other = (
        written(name, "。\n".join(f"{chunk}{end[at % 2]}" for at, chunk in enumerate(told)) + "。")
        for name, end in zip("ab", ends, strict=True)
    )
    like = likeness.likeness(one, other)
    assert copy.REWRITTEN.contained <= like.contained < copy.VERBATIM  # so that sentences decide
    assert like.anchored == 1
    assert like.reworded == 0
    assert {found.kind for found in copy.copies([one, other]).values()} == {"original"}


def test_a_text_without_numbers_can_be_a_copy() -> None:
    text = "主办方在会场一侧设了政策咨询台，为求职者讲解培训和创业方面的扶持办法。"
    first, second = written("a", text), replace(written("b", text), date=DAY + datetime.timedelta(days=1))
    assert copy.copies([first, second])["b-p1"].kind == "identical"


def test_early_looks_change_nothing() -> None:
    """Each pair of the thirty reports of the corpus, judged with all that there is to know of it."""
    outcomes = [(path, process(path.read_bytes(), path.name).document) for path in sorted(TRAIN.glob("t*.*"))]
    held = [
        replace(written(path.stem, one.text), kind=one.header.kind, date=one.header.published)
        for path, one in outcomes if one
    ]  # fmt: skip
    assert len(held) == 30
    found = 0
    for one, two in combinations(held, 2):
        like = likeness.likeness(one, two)
        judged = copy._is_copy(one, two, like)
        early = copy._copied(one, two)
        assert (early is not None) is judged
        assert early is None or (early.jaccard, early.contained) == (like.jaccard, like.contained)
        found += judged
    assert found >= 10


@given(st.lists(st.lists(NAMES, min_size=1, max_size=3, unique=True), max_size=8))
def test_similar_names_are_those_that_comparing_all_would_find(given_names: list[list[str]]) -> None:
    entries = [entry(at, tuple(names)) for at, names in enumerate(given_names)]
    found = [one.similar for one in brand._with_similar(entries)]
    for at, one in enumerate(entries):
        mine = {one.name, *one.aliases}
        expected = sorted(
            other.name
            for place, other in enumerate(entries)
            if place != at
            and any(
                name == theirs or (len(name) > 3 and edits_apart(name, theirs, brand.ALIKE))
                for name in mine
                for theirs in (other.name, *other.aliases)
            )
        )
        assert found[at] == tuple(expected)
