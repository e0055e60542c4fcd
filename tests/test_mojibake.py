import random
from collections.abc import Callable

import pytest
from damage.simulate import simulate, traditional
from damage.site import made_site
from damage.texts import english_texts, manual_pages, mixed_texts, policy_texts
from hypothesis import given
from hypothesis import strategies as st

from zhengce.clean.mojibake import mojibake
from zhengce.flow import clean, process
from zhengce.read.file import read_file
from zhengce.text import Span, apply

NOTICE = (
    "关于印发《青溪县2026年劳务品牌建设方案》的通知\n"
    "各乡镇（街道）：到2027年底，培训农民工3万人次，发放补贴500元/人，“青溪技工”品牌影响力显著提升。\n"
    "一、总体要求\n联系人：县人社局（ABC大厦8楼），2026年6月。\n"
)
WAYS = [
    ("utf-8", "gb18030"),
    ("utf-8", "gbk"),
    ("utf-8", "latin-1"),
    ("utf-8", "cp1252"),
    ("gb18030", "latin-1"),
    ("gb18030", "cp1252"),
]
LOSSLESS = [way for way in WAYS if way[1] == "latin-1"]


def restored(text: str) -> str:
    return apply(text, mojibake(text))[0]


@pytest.mark.parametrize(
    ("damaged", "sound"),
    [
        ("鍏充簬鍗板彂", "关于印发"),
        ("¹ØÓÚÓ¡·¢", "关于印发"),
        ("å…³äºŽ", "关于"),
        ("犅狅犲犺犿", "Boehm"),
        ("参见 犅狅犲犺犿 等人的研究", "参见 Boehm 等人的研究"),
        ("犔犻狌犢犪狀犵", "LiuYang"),
    ],
)
def test_what_a_misread_text_says(damaged: str, sound: str) -> None:
    assert restored(damaged) == sound


@pytest.mark.parametrize("way", LOSSLESS)
@pytest.mark.parametrize("text", [NOTICE, traditional(NOTICE)], ids=["hans", "hant"])
def test_a_lossless_misreading_is_undone_exactly(text: str, way: tuple[str, str]) -> None:
    damaged = text.encode(way[0]).decode(way[1])
    edits = list(mojibake(damaged))
    assert apply(damaged, edits)[0] == text
    assert {edit.certainty for edit in edits} == {"exact"}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("number", range(30))
def test_a_lossy_misreading_gives_no_wrong_character(number: int, way: tuple[str, str]) -> None:
    text = next(iter(policy_texts(1, 5000 + number)))
    text = text if number % 2 else traditional(text)
    damaged = text.encode(way[0]).decode(way[1], "replace")
    edits = list(mojibake(damaged))
    shown = apply(damaged, edits)[0]
    for line, true in zip(shown.split("\n"), text.split("\n"), strict=True):
        if line.isascii() or line in damaged:
            continue  # too short a line to tell, or nothing but numbers
        assert set(line) - {"\ufffd"} <= set(true)
    assert sum(char in text for char in shown) >= 0.8 * len(shown)
    assert all((edit.certainty == "inferred") == ("\ufffd" in edit.replacement) for edit in edits)


@pytest.mark.parametrize("way", WAYS)
def test_every_edit_traces_to_the_characters_it_was_read_from(way: tuple[str, str]) -> None:
    damaged = NOTICE.encode(way[0]).decode(way[1], "replace")
    edits = list(mojibake(damaged))
    shown, alignment = apply(damaged, edits)
    assert alignment.trace(Span(start=0, end=len(shown))) == (Span(start=0, end=len(damaged)),)
    for at, char in enumerate(shown):
        rest = "".join(damaged[span.start : span.end] for span in alignment.trace(Span(start=at, end=at + 1)))
        assert len(rest) <= 9
        if char != "\ufffd" and "\ufffd" not in rest:
            known = rest.encode("cp1252" if way[1] == "cp1252" else way[1], "ignore")
            assert char == rest or char.encode(way[0])[1:2] in known


def test_a_misread_line_in_a_sound_page_is_the_only_one_changed() -> None:
    damaged = NOTICE.splitlines()[1].encode().decode("latin-1")
    page = f"青溪县政府网站\n{damaged}\n責任編輯：李鑫鑫 ¹Ø\n"
    assert restored(page) == f"青溪县政府网站\n{NOTICE.splitlines()[1]}\n責任編輯：李鑫鑫 ¹Ø\n"


@given(st.text("·×÷±°§¨¤…—“”‘’", min_size=1, max_size=30))
def test_signs_without_a_letter_are_themselves(signs: str) -> None:
    """Dots of a table of contents and crosses for a name are codes of characters too: ········ of 贩贩贩贩."""
    page = f"目录\n一、总体要求{signs}1\n某县{signs}局负责。\n"
    assert restored(page) == page


def test_a_lost_byte_is_shown_where_it_stood() -> None:
    assert restored("鍏充簬鍗板彂2025骞?6鏈?") == "关于印发2025\ufffd6\ufffd"


def sound_texts() -> list[tuple[str, Callable[[], list[str]]]]:
    return [
        ("simplified", lambda: list(policy_texts(300, 7000))),
        ("traditional", lambda: [traditional(text) for text in policy_texts(300, 7000)]),
        ("english", lambda: list(english_texts(300, 7000))),
        ("mixed", lambda: list(mixed_texts(300, 7000))),
        ("manuals", lambda: list(manual_pages())),
        ("western", lambda: WESTERN),
        ("tables of characters", lambda: TABLES),
        ("out of phase", lambda: [out_of_phase(number) for number in range(200)]),
    ]


WESTERN = [
    "À la fin de l’été, « l’élève » réglait déjà les dépôts : née à Orléans, où l’on était gêné.",
    "Þjóðþing, áþíðð; ÄÖÜ, äöüß – “naïve café” Åse Øst; SÃO JOÃO; ÇÉÈÊË; ¡¿Qué?!",
    "Größe ±5 °C, §§ 3–5, ½ × ¾, µm², £500 · ©2025 ®™",
]
TABLES = [
    "".join(bytes((lead, trail)).decode("gbk", "ignore") for trail in range(0xA1, 0xFF)) for lead in range(0xA0, 0xF8)
]


def out_of_phase(number: int) -> str:
    return simulate(next(iter(policy_texts(1, number))), seed=number, kind="both", site=made_site(number)).text


@pytest.mark.parametrize(("name", "texts"), sound_texts(), ids=[name for name, _ in sound_texts()])
def test_sound_text_is_never_touched(name: str, texts: Callable[[], list[str]]) -> None:
    assert not [text[:80] for text in texts() if list(mojibake(text))]


@given(st.integers(0, 10**6), st.sampled_from(WAYS))
def test_a_second_pass_changes_nothing(seed: int, way: tuple[str, str]) -> None:
    page = NOTICE[random.Random(seed).randrange(60) :].encode(way[0]).decode(way[1], "replace")
    once = restored(page)
    assert restored(once) == once


@given(st.text(max_size=200))
def test_any_text_gives_edits_that_can_be_made(text: str) -> None:
    shown, alignment = apply(text, mojibake(text))
    assert alignment.trace(Span(start=0, end=len(shown))) or not text


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_file_full_of_controls_is_restored_and_counted_as_damaged(encoding: str) -> None:
    document = clean(read_file(NOTICE.encode(encoding).decode("latin-1").encode(), "方案.txt"))
    assert document.text == NOTICE
    assert document.damage > 0.5


def test_a_character_lost_before_the_file_was_written_is_flagged_and_no_number_is_read_beside_it() -> None:
    outcome = process("全县培训农民工\ufffd2万人次，发放补贴300万元。".encode(), "方案.txt")
    assert outcome.document
    assert [(note.doubt, note.span) for note in outcome.document.notes] == [("undecodable", Span(start=7, end=8))]
    values = [value for record in outcome.records if (value := getattr(record, "value", None))]
    assert values == [3000000]


def test_a_misread_file_is_read_clean_and_traced_back() -> None:
    damaged = NOTICE.encode("gb18030").decode("latin-1")
    document = clean(read_file(damaged.encode(), "方案.txt"))
    at = document.text.index("3万人次")
    cited = document.cite(Span(start=at, end=at + 4))
    assert cited.raw_quote == "3万人次".encode("gb18030").decode("latin-1")
