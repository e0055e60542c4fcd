"""The search of the review server: what stands in a text is found, what does not is not, and no sign means more."""

from __future__ import annotations

import json
import os
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from made_review import FakePages
from made_run import made_run

from zhengce.cli import main
from zhengce.cli.fit import width
from zhengce.review.fold import fold
from zhengce.review.search import PAGE, Search

TEXTS = {
    "甲": "关于实施就业优先战略的意见\n（一）稳就业。着力打造“技工”劳务品牌，补贴1500元，占30%。",
    "乙": "就业！就业？促进就业；AI与5G产业。馮某某（冯某某）致富。",
    "丙": "促进 就业\n创业NEAR就 业\x00尾𠀀地",
}
# few characters, so that what is asked for often stands there, or nearly
LETTERS = st.text(st.sampled_from('就业促进，。 \n(（aAＡ"*^:-馮冯著着\x00\ud800𠀀'), max_size=12)


def found(search: Search, query: str) -> list[str]:
    return [str(hit["title"])[:1] for hit in hits(search, query)]


def hits(search: Search, query: str) -> list[dict[str, Any]]:
    return search.find(query)["hits"]  # type: ignore[return-value]


@pytest.fixture(scope="module")
def search() -> Any:
    made = Search(FakePages(TEXTS))
    yield made
    made.close()


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("就业", "就关促"),
        ("业", "就促关"),
        ("地", "促"),
        ("𠀀", "促"),
        ("劳务品牌", "关"),
        ("勞務品牌", "关"),
        ("著力打造", "关"),
        ("就业优先战略的意见", "关"),
        ("就业 技工", "关"),
        ("就业\u3000技工", "关"),
        ("就业 飞船", ""),
        ("业就", ""),
        ("促进就业", "就"),
        ("进就", "就"),
        ("(一)", "关"),
        ("（一）稳", "关"),
        ("３０％", "关"),
        ("%", "关"),
        ("，", "关"),
        ("ai", "就"),
        ("ＡＩ", "就"),
        ("5g产业", "就"),
        ("冯某某", "就"),
        ("馮", "就"),
        ("near", "促"),
        ("NEAR(就业 创业)", ""),
        ("就业 OR 飞船", ""),
        ("就业 NOT 技工", ""),
        ('"就业"', ""),
        ("就*", ""),
        ("text:就业", ""),
        ("^就业", ""),
        ("' OR 1=1 --", ""),
        ('"', ""),
        ("\x00", "促"),
        ("\ud800", ""),
        ("", ""),
        (" \u3000\n", ""),
        ("就业" * 500, ""),
    ],
)  # fmt: skip
def test_words_lead_to_the_documents_that_hold_them(search: Search, query: str, titles: str) -> None:
    assert "".join(found(search, query)) == titles


def test_a_hit_tells_how_often_and_where(search: Search) -> None:
    first = hits(search, "促进 就业")[0]
    assert {name: first[name] for name in ("count", "start", "before", "hit", "source")} == {
        "count": 4, "start": 0, "before": "", "hit": "就业", "source": "乙.txt",
    }  # fmt: skip
    (wide,) = hits(search, "ＡＩ")
    assert (wide["hit"], wide["before"][-3:], wide["after"][:2]) == ("AI", "就业；", "与5")


def test_hits_come_in_pages_most_first() -> None:
    search = Search(FakePages({f"d{at}": f"{at}号{'就业' * (at % 7)}" for at in range(2 * PAGE)}))
    told = [search.find("就业", offset) for offset in (0, PAGE, 2 * PAGE)]
    assert {page["total"] for page in told} == {sum(1 for at in range(2 * PAGE) if at % 7)}
    counts = [hit["count"] for page in told for hit in page["hits"]]  # type: ignore[attr-defined]
    assert counts == sorted(counts, reverse=True)
    assert len(counts) == told[0]["total"]
    search.close()


@given(st.lists(LETTERS, min_size=1, max_size=4), LETTERS)
@example(["就业就"], "就")
@settings(max_examples=80, deadline=None)
def test_a_document_is_found_if_and_only_if_it_holds_all_words(texts: list[str], query: str) -> None:
    pages = FakePages({f"{at}": f"{at}\n{text}" for at, text in enumerate(texts) if "\ud800" not in text} or {"x": "x"})
    search = Search(pages)
    try:
        words = fold(query).split()
        held = [str(pages.rows("documents", one)[0]["text"]) for one in pages.documents]
        expected = [text for text in held if words and all(word in fold(text) for word in words)]
        assert search.find(query)["total"] == len(expected)
        for hit in hits(search, query):
            assert fold(hit["hit"]) in words
    finally:
        search.close()


@given(st.text())
def test_folding_keeps_every_place(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


def test_nothing_is_left_when_it_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SQLITE_TMPDIR", str(tmp_path))
    search = Search(FakePages({f"{at}": f"{at}" + "".join(map(chr, range(0x4E00, 0x6E00))) for at in range(30)}))
    assert search.find("一丁")["total"] == 30
    search.close()
    assert os.listdir(tmp_path) == []  # noqa: PTH208


def test_it_may_end_before_it_has_begun_and_after_it_failed() -> None:
    class Slow(FakePages):
        def rows(self, table: str, document: str) -> list[dict[str, object]]:
            if table == "documents":
                raise OSError("the disk is gone")
            return super().rows(table, document)

    Search(FakePages({f"{at}": f"{at}就业" * 500 for at in range(60)})).close()
    broken = Search(Slow())
    with pytest.raises(OSError, match="gone"):
        broken.find("就业")
    broken.close()


def test_a_kept_index_holds_for_the_same_texts_and_grows_with_new_ones(tmp_path: Path) -> None:
    path, texts = tmp_path / "search.sqlite", {"甲": "甲县就业", "乙": "乙县就业就业"}
    read: list[str] = []

    class Counted(FakePages):
        def rows(self, table: str, document: str) -> list[dict[str, object]]:
            read.append(document)
            return super().rows(table, document)

    def found(held: dict[str, str], query: str = "就业") -> int:
        read.clear()
        with closing(Search(Counted(held), path)) as search:
            return int(str(search.find(query)["total"]))

    assert found(texts) == 2
    assert read.count(read[0]) > 2
    before = path.stat().st_mtime_ns
    assert found(texts) == 2
    assert path.stat().st_mtime_ns == before, "nothing is written where nothing is new"
    assert found({**texts, "丙": "丙县就业"}) == 3
    assert found({**texts, "丙": "丙县就业", "丁": "丁县就业"}) == 4
    assert found({"甲": "甲县就业"}) == 1, "what has gone is not found"
    assert found({"甲": "甲县培训"}) == 0, "what is another text is read anew"
    assert found({"甲": "甲县培训"}, "培训") == 1


@pytest.mark.parametrize("held", [b"", b"somebody's notes", b"SQLite format 3\0" + b"\xff" * 4000])
def test_an_index_that_cannot_be_kept_is_a_temporary_one(tmp_path: Path, held: bytes) -> None:
    path = tmp_path / "search.sqlite"
    path.write_bytes(held)
    with closing(Search(FakePages({"甲": "甲县就业"}), path)) as search:
        assert search.find("就业")["total"] == 1
    if held:
        assert path.read_bytes() == held
    with closing(Search(FakePages({"甲": "甲县就业"}), tmp_path / "no" / "search.sqlite")) as search:
        assert search.find("就业")["total"] == 1


def test_the_command_prints_what_stands_round_the_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = made_run(tmp_path)
    assert main(["search", str(out), "職業培訓", "补贴", "--lang", "zh"]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("1 份文件\n")
    assert "【职业培训】" in printed.replace("\n  ", "")
    assert all(width(line) <= 79 for line in printed.splitlines())
    assert main(["search", str(out), "劳务品牌", "--json", "--limit", "1"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["total"], len(told["hits"])) == (2, 1)
    assert main(["search", str(out), "没有这种词语"]) == 1
