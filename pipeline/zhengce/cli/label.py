"""`zhengce label`: what the judges are least sure of, as a sheet for people."""

from __future__ import annotations

import argparse
from pathlib import Path

from zhengce.cli.console import emit_json
from zhengce.cli.messages import Say
from zhengce.errors import BadUsage

__all__ = ["add_arguments", "run"]

KNOWN = (".xlsx", ".csv")


def add_arguments(parser: argparse.ArgumentParser, say: Say) -> None:
    """The arguments of the command."""

    def sample(text: str) -> int:
        if not text.isdecimal() or int(text) == 0:
            raise argparse.ArgumentTypeError(say("bad_limit", text=text))
        return int(text)

    parser.add_argument("inputs", nargs="+", metavar="INPUT", help=say("help_input"))
    parser.add_argument("-o", "--out", type=Path, metavar="FILE", required=True, help=say("help_label_out"))
    parser.add_argument("--sample", type=sample, default=50, metavar="N", help=say("help_sample"))


def run(args: argparse.Namespace, say: Say) -> int:
    """Run the command: the sheet, and how many rows it has of each question as JSON to standard output."""
    from collections import Counter

    from zhengce.labelling import COLUMNS, least_certain
    from zhengce.write.label_sheet import write_label_sheet

    if args.out.suffix.lower() not in KNOWN:
        raise BadUsage(say("bad_sheet", file=args.out.name, known=", ".join(KNOWN)))
    if args.out.exists():
        raise BadUsage(say("sheet_exists", file=args.out))  # somebody may have labelled in it
    rows = least_certain(args.inputs, args.sample)
    if not rows:
        raise BadUsage(say("nothing_to_label"))
    try:
        args.out.parent.mkdir(parents=True, exist_ok=True)
        write_label_sheet(args.out, COLUMNS, rows)
    except OSError as error:
        raise BadUsage(say("write_failed", reason=error)) from error
    emit_json({"rows": len(rows), "questions": Counter(row["question"] for row in rows), "out": str(args.out)})
    return 0
