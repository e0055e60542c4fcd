"""`zhengce apply-edits`: what reviewers decided about a run, applied; how far they agree; gold out of it."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhengce.cli.argument import formats
from zhengce.cli.console import emit_json, warn
from zhengce.cli.extract import KNOWN
from zhengce.cli.fit import fit
from zhengce.cli.folder import check_folder
from zhengce.cli.messages import Say
from zhengce.errors import BadUsage

if TYPE_CHECKING:
    from zhengce.applying import Applied

__all__ = ["add_arguments", "run"]

DEFAULT = ("csv", "xlsx")
SHOWN = 20
LINE = 79  # one less than where a console wraps


def add_arguments(parser: argparse.ArgumentParser, say: Say) -> None:
    """The arguments of the command."""
    about_format = say("help_format", known=",".join(KNOWN), default=",".join(DEFAULT))
    parser.add_argument("run_folder", type=Path, metavar="OUT", help=say("help_apply_run"))
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help=say("help_apply_file"))
    parser.add_argument("-o", "--out", type=Path, metavar="NEW", required=True, help=say("help_apply_out"))
    parser.add_argument("--format", type=formats(say, KNOWN), default=DEFAULT, metavar="FORMAT", help=about_format)
    parser.add_argument("--quiet", action="store_true", help=say("help_apply_quiet"))


def run(args: argparse.Namespace, say: Say) -> int:
    """Run the command: a JSON object to standard output, words for people to standard error; the exit code."""
    from zhengce import applying

    check_folder(args.out, say)
    try:
        applied = applying.run(args.run_folder, args.files, args.out, formats=args.format)
    except OSError as error:
        raise BadUsage(say("write_failed", reason=error)) from error
    if not args.quiet:
        for line in (*_decisions(applied.decisions, say), *_agreement(applied, args.out, say)):
            warn(line)
        warn(say("apply_gold", count=_gold(applied), documents=applied.gold["documents"], out=args.out / "gold"))
        warn(say("written", out=args.out))
    emit_json({
        "documents": applied.documents, "records": dict(applied.records), "decisions": applied.decisions,
        "agreement": applied.agreement, "disagreements": list(applied.disagreements), "gold": dict(applied.gold),
        "out": str(args.out), "formats": list(applied.formats),
    })  # fmt: skip
    return 0


def _gold(applied: Applied) -> int:
    return sum(count for table, count in applied.gold.items() if table != "documents")


def _decisions(decisions: Mapping[str, Mapping[str, int]], say: Say) -> Iterator[str]:
    for coder, told in decisions.items():
        outcomes = ", ".join(f"{say(f'apply_{outcome}')} {count}" for outcome, count in told.items())
        yield fit(say("apply_decided", coder=coder, count=sum(told.values()), outcomes=outcomes), LINE).rstrip()


def _agreement(applied: Applied, out: Path, say: Say) -> Iterator[str]:
    if applied.agreement is None:
        return
    told = applied.agreement
    yield say("apply_agree", units=told["units"], agreed=told["agreed"], percent=_percent(told["percent"]))
    for pair in told["pairs"]:
        if pair["units"]:
            names = fit(" - ".join(pair["coders"]), 30).rstrip()
            kappa = say("apply_one_label") if pair["kappa"] is None else f"{pair['kappa']:.3f}"
            yield f"  {say('apply_pair', names=names, units=pair['units'], percent=_percent(pair['percent']))}"
            yield f"    Cohen kappa: {kappa}"
    for name in ("fleiss", "alpha"):
        if told[name] is not None:
            yield f"  {say(f'apply_{name}')}: {told[name]:.3f}"
    for table, columns in told["columns"].items():
        figures = ", ".join(f"{column} {same}/{of}" for column, (same, of) in columns.items() if same < of)
        if figures:
            yield fit(f"  {say(table)}: {figures}", LINE).rstrip()
    yield from _disagreements(applied.disagreements, out, say)


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{share:.1f}%"


def _disagreements(rows: Sequence[Mapping[str, Any]], out: Path, say: Say) -> Iterator[str]:
    if rows:
        yield say("apply_differ", count=len(rows), file=out / "disagreements.csv")
    for row in rows[:SHOWN]:
        who = ", ".join(f"{one['coder']} {'-' if one['value'] is None else one['value']}" for one in row["coders"])
        yield fit(f"  {row['record']} {row['column']}: {who}", LINE).rstrip()
        yield fit(f"    {row['quote'] or ''}", LINE).rstrip()
