"""Bytes out of phase: what is restored, what is only flagged, and that sound text is never touched."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from damage.evaluate import evaluate
from damage.ours import repair
from damage.simulate import simulate
from damage.site import made_site
from damage.texts import english_texts, manual_pages, mixed_texts, policy_texts
from hypothesis import given
from hypothesis import strategies as st

from zhengce.clean.listed import listed
from zhengce.clean.rephase import findings, rephase
from zhengce.flow import process
from zhengce.text import apply

SHARED = Path(__file__).parents[2] / "shared"
EVIDENCE = "勞(láo)務(wù)輸(shū)出，農(nóng)業(yè)發(fā)展。"


def folded(text: str) -> str:
    from zhengce.clean.script import to_simplified

    return re.sub(r"\s", "", to_simplified(text).translate({0xFF0C: ",", 0x3001: "、"}))


@pytest.mark.skipif(not SHARED.is_dir(), reason="the real pages (../shared) are not beside this checkout")
@pytest.mark.parametrize(("name", "count"), [("003", 3), ("004", 4)])
def test_every_stretch_of_the_real_pages_is_restored(name: str, count: int) -> None:
    (path,) = (SHARED / "documents" / "seeds").glob(f"{name}*")
    text = path.read_text(encoding="utf-8")
    truth = folded((SHARED / "gold" / f"{name}.clean.txt").read_text(encoding="utf-8"))
    edits = list(rephase(text))
    assert len(edits) == count == len(findings(text))
    repaired, _ = repair(text)
    for edit in edits:
        assert folded(edit.replacement) in truth
    assert "?" not in repaired.split("\n")[0]


def test_a_stretch_is_restored_with_its_certainty_and_its_raw_place() -> None:
    page = EVIDENCE + "穩(wěn)崗?fù)貚彺倬蜆I(yè)。"
    (finding,) = findings(page)
    assert finding.edit is not None
    assert finding.edit.replacement == "拓崗促就業"
    assert finding.edit.certainty in ("exact", "determined")
    text, alignment = apply(page, rephase(page))
    at = text.index("拓崗")
    (raw,) = alignment.trace(alignment.locate(finding.span))
    assert page[raw.start : raw.end] == "?fù)貚彺倬蜆I"
    assert text[at : at + 5] == "拓崗促就業"


@pytest.mark.parametrize(
    ("shown", "whole"),
    [
        # 數 is read from the bytes of 當 and 地; two pairs were stripped
        ("當(shù)卣鲗?dǎo)下", "當地政府主導下"),
        # the site set a comma before the mark that cut 務
        ("使我們?nèi)缙谕瓿扇蝿,。目前", "使我們如期完成任務。目前"),
    ],
)
def test_what_the_decoder_let_vanish_is_seen(shown: str, whole: str) -> None:
    page = EVIDENCE.replace("務(wù)", "動")  # a site that notes 務 would have noted the one in the stretch
    assert apply(page + shown, rephase(page + shown))[0] == page + whole


def test_the_page_itself_shows_the_list_of_its_site() -> None:
    for number, text in enumerate(policy_texts(12, seed=70_000)):
        site = replace(made_site(number), missing=0.0)
        noted = {char for char, _ in site.notes}
        found = listed(simulate(text, seed=number, kind="kind1", site=site).text)
        assert found.always
        assert found.always <= noted
        assert not found.never & noted


def test_a_note_of_another_tone_or_word_is_no_damage() -> None:
    page = EVIDENCE + "可邀請(jiān)專家授課，重(chóng)(zhòng)點任務好(hǎo)辦，行(dí)業平穩。"
    assert not findings(page)


def test_without_an_annotator_nothing_is_touched() -> None:
    page = "他問：這樣行嗎?fù)行的。勞務輸出?谑的寫法也不動。"
    assert not list(rephase(page))
    assert not findings(page)


def test_a_second_pass_changes_nothing() -> None:
    for number, text in enumerate(policy_texts(20, 81_000)):
        made = simulate(text, seed=81_000 + number, kind="both", site=made_site(81_000 + number))
        once, _ = repair(made.text)
        assert repair(once)[0] == once


@given(st.text(alphabet="勞務輸出(láo)wù?，。、；穩崗貚彺倬蜆I(yè)人", max_size=60))
def test_no_text_is_too_odd(text: str) -> None:
    for page in (text, EVIDENCE + text):
        repaired, alignment = apply(page, rephase(page))
        assert sum(len(segment.span) for segment in alignment.segments) == len(repaired)


def test_figures_on_fresh_simulated_text_hold() -> None:
    made = [
        simulate(
            text,
            seed=95_000 + number,
            kind=("annotated", "kind1", "kind2")[number % 3],
            site=made_site(95_000 + number),
        )
        for number, text in enumerate(policy_texts(390, 95_000))
    ]
    report = evaluate(repair, made)
    first, second = report.stretches["kind1"], report.stretches["kind2"]
    assert report.removed >= 0.998 * report.annotations
    assert report.lost == 0
    assert report.altered == 0
    assert first["exact"] >= 0.86 * first.total()
    assert first["wrong"] <= 0.0065 * first.total()
    assert first["missed"] == 0
    assert second["exact"] >= 0.58 * second.total()
    assert second["wrong"] <= 0.02 * second.total()


def test_no_clean_document_is_changed() -> None:
    from damage.simulate import traditional

    made = list(policy_texts(150, 96_000))
    texts = [*made, *map(traditional, made), *english_texts(100, 96_000), *mixed_texts(100, 96_000), *manual_pages()]
    assert [text for text in texts if repair(text)[0] != text] == []


@pytest.mark.parametrize(
    "sentence",
    [
        "據統計，新建泵站?huǎn)?117家。",  # the ? before the digits swallowed one
        "據統計，全縣新建泵站117家?huǎn)蘄褗個。",  # the number stands before what is garbled
    ],
)
def test_a_number_that_touches_lost_bytes_is_not_extracted(sentence: str) -> None:
    outcome = process((EVIDENCE + sentence).encode(), "page.txt")
    assert outcome.document is not None
    assert any(note.doubt == "damaged" for note in outcome.document.notes)
    assert [record for record in outcome.records if type(record).__name__ == "Fact"] == []


def test_a_number_beside_a_sound_stretch_is_extracted() -> None:
    outcome = process((EVIDENCE + "據統計，全縣新建泵站117家。").encode(), "page.txt")
    assert [str(record.value) for record in outcome.records] == ["117"]  # type: ignore[attr-defined]


def test_a_page_that_was_also_read_with_the_wrong_table_keeps_the_notes_of_its_stretches() -> None:
    page = EVIDENCE + "當(shù)卣鲗?dǎo)下，各地把勞動力轉移就業作為重點工作來抓。"
    sound, misread = (
        process(text.encode(), "某縣通知.txt").document for text in (page, page.encode().decode("latin-1"))
    )
    assert sound
    assert misread
    assert misread.text == sound.text
    assert [(note.doubt, misread[note.span]) for note in misread.notes if "out of phase" in note.message] == [
        ("inferred", "地政府主导")
    ]
