"""The tagger of names: labels and names say the same, the same lessons give the same weights, any text is taken."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengce.errors import BadUsage
from zhengce.model.tagger import Entity, _tagger, entities, fit_tagger, labelled, runs
from zhengce.text import Span

pytest.importorskip("pycrfsuite")

LESSONS = [("由省妇联牵头", ["O", "B-org", "I-org", "I-org", "O", "O"]), ("李兰说", ["B-person", "I-person", "O"])] * 4


@given(st.lists(st.tuples(st.integers(1, 5), st.sampled_from(["org", "person", None])), max_size=8))
def test_labels_spell_the_names_that_they_come_from(pieces: list[tuple[int, str | None]]) -> None:
    at, names = 0, []
    for length, kind in pieces:
        if kind:
            names.append(Entity(kind=kind, span=Span(start=at, end=at + length)))  # type: ignore[arg-type]
        at += length
    assert list(runs(labelled(at, names))) == names


@given(st.text(st.characters() | st.sampled_from("省市厅局科李王。，\n\ud800"), max_size=60))
def test_names_stand_in_any_text_in_their_order(text: str) -> None:
    spans = [entity.span for entity in entities(text)]
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))


def test_the_same_lessons_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        fit_tagger(LESSONS, tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_without_its_library_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pycrfsuite", None)
    _tagger.cache_clear()
    with pytest.raises(BadUsage, match=r"zhengce\[tagger\]"):
        list(entities("由市财政局牵头。"))
