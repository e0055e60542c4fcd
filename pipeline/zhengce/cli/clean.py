"""`zhengce clean`: documents in; their clean texts, what cleaning changed, or a table of damage out."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from itertools import chain, count
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from zhengce.cli.console import emit, emit_json, warn
from zhengce.cli.damage import figures, heading, line
from zhengce.cli.diff import diff
from zhengce.cli.engine import add_limit_arguments, limits_of
from zhengce.cli.folder import check_folder
from zhengce.cli.messages import Say
from zhengce.errors import BadUsage

if TYPE_CHECKING:
    from zhengce.document import Document
    from zhengce.flow import Change
    from zhengce.inputs import Item

    Cleaned = tuple[Item, Document, tuple[Change, ...]]

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser, say: Say) -> None:
    """The arguments of the command."""
    parser.add_argument("inputs", nargs="+", metavar="FILE", help=say("help_clean_input"))
    parser.add_argument("-o", "--out", type=Path, metavar="OUT", help=say("help_clean_out"))
    shown = parser.add_mutually_exclusive_group()
    shown.add_argument("--diff", action="store_true", help=say("help_clean_diff"))
    shown.add_argument("--report", action="store_true", help=say("help_clean_report"))
    parser.add_argument("--all", action="store_true", help=say("help_clean_all"))
    parser.add_argument("--json", action="store_true", help=say("help_clean_json"))
    add_limit_arguments(parser, say)


def run(args: argparse.Namespace, say: Say) -> int:
    """Run the command: text, changes or the table to standard output, words for people to standard error.

    The exit code is 0, or 1 where some inputs failed.
    """
    items = _planned(args, say)
    failures: list[dict[str, str]] = []
    done = _cleaned(items, args, failures)
    if args.out is not None:
        done = _written(done, items, args.out, say)
    if args.report:
        _report(done, failures, args.json, say)
    elif args.diff:
        for item, document, changes in done:
            page = diff(document, changes, say, every=args.all)
            emit("\n".join([f"=== {item.name}", *page, ""]) + "\n")
    else:
        for _, document, _ in done:
            if args.out is None:
                emit(document.text + "\n" * (not document.text.endswith("\n")))
    return int(bool(failures))


def _planned(args: argparse.Namespace, say: Say) -> list[Item]:
    from zhengce.inputs import plan

    if args.json and not args.report:
        raise BadUsage(say("clean_json_alone"))
    if args.all and not args.diff:
        raise BadUsage(say("clean_all_alone"))
    check_folder(args.out, say)
    items = plan(args.inputs, skip=_former(args.inputs, args.out))
    if not items:
        raise BadUsage(say("no_input"))
    if len(items) > 1 and args.out is None and not args.diff and not args.report:
        raise BadUsage(say("clean_no_out", count=len(items)))
    return items


def _former(inputs: Sequence[str], out: Path | None) -> list[Path]:
    """The texts of a former run, where their folder lies in one that is to be read."""
    if out is None or not any(Path(given).resolve() in out.resolve().parents for given in inputs):
        return []
    return [path for path in out.rglob("*.txt") if path.is_file()]


def _cleaned(items: Sequence[Item], args: argparse.Namespace, failures: list[dict[str, str]]) -> Iterator[Cleaned]:
    """Each input that can be read, in order; what cannot is told at once and added to `failures`."""
    from zhengce.cleaning import cleaned
    from zhengce.record import Failure

    for item, found in cleaned(items, workers=args.workers, limits=limits_of(args)):
        if isinstance(found, Failure):
            warn(f"{item.name}: {found.message}")
            failures.append({"source": item.name, "error": found.error, "message": found.message})
        else:
            yield item, found.document, found.changes


def _written(done: Iterator[Cleaned], items: Sequence[Item], out: Path, say: Say) -> Iterator[Cleaned]:
    """Passes on what it gets, each text written to its file in `out`; raises BadUsage where it cannot be."""
    from zhengce.write.replacing import replacing

    targets = dict(zip((item.name for item in items), _targets(items, out), strict=True))
    given = {item.path.resolve() for item in items}
    for target in targets.values():
        if target.resolve() in given:
            raise BadUsage(say("clean_onto_input", path=target))
    texts = 0
    for item, document, changes in done:
        target = targets[item.name]
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with replacing(target) as path:
                path.write_text(document.text, encoding="utf-8", errors="backslashreplace", newline="\n")
        except OSError as error:
            raise BadUsage(say("write_failed", reason=error)) from error
        texts += 1
        yield item, document, changes
    warn(say("clean_written", count=texts, out=out))


def _targets(items: Sequence[Item], out: Path) -> Iterator[Path]:
    """A file in `out` for each input, with the folders that its name has; `a.html.txt` where `a.txt` is taken."""
    taken: set[str] = set()
    for item in items:
        name = PurePath(item.name)
        plain = out.joinpath(*(part for part in name.parts if part not in (name.anchor, "..")))
        candidates = chain(
            [plain.with_suffix(".txt")], (plain.with_name(f"{plain.name}{'.txt' * n}") for n in count(1))
        )
        target = next(path for path in candidates if str(path).casefold() not in taken)
        taken.add(str(target).casefold())
        yield target


def _report(done: Iterator[Cleaned], failures: list[dict[str, str]], as_json: bool, say: Say) -> None:
    if as_json:
        rows = [figures(item.name, document, changes) for item, document, changes in done]
        emit_json({"documents": rows, "failures": failures})
        return
    emit("\n".join(heading(say)) + "\n")
    documents = 0
    for item, document, changes in done:
        emit(line(figures(item.name, document, changes), say) + "\n")
        documents += 1
    emit("\n" + say("clean_total", documents=documents, failures=len(failures)) + "\n")
