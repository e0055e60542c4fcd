"""`zhengce review`: the pages of a run in the browser, where people confirm, correct and add records."""

from __future__ import annotations

import argparse
import getpass
import json
import os
import sys
from pathlib import Path

from zhengce.cli.console import emit, warn
from zhengce.cli.messages import Say

__all__ = ["add_arguments", "run"]

NAME = 60  # characters of a coder's name; review.decision.NAME, which --help must not load; a test


def add_arguments(parser: argparse.ArgumentParser, say: Say) -> None:
    """The arguments of the command."""

    def port(text: str) -> int:
        if not (text.isascii() and text.isdecimal() and len(text) < 6 and int(text) < 65536):
            raise argparse.ArgumentTypeError(say("bad_port", text=text))
        return int(text)

    def coder(text: str) -> str:
        if not _legible(text) == text != "":
            raise argparse.ArgumentTypeError(say("bad_coder", text=_legible(text), most=NAME))
        return text

    parser.add_argument("out", type=Path, metavar="OUT", help=say("help_review_out"))
    parser.add_argument("--coder", type=coder, metavar="NAME", help=say("help_coder"))
    parser.add_argument("--edits", type=Path, metavar="FILE", help=say("help_review_edits"))
    parser.add_argument("--port", type=port, default=0, metavar="N", help=say("help_port"))
    parser.add_argument("--no-browser", action="store_true", help=say("help_no_browser"))


def _legible(name: str) -> str:
    """A name as one line that can be shown, of at most 60 characters.

    >>> _legible(" 甲\\n组\\u202e ")
    '甲 组'
    """
    shown = "".join(char if char.isprintable() else " " for char in name)
    return " ".join(shown.split())[:NAME].strip()


def run(args: argparse.Namespace, say: Say) -> int:
    """Run the command until Ctrl-C, which is how it ends: 0. The address goes to both streams, as JSON and in words."""
    from zhengce.amend.edit import EDITS
    from zhengce.reporting import Pages
    from zhengce.review.ledger import Ledger
    from zhengce.review.server import serve

    coder = args.coder or _user()
    pages = Pages(args.out, lang="zh" if say("lang") == "zh" else "en", coder=coder, served=True)
    edits = args.edits or args.out / EDITS
    ledger = Ledger(edits, on_cut=lambda count: warn(say("edits_cut", path=edits, count=count)))

    def tell(url: str) -> None:
        warn(say("review_open", url=url, coder=coder, edits=edits))
        emit(json.dumps({"url": url, "edits": str(edits), "coder": coder}) + "\n")
        if not args.no_browser and _has_display():
            import webbrowser

            webbrowser.open(url)

    serve(pages, ledger, port=args.port, on_open=tell)
    warn(say("review_closed", edits=edits))
    return 0


def _user() -> str:
    """Who decides, unless it is said: as the environment calls them, or the system."""
    try:
        named = os.environ.get("ZHENGCE_CODER") or getpass.getuser()
    except (ImportError, KeyError, OSError):  # nobody of this name, or Windows without its variables
        named = ""
    return _legible(named) or "coder"


def _has_display() -> bool:
    """Whether a browser has a screen; without one Python would open a browser in the terminal."""
    return sys.platform in ("win32", "darwin") or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY")))
