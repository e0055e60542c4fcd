"""`zhengce report`: the pages of a run, which open by double click."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from zhengce.cli.console import emit_json, progress, warn
from zhengce.cli.messages import Say
from zhengce.errors import BadUsage

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser, say: Say) -> None:
    """The arguments of the command."""
    parser.add_argument("run_folder", type=Path, metavar="OUT", help=say("help_report_run"))
    parser.add_argument("-o", "--to", type=Path, metavar="FOLDER", help=say("help_report_to"))
    parser.add_argument("--edits", type=Path, metavar="FILE", help=say("help_report_edits"))
    parser.add_argument("--quiet", action="store_true", help=say("help_quiet"))
    parser.add_argument("--progress", action="store_true", help=say("help_progress"))


def run(args: argparse.Namespace, say: Say) -> int:
    """Run the command: a JSON object to standard output, words for people to standard error; the exit code."""
    from zhengce import reporting

    if args.edits and not args.edits.is_file():
        raise BadUsage(say("no_such_file", path=args.edits))
    shown = not args.quiet and (args.progress or sys.stderr.isatty())
    try:
        with progress(shown, say("unit_page")) as draw:
            names = reporting.report(
                args.run_folder, args.to, lang="zh" if say("lang") == "zh" else "en", decisions=args.edits,
                on_progress=draw,
            )  # fmt: skip
    except OSError as error:
        raise BadUsage(say("write_failed", reason=error)) from error
    first = (args.to or args.run_folder / reporting.FOLDER) / "index.html"
    if not args.quiet:
        warn(say("reported", path=first))
    emit_json({"pages": len(names), "index": str(first)})
    return 0
