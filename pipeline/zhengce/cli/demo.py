"""`zhengce demo`: the whole way on the samples that come along, and what came out in ten seconds' reading."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from zhengce.cli.console import emit, progress, warn
from zhengce.cli.fit import fit, wrap
from zhengce.cli.folder import check_folder
from zhengce.cli.messages import Say
from zhengce.errors import BadUsage

__all__ = ["add_arguments", "run"]

DEFAULT_OUT = Path("zhengce-demo")
FORMATS = ("jsonl", "csv", "xlsx")  # what needs no extra
TITLE, KIND, NUMBER = 29, 10, 8  # with the five numbers: 79 columns, one less than where a console wraps
COUNTED = ("targets", "facts", "subsidies", "assignments", "brands")
NUMBERS = {"targets": ("value", "unit"), "facts": ("value", "unit"), "subsidies": ("amount", "currency")}

Row = Mapping[str, Any]


def add_arguments(parser: argparse.ArgumentParser, say: Say) -> None:
    """The arguments of the command."""
    about = say("help_demo_out", default=DEFAULT_OUT.as_posix())
    parser.add_argument("-o", "--out", type=Path, default=DEFAULT_OUT, metavar="OUT", help=about)


def run(args: argparse.Namespace, say: Say) -> int:
    """Run the command: a page for people to standard output; the exit code."""
    from zhengce import batch, reporting

    check_folder(args.out, say)
    samples = _samples()
    if not samples:
        raise BadUsage(say("no_samples"))
    try:
        with progress(sys.stderr.isatty(), say("unit")) as draw:
            summary = batch.run(samples, args.out, formats=FORMATS, on_progress=draw)
        reporting.report(args.out, lang="zh" if say("lang") == "zh" else "en")
    except OSError as error:
        raise BadUsage(say("write_failed", reason=error)) from error
    for failure in summary.failures:
        warn(f"{failure.source}: {failure.message}")
    emit("\n".join([*_page(args.out, say), ""]))
    return 130 if summary.interrupted else int(bool(summary.failures))


def _samples() -> list[Path]:
    """The sample documents: in the package once installed, in `corpora/` of a checkout; folders are none."""
    installed = Path(str(files("zhengce") / "samples"))
    checkout = Path(__file__).resolve().parents[3] / "corpora" / "samples"
    folder = installed if installed.is_dir() else checkout
    return sorted(path for path in folder.iterdir() if path.is_file()) if folder.is_dir() else []


def _page(out: Path, say: Say) -> list[str]:
    from zhengce.write.stored import stored

    tables: dict[str, list[Row]] = {table: list(stored(out, table)) for table in ("documents", *COUNTED)}
    found = sum(len(tables[table]) for table in COUNTED)
    return [
        say("demo_head", documents=len(tables["documents"]), records=found),
        "",
        *_overview(tables, say),
        "",
        *_example(tables, say),
        say("demo_tables", out=out),
        f"  {fit('report/index.html', 20)}{say('demo_report')}",
        f"  {fit('zhengce.xlsx', 20)}{say('demo_first')}",
        f"  {fit('*.csv', 20)}{say('demo_csv')}",
        f"  {fit('*.jsonl', 20)}{say('demo_jsonl')}",
        "",
        say("demo_compare", out=out),
        say("demo_next"),
    ]


def _overview(tables: Mapping[str, list[Row]], say: Say) -> list[str]:
    counts = {table: Counter(row["document"] for row in tables[table]) for table in COUNTED}
    lines = [_line(say("demo_document"), say("demo_kind"), [say(f"demo_{table}") for table in COUNTED])]
    lines.append("-" * (TITLE + 1 + KIND - 1 + NUMBER * len(COUNTED)))
    for row in tables["documents"]:
        numbers = [str(counts[table][row["document"]]) for table in COUNTED]
        lines.append(_line(row["title"] or row["source"], say(f"kind_{row['kind']}"), numbers))
    return lines


def _line(title: str, kind: str, numbers: Iterable[str]) -> str:
    return f"{fit(title, TITLE)} {fit(kind, KIND - 1)}" + "".join(fit(text, NUMBER, right=True) for text in numbers)


def _example(tables: Mapping[str, list[Row]], say: Say) -> list[str]:
    """The first record with a name and a number, back to its words and its file; nothing where there is none."""
    sources = {row["document"]: row["source"] for row in tables["documents"]}
    for table, (value, unit) in NUMBERS.items():
        for row in tables[table]:
            about = row.get("indicator") or row.get("instrument")
            if row[value] is None or not about:
                continue
            where = say("demo_where" if row["page"] is None else "demo_where_page", source=sources[row["document"]],
                        start=row["start"], end=row["end"], page=row["page"])  # fmt: skip
            bound = "" if row["bound"] in (None, "=") else f"{row['bound']} "
            lines = [f"{bound}{row[value]} {row[unit] or ''}".strip() + f"  ({say(table)}: {about})"]
            lines += [*_arrow(row["quote"]), *_arrow(where), ""]
            return [say("demo_record"), "", *(f"  {line}" if line else "" for line in lines)]
    return []


def _arrow(text: str) -> list[str]:
    first, *rest = wrap(text, 72)
    return [f"<- {first}", *(f"   {line}" for line in rest)]
