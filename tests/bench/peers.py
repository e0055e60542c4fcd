"""Amounts, bounds, plan periods, dates and counting units beside public extractors: `python tests/bench/peers.py`.

Each peer is installed into an environment of its own, which is made for the run and thrown away (JioNLP brings a
package under the GPL), and run there as a program: texts go in and readings come out as JSON; none is imported here.
Without a package index it says so and stops. `--keep FOLDER` keeps the environments for the next run.

Items are of two kinds. From the gold of the five real documents, where it lies beside the project: money without a
bound, bounds, plan periods (十四五), standards with a counting unit, money in damaged text. From the case tables of
this project: the same and dates. The peers get the clause or line of an item, clean but in damaged text; we read the
whole file. An item is right where a reading that overlaps it has its value and its direction (`=`, up, down, about,
range; inclusive and exclusive are not told apart), its day, or its value with its counting units. 多 and 余 may be read
as a range that begins at the value, 近 as less. `inverted`: the value is right and the direction is the opposite one.
The peers read bounds beside money only: in the documents the unit of a bound is replaced by 元 for them and for us.
"""

from __future__ import annotations

import argparse
import datetime
import json
import re
import subprocess
import sys
import tempfile
import tomllib
import venv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from zhengce.document import Document
from zhengce.flow import annotate, open_file, process
from zhengce.record import Subsidy
from zhengce.text import Span
from zhengce.value.date import dates
from zhengce.value.quantity import quantities
from zhengce.version import VERSION

BENCH = Path(__file__).resolve().parent
CASES = BENCH.parent / "cases"
SHARED = BENCH.parents[2] / "shared"
DIRECTIONS = {"=": "=", ">=": ">", ">": ">", "each>=": ">", "<=": "<", "<": "<", "~": "~", "range": "range"}
GOLD_BOUNDS = {"at_least_one_per": "each>="}
OPPOSITE = {">": "<", "<": ">"}
NOTE = re.compile(r"\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]+\)")
PLAN = re.compile(r"十[一二三四五]五")
GROUPS = ("amounts", "bounds", "dates", "plan periods", "counting units", "amounts in damaged text")
PEERS = {
    "JioNLP": ("read_jionlp.py", ["jionlp"]),
    "Recognizers-Text": (
        "read_recognizers.py",
        # its last release sets no upper bound for emoji, whose version 2 took a name away
        ["--pre", "emoji<2", "recognizers-text-number-with-unit", "recognizers-text-date-time"],
    ),
}  # fmt: skip

Reading = dict[str, Any]
OURS = f"zhengce {VERSION}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What is to be read in `text` at `at`; where it is of a `document`, we read that, at the stretch `raw`."""

    group: str
    text: str
    at: tuple[int, int] | None = None
    value: Decimal | None = None
    upper: Decimal | None = None
    direction: str | None = None
    per: tuple[str, ...] = ()
    day: str | None = None
    first: bool = False  # the day is the first of a stretch of time, not the last
    title: str = ""
    year: int | None = None
    written: datetime.date | None = None
    document: Document | None = None
    raw: Span | None = None


def of_documents() -> Iterator[Item]:
    """The items of the five real documents."""
    for path in sorted((SHARED / "gold").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        document = open_file(next((SHARED / "documents" / "seeds").glob(f"{path.stem}_*")))
        records = [*gold["facts"], *gold["targets"], *gold["subsidies"]]
        seen: set[int] = set()  # a planned expenditure is a target and a budget: one number
        for record in records:
            for number in record["value_spans"][:1]:
                if number["start"] not in seen:
                    seen.add(number["start"])
                    yield from _of_record(record, Span(start=number["start"], end=number["end"]), document)
        for record in gold["targets"]:
            deadline = record.get("deadline")
            if deadline and PLAN.search(deadline["raw"]):
                yield _plan_period(record, document)


def _of_record(record: dict[str, Any], number: Span, document: Document) -> Iterator[Item]:
    clean = record.get("text_clean") or record["clause_text_clean"]
    printed = "".join(span["text"] for span in record["spans"])
    value = record.get("amount_yuan") or record.get("value") or record.get("value_min")
    if value is None:
        return
    amount, bound = Decimal(str(value)), record.get("comparator") or "=="
    if bound != "==" and record.get("unit"):
        unit = re.escape(record["unit"]) + (
            "|名" if record["unit"] == "人" else "|个月" if record["unit"] == "月" else ""
        )
        count = r"(\d[\d.—]*(?:[多余]?[万亿]|[万亿]?[多余]?))"
        text, made = re.subn(rf"{count}(?:{unit})", r"\1元", clean)
        upper = record.get("value_max")
        if made == 1:
            yield Item(
                group="bounds", text=text, value=amount, upper=Decimal(upper) if upper else None,
                direction=DIRECTIONS[GOLD_BOUNDS.get(bound, bound)],
            )  # fmt: skip
    elif "amount_yuan" in record or record.get("unit") == "元":
        damaged = NOTE.search(printed) is not None
        group, text = ("amounts in damaged text", printed) if damaged else ("amounts", clean)
        yield Item(group=group, text=text, value=amount, direction="=", document=document, raw=number)
        if record.get("per") and "amount_yuan" in record:
            per = (record["per"],) if isinstance(record["per"], str) else tuple(record["per"])
            yield Item(group="counting units", text=text, value=amount, per=per, document=document, raw=number)


def _plan_period(record: dict[str, Any], document: Document) -> Item:
    """The last mention of a plan before the end of a target, in its line."""
    raw = document.raw.text
    mention = [found for found in PLAN.finditer(raw) if found.start() < record["end"]][-1]
    line = raw.rfind("\n", 0, mention.start()) + 1
    return Item(
        group="plan periods", text=raw[line:].partition("\n")[0], day=record["deadline"]["iso"],
        at=(mention.start() - line, mention.end() - line), document=document,
        raw=Span(start=mention.start(), end=mention.end()),
    )  # fmt: skip


def of_cases() -> Iterator[Item]:
    """The items of the case tables that a reader of money and dates could read."""
    for case in _cases("quantities"):
        for want in case.get("quantities", []):
            if want.get("unit") == "元" and "value" in want:
                bound, upper = want.get("bound", "="), want.get("upper")
                yield Item(
                    group="amounts" if bound == "=" and not upper else "bounds", text=case["text"],
                    at=_place(case["text"], want.get("quote")), value=Decimal(want["value"]),
                    upper=Decimal(upper) if upper else None, direction=DIRECTIONS[bound],
                )  # fmt: skip
    for case in _cases("dates"):
        written = datetime.date.fromisoformat(case["written"]) if "written" in case else None
        for want in case.get("dates", []):
            if want.get("day") and not want.get("shifted"):  # 2025年前: who takes it for 2025 is not wrong
                yield Item(
                    group="plan periods" if PLAN.search(want.get("quote", case["text"])) else "dates",
                    text=case["text"], at=_place(case["text"], want.get("quote")), day=want["day"],
                    year=case.get("year"), written=written, first=want.get("kind") == "from",
                )  # fmt: skip
    for case in _cases("subsidies"):
        for want in case.get("subsidies", []):
            if want.get("amount") and want.get("per"):
                yield Item(
                    group="counting units", text=case["text"], title=case.get("title", ""),
                    at=_place(case["text"], want.get("quote")), value=Decimal(want["amount"]), per=tuple(want["per"]),
                )  # fmt: skip


def _cases(name: str) -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))["case"]
    return cases


def _place(text: str, quote: str | None) -> tuple[int, int] | None:
    return (text.index(quote), text.index(quote) + len(quote)) if quote else None


def ours(item: Item) -> list[Reading]:
    """What this package reads, in the coordinates of the item: of its text, or of the raw text of its document."""
    document = item.document
    text = document.text if document else f"{item.title}\n{item.text}" if item.title else item.text
    year = document.header.written.year if document and document.header.written else item.year
    found: list[tuple[Span, Reading]] = []
    if item.per:
        made = process(document.raw.text.encode(), "page.txt").records if document else annotate(text)["subsidies"]
        found = [(r.citation.span, {"value": r.amount, "per": r.per}) for r in made if isinstance(r, Subsidy)]
    elif item.day:
        written = {"written": item.written} if item.written else {}
        days = [(d.span, d.day.isoformat()) for d in dates(text, year, **written) if d.day]
        found = [(span, {"day": day, "first": day}) for span, day in days]
    else:
        found = [
            (q.span, {"value": q.value, "upper": q.upper, "direction": DIRECTIONS[q.bound]}) for q in quantities(text)
        ]
    if document is None:
        offset = len(text) - len(item.text)
        return [reading | {"at": (span.start - offset, span.end - offset)} for span, reading in found]
    return [reading | {"at": (raw.start, raw.end)} for span, reading in found for raw in document.trace(span)]


def theirs(name: str, items: Sequence[Item], keep: Path) -> tuple[str, list[list[Reading]]]:
    """A peer's version and what it reads of each item; raises SystemExit where it cannot be installed."""
    program, wanted = PEERS[name]
    folder = keep / name
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if not (folder / "ready").exists():
        venv.create(folder, with_pip=True)
        install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *wanted]
        if subprocess.run(install, capture_output=True).returncode:
            raise SystemExit(f"{name} cannot be installed: no package index can be reached, or it has no such package")
        (folder / "ready").touch()
    asked = [[item.text, str(item.written or datetime.date(item.year or 2022, 1, 1))] for item in items]
    script = BENCH / "peers_apart" / program
    done = subprocess.run(
        [str(python), str(script)], input=json.dumps(asked), capture_output=True, text=True, check=True
    )
    answer = json.loads(done.stdout)
    return answer["version"], answer["readings"]


def verdict(item: Item, readings: Sequence[Reading], at: tuple[int, int] | None) -> str:
    """right, inverted or wrong: the best of the readings that overlap the place."""
    near = [r for r in readings if at is None or (r["at"][0] < at[1] and at[0] < r["at"][1])]
    if item.day:
        return "right" if any(item.day == r.get("first" if item.first else "day") for r in near) else "wrong"
    same = [r for r in near if r.get("value") is not None and Decimal(str(r["value"])) == item.value]
    if item.per:
        return "right" if any(sorted(r.get("per", ())) == sorted(item.per) for r in same) else "wrong"
    if any(_fits(item, r) for r in same):
        return "right"
    return "inverted" if any(r.get("direction") == OPPOSITE.get(item.direction or "") for r in same) else "wrong"


def _fits(item: Item, reading: Reading) -> bool:
    upper = None if reading.get("upper") is None else Decimal(str(reading["upper"]))
    said, meant = reading.get("direction"), item.direction
    loose = (meant == ">" and said == "range") or (meant == "~" and said == "<" and "近" in item.text)
    return loose or (said == meant and upper == item.upper)


def table(title: str, items: Sequence[Item], columns: dict[str, list[list[Reading]]]) -> None:
    """Prints one line a group: how many of its items each reader has right, and how many inverted."""
    print(f"\n{title}\n| | n | {' | '.join(columns)} |\n|---|---|{'---|' * len(columns)}")
    for group in [group for group in GROUPS if any(item.group == group for item in items)]:
        cells = []
        for name, answers in columns.items():
            told = [
                verdict(item, answer, (item.raw.start, item.raw.end) if item.raw and name == OURS else item.at)
                for item, answer in zip(items, answers, strict=True)
                if item.group == group
            ]
            inverted = told.count("inverted")
            cells.append(f"{told.count('right')}" + (f" ({inverted} inverted)" if inverted else ""))
        print(f"| {group} | {sum(item.group == group for item in items)} | {' | '.join(cells)} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keep", type=Path, help="keep the environments of the peers in this folder")
    keep = parser.parse_args().keep
    corpora = {"The project's case tables": list(of_cases())}
    if (SHARED / "gold").is_dir():
        corpora = {"Five real documents": list(of_documents())} | corpora
    else:
        print("the five real documents (../shared) are not beside this checkout: the case tables only")
    with tempfile.TemporaryDirectory() as folder:
        for title, items in corpora.items():
            columns = {OURS: [ours(item) for item in items]}
            for name in PEERS:
                said, answers = theirs(name, items, keep or Path(folder))
                columns[f"{name} {said}"] = answers
            table(title, items, columns)
    print(f"\nmeasured on {datetime.date.today()}")


if __name__ == "__main__":
    main()
