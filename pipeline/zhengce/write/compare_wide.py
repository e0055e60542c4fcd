"""A comparison as wide tables: a row a provision or an indicator, and columns for each document."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from zhengce.write.amount import amount
from zhengce.write.cell import cell
from zhengce.write.compare_change import change
from zhengce.write.compare_matrix import Cell, Line, matrix
from zhengce.write.compare_terms import Language
from zhengce.write.inert import inert
from zhengce.write.jsonl import rewrite
from zhengce.write.replacing import replacing
from zhengce.write.stored import stored

__all__ = ["write_wide"]

Row = Mapping[str, object]
About = tuple[str, str, str, str, str, str]  # column, document, name, label_zh, label_en, meaning
ABOUT = ("column", "document", "name", "label_zh", "label_en", "meaning")

BASE = (
    ("row", "行", "Row", "Ordinal of the row: provisions of the baseline in its order, then what documents added."),
    ("baseline", "基准文件", "Baseline", "Id of the baseline; empty where a document added a provision."),
    ("base_provision", "基准条款", "Base provision", "Id of the baseline's provision."),
    ("base_label", "基准序号", "Base label", "Its label as printed."),
    ("base_heading", "基准标题", "Base heading", "Its heading."),
    ("base_quote", "基准原文", "Base quote", "Its words."),
)
OF_DOCUMENT = (
    (
        "relation",
        "关系",
        "relation",
        "What became of the provision, as in parallels; the most consequential of several.",
    ),
    ("quote", "原文", "quote", "The document's words; those of several provisions a line each."),
    ("values", "差异", "differences", "What differs in values, deadlines, departments and instruments, a line each."),
)
INDICATOR = (
    ("indicator", "指标代码", "Indicator", "Id of the indicator."),
    ("indicator_zh", "指标", "Indicator (zh)", "Its Chinese name."),
    ("indicator_en", "指标英文名", "Indicator (en)", "Its English name."),
    ("unit", "单位", "Unit", "The unit that most documents use."),
)
OF_INDICATOR = (
    ("value", "数值", "value", "The value with bound and unit, or the goal in words; the chosen one of indicators."),
    ("number", "数", "number", "The value as a plain number, multiplied out; empty for a range or a goal in words."),
    ("deadline", "期限", "deadline", "Day by which it is to be reached."),
    ("quote", "原文", "quote", "The words that it rests on."),
)


def write_wide(out: Path, *, lang: Language = "zh") -> None:
    """Write `compare_wide` and `indicators_wide`, each as .csv, .jsonl and a `…_columns.csv` that tells its columns.

    From the JSON lines of the comparison in the folder `out`. Columns of a document begin with its key: p430000 of a
    province, c320100 of a city, x430121 of a county, else d_ and its id; two documents of one region have a piece of
    their id behind it. All names are ASCII and at most 32 characters long, as Stata wants them. Raises OSError.
    """
    found = matrix(out)
    keys = _keys(found.documents.values())
    lines = [_line(line, keys, lang) for line in found.lines]
    for addition in found.additions:
        held = [_added({document: one}, keys, lang) for document, one in addition.cells.items()]
        lines += [_added(addition.cells, keys, lang)] if addition.shared else held
    rows = [{"row": place, **line} for place, line in enumerate(lines, start=1)]
    _write(out, "compare_wide", rows, list(_about(BASE, OF_DOCUMENT, found.documents.values(), keys)))
    members = list(stored(out, "reproduction"))
    goals = list(stored(out, "indicators"))
    all_keys = _keys(members)
    told = [one for one in members if any(goal["document"] == one["document"] for goal in goals)]
    _write(
        out,
        "indicators_wide",
        _indicators(goals, all_keys, lang),
        list(_about(INDICATOR, OF_INDICATOR, told, all_keys)),
    )


def _keys(members: Iterable[Row]) -> dict[str, str]:
    """A short ASCII name for each document, by its id."""
    held = list(members)
    regions = Counter(str(row["region_code"] or "") for row in held)
    return {str(row["document"]): _key(row, regions) for row in held}


def _key(row: Row, regions: Counter[str]) -> str:
    document = re.sub(r"[^0-9a-z]", "_", str(row["document"]).lower())
    code = str(row["region_code"] or "")
    if not re.fullmatch(r"[0-9]{6,12}", code):
        return f"d_{document[:16]}"
    kind = "p" if code[2:6] == "0000" else "c" if code[4:6] == "00" else "x"
    return f"{kind}{code}" if regions[code] == 1 else f"{kind}{code}_{document[:6]}"


def _line(line: Line, keys: Mapping[str, str], lang: Language) -> dict[str, object]:
    base: dict[str, object] = {name: line.base[name] for name, *_ in BASE[1:]}
    for document, one in line.cells.items():
        base |= _cell(one, keys[document], lang)
    return base


def _added(cells: Mapping[str, Cell], keys: Mapping[str, str], lang: Language) -> dict[str, object]:
    """A row of what documents added: one that they have in common, or one alone."""
    row: dict[str, object] = {name: None for name, *_ in BASE[1:]}
    for document, one in cells.items():
        row |= _cell(one, keys[document], lang)
    return row


def _cell(one: Cell, key: str, lang: Language) -> dict[str, object]:
    values = "\n".join(str(change(row, lang)) for row in one.changes if row["change"] != "equal")
    return {
        f"{key}_relation": one.relation,
        f"{key}_quote": "\n".join(one.quotes) or None,
        f"{key}_values": values or None,
    }


def _indicators(goals: Sequence[Row], keys: Mapping[str, str], lang: Language) -> list[dict[str, object]]:
    units = {str(goal["indicator"]): Counter[object]() for goal in goals}
    rows: dict[str, dict[str, object]] = {}
    for goal in goals:
        name = str(goal["indicator"])
        if goal["unit"] is not None:
            units[name][goal["unit"]] += 1
        if goal["chosen"]:
            row = rows.setdefault(name, {key: goal[key] for key in ("indicator", "indicator_zh", "indicator_en")})
            row |= _goal(goal, keys[str(goal["document"])], lang)
    for name, row in rows.items():
        row["unit"] = next((unit for unit, _ in units[name].most_common(1)), None)
    return list(rows.values())


def _goal(goal: Row, key: str, lang: Language) -> dict[str, object]:
    told = amount(goal["value"], goal["value_max"], goal["bound"], goal["unit"], lang=lang) or goal["words"]
    return {
        f"{key}_value": told,
        f"{key}_number": goal["value"] if goal["value_max"] is None else None,
        f"{key}_deadline": goal["deadline"],
        f"{key}_quote": goal["quote"],
    }


def _about(
    first: Iterable[tuple[str, str, str, str]], each: Sequence[tuple[str, str, str, str]], members: Iterable[Row],
    keys: Mapping[str, str],
) -> Iterator[About]:  # fmt: skip
    for name, zh, en, meaning in first:
        yield name, "", "", zh, en, meaning
    for row in members:
        document, called = str(row["document"]), str(row["name"])
        for name, zh, en, meaning in each:
            yield f"{keys[document]}_{name}", document, called, f"{called} {zh}", f"{called}: {en}", meaning


def _write(out: Path, table: str, rows: Sequence[Mapping[str, object]], about: Sequence[About]) -> None:
    names = [column for column, *_ in about]
    whole = [{name: row.get(name) for name in names} for row in rows]
    rewrite(out, table, whole)
    _csv(out / f"{table}.csv", names, ([cell(value) for value in row.values()] for row in whole))
    _csv(out / f"{table}_columns.csv", ABOUT, about)


def _csv(target: Path, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with replacing(target) as path, path.open("w", encoding="utf-8-sig", errors="replace", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(head)
        writer.writerows([inert(text) for text in row] for row in rows)
