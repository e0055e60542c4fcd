import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengce.read.encoding import decode

HANS = (
    "各县（区）要把稳定和扩大就业放在优先位置，对招用脱贫人口的企业按每人每年1000元给予补贴，"
    "鼓励返乡人员创办小微企业，形成一批叫得响的品牌。"
)
HANT = (
    "各縣（區）要把穩定和擴大就業放在優先位置，對招用脫貧人口的企業按每人每年1000元給予補貼，"
    "鼓勵返鄉人員創辦小微企業，形成一批叫得響的品牌。"
)
NEWS = "春节刚过，镇上的家政培训班又开课了，四十多名妇女报了名。"
NEWS_HANT = "春節剛過，鎮上的家政培訓班又開課了，四十多名婦女報了名。"


@pytest.mark.parametrize("length", [12, 25, 60, None])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [HANS, NEWS])
def test_simplified_text_comes_back(text: str, encoding: str, length: int | None) -> None:
    assert decode(text[:length].encode(encoding)) == (text[:length], encoding, ())


@pytest.mark.parametrize("length", [12, 25, 60, None])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5", "utf-16-le"])
@pytest.mark.parametrize("text", [HANT, NEWS_HANT])
def test_traditional_text_comes_back(text: str, encoding: str, length: int | None) -> None:
    assert decode(text[:length].encode(encoding)) == (text[:length], encoding, ())


def test_hong_kong_characters_are_read_with_the_wider_table() -> None:
    text = HANT + "深水埗嘅師傅話冇問題。"
    assert decode(text.encode("big5hkscs")) == (text, "big5hkscs", ())


@pytest.mark.parametrize(
    ("mark", "codec", "name"),
    [
        (codecs.BOM_UTF8, "utf-8", "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16"),
        (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32"),
        (codecs.BOM_UTF32_BE, "utf-32-be", "utf-32"),
    ],
)
def test_a_byte_order_mark_decides_and_is_no_text(mark: bytes, codec: str, name: str) -> None:
    assert decode(mark + HANS.encode(codec)) == (HANS, name, ())


def test_lost_bytes_are_marked_where_they_stood() -> None:
    text, encoding, notes = decode(
        "培训补贴".encode() + b"\xff\xfe" + "按月发放到人，每人五百元。".encode() + b"\xe4\xb8"
    )
    assert encoding == "utf-8"
    assert [text[: note.span.start] for note in notes] == ["", "培训补贴", text[:-1]]
    assert all(set(text[note.span.start : note.span.end]) == {"\ufffd"} for note in notes[1:])
    assert notes[0].message == "4 of 55 bytes (7.3 %) are not utf-8 and were lost"
    assert {note.doubt for note in notes} == {"undecodable"}


def test_a_declared_charset_tips_the_balance_but_does_not_overrule_the_bytes() -> None:
    assert decode("岭坳".encode("gb18030"), "gb2312")[0] == "岭坳"
    assert decode(HANS.encode(), "gb2312")[:2] == (HANS, "utf-8")
    assert decode(HANT.encode("big5"), "utf-8")[:2] == (HANT, "big5")
    assert decode(HANS.encode("gb18030"), "no such charset")[:2] == (HANS, "gb18030")


@pytest.mark.parametrize("text", [HANS, HANT, NEWS, NEWS_HANT])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    "label",
    ["utf-8", "gb2312", "gbk", "big5", "big5-hkscs", "utf-16", "iso-8859-1", "windows-1252", "shift_jis", "?", ""],
)
def test_a_wrong_label_does_no_harm(text: str, encoding: str, label: str) -> None:
    if encoding != "big5" or text in (HANT, NEWS_HANT):
        assert decode(text.encode(encoding), label) == (text, encoding, ())


@pytest.mark.parametrize("mark", [codecs.BOM_UTF16_LE, b""])
def test_utf_16_of_few_chinese_characters_is_read(mark: bytes) -> None:
    text = "Policy Document No. 12\r\nfrom 2025-01-01 to 2026-12-31: 补贴 500\r\n"
    assert decode(mark + text.encode("utf-16-le"))[0] == text


def test_four_byte_characters_of_gb18030_and_rare_names_are_read() -> None:
    text = HANS + "联系人：㛃𬱖，电话另行公布。"
    assert decode(text.encode("gb18030"), "gb2312") == (text, "gb18030", ())


def test_western_prose_is_not_read_as_chinese() -> None:
    text = (
        "The council’s “training plan” costs £500 a head – a third of last year’s; the café at No. 7 agreed, Zoë says."
    )
    assert decode(text.encode("cp1252")) == (text, "cp1252", ())
    assert decode(text.encode("cp1252"), "gb2312") == (text, "cp1252", ())


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5hkscs"])
def test_the_share_of_lost_bytes_is_stated(encoding: str) -> None:
    whole = (HANT * 20).encode(encoding)
    text, found, notes = decode(whole + b"\xff\n" + whole)
    assert (found, text.count("\ufffd")) == (encoding, 1)
    size = 2 * len(whole) + 2
    assert notes[0].message == f"1 of {size:,} bytes ({100 / size:.2g} %) are not {encoding} and were lost"


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff"), max_size=80))
def test_utf_8_is_kept_exactly(text: str) -> None:
    assert decode(text.encode()) == (text, "utf-8", ())


@given(st.binary(max_size=200))
def test_any_bytes_give_text_and_true_spans(data: bytes) -> None:
    text, _, notes = decode(data)
    summary, runs = notes[:1], notes[1:]
    assert all(not len(note.span) and f"of {len(data)} bytes" in note.message for note in summary)
    assert all(set(text[note.span.start : note.span.end]) == {"\ufffd"} for note in runs)
    assert bool(runs) == bool(summary)
