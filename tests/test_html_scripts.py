"""Texts that stand in scripts, in every form that scripts write them in; and the labels of lists."""

from __future__ import annotations

import json
import re
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengce.errors import UnreadableFile
from zhengce.flow import process
from zhengce.read import read_file
from zhengce.read.html_labels import item_labels
from zhengce.read.page import Element

LINES = [
    "各县区要把零工市场建设列入年度计划，按季度调度。",
    "“零工驿站”每处补助五万元，由财政部门拨付到位；逾期未建成的收回。",
    "本办法自印发之日起施行，有效期两年。",
]
MARKUP = "".join(f'<p class="a">{line}</p>' for line in LINES)
SHELL = "<html><head><title>试办办法</title></head><body><div id='app'></div>{}</body></html>"


def units(text: str) -> str:
    return "".join(f"%u{ord(mark):04x}" if ord(mark) > 127 else quote(mark) for mark in text)


WRITTEN = {
    "one literal": f"document.write({json.dumps(MARKUP)})",
    "single quotes": "var a = '" + MARKUP + "';",
    "backquotes": "const html = `\n" + MARKUP + "\n`;",
    "chain": "var a = " + " +\n ".join(json.dumps(f"<p>{line}</p>", ensure_ascii=False) for line in LINES),
    "added": "var s='';\n" + "\n".join(f"s += {json.dumps(f'<p>{line}</p>')};" for line in LINES),
    "writes in a row": "\n".join(f"document.writeln({json.dumps(f'<p>{line}</p>')});" for line in LINES),
    "hexadecimal marks": "var a='" + MARKUP.replace("<", "\\x3c").replace(">", "\\x3e") + "'",
    "unescape": f"document.write(unescape('{units(MARKUP)}'))",
    "decodeURIComponent": f'document.write(decodeURIComponent("{quote(MARKUP)}"))',
    "object in code": f"window.__NUXT__={{a:1,b:{json.dumps(MARKUP)}}};",
    "assigned JSON": "var data = " + json.dumps({"list": [{"id": 3, "content": MARKUP}]}) + ";",
    "escaped twice": "var data = " + json.dumps({"content": MARKUP.replace("<", "&lt;").replace(">", "&gt;")}),
    "handed to a function": f"jsonp123({json.dumps({'data': {'content': MARKUP}})});",
    "behind a comment": "// don't touch\nvar a = " + json.dumps(MARKUP) + "; /* it's the text */",
}


@pytest.mark.parametrize("form", WRITTEN)
def test_the_text_is_found_in_a_script(form: str) -> None:
    raw = read_file(SHELL.format(f"<script>{WRITTEN[form]}</script>").encode(), "页.html")
    assert raw.text.split("\n") == LINES
    assert [note.doubt for note in raw.notes] == ["inferred"]


def test_what_is_shown_counts_before_what_a_script_holds() -> None:
    body = f"<p>{LINES[0]}</p>"
    raw = read_file(SHELL.format(f"{body}<script>var a={json.dumps(MARKUP * 3)}</script>").encode(), "页.html")
    assert raw.text == LINES[0]
    assert not raw.notes


@pytest.mark.parametrize(
    "script",
    [
        "alert('您的浏览器版本过低，为了获得更好的体验，请升级到最新版本后再访问本网站，给您带来不便敬请谅解。');",
        "var a='就业';",
        "var broken = 'no end",
        '{"a": [1, 2',
        "var 就业 = " + "[" * 100_000,
    ],
)
def test_scripts_without_a_text_leave_a_page_without_text(script: str) -> None:
    with pytest.raises(UnreadableFile, match="no text"):
        read_file(SHELL.format(f"<script>{script}</script>").encode(), "页.html")


@given(st.text(alphabet="\"'`\\+ =甲乙。<>/np{}[]:,%u4e00", max_size=300))
def test_no_script_breaks_the_reader(script: str) -> None:
    page = SHELL.format(f"<p>{LINES[0]}</p><script>{script.replace('</', '')}</script>")
    assert LINES[0] in read_file(page.encode(), "页.html").text
    failure = process(SHELL.format(f"<script>{script.replace('</', '')}</script>").encode(), "页.html").failure
    assert failure is None or "broken" not in failure.message


@pytest.mark.parametrize(
    ("attributes", "labels"),
    [
        ({}, ["1. ", "2. ", "3. "]),
        ({"start": "9"}, ["9. ", "10. ", "11. "]),
        ({"reversed": ""}, ["3. ", "2. ", "1. "]),
        ({"type": "A", "start": "3"}, ["C. ", "D. ", "E. "]),
        ({"type": "i", "start": "8"}, ["viii. ", "ix. ", "x. "]),
        ({"style": "list-style-type: simp-chinese-informal", "start": "10"}, ["十、", "十一、", "十二、"]),
        ({"style": "list-style: none"}, []),
        ({"start": "x"}, ["1. ", "2. ", "3. "]),
    ],
)
def test_labels_of_lists(attributes: dict[str, str], labels: list[str]) -> None:
    listing = Element("ol", attributes)
    listing.children = [Element("li", {}, listing, [line]) for line in LINES]
    assert list(item_labels(listing).values()) == labels


def test_an_item_that_prints_its_own_label_gets_no_second_one() -> None:
    listing = Element("ol")
    listing.children = [Element("li", {}, listing, [line]) for line in ("（一）甲", "2.乙", "①丙", "丁")]
    assert [re.sub(r"\s", "", label) for label in item_labels(listing).values()] == ["4."]


def test_a_value_restarts_the_count() -> None:
    listing = Element("ol")
    listing.children = [Element("li", {"value": "7"} if n == 1 else {}, listing, ["甲"]) for n in range(3)]
    assert list(item_labels(listing).values()) == ["1. ", "7. ", "8. "]
