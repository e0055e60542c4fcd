"""`zhengce dataset`: reports and notices in, one de-duplicated, linked, documented dataset out."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from zhengce.cli.argument import formats, limit
from zhengce.cli.console import emit_json, progress, warn
from zhengce.cli.engine import add_engine_arguments, engine_of, judges_of, store_of
from zhengce.cli.extract import KNOWN
from zhengce.cli.failures import tell_failures
from zhengce.cli.folder import check_folder
from zhengce.cli.judges import add_judge_arguments, process_with
from zhengce.cli.messages import Say
from zhengce.errors import BadUsage

if TYPE_CHECKING:
    from zhengce.collecting import Collected

__all__ = ["add_arguments", "run"]

DEFAULT = ("csv", "xlsx")
OPTIONS = ("min_confidence", "rules_only", "limit")  # what changes the tables, beside inputs and judges


def add_arguments(parser: argparse.ArgumentParser, say: Say) -> None:
    """The arguments of the command."""
    about_format = say("help_format", known=",".join(KNOWN), default=",".join(DEFAULT))
    parser.add_argument("inputs", nargs="*", metavar="INPUT", help=say("help_dataset_input"))
    parser.add_argument("-o", "--out", type=Path, metavar="OUT", required=True, help=say("help_out"))
    parser.add_argument("--add", action="store_true", help=say("help_add"))
    parser.add_argument("--edits", type=Path, action="append", default=[], metavar="FILE", help=say("help_edits"))
    parser.add_argument("--format", type=formats(say, KNOWN), default=DEFAULT, metavar="FORMAT", help=about_format)
    parser.add_argument("--title", metavar="TITLE", help=say("help_title"))
    parser.add_argument("--creator", action="append", default=[], metavar="NAME", help=say("help_creator"))
    parser.add_argument("--check", type=Path, metavar="MANIFEST", help=say("help_check"))
    parser.add_argument("--limit", type=limit(say), metavar="N", help=say("help_limit"))
    parser.add_argument("--quiet", action="store_true", help=say("help_quiet"))
    parser.add_argument("--progress", action="store_true", help=say("help_progress"))
    add_judge_arguments(parser, say)
    add_engine_arguments(parser, say)


def run(args: argparse.Namespace, say: Say) -> int:
    """Run the command: a JSON object to standard output, words for people to standard error; the exit code.

    0; 1 where some input could not be read or the tables are not those of the manifest that was asked for; 130 after
    Ctrl-C, with a dataset of what was read.
    """
    check_folder(args.out, say)
    if not (args.inputs or args.add):
        raise BadUsage(say("no_input"))
    former = _manifest(args, say) if args.check else None
    from zhengce import collecting

    shown = not args.quiet and (args.progress or sys.stderr.isatty())
    options = {name: getattr(args, name) for name in OPTIONS} | {"models": judges_of(args)}
    try:
        with progress(shown, say("unit")) as draw:
            collected = collecting.run(
                args.inputs, args.out, formats=args.format, edits=args.edits, add=args.add, limit=args.limit,
                engine=engine_of(args, process_with(args, None, say), say), store=store_of(args.out, args),
                least=args.min_confidence,
                options=options, title=args.title, creators=args.creator, on_progress=draw,
            )  # fmt: skip
    except OSError as error:
        raise BadUsage(say("write_failed", reason=error)) from error
    other = _compared(former, args, say) if former else []
    _tell(collected, other, args, say)
    if collected.summary.interrupted:
        return 130
    return int(bool(collected.summary.failures or other))


def _manifest(args: argparse.Namespace, say: Say) -> dict[str, object]:
    """The manifest to check against; its options are taken for those of this run."""
    try:
        told = json.loads(args.check.read_text(encoding="utf-8"))
        asked = {name: told["options"][name] for name in OPTIONS}
        formats, title, creators = tuple(told["formats"]), told["title"], list(told["creators"])
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise BadUsage(say("no_manifest", path=args.check, reason=error)) from error
    for name, value in asked.items():
        setattr(args, name, value)
    args.format = tuple(name for name in formats if name in KNOWN)
    args.title, args.creator = title, creators
    return dict(told)


def _compared(former: dict[str, object], args: argparse.Namespace, say: Say) -> list[str]:
    from zhengce.write.manifest import differences

    now = json.loads((args.out / "manifest.json").read_text(encoding="utf-8"))
    found = list(differences(former, now))
    warn(say("same_tables", count=len(now["tables"])) if not found else say("other_tables"))
    for line in found:
        warn(f"  {line}")
    return found


def _tell(collected: Collected, other: list[str], args: argparse.Namespace, say: Say) -> None:
    summary, linked = collected.summary, collected.linked
    clusters = len({copy.cluster for copy in linked.copies.values()})
    numbers = {
        "documents": summary.documents,
        "reports": len(linked.reports),
        "texts": clusters,
        "repeated_records": len(linked.duplicates),
        "brands": len(linked.brands),
        "observations": len(linked.observations),
        "events": len(linked.events),
        "conflicts": len(linked.conflicts),
    }
    if summary.interrupted:
        warn(say("interrupted_after", done=summary.done, inputs=summary.inputs))
    if not args.quiet:
        warn(say("collected", **numbers))
        warn(say("written", out=args.out))
    tell_failures(summary.failures, say, table=args.out / "failures.jsonl")
    emit_json(
        numbers
        | {
            "inputs": summary.inputs, "failures": len(summary.failures), "rows": dict(collected.rows),
            "audit": dict(collected.audit), "out": str(args.out), "formats": list(summary.formats),
            "interrupted": summary.interrupted,
        }
        | ({"differences": other} if args.check else {})
    )  # fmt: skip
