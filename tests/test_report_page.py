"""The pages of a report in a real browser: read, filtered, reviewed without a server, exported, printed."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from made_run import OPINION, made_run

from zhengce.amend.edit import read_edits
from zhengce.errors import BadUsage
from zhengce.inputs import plan
from zhengce.reporting import report
from zhengce.write.stored import stored

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

GRAVE = ("serious", "critical")


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = made_run(tmp_path_factory.mktemp("run"))
    report(out)
    return out


def rows(out: Path, table: str) -> list[dict[str, Any]]:
    return list(stored(out, table))


def document_of(out: Path, name: str) -> dict[str, Any]:
    return next(row for row in rows(out, "documents") if row["source"] == f"{name}.txt")


def page_of(out: Path, name: str) -> Path:
    return out / "report" / "documents" / f"{document_of(out, name)['document']}.html"


class Opened:
    """A page that is open, with all that it asked for and complained about."""

    def __init__(self, page: "Page", path: Path) -> None:
        self.page, self.asked, self.told = page, [], []
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("console", lambda message: self.told.append(message.text))
        page.on("pageerror", lambda error: self.told.append(str(error)))
        page.goto(path.as_uri())

    def sign(self, coder: str = "张三") -> None:
        self.page.fill("#coder", coder)
        self.page.locator("#coder").blur()

    def keys(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.page.wait_for_timeout(30)

    def progress(self) -> str:
        return self.page.inner_text("#progress")

    def card(self) -> str:
        return self.page.inner_text(".card.selected")

    def select(self, first: str, then: str) -> None:
        """Select from the beginning of some words to the end of others, as a mouse does."""
        self.page.evaluate(
            """([first, then]) => {
              const at = (words, end) => {
                const walker = document.createTreeWalker(document.querySelector("#clean"), NodeFilter.SHOW_TEXT);
                while (walker.nextNode()) {
                  const place = walker.currentNode.data.indexOf(words);
                  if (place >= 0) return [walker.currentNode, place + (end ? words.length : 0)];
                }
              };
              getSelection().setBaseAndExtent(...at(first, false), ...at(then, true));
            }""",
            [first, then],
        )
        self.page.wait_for_selector("#marking", state="visible")

    def exported(self) -> list[dict[str, Any]]:
        with self.page.expect_download() as download:
            self.page.click("#export")
        return [json.loads(line) for line in Path(download.value.path()).read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def opened(browser: "Browser", out: Path) -> Iterator[Opened]:
    context = browser.new_context(viewport={"width": 1280, "height": 860}, locale="zh-CN")
    found = Opened(context.new_page(), page_of(out, "opinion"))
    yield found
    assert found.told == [], "nothing on the console, no breach of the policy"
    assert all(url.startswith(("file:", "blob:")) for url in found.asked)
    context.close()


# the files


def test_each_page_is_one_file_that_lets_nothing_in(out: Path) -> None:
    pages = sorted((out / "report").rglob("*.html"))
    assert len(pages) == 4
    for path in pages:
        page = path.read_text(encoding="utf-8")
        assert page.startswith('<!doctype html>\n<html lang="zh-CN">')
        policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
        assert policy
        assert "default-src &#39;none&#39;" in policy[1]
        assert "unsafe" not in policy[1]
        assert "connect-src" not in policy[1]
        markup = re.sub(r"<script.*?</script>|<style.*?</style>", "", page, flags=re.DOTALL)
        assert not re.search(r"<[^>]*\s(on\w+|style)=", re.sub(r'"[^"]*"', '""', markup))
        assert not [link for link in re.findall(r'(?:href|src)="([^"]*)"', markup) if re.match(r"\w+:|//", link)]


def test_a_page_that_somebody_else_wrote_is_left_alone_and_pages_of_old_runs_go(out: Path, tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    old = tmp_path / "documents" / "0123456789abcdef.html"
    old.write_text('<meta name="generator" content="zhengce 0.1.0">', encoding="utf-8")
    mine = tmp_path / "documents" / "notes.html"
    mine.write_text("mine", encoding="utf-8")
    report(out, tmp_path)
    assert not old.exists()
    assert mine.read_text(encoding="utf-8") == "mine"
    (tmp_path / "index.html").write_text("mine", encoding="utf-8")
    with pytest.raises(BadUsage, match=r"index\.html"):
        report(out, tmp_path)


def test_a_folder_without_tables_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(BadUsage, match="no tables"):
        report(tmp_path)


def test_an_id_that_is_no_name_of_a_file_is_refused(out: Path, tmp_path: Path) -> None:
    row = document_of(out, "opinion") | {"document": "../../evil"}
    (tmp_path / "documents.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    with pytest.raises(BadUsage, match="evil"):
        report(tmp_path)


# reading


def test_the_text_is_shown_with_records_provisions_and_cards(opened: Opened, out: Path) -> None:
    page = opened.page
    assert page.inner_text("h1") == "关于加快劳务品牌建设的实施意见"
    assert [one.inner_text() for one in page.locator("#outline li").all()][:2] == ["一、 主要目标", "二、 重点任务"]
    found = sum(
        len([row for row in rows(out, table) if row["document"] in page.url]) for table in ("targets", "brands")
    )
    assert page.locator(".card.targets, .card.brands").count() == found
    card = page.locator(".card.subsidies").first.inner_text()
    assert "按每人800元给予职业培训补贴" in card
    assert "发放标准" in card
    assert "规则" in card
    assert "置信度" in card
    label = page.locator("#clean mark.subsidies").first.evaluate("one => getComputedStyle(one, '::before').content")
    assert label == '"补贴"'
    lines = page.locator("#clean mark.targets").first.evaluate("one => getComputedStyle(one).textDecorationLine")
    assert "underline" in lines


def test_words_and_cards_lead_to_one_another(opened: Opened) -> None:
    opened.page.locator("#clean mark.brands").first.click()
    assert "云岭家政" in opened.card()
    opened.keys("k")
    selected = opened.page.locator("#clean mark.selected").first.inner_text()
    assert selected in opened.card().replace("\n", "")
    assert "云岭家政" not in opened.card()


def test_raw_and_clean_show_every_repair(browser: "Browser", out: Path) -> None:
    page = browser.new_page()
    opened = Opened(page, page_of(out, "damaged"))
    opened.keys("r")
    assert page.is_visible("#raw")
    assert not page.is_visible("#clean")
    assert "勞務(wù)品牌" in page.inner_text("#raw")
    assert page.locator("#raw mark.subsidies").first.inner_text() == "發(fā)放補(bǔ)貼300元/人"
    fix = page.locator("#raw .fix", has_text="務(wù)").first
    assert str(fix.get_attribute("title")).startswith("「務(wù)」 → 「务」 · pinyin")
    opened.keys("r")
    assert "勞" not in page.inner_text("#clean")
    assert (
        page.locator("#clean .fix", has_text="务").first.evaluate("one => getComputedStyle(one).outlineStyle")
        == "dashed"
    )
    page.close()


def test_what_is_hostile_stays_text(browser: "Browser", out: Path) -> None:
    page = browser.new_page()
    opened = Opened(page, page_of(out, "hostile"))
    opened.keys("r")
    assert page.title().startswith("关于印发<script>")
    assert page.locator("main img, main script, main a").count() == 0
    assert page.locator("a[href^='javascript' i]").count() == 0
    assert page.locator("#raw .code").first.get_attribute("data-code") == "U+202E"
    assert "\u202e" not in page.content()
    assert opened.told == []
    assert len(opened.asked) == 1
    page.close()


def test_words_are_found_and_kinds_are_filtered(opened: Opened) -> None:
    page = opened.page
    opened.keys("/")
    page.keyboard.type("劳务品牌")
    count = OPINION.count("劳务品牌")
    assert page.inner_text("#found") == f"0 / {count}"
    page.keyboard.press("Enter")
    assert page.inner_text("#found") == f"1 / {count}"
    assert page.evaluate("CSS.highlights.get('find').size") >= count
    whole = page.locator(".card").count()
    page.click("[data-kind=assignments]")
    hidden = page.locator(".card.assignments").count()
    assert page.locator(".card:visible").count() == whole - hidden
    assert page.inner_text("#shown") == f"显示 {whole - hidden} / {whole}"
    page.check("#low")
    assert page.locator(".card:visible").count() < whole - hidden


# deciding


def test_nobody_decides_without_a_name(opened: Opened) -> None:
    opened.keys("j", "y")
    assert opened.page.inner_text("#status") == "请先填写编码员姓名。"
    assert opened.progress().startswith("已审 0")


def test_records_are_confirmed_and_rejected_by_key_and_the_page_remembers(opened: Opened) -> None:
    opened.sign()
    opened.keys("j", "y", "n")
    whole = opened.page.locator(".card").count()
    assert opened.progress() == f"已审 2 / {whole}"
    assert "已确认 · 张三" in opened.page.locator(".card").nth(0).inner_text()
    assert "已否决" in opened.page.locator(".card").nth(1).inner_text()
    opened.page.check("#unreviewed")
    assert opened.page.locator(".card:visible").count() <= whole - 1
    opened.page.reload()
    assert opened.progress() == f"已审 2 / {whole}"
    opened.keys("u")
    assert opened.progress() == f"已审 1 / {whole}"
    opened.page.reload()
    assert opened.progress() == f"已审 1 / {whole}"


def test_a_value_is_edited_and_what_it_was_stays_in_sight(opened: Opened, tmp_path: Path) -> None:
    page = opened.page
    opened.sign()
    page.locator("#clean mark.subsidies").first.click()
    opened.keys("e")
    page.fill("form.edit [data-column=amount]", "八百")
    page.keyboard.press("Enter")
    assert page.inner_text("form.edit label:has([data-column=amount]) .wrong") == "须为数字"
    page.fill("form.edit [data-column=amount]", "1,800")
    page.fill("form.edit .wide input", "原文印错")
    page.keyboard.press("Enter")
    page.wait_for_selector("form.edit", state="detached")
    assert "原为 800" in opened.card()
    assert "已修改" in opened.card()
    (line,) = opened.exported()
    assert (line["action"], line["proposed"], line["decided"]) == ("edit", {"amount": "800"}, {"amount": "1800"})
    assert (line["coder"], line["reason"]) == ("张三", "原文印错")
    path = tmp_path / "edits.jsonl"
    path.write_text(json.dumps(line) + "\n", encoding="utf-8")
    assert [edit.id for edit in read_edits(path)] == [line["edit"]]


def test_a_record_is_added_from_words_over_a_line_break(opened: Opened, out: Path) -> None:
    page = opened.page
    opened.sign()
    before = page.locator(".card").count()
    opened.select("省人力资源社会保障厅", "省财政厅")
    opened.keys("4")
    page.fill("form.edit [data-column=department]", "甲省财政厅")
    page.select_option("form.edit [data-column=role]", "cooperate")
    page.fill("form.edit [data-column=mode]", "配合")
    page.keyboard.press("Enter")
    page.wait_for_selector("form.edit", state="detached")
    assert page.locator(".card").count() == before + 1
    assert page.locator("#clean mark.selected").count() > 1
    (line,) = opened.exported()
    text = document_of(out, "opinion")["text"]
    assert "\n" in line["quote"]
    assert text[line["start"] : line["end"]] == line["quote"]
    opened.keys("u")
    assert page.locator(".card:visible").count() == before
    assert page.locator("#clean mark.selected:not(.off)").count() == 0


def test_a_kind_is_changed_as_one_decision_and_undone_as_one(opened: Opened) -> None:
    page = opened.page
    opened.sign()
    page.locator("#clean mark.targets").first.click()
    quote = page.inner_text(".card.selected blockquote")
    opened.keys("2")
    assert page.input_value("form.edit [data-column=value]")
    page.keyboard.press("Enter")
    page.wait_for_selector("form.edit", state="detached")
    assert set(str(page.get_attribute(".card.selected", "class")).split()) == {"card", "facts", "added", "selected"}
    gone, new = opened.exported()
    assert (gone["action"], gone["table"], new["action"], new["table"]) == ("reject", "targets", "add", "facts")
    assert new["quote"] == quote
    assert new["instead_of"] == gone["record"]
    opened.keys("u")
    assert opened.progress().startswith("已审 0")
    assert opened.exported()[-1]["undoes"] == [gone["edit"], new["edit"]]


def test_offsets_are_code_points(browser: "Browser", tmp_path: Path) -> None:
    out = made_run(tmp_path, astral="关于𠮷祥县培训的通知\n𠮷祥县全年培训𠀀类农民工2万人，𠮷祥绣娘带动就业。")
    report(out)
    page = browser.new_page(accept_downloads=True)
    opened = Opened(page, page_of(out, "astral"))
    opened.sign()
    opened.select("𠮷祥绣娘", "绣娘带动就业")
    opened.keys("5")
    page.keyboard.press("Enter")
    page.wait_for_selector("form.edit", state="detached")
    (line,) = opened.exported()
    assert document_of(out, "astral")["text"][line["start"] : line["end"]] == line["quote"] == "𠮷祥绣娘带动就业"
    page.close()


def test_what_cannot_be_shown_is_quoted_as_it_is(browser: "Browser", out: Path, tmp_path: Path) -> None:
    row = document_of(out, "opinion")
    text = str(row["text"]).replace("云岭家政", "云岭\u202e家政")
    (tmp_path / "documents.jsonl").write_text(json.dumps({**row, "text": text}) + "\n", encoding="utf-8")
    report(tmp_path)
    page = browser.new_page(accept_downloads=True)
    opened = Opened(page, page_of(tmp_path, "opinion"))
    opened.sign()
    opened.select("云岭", "家政")
    opened.keys("5")
    assert "\u202e" not in page.inner_text("form.edit")
    page.keyboard.press("Enter")
    page.wait_for_selector("form.edit", state="detached")
    (line,) = opened.exported()
    assert line["quote"] == "云岭\u202e家政" == text[line["start"] : line["end"]]
    assert "\u202e" not in page.content()
    page.close()


# language, paper, screen readers, the first page


def test_the_language_is_switched_everywhere(opened: Opened) -> None:
    page = opened.page
    page.click("#language")
    assert page.get_attribute("html", "lang") == "en"
    assert "Target" in page.locator(".card.targets").first.inner_text()
    assert page.locator("#clean").get_attribute("lang") == "zh-CN"
    chinese = re.compile("[\u4e00-\u9fff]")
    for selector in ("header .review", "header .tools label", ".filters", "#keys"):
        assert not chinese.search(page.locator(selector).first.inner_text()), selector
    label = page.locator("#clean mark.subsidies").first.evaluate("one => getComputedStyle(one, '::before').content")
    assert label == '"Subsidy"'
    page.reload()
    assert page.get_attribute("html", "lang") == "en"


def test_it_prints_text_and_cards_and_no_controls(opened: Opened) -> None:
    opened.page.click("[data-kind=targets]")
    opened.page.emulate_media(media="print")
    assert not opened.page.is_visible(".tools")
    assert not opened.page.is_visible(".filters")
    assert opened.page.locator(".card:visible").count() == opened.page.locator(".card").count()
    assert opened.page.pdf().startswith(b"%PDF")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1024, 1280, 1920])
def test_axe_finds_nothing_serious(browser: "Browser", out: Path, scheme: Any, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    for path in (out / "report" / "index.html", page_of(out, "opinion"), page_of(out, "damaged")):
        opened = Opened(page, path)
        if path.parent.name == "documents":
            opened.sign()
            opened.keys("j", "y", "n", "y", "e")
            page.check("#fixes")
        found = Axe().run(page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in GRAVE] == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.close()


def test_the_first_page_counts_filters_and_leads_on(browser: "Browser", out: Path) -> None:
    page = browser.new_page(locale="zh-CN")
    opened = Opened(page, out / "report" / "index.html")
    assert page.locator("#rows tr").count() == 3
    assert "empty.pdf" in page.inner_text("#failures")
    assert page.locator("figure svg").count() >= 3
    page.fill("#search", "实施意见")
    assert page.locator("#rows tr").count() == 1
    page.click("#reset")
    page.select_option("#kind", "2")  # subsidies
    assert page.locator("#rows tr").count() == 2
    page.locator("#rows a", has_text="实施意见").click()
    page.wait_for_url("**/documents/*.html")
    opened.sign()
    opened.keys("j", "y")
    page.click(".crumbs a")
    page.wait_for_url("**/index.html")
    assert "1/" in page.locator("#rows tr", has_text="实施意见").inner_text()
    assert opened.told == []
    page.close()


def test_pages_among_documents_are_no_documents(out: Path, tmp_path: Path) -> None:
    shutil.copytree(out, tmp_path / "in" / "out")
    (tmp_path / "in" / "a.html").write_text("<p>全县培训农民工2万人。", encoding="utf-8")
    read = [item.name for item in plan([tmp_path / "in"])]
    assert read == ["a.html"]
