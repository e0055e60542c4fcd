"""Texts as HTML: every character stays where it is, every record and repair is marked, nothing is markup."""

from hypothesis import given
from hypothesis import strategies as st
from made_run import DAMAGED, HOSTILE
from selectolax.lexbor import LexborHTMLParser, LexborNode

from zhengce.flow import process, repaired
from zhengce.write.page_fix import fixes
from zhengce.write.page_text import Fix, Highlight, Line, page_text
from zhengce.write.visible import UNSHOWN

CHARACTERS = st.sampled_from("培训2万<&>\"'\n\r\t\x00\u202e\u2028𠀀a ")
KINDS = ("targets", "facts", "brands")


@st.composite
def texts(draw: st.DrawFn) -> tuple[str, list[Highlight], list[Fix]]:
    text = draw(st.text(CHARACTERS, max_size=60))
    spans = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted)
    drawn = draw(st.lists(spans, max_size=6))
    highlights = [
        Highlight(start=start, end=end, number=number, kind=KINDS[number % 3], label_zh="目标", label_en="Target")
        for number, (start, end) in enumerate(drawn)
    ]
    marked = [Fix(start=start, end=end, title="「务」<") for start, end in draw(st.lists(spans, max_size=6))]
    return text, highlights, marked


def shown(line: Line) -> LexborNode:
    root = LexborHTMLParser(f"<p>{line.html}</p>").css_first("p")
    assert root is not None
    return root


def printed(text: str) -> str:
    return UNSHOWN.sub("\ufffd", text.replace("\r", " "))


@given(texts())
def test_each_line_has_the_characters_that_the_document_has_there(made: tuple[str, list[Highlight], list[Fix]]) -> None:
    text, highlights, marked = made
    lines = list(page_text(text, highlights, marked))
    assert [line.start for line in lines] == [
        sum(len(one) + 1 for one in text.split("\n")[:at]) for at, line in enumerate(text.split("\n")) if line
    ]
    for line in lines:
        end = text.find("\n", line.start)
        assert shown(line).text() == printed(text[line.start : end if end >= 0 else len(text)])
        assert {node.tag for node in shown(line).traverse()} <= {"p", "mark", "i", "b", "-text"}


@given(texts())
def test_what_is_marked_as_a_record_is_what_it_rests_on(made: tuple[str, list[Highlight], list[Fix]]) -> None:
    text, highlights, marked = made
    found: dict[int, str] = {}
    for line in page_text(text, highlights, marked):
        for mark in shown(line).css("mark"):
            for number in str(mark.attributes["data-r"]).split():
                found[int(number)] = found.get(int(number), "") + mark.text()
    wanted = {one.number: printed(text[one.start : one.end].replace("\n", "")) for one in highlights}
    assert found == {number: words for number, words in wanted.items() if words}


@given(texts())
def test_what_is_marked_as_repaired_is_all_of_it_and_once(made: tuple[str, list[Highlight], list[Fix]]) -> None:
    text, highlights, marked = made
    lines = list(page_text(text, highlights, marked))
    html = "".join(line.html for line in lines)
    inside = sorted({at for one in marked for at in range(one.start, one.end) if text[at] != "\n"})
    assert sum(len(one.text()) for line in lines for one in shown(line).css("i")) == len(inside)
    assert "「务」<" not in html


def test_a_record_over_a_line_break_is_marked_in_both_lines_and_labelled_once() -> None:
    one = Highlight(start=2, end=9, number=0, kind="targets", label_zh="目标", label_en="Target")
    first, second = page_text("培育劳务品牌\n60个以上", [one], [])
    assert first.html == '培育<mark class="targets" data-r="0" data-zh="目标" data-en="Target">劳务品牌</mark>'
    assert second.html == '<mark class="targets" data-r="0">60</mark>个以上'


def test_every_repair_is_marked_in_both_texts_with_its_rules() -> None:
    document, changes = repaired(DAMAGED.encode(), "a.txt")
    clean, raw = fixes(document, changes)
    kept = [origin for segment in document.alignment.segments if segment.verbatim for origin in segment.origins]
    untouched = {at for span in kept for at in range(span.start, span.end)}
    assert {at for one in raw for at in range(one.start, one.end)} == set(range(len(document.raw.text))) - untouched
    titles = [one.title for one in clean if document.text[one.start : one.end] == "务"]
    assert titles
    assert all(title.startswith("「務(wù)」 → 「务」 · ") for title in titles)
    assert all("pinyin." in title and "script." in title and "determined" in title for title in titles)


def test_a_hostile_text_is_only_ever_text() -> None:
    outcome = process(HOSTILE.encode(), "a.txt")
    assert outcome.document is not None
    document = outcome.document
    for text, marked in zip((document.text, document.raw.text), fixes(document, []), strict=True):
        html = "".join(line.html for line in page_text(text, [], marked))
        assert "<script" not in html
        assert "<img" not in html
        assert "\u202e" not in html
        assert "[U+202E]" in html
    assert 'data-code="U+202E"' in html
