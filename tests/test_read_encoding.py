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
    assert [text[: note.span.start] for note in notes] == ["培训补贴", text[:-1]]
    assert all(set(text[note.span.start : note.span.end]) == {"\ufffd"} for note in notes)
    assert {note.doubt for note in notes} == {"undecodable"}


def test_a_declared_charset_tips_the_balance_but_does_not_overrule_the_bytes() -> None:
    assert decode("岭坳".encode("gb18030"), "gb2312")[0] == "岭坳"
    assert decode(HANS.encode(), "gb2312")[:2] == (HANS, "utf-8")
    assert decode(HANT.encode("big5"), "utf-8")[:2] == (HANT, "big5")
    assert decode(HANS.encode("gb18030"), "no such charset")[:2] == (HANS, "gb18030")


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff"), max_size=80))
def test_utf_8_is_kept_exactly(text: str) -> None:
    assert decode(text.encode()) == (text, "utf-8", ())


@given(st.binary(max_size=200))
def test_any_bytes_give_text_and_true_spans(data: bytes) -> None:
    text, _, notes = decode(data)
    assert all(set(text[note.span.start : note.span.end]) == {"\ufffd"} for note in notes)
