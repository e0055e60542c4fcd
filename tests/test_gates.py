"""Gates: what is not searched for where its cue does not stand must not be there.

The texts are those of all cases: a rule that is added with its cases is held against its gate here.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengce.document import Document, Raw, Source
from zhengce.extract import assignment, assignment_duty, assignment_parallel, brand, commitment, instrument, tense
from zhengce.lexicon import alternation, finder
from zhengce.name.number import NUMBER, numbers
from zhengce.outline import signature
from zhengce.sentence import LONGEST, clauses, sentences
from zhengce.text import Alignment
from zhengce.value import date, numeral
from zhengce.value.numeral_pattern import numeral_pattern

FOLDER = Path(__file__).parent / "cases"
TEXTS = [
    case["text"]
    for path in sorted(FOLDER.glob("*.toml"))
    for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
    if "text" in case
]
SENTENCES = [text[span.start : span.end] for text in TEXTS for span in sentences(text)]
CLAUSES = [
    text[clause.start : clause.end] for text in TEXTS for span in sentences(text) for clause in clauses(text, span)
]
ungated = re.compile(re.sub(r"^\(\?=\[[^\]]*\]\)", "", numeral_pattern().pattern))
ANY_DATE = re.compile("|".join(re.sub(r"\(\?P<\w+>", "(?:", pattern.pattern) for _, pattern, _ in date.READERS))
DUTIES = assignment._inline_pattern()
GATES: dict[str, tuple[list[str], re.Pattern[str], Callable[[str], object]]] = {
    "dates": (CLAUSES, ANY_DATE, date.CUE.search),
    "numerals": (CLAUSES, ungated, numeral.CUE.search),
    "instruments": (CLAUSES, instrument._instrument(), instrument._cue().search),
    "duties of bodies": (SENTENCES, assignment_duty._duty(), assignment_duty.DUTY_CUE.search),
    "partners": (CLAUSES, assignment_duty._together(), lambda text: "会同" in text),
    "what is given": (
        CLAUSES, assignment_duty._given(), lambda text: "由" in text and assignment_duty.GIVEN_CUE.search(text)
    ),
    "tasks": (CLAUSES, assignment_duty._task(), assignment_duty.TASK_CUE.search),
    "parallel parts": (CLAUSES, assignment_parallel._part(), assignment_parallel.PARTED.search),
    "own offices": (CLAUSES, commitment.OWN, lambda text: commitment.AUXILIARY.search(text) and "我" in text),
    "central commitments": (CLAUSES, commitment._official(), commitment.AUXILIARY.search),
    "sentences with duties": (SENTENCES, assignment_duty._duty(), assignment.SPEAKS.search),
    "sentences with members": (SENTENCES, assignment.MEMBERS, assignment.SPEAKS.search),
    "members": (SENTENCES, assignment.MEMBERS, lambda text: "成员" in text and assignment.CUE.search(text)),
    "duties": (SENTENCES, DUTIES, lambda text: assignment.DUTY.search(text) and assignment.CUE.search(text)),
    "commitments": (CLAUSES, commitment._pattern(), commitment.AUXILIARY.search),
    "brands": (TEXTS, brand.LISTED, lambda text: "劳务品牌" in text),
    "results": (CLAUSES, tense.GONE, tense._gone),
    "titles": (CLAUSES, tense.TITLE, lambda text: "《" in text or "“" in text),
    "signatures": (TEXTS, signature.IN_PROSE, signature.DAY_BEHIND_BLANK.search),
}  # fmt: skip


@pytest.mark.parametrize("name", GATES)
def test_nothing_stands_where_its_cue_does_not(name: str) -> None:
    texts, pattern, cue = GATES[name]
    found = [text for text in texts if any(match[0] for match in pattern.finditer(text))]
    assert found, "no case to test the gate with"
    assert [text for text in found if not cue(text)] == []


@pytest.mark.parametrize("reader", date.READERS, ids=lambda reader: reader[2].__name__)
def test_a_date_has_a_character_that_it_needs(reader: tuple[tuple[str, ...], re.Pattern[str], object]) -> None:
    needed, pattern, _ = reader
    found = [match[0] for text in CLAUSES for match in pattern.finditer(text) if match[0]]
    assert found
    assert [words for words in found if any(map(set(words).isdisjoint, needed))] == []


def test_a_numeral_begins_as_its_pattern_says() -> None:
    gated = [[match.span() for match in numeral_pattern().finditer(text)] for text in CLAUSES]
    assert gated == [[match.span() for match in ungated.finditer(text)] for text in CLAUSES]


AIMS = ("目标：", "的目标：", "主要目标任务是:", "把握一项目标，", "目标", "。", "\n", "建成", "字" * (LONGEST // 2))


@given(st.lists(st.sampled_from(AIMS), max_size=9).map("".join))
def test_what_follows_on_a_goal_in_its_sentence_is_a_passage_of_goals(text: str) -> None:
    raw = Raw(source=Source(name="text", sha256="0" * 64, media_type="text/plain"), text=text)
    document = Document(raw=raw, text=text, alignment=Alignment.identity(len(text)))
    for at in range(len(text)):
        start = max(text.rfind("\n", 0, at), text.rfind("。", 0, at), at - LONGEST - 1) + 1
        assert tense.in_goal_passage(document, at) == bool(tense.GOALS.search(text, start, at)), at


PIECES = (
    "〔2020〕", "（2021）", "〔2020〕27号", "[1999]3号", "（2019〕 第 5 号", "号", "第", "27", " ", "国办发", "关于",
    "（", "）", "年", "〔2", "。", "字" * 16,
)  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=9).map("".join))
def test_numbers_are_found_from_their_brackets(text: str) -> None:
    assert [match.groups() for match in numbers(text)] == [match.groups() for match in NUMBER.finditer(text)]


@given(st.sets(st.text("甲乙丙", min_size=1, max_size=4), min_size=1), st.text("甲乙丙\ud800", max_size=20))
def test_terms_are_found_as_by_their_alternation(terms: set[str], text: str) -> None:
    longest_first = "|".join(sorted(terms, key=len, reverse=True))
    expected = [match.span() for match in re.finditer(longest_first, text)]
    assert finder(terms)(text) == expected
    assert [match.span() for match in re.finditer(alternation(terms), text)] == expected
