"""The page of a comparison: what is in the file, and what a browser makes of it."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from made_comparison import comparison, fill, overwrite, row

from zhengce.write.compare_page import write_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

HOSTILE = '</script><script>document.title="owned"</script><img src=x onerror="document.title=\'owned\'">"\'&\u202e万01'


class Seen:
    """A page that is open, with all that it asked for and complained about."""

    def __init__(self, page: "Page", out: Path) -> None:
        self.page, self.asked, self.told = page, [], []
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("console", lambda message: self.told.append(message.text))
        page.on("pageerror", lambda error: self.told.append(str(error)))
        page.goto((out / "compare.html").as_uri())

    def shown(self, selector: str) -> list[str]:
        return [one.inner_text() for one in self.page.locator(selector).all() if one.is_visible()]

    def cell(self, line: int, place: int) -> str:
        return f".matrix .line >> nth={line} >> td >> nth={place} >> .open"


@pytest.fixture
def seen(browser: "Browser", tmp_path: Path) -> Iterator[Seen]:
    write_page(comparison(tmp_path))
    page = browser.new_page(viewport={"width": 1280, "height": 800}, color_scheme="light")
    found = Seen(page, tmp_path)
    yield found
    assert found.told == [], "nothing on the console, no breach of the policy"
    assert len(found.asked) == 1, "no request but the file itself"
    page.close()


# the file


def test_the_file_is_one_and_lets_nothing_in(tmp_path: Path) -> None:
    write_page(comparison(tmp_path))
    page = (tmp_path / "compare.html").read_text(encoding="utf-8")
    assert page.startswith('<!doctype html>\n<html lang="zh-CN">')
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy
    assert "default-src &#39;none&#39;" in policy[1]
    assert "unsafe" not in policy[1]
    assert not re.search(r"https?://|<link|<iframe|\son\w+=|\sstyle=|innerHTML", page)
    assert [path.name for path in tmp_path.iterdir() if path.suffix not in (".jsonl", ".html")] == []


def test_words_of_documents_are_only_ever_text(tmp_path: Path) -> None:
    write_page(overwrite(comparison(tmp_path), HOSTILE))
    page = (tmp_path / "compare.html").read_text(encoding="utf-8")
    assert page.count("<script") == 2
    assert "<img" not in page
    assert "\u202e" not in page
    assert "[U+202E]万01" in page
    data = re.search(r'id="data">(.*?)</script>', page, re.DOTALL)
    assert data
    assert any(HOSTILE[:20] in str(cell) for cell in json.loads(data[1])["cells"].values())


def test_thirty_one_documents_of_sixty_provisions_are_a_file_that_opens(tmp_path: Path) -> None:
    write_page(comparison(tmp_path, documents=31, provisions=60, longer=4))
    assert (tmp_path / "compare.html").stat().st_size < 5_000_000


def test_the_page_opens_in_the_language_asked_for(tmp_path: Path) -> None:
    write_page(comparison(tmp_path), lang="en")
    page = (tmp_path / "compare.html").read_text(encoding="utf-8")
    assert '<html lang="en">' in page
    assert "Policies compared, provision by provision" in page
    assert "≥ 600,000 人次" in page


# the browser


def test_a_cell_opens_both_clauses_with_their_differences(seen: Seen) -> None:
    button = seen.page.locator(seen.cell(1, 0))
    assert button.get_attribute("aria-expanded") == "false"
    button.click()
    assert button.get_attribute("aria-expanded") == "true"
    base, own = seen.shown(".detail .full")
    assert base == "大规模开展职业技能培训，到2027年全国培训1000万人次以上，按规定给予职业培训补贴。"
    assert own.startswith("大规模开展职业技能培训，到2026年全省培训60万人次以上，")
    assert "1000万人次" in seen.shown(".detail .full del")
    assert "60万人次" in seen.shown(".detail .full ins")
    assert seen.shown(".detail tbody tr")[1].split("\t") == [
        "职业技能培训",
        "到2027年",
        "到2026年",
        "▲ 力度更大\n期限提前",
    ]
    seen.page.keyboard.press("Escape")
    assert seen.page.locator(".detail").count() == 0
    assert button.evaluate("button => document.activeElement === button")


def test_a_cell_opens_wherever_it_is_clicked_and_only_one_at_a_time(seen: Seen) -> None:
    seen.page.locator(".matrix .line >> nth=2 >> td >> nth=0 >> .words").click()
    assert "90%" in seen.shown(".detail .full")[1]
    seen.page.locator(seen.cell(0, 2)).click()
    assert seen.page.locator(".detail").count() == 1
    assert seen.shown(".detail .clause")[1].endswith("该文件没有对应的条款。")
    seen.page.locator(seen.cell(0, 2)).click()
    assert seen.page.locator(".detail").count() == 0


def test_a_provision_that_two_answer_opens_with_both(browser: "Browser", tmp_path: Path) -> None:
    known = {"document": "a", "name": "甲省", "baseline": "b", "base_start": 5, "form": "split", "base_label": "（一）"}
    known |= {"base_quote": "培育劳务品牌，建设产业园。", "relation": "refine", "relations": ["refine", "copy"]}
    pairs = [
        row("parallels", parallel="p1", quote="培育劳务品牌100个。", start=3, heading="品牌", **known),
        row("parallels", parallel="p2", quote="𠀀地建设产业园。", start=9, heading="园区", **known),
    ]
    members = [
        row("reproduction", document="a", name="甲省", baseline="b"),
        row("reproduction", document="b", name="部"),
    ]
    fill(tmp_path, parallels=pairs, reproduction=members)
    write_page(tmp_path)
    page = browser.new_page()
    seen = Seen(page, tmp_path)
    page.click(seen.cell(0, 0))
    assert [text.split("\n")[0].split()[-1] for text in seen.shown(".detail .clause")] == [
        "基准文件",
        "品牌",
        "基准文件",
        "园区",
    ]
    assert seen.shown(".detail .full")[3] == "𠀀地建设产业园。"
    assert seen.shown(".detail .full >> nth=3 >> ins")[0] == "𠀀地", "characters, not halves of them"
    assert "沿用" in seen.shown(".detail h3")[0], "the relations that hold as well"
    assert "一条拆为多条" in seen.shown(".detail .key")[0]
    assert seen.told == []
    page.close()


def test_keys_alone_do(seen: Seen) -> None:
    first = seen.page.locator(seen.cell(0, 0))
    assert seen.page.locator('.open[tabindex="0"]').count() == 1, "one stop for the tabulator"
    first.focus()
    for key in ("ArrowRight", "ArrowDown", "ArrowDown", "ArrowLeft", "ArrowRight"):
        seen.page.keyboard.press(key)
    seen.page.keyboard.press("Enter")
    assert seen.page.locator(seen.cell(2, 1)).get_attribute("aria-expanded") == "true"
    outline = seen.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none", "one sees where one is"


def test_relations_and_documents_are_filtered(seen: Seen) -> None:
    for relation in ("copy", "paraphrase", "refine", "quantify", "weaken", "add", "omit"):
        seen.page.click(f'[data-relation="{relation}"]')
    assert [text.strip() for text in seen.shown(".matrix td .badge")] == ["▲ 加强"] * 3
    assert seen.shown(".matrix .base .from") == [
        "（二） 支持技能培训",
        "（三） 稳定就业岗位",
        "（五） 促进高校毕业生就业",
    ]
    assert seen.shown("#status") == ["显示 3 条、3 份文件"]
    seen.page.click(".chooser summary")
    seen.page.uncheck('[data-document="d2"]')
    assert [text.split("\n")[0] for text in seen.shown(".matrix thead th")] == ["基准条款", "甲省", "乙省"]
    assert len(seen.shown(".matrix .line")) == 2
    seen.page.keyboard.press("Escape")
    seen.page.click("#reset")
    assert len(seen.shown(".matrix .line")) == 9
    seen.page.fill("#find", "劳务品牌")
    assert seen.shown(".matrix .base .from") == ["（四） 培育劳务品牌"]
    seen.page.fill("#find", "绝无此语")
    assert seen.shown("#nothing") == ["没有符合条件的条款。"]


def test_words_of_copies_are_hidden_until_asked_for(seen: Seen) -> None:
    copied = seen.page.locator(".relation-copy.cell .words >> nth=0")
    assert not copied.is_visible()
    seen.page.check("#copies")
    assert copied.is_visible()
    seen.page.check("#moved")
    assert len(seen.shown(".matrix .line")) == 3, "only where something differs"


def test_the_language_changes_and_the_documents_stay(seen: Seen) -> None:
    seen.page.click(seen.cell(2, 0))
    seen.page.click("#language")
    assert seen.page.evaluate("document.documentElement.lang") == "en"
    assert seen.shown("h1") == ["Policies compared, provision by provision"]
    assert "Strengthened" in seen.shown(".detail h3")[0]
    assert "higher value" in seen.shown(".detail tbody tr")[0]
    left = re.sub(r"[（）]", "", " ".join(seen.shown("header, .filters, .detail h3 .badge, .detail .key")))
    assert re.findall(r"[\u4e00-\u9fff]+", left) == ["关于促进就业的意见", "某发", "号", "中文"]
    seen.page.click("#language")
    assert seen.shown("h1") == ["政策条款对照"]


def test_every_view_shows_its_table(seen: Seen) -> None:
    assert seen.shown("nav button") == ["对照矩阵", "数值差异", "关系统计", "指标", "说明"]
    seen.page.click('[data-view="differences"]')
    assert len(seen.shown("#differences tbody tr")) == 7
    seen.page.click('[data-change="stronger"]')
    assert len(seen.shown("#differences tbody tr")) == 4
    seen.page.click('[data-view="reproduction"]')
    assert seen.shown("#reproduction tbody tr >> nth=0 >> td")[:5] == ["2024-05-20", "66", "6", "6", "41%"]
    seen.page.click('[data-view="indicators"]')
    assert "40万人以上" in seen.shown("#indicators td")[0]
    seen.page.click('[data-view="codebook"]')
    assert "写得更具体" in seen.shown("#codebook")[0]
    assert not seen.page.locator("#matrix").is_visible()


def test_header_and_first_column_stay_in_sight(browser: "Browser", tmp_path: Path) -> None:
    write_page(comparison(tmp_path, documents=31, provisions=60))
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    seen = Seen(page, tmp_path)
    page.evaluate("document.querySelector('#matrix .scroll').scrollTo(3000, 4000)")
    area = page.locator("#matrix .scroll").bounding_box()
    head, first = page.locator(".matrix thead th >> nth=0"), page.locator(".matrix .line >> nth=30 >> th")
    assert area
    assert abs(head.bounding_box()["y"] - area["y"]) <= 2  # type: ignore[index]
    assert abs(first.bounding_box()["x"] - area["x"]) <= 2  # type: ignore[index]
    assert seen.told == []
    page.close()


def test_paper_shows_everything_in_light_colours(browser: "Browser", tmp_path: Path) -> None:
    write_page(comparison(tmp_path))
    page = browser.new_page(viewport={"width": 1280, "height": 800}, color_scheme="dark")
    seen = Seen(page, tmp_path)
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.emulate_media(media="print", color_scheme="dark")
    assert dark != "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert not seen.shown("nav, .filters, .tools")
    assert all(page.locator(f"#{view}").is_visible() for view in ("matrix", "differences", "reproduction", "codebook"))
    clipped = "all => all.filter(one => one.scrollHeight > one.clientHeight + 1 && one.clientHeight).length"
    assert page.locator(".words").evaluate_all(clipped) == 0
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
    page.close()


def test_hostile_words_do_nothing_when_they_open(browser: "Browser", tmp_path: Path) -> None:
    write_page(overwrite(comparison(tmp_path), HOSTILE))
    page = browser.new_page()
    seen = Seen(page, tmp_path)
    page.click(seen.cell(1, 0))
    page.click("#language")
    assert "owned" not in page.title().replace(HOSTILE.replace("\u202e", "[U+202E]"), "")
    assert page.locator("img").count() == 0
    assert seen.shown(".detail .full")[0] == HOSTILE.replace("\u202e", "[U+202E]")
    assert (seen.told, len(seen.asked)) == ([], 1)
    page.close()


def test_indicators_alone_make_a_page_too(browser: "Browser", tmp_path: Path) -> None:
    goal = row(
        "indicators", document="a", name="甲省", indicator="cpi", indicator_zh="居民消费价格涨幅", indicator_en="CPI",
        value="2", bound="~", unit="%", chosen=True, quote="居民消费价格涨幅2%左右",
    )  # fmt: skip
    fill(tmp_path, indicators=[goal], reproduction=[row("reproduction", document="a", name="甲省")])
    write_page(tmp_path)
    page = browser.new_page()
    seen = Seen(page, tmp_path)
    assert seen.shown("nav button") == ["指标", "说明"]
    assert seen.shown("#indicators td")[0].split("\n")[0] == "2%左右"
    assert seen.told == []
    page.close()
