"""Files with bytes changed at random: they are read or refused with a reason, and nothing else happens."""

import io
from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st
from made_doc import MAIN, Text, doc, level, lists, numbered
from made_word import paragraph, run, word
from test_containers import NOTICE, PAGE, sevened, taped, warced, zipped

from zhengce.errors import UnreadableFile
from zhengce.read import read_file
from zhengce.read.container import is_container, members

LISTED = lists({1: [level(37, "%1、"), level(0, "%2.")]}, [(1, [])])
LISTED.parts = {MAIN: [Text("总体要求\r", paragraph=numbered(1)), Text("甲\x07"), Text("\x07"), Text("目标\r")]}
DOCUMENTS = [doc(LISTED), word(paragraph(run("就业优先")), styles="", numbering="")]
ANSWER = ("http://a.example/", "200 OK", "text/html", PAGE)
CONTAINERS = [pack({"县/通知.txt": NOTICE}) for pack in (zipped, sevened, taped)]
CONTAINERS += [warced(ANSWER), warced(ANSWER, gzipped=False)]
CHANGES = st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=8)


def changed(data: bytes, changes: list[tuple[float, int]]) -> bytes:
    out = bytearray(data)
    for place, value in changes:
        out[int(place * len(out))] = value
    return bytes(out)


@settings(deadline=None, max_examples=150)
@given(data=st.sampled_from(DOCUMENTS), changes=CHANGES)
def test_a_document_is_read_or_refused(data: bytes, changes: list[tuple[float, int]]) -> None:
    with suppress(UnreadableFile):
        raw = read_file(changed(data, changes), "通知.doc")
        assert all(raw.text[block.span.start : block.span.end].strip() for block in raw.blocks)


@settings(deadline=None, max_examples=100)
@given(data=st.sampled_from(CONTAINERS), changes=CHANGES, cut=st.floats(0.2, 1))
def test_every_member_has_bytes_or_a_reason(data: bytes, changes: list[tuple[float, int]], cut: float) -> None:
    data = changed(data, changes)[: int(cut * len(data))]
    if is_container(io.BytesIO(data), "包.zip"):
        for member in members(io.BytesIO(data), "包.zip", lambda name: False):
            assert member.error is None or member.error.source == member.name
