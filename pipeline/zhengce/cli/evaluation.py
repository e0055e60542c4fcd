"""The page that `zhengce evaluate` prints: figures by kind and stratum, and what a run gained and lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from zhengce.cli.fit import fit, width, wrap
from zhengce.cli.messages import Say

__all__ = ["changes_page", "evaluation_page"]

Report = Mapping[str, Any]

LINE = 79  # one less than where a console wraps
NAME, COUNT, RATE = 12, 6, 6  # a name, two counts, nine rates: 78 columns
SORT, INTERVAL = 18, 13
LEVELS = ("overlap", "half", "exact")
RATES = ("precision", "recall", "f1")
LISTED = ("lost", "gained", "false_new", "false_gone")
SHOWN = 20


def evaluation_page(report: Report, stratum: str | None, say: Say) -> list[str]:
    """The lines of the page; with a `stratum` its sorts of documents against the kinds, in place of all strata."""
    documents = report["documents"]
    missing = documents["missing"]
    lines = [say("eval_head", gold=documents["gold"])]
    lines += [say("eval_without", count=documents["without_gold"])] if documents["without_gold"] else []
    lines += [say("eval_missing", count=len(missing))] if missing else []
    lines += [f"  {fit(source, LINE - 2).rstrip()}" for source in _some(missing, say)]
    lines += ["", *_detection(report["kinds"], say), "", *_strict(report, say), "", *_columns(report["kinds"], say), ""]
    lines += _matrix(stratum, report, say) if stratum else _strata(report["strata"], say)
    unplaced = [name for name, record in report["gold"].items() if record.get("unplaced")]
    if unplaced:
        lines += ["", *say("eval_unplaced", count=len(unplaced)).split("\n"), *_named(_some(unplaced, say))]
    return lines


def _some(names: Sequence[str], say: Say) -> list[str]:
    more = len(names) - SHOWN
    return [*names[:SHOWN], *([say("eval_more", count=more)] if more > 0 else [])]


def _detection(kinds: Report, say: Say) -> Iterator[str]:
    yield fit(say("eval_detection"), NAME + 2 * COUNT) + "".join(
        fit(say(f"eval_{level}"), 3 * RATE, right=True) for level in LEVELS
    )
    rates = "".join(fit(say(f"eval_{rate}"), RATE, right=True) for rate in RATES)
    yield " " * NAME + _right([say("eval_gold"), say("eval_found")], COUNT) + rates * len(LEVELS)
    for kind, figures in kinds.items():
        told = [_share(figures[level][rate]) for level in LEVELS for rate in RATES]
        yield fit(say(kind), NAME) + _right([figures["gold"], figures["found"]], COUNT) + _right(told, RATE)


def _strict(report: Report, say: Say) -> Iterator[str]:
    yield (
        fit(say("eval_strict"), NAME)
        + _right([say(f"eval_{rate}") for rate in RATES], RATE)
        + fit(say("eval_interval"), INTERVAL, right=True)
    )
    for kind, figures in report["kinds"].items():
        strict = figures["strict"]
        yield fit(say(kind), NAME) + _right([_share(strict[rate]) for rate in RATES], RATE) + _interval(strict)
    mean = report["mean_strict"]
    yield fit(say("eval_mean"), NAME + 2 * RATE) + _right([_share(mean["f1"])], RATE) + _interval(mean)
    yield from say("eval_strict_note").split("\n")


def _interval(figures: Report) -> str:
    told = "-" if figures["low"] is None else f"{_share(figures['low'])}-{_share(figures['high'])}"
    return fit(told, INTERVAL, right=True)


def _columns(kinds: Report, say: Say) -> Iterator[str]:
    yield say("eval_columns")
    for kind, figures in kinds.items():
        cells = [f"{column} {right}/{of}" for column, (right, of) in figures["columns"].items()]
        yield from _filled(fit(say(kind), NAME), cells) if cells else ()


def _filled(head: str, cells: Iterable[str]) -> Iterator[str]:
    """The cells in as few lines as they need, none broken."""
    line = head
    for number, cell in enumerate(cells):
        piece = f", {cell}" if number else cell
        if width(line + piece) + 1 > LINE and number:
            yield f"{line},"
            line, piece = " " * NAME, cell
        line += piece
    yield line


def _strata(strata: Report, say: Say) -> Iterator[str]:
    head = _right([say("eval_documents"), say("eval_gold")], 8) + fit(say("eval_strict_f1"), 12, right=True)
    yield fit(say("eval_strata"), 2 * SORT) + head
    for dimension, sorts in strata.items():
        for number, (sort, figures) in enumerate(sorts.items()):
            name = fit(say(f"eval_{dimension}") if number == 0 else "", SORT)
            counts = _right([figures["documents"], figures["gold"]], 8)
            yield name + fit(_sort(dimension, sort, say), SORT) + counts + _right([_share(figures["strict"])], 12)


def _matrix(stratum: str, report: Report, say: Say) -> Iterator[str]:
    kinds, column = list(report["kinds"]), 7
    heads = [say("eval_documents"), say("eval_gold"), say("eval_all"), *(say(f"eval_short_{kind}") for kind in kinds)]
    yield say("eval_strata_of", stratum=say(f"eval_{stratum}"))
    yield " " * 9 + _right(heads, column)
    for sort, figures in report["strata"][stratum].items():
        of_kinds = [_share(figures["kinds"].get(kind, {}).get("strict")) for kind in kinds]
        cells = [figures["documents"], figures["gold"], _share(figures["strict"]), *of_kinds]
        yield fit(_sort(stratum, sort, say), 9) + _right(cells, column)


def _sort(dimension: str, sort: str, say: Say) -> str:
    """The name of a sort of documents in the reader's language; a media type is its own name."""
    try:
        return say(f"kind_{sort}" if dimension == "document" else f"eval_sort_{sort}")
    except KeyError:
        return sort


def changes_page(changed: Mapping[str, Sequence[str]], before: Report, now: Report, say: Say) -> list[str]:
    """The lines on what was gained and lost, each record with its name, its quote and what is wrong."""
    lines = [say("eval_changes")]
    for change in LISTED:
        names = changed[change]
        lines.append(say(f"eval_{change}", count=len(names)))
        side, report = ("found" if change.startswith("false") else "gold"), before if change == "false_gone" else now
        for name in names:
            record = report[side][name]
            about = f"  [{_what(record, say)}]" if change == "lost" else ""
            lines += [*_named([name + about]), *(f"      {line}" for line in wrap(record["quote"] or "", LINE - 6))]
    if changed["owed_anew"] or changed["owed_no_more"]:
        lines.append(say("eval_gold_changed", new=len(changed["owed_anew"]), gone=len(changed["owed_no_more"])))
    return lines


def _what(record: Report, say: Say) -> str:
    return ", ".join(record["wrong"]) if record["verdict"] == "partly" else say(f"eval_verdict_{record['verdict']}")


def _named(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        first, *rest = wrap(name, LINE - 4)
        yield from (f"  {first}".rstrip(), *(f"    {line.strip()}" for line in rest))


def _share(figure: float | None) -> str:
    return "-" if figure is None else f"{figure:.3f}"


def _right(cells: Iterable[object], width: int) -> str:
    return "".join(fit(str(cell), width, right=True) for cell in cells)
