"""The command `zhengce`: one file a command, all words in `messages.toml`, light until a command runs."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from zhengce import __version__
from zhengce.cli import (
    apply_edits,
    clean,
    compare,
    dataset,
    demo,
    evaluate,
    extract,
    fetch,
    label,
    report,
    review,
    search,
    train,
)
from zhengce.cli.console import emit, settle, warn
from zhengce.cli.messages import LANGUAGES, Say, choose, messages
from zhengce.errors import BadUsage

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

__all__ = ["main"]

COMMANDS = {
    "fetch": fetch,
    "extract": extract,
    "compare": compare,
    "dataset": dataset,
    "report": report,
    "review": review,
    "search": search,
    "apply-edits": apply_edits,
    "clean": clean,
    "evaluate": evaluate,
    "label": label,
    "train": train,
    "demo": demo,
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code.

    0: all was read; 1: some inputs failed; 2: what was asked for cannot be; 130: ended by Ctrl-C.
    """
    settle()
    words = list(sys.argv[1:] if argv is None else argv)
    say = messages(choose(words, os.environ))
    try:
        args = _parser(say).parse_args(words)
        code: int = args.run(args, say)
    except SystemExit as end:  # argparse leaves this way after --help, --version and a usage error
        code = end.code if isinstance(end.code, int) else 2
    except BadUsage as error:
        warn(say("bad_usage", reason=str(error)))
        code = 2
    except KeyboardInterrupt:
        warn(say("interrupted"))
        code = 130
    emit("")
    return code


class _Parser(argparse.ArgumentParser):
    def print_help(self, file: SupportsWrite[str] | None = None) -> None:
        """As argparse does, which in some versions of Python fails where the reader has gone."""
        if file is None:
            emit(self.format_help())
        else:
            super().print_help(file)


def _parser(say: Say) -> argparse.ArgumentParser:
    parser = _Parser(prog="zhengce", description=say("about"), epilog=say("example"))
    parser.add_argument("--version", action="version", version=f"zhengce {__version__}", help=say("help_version"))
    parser.add_argument("--lang", choices=LANGUAGES, help=say("help_lang"))
    commands = parser.add_subparsers(title=say("commands"), metavar="COMMAND", required=True)
    for name, command in COMMANDS.items():
        about = say(f"about_{name}")
        sub = commands.add_parser(name, help=about, description=about)
        # read by `choose` before there is a parser; here so that it may stand after the command too
        sub.add_argument("--lang", choices=LANGUAGES, default=argparse.SUPPRESS, help=say("help_lang"))
        command.add_arguments(sub, say)
        sub.set_defaults(run=command.run)
    return parser
