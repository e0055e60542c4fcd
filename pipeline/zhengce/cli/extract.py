"""`zhengce extract`: documents in, tables out."""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from zhengce.cli.argument import formats, limit
from zhengce.cli.console import emit_json, progress, warn
from zhengce.cli.engine import add_engine_arguments, engine_of, store_of
from zhengce.cli.failures import tell_failures
from zhengce.cli.folder import check_folder
from zhengce.cli.judges import add_judge_arguments, process_with
from zhengce.cli.llm import add_llm_arguments, llm_from, tell_llm
from zhengce.cli.messages import Say
from zhengce.errors import BadUsage

if TYPE_CHECKING:
    from zhengce.batch import Summary

__all__ = ["add_arguments", "run"]

# batch.FORMATS, which --help must not load; a test holds them equal
KNOWN = ("jsonl", "csv", "xlsx", "parquet", "duckdb", "dta", "sav", "labelstudio", "doccano", "conll", "qdpx")
DEFAULT = ("jsonl",)


def add_arguments(parser: argparse.ArgumentParser, say: Say) -> None:
    """The arguments of the command."""
    about_format = say("help_format", known=",".join(KNOWN), default=",".join(DEFAULT))
    parser.add_argument("inputs", nargs="*", metavar="INPUT", help=say("help_input"))
    parser.add_argument("-o", "--out", type=Path, metavar="OUT", help=say("help_out"))
    parser.add_argument("--format", type=formats(say, KNOWN), default=DEFAULT, metavar="FORMAT", help=about_format)
    parser.add_argument("--limit", type=limit(say), metavar="N", help=say("help_limit"))
    parser.add_argument("--again", action="store_true", help=say("help_again"))
    parser.add_argument("--dry-run", action="store_true", help=say("help_dry_run"))
    parser.add_argument("--quiet", action="store_true", help=say("help_quiet"))
    parser.add_argument("--progress", action="store_true", help=say("help_progress"))
    add_judge_arguments(parser, say)
    add_engine_arguments(parser, say)
    add_llm_arguments(parser, say)


def run(args: argparse.Namespace, say: Say) -> int:
    """Run the command: a JSON object to standard output, words for people to standard error; the exit code."""
    if args.out is None and not args.dry_run:
        raise BadUsage(say("no_out"))
    check_folder(args.out, say)
    inputs = _former(args.out, say) if args.again else list(_inputs(args.inputs))
    if not inputs:
        raise BadUsage(say("no_input"))
    if args.dry_run:
        return _dry_run(inputs, args, say)
    from zhengce import batch

    judge = llm_from(args, say)
    shown = not args.quiet and (args.progress or sys.stderr.isatty())
    try:
        with progress(shown, say("unit")) as draw, judge or nullcontext():
            # a language model remembers by itself what it was asked, and has a connection that no child could use
            summary = batch.run(
                inputs, args.out, formats=args.format, limit=args.limit, on_progress=draw, least=args.min_confidence,
                engine=engine_of(args, process_with(args, judge, say), say, here=bool(judge)),
                store=store_of(args.out, args, here=bool(judge)),
            )  # fmt: skip
    except OSError as error:
        raise BadUsage(say("write_failed", reason=error)) from error
    _tell(summary, args.quiet, say)
    if judge and (judge.counts.problem or not args.quiet):
        tell_llm(judge.counts, say)
    emit_json(
        {
            "inputs": summary.inputs,
            "documents": summary.documents,
            "read": summary.fresh,
            "failures": len(summary.failures),
            "records": dict(summary.records),
            "out": str(summary.out),
            "formats": list(summary.formats),
            "interrupted": summary.interrupted,
        }
        | ({"llm": judge.counts.as_json()} if judge else {})
    )
    return 130 if summary.interrupted else int(bool(summary.failures))


def _former(out: Path, say: Say) -> list[str]:
    """What the last run into the folder `out` was given."""
    from zhengce.store import NAME, Store

    if not (out / NAME).is_file():
        raise BadUsage(say("no_former_run", path=out / NAME))
    with Store(out / NAME, "") as store:
        return list(map(str, store.inputs()))


def _inputs(words: Sequence[str]) -> Iterator[str]:
    for word in words:
        if word != "-":
            yield word
            continue
        if isinstance(sys.stdin, io.TextIOWrapper):  # a file name need not be text in the console's encoding
            sys.stdin.reconfigure(errors="surrogateescape")
        yield from (path for line in sys.stdin if (path := line.strip("\ufeff\r\n")))


def _dry_run(inputs: Sequence[str], args: argparse.Namespace, say: Say) -> int:
    from zhengce.inputs import plan
    from zhengce.write.clear import table_paths

    items = plan(inputs, skip=table_paths(args.out) if args.out else ())[: args.limit]
    if not items:
        raise BadUsage(say("no_input"))
    files = [item for item in items if item.failure is None]
    failures = [item.failure for item in items if item.failure is not None]
    emit_json(
        {
            "files": [
                {"name": item.name, "path": str(item.path), "size": item.size, "copies": list(item.copies)}
                for item in files
            ],
            "bytes": sum(item.size for item in files),
            "duplicates": sum(len(item.copies) for item in files),
            "failures": [
                {"source": failure.source, "error": failure.error, "message": failure.message} for failure in failures
            ],
        }
    )
    return int(bool(failures))


def _tell(summary: Summary, quiet: bool, say: Say) -> None:
    if summary.interrupted:
        warn(say("interrupted_after", done=summary.done, inputs=summary.inputs))
    if not quiet:
        records = ", ".join(f"{say(table)} {count}" for table, count in summary.records.items())
        warn(say("summary", documents=summary.documents, failures=len(summary.failures), records=records))
        warn(say("written", out=summary.out))
    tell_failures(summary.failures, say, table=summary.out / "failures.jsonl")
