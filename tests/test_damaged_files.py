"""Files that are cut off, mislabelled or odd: read or refused with a reason, and nothing else happens."""

from __future__ import annotations

import gzip
import io

import pytest
from made_doc import MAIN, Text, doc, level, lists, numbered
from made_files import pdf
from made_word import paragraph, run, word
from test_containers import NOTICE, PAGE, mailed, sevened, taped, warced, zipped

from zhengce.errors import UnreadableFile
from zhengce.flow import process
from zhengce.read.container import is_container, members

LISTED = lists({1: [level(37, "%1、"), level(0, "%2.")]}, [(1, [])])
LISTED.parts = {MAIN: [Text("总体要求\r", paragraph=numbered(1)), Text("甲\x07"), Text("\x07"), Text("目标\r")]}
ANSWER = ("http://a.example/", "200 OK", "text/html", PAGE)
SOUND = {
    "通知.txt": NOTICE * 3,
    "通知.html": PAGE * 2,
    "通知.docx": word(paragraph(run("到2025年，培训2万人。")), styles="", numbering=""),
    "通知.doc": doc(LISTED),
    "通知.pdf": pdf([[(50, 700, "就业优先"), (50, 680, "培训农民工")], [(50, 700, "保障措施")]]),
    "来信.eml": mailed({"通知.txt": NOTICE}, html=PAGE).as_bytes(),
    "包.zip": zipped({"县/通知.txt": NOTICE, "页.html": PAGE}),
    "包.7z": sevened({"县/通知.txt": NOTICE, "页.html": PAGE}),
    "包.tar.gz": taped({"县/通知.txt": NOTICE, "页.html": PAGE}),
    "通知.txt.gz": gzip.compress(NOTICE),
    "爬.warc": warced(ANSWER, gzipped=False),
    "爬.warc.gz": warced(ANSWER, ANSWER),
}
HALVES = "补贴\ud83d500元，共三户就业人员。对符合条件的企业给予支持，落实各项政策，加强组织领导。"
SUFFIXES = (".txt", ".html", ".docx", ".doc", ".pdf", ".eml", ".zip", ".7z", ".tar.gz", ".warc", ".jpg", "", ".url")


def told(data: bytes, name: str) -> list[str]:
    """What becomes of a file: a text or a reason for it, or for each file in it."""
    if not is_container(io.BytesIO(data), name):
        outcome = process(data, name)
        return [outcome.document.text if outcome.document else outcome.failure.message if outcome.failure else ""]
    found = []
    for member in members(io.BytesIO(data), name, lambda inside: False):
        assert member.name.startswith(name)
        assert member.error is None or isinstance(member.error, UnreadableFile)
        found += [member.error.reason] if member.error else told(member.data, member.name)
    return found


@pytest.mark.parametrize("name", SOUND)
def test_a_file_cut_off_anywhere_is_read_or_refused(name: str) -> None:
    whole = SOUND[name]
    assert all(told(whole, name))
    for percent in range(100):
        found = told(whole[: len(whole) * percent // 100], name)
        assert found
        assert all(found), percent


@pytest.mark.parametrize("name", SOUND)
def test_the_name_of_a_file_changes_nothing_but_mails(name: str) -> None:
    read = {suffix: told(SOUND[name], f"甲{suffix}") for suffix in SUFFIXES}
    assert len({str(found) for suffix, found in read.items() if suffix not in (".eml", ".html")}) == 1


@pytest.mark.parametrize(
    ("name", "data", "shown"),
    [
        ("甲.html", "<html><body><p>补贴&#xD800;500元，&#0;共&#x110000;3户。</p></body></html>".encode(), "500元"),
        (
            "甲.html",
            b"<html><body><p>" + "补贴\ud83d500元，共3户。".encode("utf-8", "surrogatepass") + b"</p>",
            "500元",
        ),
        ("甲.txt", "补贴\ud83d500元，共三户就业人员。".encode("utf-8", "surrogatepass") * 20, ""),
        (
            "甲.txt",
            ("补贴\ud83d500元。" + "全县培训农民工两万人次，带动就业。" * 20).encode("utf-8", "surrogatepass"),
            "500元",
        ),
        ("甲.txt", "补贴500元，\udc00共3户。".encode("utf-16-le", "surrogatepass") * 9, ""),
        ("甲.docx", word(paragraph(run("补贴&#x10FFFF;500元"))), "500元"),
        ("甲.txt", "‮补贴500元⁦，共3户\u2028。".encode(), "500元"),
    ],
)
def test_halves_of_characters_break_nothing(name: str, data: bytes, shown: str) -> None:
    outcome = process(data, name)
    assert shown in (outcome.document.text if outcome.document else "")
    for record in outcome.records:
        assert outcome.document is not None
        assert record.citation.quote == outcome.document[record.citation.span]


@pytest.mark.parametrize(
    "inner",
    [
        "../../etc/passwd.txt",
        "/etc/通知.txt",
        "C:\\通知.txt",
        "con.txt",
        "a\0b.txt",
        "长" * 60 + ".txt",
        "..",
        "甲/../乙.txt",
    ],
)
def test_no_name_inside_leads_out(inner: str) -> None:
    for pack, name in ((zipped, "包.zip"), (taped, "包.tar.gz")):
        for member in members(io.BytesIO(pack({inner: NOTICE})), name, lambda inside: False):
            assert member.name.startswith(name)
            assert ".." not in member.name.removeprefix(name).split("/")
