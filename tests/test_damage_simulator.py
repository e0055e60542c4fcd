"""The simulator makes the damage seen on real pages, and the evaluator tells good repairs from bad ones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from damage.evaluate import Repair, evaluate
from damage.simulate import Damaged, Kind, simulate, traditional
from damage.site import READINGS, Site, made_site
from damage.texts import english_texts, manual_pages, mixed_texts, policy_texts

SHARED = Path(__file__).resolve().parents[2] / "shared"
NOTE = re.compile(r"([一-鿿])\(([a-züāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]+)\)")
KINDS: tuple[Kind, ...] = ("annotated", "kind1", "kind2", "both")


def listed(chars: str, **habits: object) -> Site:
    return replace(Site(notes=tuple((char, f"({READINGS[char]})") for char in chars)), **habits)  # type: ignore[arg-type]


def damaged(count: int, kind: Kind = "both", seed: int = 0) -> list[Damaged]:
    return [
        simulate(text, seed=number, kind=kind, site=made_site(number))
        for number, text in enumerate(policy_texts(count, seed))
    ]


@pytest.mark.parametrize(
    ("clean", "shown", "site", "kind"),
    [
        # phantoms of pass B; the reading is that of a character which no reader sees
        ("他们在这", "他們?cè)谶@", listed("冊"), "kind1"),
        ("本地日报等", "本地日?qǐng)?bào)等", listed("報請"), "kind1"),
        ("对接东部", "對(duì)接?xùn)|部", listed("訓對"), "kind1"),
        ("稳岗拓岗促就业", "穩(wěn)崗?fù)貚彺倬蜆I(yè)", listed("穩復業"), "kind1"),
        # a swallowed digit, and a newline that PHP before 8.1 gives back
        ("他们在5年内", "他們?cè)?年內", listed("冊"), "kind1"),
        ("他们在\n这里", "他們?cè)\n這里", listed("冊"), "kind1"),
        ("他们在\n这里", "他們?cè)?這里", listed("冊", legacy=False), "kind1"),
        # the same list set with regard to characters does no harm
        ("他们在这", "他們在這", listed("冊"), "annotated"),
        # pass C: marks found across characters
        ("规模化", "規模化", listed(""), "kind1"),
        ("规模化", "規?；?", listed("", legacy=False), "kind2"),
        ("规模化", "規；", listed(""), "kind2"),
        ("规模化", "規,；", listed("", comma=True), "kind2"),
        ("经验。”他说", "經驗！彼\ue382f", listed("", private="kept"), "kind2"),
    ],
)
def test_passes(clean: str, shown: str, site: Site, kind: Kind) -> None:
    result = simulate(clean, seed=0, kind=kind, site=site)
    assert result.text == shown
    assert result.clean == traditional(clean)


@pytest.mark.parametrize("number", ["003", "004"])
def test_real_pages_come_out_byte_for_byte(number: str) -> None:
    """The whole page, damaged anew from its repaired text with the site's own list: every stretch, every note."""
    seeds = sorted((SHARED / "documents" / "seeds").glob(f"{number}_*.txt"))
    if not seeds:
        pytest.skip("the real pages are not at hand")
    page = seeds[0].read_text("utf-8")
    notes = {char: f"({reading})" for char, reading in NOTE.findall(page) if READINGS.get(char) == reading}
    # the readings of characters that only bytes of two others make up
    notes |= {char: f"({READINGS[char]})" for char in "復數冊訓請"}
    # this page was cut at ？ but not at the ！ within 。”; in 004 one piece was decoded as iconv does
    site = Site(notes=tuple(notes.items()), fold=True, private="ignored", marks="，？；。、")
    clean = (SHARED / "gold" / f"{number}.clean.txt").read_text("utf-8")
    result = simulate(clean, seed=0, kind="both", site=site)
    assert result.text == page
    assert len(result.stretches) == {"003": 3, "004": 4}[number]


@pytest.mark.parametrize("kind", KINDS)
def test_truth_puts_the_clean_text_together_again(kind: Kind) -> None:
    documents = damaged(60, kind)
    for document in documents:
        edits = [(start, end, "") for start, end in document.annotations]
        edits += [(*stretch.shown, document.clean[slice(*stretch.clean)]) for stretch in document.stretches]
        text = document.text
        for start, end, truth in sorted(edits, reverse=True):
            text = text[:start] + truth + text[end:]
        assert text == document.clean
    kinds = {stretch.kind for document in documents for stretch in document.stretches}
    assert (
        kinds == {"annotated": set(), "kind1": {"kind1"}, "kind2": {"kind2"}, "both": {"kind1", "kind2", "both"}}[kind]
    )
    assert sum(len(document.annotations) for document in documents) > 1000


def test_swallowed_ascii_is_named() -> None:
    (stretch,) = simulate("他们在5年内", seed=0, kind="kind1", site=listed("冊")).stretches
    assert stretch.swallowed == (3,)


def test_characters_outside_gbk_come_through() -> None:
    assert simulate("服务🙂业", seed=0, kind="both", site=listed("業")).text == "服務🙂業(yè)"


def oracle(documents: Sequence[Damaged]) -> Repair:
    truth = {document.text: document.clean for document in documents}
    return lambda text: (truth[text], [])


def test_oracle_is_all_exact() -> None:
    documents = [*damaged(40), Damaged(text="无损", clean="无损")]
    report = evaluate(oracle(documents), documents)
    assert report.removed == report.annotations > 500
    assert (report.lost, report.altered, report.changed, report.clean) == (0, 0, 0, 1)
    assert report.brackets > 20
    for counts in report.stretches.values():
        assert counts.total() == counts["exact"] > 0


@pytest.mark.parametrize(("flag", "verdict"), [(True, "flagged"), (False, "missed")])
def test_null_repair_leaves_everything(flag: bool, verdict: str) -> None:
    documents = damaged(40)
    report = evaluate(lambda text: (text, [(0, len(text))] if flag else []), documents)
    assert (report.removed, report.lost, report.altered) == (0, 0, 0)
    for counts in report.stretches.values():
        assert counts.total() == counts[verdict] > 0


def test_wrong_repair_is_wrong_and_its_sound_text_is_not() -> None:
    documents = damaged(40)
    garbled = {}
    for document in documents:
        text = document.text
        for stretch in reversed(document.stretches):
            text = text[: stretch.shown[0]] + "龘龘" + text[stretch.shown[1] :]
        garbled[document.text] = text
    report = evaluate(lambda text: (garbled[text], []), documents)
    assert (report.removed, report.altered) == (0, 0)
    for counts in report.stretches.values():
        assert counts.total() == counts["wrong"] > 0


def test_swallowed_ascii_may_be_lacking() -> None:
    document = simulate("到年底，他们在5年内完成建设", seed=0, kind="kind1", site=listed("冊設"))
    verdicts = {}
    for text in ("他們在5年內", "他們在年內", "他們在?年內", "他們再年內"):
        report = evaluate(oracle([replace(document, clean=f"到年底，{text}完成建設")]), [document])
        verdicts[text] = next(iter(report.stretches["kind1"]))
    assert list(verdicts.values()) == ["exact", "bare", "bare", "wrong"]


def test_lost_brackets_and_changed_text_are_counted() -> None:
    text = "对企业(CPU)和农户(wu)开展服务，按规定办理业务"
    document = simulate(text, seed=0, kind="annotated", site=listed("業務"))
    stripped = document.clean.replace("(wu)", "")
    report = evaluate(lambda _: (stripped, []), [document])
    assert (report.brackets, report.lost, report.altered) == (2, 1, 0)
    report = evaluate(lambda _: (document.clean.replace("農戶", "農民"), []), [document])
    assert (report.lost, report.altered, report.removed, report.annotations) == (0, 1, 4, 4)


def test_sound_text_changed_elsewhere_does_not_hide_a_stretch() -> None:
    documents = [document for document in damaged(60) if document.stretches and document.stretches[0].shown[0] > 60]
    spoilt = {document.text: "龘" + document.clean[1:] for document in documents}
    report = evaluate(lambda text: (spoilt[text], []), documents)
    assert report.altered == len(documents) > 10
    assert report.removed == report.annotations
    counts = sum(report.stretches.values(), start=type(report.stretches["kind1"])())
    assert counts["exact"] / counts.total() > 0.95


def test_a_changed_clean_document_is_counted() -> None:
    documents = [Damaged(text=text, clean=text) for text in (*english_texts(5, 1), *mixed_texts(5, 1))]
    report = evaluate(lambda text: (text.replace("?", ""), []), documents)
    assert (report.clean, report.changed) == (10, sum("?" in document.text for document in documents))
    assert report.changed > 5


def test_texts_are_varied() -> None:
    texts = list(policy_texts(200, seed=3))
    grams = [{text[at : at + 12] for at in range(len(text) - 12)} for text in texts]
    half = set().union(*grams[:100])
    fresh = [len(gram - half) / len(gram) for gram in grams[100:]]
    assert sum(fresh) / len(fresh) > 0.5


def test_manual_pages_are_text() -> None:
    pages = list(manual_pages())
    if not pages:
        pytest.skip("manpages-zh is not installed")
    assert sum(bool(re.search(r"[一-鿿]{4}", page)) for page in pages) > 0.8 * len(pages)


def test_a_text_that_ends_out_of_phase_was_not_cut() -> None:
    (stretch,) = simulate("他们在家", seed=0, kind="kind1", site=listed("冊")).stretches
    assert (stretch.kind, stretch.clean) == ("kind1", (2, 4))
