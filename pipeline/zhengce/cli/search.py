"""`zhengce search`: words in the texts of a run, with what stands round them."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from zhengce.cli.argument import limit
from zhengce.cli.console import emit, emit_json
from zhengce.cli.fit import fit, wrap
from zhengce.cli.messages import Say

__all__ = ["add_arguments", "run"]

LINE = 79  # one less than where a console wraps
SHOWN = 20


def add_arguments(parser: argparse.ArgumentParser, say: Say) -> None:
    """The arguments of the command."""
    parser.add_argument("run_folder", type=Path, metavar="OUT", help=say("help_search_run"))
    parser.add_argument("words", nargs="+", metavar="WORD", help=say("help_search_word"))
    parser.add_argument("--limit", type=limit(say), default=SHOWN, metavar="N", help=say("help_search_limit", n=SHOWN))
    parser.add_argument("--json", action="store_true", help=say("help_search_json"))


def run(args: argparse.Namespace, say: Say) -> int:
    """Run the command: a page for people, or with `--json` an object, to standard output; the exit code.

    0, or 1 where nothing is found.
    """
    from zhengce.reporting import Pages
    from zhengce.review.search import FILE, Search

    with closing(Search(Pages(args.run_folder), args.run_folder / FILE)) as search:
        total, hits = 0, list[Mapping[str, Any]]()
        while len(hits) < args.limit:
            found: Mapping[str, Any] = search.find(" ".join(args.words), len(hits))
            total = found["total"]
            hits += found["hits"]
            if not found["hits"]:
                break
    if args.json:
        emit_json({"total": total, "hits": hits[: args.limit]})
    else:
        emit("\n".join([say("search_found", count=total), *_lines(hits[: args.limit], say), ""]))
    return int(not total)


def _lines(hits: list[Mapping[str, Any]], say: Say) -> Iterator[str]:
    for hit in hits:
        yield ""
        yield fit(say("search_hit", name=hit["title"] or hit["source"], count=hit["count"]), LINE).rstrip()
        yield from (f"  {line}" for line in wrap(f"{hit['before']}【{hit['hit']}】{hit['after']}", LINE - 2))
