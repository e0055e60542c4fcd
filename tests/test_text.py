"""What must hold of every alignment, whatever the text and the edits."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengce.text import Alignment, Edit, Span, apply, merge, rearrange

TEXT = st.text(alphabet="甲乙丙丁(wù)，。0 \n", max_size=60)


@st.composite
def edited(draw: st.DrawFn, text: str) -> list[Edit]:
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8, unique=True)))
    pairs = [(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
    return [
        Edit(span=Span(start=a, end=b), replacement=draw(st.text(alphabet="戊己", max_size=4)), rule="test")
        for a, b in pairs
    ]


@st.composite
def pieces(draw: st.DrawFn, text: str) -> list[Span]:
    cuts = sorted({0, len(text), *draw(st.lists(st.integers(0, len(text)), max_size=6))})
    spans = [Span(start=a, end=b) for a, b in pairwise(cuts)]
    return list(draw(st.permutations(spans)))


def some_span(data: st.DataObject, text: str) -> Span:
    a, b = sorted((data.draw(st.integers(0, len(text))), data.draw(st.integers(0, len(text)))))
    return Span(start=a, end=b)


@given(st.data(), TEXT)
def test_edits_make_the_text_they_propose(data: st.DataObject, text: str) -> None:
    edits = data.draw(edited(text))
    expected, done = "", 0
    for edit in edits:
        expected += text[done : edit.span.start] + edit.replacement
        done = edit.span.end
    assert apply(text, edits)[0] == expected + text[done:]


@given(st.data(), TEXT)
def test_a_traced_span_covers_every_edit_that_it_shows(data: st.DataObject, text: str) -> None:
    edits = data.draw(edited(text))
    new, alignment = apply(text, edits)
    span = some_span(data, new)
    traced = {at for old in alignment.trace(span) for at in range(old.start, old.end)}
    offset = 0
    for edit in edits:
        place = Span(start=edit.span.start + offset, end=edit.span.start + offset + len(edit.replacement))
        offset += len(edit.replacement) - len(edit.span)
        if place.overlaps(span):
            assert set(range(edit.span.start, edit.span.end)) <= traced


@given(st.data(), TEXT)
def test_what_no_edit_touched_traces_to_itself(data: st.DataObject, text: str) -> None:
    new, alignment = apply(text, data.draw(edited(text)))
    for segment in alignment.segments:
        if segment.verbatim:
            (old,) = alignment.trace(segment.span)
            assert text[old.start : old.end] == new[segment.span.start : segment.span.end]


@given(st.data(), TEXT)
def test_tracing_composes(data: st.DataObject, text: str) -> None:
    middle, first = apply(text, data.draw(edited(text)))
    ordered, second = rearrange(middle, data.draw(pieces(middle)))
    final, third = apply(ordered, data.draw(edited(ordered)))
    whole = first.then(second).then(third)
    assert [s.span for s in whole.segments] == sorted(s.span for s in whole.segments)
    assert sum(len(s.span) for s in whole.segments) == len(final)
    span = some_span(data, final)
    stepwise = merge(old for b in third.trace(span) for a in second.trace(b) for old in first.trace(a))
    assert whole.trace(span) == stepwise
    assert first.then(second.then(third)).trace(span) == stepwise


@given(st.data(), TEXT)
def test_a_reordered_text_traces_to_the_pieces_it_is_made_of(data: st.DataObject, text: str) -> None:
    order = data.draw(pieces(text))
    new, alignment = rearrange(text, order)
    assert "".join(text[old.start : old.end] for old in alignment.trace(Span(start=0, end=len(new)))) == new
    span = some_span(data, new)
    assert "".join(text[old.start : old.end] for old in alignment.trace(span)) == new[span.start : span.end]


def test_a_span_over_swapped_pieces_traces_to_several() -> None:
    text, alignment = rearrange("甲乙丙丁", [Span(start=2, end=4), Span(start=0, end=2)])
    assert text == "丙丁甲乙"
    assert alignment.trace(Span(start=1, end=3)) == (Span(start=3, end=4), Span(start=0, end=1))


def test_what_was_taken_out_is_shown_by_nothing() -> None:
    text, alignment = apply("宜[图]昌", [Edit(span=Span(start=1, end=4), replacement="", rule="test")])
    assert text == "宜昌"
    assert alignment.trace(Span(start=0, end=2)) == (Span(start=0, end=1), Span(start=4, end=5))
    assert alignment.locate(Span(start=1, end=4)) == Span(start=1, end=1)


@given(st.data(), TEXT)
def test_locate_is_the_way_forward(data: st.DataObject, text: str) -> None:
    new, alignment = apply(text, data.draw(edited(text)))
    span = some_span(data, new)
    for old in alignment.trace(span):
        shown = alignment.locate(old)
        assert shown.overlaps(span) or not len(span)


@pytest.mark.parametrize("spans", [((0, 2), (1, 3)), ((2, 9),)])
def test_edits_that_overlap_or_leave_the_text_are_refused(spans: tuple[tuple[int, int], ...]) -> None:
    edits = [Edit(span=Span(start=a, end=b), replacement="", rule="test") for a, b in spans]
    with pytest.raises(ValueError, match="overlaps"):
        apply("甲乙丙", edits)


def test_no_span_runs_backwards() -> None:
    with pytest.raises(ValueError, match="no span"):
        Span(start=3, end=1)


def test_identity_of_nothing_is_empty() -> None:
    assert Alignment.identity(0).trace(Span(start=0, end=0)) == ()


def test_a_page_without_full_stops_is_cut_at_clauses() -> None:
    from zhengce.sentence import LONGEST, sentences

    text = "新增就业3万人，" * 900
    found = list(sentences(text))
    assert all(len(span) <= LONGEST for span in found)
    assert "".join(text[span.start : span.end] for span in found) == text
