"""Every entry of a lexicon with examples stands in its example and is recognised there by the code that uses it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.resources import files

import pytest

from zhengce.clean.script import simplify
from zhengce.clean.spam import spam
from zhengce.clean.spun import spun
from zhengce.compare.direction import change_of
from zhengce.compare.evidence import views
from zhengce.compare.goal import by_indicator
from zhengce.compare.measured import measured
from zhengce.compare.member import member_of
from zhengce.compare.modality import modality_differences
from zhengce.compare.value import values
from zhengce.flow import annotate, process
from zhengce.lexicon import table
from zhengce.name.department import official_name
from zhengce.name.place import find_place
from zhengce.pair import Member, Unit
from zhengce.text import Span, apply
from zhengce.value.quantity import quantities

Row = Mapping[str, str]

TABLES = [
    entry.name.removesuffix(".tsv")
    for entry in sorted((files("zhengce") / "lexicons").iterdir(), key=lambda entry: entry.name)
    if entry.name.endswith(".tsv") and "example" in table(entry.name.removesuffix(".tsv"))[0]
]


def stands(row: Row) -> bool:
    """Whether an entry, or one of its `;`-joined forms, stands in its example."""
    return any(form in row["example"] for form in next(iter(row.values())).split(";"))


def bound_known(row: Row) -> bool:
    wanted = "=" if row["bound"] == "reach" else row["bound"]
    return any(row["word"] in q.text and q.bound == wanted for q in quantities(row["example"]))


def unit_known(row: Row) -> bool:
    found = list(quantities(row["example"]))
    unit = "%" if row["unit"] == "成" else row["canonical"]  # tenths are read as per cent
    return len(found) == 1 and found[0].unit == unit


def department_known(row: Row) -> bool:
    """Whether the example, as a province and as a ministry print it, comes out as the table's full name."""
    home = find_place("四川省")
    at = row["province"].replace("{none}", "")
    full = at.replace("{short}", "四川").replace("{}", "四川省") if "{" in row["province"] else "四川省" + at
    printed = [f"省{row['example']}{suffix}" for suffix in ("", "厅", "局", "委", "办")]
    names = {official_name(text, home, "province").name for text in printed}
    central = {official_name(row["example"] + suffix, None, "central").name for suffix in ("", "部", "局", "委", "署")}
    return full in names and (not row["central"] or row["central"] in central)


def brand_region_known(row: Row) -> bool:
    found = annotate(f"推广{row['example']}。")["brands"]
    return [f"“{getattr(brand, 'name', None)}”" for brand in found] == [row["example"]]


def occupation_known(row: Row) -> bool:
    found = annotate(f"打造{row['example']}劳务品牌。")["brands"]
    return len(found) == 1 and getattr(found[0], "industry", None) == row["industry"]


def script_known(row: Row) -> bool:
    """The word comes out as the table says when a traditional line that holds its example is simplified."""
    line = f"說明：{row['example']}，發揚傳統，開創新業績。"
    return row["simplified"] in apply(line, simplify(line))[0]


def cue_known(row: Row) -> bool:
    example = row["example"]
    found = annotate(
        {
            "modal": f"关于加强培训的意见\n{example}。",
            "past": f"关于加强培训的意见\n{example}。",
            "action": f"职业培训工作方案\n{example}。",
            "goal_heading": f"关于加强培训的意见\n一、{example}\n力争服务体系更加健全，服务能力显著提升。",
            "future_heading": f"某市工作报告\n一、{example}\n培训农民工2万人，新建学校3所。",
            "past_heading": f"某市工作报告\n一、{example}\n培训农民工2万人，新建学校3所。",
        }[row["kind"]]
    )
    if row["kind"] == "modal":
        return any(getattr(target, "modality", None) == row["word"] for target in found["targets"])
    if row["kind"] == "goal_heading":
        return any(getattr(target, "nature", None) == "qualitative" for target in found["targets"])
    aimed, achieved = bool(found["targets"]), bool(found["facts"])
    return achieved and not aimed if "past" in row["kind"] else aimed and not achieved


def instrument_known(row: Row) -> bool:
    found = annotate(f"惠企利民资金办法\n对符合条件的农户{row['example']}。")["subsidies"]
    return [getattr(subsidy, "instrument", None) for subsidy in found] == [row["word"]]


def spam_known(row: Row) -> bool:
    return [row["example"][span.start : span.end] for span in spam(row["example"], {row["word"]})] == [row["example"]]


def spun_known(row: Row) -> bool:
    """Whether the term is flagged on a page with other spun terms, and the genuine one is not."""
    page = f"{row['example']}，生长改造委会同教导部分引导农夫工返乡。"
    flagged = {page[note.span.start : note.span.end] for note in spun(page)}
    return row["spun"] in flagged and row["genuine"] != row["spun"] and not list(spun(row["genuine"] * 3))


def body_known(row: Row) -> bool:
    """Whether the body bears its name in the last year before it lost it, in a central text."""
    year = int(row["until"]) - 1 if row["until"] else 2025
    return official_name(row["example"], None, "central", year).name == row["name"]


def indicator_known(row: Row) -> bool:
    """Whether a report that sets the example as its goal has it as the indicator, once and chosen."""
    outcome = process(f"2026年某省政府工作报告\n今年主要预期目标是：{row['example']}。".encode(), "report.txt")
    document = outcome.document
    assert document is not None
    found = by_indicator([member_of(document, outcome.records)])
    return [(goal.indicator.id, goal.chosen) for goal in found] == [(row["id"], True)]


def indicator_word_known(row: Row) -> bool:
    """Whether the name is known with the word round it."""
    return measured(row["example"]) is not None


def unit_of(text: str) -> Unit:
    return Unit(
        document="", place=1, provision=None, label=None, heading=None, span=Span(start=0, end=len(text)), text=text
    )


def polarity_known(row: Row) -> bool:
    """Whether twice as much as in the example is less than it asks or gives."""
    more = re.sub(r"\d+(?:\.\d+)?", lambda number: str(2 * float(number[0])), row["example"], count=1)
    member = Member(document="", name="", source="", text="")
    (once, *_), (twice, *_) = values(unit_of(row["example"]), None), values(unit_of(more), None)
    return change_of(once, twice, member, member) == "weaker"


def modality_known(row: Row) -> bool:
    """Whether the example with a word of the other force instead is weaker, or stronger."""
    duty = row["force"] == "duty"
    turned = row["example"].replace(row["word"], "可以" if duty else "应当")
    found = modality_differences(unit_of(row["example"]), unit_of(turned))
    return [one.change for one in found] == ["weaker" if duty else "stronger"]


def role_known(row: Row) -> bool:
    held = Member(document="d", name="", source="", text=row["example"], units=(unit_of(row["example"]),))
    return views([held])["d"].roles == (row["role"],)


def event_known(row: Row) -> bool:
    """Whether the example is an event of its kind on a day."""
    found = annotate(f"2025年3月1日，{row['example']}。")["events"]
    return [getattr(event, "kind", None) for event in found] == [row["kind"]]


KNOWN = {
    "central_bodies": body_known,
    "bounds": bound_known,
    "brand_regions": brand_region_known,
    "cues": cue_known,
    "departments": department_known,
    "event_heads": event_known,
    "indicator_words": indicator_word_known,
    "indicators": indicator_known,
    "instruments": instrument_known,
    "modality": modality_known,
    "occupations": occupation_known,
    "polarity": polarity_known,
    "provision_roles": role_known,
    "script": script_known,
    "spam": spam_known,
    "spun": spun_known,
    "units": unit_known,
}


def test_every_table_with_examples_is_tested() -> None:
    assert set(TABLES) == set(KNOWN)


@pytest.mark.parametrize("name", TABLES)
def test_entries_stand_in_their_examples(name: str) -> None:
    assert not [dict(row) for row in table(name) if not stands(row)]


@pytest.mark.parametrize("name", TABLES)
def test_entries_are_recognised_in_their_examples(name: str) -> None:
    assert not [tuple(row.values()) for row in table(name) if not KNOWN[name](row)]
