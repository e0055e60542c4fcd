"""`zhengce evaluate`: a run against gold, against a former run, or coders against one another."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from zhengce.cli.agreement import agreement_page
from zhengce.cli.console import emit, emit_json, warn
from zhengce.cli.evaluation import changes_page, evaluation_page
from zhengce.cli.messages import Say
from zhengce.errors import BadUsage

__all__ = ["add_arguments", "run"]

STRATA = ("format", "script", "damage", "document")  # measure.stratum.STRATA, which --help must not load; a test
SAMPLES = 1000


def add_arguments(parser: argparse.ArgumentParser, say: Say) -> None:
    """The arguments of the command."""

    def samples(text: str) -> int:
        if not text.isdecimal():
            raise argparse.ArgumentTypeError(say("eval_bad_samples", text=text))
        return int(text)

    parser.add_argument("run_folder", nargs="?", type=Path, metavar="RUN", help=say("help_eval_run"))
    parser.add_argument("--gold", type=Path, metavar="DIR", help=say("help_eval_gold"))
    parser.add_argument("--previous", type=Path, metavar="FILE", help=say("help_eval_previous"))
    parser.add_argument("--fail-on-loss", action="store_true", help=say("help_eval_fail"))
    parser.add_argument("--json", metavar="FILE", help=say("help_eval_json"))
    parser.add_argument("--stratum", choices=STRATA, help=say("help_eval_stratum"))
    parser.add_argument("--bootstrap", type=samples, default=SAMPLES, metavar="N", help=say("help_eval_bootstrap"))
    parser.add_argument("--seed", type=int, default=0, metavar="S", help=say("help_eval_seed"))
    parser.add_argument("--agree", type=Path, nargs="+", metavar="CODER", help=say("help_eval_agree"))


def run(args: argparse.Namespace, say: Say) -> int:
    """Run the command: a page for people, or with `--json -` a JSON object, to standard output; the exit code.

    0, or 1 where `--fail-on-loss` is given and a record was lost.
    """
    _check(args, say)
    if args.agree:
        from zhengce.measure.coders import coders

        agreed = coders(args.agree, args.run_folder)
        _write(agreed, args.json, agreement_page(agreed, say), say)
        return 0
    from zhengce.measure.change import changes
    from zhengce.measure.evaluate import evaluate

    before = _former(args.previous, say)
    report = evaluate(args.run_folder, args.gold, bootstrap=args.bootstrap, seed=args.seed)
    page = evaluation_page(report, args.stratum, say)
    lost = False
    if before is not None:
        changed = changes(before, report)
        page += ["", *changes_page(changed, before, report, say)]
        report["changes"] = changed
        lost = bool(changed["lost"])
    _write(report, args.json, page, say)
    return int(lost and args.fail_on_loss)


def _check(args: argparse.Namespace, say: Say) -> None:
    if args.agree:
        if args.gold or args.previous or args.fail_on_loss or args.stratum:
            raise BadUsage(say("eval_agree_alone"))
        return
    if args.run_folder is None or args.gold is None:
        raise BadUsage(say("eval_nothing"))
    if args.fail_on_loss and args.previous is None:
        raise BadUsage(say("eval_fail_alone"))


def _former(path: Path | None, say: Say) -> Mapping[str, Any] | None:
    if path is None:
        return None
    try:
        report = json.loads(path.read_text(encoding="utf-8"))
        known = isinstance(report["gold"], dict) and isinstance(report["found"], dict)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadUsage(say("eval_no_former", path=path, reason=repr(error))) from error
    if not known:
        raise BadUsage(say("eval_no_former", path=path, reason="gold, found"))
    return report  # type: ignore[no-any-return]


def _write(report: Mapping[str, Any], target: str | None, page: list[str], say: Say) -> None:
    if target == "-":
        emit_json(report)
        return
    if target is not None:
        text = json.dumps(report, ensure_ascii=False, indent=1) + "\n"
        try:
            Path(target).write_text(text, encoding="utf-8", errors="replace", newline="\n")
        except OSError as error:
            raise BadUsage(say("write_failed", reason=error)) from error
        warn(say("eval_written", path=target))
    emit("\n".join(page) + "\n")
