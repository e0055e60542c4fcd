"""What notebooks show of documents, outcomes and records."""

import subprocess
import sys

from made_run import HOSTILE, OPINION

import zhengce
from zhengce.flow import annotate
from zhengce.record import Records


def outcome(text: str = OPINION) -> zhengce.Outcome:
    return zhengce.process(text.encode(), "a.txt")


def html(value: object) -> str:
    shown = value._repr_html_()  # type: ignore[attr-defined]
    assert isinstance(shown, str)
    return shown


def test_documents_and_outcomes_are_their_words_with_the_records_highlighted() -> None:
    found = outcome()
    assert html(found) == html(found.document)
    assert html(found).startswith('<div lang="zh-CN"')
    assert html(found).count("<mark") >= len(found.records)
    assert ">补贴</span>按每人800元给予职业培训补贴</mark>" in html(found)


def test_records_show_what_they_rest_on_and_what_they_say() -> None:
    records = outcome().records
    (subsidy,) = [one for one in records if isinstance(one, zhengce.Subsidy)]
    assert html(subsidy) == html(Records([subsidy]))
    assert "金额：800" in html(subsidy)
    assert "类别：发放标准" in html(subsidy)
    assert html(records[:2]).count("<mark") == 2
    assert isinstance(records[:2], Records)
    assert isinstance(records[0], zhengce.Record)
    assert html(annotate("全县培训农民工2万人。")["targets" if records else "facts"])


def test_a_failure_says_why() -> None:
    assert "a.pdf" in html(zhengce.process(b"%PDF-1.4 broken", "a.pdf"))


def test_nothing_of_a_document_is_markup() -> None:
    found = outcome(HOSTILE)
    for value in (found, found.records):
        assert "<script" not in html(value)
        assert "<img" not in html(value)
        assert "<b onclick" not in html(value)
        assert "\u202e" not in html(value)


def test_long_texts_and_lists_are_cut_and_say_so() -> None:
    text = "\n".join(f"第{number}条　全县培训{number}个行业的农民工{number}万人。" for number in range(1, 400))
    found = outcome(text)
    assert html(found).count("<p ") == 200
    assert f"{len(text.splitlines())} in all" in html(found)
    assert f"{len(found.records)} in all" in html(found.records)


def test_to_know_how_costs_nothing() -> None:
    told = "import sys, zhengce; print('jinja2' in sys.modules, 'zhengce.write.fragment' in sys.modules)"
    assert (
        subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True).stdout
        == "False False\n"
    )
