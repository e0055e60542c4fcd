"""`zhengce fetch`: public documents from the web into a folder that `zhengce extract` reads."""

from __future__ import annotations

import argparse
import io
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from zhengce.cli.console import emit_json, progress, warn
from zhengce.cli.failures import tell_failures
from zhengce.cli.folder import check_folder
from zhengce.cli.messages import Say
from zhengce.errors import BadUsage

if TYPE_CHECKING:
    from zhengce.fetching import Fetched

__all__ = ["add_arguments", "run"]

DELAY, RETRIES, MAX_BYTES = 1.0, 3, 50_000_000  # those of read.url.Manners, which --help must not load; a test
MOST_DELAY = 300.0  # seconds; read.url_pace.LONGEST
MAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+")  # it stands in a header


def add_arguments(parser: argparse.ArgumentParser, say: Say) -> None:
    """The arguments of the command."""

    def contact(text: str) -> str:
        if not MAIL.fullmatch(text):
            raise argparse.ArgumentTypeError(say("bad_contact", text=text))
        return text

    def seconds(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            value = -1.0
        if not 0 <= value <= MOST_DELAY:
            raise argparse.ArgumentTypeError(say("bad_seconds", text=text))
        return value

    def count(text: str) -> int:
        if not (text.isascii() and text.isdecimal() and len(text) < 13):
            raise argparse.ArgumentTypeError(say("bad_count", text=text))
        return int(text)

    parser.add_argument("sources", nargs="+", metavar="LIST", help=say("help_sources"))
    parser.add_argument("-o", "--out", type=Path, metavar="FOLDER", help=say("help_fetch_out"))
    parser.add_argument("--contact", type=contact, metavar="MAIL", help=say("help_contact"))
    about = say("help_delay", default=f"{DELAY:g}")
    parser.add_argument("--delay", type=seconds, default=DELAY, metavar="SECONDS", help=about)
    about = say("help_retries", default=RETRIES)
    parser.add_argument("--retries", type=count, default=RETRIES, metavar="N", help=about)
    about = say("help_max_bytes", default=MAX_BYTES)
    parser.add_argument("--max-bytes", type=count, default=MAX_BYTES, metavar="N", help=about)
    for option in ("retry_failed", "refresh", "allow_private", "quiet", "progress"):
        parser.add_argument(f"--{option.replace('_', '-')}", action="store_true", help=say(f"help_{option}"))


def run(args: argparse.Namespace, say: Say) -> int:
    """Run the command: a JSON object to standard output, words for people to standard error; the exit code."""
    if args.out is None:
        raise BadUsage(say("fetch_no_out"))
    check_folder(args.out, say)
    from zhengce import fetching
    from zhengce.read.source_list import addresses
    from zhengce.read.url import Manners

    manners = Manners(
        delay=args.delay, retries=args.retries, max_bytes=args.max_bytes, allow_private=args.allow_private
    )
    shown = not args.quiet and (args.progress or sys.stderr.isatty())
    try:
        with progress(shown, say("fetch_unit")) as draw:
            fetched = fetching.run(
                addresses(args.sources, _standard_input()), args.out, manners=manners, contact=args.contact,
                refresh=args.refresh, retry_failed=args.retry_failed, on_progress=draw,
            )  # fmt: skip
    except OSError as error:
        raise BadUsage(say("write_failed", reason=error)) from error
    _tell(fetched, args, say)
    return 130 if fetched.interrupted else int(bool(fetched.failures))


def _standard_input() -> Iterable[str]:
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")
    yield from sys.stdin


def _tell(fetched: Fetched, args: argparse.Namespace, say: Say) -> None:
    figures = {name: getattr(fetched, name) for name in ("addresses", "fetched", "unchanged", "kept")}
    figures |= {"failures": len(fetched.failures), "bytes": fetched.bytes}
    if fetched.interrupted:
        warn(say("fetched_interrupted"))
    if not args.quiet:
        warn(say("fetched", **figures))
    tell_failures(fetched.failures, say, table=args.out / "fetched.jsonl")
    if not args.quiet:
        if fetched.failures and not args.retry_failed:
            warn(say("fetched_again"))
        warn(say("fetched_to", out=args.out))
    emit_json(figures | {"out": str(args.out), "interrupted": fetched.interrupted})
