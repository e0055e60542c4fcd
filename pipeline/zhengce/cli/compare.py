"""`zhengce compare`: documents beside a baseline, provision by provision and value by value."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from zhengce.cli.argument import formats
from zhengce.cli.console import emit_json, progress, warn
from zhengce.cli.engine import add_engine_arguments, engine_of, store_of
from zhengce.cli.failures import tell_failures
from zhengce.cli.folder import check_folder
from zhengce.cli.judges import add_judge_arguments, process_with
from zhengce.cli.messages import Say
from zhengce.errors import BadUsage

if TYPE_CHECKING:
    from zhengce.comparing import Compared, Lang

__all__ = ["add_arguments", "run"]

KNOWN = ("csv", "xlsx", "html", "docx", "parquet")  # comparing.FORMATS, which --help must not load; a test
ALWAYS = "jsonl"  # may be asked for, and is written anyway
DEFAULT = ("csv", "xlsx", "html", "docx")


def add_arguments(parser: argparse.ArgumentParser, say: Say) -> None:
    """The arguments of the command."""
    about_format = say("help_format", known=",".join(KNOWN), default=",".join(DEFAULT))
    parser.add_argument("inputs", nargs="+", metavar="DOC", help=say("help_compare_input"))
    parser.add_argument("-o", "--out", type=Path, metavar="OUT", required=True, help=say("help_out"))
    parser.add_argument("--baseline", metavar="DOC", help=say("help_baseline"))
    parser.add_argument("--by", choices=("provision", "indicator"), default="provision", help=say("help_by"))
    parser.add_argument(
        "--format", type=formats(say, (*KNOWN, "jsonl")), default=DEFAULT, metavar="FORMAT", help=about_format
    )
    parser.add_argument("--quiet", action="store_true", help=say("help_quiet"))
    parser.add_argument("--progress", action="store_true", help=say("help_progress"))
    add_judge_arguments(parser, say)
    add_engine_arguments(parser, say)


def run(args: argparse.Namespace, say: Say) -> int:
    """Run the command: a JSON object to standard output, words for people to standard error; the exit code.

    0, or 1 where some input could not be read.
    """
    check_folder(args.out, say)
    from zhengce import comparing

    chosen = [name for name in args.format if name != ALWAYS]
    shown = not args.quiet and (args.progress or sys.stderr.isatty())
    try:
        with progress(shown, say("unit")) as draw:
            lang: Lang = "zh" if say("lang") == "zh" else "en"
            compared = comparing.run(
                args.inputs, args.out, baseline=args.baseline, by=args.by, formats=chosen, lang=lang,
                engine=engine_of(args, process_with(args, None, say), say), store=store_of(args.out, args),
                least=args.min_confidence, on_progress=draw,
            )  # fmt: skip
    except OSError as error:
        raise BadUsage(say("write_failed", reason=error)) from error
    _tell(compared, args, say)
    return int(bool(compared.failures))


def _tell(compared: Compared, args: argparse.Namespace, say: Say) -> None:
    comparison = compared.comparison
    relations = Counter(pair.relation for found in comparison.parallels.values() for pair in found)
    if not args.quiet:
        if comparison.baseline:
            others = len(comparison.members) - 1
            warn(say("compared", count=others, baseline=comparison.baseline.source, name=comparison.baseline.name))
            told = (f"{say(f'relation_{name}')} {count}" for name, count in relations.most_common())
            warn(say("compared_relations", relations=", ".join(told)))
        warn(say("written", out=args.out))
    tell_failures(compared.failures, say)
    emit_json(
        {
            "documents": len(comparison.members),
            "baseline": comparison.baseline.source if comparison.baseline else None,
            "failures": len(compared.failures),
            "relations": dict(relations),
            "rows": dict(compared.rows),
            "out": str(args.out),
        }
    )
