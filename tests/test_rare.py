import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengce.clean import mojibake, script, space, width
from zhengce.clean.rare import rare
from zhengce.clean.readings import TONED

PLANE = "".join(chr(code) for code in range(0x10000))


@pytest.mark.parametrize(
    "looked_for",
    [
        mojibake._gbk_lead(),
        mojibake._utf8_lead(),
        mojibake._founder_letter(),
        script._traditional().chars,
        width.WIDE,
        re.compile(f"[{TONED}]"),
        re.compile(f"(?![ \t]){space.STRANGE.pattern}"),
    ],
)
def test_what_repairs_look_for_is_rare(looked_for: re.Pattern[str]) -> None:
    found = "".join(looked_for.findall(PLANE))
    assert found
    assert rare(found) == found


def test_everyday_chinese_is_not_rare() -> None:
    assert rare("各县（市、区）：到2027年底，培训农民工3万人次，发放补贴500元/人·年——“青溪技工”……\n\t①××") == ""


@given(st.text(" \t\n\r\u00a0\u3000\u200b3年人", max_size=12))
def test_a_text_without_strange_blanks_leaves_the_rules_for_blanks_nothing_to_find(text: str) -> None:
    for name, pattern, _ in space.RULES if not space._is_strange(text) else ():
        assert name == "space.number" or not [match for match in pattern.finditer(text) if match[0].strip("\t")]
